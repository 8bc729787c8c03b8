"""The decision, as a table of what happens and what follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.answers.library import Library
from bot.cases.model import FileKind, FileRef
from bot.conversation.decide import decide, emergency_card
from bot.conversation.incoming import Arrival, Point
from bot.conversation.state import Intake, State, Step, pack, unpack
from bot.conversation.turn import (
    ChooseLanguage,
    Content,
    Correct,
    Count,
    DeleteData,
    Gone,
    HandOver,
    Heard,
    PassOn,
    RaiseDanger,
    Turn,
    Withdraw,
)
from bot.delivery.card import Keyboard, Kind
from bot.languages import Language
from bot.understanding.model import Certainty, Danger
from tests.fakes import NOTHING, meaning
from tests.unit.conversation.conftest import CASE, NOW, MakeScene


def actions(turn: Turn) -> list[str]:
    return [button.action for card in turn.cards for row in card.buttons for button in row]


def requests_of(turn: Turn, kind: type) -> list[object]:
    return [request for request in turn.requests if isinstance(request, kind)]


def test_a_newcomer_chooses_a_language_first(scene: MakeScene) -> None:
    turn = decide(scene("start", arrival=Arrival.COMMAND, state=State()))
    assert actions(turn) == [f"lang:{language}" for language in (*Language, "uz-Cyrl")]


def test_a_newcomer_who_just_writes_is_answered_in_their_language(scene: MakeScene) -> None:
    text = "фарзандамро ба мактаб намегиранд"
    heard = Heard(meaning("school-enrolment", language="tg"))
    turn = decide(scene(text, state=State(), heard=heard))
    assert turn.state.language is Language.TG
    assert turn.cards[0].kind is Kind.ANSWER


def test_choosing_a_language_is_remembered_and_leads_home(scene: MakeScene) -> None:
    turn = decide(scene("lang:uz", arrival=Arrival.TAP, state=State(), message=3))
    assert turn.requests == (ChooseLanguage(Language.UZ),)
    assert turn.cards[0].replaces == 3
    assert turn.cards[-1].kind is Kind.MENU


@pytest.mark.parametrize("language", list(Language))
def test_a_sure_topic_gives_its_card_with_source_parts_and_a_person(
    scene: MakeScene, content: Content, language: Language
) -> None:
    heard = Heard(meaning("birth-registration"))
    turn = decide(scene("…", heard=heard, state=State(language=language)))
    (card,) = turn.cards
    assert content.library.title("birth-registration", language) in card.text
    assert content.library.topic("birth-registration").sources[0].title in card.text
    assert {"part:birth-registration:cost", "person", "home"} <= set(actions(turn))
    assert turn.state.topic == "birth-registration"


def test_a_follow_up_is_about_the_current_topic(scene: MakeScene) -> None:
    state = State(language=Language.RU, topic="overstay", seen_at=NOW)
    turn = decide(scene("сколько?", heard=Heard(meaning("ask-cost")), state=state))
    assert turn.cards[0].kind is Kind.PART
    assert "108" in turn.cards[0].text  # 25 MCI of 2026 in tenge


def test_yesterdays_topic_is_no_longer_meant(scene: MakeScene) -> None:
    state = State(language=Language.RU, topic="overstay", seen_at=NOW - timedelta(hours=20))
    turn = decide(scene("сколько?", heard=Heard(NOTHING), state=state))
    assert turn.cards[0].kind is Kind.CHOICES
    assert turn.state.topic is None


def test_an_unsure_topic_is_asked_for_never_stated(scene: MakeScene) -> None:
    unsure = meaning("overstay", certainty=Certainty.UNSURE, others=("temporary-residence",))
    turn = decide(scene("…", heard=Heard(unsure)))
    assert turn.cards[0].kind is Kind.CHOICES
    assert {"topic:overstay", "topic:temporary-residence", "other", "person"} <= set(actions(turn))
    assert turn.state.topic is None


def test_a_topic_without_an_answer_is_admitted(scene: MakeScene, content: Content) -> None:
    library = content.library
    fewer = Library(
        [topic for topic in library.topics if topic.id == "iin"],
        {("iin", language): library.answer("iin", language) for language in Language},
        {("danger", Language.RU): library.safety("danger", Language.RU)},
    )
    asked = scene("…", heard=Heard(meaning("kandas")))
    turn = decide(replace(asked, content=replace(content, library=fewer)))
    assert turn.cards[0].kind is Kind.NOTE
    assert "person" in actions(turn)
    assert content.phone("hotline-111") in turn.cards[0].text


def test_three_unclear_messages_put_the_person_first(scene: MakeScene) -> None:
    state = State(language=Language.KY, unclear=2, seen_at=NOW)
    turn = decide(scene("…", heard=Heard(NOTHING), state=state))
    assert turn.state.unclear == 3
    assert "person" in actions(turn)


def test_with_rasa_away_words_are_searched_and_the_menu_is_near(scene: MakeScene) -> None:
    turn = decide(scene("паспорт", heard=Heard(away=True)))
    assert "topic:lost-passport" in actions(turn)
    assert {"person", "home"} <= set(actions(turn))


@pytest.mark.parametrize("language", list(Language))
def test_danger_comes_first_with_numbers_and_a_person(
    scene: MakeScene, content: Content, language: Language
) -> None:
    heard = Heard(meaning("domestic-violence", danger=Danger.VIOLENCE))
    turn = decide(scene("…", heard=heard, state=State(language=language)))
    assert turn.cards[0].kind is Kind.SAFETY
    assert content.phone("hotline-102") in turn.cards[0].text
    assert actions(turn)[0] == "person"
    assert turn.state.danger == "violence"


def test_danger_in_words_counts_while_rasa_is_away(scene: MakeScene) -> None:
    turn = decide(scene("…", heard=Heard(None, (Danger.MEDICAL,), away=True)))
    assert turn.cards[0].kind is Kind.SAFETY


def test_the_safety_card_needs_no_database(scene: MakeScene, content: Content) -> None:
    card = emergency_card(content, scene("…", heard=Heard(None, (Danger.VIOLENCE,), away=True)))
    assert card is not None
    assert card.kind is Kind.SAFETY
    assert emergency_card(content, scene("салам")) is None


def test_words_of_an_open_case_go_to_the_case_and_the_bot_is_quiet(scene: MakeScene) -> None:
    state = State(language=Language.KY, passed_on_at=NOW - timedelta(minutes=1), seen_at=NOW)
    turn = decide(scene("кошумча", heard=Heard(NOTHING), case=CASE, state=state))
    assert turn.cards == ()
    assert [one.said.text for one in requests_of(turn, PassOn)] == ["кошумча"]  # type: ignore[attr-defined]


def test_the_first_words_to_a_case_are_acknowledged(scene: MakeScene) -> None:
    turn = decide(scene("кошумча", heard=Heard(NOTHING), case=CASE))
    assert "1007" in turn.cards[0].text


def test_the_first_words_after_opening_a_case_are_acknowledged(scene: MakeScene) -> None:
    told = asked_for(Step.CONTACT, town="Шымкент", who="Мен")
    opened = decide(scene("Кечинде", heard=Heard(NOTHING), state=told))
    assert requests_of(opened, HandOver)
    first = decide(scene("дагы", heard=Heard(NOTHING), case=CASE, state=opened.state))
    second = decide(scene("дагы", heard=Heard(NOTHING), case=CASE, state=first.state))
    assert "1007" in first.cards[0].text
    assert second.cards == ()


def test_danger_in_an_open_case_brings_the_card_and_marks_the_case(scene: MakeScene) -> None:
    heard = Heard(meaning("domestic-violence", danger=Danger.VIOLENCE))
    turn = decide(scene("ал мени уруп жатат", heard=heard, case=CASE))
    assert turn.cards[0].kind is Kind.SAFETY
    assert requests_of(turn, PassOn)
    assert requests_of(turn, RaiseDanger) == [RaiseDanger(CASE, "violence")]


def test_menus_work_while_a_case_is_open(scene: MakeScene) -> None:
    turn = decide(scene("home", arrival=Arrival.TAP, case=CASE))
    assert turn.cards[0].kind is Kind.MENU
    assert not requests_of(turn, PassOn)


def test_an_edit_corrects_the_case(scene: MakeScene) -> None:
    turn = decide(scene("жаңы", arrival=Arrival.EDIT, case=CASE, message=44))
    assert requests_of(turn, Correct) == [Correct(CASE, 44, "жаңы")]


def test_from_consent_to_a_case(scene: MakeScene) -> None:
    turn = decide(scene("person", arrival=Arrival.TAP))
    assert "Sana" in turn.cards[0].text
    assert not turn.requests
    turn = decide(scene("consent:yes", arrival=Arrival.TAP, state=turn.state))
    assert turn.state.step is Step.TOWN
    for text, step in (("Шымкент", Step.WHO), ("Балам, 6", Step.STORY), ("Ооруйт", Step.STORY)):
        turn = decide(scene(text, heard=Heard(NOTHING), state=turn.state))
        assert turn.state.step is step
    turn = decide(scene("done", arrival=Arrival.TAP, state=turn.state))
    turn = decide(scene("Кечинде", heard=Heard(NOTHING), state=turn.state))
    (request,) = requests_of(turn, HandOver)
    case = request.case  # type: ignore[attr-defined]
    assert (case.town, case.who, case.contact) == ("Шымкент", "Балам, 6", "Кечинде")
    assert [said.text for said in case.story] == ["Ооруйт"]
    assert turn.state.step is Step.NONE


def test_no_consent_passes_nothing_on(scene: MakeScene) -> None:
    asked = decide(scene("person", arrival=Arrival.TAP))
    turn = decide(scene("consent:no", arrival=Arrival.TAP, state=asked.state))
    assert not requests_of(turn, HandOver)
    assert turn.state.intake is None


def test_a_yes_in_words_is_a_yes(scene: MakeScene) -> None:
    asked = decide(scene("person", arrival=Arrival.TAP))
    turn = decide(scene("ооба", heard=Heard(meaning("affirm")), state=asked.state))
    assert turn.state.step is Step.TOWN


def test_a_photo_during_the_questions_is_part_of_the_story(scene: MakeScene) -> None:
    state = State(language=Language.KY, step=Step.WHO, intake=Intake(consent_at=NOW), seen_at=NOW)
    photo = FileRef("abc", FileKind.PHOTO)
    turn = decide(scene("", arrival=Arrival.FILE, file=photo, state=state))
    assert turn.state.intake is not None
    assert turn.state.intake.story[0].file == photo
    assert turn.state.step is Step.WHO


def test_a_shared_position_gives_a_town_to_the_case_and_is_not_kept(scene: MakeScene) -> None:
    state = State(language=Language.KY, step=Step.TOWN, intake=Intake(consent_at=NOW), seen_at=NOW)
    turn = decide(scene("", arrival=Arrival.LOCATION, point=Point(43.2389, 76.8897), state=state))
    assert turn.state.intake is not None
    assert turn.state.intake.town == "Алматы"
    assert "43.23" not in pack(turn.state)


def test_without_an_organisation_there_are_still_numbers(scene: MakeScene) -> None:
    turn = decide(scene("person", arrival=Arrival.TAP, organisation=None))
    assert "near" in actions(turn)
    assert turn.state.step is not Step.CONSENT


def test_help_near_a_shared_location(scene: MakeScene) -> None:
    turn = decide(scene("", arrival=Arrival.LOCATION, point=Point(43.2389, 76.8897)))
    assert turn.cards[0].kind is Kind.PLACE
    assert any(action.startswith("see:") for action in actions(turn))


def test_where_in_shymkent(scene: MakeScene) -> None:
    state = State(language=Language.RU, topic="overstay", seen_at=NOW)
    heard = Heard(meaning("ask-place"))
    turn = decide(scene("а где в Шымкенте?", heard=heard, state=state))
    assert [card.kind for card in turn.cards] == [Kind.PART, Kind.PLACE]
    assert any(one.startswith("see:sana-sezim") for one in actions(turn))


def test_delete_asks_once_and_then_deletes(scene: MakeScene) -> None:
    asked = decide(scene("…", heard=Heard(meaning("delete-data"))))
    assert not requests_of(asked, DeleteData)
    known, question = asked.cards  # "what do you know about me?" sounds much like it
    assert not known.buttons
    assert "delete:no" in [button.action for row in question.buttons for button in row]
    turn = decide(scene("delete:yes", arrival=Arrival.TAP, state=asked.state))
    assert requests_of(turn, DeleteData)
    assert replace(turn.state, seen_at=None) == State()


def test_withdraw_asks_once(scene: MakeScene) -> None:
    asked = decide(scene("withdraw:ask", arrival=Arrival.TAP, case=CASE))
    assert not requests_of(asked, Withdraw)
    turn = decide(scene("withdraw:yes", arrival=Arrival.TAP, case=CASE))
    assert requests_of(turn, Withdraw)


def test_two_messages_in_another_language_are_answered_in_it(scene: MakeScene) -> None:
    heard = Heard(meaning("overstay", language="ru"))
    text = "у меня закончился срок регистрации"
    first = decide(scene(text, heard=heard))
    assert len(first.cards) == 1
    second = decide(scene(text, heard=heard, state=first.state))
    assert "lang:ru" in actions(second)
    assert second.state.language is Language.KY
    stay = decide(scene("keep-language", arrival=Arrival.TAP, state=second.state))
    third = decide(scene(text, heard=heard, state=stay.state))
    assert "lang:ru" not in actions(third)


@pytest.mark.parametrize(
    ("arrival", "cards"),
    [
        (Arrival.OTHER, 1),
        (Arrival.CONTACT, 1),
        (Arrival.FILE, 1),
        (Arrival.GROUP, 1),
        (Arrival.IGNORED, 0),
        (Arrival.BLOCKED, 0),
        (Arrival.UNBLOCKED, 0),
    ],
)
def test_every_kind_of_update_has_an_outcome(
    scene: MakeScene, arrival: Arrival, cards: int
) -> None:
    turn = decide(scene("", arrival=arrival))
    assert len(turn.cards) == cards
    if arrival in {Arrival.BLOCKED, Arrival.UNBLOCKED}:
        assert turn.requests == (Gone(arrival is Arrival.BLOCKED),)


@pytest.mark.parametrize("old", ["", "gone:1:2", "part:nothing", "topic:no-such", "rate:x:9"])
def test_a_button_of_another_time_leads_somewhere(scene: MakeScene, old: str) -> None:
    turn = decide(scene(old, arrival=Arrival.TAP))
    assert turn.cards
    assert {"home", "near", "person"} & set(actions(turn))


def test_every_screen_has_a_way_to_a_person_or_home(scene: MakeScene, content: Content) -> None:
    taps = ["home", "section:rights", "section:documents", "section:help", "topic:consulates"]
    taps += [f"topic:{topic.id}" for topic in content.library.topics if topic.id != "help-centres"]
    for tap in taps:
        turn = decide(scene(tap, arrival=Arrival.TAP))
        assert {"person", "home", "consent:no"} & set(actions(turn)), tap


def test_every_card_fits_telegram(scene: MakeScene, content: Content) -> None:
    checked = 0
    for language in Language:
        for topic in content.library.topics:
            answer = content.library.answer(topic.id, language)
            for part in answer.parts:
                turn = decide(
                    scene(
                        f"part:{topic.id}:{part}",
                        arrival=Arrival.TAP,
                        state=State(language=language),
                    )
                )
                for card in turn.cards:
                    checked += 1
                    assert len(card.text) < 4000
                    assert all(len(action.encode()) <= 64 for action in actions(turn))
    assert checked > 200


def test_a_state_survives_its_packing() -> None:
    state = State(language=Language.TG, step=Step.STORY, intake=Intake(consent_at=NOW), seen_at=NOW)
    assert unpack(pack(state)) == state
    assert unpack('{"language": "ky", "unknown": 1}').language is Language.KY


def test_the_location_key_goes_once_the_town_is_said(scene: MakeScene) -> None:
    asked = decide(scene("near", arrival=Arrival.TAP))
    assert asked.cards[0].keyboard is not None
    found = decide(scene("Шымкент", heard=Heard(NOTHING), state=asked.state))
    assert found.cards[0].keyboard == Keyboard()
    assert "Шымкент" in found.cards[0].text
    assert found.cards[1].kind is Kind.PLACE


def test_the_safety_card_stays_first_while_keys_go(scene: MakeScene) -> None:
    asked = decide(scene("near", arrival=Arrival.TAP))
    heard = Heard(meaning("domestic-violence", danger=Danger.VIOLENCE))
    turn = decide(scene("ал мени уруп жатат", heard=heard, state=asked.state))
    assert turn.cards[0].kind is Kind.SAFETY


def test_the_number_of_a_hotline_alone_brings_the_hotlines(scene: MakeScene) -> None:
    turn = decide(scene("103", heard=Heard(NOTHING)))
    assert turn.state.topic == "hotlines"
    assert decide(scene("77777", heard=Heard(NOTHING))).state.topic is None


VOICE = FileRef("v", FileKind.VOICE)


def asked_for(step: Step, **told: object) -> State:
    """The state of somebody who was asked this question on the way to a case."""
    intake = Intake(NOW, **told)  # type: ignore[arg-type]  # fields of Intake, given by a test
    return State(language=Language.KY, step=step, intake=intake, seen_at=NOW)


@pytest.mark.parametrize("step", [Step.TOWN, Step.WHO, Step.STORY, Step.CONTACT])
def test_a_voice_message_is_kept_whatever_was_asked(scene: MakeScene, step: Step) -> None:
    turn = decide(scene("", arrival=Arrival.FILE, file=VOICE, state=asked_for(step)))
    assert turn.state.intake is not None
    assert [said.file for said in turn.state.intake.story] == [VOICE]
    assert turn.state.step is step
    # Nobody is to send it again because the same question follows.
    assert len(turn.cards) == (1 if step is Step.STORY else 2)


@pytest.mark.parametrize("step", [Step.TOWN, Step.WHO])
def test_a_long_answer_is_kept_whole(scene: MakeScene, step: Step) -> None:
    text = "мени жумуштан айдап чыгышты, айлыгымды бербей жатышат " * 10
    turn = decide(scene(text, heard=Heard(NOTHING), state=asked_for(step)))
    assert turn.state.intake is not None
    assert [said.text for said in turn.state.intake.story] == [text]
    assert turn.state.step is not step


def test_a_long_last_answer_is_kept_whole(scene: MakeScene) -> None:
    text = "кечинде жаза бериңиз, бирок күйөөм телефонумду текшерет " * 10
    turn = decide(scene(text, heard=Heard(NOTHING), state=asked_for(Step.CONTACT)))
    (request,) = requests_of(turn, HandOver)
    assert [said.text for said in request.case.story] == [text]  # type: ignore[attr-defined]


def test_danger_in_the_last_answer_marks_the_new_case(scene: MakeScene) -> None:
    heard = Heard(meaning("domestic-violence", danger=Danger.VIOLENCE))
    turn = decide(scene("кечинде, ал мени уруп жатат", heard=heard, state=asked_for(Step.CONTACT)))
    assert turn.cards[0].kind is Kind.SAFETY
    (request,) = requests_of(turn, HandOver)
    assert request.case.danger == "violence"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "text",
    ["мне и детям", "өзіме және балаларыма", "ozim va bolam", "худам ва кӯдакам", "балам экөөбүз"],
)
def test_naming_who_needs_help_is_no_alarm(scene: MakeScene, text: str) -> None:
    heard = Heard(meaning("psychological-help", danger=Danger.SELF_HARM))
    turn = decide(scene(text, heard=heard, state=asked_for(Step.WHO)))
    assert [card.kind for card in turn.cards] == [Kind.ASK]
    assert turn.state.danger is None
    assert turn.state.intake is not None
    assert turn.state.intake.who == text


@pytest.mark.parametrize("text", ["балам жоғалды", "мне плохо", "өзім, өлгім келеді"])
def test_more_than_who_needs_help_is_still_an_alarm(scene: MakeScene, text: str) -> None:
    heard = Heard(meaning("psychological-help", danger=Danger.SELF_HARM))
    turn = decide(scene(text, heard=heard, state=asked_for(Step.WHO)))
    assert turn.cards[0].kind is Kind.SAFETY


@pytest.mark.parametrize("step", [Step.TOWN, Step.WHO, Step.NONE])
@pytest.mark.parametrize("text", ["білмеймін", "bilmayman", "намедонам", "билбейм", "не знаю"])
def test_not_knowing_is_no_alarm(scene: MakeScene, step: Step, text: str) -> None:
    heard = Heard(meaning("missing-child", danger=Danger.MISSING_CHILD))
    turn = decide(scene(text, heard=heard, state=asked_for(step)))
    assert all(card.kind is not Kind.SAFETY for card in turn.cards)


@pytest.mark.parametrize(
    "text",
    [
        *("после 18 часов", "только вечером", "тек кешке", "сағат 18-ден кейін", "кечинде гана"),
        *("саат 9дан кийин", "faqat kechqurun", "танҳо баъди соати 18", "пагоҳӣ то 12"),
    ],
)
def test_naming_a_time_to_write_is_no_alarm(scene: MakeScene, text: str) -> None:
    heard = Heard(meaning("missing-child", danger=Danger.MISSING_CHILD))
    turn = decide(scene(text, heard=heard, state=asked_for(Step.CONTACT)))
    assert all(card.kind is not Kind.SAFETY for card in turn.cards)
    assert turn.state.danger is None


def test_more_than_a_time_to_write_is_still_an_alarm(scene: MakeScene) -> None:
    heard = Heard(meaning("domestic-violence", danger=Danger.VIOLENCE))
    state = asked_for(Step.CONTACT)
    turn = decide(scene("после 18 часов он придёт и убьёт", heard=heard, state=state))
    assert turn.cards[0].kind is Kind.SAFETY


def test_an_edited_answer_is_not_lost(scene: MakeScene) -> None:
    state = asked_for(Step.STORY, town="Шымкент", who="Мен")
    turn = decide(scene("Мен жана кызым", arrival=Arrival.EDIT, message=44, state=state))
    assert turn.state.intake is not None
    assert [said.text for said in turn.state.intake.story] == ["Мен жана кызым"]
    again = decide(scene("Мен, 2 кызым", arrival=Arrival.EDIT, message=44, state=turn.state))
    assert again.state.intake is not None
    assert [said.text for said in again.state.intake.story] == ["Мен, 2 кызым"]


@pytest.mark.parametrize("step", [Step.TOWN, Step.WHO, Step.STORY, Step.CONTACT])
def test_a_sticker_answers_no_question(scene: MakeScene, step: Step) -> None:
    state = asked_for(step)
    turn = decide(scene("", arrival=Arrival.OTHER, state=state))
    assert (turn.state.step, turn.state.intake) == (step, state.intake)
    assert turn.cards


def test_a_position_answers_only_the_question_for_the_town(scene: MakeScene) -> None:
    state = asked_for(Step.WHO, town="Шымкент")
    turn = decide(scene("", arrival=Arrival.LOCATION, point=Point(43.2, 76.9), state=state))
    assert (turn.state.step, turn.state.intake) == (Step.WHO, state.intake)
    assert turn.cards


def test_a_sticker_puts_nothing_empty_into_a_case(scene: MakeScene) -> None:
    turn = decide(scene("", arrival=Arrival.OTHER, case=CASE))
    assert not requests_of(turn, PassOn)
    assert turn.cards


def test_only_topics_are_counted(scene: MakeScene) -> None:
    turn = decide(scene("helped:no-such-topic:no", arrival=Arrival.TAP))
    assert turn.cards
    assert not requests_of(turn, Count)
