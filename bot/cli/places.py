"""`bot places …`: what the bot would find near a point or in a word, for editors and scripts."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.table import Table

from bot.cli.console import fail, out, settings_or_fail
from bot.clock import KAZAKHSTAN, SystemClock
from bot.conversation.steps.place_list import MOST_PLACES
from bot.conversation.steps.place_words import open_in_short, service_name
from bot.directory.directory import Directory
from bot.directory.hours import opening
from bot.directory.loader import load_directory
from bot.directory.model import Farther, Found, Point, Service, Town, TownMatch
from bot.directory.ranking import Wish
from bot.errors import KomekError
from bot.i18n import Words, load_locales
from bot.languages import Language
from bot.opening import BOT_LANGUAGES

commands = typer.Typer(help="Help near a point, and towns in people's words.", no_args_is_help=True)

ALSO_CALLED = {
    "legal-aid": Service.LEGAL,
    "lawyer": Service.LEGAL,
    "clinic": Service.HEALTH,
    "doctor": Service.HEALTH,
    "consulate": Service.CONSULAR,
    "food": Service.FOOD_CLOTHES,
    "psychologist": Service.PSYCHOLOGICAL,
}
YEARS = (1950, 2100)
AsJson = Annotated[bool, typer.Option("--json")]
InLanguage = Annotated[Language, typer.Option(help="The parent's language.")]


@commands.command()
def near(
    lat: Annotated[float, typer.Option(min=-90, max=90, help="Latitude, such as 43.24.")],
    lon: Annotated[float, typer.Option(min=-180, max=180, help="Longitude, such as 76.90.")],
    service: Annotated[str, typer.Option(help="Such as legal-aid, shelter, health.")] = "",
    at: Annotated[str, typer.Option(help="Time in Kazakhstan: 2026-11-23T10:00.")] = "",
    lang: InLanguage = Language.RU,
    as_json: AsJson = False,
) -> None:
    """The places the bot shows somebody at this point, in its order."""
    directory, words = _loaded(lang)
    wish = Wish(_service(service), lang, _moment(at))
    found = directory.near(lat, lon, wish, MOST_PLACES)
    town, km = directory.nearest_town(lat, lon)
    farther = None if found else directory.nearest_with(town.id, wish)
    if as_json:
        _write(_near_json(directory, wish, found, (town, km), farther))
        return
    title = f"{town.name(lang)}, {words.number(round(km, 1))} km"
    if wish.service:
        title += f": {service_name(words, Service(wish.service))}"
    out.print(title, markup=False)
    if found:
        out.print(_near_table(words, wish, found))
    elif farther is not None:
        there, way = farther.town.name(lang), round(farther.km)
        out.print(f"Nothing within 150 km; the nearest is in {there}, about {way} km away.")
    else:
        out.print("Nothing within 150 km.")
    for line in () if found else directory.hotlines(wish.service):
        out.print(f"{', '.join(line.phones)}  {line.name(lang)}", markup=False)


@commands.command()
def town(
    text: Annotated[str, typer.Argument(help="What a parent typed.")],
    as_json: AsJson = False,
) -> None:
    """The towns the bot takes these words for, surest first."""
    directory, _words = _loaded(Language.RU)
    matches = directory.find_towns(text)
    if as_json:
        _write([_match_json(match) for match in matches])
    elif not matches:
        fail("No town is found in these words. Add the spelling to “also” in towns-extra.yml.")
    else:
        table = Table("id", "name", "region", "position", "score")
        for match in matches:
            point = match.town.point
            where = f"{point.latitude:.4f}, {point.longitude:.4f}" if point else "—"
            region = match.town.region.names.get("ru")
            name = match.town.name("ru")
            table.add_row(match.town.id, name, region, where, f"{match.score:.0f}")
        out.print(table)


def _loaded(language: Language) -> tuple[Directory, Words]:
    settings = settings_or_fail()
    try:
        directory = load_directory(settings.content_dir / "directory")
        locales = load_locales(settings.locales_dir, "bot", BOT_LANGUAGES)
    except KomekError as exc:
        fail(exc)
    return directory, locales[language]


def _service(name: str) -> Service | None:
    if not name:
        return None
    if name in list(Service):
        return Service(name)
    if name not in ALSO_CALLED:
        known = ", ".join((*Service, *ALSO_CALLED))
        fail(f"There is no service “{name}”. Services are: {known}.")
    return ALSO_CALLED[name]


def _moment(text: str) -> datetime:
    if not text:
        return SystemClock().now()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        fail(f"“{text}” is no time: write 2026-11-23T10:00.")
    if not YEARS[0] <= moment.year <= YEARS[1]:
        fail(f"“{text}” is too far away: years are {YEARS[0]} to {YEARS[1]}.")
    return moment if moment.tzinfo else moment.replace(tzinfo=KAZAKHSTAN)


def _near_json(
    directory: Directory,
    wish: Wish,
    found: tuple[Found, ...],
    nearest: tuple[Town, float],
    farther: Farther | None,
) -> dict[str, Any]:
    assert wish.at is not None
    lines = () if found else directory.hotlines(wish.service)
    return {
        "at": wish.at.astimezone(KAZAKHSTAN).isoformat(),
        "service": wish.service,
        "town": {"id": nearest[0].id, "km": round(nearest[1], 1)},
        "places": [_found_json(wish, one) for one in found],
        "lines": [{"id": line.id, "phones": list(line.phones)} for line in lines],
        "nearest_with": farther and {"town": farther.town.id, "about_km": round(farther.km)},
    }


def _found_json(wish: Wish, found: Found) -> dict[str, Any]:
    place, language = found.place, wish.language or Language.RU
    assert wish.at is not None
    state = opening(place, wish.at)
    return {
        "id": place.id,
        "name": place.name(language),
        "kind": place.kind.value,
        "town": place.town,
        "address": place.address_in(language) or None,
        "distance_km": None if found.distance_km is None else round(found.distance_km, 2),
        "position": _point_json(place.position),
        "grade": place.position and place.position.grade.value,
        "phones": list(place.phones),
        "services": [service.value for service in place.services],
        "languages": list(place.languages),
        "hours": place.hours,
        "open_now": state.open_now,
        "changes_at": state.changes_at and state.changes_at.isoformat(),
        "certainty": place.certainty.value,
        "checked_on": place.checked_on.isoformat(),
    }


def _match_json(match: TownMatch) -> dict[str, Any]:
    return {
        "id": match.town.id,
        "names": dict(match.town.names.by_language),
        "region": match.town.region.id,
        "position": _point_json(match.town.point),
        "score": round(match.score, 1),
    }


def _point_json(point: Point | None) -> dict[str, float] | None:
    return None if point is None else {"lat": point.latitude, "lon": point.longitude}


def _near_table(words: Words, wish: Wish, found: tuple[Found, ...]) -> Table:
    assert wish.at is not None
    table = Table("id", "name", "km", "phones", "hours")
    for one in found:
        km = "" if one.distance_km is None else words.number(round(one.distance_km, 1))
        name, phones = one.place.name(words.language), ", ".join(one.place.phones)
        table.add_row(one.place.id, name, km, phones, open_in_short(words, one.place, wish.at))
    return table


def _write(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
