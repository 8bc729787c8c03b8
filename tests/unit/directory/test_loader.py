"""What the directory's files may not say."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.directory.border import is_inside, read_border
from bot.directory.directory import Directory
from bot.directory.loader import load_directory
from bot.directory.model import Kind, Point
from bot.directory.place_files import PLACE_FILES
from bot.directory.yaml_lines import read
from bot.errors import BadContent
from bot.languages import Language


def spoil(folder: Path, name: str, old: str, new: str) -> int:
    """Replaces the first `old`, and says on which line it stands."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        ("hotlines.yml", '["111"]', '["11"]', "“11” is no phone number"),
        ("hotlines.yml", '["111"]', "[]", "a hotline needs a number"),
        ("hotlines.yml", '["111"]', "[111]", "phones.0"),
        ("centres.yml", "+7 727 258 45 98", "+7 727 258 45", "digits are missing"),
        ("centres.yml", "Mo-Fr 09:00-18:00", "Mon 9 to 6", "is not understood"),
        ("centres.yml", "town: almaty", "town: almatty", "there is no “almatty”"),
        ("centres.yml", "services: [legal, ", "services: [legal, magic, ", "services.1"),
        ("centres.yml", "certainty: S", "certainty: maybe", "certainty"),
        ("centres.yml", "checked_on: 2026-11-23", "checked_on: soon", "checked_on"),
        ("centres.yml", "  certainty: S", "  certainty: S\n  colour: red", "colour"),
        ("centres.yml", "id: unhcr-almaty", "id: rodnik-almaty", "is there twice"),
        ("consulates.yml", "lat: 43.239491", "lat: 63.239491", "position.lat"),
        ("consulates.yml", "lat: 43.239491", "lat: 45.239491", "km from almaty"),
        ("consulates.yml", "lat: 43.239491", "lat: 42.739491", "lies outside Kazakhstan"),
        ("centres.yml", "  serves: [women", "  serves: [everybody, women", "serves.0"),
        ("centres.yml", "  serves: [workers]\n", "", "serves: Field required"),
        ("centres.yml", "serves: [workers]", "serves: [citizens]", "citizens of which countries"),
        ("consulates.yml", '  countries: ["KG"]', '  countries: ["XX"]', "“XX” is no country"),
        ("centres.yml", "id: rodnik-almaty", f"id: rodnik-{'x' * 30}", "at most 29"),
        ("centres.yml", '  short:\n    ru: "«Р', '  short:\n    rus: "«Р', "short.rus"),
        ("centres.yml", '    kk: "«Родник»"\n', "", "short: no text in kk"),
        (
            "state.yml",
            "  not_the_same_as: [migration-almaty]\n",
            "",
            "phones: +7 727 254 50 57: is this “migration-almaty” a second time?",
        ),
        ("landmarks.yml", "town: almaty", "town: atlantis", "there is no “atlantis”"),
        ("topic-services.yml", "overstay: legal", "overstay: luck", "there is no service “luck”"),
        ("consulates.yml", '  countries: ["KG"]\n', "", "whose mission is it?"),
        (
            "state.yml",
            "town: taldykorgan\n  address: {",
            "town: national\n  address: {",
            "needs a town with a known point",
        ),
        ("towns.yml", "region: almaty,", "region: moon,", "there is no “moon”"),
        ("towns-extra.yml", "within: almaty-region", "within: moon", "no region “moon”"),
        ("towns-extra.yml", "id: kaskelen, region: almaty-region", "id: kaskelen", "kaskelen"),
    ],
)
def test_a_mistake_is_refused_with_file_and_line(
    folder: Path, name: str, old: str, new: str, reason: str
) -> None:
    line = spoil(folder, name, old, new)
    with pytest.raises(BadContent) as caught:
        load_directory(folder)
    message = str(caught.value)
    assert reason in message
    shown = int(message.split(f"{name}:")[1].split(":")[0])
    # Some mistakes are reported at the entry's field, a line or a few away.
    assert abs(shown - line) <= 20


def test_a_shelter_may_have_no_point(folder: Path) -> None:
    path = folder / "centres.yml"
    head, entry = path.read_text(encoding="utf-8").split("- id: komek-shymkent\n")
    point = "position: {lat: 42.31, lon: 69.6, grade: A, source: none}"
    spoilt = entry.replace("position: null", point, 1)
    path.write_text(f"{head}- id: komek-shymkent\n{spoilt}", encoding="utf-8")
    with pytest.raises(BadContent, match="where a shelter is stays secret"):
        load_directory(folder)


def test_a_missing_language_is_named(folder: Path) -> None:
    path = folder / "hotlines.yml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    first = next(number for number, line in enumerate(lines) if line.startswith("    tg:"))
    del lines[first]
    path.write_text("".join(lines), encoding="utf-8")
    with pytest.raises(BadContent, match=r"hotlines\.yml:\d+: names: no text in tg"):
        load_directory(folder)


