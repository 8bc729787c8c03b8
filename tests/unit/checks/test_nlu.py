"""Checks of training phrases and urgent words."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.checks.finding import Finding, Level
from bot.checks.nlu import check_intents, check_nlu, check_phrases, check_urgent_words
from bot.checks.phrases import read_phrases
from bot.errors import BadContent
from bot.languages import Language

GOOD = """\
version: "3.1"
nlu:
- intent: greet
  examples: |
    - салам
    - ассалому алейкум
- intent: police-check
  metadata:
    urgent: true
  examples: |
    - мени кармап кетишти
"""


def phrases_in(tmp_path: Path, text: str, language: str = "ky") -> list[Finding]:
    path = tmp_path / "control.yml"
    path.write_text(text, encoding="utf-8")
    return list(check_phrases(list(read_phrases(path)), language))


def test_phrases_know_their_line(tmp_path: Path) -> None:
    path = tmp_path / "control.yml"
    path.write_text(GOOD, encoding="utf-8")
    read = [(phrase.line, phrase.intent, phrase.text) for phrase in read_phrases(path)]
    assert read == [
        (5, "greet", "салам"),
        (6, "greet", "ассалому алейкум"),
        (11, "police-check", "мени кармап кетишти"),
    ]
    assert list(check_phrases(list(read_phrases(path)), "ky")) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "message", "level"),
    [
        ("мени кармап кетишти", "Салам", 11, "«Салам» stands under “greet” too", Level.ERROR),
        ("ассалому алейкум", "салам", 6, "is written twice", Level.WARNING),
        ("ассалому алейкум", "салам [дос]", 6, "brackets mean something else", Level.ERROR),
        ("ассалому алейкум", "салам қыз", 6, "“қ” is not a letter of Kyrgyz", Level.WARNING),
    ],
)
def test_a_slip_in_a_phrase_is_found(
    tmp_path: Path, old: str, new: str, line: int, message: str, level: Level
) -> None:
    (finding,) = phrases_in(tmp_path, GOOD.replace(old, new))
    assert (finding.line, finding.level) == (line, level)
    assert message in finding.message


def test_russian_phrases_may_mix_languages(tmp_path: Path) -> None:
    assert phrases_in(tmp_path, GOOD.replace("салам", "салам, қизим болеет"), "ru") == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("- ассалому", "ассалому", r":6: a phrase stands in one line"),
        ("intent: greet", "intents: greet", r":3: a block needs “intent:”"),
        ("urgent: true", "urgent: very", r":7: metadata is “urgent: true”"),
        ("metadata:", "meta:", r":7: “meta” means nothing here"),
        ("nlu:", "data:", r":1: the file needs a list “nlu:”"),
        ('"3.1"', '"3.1', r"not valid YAML"),
    ],
)
def test_a_broken_file_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    with pytest.raises(BadContent, match=message):
        phrases_in(tmp_path, GOOD.replace(old, new))


def test_an_intent_of_some_languages_only_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "control.yml"
    path.write_text(GOOD, encoding="utf-8")
    phrases = list(read_phrases(path))
    both = list(check_intents({"ky": phrases, "tg": phrases}, ()))
    assert not any("greet" in finding.message for finding in both)
    one = list(check_intents({"ky": phrases, "tg": phrases[:2]}, ()))
    told = [finding for finding in one if "police-check" in finding.message]
    assert [(finding.line, finding.message) for finding in told] == [
        (11, "“police-check” has no phrases in: tg (or is misspelled)")
    ]


def test_a_topic_nobody_can_ask_for_is_an_error() -> None:
    messages = [finding.message for finding in check_intents({"ky": []}, ["overstay"])]
    assert "“overstay” has no phrases in any language" in messages
    assert "“greet” has no phrases in any language" in messages


def test_urgent_words_must_load_in_every_language(tmp_path: Path) -> None:
    for language in Language:
        (tmp_path / f"{language}.yml").write_text("violence:\n- ур.\n", encoding="utf-8")
    assert list(check_urgent_words(tmp_path)) == []
    (tmp_path / "ky.yml").write_text("violense:\n- ур.\n", encoding="utf-8")
    (tmp_path / "tg.yml").unlink()
    findings = list(check_urgent_words(tmp_path))
    assert [Path(finding.path).name for finding in findings] == ["tg.yml", "ky.yml"]


def test_a_language_without_phrases_is_an_error(tmp_path: Path) -> None:
    messages = [finding.message for finding in check_nlu(tmp_path, ())]
    assert messages.count("no training phrases in this language") == 5
