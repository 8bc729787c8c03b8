"""The matrix of texts, also of unfinished ones."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from bot.answers.status import CARD, State, TextStatus, TopicStatus, stale, status
from bot.languages import Language
from tests.unit.answers.small_content import TODAY, change

PASSPORT = "answers/documents/lost-passport"


def row(folder: Path, name: str = "lost-passport", today: date = TODAY) -> TopicStatus:
    return next(one for one in status(folder, today).rows if one.id == name)


def text(folder: Path, language: Language, today: date = TODAY) -> TextStatus:
    return row(folder, today=today).texts[language]


def test_drafts_are_unreviewed_and_reviewed_texts_present(folder: Path) -> None:
    assert text(folder, Language.KY).states == (State.UNREVIEWED,)
    change(
        folder / PASSPORT / "ky.md", "draft, by: null, on: null", "reviewed, by: А, on: 2026-11-02"
    )
    assert text(folder, Language.KY).parts == {
        "short": (State.PRESENT,),
        "steps": (State.PRESENT,),
        "cost": (State.PRESENT,),
    }


def test_a_changed_source_makes_translations_outdated(folder: Path) -> None:
    change(folder / PASSPORT / "ru.md", "Сразу", "Быстро")
    assert text(folder, Language.TG).states == (State.OUTDATED, State.UNREVIEWED)
    assert text(folder, Language.RU).states == (State.UNREVIEWED,)


def test_a_comment_outdates_nothing(folder: Path) -> None:
    change(
        folder / PASSPORT / "ru.md", "lost-passport.1 -->", "lost-passport.1 lost-passport.2 -->"
    )
    assert text(folder, Language.TG).states == (State.UNREVIEWED,)


def test_past_the_review_date_all_languages_are_overdue(folder: Path) -> None:
    later = date(2027, 1, 1)
    assert text(folder, Language.RU, later).states == (State.OVERDUE, State.UNREVIEWED)
    assert row(folder, "danger", later).texts[Language.RU].states == (State.UNREVIEWED,)


def test_missing_files_and_parts_are_told_one_by_one(folder: Path) -> None:
    (folder / PASSPORT / "uz.md").unlink()
    change(folder / PASSPORT / "kk.md", "## cost", "## place")
    assert text(folder, Language.UZ).states == (State.MISSING,)
    assert text(folder, Language.UZ).problem is None
    kazakh = text(folder, Language.KK).parts
    assert kazakh["cost"] == (State.MISSING,)
    assert kazakh["place"] == kazakh["short"] == (State.UNREVIEWED,)
    assert status(folder, TODAY).count(State.MISSING) == 4


def test_a_topic_without_any_text_and_a_broken_text_do_not_hide_the_others(folder: Path) -> None:
    for language in Language:
        (folder / "answers/rights/unpaid-wages" / f"{language}.md").unlink()
    change(folder / PASSPORT / "ky.md", "title:", "titel:")
    wages = row(folder, "unpaid-wages")
    assert wages.title == "unpaid-wages"
    assert all(one.states == (State.MISSING,) for one in wages.texts.values())
    assert "ky.md:2: “titel”" in (text(folder, Language.KY).problem or "")
    assert text(folder, Language.TG).title == "Шиноснома гум шуд"


def test_without_the_russian_text_a_translation_is_outdated(folder: Path) -> None:
    (folder / PASSPORT / "ru.md").unlink()
    assert State.OUTDATED in text(folder, Language.KY).states


def test_an_unreadable_registry_is_a_problem_and_safety_cards_stay(folder: Path) -> None:
    (folder / "topics.yml").write_text("topics: [", encoding="utf-8")
    found = status(folder, TODAY)
    assert found.topics == ()
    assert "topics.yml" in (found.problem or "")
    assert found.safety[0].parts == (CARD,)


def test_stale_topics_come_first_due_first(folder: Path) -> None:
    change(folder / "topics.yml", "review_every_days: 60", "review_every_days: 70")
    found = status(folder, TODAY)
    assert stale(found, TODAY, timedelta(days=10)) == ()
    names = [one.id for one in stale(found, TODAY, timedelta(days=60))]
    assert names == ["unpaid-wages", "lost-passport"]
