"""`bot ask`: one message down the bot's road, without Telegram and without a database."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.clock import SystemClock, day_of
from bot.conversation.decide import decide
from bot.conversation.incoming import Arrival, Incoming
from bot.conversation.state import State
from bot.conversation.turn import Content, Heard, Scene, Turn
from bot.errors import NotFound, UnderstandingUnavailable
from bot.languages import Language
from bot.opening import load_content, make_understander
from bot.settings import Settings
from bot.staff.model import Organisation
from bot.understanding.entities import entities

# Nobody is written to; the name only fills its place in the consent card.
EXAMPLE = Organisation(0, "Komek", "Mo-Fr 09:00-18:00", 8, 180, True)


async def ask_once(
    settings: Settings, text: str, language: Language, topic: str | None
) -> dict[str, Any]:
    """What was understood, what was decided, and the cards that would be sent."""
    clock = SystemClock()
    content = load_content(settings, clock)
    if topic is not None and not content.library.has(topic):
        raise NotFound(f"There is no topic “{topic}”: topics.yml has their names.")
    understander, client = make_understander(settings)
    try:
        meaning = await understander.understand(text, language=language.value, topic=topic)
        heard = Heard(meaning, understander.dangers(text))
    except UnderstandingUnavailable:
        heard = Heard(None, understander.dangers(text), away=True)
    finally:
        await client.close()
    now = clock.now()
    state = State(language=language, topic=topic, seen_at=now)
    scene = Scene(_incoming(text), heard, state, None, EXAMPLE, content, now)
    described = _described(heard, decide(scene), now)
    described["understood"] |= _named(text, content, now)
    return described


def _named(text: str, content: Content, now: datetime) -> dict[str, Any]:
    """What the message names besides its topic."""
    found = entities(text, day_of(now))
    return {
        "towns": [match.town.id for match in content.directory.find_towns(text)],
        "citizenships": list(found.citizenships),
        "child_age_months": found.child_age_months,
        "dates": [day.isoformat() for day in found.dates],
        "amounts": [f"{one.value} {one.currency or ''}".rstrip() for one in found.amounts],
    }


def _incoming(text: str) -> Incoming:
    return Incoming(update_id=0, arrival=Arrival.TEXT, address=0, text=text)


def _described(heard: Heard, turn: Turn, now: datetime) -> dict[str, Any]:
    meaning = heard.meaning
    understood: dict[str, Any] = {"rasa": "away" if heard.away else "answered"}
    if meaning is not None:
        understood |= {
            "certainty": meaning.certainty.value,
            "topic": meaning.topic,
            "aspect": meaning.aspect,
            "control": meaning.control,
            "confidence": round(meaning.confidence, 3),
            "ranking": [
                {"intent": guess.intent, "confidence": round(guess.confidence, 3)}
                for guess in meaning.ranking[:5]
            ],
            "language": meaning.language,
            "language_confidence": round(meaning.language_confidence, 3),
        }
    understood["urgent"] = heard.danger is not None
    understood["danger"] = heard.danger.value if heard.danger else None
    return {
        "understood": understood,
        "decided": [card.kind.value for card in turn.cards],
        "requests": [type(request).__name__ for request in turn.requests],
        "topic": turn.state.topic,
        "cards": [
            {
                "kind": card.kind.value,
                "text": card.text,
                "buttons": [[button.text for button in row] for row in card.buttons],
            }
            for card in turn.cards
        ],
        "at": now.isoformat(),
    }
