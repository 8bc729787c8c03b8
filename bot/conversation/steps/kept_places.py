"""What a parent keeps of the help near them: their town, saved places; and what is wrong."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from bot.conversation.actions import action, home, rows
from bot.conversation.incoming import Arrival
from bot.conversation.steps.below import Rows, only_home, ways
from bot.conversation.steps.place_words import reason_name
from bot.conversation.turn import Count, Keep, ReportPlace, Scene, Turn
from bot.delivery.card import Button, Card, Kind
from bot.directory.model import Place, Town
from bot.insight.model import Wrong
from bot.people.model import Kept

MOST_SAVED = 10
NO, FORGET = "no", "forget"


def with_question(scene: Scene, turn: Turn, town: Town) -> Turn:
    """The turn, and once in a person's life the question whether to remember their town."""
    kept = scene.kept
    is_typed = scene.incoming.arrival is Arrival.TEXT
    if kept.asked or kept.town is not None or not is_typed or scene.state.intake is not None:
        return turn
    words = scene.words
    text = words(
        "Shall I remember {town} as your town? Then I show places there at once. You can see and "
        "delete it at any time with /mydata.",
        town=escape(town.name(scene.language)),
    )
    yes = Button(words("Yes, remember"), action("keep-town", town.id))
    no = Button(words("No"), action("keep-town", NO))
    card = Card(Kind.ASK, text, ((yes, no),))
    asked = turn.after(card).also(Keep(replace(kept, asked=True)))
    return replace(asked, state=replace(asked.state, suggested=yes.action))


def keep_town(scene: Scene, town_id: str) -> Turn:
    """Remembers the town, or does not, or no longer."""
    words, kept = scene.words, scene.kept
    town = scene.content.directory.town(town_id)
    if town is not None:
        text = words("Good, I remember: {town}.", town=escape(town.name(scene.language)))
        kept = replace(kept, town=town.id, asked=True)
    elif town_id == FORGET:
        text = words("I have forgotten your town.")
        kept = Kept(saved=kept.saved)
    else:
        text = words("Good, I do not remember it.")
        kept = replace(kept, asked=True)
    turn = scene.turn(Card(Kind.NOTE, text, only_home(words)), suggested="")
    return turn.also(Keep(kept))


def save(scene: Scene, place_id: str) -> Turn:
    """Saves a place for the person; the oldest goes when there are too many."""
    words, kept = scene.words, scene.kept
    place = scene.content.directory.place(place_id)
    if place is None:
        return saved_places(scene)
    others = tuple(one for one in kept.saved if one != place.id)
    text = words(
        "Saved. You find it under “Help near me”. “Delete my data” removes it, too.",
    )
    below = ((_saved_button(scene),), *ways(words))
    saved = replace(kept, saved=(*others, place.id)[-MOST_SAVED:])
    return scene.turn(Card(Kind.NOTE, text, below)).also(Keep(saved), Count("place-saved"))


def unsave(scene: Scene, place_id: str) -> Turn:
    """Takes a place from those the person saved."""
    words, kept = scene.words, scene.kept
    left = replace(kept, saved=tuple(one for one in kept.saved if one != place_id))
    card = Card(Kind.NOTE, words("No longer saved."), ways(words))
    return scene.turn(card).also(Keep(left))


def _saved_button(scene: Scene) -> Button:
    return Button("⭐ " + scene.words("Saved places"), action("saved"))


def saved_row(scene: Scene) -> Rows:
    """The way to the saved places; nothing when there are none."""
    return ((_saved_button(scene),),) if saved(scene) else ()


def saved(scene: Scene) -> tuple[Place, ...]:
    """The saved places that still exist, the newest first."""
    found = (scene.content.directory.place(one) for one in reversed(scene.kept.saved))
    return tuple(place for place in found if place is not None)


def saved_places(scene: Scene) -> Turn:
    """The saved places by name."""
    words, found = scene.words, saved(scene)
    if not found:
        text = words("You have saved no places yet.")
        return scene.turn(Card(Kind.NOTE, text, ways(words)))
    return scene.turn(saved_card(scene))


def saved_card(scene: Scene) -> Card:
    """The saved places, to be opened."""
    words = scene.words
    buttons = [
        Button(place.name(scene.language), action("place", place.id)) for place in saved(scene)
    ]
    title = f"<b>{words('Saved places')}</b>"
    return Card(Kind.PLACE, title, (*rows(buttons, 1), *ways(words)))


def ask_what_is_wrong(scene: Scene, place_id: str) -> Turn:
    """Which part of the entry is wrong."""
    words, place = scene.words, scene.content.directory.place(place_id)
    if place is None:
        return saved_places(scene)
    reasons = [
        Button(reason_name(words, reason), action("wrong", place.id, reason)) for reason in Wrong
    ]
    # Many names have quotation marks of their own.
    name = f"<b>{escape(place.name(scene.language))}</b>"
    text = words("What is wrong about this place? {place}", place=name)
    back = Button("← " + words("Back"), action("place", place.id))
    return scene.turn(Card(Kind.ASK, text, (*rows(reasons, 1), (back, home(words)))))


def report(scene: Scene, place_id: str, reason: str) -> Turn:
    """Passes on what is wrong, without a word about who said so."""
    words, place = scene.words, scene.content.directory.place(place_id)
    if place is None or reason not in list(Wrong):
        return saved_places(scene)
    text = words(
        "Thank you. An editor will look into it. I pass on the place and what is wrong, not who "
        "you are."
    )
    turn = scene.turn(Card(Kind.NOTE, text, ways(words)))
    return turn.also(ReportPlace(place.id, Wrong(reason)), Count("place-wrong"))
