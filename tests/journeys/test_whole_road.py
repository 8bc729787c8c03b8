"""A parent asks, a caseworker answers: in each language, on both databases."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.async_api import Browser

from bot.i18n import Locales
from bot.languages import Language
from bot.preview.server import PreviewServer
from tests.drivers.app_process import AppProcess
from tests.drivers.desk import Caseworker
from tests.drivers.parent import Parent
from tests.journeys.conftest import WORKER


@dataclass(frozen=True, slots=True)
class Script:
    """What a parent types in one language."""

    question: str
    plain_question: str
    how_much: str
    violence: str
    town: str
    story: str
    reply: str


SCRIPTS = {
    Language.KY: Script(
        "Балам төрөлдү, туулгандыгы тууралуу күбөлүктү кантип алам?",
        "балам торолду туулгандыгы тууралуу куболукту кантип алам",
        "канча турат?",
        "куйоом мени уруп жатат",
        "Шымкент",
        "Балам ооруп жатат, ооруканага албай жатышат",
        "Саламатсызбы! Кайсы ооруканага бардыңыз?",
    ),
    Language.TG: Script(
        "Кӯдакам таваллуд шуд, шаҳодатномаи таваллудро чӣ хел мегирам?",
        "кудакам таваллуд шуд шаходатномаи таваллудро чи хел мегирам",
        "чанд пул мешавад?",
        "шавхарам маро мезанад",
        "Алмато",
        "Писарамро ба мактаб намегиранд, мегӯянд ҳуҷҷат нест",
        "Салом! Кадом мактаб буд?",
    ),
    Language.UZ: Script(
        "Chaqalogʻim tugʻildi, tugʻilganlik guvohnomasini qanday olaman?",
        "chaqalogim tugildi tugilganlik guvohnomasini qanday olaman",
        "qancha turadi?",
        "erim meni uryapti",
        "Shimkent",
        "Xoʻjayin uch oydan beri oyligimni bermayapti",
        "Assalomu alaykum! Qayerda ishlaysiz?",
    ),
    Language.RU: Script(
        "У меня родился ребёнок, как получить свидетельство о рождении?",
        "u menya rodilsya rebenok kak poluchit svidetelstvo o rozhdenii",
        "сколько это стоит?",
        "муж меня бьёт",
        "Астана",
        "Три месяца не платят зарплату на стройке",
        "Здравствуйте! Сколько вам должны?",
    ),
    Language.KK: Script(
        "Балам дүниеге келді, туу туралы куәлікті қалай аламын?",
        "балам дуниеге келди туу туралы куаликти калай аламын",
        "қанша тұрады?",
        "куйеуим мени урып жатыр",
        "Тараз",
        "Баламды мектепке алмай жатыр, тіркеуің жоқ дейді",
        "Сәлеметсіз бе! Қай мектеп?",
    ),
}


@pytest.mark.parametrize("language", list(Language))
async def test_a_parent_asks_and_a_caseworker_answers(
    language: Language,
    telegram: PreviewServer,
    app: AppProcess,
    browser: Browser,
    locales: Locales,
) -> None:
    script = SCRIPTS[language]
    parent = Parent(telegram.person(501, "Parent", "en"), locales, language)
    page = await browser.new_page(viewport={"width": 1280, "height": 900})
    caseworker = Caseworker(page, app.address)
    await caseworker.signs_in(WORKER)

    await parent.begins()
    for question in (script.question, script.plain_question):
        await parent.says(question)
        await parent.hears("part:birth-registration:cost")
    await parent.says(script.how_much)
    cost = await parent.hears("part:birth-registration:deadline")
    assert cost.button("topic:birth-registration")

    await parent.says(script.violence)
    card = await parent.hears("102")
    assert card.buttons[0][0].data == "person"

    await parent.taps("person")
    consent = await parent.hears("consent:yes")
    assert "Sana" in consent.text
    await parent.taps("consent:yes")
    await parent.hears("1")
    await parent.says(script.town)
    await parent.hears("2")
    await parent.says(parent.words("My child"))
    await parent.hears("skip:story")
    await parent.says(script.story)
    await parent.hears("done")
    await parent.taps("done")
    await parent.hears("4")
    await parent.says(parent.words("Any time in this chat"))
    await parent.hears("1001")

    line = await caseworker.sees_a_case()
    assert "1001" in line
    await caseworker.opens_the_oldest_case()
    await caseworker.sees(script.story)
    await caseworker.takes_it()
    await parent.hears("Aigul")
    await caseworker.replies(script.reply)
    heard = await parent.hears(script.reply)
    assert "Sana" in heard.text
    await caseworker.sees_delivered(script.reply)

    before = len(parent.person.messages)
    await parent.says("!!! " + script.town)
    await caseworker.sees("!!! " + script.town)
    said_since = [shown for shown in parent.person.messages[before:] if shown.by_bot]
    assert all("✓" in shown.text for shown in said_since), "the bot talked over the caseworker"

    await caseworker.closes_it()
    closed = await parent.hears("rate:1001:5")
    assert closed.button("again:1001")
    await parent.taps("rate:1001:5")
    await caseworker.page.goto(f"{app.address}/?view=closed")
    await caseworker.opens_the_oldest_case()
    await caseworker.page.locator(".stars").wait_for()

    written = (script.question, script.violence, script.story, script.reply)
    log = app.log.read_text()
    assert log
    assert not [words for words in written if words in log], "somebody's words are in the log"
