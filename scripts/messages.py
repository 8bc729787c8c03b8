"""Brings the words of the code into locales/*.po; translations that exist are kept.

`python scripts/messages.py --check` only says which words are missing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS = {"words": None, "message": None, "plural": (1, 2)}
DOMAINS = {"bot": ("ky", "tg", "uz", "ru", "kk"), "desk": ("ru", "kk", "en")}


def main() -> int:
    """Updates every file, or with --check names what is missing and fails."""
    only_check = "--check" in sys.argv
    missing = 0
    for domain, languages in DOMAINS.items():
        template = collect(domain)
        for language in languages:
            missing += update(domain, language, template, only_check)
    return 1 if missing else 0


def collect(domain: str) -> Catalog:
    """All words of a domain: the desk's are those below bot/web, the bot's all others."""
    template = Catalog()
    for path in sorted((ROOT / "bot").rglob("*")):
        is_desk = "web" in path.relative_to(ROOT / "bot").parts[:1]
        if is_desk == (domain == "desk"):
            for found in words_of(path):
                template.add(found)
    return template


def words_of(path: Path) -> Iterator[str | tuple[str, ...]]:
    """The words in one Python file or template."""
    method = {".py": "python", ".html": "jinja2.ext:babel_extract"}.get(path.suffix)
    if method is None:
        return
    for _line, found, _comments, _context in extract_from_file(method, path, KEYWORDS):
        yield found


def update(domain: str, language: str, template: Catalog, only_check: bool) -> int:
    """Adds new words to one file and drops unused ones; returns how many lack a translation."""
    path = ROOT / "locales" / language / "LC_MESSAGES" / f"{domain}.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language, domain=domain)
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    if not only_check:
        with path.open("wb") as file:
            write_po(file, catalogue, width=98, omit_header=False)
    open_ones = [one.id for one in catalogue if one.id and not is_complete(one.string)]
    for text in open_ones:
        print(f"{path.relative_to(ROOT)}: not translated: {text!r}")
    return len(open_ones)


def is_complete(translation: str | tuple[str, ...] | list[str]) -> bool:
    """Whether every form of a translation is there."""
    forms = [translation] if isinstance(translation, str) else list(translation)
    return bool(forms) and all(forms)


if __name__ == "__main__":
    sys.exit(main())
