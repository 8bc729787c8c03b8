"""Reminders in the chat: list, cancelling, once more; and the card when a day is near."""

from __future__ import annotations

from datetime import date, datetime
from html import escape

from bot.clock import day_of
from bot.conversation.actions import action, rows
from bot.conversation.steps.below import Rows, count_days, only_home, outside, ways
from bot.conversation.turn import CancelReminder, Content, Remind, ReminderDone, Scene, Turn
from bot.delivery.card import Button, Card, Kind
from bot.i18n import Words
from bot.languages import Language
from bot.reminders.model import DueReminder, Reminder
from bot.reminders.when import send_at

PER_ROW = 3


def tapped(scene: Scene, values: tuple[str, ...]) -> Turn:
    """What follows from a button of a reminder or of the list."""
    match values:
        case ("cancel", number) if number.isdecimal():
            return _cancel(scene, int(number))
        case ("done", number) if number.isdecimal():
            return _done(scene, int(number))
        case ("again", rule, day):
            return _again(scene, rule, day)
        case _:
            return show(scene)


def show(scene: Scene) -> Turn:
    """The list of what this person wants to be reminded of."""
    return scene.turn(_list_card(scene, scene.reminders), step=outside(scene.state))


def open_list(words: Words, *, alarm: bool = False) -> Button:
    """To the list; with a sign when a reminder may not have arrived."""
    return Button(("⚠️ " if alarm else "⏰ ") + words("My reminders"), action("reminders"))


def listed(reminders: tuple[Reminder, ...]) -> tuple[Reminder, ...]:
    """Those worth showing: still to come, or perhaps never arrived."""
    return tuple(one for one in reminders if one.is_waiting or one.is_missed)


def _list_card(scene: Scene, reminders: tuple[Reminder, ...], said: str = "") -> Card:
    words, shown = scene.words, listed(reminders)
    if not shown:
        text = words(
            "You have no reminders. When I count your days, I can remind you in time: press "
            "“{button}” below the answer.",
            button=words("Remind me"),
        )
        return Card(Kind.NOTE, said or text, ((count_days(words),), *only_home(words)))
    lines = [said] if said else []
    lines.append(f"<b>{words('My reminders')}</b>")
    lines += [f"{place}. {_line(scene, one)}" for place, one in enumerate(shown, start=1)]
    lines.append(words("✖ with its number cancels a reminder."))
    buttons = [
        button for place, one in enumerate(shown, 1) for button in _button(scene, place, one)
    ]
    numbers = [tuple(buttons[at : at + PER_ROW]) for at in range(0, len(buttons), PER_ROW)]
    return Card(Kind.NOTE, "\n\n".join(lines), (*numbers, *ways(words)))


def _line(scene: Scene, reminder: Reminder) -> str:
    words = scene.words
    about = about_reminder(scene.content, reminder.rule, reminder.deadline, scene.language)
    if reminder.is_missed:
        return about + "\n⚠️ " + words("My reminder may not have reached you.")
    return (
        about + "\n" + words("I will write to you: {moment}", moment=words.moment(reminder.send_at))
    )


def _button(scene: Scene, place: int, reminder: Reminder) -> list[Button]:
    buttons = [Button(f"✖ {place}", action("reminders", "cancel", reminder.id))]
    if reminder.is_missed and send_at(reminder.deadline, scene.now) is not None:
        buttons.append(Button(f"🔁 {place}", _once_more(reminder.rule, reminder.deadline)))
    return buttons


def _once_more(rule: str, deadline: date) -> str:
    return action("reminders", "again", rule, deadline.isoformat())


def about_reminder(content: Content, rule: str, deadline: date, language: Language) -> str:
    """A reminder as HTML: what it is about and by when."""
    words = content.locales[language.value]
    title = name_of(content, rule, language)
    return f"<b>{title}</b>\n" + words("Last day: {day}", day=words.day(deadline))


def name_of(content: Content, rule: str, language: Language) -> str:
    """What a rule is about, as HTML; general words for one that no longer exists."""
    words = content.locales[language.value]
    return escape(content.rules.title(rule, language) or words("What you asked me to remember"))


def _cancel(scene: Scene, number: int) -> Turn:
    words = scene.words
    found = next((one for one in scene.reminders if one.id == number), None)
    if found is None or found not in listed(scene.reminders):
        return scene.turn(_list_card(scene, scene.reminders, words("That reminder is gone.")))
    left = tuple(one for one in scene.reminders if one is not found)
    about = about_reminder(scene.content, found.rule, found.deadline, scene.language)
    said = "✓ " + words("Cancelled. I will not remind you of this:") + "\n" + about
    card = _list_card(scene, left, said)
    request = CancelReminder(number) if found.is_waiting else ReminderDone(number)
    return scene.turn(card).also(request)


def _done(scene: Scene, number: int) -> Turn:
    words = scene.words
    text = words("Well done! I have removed this reminder.")
    return scene.turn(Card(Kind.NOTE, text, ways(words))).also(ReminderDone(number))


def _again(scene: Scene, rule: str, day: str) -> Turn:
    try:
        deadline = date.fromisoformat(day)
    except ValueError:
        return show(scene)
    if scene.content.rules.rule(rule) is None:
        return show(scene)
    return scene.turn().also(Remind(rule, deadline))


def reminder_card(content: Content, due: DueReminder, now: datetime) -> Card:
    """What is said when the moment has come, or when it was missed and the day is over.

    The day is always named by its date: "tomorrow" would be wrong when a card is held up.
    """
    words = content.locales[due.language.value]
    day = words.weekday_and_date(due.deadline)
    lines = [
        "⏰ <b>" + words("You asked me to remind you") + "</b>",
        f"<b>{name_of(content, due.rule, due.language)}</b>",
    ]
    if due.deadline >= day_of(now):
        lines.append(words("Last day: {day}", day=f"<b>{day}</b>"))
        lines += _what_to_do(content, due)
    else:
        lines.append(
            words("I could not write in time, I am sorry. This day has passed: {day}", day=day)
        )
        lines += _what_is_late(content, due)
    return Card(Kind.REMINDER, "\n\n".join(lines), _below(words, due, now))


def _what_to_do(content: Content, due: DueReminder) -> list[str]:
    what = content.rules.what_to_do(due.rule, due.language)
    return [escape(what)] if what else []


def _what_is_late(content: Content, due: DueReminder) -> list[str]:
    words, rule = content.locales[due.language.value], content.rules.rule(due.rule)
    late = rule.texts[due.language].late if rule is not None else ""
    general = words(
        "If it is not done yet, do not wait longer: talk to a person, or ask at {phone}.",
        phone=content.phone("hotline-1414"),
    )
    return [escape(late), general] if late else [general]


def _below(words: Words, due: DueReminder, now: datetime) -> Rows:
    buttons = [Button("✅ " + words("Done, thank you"), action("reminders", "done", due.id))]
    if send_at(due.deadline, now) is not None:
        again = Button("🔁 " + words("Remind me once more"), _once_more(due.rule, due.deadline))
        buttons.append(again)
    return (*rows(buttons, 1), *ways(words))
