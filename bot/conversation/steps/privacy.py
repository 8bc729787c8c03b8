"""What the bot knows about a person, and deleting it."""

from __future__ import annotations

from bot.conversation.actions import action, home
from bot.conversation.state import State, Step
from bot.conversation.steps.below import only_home
from bot.conversation.turn import Count, DeleteData, Scene, Turn
from bot.delivery.card import Button, Card, Kind


def show_data(scene: Scene) -> Turn:
    """All that is stored about this person, in plain words."""
    words = scene.words
    lines = [words("This is what I have stored about you:")]
    lines.append("• " + words("your Telegram account, encrypted, so that I can answer you"))
    lines.append("• " + words("your language: {language}", language=scene.language.own_name))
    if scene.state.topic is not None and scene.content.library.has(scene.state.topic):
        title = scene.content.library.title(scene.state.topic, scene.language)
        lines.append("• " + words("the topic we talk about: {title}", title=title))
    if scene.case is not None:
        lines.append("• " + words("your case № {number}", number=scene.case.number))
    lines.append(words("I do not keep what you ask me. Only the words of a case are kept."))
    delete = Button("🗑 " + words("Delete my data"), action("delete", "ask"))
    return scene.turn(Card(Kind.NOTE, "\n".join(lines), ((delete,), (home(words),))))


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
