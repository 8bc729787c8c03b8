"""The project's own texts, phrases and places pass their own checks."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.checks.content import check_content
from bot.checks.directory import check_directory
from bot.checks.finding import Finding, Level
from bot.checks.locales import DOMAINS, check_locales
from bot.checks.nlu import check_nlu
from bot.checks.phrases import read_phrases
from bot.checks.run import Folders, check_all
from bot.checks.used_messages import used_messages
from bot.clock import KAZAKHSTAN
from bot.languages import Language
from bot.settings import ROOT

FOLDERS = Folders(ROOT / "content", ROOT / "locales", ROOT / "nlu", ROOT / "bot")
TODAY = datetime.now(UTC).astimezone(KAZAKHSTAN).date()


def errors(findings: list[Finding]) -> list[str]:
    return [str(finding) for finding in findings if finding.level is Level.ERROR]


def test_the_texts_have_no_errors() -> None:
    assert len(list(FOLDERS.content.rglob("*.md"))) > 100
    known, _ = check_directory(FOLDERS.content / "directory")
    assert errors(list(check_content(FOLDERS.content, known, TODAY))) == []


def test_the_directory_has_no_errors() -> None:
    _, findings = check_directory(FOLDERS.content / "directory")
    assert errors(findings) == []


def test_the_phrases_have_no_errors() -> None:
    files = list((FOLDERS.nlu / "training").rglob("*.yml"))
    assert sum(len(read_phrases(path)) for path in files) > 5000
    assert errors(list(check_nlu(FOLDERS.nlu, ()))) == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_code_has_messages_to_translate(domain: str) -> None:
    assert len(used_messages(FOLDERS.code, domain)) > 20


def test_the_locales_have_no_errors() -> None:
    assert errors(list(check_locales(FOLDERS.locales, FOLDERS.code))) == []


def test_everything_together_has_no_errors_and_is_sorted() -> None:
    findings = check_all(FOLDERS, TODAY)
    assert errors(findings) == []
    assert findings == sorted(findings, key=lambda finding: (finding.path, finding.line))


def test_every_language_has_urgent_words() -> None:
    present = {path.stem for path in (FOLDERS.nlu / "urgent_words").glob("*.yml")}
    assert present == set(Language)
