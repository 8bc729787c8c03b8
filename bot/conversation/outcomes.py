"""What is said once a request has been carried out. Pure."""

from __future__ import annotations

from html import escape

from bot.cases.model import OpenCase
from bot.conversation.actions import action, home
from bot.conversation.steps.reminders import about_reminder, open_list
from bot.conversation.turn import Content, Remind
from bot.delivery.card import Button, Card, Kind
from bot.i18n import Words
from bot.languages import Language
from bot.reminders.model import Refusal, Reminder


def case_opened(words: Words, case: OpenCase, phone: str) -> Card:
    """The case's number and by when somebody answers."""
    text = words(
        "✅ Your case number is <b>№ {number}</b>.\n"
        "A caseworker of “{organisation}” answers here in the chat, by {moment} at the latest "
        "(working hours).\n"
        "You can send more words, photos or voice messages at any time. In danger call {phone}.",
        number=case.number,
        organisation=escape(case.organisation),
        moment=words.moment(case.reply_due_at),
        phone=phone,
    )
    withdraw = Button(words("I no longer need help"), action("withdraw", "ask"))
    return Card(Kind.NOTE, text, ((withdraw,), (home(words),)))


def case_not_found(words: Words) -> Card:
    """The case of an old button is gone."""
    return Card(Kind.NOTE, words("This case no longer exists."), ((home(words),),))


def apology(words: Words, phone: str) -> Card:
    """Something failed every time; the person is not left in silence."""
    text = words(
        "Something went wrong on our side, I am sorry. Please write it again, or call {phone}.",
        phone=phone,
    )
    return Card(Kind.NOTE, text, ((home(words),),))


def reminders_set(
    content: Content, language: Language, wishes: tuple[tuple[Remind, Reminder | Refusal], ...]
) -> Card:
    """What became of the wishes of one message, with day and hour."""
    words = content.locales[language.value]
    lines = []
    for wish, result in wishes:
        day = result.deadline if isinstance(result, Reminder) else wish.deadline
        about = about_reminder(content, wish.rule, day, language)
        match result:
            case Refusal.TOO_LATE:
                said = "❗ " + words("It is too late to remind you. Please do it now.")
            case Refusal.TOO_MANY:
                said = "❗ " + words("You have too many reminders. Cancel one first.")
            case Reminder():
                moment = words.moment(result.send_at)
                said = "✅ " + words("I will write to you: {moment}", moment=moment)
        lines.append(f"{about}\n{said}")
    return Card(Kind.NOTE, "\n\n".join(lines), ((open_list(words),), (home(words),)))
