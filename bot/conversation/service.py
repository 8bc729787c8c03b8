"""One message, straight through: read, ask, decide, write, wake."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases import store as cases
from bot.clock import Clock, day_of
from bot.conversation import store
from bot.conversation.carry_out import carry_out
from bot.conversation.decide import decide, emergency_card
from bot.conversation.incoming import Arrival, Incoming
from bot.conversation.outcomes import apology
from bot.conversation.state import State
from bot.conversation.turn import ChooseLanguage, Content, Count, Heard, Scene, Turn
from bot.delivery import inbox, outbox
from bot.delivery.script import in_cyrillic
from bot.delivery.sender import Channel
from bot.errors import Conflict, DeliveryError, UnderstandingUnavailable
from bot.insight import counts
from bot.languages import FALLBACK, UZBEK_IN_CYRILLIC, Language, language_or_none
from bot.people import store as people
from bot.reminders import store as reminders
from bot.staff import store as staff
from bot.storage import bell
from bot.storage.database import Database
from bot.understanding.understander import Understander

log = structlog.get_logger()

HAS_WORDS = {Arrival.TEXT, Arrival.EDIT, Arrival.FILE}
MEMBERSHIP = {Arrival.BLOCKED, Arrival.UNBLOCKED}
REMEMBERED_LANGUAGES = 10_000


class Conversation:
    """Handles what people send; every failure leaves the update in the inbox."""

    def __init__(
        self,
        database: Database,
        understander: Understander,
        content: Callable[[], Content],
        clock: Clock,
    ) -> None:
        self._database = database
        self._understander = understander
        self._content = content
        self._clock = clock
        # For the one moment when the database is away and somebody is in danger.
        self._languages: OrderedDict[int, str] = OrderedDict()

    async def handle(self, incoming: Incoming) -> None:
        """Answers one update and takes it out of the inbox, in one transaction."""
        try:
            await self._answer(incoming)
        except Conflict:  # the case was closed at the desk meanwhile: decided anew without it
            log.info("update.overtaken", update=incoming.update_id)
            await self._answer(incoming)

    async def _answer(self, incoming: Incoming) -> None:
        scene = await self._set_scene(incoming)
        turn = decide(replace(scene, heard=await self._hear(incoming, scene.state)))
        self._remember_language(incoming.address, _language_code(scene, turn))
        async with self._database.transaction() as session:
            if not await inbox.finish(session, incoming.update_id):
                log.info("update.handled_before", update=incoming.update_id)
                return
            await self._write(session, scene, turn)
        await self._wake(turn)
        log.info(
            "update.handled",
            update=incoming.update_id,
            arrival=incoming.arrival.value,
            cards=[card.kind.value for card in turn.cards],
        )

    async def _set_scene(self, incoming: Incoming) -> Scene:
        async with self._database.reading() as session:
            person = await people.find(session, incoming.address)
            organisation = await staff.receiving(session)
            content, now = self._content(), self._clock.now()
            nobody = Scene(incoming, Heard(), State(), None, organisation, content, now)
            if person is None:
                return nobody
            return replace(
                nobody,
                state=await store.load(session, person),
                case=await cases.open_case_of(session, person.id),
                reminders=await reminders.of_person(session, person.id),
                closed_cases=await cases.closed_cases_of(session, person.id),
                kept=person.kept,
                cyrillic=person.cyrillic,
            )

    async def _hear(self, incoming: Incoming, state: State) -> Heard:
        """Asks Rasa about words; taps, commands and positions never do."""
        if incoming.arrival not in HAS_WORDS or not incoming.text.strip():
            return Heard()
        return await self.listen(incoming.text, state)

    async def listen(self, text: str, state: State) -> Heard:
        """What the words mean after what was said before; danger is found in any case."""
        language, dangers = state.language or FALLBACK, self._understander.dangers(text)
        try:
            meaning = await self._understander.understand(
                text, language=language.value, topic=state.topic
            )
        except UnderstandingUnavailable:
            return Heard(None, dangers, away=True)
        return Heard(meaning, dangers)

    async def _write(self, session: AsyncSession, scene: Scene, turn: Turn) -> None:
        incoming, now = scene.incoming, scene.now
        if incoming.arrival is Arrival.GROUP:
            passing = await people.make_passing(session, incoming.address, now)
            await outbox.put(session, passing, turn.cards, now)
            return
        if incoming.arrival is Arrival.IGNORED:
            return
        if incoming.arrival in MEMBERSHIP and not await people.find(session, incoming.address):
            return  # often right after "delete my data": nothing is to be known again
        person = await people.find_or_make(session, incoming.address, now)
        await store.save(session, person.id, turn.state, now)
        cards, receiver = await carry_out(session, person.id, scene, turn)
        await outbox.put(session, receiver, cards, now)
        await self._count(session, turn, now)

    async def _count(self, session: AsyncSession, turn: Turn, now: datetime) -> None:
        language = (turn.state.language or FALLBACK).value
        day = day_of(now)
        for request in turn.requests:
            if isinstance(request, Count):
                await counts.add_one(session, day, language, request.name)

    async def _wake(self, turn: Turn) -> None:
        await self._database.bell.ring(bell.OUTBOX)
        if any(not isinstance(request, Count) for request in turn.requests):
            await self._database.bell.ring(bell.CASES)
            await self._database.bell.ring(bell.FILES)

    def _remember_language(self, address: int, language: str | None) -> None:
        if language is None:  # also after "delete my data"
            self._languages.pop(address, None)
            return
        self._languages[address] = language
        self._languages.move_to_end(address)
        if len(self._languages) > REMEMBERED_LANGUAGES:
            self._languages.popitem(last=False)

    async def emergency(self, incoming: Incoming, channel: Channel) -> bool:
        """The safety card straight to Telegram while the database is away.

        True when somebody in danger was answered. The update stays with Telegram and is
        handled in full later.
        """
        dangers = self._understander.dangers(incoming.text) if incoming.text else ()
        code = self._languages.get(incoming.address) or incoming.language_code
        scene = Scene(
            incoming,
            Heard(None, dangers, away=True),
            State(language=language_or_none(code)),
            None,
            None,
            self._content(),
            self._clock.now(),
        )
        card = emergency_card(scene.content, scene)
        if card is None:
            return False
        card = in_cyrillic(card) if code == UZBEK_IN_CYRILLIC else card
        try:
            await channel.send(incoming.address, card)
        except DeliveryError as exc:
            log.error("emergency.not_sent", problem=type(exc).__name__)
            return False
        return True

    async def apologise(self, incoming: Incoming) -> None:
        """Says that something went wrong, after an update failed every time."""
        async with self._database.transaction() as session:
            person = await people.find_or_make(session, incoming.address, self._clock.now())
            language = person.language or FALLBACK
            content = self._content()
            card = apology(content.locales[language.value], content.phone("hotline-111"))
            await outbox.put(session, person.id, (card,), self._clock.now())
        await self._database.bell.ring(bell.OUTBOX)


def _language_code(scene: Scene, turn: Turn) -> str | None:
    """The language to remember, with its letters."""
    chosen = [one.cyrillic for one in turn.requests if isinstance(one, ChooseLanguage)]
    cyrillic = chosen[-1] if chosen else scene.cyrillic
    language = turn.state.language
    return UZBEK_IN_CYRILLIC if language is Language.UZ and cyrillic else language
