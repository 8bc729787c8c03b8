"""A rule that cannot be right is refused with its line; the words of a reminder carry doubts."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.errors import BadContent
from bot.languages import Language
from bot.stay.asking import asks_to_count
from bot.stay.loader import STAY_FILE
from bot.stay.model import Occasion
from tests.unit.stay.real_rules import CONTENT, real_rules, rules_in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A content folder with nothing but what the rules need."""
    for name in ("values.yml", "glossary.yml", STAY_FILE):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(CONTENT / name, tmp_path / name)
    return tmp_path


def change(folder: Path, old: str, new: str) -> None:
    path = folder / STAY_FILE
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("kind: working", "kind: sometimes", "“sometimes” is not known here"),
        ("days: 3\n", "days: many\n", "“days” must be a whole number"),
        ("certainty: disputed\n  ask: hotline-1414\n", "certainty: disputed\n", "needs “ask”"),
        ("certainty: S\n", "certainty: S\n  ask: hotline-1414\n", "a sourced one (S) has none"),
        ("source: migration-law", "source: hearsay", "“hearsay” is not among the sources"),
        ("id: register-30", "id: host-notice", "is written twice"),
        ("citizenships: [UZ]", "citizenships: [Uzbek]", "is not a country such as KG"),
        ("from: 2026-07-01", "from: July", "must be a day"),
        ("before_limit: 7", "before_limit: 7\n  days: 3", "cannot both be given"),
        ("{date:2026-07-01}", "{date:2026-07-99}", "refers to nothing that exists"),
        ("Тактаңыз: {ask}", "Тактаңыз", "says once where to check"),
        ("office: true", "offices: true", "“offices” is not known here"),
    ],
)
def test_a_wrong_rule_is_refused_with_its_line(
    folder: Path, old: str, new: str, reason: str
) -> None:
    rules_in(folder)
    change(folder, old, new)
    with pytest.raises(BadContent) as refused:
        rules_in(folder)
    assert reason in str(refused.value)
    assert f"{STAY_FILE}:" in str(refused.value)


def test_every_rule_speaks_all_languages_and_nothing_is_left_to_fill_in() -> None:
    rules = real_rules()
    assert len(rules.all) >= 15
    for rule in rules.all:
        for language in Language:
            texts = rule.texts[language]
            assert texts.name and texts.do and texts.otherwise  # noqa: PT018
            assert "{" not in "".join((texts.name, texts.do, texts.otherwise, texts.late))


def test_a_reminder_says_what_is_doubtful() -> None:
    rules = real_rules()
    said = rules.what_to_do("register-30", Language.RU)
    assert said is not None
    assert said.endswith("hotline-1414.")
    assert rules.title("host-notice", Language.TG) == "Соҳибхона дар бораи Шумо хабар медиҳад"
    assert rules.title("gone", Language.RU) is rules.what_to_do("gone", Language.RU) is None


def test_citizenship_is_asked_only_where_days_differ_by_it() -> None:
    rules = real_rules()
    asked = {occasion for occasion in Occasion if rules.asks_citizenship(occasion)}
    assert asked == {Occasion.ENTRY, Occasion.CONTRACT}
    for occasion in Occasion:
        assert rules.about(occasion)


def test_rules_grow_old() -> None:
    assert not real_rules().is_overdue(date(2026, 11, 25))
    assert real_rules().is_overdue(date(2027, 11, 25))


@pytest.mark.parametrize(
    "text",
    [
        "посчитай мои дни", "Скока дней мне осталось?", "kunlarimni hisobla", "necha kunim qoldi",
        "канча күнүм калды", "kancha kunum kaldy", "қанша күнім қалды", "чанд рӯзам монд",
        "чанд рузам монд акнун", "до какого числа мне можно быть",
    ],
)  # fmt: skip
def test_people_ask_for_it_in_their_own_spelling(text: str) -> None:
    assert asks_to_count(real_rules(), text)


@pytest.mark.parametrize(
    "text",
    ["", "дни", "сколько стоит перевод", "менин балам ооруп калды", "bolam maktabga borsin"],
)
def test_other_questions_are_not_taken_for_it(text: str) -> None:
    assert not asks_to_count(real_rules(), text)
