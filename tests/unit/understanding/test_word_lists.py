"""Danger is found by words alone."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bot.errors import BadContent
from bot.understanding.model import Danger
from bot.understanding.word_lists import WordLists, parse_line

ROOT = Path(__file__).resolve().parents[3]


def lists(*lines: tuple[Danger, str]) -> WordLists:
    return WordLists(parse_line(danger, line) for danger, line in lines)


def test_all_stems_of_a_line_must_occur_in_any_order() -> None:
    words = lists((Danger.VIOLENCE, "күйөө урат"))
    assert words.dangers("Мени урат эле жатат күйөөм") == (Danger.VIOLENCE,)
    assert words.dangers("күйөөм жумушта") == ()


@pytest.mark.parametrize("text", ["kuyoom meni urat", "КУЙООМ УРАААТ", "куйоом мени урат"])
def test_spelling_habits_do_not_matter(text: str) -> None:
    assert lists((Danger.VIOLENCE, "күйөө урат")).dangers(text) == (Danger.VIOLENCE,)


def test_a_forbidden_stem_silences_the_line() -> None:
    words = lists((Danger.DETENTION, "полиция кармап !укугу"))
    assert words.dangers("полиция кармап кетти") == (Danger.DETENTION,)
    assert words.dangers("полиция кармап турууга укугу барбы") == ()


def test_alternatives_stand_between_bars() -> None:
    words = lists((Danger.VIOLENCE, "күйөө|эрим. урат|сабап !кино|ойун"))
    for text in ("күйөөм урат", "эрим сабап жатат"):
        assert words.dangers(text) == (Danger.VIOLENCE,)
    assert words.dangers("кинодо эрим урат") == ()
    assert words.dangers("эрим жакшы") == ()


def test_a_hit_names_the_language_of_its_list() -> None:
    words = WordLists([parse_line(Danger.VIOLENCE, "урат", "ky")])
    assert {(hit.danger, hit.language) for hit in words.hits("урат")} == {(Danger.VIOLENCE, "ky")}


def test_a_stem_with_a_dot_or_of_two_letters_is_a_whole_word() -> None:
    words = lists((Danger.VIOLENCE, "эрим. ур"))
    assert words.dangers("эрим ур") == (Danger.VIOLENCE,)
    assert words.dangers("эримен урунду") == ()


@pytest.mark.parametrize("text", ["ҷазо медиҳад", "чазо медихад", "jazo medihad"])
def test_a_tajik_letter_is_found_in_both_its_plain_spellings(text: str) -> None:
    assert lists((Danger.VIOLENCE, "ҷазо")).dangers(text) == (Danger.VIOLENCE,)


def test_the_gravest_danger_comes_first() -> None:
    words = lists((Danger.NO_SHELTER, "көчөдө"), (Danger.MEDICAL, "кан кетип"))
    assert words.dangers("көчөдө жатам, кан кетип жатат") == (Danger.MEDICAL, Danger.NO_SHELTER)


def test_a_line_that_demands_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no word"):
        parse_line(Danger.VIOLENCE, "!укугу")


@pytest.mark.parametrize("content", ["anger:\n- урат\n", "violence: [\n", "violence:\n- '!'\n"])
def test_a_broken_file_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "ky.yml").write_text(content, encoding="utf-8")
    with pytest.raises(BadContent, match=r"ky\.yml"):
        WordLists.load(tmp_path)


def test_no_lists_at_all_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BadContent):
        WordLists.load(tmp_path)


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("күйөөм мени сабап жатат", Danger.VIOLENCE),
        ("күйеуім мені ұрып жатыр", Danger.VIOLENCE),
        ("erim meni urdi", Danger.VIOLENCE),
        ("shavharam maro mezanad", Danger.VIOLENCE),
        ("муж меня избил", Danger.VIOLENCE),
        ("балам жоголуп кетти", Danger.MISSING_CHILD),
        ("kizim yoqolib qoldi", Danger.MISSING_CHILD),
        ("фарзандам гум шуд", Danger.MISSING_CHILD),
        ("ребенок потерялся на рынке", Danger.MISSING_CHILD),
        ("хозяин отобрал паспорт и запер нас", Danger.TRAFFICKING),
    ],
)
def test_our_own_lists_know_the_plainest_cries_for_help(text: str, danger: Danger) -> None:
    assert danger in WordLists.load(ROOT / "nlu" / "urgent_words").dangers(text)


@pytest.mark.parametrize(
    "text",
    [
        "Салам",
        "Балама күбөлүк алыш керек",
        "РВП алу үшін қандай құжат керек?",
        "Maktabga qabul qilish uchun nima kerak",
        "Шиносномаи ман гум шуд",
        "Сколько стоит временное проживание?",
        "Имеет ли полиция право проверять документы",
    ],
)
def test_ordinary_questions_ring_no_bell(text: str) -> None:
    assert WordLists.load(ROOT / "nlu" / "urgent_words").dangers(text) == ()


def test_a_long_story_is_searched_in_well_under_the_time_of_a_blink() -> None:
    words = WordLists.load(ROOT / "nlu" / "urgent_words")
    story = "Кечээ базарга бардык, анан үйгө келдик, балдар уктап калган экен. " * 20
    words.dangers(story)
    begun = time.perf_counter()
    for _ in range(10):
        words.dangers(story)
    assert (time.perf_counter() - begun) / 10 < 0.02
