"""The one decision: what follows from a message. Reads values, writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.conversation.actions import action, read_action, rows
from bot.conversation.incoming import Arrival
from bot.conversation.state import Step
from bot.conversation.steps import (
    answering,
    counting_words,
    deadlines,
    handover,
    keys,
    mere_answers,
    nearby,
    odd,
    open_case,
    place_names,
    privacy,
    reminders,
    safety,
    start,
    tapping,
)
from bot.conversation.turn import Content, Correct, Gone, Scene, Turn
from bot.delivery.card import Button, Card, Kind
from bot.languages import FALLBACK, Language, language_or_none
from bot.understanding.model import Certainty, Understanding
from bot.understanding.which_language import evident_language

WORDS_OF_A_DAY = 8
# A position is never kept, and a sticker says nothing.
NOTHING_TO_PASS_ON = frozenset({Arrival.LOCATION, Arrival.OTHER})

COMMANDS: dict[str, Callable[[Scene], Turn]] = {
    "start": start.greet,
    "menu": start.show_home,
    "language": lambda scene: scene.turn(start.language_card(scene)),
    "help": lambda scene: start.small_talk(scene, "bot-help"),
    "person": handover.offer,
    "near": nearby.start,
    "days": deadlines.start,
    "reminders": reminders.show,
    "mydata": privacy.show_data,
    "delete": privacy.ask_delete,
}


def decide(scene: Scene) -> Turn:
    """All that follows from one message, whatever it is."""
    scene = replace(scene, state=scene.state.as_of(scene.now))
    turn = keys.without_old_keys(scene, _dispatch(scene))
    return replace(turn, state=replace(turn.state, seen_at=scene.now))


def emergency_card(content: Content, scene: Scene) -> Card | None:
    """The safety card when even the database is away; None when there is no danger."""
    danger = scene.heard.danger
    return None if danger is None else safety.safety_card(content, scene.language, danger)


def _dispatch(scene: Scene) -> Turn:
    match scene.incoming.arrival:
        case Arrival.BLOCKED:
            return Turn((), scene.state, (Gone(True),))
        case Arrival.UNBLOCKED:
            return Turn((), scene.state, (Gone(False),))
        case Arrival.IGNORED:
            return Turn((), scene.state)
        case Arrival.GROUP:
            return odd.only_in_private(_with_language(scene))
        case Arrival.COMMAND:
            return _command(_looking_around(scene))
        case Arrival.TAP:
            return _tap(_looking_around(scene))
        case _:
            return _said(_with_language(scene))


def _looking_around(scene: Scene) -> Scene:
    """Who went through the menus is told again where their next words go."""
    return replace(scene, state=replace(scene.state, passed_on_at=None))


def _with_language(scene: Scene) -> Scene:
    """Nobody waits for an answer because they did not choose a language first."""
    if scene.state.language is not None:
        return scene
    meaning = scene.heard.meaning
    spoken = evident_language(scene.incoming.text, meaning) if meaning is not None else None
    guess = spoken or language_or_none(scene.incoming.language_code) or FALLBACK
    return replace(scene, state=replace(scene.state, language=guess))


def _command(scene: Scene) -> Turn:
    chosen = COMMANDS.get(scene.incoming.text.split(" ")[0].lower(), start.show_home)
    # A command is a new message: nothing of an older menu is to be edited.
    fresh = scene.anew()
    return chosen(fresh if chosen is start.greet else _with_language(fresh))


def _tap(scene: Scene) -> Turn:
    name, values = read_action(scene.incoming.text)
    if name == "lang" and values:
        return _language_chosen(scene, values[0])
    turn = tapping.tapped(_with_language(scene), name, values)
    looked_up = name == "town" and scene.state.step is Step.NEAR_TOWN
    return _back_to_questions(scene, turn) if looked_up else turn


def _language_chosen(scene: Scene, code: str) -> Turn:
    """The new language, and the open question in it where there is one."""
    turn, intake = start.choose_language(scene, code), scene.state.intake
    if intake is None or not scene.state.step.is_intake:
        return turn
    asked = handover.resume(replace(scene, state=turn.state), intake)
    return replace(turn, cards=(turn.cards[0], *asked.cards))


def _said(scene: Scene) -> Turn:
    """Words, files and positions; the safety card goes before whatever they lead to."""
    if (key := keys.pressed(scene)) is not None:
        return _tap(replace(_looking_around(scene), incoming=replace(scene.incoming, text=key)))
    scene = mere_answers.without_alarm(scene)
    danger = scene.heard.danger
    if danger is None:
        return _ordinary(scene)
    # A case that is opened by these words is marked, too.
    scene = replace(scene, state=replace(scene.state, danger=danger.value))
    waited_for = scene.case is not None or scene.state.step.is_intake
    return safety.danger_first(scene, danger, _ordinary(scene) if waited_for else None)


def _ordinary(scene: Scene) -> Turn:
    incoming, state = scene.incoming, scene.state
    if incoming.arrival is Arrival.EDIT and scene.case is not None:
        return scene.turn().also(Correct(scene.case, incoming.message or 0, incoming.text))
    if incoming.arrival is Arrival.EDIT and state.step.is_intake:
        return handover.correct(scene)
    if scene.case is not None and incoming.arrival not in NOTHING_TO_PASS_ON:
        return open_case.pass_on(scene, scene.case)
    if state.step.is_intake:
        return _answered(scene)
    match incoming.arrival:
        case Arrival.LOCATION:
            return _back_to_questions(scene, nearby.by_location(scene))
        case Arrival.CONTACT:
            return odd.no_contact_needed(scene)
        case Arrival.FILE if not incoming.text:
            return odd.cannot_read_file(scene)
        case Arrival.OTHER:
            return odd.cannot_use(scene)
        case _:
            return _words(scene)


def _answered(scene: Scene) -> Turn:
    """An answer on the way to a case, unless it is clearly none."""
    meaning, step = scene.heard.meaning, scene.state.step
    if (asked := open_case.asked_of_the_bot(scene)) is not None:
        # A story may only sound like that: its words are kept in any case.
        turn = handover.hear(scene) if step is Step.STORY else scene.turn()
        return turn.after(*asked.cards)
    if (counted := _counted(scene)) is not None:
        return handover.counted_between(scene, counted)
    no = meaning is not None and meaning.control == "deny"
    if no and step in {Step.TOWN, Step.WHO}:
        return handover.stop(scene)
    return handover.hear(scene)


def _counted(scene: Scene) -> Turn | None:
    """What a day or a country told to the counting leads to; never a story, nor danger."""
    if scene.heard.danger is not None or len(scene.incoming.text.split()) > WORDS_OF_A_DAY:
        return None
    return counting_words.meant_for_counting(scene)


def _back_to_questions(scene: Scene, turn: Turn) -> Turn:
    """Who looked for help while being asked for a case goes on where they were."""
    intake = turn.state.intake
    if intake is None or turn.state.step is not Step.NONE:
        return turn
    asked = handover.resume(replace(scene, state=turn.state), intake)
    return replace(asked.before(*turn.cards), requests=turn.requests)


def _words(scene: Scene) -> Turn:
    """A question in somebody's own words."""
    if (counted := counting_words.heard(scene)) is not None:
        return counted
    if scene.state.step is Step.NEAR_TOWN and (found := nearby.by_words(scene)) is not None:
        return _back_to_questions(scene, found)
    if _is_hotline(scene):
        return answering.answer(scene, "hotlines")
    meaning = scene.heard.meaning
    if scene.heard.away:
        return answering.without_rasa(scene)
    if meaning is None:
        return answering.not_understood(scene)
    return _in_their_language(scene, meaning)


