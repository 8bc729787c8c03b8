"""Carries out what a turn asks for, inside the turn's transaction."""

from __future__ import annotations

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases import store as cases
from bot.cases.model import OpenCase, Said
from bot.clock import day_of
from bot.conversation.outcomes import case_not_found, case_opened, reminders_set
from bot.conversation.turn import (
    CancelReminder,
    ChooseLanguage,
    Correct,
    DeleteData,
    Gone,
    HandOver,
    Keep,
    PassOn,
    RaiseDanger,
    Rate,
    Remind,
    ReminderDone,
    Reopen,
    ReportPlace,
    Request,
    Scene,
    Turn,
    Withdraw,
)
from bot.delivery import inbox
from bot.delivery.card import Card
from bot.errors import Conflict
from bot.insight import place_reports
from bot.languages import FALLBACK
from bot.people import store as people
from bot.reminders import store as reminders
from bot.reminders.model import Refusal, Reminder
from bot.reminders.when import send_at
from bot.stay.working_days import on_or_before


async def carry_out(
    session: AsyncSession, person_id: int, scene: Scene, turn: Turn
) -> tuple[tuple[Card, ...], int]:
    """Does everything the turn asks for.

    Returns the cards to say, those that tell of the results included, and the number
    of the person to send them to (a bare one after "delete my data"). Raises Conflict
    when what the turn was decided on has changed since.
    """
    cards, receiver = turn.cards, person_id
    if wishes := [request for request in turn.requests if isinstance(request, Remind)]:
        cards = (*cards, await _remind(session, person_id, scene, turn, wishes))
    for request in turn.requests:
        if isinstance(request, DeleteData):
            receiver = await _delete(session, person_id, scene)
        elif isinstance(request, HandOver | Reopen):
            cards = (*cards, await _open(session, person_id, scene, request))
        else:
            await _do(session, person_id, scene, request)
    return cards, receiver


async def _do(session: AsyncSession, person_id: int, scene: Scene, request: Request) -> None:
    now = scene.now
    match request:
        case ChooseLanguage(language, cyrillic):
            await people.choose_language(session, person_id, language, cyrillic=cyrillic)
        case PassOn(case, said):
            await _add_words(session, case, said, scene)
        case Correct(case, message, text):
            # What was corrected may have been an answer, not a message of the case.
            if not await cases.edit_words(session, case.id, message, text, now):
                await _add_words(session, case, Said(text, telegram_message=message), scene)
        case RaiseDanger(case, danger):
            await cases.raise_danger(session, case.id, danger)
        case Rate(number, rating):
            await cases.rate(session, person_id, number, rating)
        case Withdraw(case):
            await cases.withdraw(session, case.id, now)
        case CancelReminder(number):
            if not await reminders.cancel(session, person_id, number):
                raise Conflict(f"reminder {number} was sent meanwhile")
        case ReminderDone(number):
            await reminders.remove(session, person_id, number)
        case Keep(kept):
            await people.keep(session, person_id, kept)
        case ReportPlace(place, reason):
            today = day_of(now)
            await place_reports.report(session, place, reason, today)
        case Gone(gone):
            await people.mark_gone(session, person_id, now if gone else None)
        case _:  # counts are added by the service, reminders are set together
            return


async def _add_words(session: AsyncSession, case: OpenCase, said: Said, scene: Scene) -> None:
    if not await cases.add_words(session, case.id, said, scene.now):
        raise Conflict(f"case {case.number} was closed meanwhile")


async def _open(
    session: AsyncSession, person_id: int, scene: Scene, request: HandOver | Reopen
) -> Card:
    rescue = scene.content.phone("hotline-112")
    if isinstance(request, Reopen):
        reopened = await cases.reopen(session, person_id, request.number, scene.now)
        if reopened is None:
            return case_not_found(scene.words)
        return case_opened(scene.words, reopened, rescue)
    assert scene.organisation is not None  # the questions are only asked when there is one
    case = await cases.open_case(session, person_id, scene.organisation, request.case, scene.now)
    return case_opened(scene.words, case, rescue)


async def _remind(
    session: AsyncSession, person_id: int, scene: Scene, turn: Turn, wishes: list[Remind]
) -> Card:
    language = turn.state.language or FALLBACK
    # Theirs may only be guessed so far, and a guess does not last until the reminder.
    await people.choose_language(session, person_id, language)
    results: list[tuple[Remind, Reminder | Refusal]] = []
    for wish in wishes:
        day = _day_to_act(wish, scene)
        result = await reminders.remind(session, person_id, wish.rule, day, scene.now)
        results.append((wish, result))
    return reminders_set(scene.content, language, tuple(results))


def _day_to_act(wish: Remind, scene: Scene) -> date:
    """The day to remind of: a last day on which the office is closed helps nobody."""
    rule = scene.content.rules.rule(wish.rule)
    is_ahead = send_at(wish.deadline, scene.now) is not None
    if rule is None or not rule.in_office or not is_ahead:
        return wish.deadline
    return on_or_before(wish.deadline)


async def _delete(session: AsyncSession, person_id: int, scene: Scene) -> int:
    await cases.forget(session, person_id, scene.now)
    await inbox.forget_lane(session, people.lane_of(scene.incoming.address))
    return await people.forget(session, person_id, scene.now)
