"""Answers: the card of a topic, its parts, "did you mean", and honest ignorance."""

from __future__ import annotations

from bot.answers.cards import card_text, part_name, source_note
from bot.answers.model import Answer, Part
from bot.conversation.actions import action, home, person, rows
from bot.conversation.state import Step
from bot.conversation.steps import nearby
from bot.conversation.steps.below import (
    Rows,
    count_days_about,
    near,
    only_home,
    outside,
    ways,
)
from bot.conversation.turn import Count, Scene, Turn
from bot.delivery.card import Button, Card, Kind

PART_OF_ASPECT = {
    "ask-documents": Part.PAPERS,
    "ask-cost": Part.COST,
    "ask-deadline": Part.DEADLINE,
    "ask-place": Part.PLACE,
    "ask-steps": Part.STEPS,
    "ask-without-documents": Part.NO_PAPERS,
}
MOST_CHOICES = 3
MOST_RELATED = 2
PATIENCE = 3  # unclear messages in a row before a person comes first


def answer(scene: Scene, topic: str) -> Turn:
    """The answer card: what matters first, then buttons for the rest."""
    library = scene.content.library
    if not library.has(topic):
        return no_answer_yet(scene, topic)
    found = library.answer(topic, scene.language)
    text = card_text(scene.words, library.topic(topic), found, Part.SHORT, scene.today)
    card = Card(Kind.ANSWER, text, _answer_buttons(scene, found))
    return _about(scene, topic, card).also(Count(f"answer:{topic}"))


def _about(scene: Scene, topic: str, card: Card) -> Turn:
    """The card, and what the next words are understood from."""
    step = outside(scene.state)
    return scene.turn(card, topic=topic, unclear=0, suggested=action("person"), step=step)


def _answer_buttons(scene: Scene, found: Answer) -> Rows:
    words, topic, library = scene.words, found.topic, scene.content.library
    parts = rows(
        [
            Button(part_name(words, part), action("part", topic, part))
            for part in found.parts
            if part is not Part.SHORT
        ]
    )
    helpful = (
        Button("👍", action("helped", topic, "yes")),
        Button("👎", action("helped", topic, "no")),
        home(words),
    )
    related = [
        Button("→ " + library.title(other, scene.language), action("topic", other))
        for other in library.topic(topic).related[:MOST_RELATED]
        if library.has(other) and other != "caseworker"  # a person is offered below anyway
    ]
    # Of the related ones one row: two where both can be read, else the nearest.
    beside = (*count_days_about(words, topic), *rows(related)[:1])
    # Where a part says where, the places stand below that part.
    places: Rows = () if Part.PLACE in found.parts else ((_near(scene, topic),),)
    return (*parts, *beside, *places, (person(words),), helpful)


def _near(scene: Scene, topic: str) -> Button:
    """To the places that help with the topic."""
    return near(scene.words, nearby.service_for(scene, topic))


def show_part(scene: Scene, topic: str, name: str) -> Turn:
    """One part of an answer, asked for by button or in words."""
    library, words = scene.content.library, scene.words
    if not library.has(topic) or name not in list(Part):
        return no_answer_yet(scene, topic)
    part = Part(name)
    found = library.answer(topic, scene.language)
    if part not in found.parts:
        return _part_missing(scene, found)
    text = card_text(words, library.topic(topic), found, part, scene.today)
    others = [
        Button(part_name(words, other), action("part", topic, other))
        for other in found.parts
        if other not in {part, Part.SHORT}
    ]
    back = Button("← " + words("In short"), action("topic", topic))
    own: Rows = ((_near(scene, topic),),) if part is Part.PLACE else ()
    own = count_days_about(words, topic) if part is Part.DEADLINE else own
    below = (*own, *rows(others), (person(words),), *rows([back, home(words)]))
    return _about(scene, topic, Card(Kind.PART, text, below))


def part_with_places(scene: Scene, topic: str, name: str) -> Turn:
    """The part; below “Where” also the places in the town the person let us remember."""
    turn = show_part(scene, topic, name)
    if name != Part.PLACE or not scene.content.library.has(topic):
        return turn
    places = nearby.in_kept_town(scene, topic)
    return turn if places is None else turn.after(*places.cards).also(*places.requests)


def _part_missing(scene: Scene, found: Answer) -> Turn:
    words, topic = scene.words, scene.content.library.topic(found.topic)
    text = words(
        "I have no checked text on this for “{title}”. Here is the short answer; a person can "
        "tell you more.",
        title=found.title,
    )
    note = source_note(words, topic, found, scene.today)
    short = f"{text}\n\n{found.parts[Part.SHORT]}\n\n{note}"
    return _about(scene, found.topic, Card(Kind.PART, short, _answer_buttons(scene, found)))