def _is_hotline(scene: Scene) -> bool:
    """Whether somebody wrote just the number of a hotline, as if they dialled it."""
    written = scene.incoming.text.replace(" ", "")
    return written.isdecimal() and any(
        written == phone for place in scene.content.directory.hotlines() for phone in place.phones
    )


def _in_their_language(scene: Scene, meaning: Understanding) -> Turn:
    """Follows somebody who keeps writing in another language, and offers to stay with it."""
    spoken = evident_language(scene.incoming.text, meaning)
    chosen = scene.state.language
    if spoken is None or spoken == chosen or scene.state.keep_language:
        scene = replace(scene, state=replace(scene.state, other_language=None))
        return _understood(scene, meaning)
    if spoken != scene.state.other_language:
        scene = replace(scene, state=replace(scene.state, other_language=spoken))
        return _understood(scene, meaning)
    return _answer_in(scene, meaning, spoken)


def _answer_in(scene: Scene, meaning: Understanding, spoken: Language) -> Turn:
    chosen = scene.state.language
    turn = _understood(replace(scene, state=replace(scene.state, language=spoken)), meaning)
    words = scene.content.locales[spoken.value]
    yes = Button(words("Yes, in English"), action("lang", spoken))
    no = Button(scene.words("Stay with English"), action("keep-language"))
    ask = Card(Kind.ASK, words("Shall I always answer in English?"), rows([yes, no]))
    return replace(turn, state=replace(turn.state, language=chosen)).after(ask)


