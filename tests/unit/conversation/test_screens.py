"""What a hurried parent with a small phone may expect of every screen."""

from __future__ import annotations

import pytest

from bot.conversation.decide import decide
from bot.conversation.incoming import Arrival, Point
from bot.conversation.state import Intake, State, Step
from bot.conversation.turn import Content, HandOver, Heard, PassOn, Turn
from bot.delivery.card import Button, Card, Kind
from bot.languages import Language
from bot.understanding.model import Certainty, Danger
from tests.fakes import NOTHING, meaning
from tests.unit.conversation.conftest import CASE, NOW, MakeScene

MOST_ROWS = 7
# What Telegram shows of a label on a narrow phone, by how many share the row.
FITS = {2: 19, 3: 13}
STORY = Intake(consent_at=NOW, town="Шымкент", who="Балам")


def buttons(card: Card) -> list[Button]:
    return [button for row in card.buttons for button in row]


def actions(card: Card) -> list[str]:
    return [button.action for button in buttons(card)]


def known(language: Language = Language.KY, **more: object) -> State:
    return State(language=language, seen_at=NOW, **more)  # type: ignore[arg-type]  # its fields


@pytest.mark.parametrize("language", list(Language))
def test_no_card_is_a_wall_of_buttons_and_labels_can_be_read(
    scene: MakeScene, content: Content, language: Language
) -> None:
    for topic in content.library.topics:
        if not content.library.has(topic.id):
            continue
        taps = [f"topic:{topic.id}"]
        taps += [
            f"part:{topic.id}:{part}" for part in content.library.answer(topic.id, language).parts
        ]
        for tap in taps:
            for card in decide(scene(tap, arrival=Arrival.TAP, state=known(language))).cards:
                assert len(card.buttons) <= MOST_ROWS, tap
                for row in card.buttons:
                    longest = max(len(button.text) for button in row)
                    assert longest <= FITS.get(len(row), longest), (tap, row)


@pytest.mark.parametrize("language", list(Language))
def test_the_numbers_of_a_safety_card_stand_one_below_the_other(
    scene: MakeScene, language: Language
) -> None:
    for danger in Danger:
        turn = decide(scene("…", heard=Heard(meaning(danger=danger)), state=known(language)))
        assert " · " not in turn.cards[0].text
    turn = decide(scene("…", heard=Heard(meaning(danger=Danger.VIOLENCE)), state=known(language)))
    lines = turn.cards[0].text.splitlines()
    assert [line for line in lines if "102" in line and "112" in line] == []


def test_the_menu_never_takes_the_place_of_an_answer(scene: MakeScene) -> None:
    turn = decide(scene("home", arrival=Arrival.TAP, message=9))
    assert turn.cards[0].replaces is None
    turn = decide(scene("section:rights", arrival=Arrival.TAP, message=9))
    assert turn.cards[0].replaces == 9
    assert "home:here" in actions(turn.cards[0])
    turn = decide(scene("home:here", arrival=Arrival.TAP, message=9))
    assert turn.cards[0].replaces == 9


def test_a_long_section_is_shown_in_groups(scene: MakeScene, content: Content) -> None:
    (section,) = decide(scene("section:rights", arrival=Arrival.TAP, message=9)).cards
    groups = [one for one in actions(section) if one.startswith("group:")]
    assert groups == [f"group:{group.id}" for group in content.library.groups("rights")]
    shown: list[str] = []
    for group in groups:
        (card,) = decide(scene(group, arrival=Arrival.TAP, message=9)).cards
        assert (card.replaces, actions(card)[-2:]) == (9, ["section:rights", "home:here"])
        shown += [one for one in actions(card) if one.startswith("topic:")]
    assert sorted(shown) == sorted(f"topic:{t.id}" for t in content.library.section("rights"))


def test_an_unknown_group_is_the_menu(scene: MakeScene) -> None:
    (card,) = decide(scene("group:of-yore", arrival=Arrival.TAP, message=9)).cards
    assert "section:rights" in actions(card)


def test_changing_the_language_has_a_way_back(scene: MakeScene) -> None:
    turn = decide(scene("language", arrival=Arrival.TAP, message=9))
    assert actions(turn.cards[0])[-1] == "home:here"


def test_places_are_chosen_by_number(scene: MakeScene, content: Content) -> None:
    turn = decide(scene("", arrival=Arrival.LOCATION, point=Point(43.2389, 76.8897)))
    (card,) = turn.cards
    assert [button.text for button in card.buttons[0]] == ["1", "2", "3", "4", "5"]
    assert "<b>5. " in card.text
    assert content.phone("hotline-111") in card.text  # some places have no number of their own


def test_every_country_with_a_mission_can_be_chosen(scene: MakeScene) -> None:
    first = decide(scene("topic:consulates", arrival=Arrival.TAP)).cards[-1]
    assert "consulate:other" in actions(first)
    others = decide(scene("consulate:other", arrival=Arrival.TAP)).cards[0]
    assert {"consulate:UA", "consulate:TR", "person", "home"} <= set(actions(others))
    turn = decide(scene("consulate:UA", arrival=Arrival.TAP))
    assert turn.cards[0].kind is Kind.PLACE


