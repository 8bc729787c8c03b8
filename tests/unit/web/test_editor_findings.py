"""What the checks say is said in the editor's language."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.checks.one_text import check_text
from bot.i18n import load_locales
from bot.languages import DESK_LANGUAGES
from bot.settings import ROOT
from bot.web.pages.editor_findings import say, say_with_place
from tests.unit.answers.small_content import KNOWN_PLACES, TODAY, write_content

DESK = load_locales(ROOT / "locales", "desk", DESK_LANGUAGES)
BROKEN = {
    "ru": (
        ("## short\n", "## shrt\n"),
        ("## short\n", "Слово\n## short\n"),
        ("## short\n", "## short\n## steps\n"),
        ("## steps\n", "## cost\n"),
        ("## short\n", "## short\nЗвоните 102 или 8 701 123 45 67. "),
        ("## short\n", "## short\nСпросите в «Родник». "),
        ("## short\n", "## short\nПаcпорт и a. "),
        ("## short\n", "## short\nҰзақ. "),
        ("## short\n", "## short\n# Заголовок\n"),
        ("## short\n", "## short\nЭто _так_. "),
        ("## short\n", "## short\n[Сюда](https://example.org). "),
        ("## short\n", "## short\n> Сказано\n\n"),
        ("## short\n", "## short\n{nothing:1} "),
        ("## short\n", "## short\n{phone:hotline-102 "),
        ("## short\n", f"## short\n{'Очень длинное предложение. ' * 20}"),
        (
            "## short\n",
            f"## short\n{'Непозволительно продолжительное словоупотребление ' * 20}\n\n",
        ),
        ("## short\n", "## short\nБез факта.\n\n"),
        ("lost-passport.1", "lost-passport.99"),
        ("lost-passport.1", "nonsense"),
        ("lost-passport.1", ""),
        ("lost-passport.1", "lost-passport.2"),
        ("1. Сразу", "- - Сразу"),
        ("title: Потерян паспорт", "title: [1]"),
        ("title: Потерян паспорт", "title: Потерян <паспорт>"),
        ("title: Потерян паспорт", f"title: {'Потерян паспорт ' * 6}"),
        ("title: Потерян паспорт", "titel: Потерян паспорт"),
        ("---\n", ""),
        ("## short\n", "## short\n\u202eназад. "),
    ),
    "tg": (
        ("{mci:25}", "{mci:26}"),
        ("source_digest: ", "source_digest: 0"),
        ("source_digest: ", "source_digest: pending #"),
        ("## short\n", "## short\nОдин <!-- advice --> "),
    ),
}


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_every_finding_of_many_slips_is_translated(tmp_path: Path, language: str) -> None:
    words = DESK[language]
    folder = write_content(tmp_path / "content")
    for text, slips in BROKEN.items():
        path = folder / f"answers/documents/lost-passport/{text}.md"
        good = path.read_text(encoding="utf-8")
        for old, new in slips:
            assert old in good
            findings = check_text(folder, path, good.replace(old, new, 1), KNOWN_PLACES, TODAY)
            assert findings, new
            for finding in findings:
                assert say(words, finding.message) != finding.message


def test_a_sentence_nobody_knows_is_shown_as_it_is() -> None:
    assert say(DESK["ru"], "something quite new") == "something quite new"
    assert say(DESK["en"], "the part “steps” is written twice") == (
        "the part “steps” is written twice"
    )


def test_values_are_kept_and_names_within_are_translated() -> None:
    said = say(DESK["ru"], "«так{0}»: “ә” is not a letter of Tajik")
    assert "«так{0}»" in said
    assert "ә" in said
    assert "Tajik" not in said


def test_a_reason_keeps_its_place() -> None:
    line = "/somewhere/content/answers/rights/overstay/tg.md:7: “steps” is empty"
    said = say_with_place(DESK["ru"], line)
    assert said.startswith("answers/rights/overstay/tg.md:7: ")
    assert "empty" not in said
    assert say_with_place(DESK["ru"], "no place at all") == "no place at all"
