"""What a parent sees of their reminders, in every language."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.cases.model import ClosedCase
from bot.conversation.decide import decide
from bot.conversation.incoming import Arrival
from bot.conversation.outcomes import reminders_set
from bot.conversation.state import Intake, State, Step
from bot.conversation.steps.reminders import reminder_card
from bot.conversation.turn import (
    CancelReminder,
    Content,
    Remind,
    ReminderDone,
    Scene,
    Turn,
)
from bot.delivery.card import Card, Kind
from bot.languages import Language
from bot.reminders.model import MOST, DueReminder, Fate, Refusal, Reminder
from tests.unit.conversation.conftest import NOW, MakeScene, content, scene
from tests.unit.reminders.rules import DOUBTFUL, RULE, with_rules

__all__ = ["content", "scene"]

DAY = date(2026, 12, 20)
AT = datetime(2026, 12, 13, 5, 0, tzinfo=UTC)
WAITING = Reminder(3, RULE, DAY, AT, Fate.WAITING)
MISSED = Reminder(4, RULE, date(2026, 12, 22), AT, Fate.UNCERTAIN)
SENT = Reminder(5, RULE, date(2026, 12, 23), AT, Fate.SENT)


def known(language: Language = Language.KY, **more: object) -> State:
    return State(language=language, seen_at=NOW, **more)  # type: ignore[arg-type]  # its fields


def with_reminders(given: Scene, *reminders: Reminder) -> Scene:
    return replace(given, content=with_rules(given.content), reminders=reminders)


def actions(card: Card) -> list[str]:
    return [button.action for row in card.buttons for button in row]


def tap(scene: MakeScene, action: str, *reminders: Reminder, **more: object) -> Turn:
    return decide(with_reminders(scene(action, arrival=Arrival.TAP, **more), *reminders))


@pytest.mark.parametrize("language", list(Language))
def test_the_list_names_day_and_hour_and_cancels_by_number(
    scene: MakeScene, language: Language
) -> None:
    given = scene("reminders", arrival=Arrival.COMMAND, state=known(language))
    (card,) = decide(with_reminders(given, WAITING, MISSED, SENT)).cards
    words = given.content.locales[language.value]
    assert f"{RULE} {language}" in card.text
    assert words.day(DAY) in card.text
    assert words.moment(AT) in card.text
    assert "⚠️" in card.text
    assert actions(card) == [
        "reminders:cancel:3",
        "reminders:cancel:4",
        f"reminders:again:{RULE}:2026-12-22",
        *actions(card)[3:],
    ]
    assert {"person", "home"} == set(actions(card)[3:])
    assert words.day(SENT.deadline) not in card.text


def test_a_full_list_is_no_wall_of_buttons(scene: MakeScene) -> None:
    many = [replace(WAITING, id=number) for number in range(1, MOST + 1)]
    (card,) = tap(scene, "reminders", *many).cards
    assert len(card.buttons) <= 7


def test_without_reminders_the_list_says_how_to_get_one(scene: MakeScene) -> None:
    (card,) = tap(scene, "reminders").cards
    assert actions(card) == ["days:here", "home"]
    assert card.text


def test_cancelling_shows_what_is_left(scene: MakeScene) -> None:
    turn = tap(scene, "reminders:cancel:3", WAITING, MISSED)
    assert turn.requests == (CancelReminder(3),)
    assert "reminders:cancel:3" not in actions(turn.cards[0])
    assert "reminders:cancel:4" in actions(turn.cards[0])


def test_a_missed_reminder_can_be_taken_from_the_list(scene: MakeScene) -> None:
    assert tap(scene, "reminders:cancel:4", MISSED).requests == (ReminderDone(4),)


@pytest.mark.parametrize(
    "action", ["reminders:cancel:77", "reminders:cancel:5", "reminders:cancel:x", "reminders:a:b"]
)
def test_an_old_button_changes_nothing(scene: MakeScene, action: str) -> None:
    turn = tap(scene, action, SENT)
    assert turn.requests == ()
    assert turn.cards


@pytest.mark.parametrize("day", ["2026-13-01", "x", ""])
def test_a_broken_day_sets_no_reminder(scene: MakeScene, day: str) -> None:
    assert tap(scene, f"reminders:again:{RULE}:{day}").requests == ()
    assert tap(scene, "reminders:again:unknown:2026-12-20").requests == ()


def test_once_more_and_done(scene: MakeScene) -> None:
    again = tap(scene, f"reminders:again:{RULE}:2026-12-20", SENT)
    assert again.requests == (Remind(RULE, DAY),)
    done = tap(scene, "reminders:done:5", SENT)
    assert done.requests == (ReminderDone(5),)
    assert {"person", "home"} <= set(actions(done.cards[0]))


def test_the_menu_leads_to_the_list_only_when_there_is_one(scene: MakeScene) -> None:
    assert "reminders" not in actions(tap(scene, "home", SENT).cards[0])
    assert "reminders" in actions(tap(scene, "home", WAITING).cards[0])
    (card,) = tap(scene, "home", MISSED).cards
    (button,) = [one for row in card.buttons for one in row if one.action == "reminders"]
    assert button.text.startswith("⚠️")


@pytest.mark.parametrize("language", list(Language))
def test_the_confirmation_says_day_and_hour(content: Content, language: Language) -> None:
    wish = Remind(RULE, DAY)
    words = content.locales[language.value]
    card = reminders_set(with_rules(content), language, ((wish, WAITING),))
    assert words.moment(AT) in card.text
    assert words.day(DAY) in card.text
    assert {"reminders", "home"} == set(actions(card))
    for refusal in Refusal:
        refused = reminders_set(with_rules(content), language, ((wish, refusal),))
        assert words.moment(AT) not in refused.text
        assert "❗" in refused.text


@pytest.mark.parametrize("language", list(Language))
def test_the_reminder_names_the_day_and_what_to_do(content: Content, language: Language) -> None:
    due = DueReminder(3, 1, RULE, DAY, language, False)
    card = reminder_card(with_rules(content), due, AT)
    words = content.locales[language.value]
    assert card.kind is Kind.REMINDER
    assert f"<b>{words.weekday_and_date(DAY)}</b>" in card.text
    assert f"do {RULE} {language}" in card.text
    assert actions(card)[:2] == ["reminders:done:3", f"reminders:again:{RULE}:2026-12-20"]
    assert {"person", "home"} == set(actions(card)[2:])


@pytest.mark.parametrize("language", list(Language))
def test_after_a_long_silence_the_truth_is_told(content: Content, language: Language) -> None:
    due = DueReminder(3, 1, RULE, DAY, language, False)
    card = reminder_card(with_rules(content), due, datetime(2026, 12, 21, 5, 0, tzinfo=UTC))
    assert content.phone("hotline-1414") in card.text
    assert f"late {RULE} {language}" in card.text
    assert f"do {RULE}" not in card.text
    assert f"<b>{content.locales[language.value].weekday_and_date(DAY)}</b>" not in card.text
    assert not [one for one in actions(card) if one.startswith("reminders:again")]
    assert "person" in actions(card)


@pytest.mark.parametrize("language", list(Language))
def test_a_doubtful_day_is_never_stated_as_certain(content: Content, language: Language) -> None:
    for rule in (RULE, DOUBTFUL):
        due = DueReminder(3, 1, rule, DAY, language, False)
        card = reminder_card(with_rules(content), due, AT)
        assert ("Check at 1414." in card.text) is (rule == DOUBTFUL)


def test_every_rule_fits_into_the_buttons(content: Content) -> None:
    assert content.rules.all
    for rule in content.rules.all:
        due = DueReminder(10**9, 1, rule.id, DAY, Language.RU, False)
        for action_text in actions(reminder_card(content, due, AT)):
            assert len(action_text.encode()) <= 64


def test_a_rule_that_is_gone_is_still_a_reminder(content: Content) -> None:
    card = reminder_card(
        with_rules(content), DueReminder(3, 1, "gone", DAY, Language.RU, False), AT
    )
    assert content.locales["ru"].weekday_and_date(DAY) in card.text


@pytest.mark.parametrize("language", list(Language))
def test_what_is_known_about_a_person_is_complete(scene: MakeScene, language: Language) -> None:
    state = known(language, step=Step.STORY, intake=Intake(consent_at=NOW), danger="violence")
    given = with_reminders(scene("mydata", arrival=Arrival.COMMAND, state=state), WAITING, SENT)
    given = replace(given, closed_cases=(ClosedCase(1009, AT),))
    words = given.words
    (card,) = decide(given).cards
    assert words.day(DAY) in card.text
    assert words.day(SENT.deadline) in card.text
    assert "1009" in card.text
    assert words.day(AT.date()) in card.text
    assert words("that you may be in danger") in card.text
    assert card.text.count("\n• ") == 7