def keyboard_words(turn: Turn) -> tuple[str, ...]:
    keyboard = turn.cards[-1].keyboard
    assert keyboard is not None
    return keyboard.words


def test_the_keys_below_the_location_lead_home_and_to_a_person(scene: MakeScene) -> None:
    asked = decide(scene("near", arrival=Arrival.TAP))
    to_home, to_person = keyboard_words(asked)
    assert decide(scene(to_home, state=asked.state)).cards[0].kind is Kind.MENU
    assert decide(scene(to_person, state=asked.state)).state.step is Step.CONSENT


def test_the_question_for_the_town_can_be_skipped_or_ended(scene: MakeScene) -> None:
    asked = decide(scene("consent:yes", arrival=Arrival.TAP))
    skip, stop = keyboard_words(asked)
    assert decide(scene(skip, state=asked.state)).state.step is Step.WHO
    assert decide(scene(stop, state=asked.state)).state.intake is None


def test_an_old_key_is_not_passed_on_to_the_caseworker(scene: MakeScene) -> None:
    skip, _stop = keyboard_words(decide(scene("consent:yes", arrival=Arrival.TAP)))
    turn = decide(scene(skip, case=CASE))
    assert not [request for request in turn.requests if isinstance(request, PassOn)]
    assert turn.cards[0].kind is Kind.MENU


def test_a_case_can_be_opened_with_taps_alone(scene: MakeScene) -> None:
    state = known(step=Step.WHO, intake=Intake(consent_at=NOW, town="Шымкент"))
    turn = decide(scene("reply:child", arrival=Arrival.TAP, state=state, message=9))
    answered, question = turn.cards
    assert answered.replaces == 9
    assert "✓" in answered.text
    assert "skip:story" in actions(question)
    assert turn.state.intake is not None
    assert turn.state.intake.who
    turn = decide(scene("skip:story", arrival=Arrival.TAP, state=turn.state))
    turn = decide(scene("reply:day", arrival=Arrival.TAP, state=turn.state))
    (request,) = [one for one in turn.requests if isinstance(one, HandOver)]
    assert request.case.contact


def test_a_ready_answer_to_an_older_question_changes_nothing(scene: MakeScene) -> None:
    state = known(step=Step.STORY, intake=STORY)
    turn = decide(scene("reply:me", arrival=Arrival.TAP, state=state))
    assert turn.state.intake == STORY
    assert turn.state.step is Step.STORY


def test_looking_for_help_during_the_questions_loses_nothing(scene: MakeScene) -> None:
    state = known(step=Step.STORY, intake=STORY)
    asked = decide(scene("near", arrival=Arrival.COMMAND, state=state))
    found = decide(scene("Тараз", heard=Heard(NOTHING), state=asked.state))
    assert [card.kind for card in found.cards] == [Kind.NOTE, Kind.PLACE, Kind.ASK]
    assert found.state.step is Step.STORY
    assert found.state.intake == STORY
    again = decide(scene("person", arrival=Arrival.TAP, state=asked.state))
    assert again.state.step is Step.STORY


def test_a_town_alone_is_answered_with_its_places(scene: MakeScene) -> None:
    for heard in (Heard(NOTHING), Heard(meaning("out-of-scope"))):
        turn = decide(scene("Алматы", heard=heard))
        assert turn.cards[0].kind is Kind.PLACE


def test_a_new_question_is_no_longer_about_the_town(scene: MakeScene) -> None:
    state = known(step=Step.NEAR_TOWN)
    turn = decide(scene("…", heard=Heard(meaning("overstay")), state=state))
    assert turn.state.step is Step.NONE


def test_help_near_me_works_while_a_case_is_open(scene: MakeScene) -> None:
    asked = decide(scene("near", arrival=Arrival.TAP, case=CASE))
    turn = decide(scene("Алматы", heard=Heard(NOTHING), state=asked.state, case=CASE))
    assert turn.cards[1].kind is Kind.PLACE
    assert [request for request in turn.requests if isinstance(request, PassOn)]


@pytest.mark.parametrize(
    ("control", "button"), [("delete-data", "delete:yes"), ("change-language", "lang:tg")]
)
def test_what_only_the_bot_can_do_works_while_a_case_is_open(
    scene: MakeScene, control: str, button: str
) -> None:
    turn = decide(scene("…", heard=Heard(meaning(control)), case=CASE))
    assert button in actions(turn.cards[-1])
    assert [request for request in turn.requests if isinstance(request, PassOn)]


def test_after_a_look_at_the_menu_words_are_acknowledged_again(scene: MakeScene) -> None:
    looked = decide(scene("home", arrival=Arrival.TAP, case=CASE, state=known(passed_on_at=NOW)))
    assert any("1007" in button.text for button in buttons(looked.cards[0]))
    turn = decide(scene("…", heard=Heard(NOTHING), case=CASE, state=looked.state))
    assert "1007" in turn.cards[0].text


