"""Help near me: from a typed town to a door, in every language, and what is kept of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.clock import KAZAKHSTAN
from bot.conversation.decide import decide
from bot.conversation.incoming import Arrival, Point
from bot.conversation.state import Intake, State, Step, pack
from bot.conversation.steps.place_words import (
    audience_name,
    hours_today,
    open_in_short,
    service_name,
    what_to_bring,
)
from bot.conversation.turn import Content, Heard, Keep, ReportPlace, Turn
from bot.delivery.card import Card
from bot.delivery.card import Kind as CardKind
from bot.directory.model import Audience, Kind, Place, Service
from bot.directory.ranking import Wish
from bot.insight.model import Wrong
from bot.languages import Language
from bot.people.model import Kept
from bot.understanding.model import Danger
from tests.fakes import NOTHING, meaning
from tests.unit.conversation.conftest import NOW, MakeScene
from tests.unit.conversation.test_screens import FITS, MOST_ROWS
from tests.unit.directory.builders import place

LANGUAGES = list(Language)
OFFICE = "Mo-Fr 09:00-13:00,14:00-18:00"
TOWN_ASKED = State(language=Language.TG, step=Step.NEAR_TOWN, seen_at=NOW)


def actions(turn: Turn) -> list[str]:
    return [b.action for card in turn.cards for row in card.buttons for b in row]


def known(language: Language = Language.RU, **more: object) -> State:
    return State(language=language, seen_at=NOW, **more)  # type: ignore[arg-type]  # its fields


def kept_by(turn: Turn) -> Kept:
    (request,) = (one for one in turn.requests if isinstance(one, Keep))
    return request.kept


def text(card: Card) -> str:
    return re.sub(r"<[^>]+>", "", card.text)


# --- finding


def test_a_typed_town_leads_to_a_list_a_card_and_a_report(scene: MakeScene) -> None:
    asked = decide(scene("near", arrival=Arrival.TAP, state=known(Language.TG)))
    assert asked.state.step is Step.NEAR_TOWN
    found = decide(scene("дар Чимкент", heard=Heard(NOTHING), state=asked.state))
    listed = next(card for card in found.cards if card.kind is CardKind.PLACE)
    see = listed.buttons[0][0].action
    assert see.startswith("see:")
    card = decide(scene(see, arrival=Arrival.TAP, state=found.state))
    place_id = see.split(":")[1]
    assert f"wrong:{place_id}" in actions(card)
    assert "town:shymkent" in actions(card), "the way back to the list"
    reasons = decide(scene(f"wrong:{place_id}", arrival=Arrival.TAP, state=card.state))
    assert [a for a in actions(reasons) if a.startswith("wrong:")] == [
        f"wrong:{place_id}:{reason}" for reason in Wrong
    ]
    told = decide(scene(f"wrong:{place_id}:phone", arrival=Arrival.TAP, state=reasons.state))
    assert ReportPlace(place_id, Wrong.PHONE) in told.requests


def test_a_market_stands_for_its_town(scene: MakeScene) -> None:
    turn = decide(scene("барахолкада", heard=Heard(NOTHING), state=TOWN_ASKED))
    assert any(one.startswith("see:") and ":almaty" in one for one in actions(turn))


def test_an_unclear_name_is_asked_about_with_two_or_three_choices(scene: MakeScene) -> None:
    turn = decide(scene("Абай", heard=Heard(NOTHING), state=TOWN_ASKED))
    towns = [one for one in actions(turn) if one.startswith("town:")]
    assert turn.cards[0].kind is CardKind.CHOICES
    assert 2 <= len(towns) <= 3


def test_the_service_that_was_asked_for_is_kept_until_the_town_is_known(scene: MakeScene) -> None:
    asked = decide(scene("near:shelter", arrival=Arrival.TAP, state=known()))
    found = decide(scene("Шымкент", heard=Heard(NOTHING), state=asked.state))
    ids = [one.split(":")[1] for one in actions(found) if one.startswith("see:")]
    directory = scene("").content.directory
    assert ids
    for place_id in ids:
        one = directory.place(place_id)
        assert one is not None
        assert one.offers("shelter")


def test_a_shared_position_is_used_and_dropped(scene: MakeScene) -> None:
    here = Point(43.238949, 76.889709)
    turn = decide(scene("", arrival=Arrival.LOCATION, point=here, state=TOWN_ASKED))
    sees = [one for one in actions(turn) if one.startswith("see:")]
    away = [one for one in sees if len(one.split(":")) == 4]
    assert away, "the distance goes with the button"
    assert all(len(one.encode()) <= 64 for one in sees)
    packed = pack(turn.state) + "".join(actions(turn))
    assert "43.2" not in packed
    assert "76.8" not in packed
    assert not [one for one in turn.requests if isinstance(one, Keep)]
    card = decide(scene(away[0], arrival=Arrival.TAP, state=turn.state)).cards[0]
    assert away[0].split(":")[3].replace(".", ",") in card.text.replace(".", ",")


@pytest.mark.parametrize(("lat", "lon"), [(55.75, 37.62), (-34.6, -58.4), (90.0, 0.0)])
def test_who_is_far_away_is_asked_for_a_town(scene: MakeScene, lat: float, lon: float) -> None:
    turn = decide(scene("", arrival=Arrival.LOCATION, point=Point(lat, lon), state=TOWN_ASKED))
    assert turn.state.step is Step.NEAR_TOWN
    assert "town:almaty" in actions(turn)


def test_a_made_up_distance_is_not_said(scene: MakeScene) -> None:
    for km in ("nan", "-3", "99999", "far"):
        turn = decide(scene(f"see:unhcr-almaty:almaty:{km}", arrival=Arrival.TAP, state=known()))
        assert "🧭" not in turn.cards[0].text


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_near_names_a_line_and_the_nearest_town(
    scene: MakeScene, language: Language
) -> None:
    tap = "town:balqash:asylum"
    turn = decide(scene(tap, arrival=Arrival.TAP, state=known(language)))
    (card,) = turn.cards
    directory = scene("").content.directory
    there = next(one for one in actions(turn) if one.startswith("town:")).split(":")
    assert there == ["town", "almaty", "asylum"]
    almaty = directory.town("almaty")
    assert almaty is not None
    assert almaty.name(language) in card.text
    assert "430" in card.text, "about how far, between the towns, in tens of kilometres"
    assert "111" in card.text


def test_no_line_is_named_for_consulates(scene: MakeScene) -> None:
    (card,) = decide(scene("town:balqash:consular", arrival=Arrival.TAP, state=known())).cards
    assert "111" not in card.text
    assert "Алматы" in card.text


def test_leafing_on_shows_every_place_once(scene: MakeScene) -> None:
    seen: list[str] = []
    tap = "town:almaty"
    for _page in range(9):
        turn = decide(scene(tap, arrival=Arrival.TAP, state=known()))
        seen += [one.split(":")[1] for one in actions(turn) if one.startswith("see:")]
        following = [one for one in actions(turn) if re.fullmatch(r"town:almaty:any:\d+", one)]
        if not following:
            break
        tap = following[0]
    directory = scene("").content.directory
    assert len(seen) == len(set(seen)) > 5
    assert seen == [one.place.id for one in directory.in_town("almaty", Wish(at=NOW), 99)]


def test_who_seeks_a_lawyer_in_a_town_gets_answer_and_doors(scene: MakeScene) -> None:
    heard = Heard(meaning("legal-aid"))
    turn = decide(scene("бесплатный юрист в Шымкенте", heard=heard, state=known()))
    assert turn.cards[-1].kind is CardKind.PLACE
    assert any(one.startswith("see:sana-sezim") for one in actions(turn))


def test_every_service_can_be_chosen_that_is_offered_within_reach(scene: MakeScene) -> None:
    taps: list[str] = []
    tap: str | None = "services:almaty"
    while tap is not None:
        turn = decide(scene(tap, arrival=Arrival.TAP, state=known()))
        taps += [one for one in actions(turn) if one.startswith("town:almaty:")]
        tap = next((one for one in actions(turn) if one.startswith("services:almaty:")), None)
    services = scene("").content.directory.services_near("almaty")
    assert sorted(taps) == sorted(f"town:almaty:{service}" for service in services)
    assert taps[0] == "town:almaty:legal", "what is asked for most comes first"
    for one in taps:
        found = decide(scene(one, arrival=Arrival.TAP, state=known()))
        assert found.cards[0].kind is CardKind.PLACE, one


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_card_of_places_is_a_wall_of_buttons(scene: MakeScene, language: Language) -> None:
    kept = Kept(town="almaty", asked=True, saved=("unhcr-almaty",))
    taps = ["near", "saved", "wrong:unhcr-almaty", "see:unhcr-almaty:almaty", "town:balqash:asylum"]
    for town in ("almaty", "shymkent", "astana", "balqash", "kaskelen"):
        taps += [f"town:{town}", f"services:{town}", f"services:{town}:5"]
    for tap in taps:
        turn = decide(replace(scene(tap, arrival=Arrival.TAP, state=known(language)), kept=kept))
        for card in turn.cards:
            most = MOST_ROWS + 2 if tap.startswith("services") else MOST_ROWS
            assert len(card.buttons) <= most, (tap, [len(row) for row in card.buttons])
            for row in card.buttons:
                longest = max(len(button.text) for button in row)
                assert longest <= FITS.get(len(row), longest), (tap, row)


# --- the card


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_has_a_whole_card(
    scene: MakeScene, content: Content, language: Language
) -> None:
    words = content.locales[language]
    for one in content.directory.places:
        tap = f"see:{one.id}:almaty"
        (card,) = decide(scene(tap, arrival=Arrival.TAP, state=known(language))).cards
        assert one.name(language) in text(card).replace("&amp;", "&")
        for service in one.services:
            assert service_name(words, service) in text(card)
        for phone in one.phones:
            assert phone in card.text
        assert words.day(one.checked_on) in card.text
        assert (card.pin is not None) == (one.position is not None)
        assert f"save:{one.id}" in [b.action for row in card.buttons for b in row]
        assert len(card.text) < 2500


@pytest.mark.parametrize(
    ("moment", "lines"),
    [
        (
            "2026-11-24T10:00",
            ["Сегодня 09:00–18:00, обед 13:00–14:00", "сейчас открыто, до 13:00"],
        ),
        (
            "2026-11-24T13:10",
            ["Сегодня 09:00–18:00, обед 13:00–14:00", "сейчас закрыто, откроется в 14:00"],
        ),
        (
            "2026-11-24T19:00",
            ["Сегодня 09:00–18:00, обед 13:00–14:00", "сейчас закрыто, откроется завтра в 9:00"],
        ),
        ("2026-11-28T12:00", ["сейчас закрыто, откроется в понедельник в 9:00"]),
        (
            "2026-12-16T12:00",
            [
                "Сегодня выходной: День Независимости, 16 декабря",
                "сейчас закрыто, откроется завтра в 9:00",
            ],
        ),
    ],
)
def test_hours_of_the_day(content: Content, moment: str, lines: list[str]) -> None:
    office = place("office", "almaty", hours=OFFICE)
    now = datetime.fromisoformat(moment).replace(tzinfo=KAZAKHSTAN)
    assert hours_today(content.locales["ru"], office, now) == lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_hours_are_said_in_every_language_on_every_day(
    content: Content, language: Language
) -> None:
    words = content.locales[language]
    start = datetime(2026, 11, 23, 3, 0, tzinfo=KAZAKHSTAN)
    said = set()
    for day in range(430):
        now = start + timedelta(days=day, hours=day % 24)
        lines = hours_today(words, place("office", "almaty", hours="We 09:00-12:00"), now)
        said.add(lines[-1])
        assert all(lines)
        assert open_in_short(words, place("office", "almaty", hours=OFFICE), now)
    assert len(said) > 5
    assert hours_today(words, place("office", "almaty"), start) == []
    assert hours_today(words, place("always", "almaty", hours="24/7"), start)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_a_name(content: Content, language: Language) -> None:
    words = content.locales[language]
    services = [service_name(words, service) for service in Service]
    people = [audience_name(words, one, ("KG",)) for one in Audience]
    bring = [what_to_bring(words, kind) for kind in Kind if kind is not Kind.HOTLINE]
    assert all([*services, *people, *bring])
    assert len(set(services)) == len(services)


def test_who_checked_is_named(scene: MakeScene, content: Content) -> None:
    plain = content.directory.place("unhcr-almaty")
    assert plain is not None
    checked = replace(plain, checked_by="Aigul & Sana", checked_on=date(2026, 11, 20))
    seen = _card_of(scene, content, checked)
    assert "Aigul &amp; Sana" in seen.text
    assert "открытым источникам" in _card_of(scene, content, plain).text


def _card_of(scene: MakeScene, content: Content, one: Place) -> Card:
    from bot.conversation.steps.place_card import place_card

    town = content.directory.town("almaty")
    return place_card(scene("", state=known()), one, town).cards[0]


# --- what is kept


def test_the_town_is_asked_about_once_and_only_kept_on_yes(scene: MakeScene) -> None:
    first = decide(scene("Тараз", heard=Heard(NOTHING), state=known(step=Step.NEAR_TOWN)))
    assert [card.kind for card in first.cards if card.kind is CardKind.ASK]
    assert kept_by(first) == Kept(asked=True)
    yes = decide(scene("keep-town:taraz", arrival=Arrival.TAP, state=first.state))
    assert kept_by(yes).town == "taraz"
    by_word = decide(scene("ооба", heard=Heard(meaning("affirm")), state=first.state))
    assert kept_by(by_word).town == "taraz"
    asked_before = replace(
        scene("Тараз", heard=Heard(NOTHING), state=known(step=Step.NEAR_TOWN)),
        kept=Kept(asked=True),
    )
    again = decide(asked_before)
    assert not [card for card in again.cards if card.kind is CardKind.ASK]
    no = decide(scene("keep-town:no", arrival=Arrival.TAP, state=first.state))
    assert kept_by(no) == Kept(asked=True)


def test_with_a_kept_town_help_near_me_starts_there(scene: MakeScene) -> None:
    kept = Kept(town="shymkent", asked=True)
    turn = decide(replace(scene("near", arrival=Arrival.TAP, state=known()), kept=kept))
    assert turn.cards[0].kind is CardKind.PLACE
    assert "near:ask" in actions(turn), "and another place can be asked for"
    other = decide(replace(scene("near:ask", arrival=Arrival.TAP, state=known()), kept=kept))
    assert other.state.step is Step.NEAR_TOWN


def test_where_leads_to_the_places_of_the_topic_in_the_kept_town(scene: MakeScene) -> None:
    tap = scene("part:overstay:place", arrival=Arrival.TAP, state=known())
    plain = decide(tap)
    assert "near:legal" in actions(plain)
    assert len(plain.cards) == 1
    kept = decide(replace(tap, kept=Kept(town="almaty", asked=True)))
    assert [card.kind for card in kept.cards] == [CardKind.PART, CardKind.PLACE]
    asked = scene("где это?", heard=Heard(meaning("ask-place")), state=known(topic="overstay"))
    by_words = decide(replace(asked, kept=Kept(town="almaty", asked=True)))
    assert [card.kind for card in by_words.cards] == [CardKind.PART, CardKind.PLACE]


def test_every_answer_leads_to_places_for_its_topic(scene: MakeScene, content: Content) -> None:
    for topic in content.library.topics:
        if topic.id in {"help-centres", "consulates", "caseworker"}:
            continue
        answer = decide(scene(f"topic:{topic.id}", arrival=Arrival.TAP, state=known()))
        where = decide(scene(f"part:{topic.id}:place", arrival=Arrival.TAP, state=known()))
        service = content.directory.topic_services[topic.id]
        wanted = f"near:{service}" if service else "near"
        assert wanted in [*actions(answer), *actions(where)], topic.id


def test_saved_places_are_listed_and_taken_away(scene: MakeScene) -> None:
    tap = scene("save:unhcr-almaty", arrival=Arrival.TAP, state=known())
    saved = decide(tap)
    kept = kept_by(saved)
    assert kept.saved == ("unhcr-almaty",)
    assert "saved" in actions(saved)
    near = decide(replace(scene("near", arrival=Arrival.TAP, state=known()), kept=kept))
    assert "place:unhcr-almaty" in actions(near)
    assert near.cards[-1].keyboard is not None
    listed = decide(replace(scene("saved", arrival=Arrival.TAP, state=known()), kept=kept))
    assert "place:unhcr-almaty" in actions(listed)
    card = decide(
        replace(scene("place:unhcr-almaty", arrival=Arrival.TAP, state=known()), kept=kept)
    )
    assert "unsave:unhcr-almaty" in actions(card)
    gone = decide(
        replace(scene("unsave:unhcr-almaty", arrival=Arrival.TAP, state=known()), kept=kept)
    )
    assert kept_by(gone).saved == ()


def test_the_eleventh_saved_place_replaces_the_oldest(scene: MakeScene, content: Content) -> None:
    ids = tuple(one.id for one in content.directory.places)
    kept = Kept(saved=ids[:10])
    turn = decide(replace(scene(f"save:{ids[10]}", arrival=Arrival.TAP, state=known()), kept=kept))
    assert kept_by(turn).saved == ids[1:11]


def test_what_is_kept_is_shown_and_can_be_forgotten(scene: MakeScene) -> None:
    kept = Kept(town="taraz", asked=True, saved=("unhcr-almaty",))
    shown = decide(replace(scene("mydata", arrival=Arrival.COMMAND, state=known()), kept=kept))
    assert "Тараз" in shown.cards[0].text
    assert "УВКБ" in shown.cards[0].text
    assert "keep-town:forget" in actions(shown)
    gone = decide(replace(scene("keep-town:forget", arrival=Arrival.TAP, state=known()), kept=kept))
    assert kept_by(gone) == Kept(saved=("unhcr-almaty",))


@pytest.mark.parametrize(
    "tap",
    [
        "see:gone:almaty",
        "save:gone",
        "wrong:gone",
        "wrong:unhcr-almaty:taste",
        "services:gone",
        "town:gone",
        "town:almaty:magic",
        "keep-town:gone",
        "near:magic",
        "unsave:gone",
    ],
)
def test_an_old_button_leads_somewhere(scene: MakeScene, tap: str) -> None:
    turn = decide(scene(tap, arrival=Arrival.TAP, state=known()))
    assert turn.cards
    assert not [one for one in turn.requests if isinstance(one, ReportPlace)]


def test_all_actions_fit_into_a_button(content: Content) -> None:
    longest_place = max(len(one.id) for one in content.directory.places)
    longest_town = max(len(one.id) for one in content.directory.towns)
    longest_service = max(len(service) for service in Service)
    assert len("see:") + longest_place + 1 + longest_town + len(":49.9") <= 64
    assert len("town:") + longest_town + 1 + longest_service <= 64


def test_a_tapped_town_leads_back_to_the_question_on_the_way_to_a_case(scene: MakeScene) -> None:
    intake = Intake(consent_at=NOW, town="Алматы", who="Балам")
    asked = decide(
        scene("near", arrival=Arrival.TAP, state=known(step=Step.STORY, intake=intake))
    ).state
    turn = decide(scene("town:shymkent", arrival=Arrival.TAP, state=asked))
    assert [card.kind for card in turn.cards] == [CardKind.PLACE, CardKind.ASK]
    assert (turn.state.step, turn.state.intake) == (Step.STORY, intake)


MISTAKEN = Heard(meaning("missing-child", danger=Danger.MISSING_CHILD))


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("barakholka", TOWN_ASKED),
        ("barakholka", known(Language.TG)),
        ("алтын орда базары", known(Language.KY)),
        ("Вокзал Нурлы жол", known(Language.TG)),
        ("Есик", TOWN_ASKED),  # also "door"
    ],
)
def test_the_name_of_a_place_alone_is_no_danger(scene: MakeScene, text: str, state: State) -> None:
    turn = decide(scene(text, heard=MISTAKEN, state=state))
    assert all(card.kind is not CardKind.SAFETY for card in turn.cards)
    assert any(action.startswith(("see:", "town:")) for action in actions(turn))
    assert turn.state.danger is None


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("barakholka bachaam gum shud", MISTAKEN),
        ("барахолка", replace(MISTAKEN, dangers=(Danger.VIOLENCE,))),
        ("барахолка", Heard(None, (Danger.VIOLENCE,), away=True)),
    ],
)
def test_a_place_in_a_call_for_help_stays_a_call_for_help(
    scene: MakeScene, text: str, heard: Heard
) -> None:
    turn = decide(scene(text, heard=heard, state=TOWN_ASKED))
    assert turn.cards[0].kind is CardKind.SAFETY
