"""What the conversation may ask a library."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.answers.library import Library
from bot.answers.model import SAFETY_KINDS
from bot.errors import NotFound
from bot.languages import Language
from bot.understanding.model import Danger
from tests.unit.answers.small_content import load


def test_topics_stand_in_the_order_of_their_sections(folder: Path) -> None:
    library = load(folder)
    assert [topic.id for topic in library.topics] == ["lost-passport", "unpaid-wages"]
    assert [topic.id for topic in library.section("rights")] == ["unpaid-wages"]
    assert library.section("nowhere") == ()
    assert library.title("unpaid-wages", Language.TG) == "Музди меҳнат намедиҳанд"
    assert library.topic("lost-passport").sources[0].title == "Закон"


def test_an_unknown_topic_is_not_found(folder: Path) -> None:
    library = load(folder)
    assert not library.has("weather")
    with pytest.raises(NotFound):
        library.topic("weather")
    with pytest.raises(NotFound):
        library.answer("weather", "ru")


def test_a_topic_is_overdue_the_day_after_its_last_day(folder: Path) -> None:
    library = load(folder)
    assert not library.overdue("lost-passport", date(2026, 12, 31))
    assert library.overdue("lost-passport", date(2027, 1, 1))


def test_there_is_a_safety_card_for_every_danger() -> None:
    assert set(SAFETY_KINDS) == {danger.value for danger in Danger}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", SAFETY_KINDS)
def test_every_safety_card_names_a_number(folder: Path, kind: str, language: str) -> None:
    card = load(folder).safety(kind, language)
    assert card.startswith("<b>")
    assert "<b>111</b>" in card


def test_a_missing_safety_card_is_replaced_by_the_general_one() -> None:
    danger = {("danger", "ky"): "жалпы", ("danger", "ru"): "общая", ("violence", "ru"): "бьют"}
    library = Library((), {}, danger)
    assert library.safety("violence", "ky") == "жалпы"
    assert library.safety("violence", "tg") == "бьют"
    assert library.safety("no such kind", "tg") == "общая"


@pytest.mark.parametrize(
    ("words", "language", "topic"),
    [
        ("потеряла пспорт", "ru", "lost-passport"),
        ("poteryan pasport", "ru", "lost-passport"),
        ("Менин паспортум жоголуп калды", "ky", "lost-passport"),
        ("паспорт жоголду", "ru", "lost-passport"),
        ("tolkujat jogaldy", "kk", "lost-passport"),
        ("шиносномаи ман гум шуд", "tg", "lost-passport"),
        ("pasportim yoqoldi", "uz", "lost-passport"),
        ("хозяин не платит зарплаты", "ru", "unpaid-wages"),
        ("айлык беришпей жатат", "ky", "unpaid-wages"),
        ("жалакы толемейди", "kk", "unpaid-wages"),
        ("музди мехнатро намедиханд", "tg", "unpaid-wages"),
        ("иш ҳақи беришмаяпти", "uz", "unpaid-wages"),
    ],
)
def test_search_finds_topics_in_any_spelling(
    folder: Path, words: str, language: str, topic: str
) -> None:
    assert load(folder).search(words, language)[:1] == (topic,)


@pytest.mark.parametrize("words", ["", "ок", "какая завтра погода", "футбол 3:2", "🙏"])
def test_search_finds_nothing_when_nothing_is_near(folder: Path, words: str) -> None:
    assert load(folder).search(words, "ru") == ()
