"""What editors do to texts: saved with their name, refused, taken back, never lost."""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answers.status import State
from bot.answers.text_file import read_text_file
from bot.errors import Conflict, NotAllowed, NotFound
from bot.languages import Language
from bot.settings import ROOT
from bot.workshop import commit, lock
from bot.workshop.model import (
    Action,
    Changed,
    Draft,
    Obstacle,
    Outcome,
    Refused,
    Saved,
    TextId,
    Unchanged,
)
from bot.workshop.sheet import take_apart
from bot.workshop.workshop import Workshop
from tests.conftest import HandClock
from tests.unit.answers.small_content import TODAY, change, write_content
from tests.unit.workshop.bench import AIGUL, CARD, DILSHOD, RUSSIAN, TAJIK, bench, draft, git

EVIDENCE = "Соберите доказательства"


def states(workshop: Workshop, text: TextId) -> tuple[State, ...]:
    rows = {row.id: row for row in workshop.shelf.status(TODAY).rows}
    return rows[text.subject.removeprefix("safety:")].texts[text.language].states


def test_a_saved_text_is_written_and_committed_with_the_editors_name(
    workshop: Workshop, folder: Path
) -> None:
    sheet = workshop.open(RUSSIAN)
    wanted = draft(sheet, EVIDENCE, "Соберите бумаги", remark="Проще\n")
    outcome = workshop.save(RUSSIAN, wanted, AIGUL)
    assert isinstance(outcome, Saved)
    path = workshop.shelf.path(RUSSIAN)
    assert "Соберите бумаги" in path.read_text(encoding="utf-8")
    shown = git(folder, "log", "-1", "--format=%H|%an <%ae>|%B", "--name-only")
    assert shown.startswith(f"{outcome.version}|Айгүл Т. <aigul@example.org>|")
    assert "unpaid-wages/ru: edited\n\nПроще" in shown
    assert shown.splitlines()[-1] == "content/answers/rights/unpaid-wages/ru.md"
    assert git(folder, "status", "--porcelain") == ""
    assert git(folder, "fsck", "--strict") == ""
    assert list(path.parent.glob(".*")) == []


def test_a_browsers_line_ends_and_blanks_do_not_reach_the_file(workshop: Workshop) -> None:
    sheet = workshop.open(RUSSIAN)
    body = f"\r\n{sheet.body.rstrip()}  \r\n\r\nЕщё одно. <!-- advice -->\r\n\r\n"
    assert isinstance(workshop.save(RUSSIAN, Draft(sheet.title, body, sheet.digest), AIGUL), Saved)
    text = workshop.shelf.path(RUSSIAN).read_bytes()
    assert b"\r" not in text
    assert b" \n" not in text
    assert text.endswith("Ещё одно. <!-- advice -->\n".encode())


def test_nothing_new_is_no_new_version(workshop: Workshop, folder: Path) -> None:
    sheet = workshop.open(TAJIK)
    same = Draft(sheet.title, sheet.body.replace("\n", "\r\n"), sheet.digest)
    assert workshop.save(TAJIK, same, AIGUL) == Unchanged()
    assert git(folder, "rev-list", "--count", "HEAD") == "1"


def test_an_error_refuses_the_save_and_names_its_line(workshop: Workshop, folder: Path) -> None:
    sheet, path = workshop.open(TAJIK), workshop.shelf.path(TAJIK)
    before = path.read_bytes()
    wrong = draft(sheet, "ҷамъ", "чамъ 8 701 123 45 67")
    outcome = workshop.save(TAJIK, wrong, AIGUL)
    assert isinstance(outcome, Refused)
    assert {finding.line for finding in outcome.findings} <= {
        sheet.body_line,
        sheet.body_line + 1,
    }
    assert "8 701 123 45 67" in " ".join(finding.message for finding in outcome.findings)
    assert path.read_bytes() == before
    assert git(folder, "rev-list", "--count", "HEAD") == "1"


def test_an_error_elsewhere_does_not_hinder_the_save(workshop: Workshop, folder: Path) -> None:
    (folder / "answers/documents/lost-passport/uz.md").write_text("---\nbroken", encoding="utf-8")
    assert isinstance(
        workshop.save(RUSSIAN, draft(workshop.open(RUSSIAN), EVIDENCE, "Не ждите"), AIGUL), Saved
    )


