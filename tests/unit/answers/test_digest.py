"""Fingerprints, and stamping translations with them."""

from __future__ import annotations

from pathlib import Path

from bot.answers.digest import source_digest, stamp_translations
from tests.unit.answers.small_content import change, load

PASSPORT = "answers/documents/lost-passport"


def test_only_words_change_a_fingerprint() -> None:
    text = "---\ntitle: А\n---\n## short\nНе ждите.  \n\n\nИдите.\n"
    same = "---\ntitle: Б\n---\n## short\r\nНе  ждите.\r\n\r\nИдите."
    assert source_digest(text) == source_digest(same)
    assert source_digest(text) != source_digest(text.replace("Не", "Ни"))
    assert len(source_digest(text)) == 16


def test_stamping_fills_in_what_is_pending_and_keeps_comments(folder: Path) -> None:
    path = folder / PASSPORT / "ky.md"
    digest = source_digest((folder / PASSPORT / "ru.md").read_text(encoding="utf-8"))
    change(path, f"source_digest: {digest}", "source_digest: pending  # Айгүл котормочу")
    assert load(folder).answer("lost-passport", "ky").outdated
    assert stamp_translations(folder) == (path,)
    assert f"source_digest: {digest}  # Айгүл котормочу\n" in path.read_text(encoding="utf-8")
    assert not load(folder).answer("lost-passport", "ky").outdated
    assert stamp_translations(folder) == ()


def test_a_missing_fingerprint_is_added_below_the_title(folder: Path) -> None:
    path = folder / "safety/danger/uz.md"
    digest = source_digest((folder / "safety/danger/ru.md").read_text(encoding="utf-8"))
    change(path, f"source_digest: {digest}\n", "")
    assert stamp_translations(folder) == (path,)
    assert f"title: Xavf\nsource_digest: {digest}\n" in path.read_text(encoding="utf-8")


def test_outdated_translations_are_stamped_only_when_named(folder: Path) -> None:
    change(folder / PASSPORT / "ru.md", "Сразу", "Быстро")
    assert stamp_translations(folder) == ()
    assert stamp_translations(folder, topics=["unpaid-wages"]) == ()
    stamped = stamp_translations(folder, languages=["ky", "tg"], topics=["lost-passport"])
    assert stamped == (folder / PASSPORT / "ky.md", folder / PASSPORT / "tg.md")
    library = load(folder)
    assert not library.answer("lost-passport", "ky").outdated
    assert library.answer("lost-passport", "uz").outdated
