"""What the directory's files may not say."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.directory.directory import Directory
from bot.directory.loader import PLACE_FILES, load_directory
from bot.directory.model import Kind
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
        ("- id: [", "not YAML"),
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
    with pytest.raises(BadContent, match=r"state\.yml: cannot be read"):
        load_directory(folder)


def test_the_attribution_may_not_be_lost(folder: Path) -> None:
    spoil(folder, "towns-extra.yml", "attribution:", "attributed:")
    with pytest.raises(BadContent, match="attribution"):
        load_directory(folder)


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