def test_all_mistakes_are_told_at_once(folder: Path) -> None:
    spoil(folder, "centres.yml", "certainty: S", "certainty: maybe")
    spoil(folder, "state.yml", "certainty: S", "certainty: maybe")
    with pytest.raises(BadContent) as caught:
        load_directory(folder)
    assert len(str(caught.value).splitlines()) == 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("- id: [", "not valid YAML"),
        ("just words", "a list of entries is expected"),
        ("- just words", "an entry with fields is expected"),
        ("- {id: one, id: two}", "a field is written twice"),
    ],
)
def test_a_file_that_is_no_list_of_entries(folder: Path, text: str, reason: str) -> None:
    (folder / "state.yml").write_text(text, encoding="utf-8")
    with pytest.raises(BadContent, match=rf"state\.yml:\d+: .*{reason}"):
        load_directory(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "state.yml").unlink()
    with pytest.raises(BadContent, match=r"state\.yml:1: this file is missing"):
        load_directory(folder)


def test_the_attribution_may_not_be_lost(folder: Path) -> None:
    spoil(folder, "towns-extra.yml", "attribution:", "attributed:")
    with pytest.raises(BadContent, match="attribution"):
        load_directory(folder)


def test_nearly_the_same_name_in_one_town_is_told_unless_it_is_known_to_be_another(
    folder: Path,
) -> None:
    path = folder / "centres.yml"
    text = path.read_text(encoding="utf-8")
    first = text[text.index("- id: rodnik-almaty") : text.index("- id: unhcr-almaty")]
    again = first.replace("id: rodnik-almaty", "id: rodnik-2").replace(
        "Родник — помощь женщинам и детям, Алматы", "«Родник», помощь детям и женщинам, Алматы"
    )
    path.write_text(text + "\n" + again, encoding="utf-8")
    with pytest.raises(BadContent, match=r"names: .*is this “rodnik-almaty” a second time"):
        load_directory(folder)
    path.write_text(
        text + "\n" + again.rstrip() + "\n  not_the_same_as: [rodnik-almaty]\n", encoding="utf-8"
    )
    assert load_directory(folder).place("rodnik-2") is not None


def test_a_number_in_the_name_makes_another_place(directory: Directory) -> None:
    assert directory.place("hospital-gkb4-almaty")
    assert directory.place("hospital-gkb7-almaty")


@pytest.mark.parametrize(
    ("lat", "lon", "inside"),
    [
        (43.25, 76.95, True),  # Almaty
        (42.87, 74.59, False),  # Bishkek
        (43.04, 74.71, True),  # Korday, across the river
        (41.31, 69.25, False),  # Tashkent
        (41.46, 69.17, True),  # Saryagash
        (51.77, 55.10, False),  # Orenburg
        (51.22, 51.37, True),  # Oral
        (44.21, 80.42, False),  # Khorgos on the Chinese side
    ],
)
def test_the_border_knows_neighbouring_towns(
    folder: Path, lat: float, lon: float, inside: bool
) -> None:
    border = read_border(read(folder / "border.yml"))
    assert is_inside(border, Point(lat, lon)) is inside


def test_the_content_is_complete(directory: Directory) -> None:
    assert len(PLACE_FILES) == 4
    assert len(directory.places) >= 88
    assert len(directory.towns) >= 340
    for one in directory.places:
        names = {one.name(language) for language in Language}
        assert all(names), one.id
    assert not any(p.position for p in directory.places if p.kind is Kind.SHELTER)
    assert "OpenStreetMap" in directory.attribution
    assert "\n" not in directory.attribution


def test_every_language_has_its_own_letters_only(directory: Directory) -> None:
    texts = [t for p in directory.places for t in (p.name("uz"), p.note_in("uz")) if t]
    assert len(texts) > 100
    assert not [text for text in texts if "'" in text or "’" in text]
    assert not [text for text in texts if any("\u0400" <= letter <= "\u04ff" for letter in text)]


def test_names_and_addresses_in_a_language(directory: Directory) -> None:
    consulate = directory.place("kg-consulate-almaty")
    assert consulate is not None
    assert consulate.name("ky") == "Кыргызстандын Башкы консулдугу, Алматы"
    assert consulate.address_in("uz") == "ул. Луганского, 30А"
    assert not consulate.is_certain
    shymkent = directory.town("shymkent")
    assert shymkent is not None
    assert (shymkent.name("tg"), shymkent.region_name("ru")) == ("Чимкент", "")
    korday = directory.town("korday")
    assert korday is not None
    assert korday.region_name("ru") == "Жамбылская область"
    assert directory.town("national") is None
