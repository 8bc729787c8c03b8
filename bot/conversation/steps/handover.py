"""Handing a matter over to a person: consent in plain words, then four short questions."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from bot.cases.model import NewCase, OpenCase, Said
from bot.conversation.actions import action, home
from bot.conversation.incoming import Arrival
from bot.conversation.state import Intake, State, Step
from bot.conversation.turn import Count, HandOver, Rate, Reopen, Scene, Turn, Withdraw
from bot.delivery.card import Button, Card, Keyboard, Kind
from bot.i18n import message

# Changes whenever the words of the consent change; kept with every case.
CONSENT_VERSION = "2026-11-24"
LONGEST_SHORT_ANSWER = 200


def offer(scene: Scene) -> Turn:
    """Asks for consent, or leads back to what is already under way."""
    words = scene.words
    if scene.case is not None:
        return scene.turn(case_card(scene, scene.case))
    if scene.organisation is None:
        return _nobody_there(scene)
    if scene.state.step.is_intake and scene.state.intake is not None:
        return _ask(scene, scene.state.step, scene.state.intake)
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
    "• We pass on: your town, who needs help, what happened, and when it is safe to write to "
    "you.\n"
    "• We do not pass on your phone number. Please send no passport numbers.\n"
    "• Police and migration service do not get it from us. If a child is in danger, the "
    "caseworker may have to report it, and will tell you.\n"
    "• It is deleted {days} after the case is closed, or at once when you ask.\n\n"
    "Do you agree?"
)


def _phone(scene: Scene, number: str) -> str:
    return scene.content.phone(f"hotline-{number}")


def _nobody_there(scene: Scene) -> Turn:
    words = scene.words
    text = words(
        "No caseworker can be reached through me at the moment. Please call {family} (day and "
        "night, free, no name needed), or find a centre near you.",
        family=_phone(scene, "111"),
    )
    near = Button("📍 " + words("Help near me"), action("near"))
    hotlines = Button("☎️ " + words("Hotlines"), action("topic", "hotlines"))
    card = Card(Kind.NOTE, text, ((near, hotlines), (home(words),)))
    return scene.turn(card).also(Count("nobody"))


def consent(scene: Scene, reply: str) -> Turn:
    """Yes begins the questions; no is fine and passes nothing on."""
    words = scene.words
    if reply != "yes":
        text = words("Good, nothing is passed on. You can still ask me anything.")
        return scene.turn(
            Card(Kind.NOTE, text, ((home(words),),)), step=Step.NONE, suggested="", intake=None
        )
    if scene.case is not None or scene.organisation is None:
        return offer(scene)
    return _ask(scene, Step.TOWN, Intake(consent_at=scene.now))


def _ask(scene: Scene, step: Step, intake: Intake) -> Turn:
    words = scene.words
    skip = (Button(words("Skip"), action("skip")), Button(words("Stop"), action("stop")))
    done = (Button("✅ " + words("That is all"), action("done")), skip[1])
    keyboard = None
    match step:
        case Step.TOWN:
            text = words("1 of 4. Which town or village are you in?")
            keyboard = Keyboard(location="📍 " + words("Send my location"))
        case Step.WHO:
            text = words("2 of 4. Who needs help, and how old are the children?")
            keyboard = Keyboard(words=(words("Me"), words("My child"), words("My family")))
        case Step.STORY:
            text = words(
                "3 of 4. What happened? Write, or send a voice message, a photo or a document. "
                "Several messages are fine."
            )
            if intake.story:
                text = words("I have it. Send more, or press “That is all”.")
                skip = done
        case _:
            text = words(
                "4 of 4. When and how is it safe to write to you? Does anybody else read your "
                "phone?"
            )
            keyboard = Keyboard(
                words=(words("Any time in this chat"), words("Only in the daytime"))
            )
    card = Card(Kind.ASK, text, () if keyboard else (skip,), keyboard)
    cards: tuple[Card, ...] = (card,)
    return scene.turn(*cards, step=step, intake=intake, suggested="")


def hear(scene: Scene) -> Turn:
    """One answer of the parent on the way to a case."""
    state, incoming = scene.state, scene.incoming
    intake = state.intake or Intake(consent_at=scene.now)
    short = incoming.text.strip()[:LONGEST_SHORT_ANSWER]
    match state.step:
        case Step.TOWN:
            return _ask(scene, Step.WHO, replace(intake, town=_town(scene) or short))
        case Step.WHO if incoming.arrival is not Arrival.FILE:
            return _ask(scene, Step.STORY, replace(intake, who=short))
        case Step.CONTACT if incoming.arrival is not Arrival.FILE:
            return _open(scene, intake, short)
        case _:
            # A photo or voice message is part of the story, whenever it comes.
            story = (*intake.story, Said(incoming.text, incoming.file, incoming.message))
            step = Step.STORY if state.step is Step.STORY else state.step
            return _ask(scene, step, replace(intake, story=story))


def _town(scene: Scene) -> str:
    """The town of a shared position; the position itself is not kept."""
    point, directory = scene.incoming.point, scene.content.directory
    if point is None:
        return ""
    town, _distance = directory.nearest_town(point.latitude, point.longitude)
    return town.name("ru")


def skip(scene: Scene) -> Turn:
    """Goes on without an answer; the story alone cannot be empty when nothing else was said."""
    state = scene.state
    intake = state.intake
    if intake is None or not state.step.is_intake:
        return offer(scene)
    order = {Step.TOWN: Step.WHO, Step.WHO: Step.STORY, Step.STORY: Step.CONTACT}
    if state.step in order:
        return _ask(scene, order[state.step], intake)
    return _open(scene, intake, "")


def stop(scene: Scene) -> Turn:
    """Ends the questions; nothing is passed on."""
    words = scene.words
    text = words("Stopped. Nothing was passed on.")
    return scene.turn(
        Card(Kind.NOTE, text, ((home(words),),)), step=Step.NONE, intake=None, suggested=""
    )


def correct(scene: Scene) -> Turn:
    """An edited message while the story is being told."""
    intake = scene.state.intake or Intake(consent_at=scene.now)
    story = tuple(
        replace(said, text=scene.incoming.text)
        if said.telegram_message == scene.incoming.message
        else said
        for said in intake.story
    )
    return scene.turn(intake=replace(intake, story=story))


def _open(scene: Scene, intake: Intake, contact: str) -> Turn:
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
        passed_on_at=scene.now,
    )
    return Turn((), state, (HandOver(case), Count("handed-over")))


def case_card(scene: Scene, case: OpenCase) -> Card:
    """Where the parent's open case stands, and what they can do about it."""
    words = scene.words
    text = words(
        "Your case № {number} is with “{organisation}”. Just write here: everything you write or "
        "send goes to the caseworker.",
        number=case.number,
        organisation=escape(case.organisation),
    )
    withdraw_button = Button(words("I no longer need help"), action("withdraw", "ask"))
    return Card(Kind.NOTE, text, ((withdraw_button,), (home(words),)))


