"""Uzbek in Cyrillic letters: words as Uzbek readers over forty write them."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
import yaml
from babel.messages.pofile import read_po

from bot.answers.text_file import read_text_file
from bot.answers.uzbek_cyrillic import KEPT, to_cyrillic
from bot.checks.letters import UZBEK_CYRILLIC
from bot.languages import Language
from bot.settings import ROOT

WORDS = {
    # letters
    "oʻgʻil": "ўғил",
    "Oʻzbekcha": "Ўзбекча",
    "gʻisht": "ғишт",
    "shahar": "шаҳар",
    "choy": "чой",
    "qizil": "қизил",
    "xat": "хат",
    "hujjat": "ҳужжат",
    "yoshi": "ёши",
    "yoʻq": "йўқ",
    "Yoʻl": "Йўл",
    "yuz": "юз",
    "yangi": "янги",
    "yer": "ер",
    "poyezd": "поезд",
    "yil": "йил",
    "singil": "сингил",
    # э at the beginning and after vowels
    "er": "эр",
    "kecha": "кеча",
    "aeroport": "аэропорт",
    "poema": "поэма",
    "Eʼtiroz": "Эътироз",
    # ʼ
    "maʼlumot": "маълумот",
    "sanʼat": "санъат",
    "yaʼni": "яъни",
    "Isʼhoq": "Исҳоқ",
    # ts and ц
    "politsiya": "полиция",
    "migratsiyada": "миграцияда",
    "kvitansiyani": "квитанцияни",
    "inspeksiya": "инспекция",
    "korrupsiya": "коррупция",
    "pensiya": "пенсия",
    "litsey": "лицей",
    "ketsangiz": "кетсангиз",
    "navbatsiz": "навбатсиз",
    "jinsiy": "жинсий",
    "kelgansiz": "келгансиз",
    # borrowed words with a soft or hard sign
    "iyul": "июль",
    "sentabr": "сентябрь",
    "oktabr": "октябрь",
    "iyuldan": "июлдан",
    "Dekabr": "Декабрь",
    "kompyuterda": "компьютерда",
    "obyekt": "объект",
    "schyot": "счёт",
    # case
    "SHOSHILINCH": "ШОШИЛИНЧ",
    "Shoshilinch": "Шошилинч",
    "YUNISEF": "ЮНИСЕФ",
    "YOʻQ": "ЙЎҚ",
    "CHET": "ЧЕТ",
    # other signs for the same letters
    "o'g'il": "ўғил",
    "to‘g‘ri": "тўғри",
    "toʼgʼri": "тўғри",
    "ma’lumot": "маълумот",
    # abbreviations with Uzbek endings
    "VNJsiz": "ВНЖсиз",
    "TSONda": "ЦОНда",
    "BMTning": "БМТнинг",
    "QR-kod": "QR-код",
    "5ta": "5та",
    "1-iyul,": "1-июль,",
}
KEPT_AS_THEY_ARE = [
    "egov.kz",
    "https://egov.kz/cms/uz?x=1",
    "vmp.gov.kz,",
    "help@sana.kz",
    "@komek_bot",
    "/mydata",
    "{phone:hotline-111}",
    "{number}",
    "&amp; &lt;",
    "Komek",
    "eQonaq",
    "ENIC-Kazakhstan",
    "WhatsApp",
    "(A1)",
    "XIX",
    "KZ86125KZT5004100100",
    "+7 727 254 50 57",
    "Алматы, ул. Абая, 10",
    "",
]


@pytest.mark.parametrize("latin", WORDS)
def test_words_are_spelt_as_they_were(latin: str) -> None:
    assert to_cyrillic(latin) == WORDS[latin]


@pytest.mark.parametrize("text", KEPT_AS_THEY_ARE)
def test_what_is_no_uzbek_word_stays(text: str) -> None:
    assert to_cyrillic(text) == text


def test_a_whole_answer_keeps_its_markup() -> None:
    latin = "<b>Politsiya</b>\n\n1. egov.kz da oling: 25\u00a0MRP &amp; <i>kuting</i>."
    cyrillic = "<b>Полиция</b>\n\n1. egov.kz да олинг: 25\u00a0МРП &amp; <i>кутинг</i>."
    assert to_cyrillic(latin) == cyrillic


def test_turning_round_twice_changes_nothing() -> None:
    for latin in WORDS:
        assert to_cyrillic(to_cyrillic(latin)) == to_cyrillic(latin)


def our_texts() -> dict[str, str]:
    """Every Uzbek text of the project by where it stands."""
    texts = {}
    for path in sorted((ROOT / "content").rglob("uz.md")):
        has_parts = "answers" in path.parts
        read = read_text_file(path, Language.UZ, has_parts=has_parts)
        texts[path.as_posix()] = "\n".join([read.title, *(one.text for one in read.sections)])
    with (ROOT / "locales/uz/LC_MESSAGES/bot.po").open("rb") as file:
        for message in read_po(file):
            forms = [message.string] if isinstance(message.string, str) else message.string or ()
            texts[f"bot.po:{message.lineno}"] = "\n".join(forms) if message.id else ""
    for path in sorted((ROOT / "content/directory").glob("*.yml")):
        for number, text in enumerate(uzbek_in(yaml.safe_load(path.read_text(encoding="utf-8")))):
            texts[f"{path.as_posix()}:{number}"] = text
    return texts


def uzbek_in(value: object) -> list[str]:
    if isinstance(value, list):
        return [text for item in value for text in uzbek_in(item)]
    if not isinstance(value, dict):
        return []
    own = [text for name, text in value.items() if name == "uz" and isinstance(text, str)]
    return own + [text for name, item in value.items() if name != "uz" for text in uzbek_in(item)]


def test_every_letter_of_our_texts_is_cyrillic_save_names_and_addresses() -> None:
    texts = our_texts()
    assert len(texts) > 300
    kept = re.compile(
        r"[\w.-]+\.(?:kz|kg|uz|tj|ru|org|com)\b\S*|(?<!\w)/[a-z]+|@\w+|\{[^}]*\}|</?\w+>|&\w+;"
        rf"|\b[A-Z]\d\b|\b[IVX]{{2,}}\b|\b(?:{'|'.join(KEPT)})\b",
        re.IGNORECASE,
    )
    strange = {
        f"{place}: {letter} in {word}"
        for place, text in texts.items()
        for word in kept.sub(" ", to_cyrillic(text)).split()
        for letter in word
        if letter.isalpha() and letter.lower() not in UZBEK_CYRILLIC | {"ъ"}
    }
    assert strange == set()
    together = "".join(map(to_cyrillic, texts.values()))
    assert not set("ʻʼ") & set(together)


def test_abbreviations_are_those_of_the_signs_on_the_doors() -> None:
    terms = yaml.safe_load((ROOT / "content/glossary.yml").read_text(encoding="utf-8"))
    pattern = re.compile(r"\b[^\W\d_]{3,5}\b")
    found = set()
    for term in terms:
        russian_and_kazakh = set(pattern.findall(f"{term['ru']} {term['kk']}"))
        for word in pattern.findall(term["uz"]):
            if word.isupper():
                found.add(word)
                assert to_cyrillic(word) in russian_and_kazakh, word
    assert found >= {"VNJ", "RVP", "TSON", "XQKO", "IIN", "JSN", "RAGS", "AXAJ", "MRP"}


def test_letters_are_one_sign_each() -> None:
    path = ROOT / "content/answers/documents/overstay/uz.md"
    assert isinstance(path, Path)
    text = to_cyrillic(path.read_text(encoding="utf-8"))
    assert text == unicodedata.normalize("NFC", text)
