"""How well labelled messages are understood, sent down the same road as a parent's."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.errors import BadContent
from bot.languages import Language
from bot.understanding.model import ASPECTS, OUT_OF_SCOPE, Certainty, Understanding

# A follow-up is only one while some topic is current; which one does not matter.
_CURRENT_TOPIC = "birth-registration"
_COLUMNS = ("lang", "noise", "intent", "also", "urgent", "text")


class Understands(Protocol):
    """The part of Understander that is measured."""

    async def understand(
        self, text: str, *, language: str | None, topic: str | None = None
    ) -> Understanding: ...


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled message; any of `intents` is right."""

    language: str
    noise: str
    intent: str
    intents: frozenset[str]
    urgent: bool
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one row came to."""

    row: Row
    understood: Understanding

    def found_in(self, places: int) -> bool:
        """True when a right intent is among the first guesses."""
        return any(g.intent in self.row.intents for g in self.understood.ranking[:places])

    @property
    def answered_topic(self) -> str | None:
        """The topic the bot would answer without asking."""
        certain = self.understood.certainty is Certainty.CERTAIN
        return self.understood.topic if certain else None

    @property
    def wrong_as_certain(self) -> bool:
        """True when the bot would answer a wrong topic without asking."""
        topic = self.answered_topic
        return topic is not None and topic not in self.row.intents


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares between 0 and 1 over some of the rows; None where no row could count."""

    n: int
    top1: float | None
    top3: float | None
    urgent_recall: float | None
    urgent_false_alarm: float | None
    out_of_scope_kept: float | None
    wrong_as_certain: float | None
    language: float | None


@dataclass(frozen=True, slots=True)
class Report:
    """Figures by language, by kind of spelling, and over all rows."""

    languages: tuple[tuple[str, Figures], ...]
    noise: tuple[tuple[str, Figures], ...]
    all: Figures

    @property
    def worst(self) -> str | None:
        """The language understood least."""
        return min(self.languages, key=lambda item: item[1].top1 or 0.0, default=(None,))[0]


def read_rows(path: Path) -> tuple[Row, ...]:
    """The labelled messages of a tab-separated file with a heading line. Raises BadContent."""
    # Some editors put a mark before the first letter.
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        try:
            missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise BadContent(f"{path}:1: column missing: {', '.join(missing)}")
            return tuple(_row(path, reader.line_num, line) for line in reader)
        except UnicodeDecodeError:
            raise BadContent(f"{path}: save the file in UTF-8") from None
        except csv.Error as exc:
            raise BadContent(f"{path}:{reader.line_num}: {exc}") from None


async def evaluate(
    rows: Iterable[Row], understander: Understands, intents: frozenset[str] | None = None
) -> Report:
    """Ask about every row (or those of some intents) as the bot would and count."""
    wanted = (row for row in rows if intents is None or row.intent in intents)
    return report_of(await outcomes_of(wanted, understander))


async def outcomes_of(rows: Iterable[Row], understander: Understands) -> list[Outcome]:
    """What each row comes to.

    No language is taken as chosen: the rows' languages are what is to be found out.
    """
    outcomes = []
    for row in rows:
        topic = _CURRENT_TOPIC if row.intent in ASPECTS else None
        understood = await understander.understand(row.text, language=None, topic=topic)
        outcomes.append(Outcome(row, understood))
    return outcomes


def report_of(outcomes: Sequence[Outcome]) -> Report:
    """The figures of the outcomes."""
    return Report(
        languages=_by(outcomes, lambda outcome: outcome.row.language),
        noise=_by(outcomes, lambda outcome: outcome.row.noise),
        all=_figures(outcomes),
    )


def report_json(report: Report) -> dict[str, object]:
    """The report in the shape scripts read."""
    return {
        "languages": {name: _as_dict(figures) for name, figures in report.languages},
        "noise": {name: _as_dict(figures) for name, figures in report.noise},
        "all": _as_dict(report.all),
        "worst": report.worst,
    }


def report_tables(report: Report) -> list[tuple[str, tuple[str, ...], list[tuple[str, ...]]]]:
    """The report as titled tables of plain words: (title, headings, rows)."""
    heads = tuple(name.replace("_", " ") for name in Figures.__dataclass_fields__)
    tables = (("By language", "language", report.languages), ("By spelling", "noise", report.noise))
    return [
        (title, (first, *heads[:-1], "language found"), [
            (name, *_words(figures)) for name, figures in (*groups, ("all", report.all))
        ])
        for title, first, groups in tables
    ]  # fmt: skip


def _row(path: Path, line: int, cells: dict[str, str]) -> Row:
    if any(cells[name] is None for name in _COLUMNS):
        raise BadContent(f"{path}:{line}: too few columns")
    if cells["lang"] not in list(Language):
        raise BadContent(f"{path}:{line}: “{cells['lang']}” is no language of ours")
    if cells["urgent"] not in ("0", "1"):
        raise BadContent(f"{path}:{line}: urgent is 1 or 0, not “{cells['urgent']}”")
    also = {name for name in cells["also"].split("|") if name not in ("", "-")}
    return Row(
        language=cells["lang"],
        noise=cells["noise"],
        intent=cells["intent"],
        intents=frozenset({cells["intent"], *also}),
        urgent=cells["urgent"] == "1",
        text=cells["text"],
    )


def _by(
    outcomes: Sequence[Outcome], group: Callable[[Outcome], str]
) -> tuple[tuple[str, Figures], ...]:
    names = dict.fromkeys(group(outcome) for outcome in outcomes)
    return tuple((name, _figures([o for o in outcomes if group(o) == name])) for name in names)


def _figures(outcomes: Sequence[Outcome]) -> Figures:
    urgent = [outcome for outcome in outcomes if outcome.row.urgent]
    calm = [outcome for outcome in outcomes if not outcome.row.urgent]
    outside = [outcome for outcome in outcomes if outcome.row.intent == OUT_OF_SCOPE]
    return Figures(
        n=len(outcomes),
        top1=_share(outcomes, lambda o: o.found_in(1)),
        top3=_share(outcomes, lambda o: o.found_in(3)),
        urgent_recall=_share(urgent, lambda o: o.understood.urgent),
        urgent_false_alarm=_share(calm, lambda o: o.understood.urgent),
        out_of_scope_kept=_share(outside, lambda o: o.answered_topic is None),
        wrong_as_certain=_share(outcomes, lambda o: o.wrong_as_certain),
        language=_share(outcomes, lambda o: o.understood.language == o.row.language),
    )


def _share(outcomes: Sequence[Outcome], holds: Callable[[Outcome], bool]) -> float | None:
    if not outcomes:
        return None
    return round(sum(map(holds, outcomes)) / len(outcomes), 4)


def _as_dict(figures: Figures) -> dict[str, float | None]:
    return {name: getattr(figures, name) for name in Figures.__dataclass_fields__}


def _words(figures: Figures) -> tuple[str, ...]:
    shares = list(_as_dict(figures).values())[1:]
    return (str(figures.n), *("–" if share is None else f"{share:.1%}" for share in shares))
