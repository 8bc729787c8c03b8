"""Brings the words of the code into locales/*.po; translations that exist are kept.

`bot check` says which words are missing or no longer used.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.checks.used_messages import used_messages
from bot.languages import DESK_LANGUAGES, Language

DOMAINS = {"bot": tuple(language.value for language in Language), "desk": DESK_LANGUAGES}


def main() -> None:
    """Adds new words to every file and drops unused ones."""
    for domain, languages in DOMAINS.items():
        template = Catalog()
        for used in used_messages(ROOT / "bot", domain):
            template.add((used.text, used.many) if used.many else used.text)
        for language in languages:
            update(ROOT / "locales" / language / "LC_MESSAGES" / f"{domain}.po", template)


def update(path: Path, template: Catalog) -> None:
    """One file: translations are kept, nothing is guessed."""
    language = path.parent.parent.name
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.header_comment = f"# Komek's words in {language}. See content/README.md."
    with path.open("wb") as file:
        write_po(file, catalogue, width=98)


if __name__ == "__main__":
    main()
