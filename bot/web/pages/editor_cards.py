"""A text as the phone shows it, saved or not: the same cards the bot would send."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from markupsafe import Markup

from bot.answers.library import Library
from bot.answers.loader import make_answer, make_safety_card, readers_of
from bot.answers.model import Part, Topic
from bot.answers.text_file import TextFile, parse_text
from bot.conversation.incoming import Arrival, Incoming
from bot.conversation.state import State
from bot.conversation.steps.answering import answer, show_part
from bot.conversation.steps.safety import safety_card
from bot.conversation.turn import Content, Heard, Scene
from bot.delivery.card import Card
from bot.errors import BadContent
from bot.languages import FALLBACK, Language
from bot.understanding.model import Danger
from bot.workshop.model import TextId
from bot.workshop.sheet import Sheet
from bot.workshop.workshop import Workshop

# Telegram knows more, our texts only these.
_OTHER_TAG = re.compile(r"<(?!/?[bi]>)")


@dataclass(frozen=True, slots=True)
class Shown:
    """One message on the phone: its HTML, and what stands on its buttons."""

    part: str
    html: Markup
    buttons: tuple[tuple[str, ...], ...]


def cards(
    workshop: Workshop, content: Content, text: TextId, sheet: Sheet, now: datetime
) -> tuple[Shown, ...]:
    """What the bot would send of a sheet, message by message. Raises BadContent."""
    subject, language = workshop.shelf.subject(text.subject), text.language
    path = workshop.shelf.path(text)
    parsed = parse_text(path, sheet.text, language, has_parts=subject.topic is not None)
    reader = readers_of(
        workshop.shelf.folder,
        locales=content.locales,
        places=content.directory,
        today=workshop.today,
    )[language]
    if subject.topic is None:
        danger = Danger(subject.safety_kind)
        library = Library((), {}, {(danger.value, language): make_safety_card(parsed, reader)})
        card = safety_card(replace(content, library=library), language, danger)
        return (_shown("", card),)
    made = make_answer(subject.topic, parsed, _source(workshop, text, parsed), reader)
    related = [other for other in subject.topic.related if content.library.has(other)]
    answers = {
        (other, language.value): content.library.answer(other, language) for other in related
    }
    topics = (subject.topic, *(content.library.topic(other) for other in related))
    library = Library(topics, {**answers, (subject.topic.id, language.value): made}, {})
    scene = _scene(replace(content, library=library), language, now)
    return tuple(_shown(part, _card(scene, subject.topic, part)) for part in made.parts)


def _source(workshop: Workshop, text: TextId, parsed: TextFile) -> TextFile | None:
    sheet = workshop.source(text)
    if sheet is None:
        return parsed
    path = workshop.shelf.path(replace(text, language=FALLBACK))
    try:
        return parse_text(path, sheet.text, FALLBACK, has_parts=True)
    except BadContent:
        return None


def _card(scene: Scene, topic: Topic, part: Part) -> Card:
    turn = answer(scene, topic.id) if part is Part.SHORT else show_part(scene, topic.id, part)
    return turn.cards[0]


def _scene(content: Content, language: Language, now: datetime) -> Scene:
    incoming = Incoming(update_id=0, arrival=Arrival.TEXT, address=0)
    return Scene(incoming, Heard(), State(language=language), None, None, content, now)


def _shown(part: str, card: Card) -> Shown:
    buttons = tuple(tuple(button.text for button in row) for row in card.buttons)
    return Shown(part, Markup(_OTHER_TAG.sub("&lt;", card.text)), buttons)  # noqa: S704
