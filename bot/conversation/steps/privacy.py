"""What the bot knows about a person, and deleting it."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from bot.clock import day_of
from bot.conversation.actions import action, home
from bot.conversation.state import Counting, State, Step
from bot.conversation.steps import kept_places
from bot.conversation.steps.below import only_home
from bot.conversation.steps.deadline_card import occasion_name
from bot.conversation.steps.reminders import name_of
from bot.conversation.turn import Count, DeleteData, Scene, Turn
from bot.delivery.card import Button, Card, Kind
from bot.i18n import Words
from bot.stay.model import Occasion


def show_data(scene: Scene) -> Turn:
    """All that is stored about this person, in plain words."""
    words = scene.words
    lines = [words("This is what I have stored about you:")]
    lines.append("• " + words("your Telegram account, encrypted, so that I can answer you"))
    lines.append("• " + words("your language: {language}", language=scene.language.own_name))
    if scene.state.topic is not None and scene.content.library.has(scene.state.topic):
        title = scene.content.library.title(scene.state.topic, scene.language)
        lines.append("• " + words("the topic we talk about: {title}", title=title))
    stored = (*_told(scene), *_cases(scene), *_reminders(scene), *_kept(scene))
    lines += [f"• {line}" for line in stored]
    lines.append(words("I do not keep what you ask me. Only the words of a case are kept."))
    delete = Button("🗑 " + words("Delete my data"), action("delete", "ask"))
    forget = Button("📍 " + words("Forget my town"), action("keep-town", kept_places.FORGET))
    town = ((forget,),) if scene.kept.town is not None else ()
    below = (*town, *kept_places.saved_row(scene), (delete,), (home(words),))
    return scene.turn(Card(Kind.NOTE, "\n".join(lines), below))


def _told(scene: Scene) -> list[str]:
    """What the conversation itself holds for a while."""
    words, state = scene.words, scene.state
    lines = []
    if state.danger is not None:
        lines.append(words("that you may be in danger"))
    if told := _told_to_count(words, state.counting):
        lines.append(
            words("what you told me to count your days: {told}; deleted within two days", told=told)
        )
    if state.intake is not None:
        lines.append(
            words(
                "what you have told so far for a person; it is not passed on before you finish, "
                "and is deleted within two days"
            )
        )
    return lines


def _told_to_count(words: Words, counting: Counting | None) -> str:
    """What happened, the citizenship and the days; empty when nothing was told."""
    if counting is None:
        return ""
    happened, country = counting.occasion, counting.citizenship
    told = [escape(occasion_name(words, Occasion(happened)))] if happened in list(Occasion) else []
    told += [words.country(country)] if country.isupper() else []
    days = (counting.day, counting.came, *(day for stay in counting.earlier for day in stay))
    told += [words.day(day) for day in days if day is not None]
    return ", ".join(told)


def _cases(scene: Scene) -> list[str]:
    words = scene.words
    lines = []
    if scene.case is not None:
        lines.append(words("your case № {number}", number=scene.case.number))
    for case in scene.closed_cases:
        day = words.day(day_of(case.deleted_at))
        lines.append(
            words("your closed case № {number}; deleted on: {day}", number=case.number, day=day)
        )
    return lines


def _reminders(scene: Scene) -> list[str]:
    words = scene.words
    lines = []
    for one in scene.reminders:
        title = name_of(scene.content, one.rule, scene.language)
        day = words.day(one.deadline)
        lines.append(words("a reminder: {title} ({day})", title=title, day=day))
    return lines


def _kept(scene: Scene) -> list[str]:
    """The town and the places they asked to keep."""
    words, lines = scene.words, []
    town = scene.content.directory.town(scene.kept.town or "")
    if town is not None:
        lines.append(words("your town: {town}", town=escape(town.name(scene.language))))
    if places := kept_places.saved(scene):
        names = "; ".join(escape(place.name(scene.language)) for place in places)
        lines.append(words("places you saved: {places}", places=names))
    return lines


def asked_in_words(scene: Scene) -> Turn:
    """What is stored, and whether to delete it: words rarely tell which of the two is meant."""
    (known,) = show_data(scene).cards
    return ask_delete(scene).before(replace(known, buttons=()))


def ask_delete(scene: Scene) -> Turn:
    """One question before everything goes."""
    words = scene.words
    text = words("Shall I delete everything about you? This cannot be undone.")
    if scene.case is not None:
        text += "\n" + words(
            "Your case № {number} will be closed and its messages deleted.",
            number=scene.case.number,
        )
    text += "\n" + words(
        "What you see in this chat stays on your phone: delete the chat in Telegram too if "
        "somebody reads your phone."
    )
    yes = Button("🗑 " + words("Yes, delete"), action("delete", "yes"))
    no = Button(words("No"), action("delete", "no"))
    return scene.turn(
        Card(Kind.ASK, text, ((yes, no),)), step=Step.DELETE, suggested=action("delete", "yes")
    )


def delete(scene: Scene, reply: str) -> Turn:
    """Deletes on yes; anything else leaves everything as it is."""
    words = scene.words
    if reply == "ask":
        return ask_delete(scene)
    if reply != "yes":
        text = words("Nothing was deleted.")
        return scene.turn(Card(Kind.NOTE, text, only_home(words)), step=Step.NONE, suggested="")
    text = words(
        "Everything about you is deleted. If you write again, we start from the beginning."
    )
    return Turn((Card(Kind.NOTE, text),), State(), (DeleteData(), Count("deleted")))