def withdraw(scene: Scene, reply: str) -> Turn:
    """Closes the case at the parent's wish, after one question."""
    words = scene.words
    if scene.case is None:
        return scene.turn(Card(Kind.NOTE, words("You have no open case."), ((home(words),),)))
    if reply != "yes":
        yes = Button(words("Yes, close it"), action("withdraw", "yes"))
        text = words("Close case № {number}?", number=scene.case.number)
        return scene.turn(Card(Kind.ASK, text, ((yes,), (home(words),))))
    text = words("Case № {number} is closed. All the best!", number=scene.case.number)
    return scene.turn(Card(Kind.NOTE, text, ((home(words),),))).also(Withdraw(scene.case))


def rate(scene: Scene, number: str, stars: str) -> Turn:
    """Takes the parent's judgement of a closed case."""
    words = scene.words
    if not number.isdecimal() or stars not in {"1", "2", "3", "4", "5"}:
        return scene.turn(Card(Kind.NOTE, words("This button is too old."), ((home(words),),)))
    text = words("Thank you for telling us.")
    card = Card(Kind.NOTE, text, ((home(words),),), replaces=scene.incoming.message)
    return scene.turn(card).also(Rate(int(number), int(stars)))


def reopen(scene: Scene, number: str) -> Turn:
    """Asks for a closed case to be opened again; the service says whether it worked."""
    if scene.case is not None or not number.isdecimal():
        return offer(scene)
    return scene.turn(step=Step.NONE).also(Reopen(int(number)))
