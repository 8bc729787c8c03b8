"""What a parent reads from the desk: replies, and that a case was taken or closed."""

from __future__ import annotations

from html import escape

from bot.delivery.card import Button, Card, Kind
from bot.i18n import Locales, Words
from bot.languages import FALLBACK
from bot.staff.model import Member

# Telegram takes 4,096 UTF-16 units; the rest is room for the header.
PIECE = 3500
STARS = 5


def words_for(locales: Locales, language: str) -> Words:
    """The bot's words in the language of a case."""
    return locales[language if language in locales.by_language else FALLBACK.value]


def reply_card(words: Words, member: Member, text: str) -> Card:
    """One message of a caseworker, headed by who writes."""
    header = words("Reply from {organisation}", organisation=escape(member.organisation))
    name = escape(first_name(member))
    return Card(Kind.REPLY, f"💬 <b>{header}</b> · {name}\n\n{escape(text, quote=False)}")


def taken_card(words: Words, member: Member, number: int) -> Card:
    """Tells the parent who reads their case."""
    text = words(
        "A caseworker has taken your case № {number}: {name}, {organisation}. The answer comes "
        "in this chat.",
        number=number,
        name=escape(first_name(member)),
        organisation=escape(member.organisation),
    )
    return Card(Kind.NOTE, text)


def closed_card(words: Words, number: int) -> Card:
    """Tells the parent that the case is closed, asks how it was, and leaves the door open."""
    text = words("Your case № {number} is closed. How much did it help you?", number=number)
    stars = tuple(Button(f"{star} ⭐", f"rate:{number}:{star}") for star in range(1, STARS + 1))
    again = Button("🔄 " + words("I need help again"), f"again:{number}")
    return Card(Kind.NOTE, text, (stars, (again,)))


def first_name(member: Member) -> str:
    """What a caseworker is called in the chat: the family name stays at the desk."""
    return member.name.split()[0] if member.name.split() else member.name


def pieces(text: str) -> list[str]:
    """The text in pieces Telegram takes, cut at paragraphs, lines or words where possible."""
    rest, found = text.strip(), []
    while _units(rest) > PIECE:
        head = _head(rest)
        border = _border(head)
        found.append(head[:border].rstrip())
        rest = rest[border:].lstrip()
    return [*found, rest]


def _border(head: str) -> int:
    for mark in ("\n\n", "\n", " "):
        if (place := head.rfind(mark)) > PIECE // 2:
            return place
    return len(head)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _head(text: str) -> str:
    """As much of the text as fits into one piece, without cutting a character in two."""
    return text.encode("utf-16-le")[: PIECE * 2].decode("utf-16-le", errors="ignore")