def helped(scene: Scene, topic: str, reply: str) -> Turn:
    """Thanks for the judgement; who was not helped gets other ways."""
    words = scene.words
    if not scene.content.library.has(topic):  # a button of another time
        return other(scene)
    count = Count(f"{'helpful' if reply == 'yes' else 'unhelpful'}:{topic}")
    if reply == "yes":
        card = Card(Kind.NOTE, words("Thank you, good to know."), only_home(words))
        return scene.turn(card).also(count)
    text = words("I am sorry. Ask in other words, or talk to a person: it is free.")
    card = Card(Kind.NOTE, text, ways(words))
    return scene.turn(card, suggested=action("person")).also(count)


def did_you_mean(scene: Scene, topics: tuple[str, ...]) -> Turn:
    """The likely topics as a question, never as a fact."""
    library, words = scene.content.library, scene.words
    choices = [
        Button(library.title(topic, scene.language), action("topic", topic))
        for topic in topics
        if library.has(topic) and topic != "caseworker"  # a person is offered below anyway
    ][:MOST_CHOICES]
    if not choices:
        return not_understood(scene)
    none = Button(words("Something else"), action("other"))
    buttons = (*rows(choices, 1), (none,), *ways(words))
    unclear = scene.state.unclear + 1
    card = Card(Kind.CHOICES, words("Did you mean one of these?"), buttons)
    suggested = choices[0].action if len(choices) == 1 else ""
    turn = scene.turn(card, unclear=unclear, suggested=suggested, step=Step.NONE)
    return turn.also(Count("unsure"))


def not_understood(scene: Scene) -> Turn:
    """Says so kindly, offers what a search by words finds, and a person."""
    library, words = scene.content.library, scene.words
    found = library.search(scene.incoming.text, scene.language)
    unclear = scene.state.unclear + 1
    choices = [
        Button(library.title(topic, scene.language), action("topic", topic)) for topic in found
    ]
    text = words("I did not understand that well. Please write it a little differently.")
    if choices:
        text += "\n" + words("Perhaps it is about one of these?")
    buttons = (*rows(choices, 1), *ways(words))
    if unclear >= PATIENCE:
        text = words("I am not getting it, I am sorry. A person will understand you better.")
        buttons = ((person(words),), *rows(choices, 1), (home(words),))
    card = Card(Kind.CHOICES, text, buttons)
    turn = scene.turn(card, unclear=unclear, suggested=action("person"), step=Step.NONE)
    return turn.also(Count("unknown"))


def other(scene: Scene) -> Turn:
    """None of the choices was right."""
    words = scene.words
    text = words("Then write it in other words, please: who, where, what happened.")
    card = Card(Kind.NOTE, text, ways(words))
    return scene.turn(card, suggested=action("person"))


def no_answer_yet(scene: Scene, topic: str) -> Turn:
    """The topic is clear, but nothing checked is written about it."""
    words = scene.words
    text = words(
        "I have no checked answer about this yet, and I do not want to guess. A person can help, "
        "or call {family} (families, women, children) or {state} (documents and services).",
        family=scene.content.phone("hotline-111"),
        state=scene.content.phone("hotline-1414"),
    )
    other_ways = rows([_near(scene, topic), home(words)])
    buttons = (*count_days_about(words, topic), (person(words),), *other_ways)
    card = Card(Kind.NOTE, text, buttons)
    turn = scene.turn(card, unclear=0, suggested=action("person"), topic=None)
    return turn.also(Count("no-answer"))


def without_rasa(scene: Scene) -> Turn:
    """Search by words, while the understanding is away."""
    library, words = scene.content.library, scene.words
    found = library.search(scene.incoming.text, scene.language)
    choices = [
        Button(library.title(topic, scene.language), action("topic", topic)) for topic in found
    ]
    text = words("I cannot read whole sentences just now.")
    if choices:
        text += " " + words("I searched by words and found this:")
    else:
        text += " " + words("Please choose a section, or talk to a person:")
    sections = (
        Button("⚖️ " + words("Rights"), action("section", "rights")),
        Button("📄 " + words("Documents"), action("section", "documents")),
    )
    buttons = (*rows(choices, 1), sections, *ways(words))
    card = Card(Kind.CHOICES, text, buttons)
    return scene.turn(card, suggested=action("person")).also(Count("away"))
