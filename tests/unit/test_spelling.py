"""The same word has one skeleton, however it is typed."""

from __future__ import annotations

import pytest

from bot.spelling import NUMBER, skeleton, tokens

SAME = [
    # Kyrgyz, Kazakh, Tajik without their special letters
    ("күйөөм", "куйоом"),
    ("жаңы", "жаны"),
    ("балаңыз", "баланыз"),
    ("көмек", "комек"),
    ("қызым", "кызым"),
    ("әкем", "акем"),
    ("құжат", "кужат"),
    ("ӯҳдадорӣ", "ухдадори"),
    ("ҷавоб", "чавоб"),
    ("ғамхорӣ", "гамхори"),
    # chat Latin
    ("күйөөм", "kuyoom"),
    ("балдарым коркот", "baldarym korkot"),
    ("мектеп", "mektep"),
    ("жаңы", "jangy"),
    ("жаңы", "zhany"),
    ("паспорт", "passport"),
    ("свидетельство", "svidetelstvo"),
    ("рождение", "rozhdenie"),
    ("хочу", "xochu"),
    ("щётка", "shchetka"),
    ("янги", "yangi"),
    ("центр", "tsentr"),
    ("центр", "centr"),
    ("шаҳодатнома", "shahodatnoma"),
    ("школа", "6kola".replace("6", "sh")),
    # digits typed for letters
    ("кичине", "ki4ine"),
    ("башка", "ba6ka"),
    # Uzbek in both scripts and with every apostrophe
    ("oʻgʻlim", "o'g'lim"),
    ("oʻgʻlim", "o`g`lim"),
    ("oʻgʻlim", "o‘g’lim"),
    ("oʻgʻlim", "oglim"),
    ("oʻgʻlim", "ўғлим"),
    ("maʼlumot", "маълумот"),
    ("yoʻq", "йўқ"),
    ("yordam", "ёрдам"),
    # Russian
    ("ребёнок", "ребенок"),
    ("ПОМОГИТЕ", "помогите"),
    ("помогииите", "помогите"),
    # Latin letters slipped into a Cyrillic word
    ("помогите", "пoмoгитe"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_word_have_one_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("бала", "апа"), ("мектеп", "бакча"), ("урат", "турат"), ("жок", "кыз"), ("нон", "зан")],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


def test_numbers_become_one_class_and_part_from_letters() -> None:
    assert tokens("16дамын, 5-класс 87011234567") == (
        NUMBER, "дамин", NUMBER, "клас", NUMBER,
    )  # fmt: skip


def test_emoji_are_words_and_punctuation_is_none() -> None:
    assert tokens("салам!!! 😭❤️ ...") == ("салам", "😭", "❤")


@pytest.mark.parametrize("text", ["", "   ", "...?!", "\n\t", "''"])
def test_nothing_is_left_of_nothing(text: str) -> None:
    assert tokens(text) == ()


def test_a_skeleton_of_a_skeleton_is_itself() -> None:
    once = skeleton("Күйөөм мени урат, oʻgʻlim йўқ, ребёнок щётка центр")
    assert skeleton(once) == once
