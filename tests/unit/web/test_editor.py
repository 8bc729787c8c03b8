"""The pages for editors: browse, edit, sign off, take back; and who may not."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.insight import counts
from bot.staff.tables import AuditRow
from bot.storage.database import Database
from bot.workshop import lock
from tests.conftest import HandClock
from tests.unit.answers.small_content import TODAY, change
from tests.unit.cases.scenery import Scenery
from tests.unit.web.conftest import Browser, HeldTexts
from tests.unit.web.editing import RUSSIAN, TAJIK, form_of, seen, value_of
from tests.unit.workshop.bench import git, start_history

# The pages are about the browser; integration tests see to the databases.
pytestmark = pytest.mark.parametrize("migrated_address", ["sqlite"], indirect=True)


async def audited(database: Database) -> list[tuple[str, str]]:
    async with database.reading() as session:
        rows = await session.execute(
            select(AuditRow.action, AuditRow.detail).where(AuditRow.action.startswith("text-"))
        )
        return [(action, detail.split(" ")[0]) for action, detail in rows]


@pytest.mark.parametrize("who", ["aliya", "boss", "stranger"])
async def test_texts_are_for_editors_and_administrators(
    browser: Browser, scenery: Scenery, folder: Path, who: str
) -> None:
    start_history(folder)
    await browser.sign_in(f"{who}@example.org")
    before = (folder / "answers/rights/unpaid-wages/ru.md").read_bytes()
    for path in ("/content", "/content/unpaid-wages", "/content/unpaid-wages/history"):
        assert (await browser.get(path)).status == 403
    assert (await browser.get(f"{TAJIK}/edit")).status == 403
    for deed in ("save", "preview", "review", "restore"):
        fields = {"title": "x", "body": "x", "opened": "x", "version": "x"}
        assert (await browser.post(f"{RUSSIAN}/{deed}", fields)).status == 403
    assert (folder / "answers/rights/unpaid-wages/ru.md").read_bytes() == before
    assert 'href="/content"' not in await seen(browser, "/account")
    await browser.sign_in("admin@example.org")
    assert 'href="/content"' in await seen(browser, "/account")
    assert (await browser.get("/content")).status == 200
    assert (await browser.get("/")).headers["Location"] == "/content"


async def test_the_list_shows_how_every_text_stands(editor: Browser, folder: Path) -> None:
    (folder / "answers/documents/lost-passport/uz.md").unlink()
    change(folder / "answers/rights/unpaid-wages/ru.md", "доказательства", "чеки")
    page = await seen(editor, "/content")
    assert page.count("lost-passport/uz/edit") == 1
    cells = dict(re.findall(r'href="/content/([^"]+)/edit" aria-label="([^"]+)"', page))
    assert len(cells) == 5 * (2 + 8)
    assert "missing" in cells["lost-passport/uz"]
    assert "outdated" in cells["unpaid-wages/tg"]
    assert "outdated" not in cells["unpaid-wages/ru"]
    assert "not reviewed" in cells["safety:violence/kk"]

    outdated = await seen(editor, "/content?state=outdated")
    assert "unpaid-wages/tg/edit" in outdated
    assert "lost-passport/tg/edit" not in outdated
    missing = await seen(editor, "/content?state=missing&language=uz")
    assert "lost-passport/tg/edit" in missing
    assert "No text is like that" in await seen(editor, "/content?state=missing&language=tg")
    named = await seen(editor, "/content?words=ПАСПОРТ")
    assert "lost-passport" in named
    assert "unpaid-wages/tg/edit" not in named
    assert "Texts" in await seen(editor, "/content?state=nonsense&language=xx")


async def test_what_was_asked_in_vain_is_shown_as_numbers(
    editor: Browser, database: Database
) -> None:
    assert "in vain" not in await seen(editor, "/content")
    async with database.transaction() as session:
        for _ in range(3):
            await counts.add_one(session, TODAY, "tg", "unknown")
        await counts.add_one(session, TODAY, "ky", "unhelpful:unpaid-wages")
        await counts.add_one(session, TODAY.replace(month=1), "uz", "unknown")
    page = await seen(editor, "/content")
    assert re.search(r"Tajik</th><td>3</td><td>0</td>", page)
    assert not re.search(r"Uzbek</th><td>", page)
    assert re.search(r'href="/content/unpaid-wages">[^<]*</a>: 1<', page)


async def test_a_topic_stands_in_five_languages_as_the_phone_shows_it(editor: Browser) -> None:
    page = await seen(editor, "/content/lost-passport")
    for words in ("Сразу сообщите в полицию", "Дарҳол ба полис хабар диҳед", "darhol xabar"):
        assert words in page
    assert "<b>Шиноснома гум шуд: Cost</b>" in page  # the small content has English buttons
    assert "108\u00a0125" in page or "108 125" in page
    assert "👍" in page
    assert "{mci" not in page
    card = await seen(editor, "/content/safety:violence")
    assert "Элге барыңыз" in card
    assert (await editor.get("/content/no-such-topic")).status == 404
    assert (await editor.get("/content/safety:no-such-kind")).status == 404


async def test_an_edit_is_checked_written_and_committed(
    editor: Browser, folder: Path, database: Database
) -> None:
    fields = await form_of(editor, RUSSIAN)
    fields["body"] = fields["body"].replace("доказательства", "чеки").replace("\n", "\r\n")
    answer = await editor.post(f"{RUSSIAN}/save", {**fields, "remark": "Проще"})
    assert (answer.status, answer.headers["Location"]) == (303, f"{RUSSIAN}/edit?notice=saved")
    assert "Saved" in await seen(editor, f"{RUSSIAN}/edit?notice=saved")
    path = folder / "answers/rights/unpaid-wages/ru.md"
    assert "Соберите чеки" in path.read_text(encoding="utf-8")
    assert git(folder, "log", "-1", "--format=%an <%ae>: %s") == (
        "Editor Person <editor@example.org>: unpaid-wages/ru: edited"
    )
    assert await audited(database) == [("text-edited", "unpaid-wages/ru")]
    again = await form_of(editor, RUSSIAN)
    answer = await editor.post(f"{RUSSIAN}/save", again)
    assert answer.headers["Location"].endswith("notice=unchanged")
    assert len(await audited(database)) == 1


async def test_errors_refuse_the_save_and_stand_beside_the_kept_text(
    editor: Browser, folder: Path, database: Database
) -> None:
    fields = await form_of(editor, TAJIK)
    fields["body"] = fields["body"].replace("ҷамъ", "ҷамъ 8 701 123 45 67 <script>")
    answer = await editor.post(f"{TAJIK}/save", fields)
    assert answer.status == 422
    source = await answer.text()
    assert "&lt;script&gt;" in source
    assert "<script>" not in source.replace('<script type="module"', "")
    page = html.unescape(source)
    assert "Not saved" in page
    assert 'data-line="2"' in page
    assert "8 701 123 45 67" in page
    assert git(folder, "status", "--porcelain") == ""
    assert await audited(database) == []


async def test_the_preview_follows_what_is_typed_and_writes_nothing(
    editor: Browser, folder: Path
) -> None:
    fields = await form_of(editor, TAJIK)
    typed = {**fields, "title": "Музд", "body": fields["body"].replace("кунед", "кунед!")}
    quiet = {"X-Quiet": "1"}
    page = html.unescape(await (await editor.post(f"{TAJIK}/preview", typed, quiet)).text())
    assert "<b>Музд</b>" in page
    assert "ҷамъ кунед!" in page
    assert "<html" not in page
    broken = {**fields, "body": fields["body"].replace("## short", "## shrt")}
    page = await (await editor.post(f"{TAJIK}/preview", broken, quiet)).text()
    assert 'data-line="1"' in page
    assert "shrt" in page
    assert git(folder, "status", "--porcelain") == ""
    editor.form_token = "old"
    assert (await editor.post(f"{TAJIK}/preview", fields, quiet)).status == 403


async def test_what_was_typed_survives_when_git_is_busy(
    editor: Browser, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0.05)
    (folder.parent / ".git/index.lock").touch()
    fields = await form_of(editor, RUSSIAN)
    fields["body"] = fields["body"].replace("доказательства", "чеки")
    answer = await editor.post(f"{RUSSIAN}/save", fields)
    assert answer.status == 503
    page = await answer.text()
    assert "somebody else is writing" in page
    assert "Соберите чеки" in page
    opened = fields["opened"]
    for deed in (
        {"opened": opened},
        {"opened": opened, "version": git(folder, "rev-parse", "HEAD")},
    ):
        where = "restore" if "version" in deed else "review"
        answer = await editor.post(f"{RUSSIAN}/{where}", deed)
        assert answer.status == 303
    (folder.parent / ".git/index.lock").unlink()
    assert (await editor.post(f"{RUSSIAN}/save", fields)).status == 303


async def test_two_editors_lose_nothing(
    browsers: list[Browser], editor: Browser, folder: Path
) -> None:
    other = browsers[1]
    await other.sign_in("admin@example.org")
    mine, theirs = await form_of(editor, RUSSIAN), await form_of(other, RUSSIAN)
    theirs["body"] = theirs["body"].replace("доказательства", "чеки")
    assert (await other.post(f"{RUSSIAN}/save", theirs)).status == 303
    mine["body"] = mine["body"].replace("Соберите", "Сразу соберите")
    answer = await editor.post(f"{RUSSIAN}/save", mine)
    page = html.unescape(await answer.text())
    assert answer.status == 409
    assert "Admin Person has saved this text" in page
    assert "Соберите чеки" in page, "the other text is shown"
    assert "Сразу соберите доказательства" in page, "the own text stays in the form"
    assert "чеки" in (folder / "answers/rights/unpaid-wages/ru.md").read_text(encoding="utf-8")
    mine["opened"] = value_of(page, "opened")
    assert (await editor.post(f"{RUSSIAN}/save", mine)).status == 303


async def test_whether_an_outdated_translation_agrees_is_asked(editor: Browser) -> None:
    fields = await form_of(editor, RUSSIAN)
    fields["body"] = fields["body"].replace("доказательства", "чеки")
    assert (await form_of(editor, TAJIK))["follows"] == "yes"
    await editor.post(f"{RUSSIAN}/save", fields)
    page = await seen(editor, f"{TAJIK}/edit")
    assert "What has changed in it" in page
    assert re.search(r"<del>доказательства</del><ins>чеки</ins>", page)
    assert "Соберите чеки" in page, "the Russian text stands beside"
    translation = await form_of(editor, TAJIK)
    assert "follows" not in translation
    await editor.post(f"{TAJIK}/save", {**translation, "follows": "yes"})
    assert "What has changed in it" not in await seen(editor, f"{TAJIK}/edit")


async def test_signing_off_and_its_end(editor: Browser, folder: Path, database: Database) -> None:
    page = await seen(editor, "/content/unpaid-wages")
    form = page[page.index('action="/content/unpaid-wages/tg/review"') :]
    fields = {"opened": value_of(form, "opened")}
    answer = await editor.post(f"{TAJIK}/review", fields)
    assert answer.headers["Location"] == "/content/unpaid-wages?notice=reviewed&language=tg"
    text = (folder / "answers/rights/unpaid-wages/tg.md").read_text(encoding="utf-8")
    assert f'review: {{state: reviewed, by: "Editor Person", on: {TODAY}}}' in text
    assert f"{TAJIK}/review" not in await seen(editor, "/content/unpaid-wages")
    edit = await form_of(editor, TAJIK)
    await editor.post(f"{TAJIK}/save", {**edit, "body": edit["body"].replace("кунед", "кунед!")})
    answer = await editor.post(f"{TAJIK}/review", fields)
    assert answer.headers["Location"] == "/content/unpaid-wages?notice=changed"
    assert "Read it again" in await seen(editor, answer.headers["Location"])
    assert f"{TAJIK}/review" in await seen(editor, "/content/unpaid-wages")
    assert await audited(database) == [
        ("text-reviewed", "unpaid-wages/tg"),
        ("text-edited", "unpaid-wages/tg"),
    ]


async def test_history_tells_who_and_what_and_leads_back(
    editor: Browser, folder: Path, clock: HandClock, database: Database
) -> None:
    first = git(folder, "rev-parse", "HEAD")
    fields = await form_of(editor, RUSSIAN)
    fields["body"] = fields["body"].replace("доказательства", "чеки")
    await editor.post(f"{RUSSIAN}/save", {**fields, "remark": "Так говорят люди"})
    page = await seen(editor, "/content/unpaid-wages/history")
    assert "Editor Person" in page
    assert "Так говорят люди" in page
    assert "<del>доказательства</del><ins>чеки</ins>" in page
    assert "/restore" not in page, "the newest version is the present one"
    page = await seen(editor, f"/content/unpaid-wages/history?version={first}&language=ru")
    form = page[page.index(f'action="{RUSSIAN}/restore"') :]
    way_back = {"version": value_of(form, "version"), "opened": value_of(form, "opened")}
    clock.move(minutes=1)
    answer = await editor.post(f"{RUSSIAN}/restore", way_back)
    assert answer.headers["Location"] == "/content/unpaid-wages/history?notice=restored"
    assert "доказательства" in (await form_of(editor, RUSSIAN))["body"]
    assert "brought an earlier version back" in await seen(editor, "/content/unpaid-wages/history")
    fields = await form_of(editor, RUSSIAN)
    fields["body"] = fields["body"].replace("доказательства", "фото")
    await editor.post(f"{RUSSIAN}/save", fields)
    answer = await editor.post(f"{RUSSIAN}/restore", way_back)
    assert answer.headers["Location"] == "/content/unpaid-wages/history?notice=changed"
    assert (await audited(database))[-2] == ("text-restored", "unpaid-wages/ru")
    assert (await editor.get(f"{RUSSIAN}/edit?version={'0' * 40}")).status == 404


async def test_without_a_repository_the_pages_say_why_nothing_can_be_saved(
    browser: Browser, scenery: Scenery
) -> None:
    await browser.sign_in("editor@example.org")
    for path in ("/content", "/content/unpaid-wages", "/content/unpaid-wages/history"):
        assert "Texts can only be read here" in await seen(browser, path)
    page = await seen(browser, f"{TAJIK}/edit")
    assert "disabled" in page
    assert "Texts can only be read here" in page
    fields = {"title": "x", "body": "x", "opened": value_of(page, "opened"), "follows": "yes"}
    answer = await browser.post(f"{TAJIK}/save", {**fields, "body": "what I typed"})
    assert answer.status == 503
    assert "what I typed" in await answer.text(), "nothing is lost"
    for deed, more in (("review", {}), ("restore", {"version": "0" * 40})):
        answer = await browser.post(f"{TAJIK}/{deed}", {"opened": "x", **more})
        assert answer.status in {303, 404}


async def test_why_the_bot_does_not_use_the_files_stands_on_every_page(
    editor: Browser, texts: HeldTexts, folder: Path
) -> None:
    texts.problem = "content/topics.yml:7: “order” must be a whole number"
    for path in ("/content", "/content/unpaid-wages", "/content/unpaid-wages/history"):
        page = await seen(editor, path)
        assert "goes on with the last good ones" in page
        assert "topics.yml:7" in page


async def test_a_broken_file_is_shown_as_such_and_open_to_repair(
    editor: Browser, folder: Path
) -> None:
    path = folder / "answers/rights/unpaid-wages/tg.md"
    path.write_bytes("---\ntitle: Музд\n".encode() + "қ".encode("utf-16"))
    assert "missing" in await seen(editor, "/content/unpaid-wages")
    page = await seen(editor, f"{TAJIK}/edit")
    assert "Error:" in page
    fields = {
        "title": "Музд",
        "body": "## short\nДалелҳоро ҷамъ кунед.\n",
        "opened": value_of(page, "opened"),
        "follows": "yes",
    }
    assert (await editor.post(f"{TAJIK}/save", fields)).status == 303
    (folder / "topics.yml").write_text("topics: [", encoding="utf-8")
    assert "topics.yml" in await seen(editor, "/content")
    assert (await editor.get("/content/unpaid-wages")).status == 404


async def test_a_text_that_is_missing_begins_with_its_headings(
    editor: Browser, folder: Path
) -> None:
    (folder / "answers/documents/lost-passport/uz.md").unlink()
    text = "/content/lost-passport/uz"
    fields = await form_of(editor, text)
    assert re.findall("^## (.*)$", fields["body"], re.MULTILINE) == ["short", "steps", "cost"]
    assert (await editor.post(f"{text}/save", fields)).status == 422
    whole = {
        "title": "Pasport",
        "body": "## short\nYoʻq: {phone:hotline-102}.\n"
        "## steps\n1. Bir.\n2. {date:2026-07-01}.\n\n15.\n"
        "## cost\n- {mci:25}.\n- {mci:0.5}, {centre:rodnik-almaty}.",
        "follows": "yes",
    }
    assert (await editor.post(f"{text}/save", {**fields, **whole})).status == 303
    assert "uz.md" in git(folder, "show", "--name-status", "--format=")


async def test_changes_made_with_other_programs_are_told(editor: Browser, folder: Path) -> None:
    path = "/content/unpaid-wages/history"
    assert "with another program" not in await seen(editor, path)
    change(folder / "answers/rights/unpaid-wages/tg.md", "кунед", "кунед!")
    page = await seen(editor, path)
    assert re.search(r"with another program[^<]*Tajik<", page)


async def test_pages_of_editors_hold_nothing_inline(editor: Browser) -> None:
    for path in ("/content", "/content/lost-passport", f"{TAJIK}/edit"):
        answer = await editor.get(path)
        page = await answer.text()
        assert "'unsafe" not in answer.headers["Content-Security-Policy"]
        assert "<style" not in page
        assert " style=" not in page
        assert len(re.findall(r"<script", page)) == len(re.findall(r'<script type="module"', page))


async def test_the_facts_to_stand_on_are_beside_the_russian_text(editor: Browser) -> None:
    page = await seen(editor, f"{RUSSIAN}/edit")
    facts = page[page.index('id="facts"') : page.index("</details>", page.index('id="facts"'))]
    # The topic's own come first, then those its text names.
    assert re.findall(r"<code>([^<]+)</code>", facts) == [
        "unpaid-wages.1",
        "unpaid-wages.2",
        "lost-passport.1",
    ]
    assert "Who: anybody. [S:ML 6(4)]" in facts
    page = await seen(editor, "/content/lost-passport/ru/edit")
    assert "Usually five days. [K] <b" in page
    assert "no source confirms it" in page
    assert 'id="facts"' not in await seen(editor, f"{TAJIK}/edit")


async def test_history_speaks_of_words_and_not_of_marks(editor: Browser) -> None:
    page = await seen(editor, "/content/unpaid-wages/history?language=tg")
    assert "Музди меҳнат намедиҳанд" in page
    assert "source_digest" not in page
    fields = await form_of(editor, TAJIK)
    await editor.post(f"{TAJIK}/review", {"opened": fields["opened"]})
    page = await seen(editor, "/content/unpaid-wages/history?language=tg")
    assert "The words stayed the same" in page


async def test_one_comes_back_to_the_language_one_worked_on(editor: Browser) -> None:
    page = await seen(editor, f"{TAJIK}/edit")
    assert 'href="/content/unpaid-wages?language=tg"' in page
    page = await seen(editor, "/content/unpaid-wages?language=tg")
    assert 'id="tongue-tg" checked' in page
    assert len(re.findall(r"<input[^>]* checked", page)) == 1
    assert 'id="tongue-ru" checked' in await seen(editor, "/content/unpaid-wages?language=en")
