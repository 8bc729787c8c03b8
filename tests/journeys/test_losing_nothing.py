"""Crashes, bad networks and absent parts: nothing is lost, nobody meets silence."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

from playwright.async_api import Browser

from bot.i18n import Locales
from bot.languages import Language
from bot.preview.server import PreviewServer
from bot.settings import ROOT
from tests.drivers.app_process import AppProcess
from tests.drivers.desk import Caseworker
from tests.drivers.parent import Parent
from tests.journeys.conftest import WORKER

JPEG = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000ffdb004300080606070605080707070909080a0c140d0c0b0b0c"
    "1912130f141d1a1f1e1d1a1c1c20242e2720222c231c1c2837292c30313434341f27393d38323c2e333432ffc000"
    "0b080001000101011100ffc4001f0000010501010101010100000000000000000102030405060708090a0bffc400"
    "b5100002010303020403050504040000017d01020300041105122131410613516107227114328191a1082342b1c1"
    "1552d1f02433627282090a161718191a25262728292a3435363738393a434445464748494a535455565758595a63"
    "6465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6"
    "b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9faffda0008"
    "010100003f00fbfc28a28affd9"
)


async def opens_a_case(parent: Parent, story: str) -> None:
    await parent.begins()
    await parent.says("/person")
    await parent.hears("consent:yes")
    await parent.taps("consent:yes")
    await parent.hears("1")
    await parent.says("Шымкент")
    await parent.hears("2")
    await parent.says("Мне")
    await parent.hears("skip:story")
    await parent.says(story)
    await parent.hears("done")
    await parent.taps("done")
    await parent.hears("4")
    await parent.says("-")
    await parent.hears("1001")


async def desk(browser: Browser, app: AppProcess) -> Caseworker:
    caseworker = Caseworker(await browser.new_page(), app.address)
    await caseworker.signs_in(WORKER)
    await caseworker.sees_a_case()
    await caseworker.opens_the_oldest_case()
    await caseworker.takes_it()
    return caseworker


async def test_a_reply_survives_kill_9_before_its_delivery(
    telegram: PreviewServer, app: AppProcess, browser: Browser, locales: Locales
) -> None:
    parent = Parent(telegram.person(501, "Parent", "ru"), locales, Language.RU)
    await opens_a_case(parent, "Не платят")
    caseworker = await desk(browser, app)
    await parent.hears("Aigul")
    telegram.fail_next("sendMessage", 502, times=1000)
    await caseworker.replies("Мы вам поможем")
    await asyncio.sleep(0.5)
    await app.kill()
    telegram.heal()
    assert parent.heard("Мы вам поможем") == 0
    await app.start()
    await parent.hears("Мы вам поможем", patience=90)
    await asyncio.sleep(1)
    assert parent.heard("Мы вам поможем") == 1


async def test_words_sent_while_the_app_is_dead_are_answered_later(
    telegram: PreviewServer, app: AppProcess, locales: Locales
) -> None:
    parent = Parent(telegram.person(501, "Parent", "ru"), locales, Language.RU)
    await parent.begins()
    await app.kill()
    await parent.says("потерял паспорт")
    await app.start()
    # On PostgreSQL another replica might still be at work: its lease has to end first.
    await parent.hears("part:lost-passport:steps", patience=90)


async def test_photo_voice_and_document_open_at_the_desk(
    telegram: PreviewServer, app: AppProcess, browser: Browser, locales: Locales
) -> None:
    parent = Parent(telegram.person(501, "Parent", "ru"), locales, Language.RU)
    await opens_a_case(parent, "Не платят")
    caseworker = await desk(browser, app)
    await parent.person.send_photo(JPEG, "договор")
    await parent.person.send_voice(b"OggS" + bytes(64))
    await parent.person.send_document(b"%PDF-1.4 words", "spravka.pdf", "application/pdf")
    await caseworker.sees("договор")
    page = caseworker.page
    photo = page.locator("#conversation .file img[alt]").first
    await photo.wait_for(timeout=15_000)
    await page.locator("#conversation audio").wait_for(state="attached", timeout=15_000)
    document = page.locator("#conversation a.document")
    await document.wait_for(timeout=15_000)
    answer = await page.request.get(app.address + (await document.get_attribute("href") or ""))
    assert answer.status == 200
    assert await answer.body() == b"%PDF-1.4 words"


async def test_without_rasa_there_is_search_and_the_safety_card(
    tmp_path: Path, telegram: PreviewServer, locales: Locales
) -> None:
    app = AppProcess(tmp_path, telegram)
    await app.start()
    try:
        parent = Parent(telegram.person(501, "Parent", "ru"), locales, Language.RU)
        await parent.begins()
        await parent.says("паспорт потерял")
        await parent.hears("topic:lost-passport")
        await parent.says("муж меня бьёт")
        card = await parent.hears("102")
        assert card.buttons[0][0].data == "person"
    finally:
        await app.stop()


async def test_the_webhook_carries_the_same_road(
    tmp_path: Path, telegram: PreviewServer, locales: Locales
) -> None:
    app = AppProcess(tmp_path, telegram, webhook=True)
    await app.start()
    try:
        parent = Parent(telegram.person(501, "Parent", "ru"), locales, Language.RU)
        await parent.begins()
    finally:
        await app.stop()


async def test_deleted_data_is_gone_at_the_desk_too(
    telegram: PreviewServer, app: AppProcess, browser: Browser, locales: Locales
) -> None:
    parent = Parent(telegram.person(501, "Parent", "ru"), locales, Language.RU)
    await opens_a_case(parent, "Секретные слова")
    caseworker = await desk(browser, app)
    await caseworker.sees("Секретные слова")
    await parent.says("/delete")
    await parent.hears("delete:yes")
    await parent.taps("delete:yes")
    await parent.hears(
        parent.words(
            "Everything about you is deleted. If you write again, we start from the beginning."
        )
    )
    await caseworker.page.reload()
    assert "Секретные слова" not in await caseworker.page.content()


async def test_a_broken_edit_keeps_the_last_good_content(
    tmp_path: Path, telegram: PreviewServer, locales: Locales
) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    app = AppProcess(tmp_path, telegram, content=content)
    await app.start()
    try:
        parent = Parent(telegram.person(501, "Parent", "ru"), locales, Language.RU)
        await parent.begins()
        file = content / "answers" / "documents" / "overstay" / "ru.md"
        good = file.read_text(encoding="utf-8")
        file.write_text(good.replace("## steps", "## stepz"), encoding="utf-8")
        await app.logs("stepz")
        await parent.taps("section:documents")
        await parent.hears("group:stay")
        await parent.taps("group:stay")
        await parent.hears("topic:overstay")
        await parent.taps("topic:overstay")
        await parent.hears("part:overstay:cost")
        file.write_text(good.replace("## short\n", "## short\nНовая строка. "), encoding="utf-8")
        await app.logs("content.recovered")
        await parent.says("/menu")
        await parent.hears("section:documents")
        await parent.taps("section:documents")
        await parent.hears("group:stay")
        await parent.taps("group:stay")
        await parent.hears("topic:overstay")
        await parent.taps("topic:overstay")
        await parent.hears("Новая строка.")
    finally:
        await app.stop()


async def test_odd_updates_are_answered_kindly_or_left_alone(
    telegram: PreviewServer, app: AppProcess, locales: Locales
) -> None:
    parent = Parent(telegram.person(501, "Parent", "ru"), locales, Language.RU)
    await parent.begins()
    person = parent.person
    await person.send_sticker()
    await parent.hears(parent.words("Please write in words what you need help with."))
    await person.send_photo(JPEG)
    await parent.hears("person")
    await person.send_contact()
    await parent.hears("person")
    group = person.in_group("Соседи")
    await group.say("всем привет")
    await person.channel_post("Новости", "потерял паспорт")
    await person.block()
    await person.unblock()
    await parent.says("/menu")
    await parent.hears("section:rights")
    assert not [shown for shown in group.messages if shown.by_bot and "section" in shown.text]
