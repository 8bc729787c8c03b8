"""What must not be possible on the editors' pages, and what must not be lost there."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from tests.unit.web.conftest import Browser
from tests.unit.web.editing import RUSSIAN, TAJIK, form_of, seen, value_of
from tests.unit.workshop.bench import git

# The pages are about the browser; integration tests see to the databases.
pytestmark = pytest.mark.parametrize("migrated_address", ["sqlite"], indirect=True)


async def test_a_russian_text_that_changes_while_one_translates_is_asked_about_again(
    editor: Browser,
) -> None:
    translation, source = await form_of(editor, TAJIK), await form_of(editor, RUSSIAN)
    source["body"] = source["body"].replace("доказательства", "чеки")
    await editor.post(f"{RUSSIAN}/save", source)
    refused = {**translation, "body": translation["body"].replace("ҷамъ", "ҷамъ <b>")}
    page = await (await editor.post(f"{TAJIK}/save", refused)).text()
    assert 'name="follows" value="yes" required>' in page, "not said of this Russian text"
    assert value_of(page, "compared") != translation["compared"]
    translation["body"] = translation["body"].replace("кунед", "кунед!")
    assert (await editor.post(f"{TAJIK}/save", translation)).status == 303
    assert "What has changed in it" in await seen(editor, f"{TAJIK}/edit")


@pytest.mark.parametrize("strange", ["x\ntitle: y", "0" * 15, "<b>", "pending"])
async def test_a_strange_fingerprint_does_not_reach_the_file(
    editor: Browser, folder: Path, strange: str
) -> None:
    fields = await form_of(editor, TAJIK)
    fields |= {"body": fields["body"].replace("кунед", "кунед!"), "compared": strange}
    assert (await editor.post(f"{TAJIK}/save", fields)).status == 303
    text = (folder / "answers/rights/unpaid-wages/tg.md").read_text(encoding="utf-8")
    assert re.search(r"^source_digest: [0-9a-f]{16}$", text, re.MULTILINE)
    assert text.count("title:") == 1


async def test_a_link_in_the_place_of_one_language_hides_only_that_one(
    editor: Browser, folder: Path
) -> None:
    path = folder / "answers/rights/unpaid-wages/uz.md"
    path.unlink()
    path.symlink_to("ru.md")
    page = await seen(editor, "/content/unpaid-wages")
    assert "A link or folder lies here" in page
    assert "Далелҳоро" in page
    assert "/unpaid-wages/uz/edit" not in page
    assert "/unpaid-wages/tg/edit" in page
    assert (await editor.get("/content/unpaid-wages/history")).status == 200
    assert (await editor.get("/content/unpaid-wages/uz/edit")).status == 403


async def test_too_much_is_told_kindly(editor: Browser, folder: Path) -> None:
    fields = await form_of(editor, TAJIK)
    long = {**fields, "body": "## short\n" + "слово " * 8000}
    page = html.unescape(await (await editor.post(f"{TAJIK}/preview", long)).text())
    assert "the file has" in page
    assert (await editor.post(f"{TAJIK}/save", long)).status == 422
    longer = {**fields, "body": "слово " * 30_000}
    assert (await editor.post(f"{TAJIK}/save", longer)).status == 413
    assert git(folder, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    "path",
    [
        "/content/..%2f..%2fetc/ru/edit",
        "/content/../../etc/passwd",
        "/content/safety:..%2fviolence/ru/edit",
        "/content/answers%2frights/ru/edit",
        "/content/unpaid-wages/..%2fru/edit",
        "/content/unpaid-wages/en/edit",
        "/content/unpaid-wages/ru%00/edit",
    ],
)
async def test_an_address_never_leads_out_of_the_texts(editor: Browser, path: str) -> None:
    assert (await editor.get(path)).status == 404


async def test_every_form_is_refused_without_its_token(editor: Browser, folder: Path) -> None:
    fields = await form_of(editor, TAJIK)
    token, editor.form_token = editor.form_token, ""
    for deed in ("save", "preview", "review", "restore"):
        sent = {**fields, "version": git(folder, "rev-parse", "HEAD"), "body": "## short\nx"}
        assert (await editor.post(f"{TAJIK}/{deed}", sent)).status == 403
        stranger = {"Origin": "https://elsewhere.example"}
        editor.form_token = token
        assert (await editor.post(f"{TAJIK}/{deed}", sent, stranger)).status == 403
        editor.form_token = ""
    assert git(folder, "rev-list", "--count", "HEAD") == "1"


async def test_after_signing_in_again_one_is_back_at_the_form(editor: Browser) -> None:
    editor.client.session.cookie_jar.clear()
    host = f"http://{editor.client.host}:{editor.client.port}"
    answer = await editor.post(f"{TAJIK}/save", {}, {"Referer": f"{host}{TAJIK}/edit?notice=saved"})
    assert answer.headers["Location"] == f"/sign-in?next={TAJIK}/edit"
    answer = await editor.post(f"{TAJIK}/save", {}, {"Referer": "https://elsewhere.example/x"})
    assert answer.headers["Location"] == "/sign-in"