def test_what_changed_meanwhile_is_not_overwritten(workshop: Workshop) -> None:
    sheet = workshop.open(RUSSIAN)
    assert isinstance(
        workshop.save(RUSSIAN, draft(sheet, EVIDENCE, "Соберите бумаги"), AIGUL), Saved
    )
    late = workshop.save(RUSSIAN, draft(sheet, EVIDENCE, "Ничего не делайте"), DILSHOD)
    assert late == Changed()
    assert "Соберите бумаги" in workshop.open(RUSSIAN).body
    # A change made with another program counts as well.
    present = workshop.open(RUSSIAN)
    change(workshop.shelf.path(RUSSIAN), "бумаги", "чеки")
    assert workshop.save(RUSSIAN, draft(present, "бумаги", "фото"), AIGUL) == Changed()


def test_of_two_who_save_at_once_one_is_told(folder: Path, clock: HandClock) -> None:
    outcomes: list[Outcome] = []
    together = threading.Barrier(8)

    def edits(number: int) -> None:
        own = bench(folder, clock)  # as another process would have it
        wanted = draft(own.open(RUSSIAN), EVIDENCE, f"Соберите бумаги: {number}")
        together.wait()
        outcomes.append(own.save(RUSSIAN, wanted, AIGUL))

    editors = [threading.Thread(target=edits, args=(number,)) for number in range(8)]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()
    assert sum(isinstance(outcome, Saved) for outcome in outcomes) == 1
    assert outcomes.count(Changed()) == 7
    assert git(folder, "rev-list", "--count", "HEAD") == "2"
    assert git(folder, "status", "--porcelain") == ""


def test_different_texts_saved_at_once_are_all_kept(folder: Path, clock: HandClock) -> None:
    workshop = bench(folder, clock)
    texts = [TextId("safety:violence", one) for one in Language if one is not Language.UZ]
    outcomes: list[Outcome] = []

    def edits(text: TextId) -> None:
        sheet = workshop.open(text)
        wanted = Draft(f"{sheet.title} !", sheet.body, sheet.digest)
        outcomes.append(bench(folder, clock).save(text, wanted, AIGUL))

    editors = [threading.Thread(target=edits, args=(text,)) for text in texts]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()
    assert [type(outcome) for outcome in outcomes] == [Saved] * len(texts)
    assert git(folder, "rev-list", "--count", "HEAD") == "5"
    assert git(folder, "status", "--porcelain") == ""
    assert git(folder, "fsck", "--strict") == ""


def test_what_others_have_staged_or_left_lying_stays_so(workshop: Workshop, folder: Path) -> None:
    root = folder.parent
    (root / "staged.txt").write_text("staged\n", encoding="utf-8")
    git(root, "add", "staged.txt")
    change(folder / "values.yml", "3932", "3933")
    git(root, "add", "content/values.yml")
    change(folder / "values.yml", "4325", "4326")
    (root / "loose.txt").write_text("loose\n", encoding="utf-8")
    before = git(root, "status", "--porcelain")
    outcome = workshop.save(RUSSIAN, draft(workshop.open(RUSSIAN), EVIDENCE, "Не ждите"), AIGUL)
    assert isinstance(outcome, Saved)
    assert git(root, "status", "--porcelain") == before
    assert git(root, "show", "--name-only", "--format=").splitlines() == [
        "content/answers/rights/unpaid-wages/ru.md"
    ]
    git(root, "commit", "-q", "-m", "What was staged")
    assert git(root, "show", "--name-only", "--format=").splitlines() == [
        "content/values.yml",
        "staged.txt",
    ]
    assert "Не ждите" in git(root, "show", "HEAD:content/answers/rights/unpaid-wages/ru.md")


def test_while_git_itself_works_saving_waits_and_then_says_so(
    workshop: Workshop, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0.1)
    held = folder.parent / ".git/index.lock"
    held.touch()
    before = workshop.shelf.content(RUSSIAN)
    with pytest.raises(Conflict, match=r"index\.lock"):
        workshop.save(RUSSIAN, draft(workshop.open(RUSSIAN), EVIDENCE, "Не ждите"), AIGUL)
    assert workshop.shelf.content(RUSSIAN) == before
    held.unlink()
    threading.Timer(0.05, held.unlink).start()
    held.touch()
    monkeypatch.setattr(lock, "PATIENCE", 5.0)
    outcome = workshop.save(RUSSIAN, draft(workshop.open(RUSSIAN), EVIDENCE, "Не ждите"), AIGUL)
    assert isinstance(outcome, Saved)