def _understood(scene: Scene, meaning: Understanding) -> Turn:
    if (found := _only_a_town(scene, meaning)) is not None:
        return found
    if scene.state.step is Step.NEAR_TOWN and place_names.may_be_meant(scene, meaning):
        return nearby.town_not_found(scene)
    if meaning.certainty is Certainty.UNKNOWN:
        return answering.not_understood(scene)
    if meaning.certainty is Certainty.UNSURE:
        return answering.did_you_mean(scene, tuple(guess.intent for guess in meaning.topics))
    if meaning.aspect is not None and scene.state.topic is not None:
        return _follow_up(scene, meaning.aspect, scene.state.topic)
    if meaning.topic is not None:
        return _about(scene, meaning.topic)
    return _control(scene, meaning.control or "bot-help")


def _only_a_town(scene: Scene, meaning: Understanding) -> Turn | None:
    """The places of a town that is all somebody wrote, as after the places of another one."""
    return nearby.by_words(scene) if place_names.may_be_meant(scene, meaning) else None


def _follow_up(scene: Scene, aspect: str, topic: str) -> Turn:
    """A question about the current topic, with the places of a town where one is named."""
    part = answering.PART_OF_ASPECT[aspect]
    if aspect == "ask-place" and (places := nearby.about(scene, topic)) is not None:
        turn = answering.show_part(scene, topic, part.value)
        return turn.after(*places.cards).also(*places.requests)
    return answering.part_with_places(scene, topic, part.value)


def _about(scene: Scene, topic: str) -> Turn:
    if topic == "help-centres" and (found := nearby.about(scene, topic)) is not None:
        return found
    turn = counting_words.beside(scene, topic, tapping.about(scene, topic))
    if topic in nearby.SOUGHT and (found := nearby.about(scene, topic)) is not None:
        return turn.after(*found.cards).also(*found.requests)
    return turn


def _control(scene: Scene, control: str) -> Turn:
    match control:
        case "change-language":
            return scene.turn(start.language_card(scene))
        case "delete-data":
            return privacy.asked_in_words(scene)
        case "affirm" if scene.state.suggested:
            name, values = read_action(scene.state.suggested)
            fresh = replace(scene, state=replace(scene.state, suggested=""))
            return tapping.tapped(fresh.anew(), name, values)  # no card takes their words' place
        case "deny" if scene.state.step in {Step.CONSENT, Step.DELETE}:
            step = scene.state.step
            return (handover.consent if step is Step.CONSENT else privacy.delete)(scene, "no")
        case "repeat" if scene.state.topic is not None:
            return tapping.about(scene, scene.state.topic)
        case "repeat":
            return answering.other(scene)
        case _:
            return start.small_talk(scene, control)
