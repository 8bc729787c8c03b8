"""Counting days in the chat: taps, typed days, calendars; dates worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.cases.model import Said
from bot.conversation.actions import MAX_BYTES
from bot.conversation.decide import decide
from bot.conversation.incoming import Arrival
from bot.conversation.state import Intake, State, Step, pack, unpack
from bot.conversation.steps.deadlines import AHEAD
from bot.conversation.turn import Content, Count, Heard, PassOn, Remind, Turn
from bot.delivery.card import Button, Card, Kind
from bot.languages import Language
from bot.reminders.when import send_at
from bot.stay.model import Occasion
from bot.tg.rendering import render
from bot.tg.splitting import plain
from bot.understanding.model import Certainty, Danger
from tests.fakes import NOTHING, meaning
from tests.unit.conversation.conftest import CASE, NOW, MakeScene

# NOW is 24 November 2026 in Kazakhstan, a Tuesday.
TAP = Arrival.TAP
MOST_BUTTONS = 100  # Telegram takes no more below one message


def known(language: Language = Language.KY, **more: object) -> State:
    return State(language=language, seen_at=NOW, **more)  # type: ignore[arg-type]  # its fields


def buttons(turn: Turn) -> list[Button]:
    return [button for card in turn.cards for row in card.buttons for button in row]


def actions(turn: Turn) -> list[str]:
    return [button.action for button in buttons(turn)]


def the_card(turn: Turn) -> Card:
    (card,) = turn.cards
    return card


def asked_for_a_day(scene: MakeScene, language: Language, country: str = "TJ") -> State:
    """The state of somebody who was asked on which day they came."""
    turn = decide(scene(f"days:of:entry:{country}", arrival=TAP, state=known(language)))
    assert turn.state.step is Step.DAYS
    return turn.state


def test_from_the_menu_to_the_days_with_taps_alone(scene: MakeScene, content: Content) -> None:
    menu = decide(scene("home", arrival=TAP))
    assert "days:here" in actions(menu)
    first = decide(scene("days:here", arrival=TAP, message=9))
    assert the_card(first).replaces == 9
    assert [one for one in actions(first) if one.startswith("days:for:")] == [
        f"days:for:{one}" for one in Occasion
    ]
    second = decide(scene("days:for:entry", arrival=TAP, message=9, state=first.state))
    assert [one for one in actions(second) if one.startswith("days:of:")] == [
        f"days:of:entry:{one}" for one in ("KG", "UZ", "TJ", "RU", "other")
    ]
    third = decide(scene("days:of:entry:KG", arrival=TAP, message=9, state=second.state))
    assert "days:on:day:entry:KG:20261102" in actions(third)
    last = decide(scene("days:on:day:entry:KG:20261102", arrival=TAP, message=9, state=third.state))
    card = the_card(last)
    assert (card.kind, card.replaces) == (Kind.ANSWER, 9)
    words = content.locales["ky"]
    for day in (date(2026, 11, 5), date(2026, 12, 1), date(2027, 1, 23), date(2027, 1, 30)):
        assert words.weekday_and_date(day) in card.text
    assert {"days:remind", "days:before", "days:again:entry:KG", "person", "home"} <= set(
        actions(last)
    )
    assert Count("days") in last.requests


@pytest.mark.parametrize(
    ("language", "country", "text", "days", "left"),
    [
        (Language.RU, "RU", "я приехал 5 ноября 2026", ["2026-11-10", "2027-02-02"], "70"),
        (Language.KY, "UZ", "12-ноябрда келдим", ["2026-11-17", "2026-12-11"], "17"),
        (Language.TG, "TJ", "дар 5 ноябр омадам", ["2026-11-10", "2026-12-04"], "10"),
        (Language.UZ, "UZ", "bugun keldim", ["2026-11-27", "2026-12-23"], "29"),
        (Language.KK, "KG", "кеше келдім", ["2026-11-26", "2027-02-20"], "88"),
    ],
)
def test_a_typed_day_in_five_languages(
    scene: MakeScene,
    content: Content,
    language: Language,
    country: str,
    text: str,
    days: list[str],
    left: str,
) -> None:
    state = asked_for_a_day(scene, language, country)
    turn = decide(scene(text, heard=Heard(NOTHING), state=state))
    card = the_card(turn)
    assert card.kind is Kind.ANSWER
    assert card.replaces is None
    for day in days:
        shown = content.locales[language].weekday_and_date(date.fromisoformat(day))
        assert f"<b>{shown}</b>" in card.text
    assert f"{left} " in card.text
    assert turn.state.step is Step.NONE


@pytest.mark.parametrize("language", list(Language))
def test_doubtful_days_are_never_stated_as_certain(
    scene: MakeScene, content: Content, language: Language
) -> None:
    for country in ("UZ", "TJ"):
        tap = f"days:on:day:entry:{country}:20261102"
        card = the_card(decide(scene(tap, arrival=TAP, state=known(language))))
        rules = [one for one in content.rules.all if country in one.citizenships]
        doubtful = [one.texts[language].doubt for one in rules if one.certainty != "S"]
        assert doubtful
        for doubt in doubtful:
            assert content.phone("hotline-1414") in doubt
            assert doubt in card.text


@pytest.mark.parametrize("language", list(Language))
def test_many_days_are_a_short_list_first_and_told_at_length_in_a_folded_quote(
    scene: MakeScene, content: Content, language: Language
) -> None:
    turn = decide(scene("days:on:day:entry:TJ:20261102", arrival=TAP, state=known(language)))
    above, below = the_card(turn).text.split("<blockquote expandable>")
    folded, below = below.split("</blockquote>")
    assert len(plain(above + below)) < len(plain(folded))
    last_day = content.locales[language].weekday_and_date(date(2026, 12, 1))
    rule = content.rules.rule("stay-30-tj")
    assert rule is not None
    for part in (above, folded):  # a doubtful day is never shown without its doubt
        assert last_day in part
        assert rule.texts[language].doubt in part


def test_few_days_are_told_at_once(scene: MakeScene) -> None:
    turn = decide(scene("days:on:day:birth:all:20261120", arrival=TAP, state=known()))
    assert "<blockquote" not in the_card(turn).text


@pytest.mark.parametrize("language", list(Language))
def test_every_answer_fits_telegram_and_every_button_too(
    scene: MakeScene, language: Language
) -> None:
    for occasion in Occasion:
        for country in ("KG", "UZ", "TJ", "RU", "other"):
            for day in ("20241102", "20261102", "20261124", "20270302"):
                tap = f"days:on:day:{occasion}:{country}:{day}"
                turn = decide(scene(tap, arrival=TAP, state=known(language), message=9))
                assert turn.cards, tap
                assert {"person", "home"} <= set(actions(turn)), tap
                for card in turn.cards:
                    assert len(render(card).pieces) == 1, tap
                    assert sum(len(row) for row in card.buttons) <= MOST_BUTTONS, tap
                for button in buttons(turn):
                    assert button.text.strip()
                    assert 0 < len(button.action.encode()) <= MAX_BYTES


@pytest.mark.parametrize("language", list(Language))
def test_the_first_question_is_no_wall_of_buttons(scene: MakeScene, language: Language) -> None:
    card = the_card(decide(scene("days:here", arrival=TAP, state=known(language))))
    assert len(card.buttons) <= 9


def test_a_long_overstay_is_said_first_and_leads_to_a_person(scene: MakeScene) -> None:
    tap = "days:on:day:entry:KG:20241102"  # day 90 was 30 January 2025
    turn = decide(scene(tap, arrival=TAP, state=known(Language.RU)))
    card = the_card(turn)
    assert "30 января 2025" in card.text
    assert "прошло 663 дня" in card.text  # 335 of 2025 after 30 January, 328 of 2026
    assert "Не прячьтесь" in card.text
    assert actions(turn)[0] == "topic:overstay"
    assert "days:remind" not in actions(turn)
    assert turn.state.suggested == "person"


def test_an_entry_to_come_is_counted_up_to_a_year(scene: MakeScene) -> None:
    turn = decide(scene("days:on:day:entry:RU:20271120", arrival=TAP, state=known(Language.RU)))
    assert "17 февраля 2028" in the_card(turn).text
    turn = decide(scene("days:on:day:entry:RU:20281120", arrival=TAP, state=known(Language.RU)))
    assert the_card(turn).kind is Kind.ASK
    assert turn.state.step is Step.DAYS


def test_what_cannot_have_happened_yet_is_asked_again(scene: MakeScene) -> None:
    turn = decide(scene("days:on:day:birth:-:20261201", arrival=TAP, state=known(Language.RU)))
    assert the_card(turn).kind is Kind.ASK
    assert "1 декабря 2026" in the_card(turn).text


def test_a_birth_needs_no_citizenship(scene: MakeScene) -> None:
    asked = decide(scene("days:for:birth", arrival=TAP, state=known(Language.RU)))
    assert "days:on:day:birth:-:20261121" in actions(asked)
    assert "days:on:day:birth:-:20261125" not in actions(asked), "not yet"
    turn = decide(scene("days:on:day:birth:-:20261121", arrival=TAP, state=asked.state))
    assert "25 ноября 2026" in the_card(turn).text


def test_the_calendar_turns_its_pages_in_place_and_marks_today(scene: MakeScene) -> None:
    state = asked_for_a_day(scene, Language.RU)
    turn = decide(scene("days:at:day:entry:TJ:20261001", arrival=TAP, state=state, message=9))
    card = the_card(turn)
    assert card.replaces == 9
    assert card.buttons[0][0].text == "октябрь 2026"
    assert [button.text for button in card.buttons[1]] == ["пн", "вт", "ср", "чт", "пт", "сб", "вс"]
    assert len(card.buttons[2]) == 7
    assert "days:on:day:entry:TJ:20261031" in actions(turn)
    november = decide(scene("days:at:day:entry:TJ:20261101", arrival=TAP, state=turn.state))
    (today,) = (button for button in buttons(november) if button.text == "[24]")
    assert today.action == "days:on:day:entry:TJ:20261124"


@pytest.mark.parametrize("month", ["18000101", "99991201", "nonsense"])
def test_a_calendar_never_leads_out_of_time(scene: MakeScene, month: str) -> None:
    turn = decide(scene(f"days:at:day:entry:TJ:{month}", arrival=TAP))
    assert the_card(turn).kind is Kind.ASK


def test_what_is_only_there_to_be_read_does_nothing(scene: MakeScene) -> None:
    state = asked_for_a_day(scene, Language.RU)
    turn = decide(scene("days:still", arrival=TAP, state=state))
    assert turn.cards == ()
    assert turn.state.counting == state.counting


@pytest.mark.parametrize(
    "text", ["салам кандайсыз", "32.13.2026", "31.02.2026", "вчоро наверн", "?"]
)
def test_what_is_no_day_is_asked_again_kindly(scene: MakeScene, text: str) -> None:
    state = asked_for_a_day(scene, Language.KY)
    turn = decide(scene(text, heard=Heard(NOTHING), state=state))
    assert the_card(turn).kind is Kind.ASK
    assert turn.state.step is Step.DAYS
    assert turn.state.unclear == 1
    for _ in range(2):
        turn = decide(scene(text, heard=Heard(NOTHING), state=turn.state))
    assert actions(turn)[0] == "person"
    assert actions(turn).count("person") == 1


def test_a_day_of_which_year_is_asked_when_it_may_be_last_years(scene: MakeScene) -> None:
    state = asked_for_a_day(scene, Language.RU, "UZ")
    turn = decide(scene("5 января приехал", heard=Heard(NOTHING), state=state))
    assert [one for one in actions(turn) if one.startswith("days:on")] == [
        "days:on:day:entry:UZ:20260105",
        "days:on:day:entry:UZ:20270105",
    ]
    turn = decide(scene("5 января 2027", heard=Heard(NOTHING), state=state))
    assert the_card(turn).kind is Kind.ANSWER
    turn = decide(scene("12", heard=Heard(NOTHING), state=state))
    assert "days:on:day:entry:UZ:20261112" in actions(turn)


def test_a_clear_question_about_something_else_is_answered(scene: MakeScene) -> None:
    state = asked_for_a_day(scene, Language.RU)
    turn = decide(scene("…", heard=Heard(meaning("school-enrolment")), state=state))
    assert turn.state.topic == "school-enrolment"
    assert turn.state.step is Step.NONE


def test_danger_comes_before_any_counting(scene: MakeScene) -> None:
    state = asked_for_a_day(scene, Language.RU)
    heard = Heard(meaning("domestic-violence", danger=Danger.VIOLENCE))
    turn = decide(scene("муж бьёт 5 ноября", heard=heard, state=state))
    assert turn.cards[0].kind is Kind.SAFETY


def test_country_and_day_in_one_message_leave_one_tap(scene: MakeScene) -> None:
    asked = decide(scene("days", arrival=Arrival.COMMAND, state=known(Language.RU)))
    told = decide(scene("12 октябрь, Өзбекстан", heard=Heard(NOTHING), state=asked.state))
    assert "days:for:entry" in actions(told), "what happened is never guessed"
    turn = decide(scene("days:for:entry", arrival=TAP, state=told.state))
    assert "10 ноября 2026" in the_card(turn).text  # 20 days of October and 10 of November


def test_the_country_alone_answers_the_question_for_it(scene: MakeScene) -> None:
    asked = decide(scene("days:for:entry", arrival=TAP, state=known(Language.TG)))
    turn = decide(scene("Тоҷикистон", heard=Heard(NOTHING), state=asked.state))
    assert "days:on:day:entry:TJ:20261102" in actions(turn)
    turn = decide(scene("Казахстан", heard=Heard(NOTHING), state=asked.state))
    assert "days:of:entry:TJ" in actions(turn), "its own citizens have no last day"


def test_what_was_told_early_is_not_asked_again(scene: MakeScene) -> None:
    asked = decide(scene("days", arrival=Arrival.COMMAND, state=known(Language.RU)))
    named = decide(scene("5 ноября 2026", heard=Heard(NOTHING), state=asked.state))
    chosen = decide(scene("days:for:entry", arrival=TAP, state=named.state))
    turn = decide(scene("days:of:entry:TJ", arrival=TAP, state=chosen.state))
    assert "4 декабря 2026" in the_card(turn).text


@pytest.mark.parametrize(
    ("topic", "action"),
    [
        ("overstay", "days:again:entry:-"),
        ("temporary-residence", "days:again:entry:-"),
        ("stay-period", "days:again:entry:-"),
        ("arrival-notification", "days:again:entry:-"),
        ("birth-registration", "days:again:birth:-"),
    ],
)
def test_answers_about_days_lead_to_the_counting_and_stay(
    scene: MakeScene, topic: str, action: str
) -> None:
    turn = decide(scene(f"topic:{topic}", arrival=TAP, message=9))
    assert action in actions(turn)
    assert any(one.startswith("topic:") for one in actions(turn)), "what is related stays, too"
    asked = decide(scene(action, arrival=TAP, message=9, state=turn.state))
    assert the_card(asked).replaces is None


def test_a_question_with_a_day_is_offered_to_be_counted_from_it(
    scene: MakeScene, content: Content
) -> None:
    day_30 = content.locales["tg"].weekday_and_date(date(2026, 12, 4))
    heard = Heard(meaning("overstay"))
    state = known(Language.TG)
    text = "ман аз Тоҷикистон, дар 5 ноябр омадам, то кай мумкин"
    turn = decide(scene(text, heard=heard, state=state))
    assert [card.kind for card in turn.cards] == [Kind.ANSWER, Kind.ASK]
    assert turn.state.topic == "overstay"
    counted = decide(scene("days:on:day:entry:TJ:20261105", arrival=TAP, state=turn.state))
    assert day_30 in the_card(counted).text
    turn = decide(scene("дар 5 ноябр омадам", heard=heard, state=state))
    assert "days:on:day:entry:-:20261105" in actions(turn)
    turn = decide(scene("days:on:day:entry:-:20261105", arrival=TAP, state=turn.state))
    turn = decide(scene("days:of:entry:TJ", arrival=TAP, state=turn.state))
    assert day_30 in the_card(turn).text
    heard = Heard(meaning("work-permit"))
    turn = decide(scene("5 ноября начал работать", heard=heard, state=state))
    assert len(turn.cards) == 1, "that day may be of anything"


@pytest.mark.parametrize("certainty", [Certainty.UNSURE, Certainty.UNKNOWN])
@pytest.mark.parametrize(
    ("language", "text"),
    [
        (Language.TG, "дар 5 ноябр омадам, аз Тоҷикистон"),
        (Language.KY, "Тажикстандан 5-ноябрда келдим"),
        (Language.UZ, "Tojikistondan 5 noyabrda keldim"),
        (Language.KK, "Тәжікстаннан 5 қарашада келдім"),
        (Language.RU, "приехал 5 ноября из Таджикистана"),
    ],
)
def test_who_tells_the_day_they_came_without_a_clear_question_has_it_counted(
    scene: MakeScene, content: Content, language: Language, text: str, certainty: Certainty
) -> None:
    heard = Heard(meaning("statelessness", certainty=certainty))
    turn = decide(scene(text, heard=heard, state=known(language)))
    card = the_card(turn)
    assert card.kind is Kind.ANSWER
    assert content.locales[language].weekday_and_date(date(2026, 11, 5)) in card.text


def test_the_day_somebody_came_is_no_counting_where_the_question_is_clear(
    scene: MakeScene,
) -> None:
    heard = Heard(meaning("child-travel"))
    turn = decide(scene("приехал 5 ноября", heard=heard, state=known(Language.RU)))
    assert turn.state.topic == "child-travel"


def test_earlier_stays_are_counted(scene: MakeScene, content: Content) -> None:
    state = decide(scene("days:on:day:entry:KG:20261102", arrival=TAP, state=known())).state
    came = decide(scene("days:before", arrival=TAP, state=state))
    assert the_card(came).buttons[0][0].text == "Октябрь 2026"
    left = decide(scene("days:on:came:entry:KG:20260901", arrival=TAP, state=came.state))
    assert "days:on:left:entry:KG:20260930" in actions(left)
    turn = decide(scene("30.09.2026", heard=Heard(NOTHING), state=left.state))
    assert (
        content.locales["ky"].day(date(2026, 12, 31)) in the_card(turn).text
    )  # 60 of the 90 days are left
    old = decide(scene("days:on:left:entry:KG:20260930", arrival=TAP, state=known()))
    assert the_card(old).kind is Kind.ASK, "an earlier stay without its own stay is asked anew"


def test_remind_me_of_one_day_at_once_and_of_several_by_choice(scene: MakeScene) -> None:
    state = decide(scene("days:on:day:move:-:20261124", arrival=TAP, state=known())).state
    turn = decide(scene("days:remind", arrival=TAP, state=state))
    wishes = [one for one in actions(turn) if one.startswith("days:keep")]
    assert wishes == [
        "days:keep:new-host:20261127",
        "days:keep:new-address:20261201",
        "days:keep",
    ]
    turn = decide(scene("days:keep:new-address:20261201", arrival=TAP, state=known()))
    assert turn.requests == (Remind("new-address", date(2026, 12, 1)),)
    turn = decide(scene("days:keep", arrival=TAP, state=state))
    assert turn.requests == (
        Remind("new-host", date(2026, 11, 27)),
        Remind("new-address", date(2026, 12, 1)),
    )
    one = decide(scene("days:on:day:sixteen:-:20261124", arrival=TAP, state=known())).state
    turn = decide(scene("days:remind", arrival=TAP, state=one))
    assert turn.requests == (Remind("trp-sixteen", date(2026, 12, 3)),)


@pytest.mark.parametrize(
    "old",
    ["days:keep", "days:remind", "days:before", "days:keep:gone:20261201", "days:keep:new-host:x",
     "days:for:gone", "days:of:entry", "days:on:day:gone:KG:20261102", "days:what"],
)  # fmt: skip
def test_a_button_of_another_time_asks_anew(scene: MakeScene, old: str) -> None:
    turn = decide(scene(old, arrival=TAP))
    assert the_card(turn).kind is Kind.ASK
    assert not turn.requests


def test_where_no_rule_is_known_a_number_and_a_person_are_named(
    scene: MakeScene, content: Content
) -> None:
    turn = decide(scene("days:on:day:contract:UZ:20261102", arrival=TAP))
    assert content.phone("hotline-1414") in the_card(turn).text
    assert {"person", "home"} <= set(actions(turn))


def test_asking_in_ones_own_words(scene: MakeScene) -> None:
    for text in ("посчитай мои дни", "канча күнүм калды", "kunlarimni hisobla"):
        turn = decide(scene(text, heard=Heard(NOTHING)))
        assert "days:for:entry" in actions(turn)


def test_a_half_told_intake_loses_nothing(scene: MakeScene) -> None:
    intake = Intake(consent_at=NOW, town="Шымкент", who="Балам", story=(Said("…"),))
    state = known(step=Step.STORY, intake=intake)
    turn = decide(scene("days:on:day:entry:KG:20261102", arrival=TAP, state=state))
    assert (turn.state.step, turn.state.intake) == (Step.STORY, intake)


def test_counting_works_while_a_case_is_open(scene: MakeScene) -> None:
    state = asked_for_a_day(scene, Language.RU)
    turn = decide(scene("5 ноября 2026", heard=Heard(NOTHING), state=state, case=CASE))
    assert turn.cards[0].kind is Kind.ANSWER
    assert [request for request in turn.requests if isinstance(request, PassOn)]
    turn = decide(scene("спасибо вам", heard=Heard(NOTHING), state=state, case=CASE))
    assert "1007" in turn.cards[0].text


def test_the_day_is_forgotten_with_the_topic_and_told_on_request(scene: MakeScene) -> None:
    state = decide(scene("days:on:day:entry:KG:20261102", arrival=TAP)).state
    assert unpack(pack(state)).counting == state.counting
    assert state.counting is not None
    shown = decide(scene("mydata", arrival=Arrival.COMMAND, state=state))
    plain = decide(scene("mydata", arrival=Arrival.COMMAND))
    assert len(shown.cards[0].text) > len(plain.cards[0].text)
    later = replace(state, seen_at=NOW - timedelta(hours=13))
    assert decide(scene("home", arrival=TAP, state=later)).state.counting is None


def earlier_stay_asked(scene: MakeScene) -> State:
    """The state of somebody who was asked when they left, that time."""
    state = decide(scene("days:on:day:entry:KG:20261102", arrival=TAP, state=known())).state
    state = decide(scene("days:before", arrival=TAP, state=state)).state
    return decide(scene("days:on:came:entry:KG:20260901", arrival=TAP, state=state)).state


def test_a_second_tap_on_the_day_of_leaving_changes_nothing(scene: MakeScene) -> None:
    tap = "days:on:left:entry:KG:20260930"
    first = decide(scene(tap, arrival=TAP, state=earlier_stay_asked(scene)))
    second = decide(scene(tap, arrival=TAP, state=first.state))
    assert second.cards == first.cards
    assert second.state.counting == first.state.counting


@pytest.mark.parametrize("step", [Step.TOWN, Step.WHO, Step.STORY, Step.CONTACT])
def test_a_day_typed_on_the_way_to_a_case_is_no_town_and_no_name(
    scene: MakeScene, step: Step
) -> None:
    intake = Intake(consent_at=NOW, town="" if step is Step.TOWN else "Шымкент")
    asked = decide(
        scene("days:of:entry:TJ", arrival=TAP, state=known(step=step, intake=intake))
    ).state
    turn = decide(scene("дар 5 ноябр омадам", heard=Heard(NOTHING), state=asked))
    kinds = [card.kind for card in turn.cards]
    assert kinds == [Kind.ANSWER, Kind.ASK], "the open question stands last"
    assert turn.state.step is step
    assert turn.state.intake is not None
    told = [said.text for said in turn.state.intake.story]
    assert told == (["дар 5 ноябр омадам"] if step is Step.STORY else [])
    assert replace(turn.state.intake, story=()) == intake
    after = decide(scene("10.11.2026", heard=Heard(NOTHING), state=turn.state))
    assert Kind.ANSWER not in [card.kind for card in after.cards], "nothing is asked any more"


def test_an_unclear_day_on_the_way_to_a_case_is_asked_for_before_its_question(
    scene: MakeScene,
) -> None:
    state = known(Language.RU, step=Step.WHO, intake=Intake(consent_at=NOW, town="Шымкент"))
    asked = decide(scene("days:of:entry:TJ", arrival=TAP, state=state)).state
    turn = decide(scene("5 января", heard=Heard(NOTHING), state=asked))
    assert "days:on:day:entry:TJ:20260105" in actions(turn)
    assert (turn.state.step, turn.state.intake) == (state.step, state.intake)


@pytest.mark.parametrize("step", [Step.WHO, Step.CONTACT])
def test_danger_and_long_words_on_the_way_to_a_case_are_never_taken_for_a_day(
    scene: MakeScene, step: Step
) -> None:
    state = known(Language.RU, step=step, intake=Intake(consent_at=NOW, town="Шымкент"))
    asked = decide(scene("days:of:entry:TJ", arrival=TAP, state=state)).state
    long = "мне и двум моим детям, младший родился 5 ноября 2026 года здесь"
    heard = Heard(meaning("domestic-violence", danger=Danger.VIOLENCE))
    for text, what in ((long, Heard(NOTHING)), ("муж бьёт с 5 ноября", heard)):
        turn = decide(scene(text, heard=what, state=asked))
        assert text in repr((turn.state.intake, turn.requests)), "it is told to the caseworker"


def test_after_danger_nobody_is_asked_for_a_day_and_yes_means_a_person(scene: MakeScene) -> None:
    state = asked_for_a_day(scene, Language.RU)
    heard = Heard(meaning("domestic-violence", danger=Danger.VIOLENCE))
    danger = decide(scene("муж бьёт", heard=heard, state=state))
    turn = decide(scene("что мне делать", heard=Heard(NOTHING), state=danger.state))
    assert turn.cards[0].kind is Kind.CHOICES
    turn = decide(scene("да", heard=Heard(meaning("affirm")), state=danger.state))
    assert turn.state.step is Step.CONSENT


def test_yes_after_danger_never_deletes_anything(scene: MakeScene) -> None:
    state = decide(scene("delete", arrival=Arrival.COMMAND, state=known())).state
    heard = Heard(meaning("domestic-violence", danger=Danger.VIOLENCE))
    state = decide(scene("…", heard=heard, state=state)).state
    turn = decide(scene("ооба", heard=Heard(meaning("affirm")), state=state))
    assert not turn.requests


def test_no_ends_the_question_for_a_day(scene: MakeScene) -> None:
    state = asked_for_a_day(scene, Language.RU)
    turn = decide(scene("нет", heard=Heard(meaning("deny")), state=state))
    assert turn.state.step is Step.NONE


def test_yes_to_the_offered_day_counts_from_it(scene: MakeScene) -> None:
    state = known(Language.TG)
    offered = decide(scene("дар 5 ноябр омадам", heard=Heard(meaning("overstay")), state=state))
    turn = decide(scene("ҳа", heard=Heard(meaning("affirm")), state=offered.state, message=9))
    assert the_card(turn).replaces is None, "nobody's own words can be edited"
    assert "days:of:entry:TJ" in actions(turn)
    assert turn.state.counting is not None
    assert turn.state.counting.day == date(2026, 11, 5)


@pytest.mark.parametrize("language", list(Language))
def test_the_command_asks_what_happened_in_every_language(
    scene: MakeScene, content: Content, language: Language
) -> None:
    turn = decide(
        scene("days", arrival=Arrival.COMMAND, state=State(), language_code=language.value)
    )
    assert content.locales[language]("Count my days") in the_card(turn).text


def test_all_that_was_told_to_the_counting_is_shown_on_request(
    scene: MakeScene, content: Content
) -> None:
    tap = "days:on:left:entry:KG:20260930"
    state = decide(scene(tap, arrival=TAP, state=earlier_stay_asked(scene))).state
    text = decide(scene("mydata", arrival=Arrival.COMMAND, state=state)).cards[0].text
    words = content.locales["ky"]
    for day in (date(2026, 11, 2), date(2026, 9, 1), date(2026, 9, 30)):
        assert words.day(day) in text
    assert words.country("KG") in text


def test_a_permit_that_ends_in_years_can_be_reminded_of(scene: MakeScene) -> None:
    last = date(2026, 11, 24) + AHEAD[Occasion.PERMIT]
    tap = f"days:on:day:permit:-:{last:%Y%m%d}"
    state = decide(scene(tap, arrival=TAP, state=known())).state
    wishes = decide(scene("days:keep", arrival=TAP, state=state)).requests
    assert wishes
    for wish in wishes:
        assert isinstance(wish, Remind)
        assert send_at(wish.deadline, NOW) is not None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (Language.TG, "omadam 12 noyabr"),
        (Language.KY, "12-ноябрда келдим"),
        (Language.UZ, "12 noyabrda kelganman"),
        (Language.RU, "приехала 12 ноября"),
        (Language.KK, "12 қарашада келдім"),
    ],
)
def test_who_says_that_they_came_has_said_what_happened(
    scene: MakeScene, language: Language, text: str
) -> None:
    first = decide(scene("days", arrival=TAP, state=known(language)))
    turn = decide(scene(text, heard=Heard(NOTHING), state=first.state))
    assert "days:of:entry:TJ" in actions(turn)
    counted = decide(scene("days:of:entry:TJ", arrival=TAP, state=turn.state))
    assert "2026" in the_card(counted).text
    assert "days:remind" in actions(counted)


def test_a_clear_question_with_somebody_who_came_is_no_answer(scene: MakeScene) -> None:
    first = decide(scene("days", arrival=TAP, state=known(Language.RU)))
    heard = Heard(meaning("school-enrolment"))
    turn = decide(scene("дети приехали, как в школу?", heard=heard, state=first.state))
    assert turn.state.topic == "school-enrolment"


def test_a_day_without_what_happened_is_kept_and_said(scene: MakeScene) -> None:
    first = decide(scene("days", arrival=TAP, state=known(Language.RU)))
    turn = decide(scene("12 ноября, Узбекистан", heard=Heard(NOTHING), state=first.state))
    assert the_card(turn).text.startswith(
        "<b>Посчитать дни: 12 ноября 2026\u202fг., Узбекистан</b>"
    )
    assert "days:for:entry" in actions(turn)


@pytest.mark.parametrize("text", ["12 ноябрь", "12.11.2026", "2026-11-12", "12 noyabr 2026"])
def test_a_day_alone_is_asked_about_and_never_turned_away(scene: MakeScene, text: str) -> None:
    heard = Heard(meaning("out-of-scope"))
    fresh = decide(scene(text, heard=heard, state=known(Language.TG)))
    assert "days:for:entry" in actions(fresh)
    assert "2026" in the_card(fresh).text
    after_answer = known(Language.TG, topic="overstay")
    assert "days:of:entry:TJ" in actions(decide(scene(text, heard=heard, state=after_answer)))


def test_another_day_alone_after_the_answer_counts_anew(scene: MakeScene) -> None:
    told = asked_for_a_day(scene, Language.TG)
    first = decide(scene("12 ноябри 2026", heard=Heard(NOTHING), state=told))
    heard = Heard(meaning("out-of-scope"))
    again = decide(scene("13.11.2026", heard=heard, state=first.state))
    assert again.state.counting is not None
    assert again.state.counting.day == date(2026, 11, 13)
    assert again.state.counting.citizenship == "TJ"


@pytest.mark.parametrize("text", ["103", "77777", "12", "завтра", "12 ноября суд"])
def test_what_is_more_or_less_than_a_day_alone_is_left_to_understanding(
    scene: MakeScene, text: str
) -> None:
    turn = decide(scene(text, heard=Heard(NOTHING), state=known(Language.RU)))
    assert turn.state.step is not Step.DAYS


def test_the_day_to_choose_for_a_reminder_is_the_day_reminded_of(scene: MakeScene) -> None:
    """On 16 December offices are closed: everything says 15 December."""
    told = asked_for_a_day(scene, Language.RU, "UZ")
    counted = decide(scene("24.11.2026", heard=Heard(NOTHING), state=told))
    offered = decide(scene("days:remind", arrival=TAP, state=counted.state))
    texts = [button.text for button in buttons(offered)]
    assert [text for text in texts if text.startswith("15 дек")]
    assert not [text for text in texts if text.startswith("16 дек")]