def test_a_commit_that_fails_leaves_the_file_as_it_was(
    workshop: Workshop, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(commit.Pen, "_advance", full)
    before = workshop.shelf.content(RUSSIAN)
    with pytest.raises(OSError, match="No space"):
        workshop.save(RUSSIAN, draft(workshop.open(RUSSIAN), EVIDENCE, "Не ждите"), AIGUL)
    assert workshop.shelf.content(RUSSIAN) == before
    assert not (folder.parent / ".git/index.lock").exists()
    assert git(folder, "status", "--porcelain") == ""


def test_signing_off_is_for_these_words_only(workshop: Workshop) -> None:
    sheet = workshop.open(TAJIK)
    assert isinstance(workshop.sign_off(TAJIK, sheet.digest, DILSHOD), Saved)
    text = read_text_file(workshop.shelf.path(TAJIK), Language.TG, has_parts=True)
    assert (text.review.state, text.review.by, text.review.on) == ("reviewed", "Dilshod <K>", TODAY)
    assert states(workshop, TAJIK) == (State.PRESENT,)
    assert workshop.sign_off(TAJIK, sheet.digest, DILSHOD) == Unchanged(), "a button pressed twice"
    assert workshop.sign_off(TAJIK, sheet.digest, AIGUL) == Changed()

    signed = workshop.open(TAJIK)
    other_blanks = replace(draft(signed, "## short\n", "## short\n\n"))
    assert isinstance(workshop.save(TAJIK, other_blanks, AIGUL), Saved)
    assert states(workshop, TAJIK) == (State.PRESENT,), "the words are the same"
    signed = workshop.open(TAJIK)
    assert isinstance(workshop.save(TAJIK, draft(signed, "кунед", "кунед!"), AIGUL), Saved)
    assert states(workshop, TAJIK) == (State.UNREVIEWED,)


def test_a_new_russian_text_outdates_translations_until_they_are_saved(
    workshop: Workshop,
) -> None:
    assert State.OUTDATED not in states(workshop, TAJIK)
    workshop.save(RUSSIAN, draft(workshop.open(RUSSIAN), EVIDENCE, "Соберите чеки"), AIGUL)
    assert State.OUTDATED in states(workshop, TAJIK)
    changed = workshop.since_translated(TAJIK)
    assert {(piece.kind.value, piece.text) for piece in changed} >= {
        ("gone", "доказательства"),
        ("new", "чеки"),
    }

    typing_error = draft(workshop.open(TAJIK), "кунед", "кунед!", follows_source=False)
    workshop.save(TAJIK, typing_error, AIGUL)
    assert State.OUTDATED in states(workshop, TAJIK)

    translated = draft(workshop.open(TAJIK), "Далелҳоро", "Чекҳоро")
    workshop.save(TAJIK, translated, AIGUL)
    assert State.OUTDATED not in states(workshop, TAJIK)
    assert workshop.since_translated(TAJIK) == ()

    sheet = workshop.open(TAJIK)
    taken_back = Draft(sheet.title, sheet.body, sheet.digest, follows_source=False)
    assert isinstance(workshop.save(TAJIK, taken_back, AIGUL), Saved)
    assert State.OUTDATED in states(workshop, TAJIK)


def test_an_earlier_version_comes_back_as_a_new_one(workshop: Workshop, clock: HandClock) -> None:
    first = workshop.open(RUSSIAN)
    for words in ("Соберите чеки", "Соберите фото"):
        clock.move(minutes=1)
        sheet = workshop.open(RUSSIAN)
        edit = Draft(sheet.title, f"## short\n{words}. <!-- advice -->\n", sheet.digest)
        assert isinstance(workshop.save(RUSSIAN, edit, AIGUL), Saved)
    history = workshop.history(RUSSIAN.subject)
    assert [version.author for version in history] == ["Айгүл Т.", "Айгүл Т.", "Lead"]
    assert [version.action for version in history] == [Action.EDITED, Action.EDITED, None]
    assert history[-1].message == "The first texts"
    assert set(history[-1].languages) == set(Language)

    clock.move(minutes=1)
    present = workshop.open(RUSSIAN)
    outcome = workshop.restore(RUSSIAN, history[-1].id, present.digest, DILSHOD)
    assert isinstance(outcome, Saved)
    assert workshop.open(RUSSIAN).text == first.text
    newest = workshop.history(RUSSIAN.subject)[0]
    assert (newest.action, newest.author) == (Action.RESTORED, "Dilshod K")
    changed = workshop.changes(RUSSIAN, newest.id)
    assert any("фото" in piece.text for piece in changed if piece.kind == "gone")
    with pytest.raises(NotFound):
        workshop.restore(RUSSIAN, "0" * 40, present.digest, AIGUL)
    with pytest.raises(NotFound):
        workshop.restore(RUSSIAN, "main", present.digest, AIGUL)


def test_an_earlier_version_that_fails_the_checks_does_not_come_back(workshop: Workshop) -> None:
    path = workshop.shelf.path(RUSSIAN)
    good = path.read_text(encoding="utf-8")
    path.write_text(good.replace("## short", "## shrt"), encoding="utf-8")
    git(path.parent, "commit", "-qam", "A slip")
    broken = workshop.history(RUSSIAN.subject)[0].id
    path.write_text(good, encoding="utf-8")
    git(path.parent, "commit", "-qam", "Repaired")
    outcome = workshop.restore(RUSSIAN, broken, workshop.open(RUSSIAN).digest, AIGUL)
    assert isinstance(outcome, Refused)
    assert path.read_text(encoding="utf-8") == good


def test_a_safety_card_is_edited_the_same_way(workshop: Workshop, folder: Path) -> None:
    sheet = workshop.open(CARD)
    assert isinstance(workshop.save(CARD, draft(sheet, "Элге", "Дароо элге"), AIGUL), Saved)
    assert "safety/violence/ky: edited" in git(folder, "log", "-1", "--format=%s")
    too_long = draft(workshop.open(CARD), "\n\n**", "\nэки\nүч\nтөрт\n\n**")
    assert isinstance(workshop.save(CARD, too_long, AIGUL), Refused)


def test_a_broken_or_missing_file_is_open_to_repair(workshop: Workshop, folder: Path) -> None:
    text = TextId("lost-passport", Language.UZ)
    path = workshop.shelf.path(text)
    whole = workshop.open(text)
    for broken in (
        path.read_bytes()[:40],
        b"",
        "---\ntitle: [\n---\n## short\nA".encode("utf-16"),
        path.read_text(encoding="utf-8").replace("\n", "\r\n").encode(),
        None,
    ):
        path.unlink() if broken is None else path.write_bytes(broken)
        sheet = workshop.open(text)
        repaired = Draft(whole.title, whole.body, sheet.digest)
        assert isinstance(workshop.save(text, repaired, AIGUL), Saved)
        read = read_text_file(path, Language.UZ, has_parts=True)
        assert read.title == "Pasport yoʻqoldi"
        assert b"\r" not in path.read_bytes()


def test_titles_and_names_survive_whatever_is_in_them(workshop: Workshop) -> None:
    sheet = workshop.open(RUSSIAN)
    for title in (
        "Зарплата: что делать",
        "Да - «нет» #1",
        "on",
        'Он сказал "нет"',
        "12",
        "2026-13-45",
        "Паспорт (ВНЖ), опека",
        "'так'",
        "это #нет",
    ):
        wanted = Draft(title, sheet.body, workshop.open(RUSSIAN).digest)
        assert isinstance(workshop.save(RUSSIAN, wanted, AIGUL), Saved)
        assert workshop.open(RUSSIAN).title == title
        read = read_text_file(workshop.shelf.path(RUSSIAN), Language.RU, has_parts=True)
        assert read.title == title
    injected = Draft("Икс\nreview: слова", sheet.body, workshop.open(RUSSIAN).digest)
    workshop.save(RUSSIAN, injected, AIGUL)
    assert workshop.open(RUSSIAN).title == "Икс review: слова"


def test_opening_and_saving_any_of_our_texts_changes_nothing() -> None:
    files = [*ROOT.glob("content/answers/*/*/*.md"), *ROOT.glob("content/safety/*/*.md")]
    assert len(files) > 100
    for path in files:
        content = path.read_bytes()
        sheet = take_apart(content, Language(path.stem))
        saved = sheet.titled(sheet.title).written(sheet.body.replace("\n", "\r\n"))
        assert saved.text.encode() == content, path


def test_without_a_repository_nothing_can_be_saved(tmp_path: Path, clock: HandClock) -> None:
    workshop = bench(write_content(tmp_path / "content"), clock)
    assert workshop.obstacle() is Obstacle.NO_REPOSITORY
    assert workshop.history(RUSSIAN.subject) == []
    with pytest.raises(NotAllowed):
        workshop.save(RUSSIAN, draft(workshop.open(RUSSIAN), EVIDENCE, "Не ждите"), AIGUL)
    assert EVIDENCE in workshop.open(RUSSIAN).body


def test_a_folder_that_git_overlooks_is_not_kept_by_it(
    workshop: Workshop, folder: Path, clock: HandClock
) -> None:
    assert workshop.obstacle() is None
    (folder.parent / ".gitignore").write_text("other/\n", encoding="utf-8")
    other = bench(write_content(folder.parent / "other"), clock)
    assert other.obstacle() is Obstacle.NO_REPOSITORY


def test_a_repository_of_somebody_else_is_read_only(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert workshop.obstacle() is Obstacle.READ_ONLY


def test_files_outside_the_content_folder_are_out_of_reach(
    workshop: Workshop, folder: Path, tmp_path: Path
) -> None:
    path = workshop.shelf.path(TAJIK)
    elsewhere = tmp_path / "secret.md"
    elsewhere.write_text("secret", encoding="utf-8")
    path.unlink()
    path.symlink_to(elsewhere)
    with pytest.raises(NotAllowed):
        workshop.open(TAJIK)
    for subject in ("../../secret", "safety:../..", "safety:", "no-such-topic"):
        with pytest.raises(NotFound):
            workshop.open(TextId(subject, Language.RU))


def test_the_first_commit_of_a_repository_may_be_an_editors(
    tmp_path: Path, clock: HandClock
) -> None:
    folder = write_content(tmp_path / "content")
    git(tmp_path, "init", "-q", "-b", "main")
    workshop = bench(folder, clock)
    assert workshop.history(RUSSIAN.subject) == []
    outcome = workshop.save(RUSSIAN, draft(workshop.open(RUSSIAN), EVIDENCE, "Не ждите"), AIGUL)
    assert isinstance(outcome, Saved)
    assert git(tmp_path, "log", "--format=%s") == "unpaid-wages/ru: edited"
    assert len(workshop.history(RUSSIAN.subject)) == 1


def test_a_button_pressed_twice_is_no_conflict(workshop: Workshop, folder: Path) -> None:
    twice = draft(workshop.open(RUSSIAN), EVIDENCE, "Соберите чеки")
    assert isinstance(workshop.save(RUSSIAN, twice, AIGUL), Saved)
    assert workshop.save(RUSSIAN, twice, AIGUL) == Unchanged()
    assert git(folder, "rev-list", "--count", "HEAD") == "2"


def test_a_translation_agrees_with_the_russian_text_that_stood_beside_it(
    workshop: Workshop,
) -> None:
    translated = draft(
        workshop.open(TAJIK), "кунед", "кунед!", compared=workshop.open(RUSSIAN).source_digest
    )
    workshop.save(RUSSIAN, draft(workshop.open(RUSSIAN), EVIDENCE, "Соберите чеки"), AIGUL)
    assert isinstance(workshop.save(TAJIK, translated, DILSHOD), Saved)
    assert State.OUTDATED in states(workshop, TAJIK), "the translator has not seen the new one"
    assert workshop.since_translated(TAJIK) != ()


def test_who_translated_may_stand_beside_the_fingerprint(workshop: Workshop) -> None:
    path, russian = workshop.shelf.path(TAJIK), workshop.open(RUSSIAN).source_digest
    line = f"source_digest: {russian}"
    change(path, line, f"{line}  # Дилшод, 2026-11-24")
    assert workshop.open(TAJIK).follows == russian
    agreeing = draft(workshop.open(TAJIK), "кунед", "кунед!", compared=russian)
    assert isinstance(workshop.save(TAJIK, agreeing, DILSHOD), Saved)
    assert f"{line}  # Дилшод, 2026-11-24\n" in path.read_text(encoding="utf-8")
    doubting = draft(workshop.open(TAJIK), "кунед!", "кунед", follows_source=False)
    assert isinstance(workshop.save(TAJIK, doubting, DILSHOD), Saved)
    assert State.OUTDATED in states(workshop, TAJIK), "they took back that it agrees"
