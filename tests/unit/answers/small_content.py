"""A content folder of two topics, small enough to break in a test."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from babel import Locale
from babel.support import Translations

from bot.answers.digest import source_digest
from bot.answers.library import Library
from bot.answers.loader import load_library
from bot.answers.model import SAFETY_KINDS
from bot.checks.known_places import KnownPlaces
from bot.i18n import Locales, Words
from bot.languages import Language

TODAY = date(2026, 11, 24)
LOCALES = Locales({lang: Words(lang, Locale.parse(lang), Translations()) for lang in Language})
PHONES = {"hotline-111": "111", "hotline-102": "102", "ngo": "+7 727 254 50 57"}
CENTRES: dict[str, dict[str, str]] = {
    "rodnik-almaty": {one.value: "“Rodnik”" if one == "uz" else "«Родник»" for one in Language},
    "bureau": {
        "ru": "Бюро по правам человека",
        "ky": "Адам укуктары боюнча бюро",
        "kk": "Адам құқықтары бюросы",
        "tg": "Бюро оид ба ҳуқуқи инсон («Бюро»)",
        "uz": "Inson huquqlari byurosi",
    },
}


@dataclass(frozen=True)
class SmallDirectory:
    """Three numbers and two names."""

    def phone(self, place_id: str, /) -> str | None:
        return PHONES.get(place_id)

    def short_name(self, place_id: str, language: str, /) -> str | None:
        return CENTRES.get(place_id, {}).get(language)


PLACES = SmallDirectory()
KNOWN_PLACES = KnownPlaces(PLACES, frozenset({"111", "102"}), tuple(CENTRES))

TOPICS = """\
sections: [documents, rights]
topics:
- id: lost-passport
  section: documents
  order: 10
  urgent: false
  parts: [short, steps, cost]
  related: [unpaid-wages]
  sources:
  - {title: Закон, address: "https://example.org/law", read_on: 2026-11-01}
  reviewed_on: 2026-11-01
  review_every_days: 60
- id: unpaid-wages
  section: rights
  order: 10
  urgent: false
  parts: [short]
  related: []
  sources:
  - {title: Кодекс, address: "https://example.org/code", read_on: 2026-11-01}
  reviewed_on: 2026-11-01
  review_every_days: 60
"""
GLOSSARY = (
    "# слова\n"
    "- {id: mci, ru: МРП, kk: АЕК, ky: АЭК (МРП), tg: МРП, uz: MRP, note: показатель}\n"
    "- {id: court, ru: суд, kk: сот, ky: сот, tg: суд, uz: sud, note: ''}\n"
)
PASSPORT = {
    "ru": ("Потерян паспорт", "Сразу сообщите в полицию"),
    "ky": ("Паспорт жоголду", "Полицияга дароо билдириңиз"),
    "kk": ("Төлқұжат жоғалды", "Полицияға бірден хабарлаңыз"),
    "tg": ("Шиноснома гум шуд", "Дарҳол ба полис хабар диҳед"),
    "uz": ("Pasport yoʻqoldi", "Politsiyaga darhol xabar bering"),
}
WAGES = {
    "ru": ("Не платят зарплату", "Соберите доказательства"),
    "ky": ("Айлык беришпейт", "Далилдерди чогултуңуз"),
    "kk": ("Жалақы төлемейді", "Дәлелдерді жинаңыз"),
    "tg": ("Музди меҳнат намедиҳанд", "Далелҳоро ҷамъ кунед"),
    "uz": ("Ish haqi berilmayapti", "Dalillarni yigʻing"),
}
DANGER = {
    "ru": ("Опасность", "Уйдите к людям"),
    "ky": ("Коркунуч", "Элге барыңыз"),
    "kk": ("Қауіп", "Адамдарға барыңыз"),
    "tg": ("Хатар", "Ба назди одамон равед"),
    "uz": ("Xavf", "Odamlar oldiga boring"),
}


FACTS = """\
# Facts
- no fact yet

## lost-passport
- `lost-passport.1` **Who:** anybody. [S:ML 6(4)]
  - `lost-passport.2` Usually five days. [K]
- `lost-passport.3` Both. [I from ML; S:ML]

## unpaid-wages
- `unpaid-wages.1` Proof helps. [S: LC 5]
- `unpaid-wages.2` Nobody knows.
"""


def passport_body(language: str) -> str:
    """Short, steps and cost, with one reference of each kind."""
    words = PASSPORT[language][1]
    return (
        f"## short\n{words}: {{phone:hotline-102}}.\n"
        f"## steps\n1. {words}.\n2. **{words}:** {{date:2026-07-01}}.\n\n{words} & 15.\n"
        f"## cost\n- {words} — {{mci:25}}.\n- {words} — {{mci:0.5}}, {{centre:rodnik-almaty}}.\n"
    )


def traced(body: str) -> str:
    """A Russian body in which every block names a fact."""
    lines = (
        line if not line or line.startswith("##") else f"{line} <!-- lost-passport.1 -->"
        for line in body.splitlines()
    )
    return "\n".join(lines) + "\n"


def page(language: str, title: str, body: str, source: str) -> str:
    """A whole file with its front matter."""
    digest = "" if language == "ru" else f"source_digest: {source_digest(source)}\n"
    return f"---\ntitle: {title}\n{digest}review: {{state: draft, by: null, on: null}}\n---\n{body}"


def write_content(folder: Path) -> Path:
    """Writes the small content and returns its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "topics.yml").write_text(TOPICS, encoding="utf-8")
    (folder / "values.yml").write_text("mci:\n  2025: 3932\n  2026: 4325\n", encoding="utf-8")
    (folder / "facts").mkdir(exist_ok=True)
    (folder / "facts/documents.md").write_text(FACTS, encoding="utf-8")
    (folder / "glossary.yml").write_text(GLOSSARY, encoding="utf-8")
    for language in Language:
        _write(
            folder / "answers/documents/lost-passport",
            language,
            PASSPORT[language][0],
            passport_body(language),
            passport_body("ru"),
        )
        title, words = WAGES[language]
        source = f"## short\n{WAGES['ru'][1]}.\n"
        _write(
            folder / "answers/rights/unpaid-wages",
            language,
            title,
            f"## short\n{words}.\n",
            source,
        )
        title, words = DANGER[language]
        for kind in SAFETY_KINDS:
            end = "\n\n**{phone:hotline-111}**\n"
            _write(
                folder / "safety" / kind,
                language,
                title,
                words + f", {kind}." + end,
                DANGER["ru"][1] + f", {kind}." + end,
            )
    return folder


def _write(folder: Path, language: str, title: str, body: str, source: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if language == "ru" and body.startswith("##"):
        body = traced(body)
    text = page(language, title, body, source)
    (folder / f"{language}.md").write_text(text, encoding="utf-8")


def load(folder: Path, today: date = TODAY) -> Library:
    """The library of a folder."""
    return load_library(folder, locales=LOCALES, places=PLACES, today=today)


def change(path: Path, old: str, new: str) -> None:
    """Replaces a piece of a file, which must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
