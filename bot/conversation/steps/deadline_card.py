"""The answer to "count my days": which day matters, what to do by then, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape

from bot.answers.cards import trust_note
from bot.conversation.actions import action, rows
from bot.conversation.steps.below import Rows, ways
from bot.conversation.turn import Scene
from bot.delivery.card import Button, Card, Kind
from bot.i18n import Words, message
from bot.stay.model import Certainty, Deadline, FirstDay, Occasion
from bot.stay.model import Kind as Days

OVERSTAY = "overstay"
# More days than these would be a wall of text.
_FEW = 2
_DOUBTFUL = "⚠️ "


@dataclass(frozen=True, slots=True)
class Found:
    """The days that were found, and for whom."""

    deadlines: tuple[Deadline, ...]
    citizenship: str
    today: date

    @property
    def to_come(self) -> tuple[Deadline, ...]:
        """Those somebody can still be reminded of."""
        return tuple(one for one in self.deadlines if one.days_left > 0)


def occasion_name(words: Words, occasion: Occasion) -> str:
    """What happened, as people say it."""
    return {
        Occasion.ENTRY: words("I entered Kazakhstan"),
        Occasion.PERMIT: words("My permit ends"),
        Occasion.CONTRACT: words("My work contract ended"),
        Occasion.BIRTH: words("A child was born"),
        Occasion.SIXTEEN: words("A child turned 16"),
        Occasion.MOVE: words("I moved"),
        Occasion.FINE: words("I got a fine"),
        Occasion.EXPULSION: words("I was told to leave"),
        Occasion.ASYLUM: words("I ask for asylum"),
    }[occasion]


def deadline_card(scene: Scene, occasion: Occasion, happened: date, found: Found) -> Card:
    """The days that matter, the nearest first; a last day that has passed before all."""
    words, today = scene.words, found.today
    head = f"<b>{escape(occasion_name(words, occasion))}: {words.weekday_and_date(happened)}</b>"
    if found.citizenship.isupper():
        head += f" ({words.country(found.citizenship)})"
    if happened > today:
        head += "\n" + words("If it becomes another day, count again.")
    shown = _worth_showing(found.deadlines)
    blocks = [head, *_blocks(scene, shown)]
    notes = (_how_counted(words, shown), *_about_stay(scene, occasion))
    blocks += [note for note in notes if note]
    blocks.append(_source_note(scene, shown, today))
    return Card(Kind.ANSWER, "\n\n".join(blocks), _buttons(scene, occasion, found))


def _blocks(scene: Scene, shown: tuple[Deadline, ...]) -> tuple[str, ...]:
    """The first day in full; many others as a list first, told at length in a folded quote."""
    whole = tuple(_block(scene, one) for one in shown)
    if len(shown) <= _FEW:
        return whole
    words, later = scene.words, shown[1:]
    lines = [f"<b>{words('Then:')}</b>", *(_line(scene, one) for one in later)]
    lines += dict.fromkeys(_DOUBTFUL + doubt for one in later if (doubt := _doubt(scene, one)))
    title = f"<b>{words('More about these days')}</b>"
    at_length = "\n\n".join((title, *whole[1:]))
    return whole[0], "\n".join(lines), f"<blockquote expandable>{at_length}</blockquote>"


def _line(scene: Scene, one: Deadline) -> str:
    name = escape(one.rule.texts[scene.language].name)
    mark = " " + _DOUBTFUL.strip() if _doubt(scene, one) else ""
    return f"{_day(scene.words, one)}: {name}{mark}"


def _doubt(scene: Scene, one: Deadline) -> str:
    return escape(one.rule.texts[scene.language].doubt)


def _worth_showing(found: tuple[Deadline, ...]) -> tuple[Deadline, ...]:
    """Once a last day has passed, earlier duties no longer help: it comes first.

    Where sources dispute that last day, what may prolong it is still worth knowing.
    """
    over = tuple(one for one in found if one.rule.is_limit and one.is_past)
    if not over:
        return found
    unsettled = all(one.rule.certainty is Certainty.DISPUTED for one in over)
    rest = (
        one
        for one in found
        if one not in over
        and (not one.is_past or (unsettled and one.rule.certainty is Certainty.DISPUTED))
    )
    return (*over, *rest)


def _block(scene: Scene, one: Deadline) -> str:
    words, texts = scene.words, one.rule.texts[scene.language]
    lines = [_day(words, one), f"<b>{escape(texts.name)}</b>"]
    if one.used_up:
        lines.append(words("By my count the allowed days were used up before you came."))
    if one.is_past:
        passed = words("This day has passed. Do it today all the same.")
        lines += [escape(texts.late)] if texts.late else [escape(texts.do), passed]
    else:
        lines.append(escape(texts.do))
        lines += [note for note in (_office(words, one),) if note]
        lines.append(words("If not: {what}", what=escape(texts.otherwise)))
    if doubt := _doubt(scene, one):
        lines.append(_DOUBTFUL + doubt)
    return "\n".join(lines)


def _day(words: Words, one: Deadline) -> str:
    sign = "❗" if one.is_past else "📅"
    return f"{sign} <b>{words.weekday_and_date(one.day)}</b> · {_left(words, one)}"


def _left(words: Words, one: Deadline) -> str:
    if one.days_left == 0:
        return words("today")
    if one.is_past:
        return words.plural("{number} day ago", "{number} days ago", -one.days_left)
    return words.plural("{number} day left", "{number} days left", one.days_left)


def _office(words: Words, one: Deadline) -> str:
    """Where to go in person on a day off means going earlier."""
    gap = (one.day - one.office_day).days
    if not 0 < gap <= one.days_left:
        return ""
    day = words.weekday_and_date(one.office_day)
    return words("Offices are closed on that day. Go earlier: {day}.", day=day)


def _how_counted(words: Words, shown: tuple[Deadline, ...]) -> str:
    terms = [one.rule.term for one in shown if one.rule.term is not None]
    notes = []
    if any(term.first_day is FirstDay.EVENT and term.days > 1 for term in terms):
        notes.append(words(SAFE_SIDE))
    if any(term.kind is Days.WORKING for term in terms):
        notes.append(words("In working days I left out weekends and holidays of Kazakhstan."))
    return "\n".join(notes)


SAFE_SIDE = message(
    "To be on the safe side I counted that day itself as day one. Do not wait for the last day."
)


def _about_stay(scene: Scene, occasion: Occasion) -> tuple[str, ...]:
    """Whom the days of a stay are for, and that earlier stays eat them up."""
    words, counting = scene.words, scene.state.counting
    if occasion is not Occasion.ENTRY:
        return ()
    if counting is None or not counting.earlier:
        before = words("Were you in Kazakhstan in the 180 days before? Those days count, too.")
        return (words(WITHOUT_PERMIT), before)
    stays = "; ".join(
        f"{words.day(came)} – {words.day(left)}" for came, left in sorted(counting.earlier)
    )
    return (words(WITHOUT_PERMIT), words("Earlier stays that I counted: {stays}", stays=stays))


WITHOUT_PERMIT = message(
    "This is for a stay without a visa and without a residence permit. If you have one, its own "
    "last day counts."
)


def _source_note(scene: Scene, shown: tuple[Deadline, ...], today: date) -> str:
    words, rules = scene.words, scene.content.rules
    titles = dict.fromkeys(one.rule.source.title for one in shown)
    return trust_note(
        words,
        escape("; ".join(titles)),
        rules.checked_on,
        is_overdue=rules.is_overdue(today),
        is_draft=rules.is_draft,
    )


def _buttons(scene: Scene, occasion: Occasion, found: Found) -> Rows:
    words, library = scene.words, scene.content.library
    own: list[Button] = []
    if found.to_come:
        own.append(Button("🔔 " + words("Remind me"), action("days", "remind")))
    if occasion is Occasion.ENTRY:
        own.append(Button("➕ " + words("I was here before"), action("days", "before")))
    again = action("days", "again", occasion, found.citizenship)
    own.append(Button("🗓 " + words("Another date"), again))
    over = any(one.rule.is_limit and one.is_past for one in found.deadlines)
    if not over or not library.has(OVERSTAY):
        return (*rows(own), *ways(words))
    title = library.title(OVERSTAY, scene.language)
    return ((Button("→ " + title, action("topic", OVERSTAY)),), *ways(words), *rows(own))
