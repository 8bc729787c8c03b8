"""A parent who reads Uzbek in Cyrillic letters: everything comes so, wherever it is written."""

from __future__ import annotations

import re

import pytest

from bot.conversation.incoming import Arrival, Incoming
from bot.delivery import outbox
from bot.delivery.card import Button, Card, Keyboard, Kind, Pin
from bot.delivery.script import in_cyrillic
from bot.languages import Language
from bot.people import store as people
from tests.fakes import FakeChannel, meaning
from tests.integration.test_service import Road, content, road

__all__ = ["content", "road"]  # the same scenery

# Names and addresses that are written in Latin letters everywhere.
_KEPT = re.compile(r"<[^>]*>|[\w.]+\.kz|Komek|ID|eQonaq|Oʻzbekcha|ENIC-Kazakhstan|/[a-z]+|&\w+;")


def latin_letters(cards: list[Card]) -> set[str]:
    """The words in Latin letters that somebody would see."""
    seen = [card.text for card in cards]
    seen += [button.text for card in cards for row in card.buttons for button in row]
    seen += [word for card in cards if card.keyboard for word in card.keyboard.words]
    text = _KEPT.sub(" ", " ".join(seen))
    return set(re.findall(r"[A-Za-zʻʼ]+", text))


async def test_the_language_list_offers_uzbek_in_both_alphabets(road: Road) -> None:
    (card,) = await road.sends("start", Arrival.COMMAND)
    names = {button.action: button.text for row in card.buttons for button in row}
    assert names["lang:uz"] == "Oʻzbekcha"
    assert names["lang:uz-Cyrl"] == "Ўзбекча (кирилл)"


async def test_everything_after_the_choice_is_in_cyrillic(road: Road) -> None:
    cards = await road.sends("lang:uz-Cyrl", Arrival.TAP)
    for tap in ("section:documents", "topic:overstay", "part:overstay:no-papers", "near", "person"):
        cards += await road.sends(tap, Arrival.TAP)
    road.understander.known["паспорт йўқолди"] = meaning("lost-passport", language="uz")
    cards += await road.sends("паспорт йўқолди")
    assert len(cards) > 6
    assert latin_letters(cards) == set()
    async with road.database.reading() as session:
        person = await people.find(session, 77)
    assert person is not None
    assert (person.language, person.cyrillic) == (Language.UZ, True)


async def test_cards_from_elsewhere_are_in_cyrillic_too_but_not_a_persons_words(
    road: Road,
) -> None:
    await road.sends("lang:uz-Cyrl", Arrival.TAP)
    async with road.database.transaction() as session:
        person = await people.find(session, 77)
        assert person is not None
        reply = Card(Kind.REPLY, "Salom, hujjatlarni Abay koʻchasi, 10 ga olib keling.")
        cards = (Card(Kind.NOTE, "Muddat yaqin."), reply)
        await outbox.put(session, person.id, cards, road.clock.now())
    assert [card.text for card in await road.said()] == ["Муддат яқин.", reply.text]


async def test_the_keys_of_a_keyboard_come_back_in_cyrillic(road: Road) -> None:
    await road.sends("lang:uz-Cyrl", Arrival.TAP)
    cards = await road.sends("near", Arrival.TAP)
    keys = [word for card in cards if card.keyboard for word in card.keyboard.words]
    assert keys
    assert latin_letters(cards) == set()
    for key in keys:
        asked = len(road.understander.heard)
        assert await road.sends(key)
        assert len(road.understander.heard) == asked + 1, "heard as words, then taken as a tap"


@pytest.mark.parametrize("code", ["uz", "ru", "ky"])
async def test_another_choice_ends_it(road: Road, code: str) -> None:
    await road.sends("lang:uz-Cyrl", Arrival.TAP)
    cards = await road.sends(f"lang:{code}", Arrival.TAP)
    library = road.content.library
    cards = await road.sends("topic:overstay", Arrival.TAP)
    assert library.title("overstay", code) in cards[0].text


async def test_a_reminder_does_not_take_the_alphabet_away(road: Road) -> None:
    await road.sends("lang:uz-Cyrl", Arrival.TAP)
    async with road.database.transaction() as session:
        person = await people.find(session, 77)
        assert person is not None
        await people.choose_language(session, person.id, Language.UZ)
        again = await people.find(session, 77)
        assert again is not None
        assert again.cyrillic
        await people.choose_language(session, person.id, Language.KY)
        kyrgyz = await people.find(session, 77)
        assert kyrgyz is not None
        assert (kyrgyz.language, kyrgyz.cyrillic) == (Language.KY, False)


async def test_the_last_card_after_deleting_can_still_be_read(road: Road) -> None:
    await road.sends("lang:uz-Cyrl", Arrival.TAP)
    cards = await road.sends("delete:yes", Arrival.TAP)
    assert latin_letters(cards) == set()


async def test_with_the_database_away_the_safety_card_is_in_cyrillic(road: Road) -> None:
    await road.sends("lang:uz-Cyrl", Arrival.TAP)
    channel = FakeChannel()
    danger = Incoming(50, Arrival.TEXT, 77, "ky", "ал мени уруп жатат")
    assert await road.conversation.emergency(danger, channel)
    assert latin_letters([card for _, card in channel.sent]) == set()


def test_a_card_is_turned_round_with_all_that_hangs_below_it() -> None:
    card = Card(
        Kind.PLACE,
        "<b>Yordam</b> egov.kz",
        ((Button("Yoʻl", action="x:y"), Button("Oʻzbekcha", action="lang:uz")),),
        Keyboard("📍 Joylashuv", ("Toʻxtatish",)),
        Pin(43.2, 76.9, "Markaz", "Abay koʻchasi, 10"),
        replaces=4,
    )
    assert in_cyrillic(card) == Card(
        Kind.PLACE,
        "<b>Ёрдам</b> egov.kz",
        ((Button("Йўл", action="x:y"), Button("Oʻzbekcha", action="lang:uz")),),
        Keyboard("📍 Жойлашув", ("Тўхтатиш",)),
        Pin(43.2, 76.9, "Марказ", "Абай кўчаси, 10"),
        replaces=4,
    )
