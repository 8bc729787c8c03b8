"""Handing a matter over to a person: consent in plain words, then four short questions."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from bot.cases.model import NewCase, Said
from bot.conversation.actions import action, rows
from bot.conversation.incoming import Arrival
from bot.conversation.state import Intake, State, Step
from bot.conversation.steps.below import Rows, hotlines, near, only_home
from bot.conversation.steps.open_case import case_card
from bot.conversation.turn import Count, HandOver, Scene, Turn
from bot.delivery.card import Button, Card, Keyboard, Kind
from bot.i18n import Words, message

# Changes whenever the words of the consent change; kept with every case.
CONSENT_VERSION = "2026-11-24.3"
LONGEST_SHORT_ANSWER = 200


def offer(scene: Scene) -> Turn:
    """Asks for consent, or leads back to what is already under way."""
    words = scene.words
    if scene.case is not None:
        return scene.turn(case_card(scene, scene.case))
    if scene.organisation is None:
        return _nobody_there(scene)
    if scene.state.intake is not None:
        return resume(scene, scene.state.intake)
    text = words(
        CONSENT,
        organisation=escape(scene.organisation.name),
        days=words.plural("{number} day", "{number} days", scene.organisation.keep_days),
    )
    if scene.state.danger is not None:
        text += "\n\n" + words("In danger, call {phone} first.", phone=_phone(scene, "112"))
    buttons = (
        (Button("✅ " + words("Yes, I agree"), action("consent", "yes")),),
        (Button(words("No"), action("consent", "no")),),
    )
    return scene.turn(
        Card(Kind.ASK, text, buttons), step=Step.CONSENT, suggested=action("consent", "yes")
    )


CONSENT = message(
    "<b>Talk to a person</b>\n"
    "A caseworker of “{organisation}” reads what you write from here on and answers in this chat. "
    "It is free.\n\n"
    "• We pass on: your language, the topic, your town, who needs help, what happened, when it is "
    "safe to write to you, and a mark if your words sound like danger.\n"
    "• We do not pass on your phone number. Please send no passport numbers.\n"
    "• Police and migration service do not get it from us. If a child is in danger, the "
    "caseworker may have to report it, and will tell you.\n"
    "• It is deleted {days} after the case is closed, or at once when you ask.\n\n"
    "Do you agree?"
)


def resume(scene: Scene, intake: Intake) -> Turn:
    """The open question once more, also after a look at something else."""
    if scene.state.step.is_intake:
        return _ask(scene, scene.state.step, intake)
    if not intake.town:
        return _ask(scene, Step.TOWN, intake)
    return _ask(scene, Step.STORY if intake.who or intake.story else Step.WHO, intake)


def counted_between(scene: Scene, counted: Turn) -> Turn:
    """The days counted on the way to a case, then the open question again.

    What was written while telling the story is a part of the story all the same.
    """
    after, told = replace(scene, state=counted.state), counted.state
    if told.step is Step.STORY:
        asked = hear(after)
    elif told.intake is None or (told.counting is not None and told.counting.is_open):
        return counted
    else:
        asked = _ask(after, told.step, told.intake)
    return asked.before(*counted.cards).also(*counted.requests)


def _phone(scene: Scene, number: str) -> str:
    return scene.content.phone(f"hotline-{number}")


def _nobody_there(scene: Scene) -> Turn:
    words = scene.words
    text = words(
        "No caseworker can be reached through me at the moment. Please call {family} (day and "
        "night, free, no name needed), or find a centre near you.",
        family=_phone(scene, "111"),
    )
    card = Card(Kind.NOTE, text, (*_without_person(scene), *only_home(words)))
    # What was told so far waits for a day; what is written next is a question again.
    return scene.turn(card, step=Step.NONE).also(Count("nobody"))


def _without_person(scene: Scene) -> Rows:
    """Where else there is help."""
    return rows([near(scene.words), hotlines(scene.words)])


def consent(scene: Scene, reply: str) -> Turn:
    """Yes begins the questions; no is fine and passes nothing on."""
    words = scene.words
    if reply != "yes":
        text = words("Good, nothing is passed on. You can still ask me anything.")
        card = Card(Kind.NOTE, text, (*_without_person(scene), *only_home(words)))
        return scene.turn(card, step=Step.NONE, suggested="", intake=None)
    if scene.case is not None or scene.organisation is None:
        return offer(scene)
    if scene.state.intake is not None:  # a second tap, or an old button: nothing told is lost
        return resume(scene, scene.state.intake)
    return _ask(scene, Step.TOWN, Intake(consent_at=scene.now))


def _ask(scene: Scene, step: Step, intake: Intake) -> Turn:
    text = _question(scene, step, told=bool(intake.story))
    if step is Step.TOWN:
        card = Card(Kind.ASK, text, keyboard=_town_keys(scene.words))
    else:
        card = Card(Kind.ASK, text, _replies(scene.words, step, told=bool(intake.story)))
    counting = scene.state.counting and replace(scene.state.counting, is_open=False)
    return scene.turn(card, step=step, intake=intake, counting=counting, suggested="")


def _question(scene: Scene, step: Step, *, told: bool = False) -> str:
    words = scene.words
    match step:
        case Step.TOWN:
            return words("1 of 4. Which town or village are you in?")
        case Step.WHO:
            return words("2 of 4. Who needs help, and how old are the children?")
        case Step.STORY if told:
            return words("I have it. Send more, or press “That is all”.")
        case Step.STORY:
            return words(
                "3 of 4. What happened? Write, or send a voice message, a photo or a document. "
                "Several messages are fine."
            )
        case _:
            return words(
                "4 of 4. When and how is it safe to write to you? Does anybody else read your "
                "phone?"
            )


def _town_keys(words: Words) -> Keyboard:
    # Only a keyboard can ask for the location, and it takes the place of the buttons.
    return Keyboard("📍 " + words("Send my location"), (words("Skip"), words("Stop")))


def _replies(words: Words, step: Step, *, told: bool) -> Rows:
    ready = [Button(label, action("reply", name)) for name, label in _ready(words, step).items()]
    on = Button("✅ " + words("That is all"), action("done"))
    if step is not Step.STORY or not told:
        on = Button(words("Skip"), action("skip", step))
    return (*rows(ready), (on, Button(words("Stop"), action("stop"))))


def _ready(words: Words, step: Step) -> dict[str, str]:
    """Answers that need no typing, by the name their button carries."""
    match step:
        case Step.WHO:
            return {"me": words("Me"), "child": words("My child"), "family": words("My family")}
        case Step.CONTACT:
            return {"any": words("Any time in this chat"), "day": words("Only in the daytime")}
        case _:
            return {}


def reply(scene: Scene, name: str) -> Turn:
    """A ready answer was tapped: it stands under its question, and the next one follows."""
    step = scene.state.step
    label = _ready(scene.words, step).get(name)
    if label is None:
        return offer(scene)
    asked = Card(
        Kind.NOTE, f"{_question(scene, step)}\n\n✓ <b>{label}</b>", replaces=scene.incoming.message
    )
    said = replace(scene, incoming=replace(scene.incoming, arrival=Arrival.TEXT, text=label))
    return hear(said).before(asked)


def hear(scene: Scene) -> Turn:
    """One answer of the parent on the way to a case; what answers nothing is asked again."""
    state, incoming = scene.state, scene.incoming
    intake = state.intake or Intake(consent_at=scene.now)
    if not (incoming.text.strip() or incoming.file or _town(scene)):
        return _ask(scene, state.step, intake)
    if _is_story(scene):
        asked = _ask(scene, state.step, _told(scene, intake))
        return asked if state.step is Step.STORY else asked.before(_kept(scene.words))
    short = incoming.text.strip()
    if len(short) > LONGEST_SHORT_ANSWER:  # more than was asked, and none of it may be lost
        intake, short = _told(scene, intake), short[:LONGEST_SHORT_ANSWER]
    match state.step:
        case Step.TOWN:
            return _ask(scene, Step.WHO, replace(intake, town=_town(scene) or short))
        case Step.WHO:
            return _ask(scene, Step.STORY, replace(intake, who=short))
        case _:
            return _open(scene, intake, short)


def _kept(words: Words) -> Card:
    """What came before it was asked for did arrive, although the same question follows."""
    return Card(Kind.NOTE, words("I have it, and will pass it on with your answers."))


def _is_story(scene: Scene) -> bool:
    """A photo or voice message is part of the story, whenever it comes; so is a phone number."""
    step, arrival = scene.state.step, scene.incoming.arrival
    a_number = arrival is Arrival.CONTACT and step is not Step.CONTACT
    return step is Step.STORY or arrival is Arrival.FILE or a_number


def _told(scene: Scene, intake: Intake) -> Intake:
    incoming = scene.incoming
    said = Said(incoming.text, incoming.file, incoming.message)
    return replace(intake, story=(*intake.story, said))


def _town(scene: Scene) -> str:
    """The town of a position shared when asked for it; the position itself is not kept."""
    point, directory = scene.incoming.point, scene.content.directory
    if point is None or scene.state.step is not Step.TOWN:
        return ""
    town, _distance = directory.nearest_town(point.latitude, point.longitude)
    return town.name("ru")


def skip(scene: Scene, asked: str) -> Turn:
    """Goes on without an answer; a second tap below the same question skips no further one."""
    state = scene.state
    intake = state.intake
    if intake is None or not state.step.is_intake or state.step != asked:
        return offer(scene)
    order = {Step.TOWN: Step.WHO, Step.WHO: Step.STORY, Step.STORY: Step.CONTACT}
    if state.step in order:
        return _ask(scene, order[state.step], intake)
    return _open(scene, intake, "")


def all_told(scene: Scene) -> Turn:
    """The story is over; a second tap on that skips no further question."""
    return skip(scene, Step.STORY)


def stop(scene: Scene) -> Turn:
    """Ends the questions; nothing is passed on."""
    words = scene.words
    text = words("Stopped. Nothing was passed on.")
    card = Card(Kind.NOTE, text, only_home(words))
    return scene.turn(card, step=Step.NONE, intake=None, suggested="")


def correct(scene: Scene) -> Turn:
    """An edited message; a corrected answer to an earlier question is added to the story."""
    intake = scene.state.intake or Intake(consent_at=scene.now)
    message = scene.incoming.message
    if all(said.telegram_message != message for said in intake.story):
        return _ask(scene, scene.state.step, _told(scene, intake))
    story = tuple(
        replace(said, text=scene.incoming.text) if said.telegram_message == message else said
        for said in intake.story
    )
    return scene.turn(intake=replace(intake, story=story))


def _open(scene: Scene, intake: Intake, contact: str) -> Turn:
    if scene.organisation is None:  # since the first question
        return _nobody_there(scene)
    case = NewCase(
        language=scene.language.value,
        topic=scene.state.topic,
        danger=scene.state.danger,
        town=intake.town,
        who=intake.who,
        contact=contact,
        story=intake.story,
        consent_version=CONSENT_VERSION,
        consent_at=intake.consent_at,
    )
    state = State(
        language=scene.state.language,
        topic=scene.state.topic,
        keep_language=scene.state.keep_language,
    )
    return Turn((), state, (HandOver(case), Count("handed-over")))