def test_who_wants_no_person_is_shown_other_help(scene: MakeScene) -> None:
    turn = decide(scene("consent:no", arrival=Arrival.TAP, state=known(step=Step.CONSENT)))
    assert {"near", "topic:hotlines", "home"} <= set(actions(turn.cards[0]))


def test_after_three_unclear_messages_the_person_stands_on_top(scene: MakeScene) -> None:
    turn = decide(scene("паспорт", heard=Heard(NOTHING), state=known(unclear=2)))
    assert actions(turn.cards[0])[0] == "person"


def test_no_to_the_first_questions_ends_them(scene: MakeScene) -> None:
    state = known(step=Step.WHO, intake=Intake(consent_at=NOW))
    turn = decide(scene("жок", heard=Heard(meaning("deny")), state=state))
    assert turn.state.intake is None
    assert turn.state.step is Step.NONE
    state = known(step=Step.CONTACT, intake=STORY)
    turn = decide(scene("жок", heard=Heard(meaning("deny")), state=state))
    assert [one for one in turn.requests if isinstance(one, HandOver)]


def test_asking_for_another_language_during_the_questions(scene: MakeScene) -> None:
    heard = Heard(meaning("change-language"))
    state = known(step=Step.WHO, intake=Intake(consent_at=NOW))
    turn = decide(scene("орусча", heard=heard, state=state))
    assert "lang:ru" in actions(turn.cards[0])
    assert turn.state.step is Step.WHO
    chosen = decide(scene("lang:ru", arrival=Arrival.TAP, state=turn.state))
    assert [card.kind for card in chosen.cards] == [Kind.NOTE, Kind.ASK]
    assert chosen.state.language is Language.RU
    told = decide(scene("орусча", heard=heard, state=known(step=Step.STORY, intake=STORY)))
    assert told.state.intake is not None
    assert [said.text for said in told.state.intake.story] == ["орусча"]


def test_a_place_that_is_not_known_is_said_so(scene: MakeScene) -> None:
    unsure = meaning("caseworker", certainty=Certainty.UNSURE)
    for heard in (Heard(NOTHING), Heard(meaning("out-of-scope")), Heard(unsure)):
        turn = decide(scene("Тошкент шаары", heard=heard, state=known(step=Step.NEAR_TOWN)))
        assert "town:almaty" in actions(turn.cards[0])
        assert {"person", "home"} <= set(actions(turn.cards[0]))


def test_who_rated_a_case_can_still_ask_for_more_help(scene: MakeScene) -> None:
    turn = decide(scene("rate:1007:2", arrival=Arrival.TAP, message=9))
    assert turn.cards[0].replaces == 9
    assert {"again:1007", "home"} <= set(actions(turn.cards[0]))


def test_a_mission_leads_back_to_the_missions_of_its_country(
    scene: MakeScene, content: Content
) -> None:
    for place in content.directory.consulates("UZ"):
        (card,) = decide(scene(f"place:{place.id}", arrival=Arrival.TAP)).cards
        assert actions(card)[0] == "consulate:UZ"


def test_nobody_is_told_to_call_where_there_is_no_number(
    scene: MakeScene, content: Content
) -> None:
    state = known(Language.RU)
    for place in content.directory.places:
        (card,) = decide(scene(f"place:{place.id}", arrival=Arrival.TAP, state=state)).cards
        unsure = "сначала позвоните" in card.text
        assert not unsure or place.phones


def test_an_old_or_second_yes_to_the_consent_loses_nothing(scene: MakeScene) -> None:
    state = known(step=Step.STORY, intake=STORY)
    told = decide(scene("ал мени урду", heard=Heard(NOTHING), state=state)).state
    turn = decide(scene("consent:yes", arrival=Arrival.TAP, state=told))
    assert (turn.state.step, turn.state.intake) == (Step.STORY, told.intake)


def test_a_second_tap_on_skip_skips_no_further_question(scene: MakeScene) -> None:
    state = known(step=Step.WHO, intake=Intake(consent_at=NOW, town="Шымкент"))
    first = decide(scene("skip:who", arrival=Arrival.TAP, state=state))
    second = decide(scene("skip:who", arrival=Arrival.TAP, state=first.state))
    assert first.state.step is Step.STORY
    assert (second.state.step, second.state.intake) == (Step.STORY, first.state.intake)


def test_a_second_tap_on_that_is_all_skips_no_question(scene: MakeScene) -> None:
    state = known(step=Step.STORY, intake=STORY)
    first = decide(scene("done", arrival=Arrival.TAP, state=state))
    second = decide(scene("done", arrival=Arrival.TAP, state=first.state))
    assert (second.state.step, second.state.intake) == (Step.CONTACT, STORY)
    assert not second.requests
