"""The reference data: complete, well formed, found under every usual spelling."""

from __future__ import annotations

import csv
import time
import unicodedata
from collections import Counter
from importlib import resources
from typing import get_args

import pytest

from tasdiq.intake.gazetteer import load_gazetteer, load_world, name_key, split_kind
from tasdiq.model.place import PlaceKind

GAZETTEER = load_gazetteer()
WORLD = load_world()
TABLES = ("world.csv", "places.csv", "crossings.csv")

SPELLINGS = [
    ("Torkham", "afg-pak.torkham"),
    ("Turkham", "afg-pak.torkham"),
    ("Torkham border crossing", "afg-pak.torkham"),
    ("Torkham Gate", "afg-pak.torkham"),
    ("Ghulam Khan", "afg-pak.ghulam-khan"),
    ("Ghulamkhan", "afg-pak.ghulam-khan"),
    ("Kharlachi", "afg-pak.kharlachi"),
    ("Kharlachai", "afg-pak.kharlachi"),
    ("Borki", "afg-pak.kharlachi"),
    ("Angoor Adda", "afg-pak.angoor-adda"),
    ("Angur Ada", "afg-pak.angoor-adda"),
    ("Friendship Gate", "afg-pak.chaman-spin-boldak"),
    ("Bab-e-Dosti", "afg-pak.chaman-spin-boldak"),
    ("Chaman–Spin Boldak", "afg-pak.chaman-spin-boldak"),
    ("Badini", "afg-pak.badini"),
    ("Qamar Din Karez", "afg-pak.qamar-din-karez"),
    ("Qamaruddin Karez", "afg-pak.qamar-din-karez"),
    ("Shahidano Dand", "afg-pak.shahidano-dand"),
    ("Arandu", "afg-pak.arandu"),
    ("Nawa Pass", "afg-pak.nawa-pass"),
    ("Terimangal", "afg-pak.teri-mangal"),
    ("Bin Shahi", "afg-pak.binshahi"),
    ("Raghbai", "afg-pak.raghbai"),
    ("Dand-e-Patan crossing", "afg-pak.dand-patan"),
    ("Spin Boldak", "afg.kandahar.spin-boldak"),
    ("Spinboldak District", "afg.kandahar.spin-boldak"),
    ("Chaman City", "pak.balochistan.chaman-city"),
    ("Bajaur", "pak.kp.bajaur"),
    ("Bajaur Agency", "pak.kp.bajaur"),
    ("Bajaur tribal district", None),
    ("Kurram", "pak.kp.kurram"),
    ("Kurram district", "pak.kp.kurram"),
    ("North Waziristan", "pak.kp.north-waziristan"),
    ("South Waziristan", "pak.kp.south-waziristan"),
    ("Orakzai", "pak.kp.orakzai"),
    ("Mohmand", "pak.kp.mohmand"),
    ("Lakki Marwat", "pak.kp.lakki-marwat"),
    ("D.I. Khan", "pak.kp.dera-ismail-khan"),
    ("Dera Ismail Khan District", "pak.kp.dera-ismail-khan"),
    ("Swat", "pak.kp.swat"),
    ("Khyber Pakhtunkhwa", "pak.kp"),
    ("Khyber-Pakhtunkhwa", "pak.kp"),
    ("KP", "pak.kp"),
    ("KPK", "pak.kp"),
    ("Balochistan", "pak.balochistan"),
    ("Baluchistan", "pak.balochistan"),
    ("Balochistan Province", "pak.balochistan"),
    ("Quetta", "pak.balochistan.quetta-city"),
    ("Peshawar", "pak.kp.peshawar-city"),
    ("Peshawar District", "pak.kp.peshawar"),
    ("Islamabad", "pak.ict.islamabad-city"),
    ("Rawalpindi", "pak.punjab.rawalpindi-city"),
    ("Karachi", "pak.sindh.karachi-city"),
    ("Miran Shah", "pak.kp.miranshah"),
    ("Miranshah", "pak.kp.miranshah"),
    ("Landi Kotal", "pak.kp.landi-kotal"),
    ("Parachinar", "pak.kp.parachinar"),
    ("Killa Saifullah", "pak.balochistan.killa-saifullah"),
    ("Qila Abdullah", "pak.balochistan.killa-abdullah"),
    ("Khost", "afg.khost"),
    ("Khowst", "afg.khost"),
    ("Paktika", "afg.paktika"),
    ("Paktia", "afg.paktia"),
    ("Paktya Province", "afg.paktia"),
    ("Nangarhar", "afg.nangarhar"),
    ("Ningarhar", "afg.nangarhar"),
    ("Kunar", "afg.kunar"),
    ("Konar", "afg.kunar"),
    ("Kunar Province", "afg.kunar"),
    ("Nuristan", "afg.nuristan"),
    ("Nooristan", "afg.nuristan"),
    ("Kandahar", "afg.kandahar.kandahar-city"),
    ("Qandahar", "afg.kandahar.kandahar-city"),
    ("Kandahar Province", "afg.kandahar"),
    ("Helmand", "afg.helmand"),
    ("Herat province", "afg.herat"),
    ("Maidan Wardak", "afg.wardak"),
    ("Mazar-e-Sharif", "afg.balkh.mazar-e-sharif-city"),
    ("Mazar-i-Sharif", "afg.balkh.mazar-e-sharif-city"),
    ("Jalalabad", "afg.nangarhar.jalalabad-city"),
    ("Kabul", "afg.kabul.kabul-city"),
    ("Kabul Province", "afg.kabul"),
    ("Bagram", "afg.parwan.bagram-airbase"),
    ("Bagram Air Base", "afg.parwan.bagram-airbase"),
    ("Bagram district", "afg.parwan.bagram"),
    ("Barmal", "afg.paktika.barmal"),
    ("Bermal", "afg.paktika.barmal"),
    ("Gurbuz", "afg.khost.gurbuz"),
    ("Haska Mina", "afg.nangarhar.dih-bala"),
    ("Lalpura", "afg.nangarhar.lal-pur"),
    ("Mohmand Dara", "afg.nangarhar.momand-dara"),
    ("Istanbul", "tur.istanbul"),
    ("Doha", "qat.doha"),
    ("Türkiye", "tur"),
    ("Turkey", "tur"),
    ("Wagah", "pak-ind.wagah"),
    ("Rafah crossing", "pse-egy.rafah"),
]


@pytest.mark.parametrize(("name", "expected"), SPELLINGS, ids=[name for name, _ in SPELLINGS])
def test_spellings_lead_to_their_place(name: str, expected: str | None) -> None:
    """Each usual spelling finds its place first; a phrase that is no name finds nothing."""
    found = GAZETTEER.find(name)
    assert (found[0].id if found else None) == expected


def test_two_ends_lead_to_one_crossing() -> None:
    """Chaman, Spin Boldak and Wesh are ends of one crossing (rule 5)."""
    ends = [place for name in ("Chaman", "Spin Boldak", "Wesh") for place in GAZETTEER.find(name)]
    crossings = {crossing.id for place in ends if (crossing := GAZETTEER.crossing_of(place))}
    assert crossings == {"afg-pak.chaman-spin-boldak"}


def test_the_district_around_is_not_the_crossing() -> None:
    """A district that merely borders on a crossing does not stand for it (rule 5)."""
    assert GAZETTEER.crossing_of(GAZETTEER.find("Bajaur")[0]) is None
    assert GAZETTEER.crossing_of(GAZETTEER.find("Kurram")[0]) is None


def test_near_prefers_the_country() -> None:
    """A name of two countries is resolved to the one asked for, and the other is kept (rule 1)."""
    assert GAZETTEER.find("Hyderabad")[0].country == "IND"
    found = GAZETTEER.find("Hyderabad", near="PAK")
    assert found[0].country == "PAK"
    assert "IND" in {place.country for place in found}


def test_districts_of_one_name_are_all_kept() -> None:
    """Districts of one name in several provinces are all candidates."""
    assert len({place.admin1 for place in GAZETTEER.find("Behsud")}) == 2
    assert len({place.admin1 for place in GAZETTEER.find("Jani Khel")}) == 3


def test_every_province_and_many_districts_are_there() -> None:
    """Afghanistan has 34 provinces and about 400 districts, Pakistan 7 provinces and territories with all districts."""
    count = Counter((place.country, place.kind) for place in GAZETTEER.places.values())
    assert count["AFG", "province"] == 34
    assert count["AFG", "district"] >= 400
    assert count["PAK", "province"] == 7
    assert count["PAK", "district"] >= 160


def test_rows_are_well_formed() -> None:
    """Kinds are those of the model, parents exist, coordinates are on the globe, text is NFC without stray blanks."""
    for place in GAZETTEER.places.values():
        assert place.kind in get_args(PlaceKind), place
        assert all(parent is None or GAZETTEER.place(parent) for parent in (place.admin1, place.admin2)), place
        assert (place.lat_e7 is None) == (place.lon_e7 is None), place
        assert abs(place.lat_e7 or 0) <= 900_000_000 and abs(place.lon_e7 or 0) <= 1_800_000_000, place
        for text in (place.name, *(name.text for name in place.names)):
            assert text == unicodedata.normalize("NFC", text.strip()) != "", place


def test_places_of_two_countries_lie_there() -> None:
    """Afghan and Pakistani places with coordinates lie within the two countries' extent and near their province."""
    for place in GAZETTEER.places.values():
        if place.country in ("AFG", "PAK") and place.lat_e7 is not None and place.lon_e7 is not None:
            assert 236_000_000 <= place.lat_e7 <= 386_000_000, place
            assert 604_000_000 <= place.lon_e7 <= 781_000_000, place
            assert place.precision_km, place


def test_crossings_name_both_sides() -> None:
    """Every crossing between Afghanistan and Pakistan has an end on each side, and every end is a place."""
    for crossing in GAZETTEER.crossings.values():
        countries = {place.country for end in crossing.ends if (place := GAZETTEER.place(end))}
        if crossing.countries == ("AFG", "PAK"):
            assert countries == {"AFG", "PAK"}, crossing
        assert all(GAZETTEER.place(end) for end in crossing.ends), crossing


def test_ambiguous_names_are_name_keys() -> None:
    """Each line of the list of ambiguous names is a key as the look-up makes it."""
    assert {name_key(key) for key in GAZETTEER.ambiguous} == GAZETTEER.ambiguous


def test_unknown_names_find_nothing() -> None:
    """A name that no row has gives no candidates, with or without a word of kind."""
    assert GAZETTEER.find("Kestria") == ()
    assert GAZETTEER.find("Kestria Province") == ()
    assert GAZETTEER.find("") == ()


def test_key_ignores_case_marks_and_joints() -> None:
    """Spellings that differ by case, diacritics, hyphens or apostrophes share a key."""
    assert name_key("Pul-e Alam") == name_key("PUL E ALAM") == name_key("Pul-e-Ālam")
    assert name_key("Sana'a") == name_key("Sanaa")
    assert name_key("Kabul's") == name_key("Kabul’s") == "kabul"
    assert split_kind("kunar province") == ("kunar", "province")


def test_world_knows_names_demonyms_capitals_and_seats() -> None:
    """A country is found by name, alias, adjective, nationals, capital and seat of government."""
    for found, code in (
        (WORLD.by_name("Afghanistan"), "AFG"),
        (WORLD.by_name("the United States"), "USA"),
        (WORLD.by_name("U.S."), "USA"),
        (WORLD.by_name("Turkiye"), "TUR"),
        (WORLD.demonym("Afghan"), "AFG"),
        (WORLD.demonym("Pakistanis"), "PAK"),
        (WORLD.demonym("Turks"), "TUR"),
        (WORLD.capital_of("Kabul"), "AFG"),
        (WORLD.capital_of("Kiev"), "UKR"),
        (WORLD.seat_of("the Kremlin"), "RUS"),
        (WORLD.seat_of("Rawalpindi"), "PAK"),
        (WORLD.seat_of("White House"), "USA"),
    ):
        assert found is not None and found.id == code


def test_pronouns_are_no_countries() -> None:
    """ "us" and "Us" are not the United States; a made-up name is no country."""
    assert WORLD.by_name("us") is None
    assert WORLD.by_name("Us") is None
    assert WORLD.by_name("Vorland") is None


def test_world_has_every_member_of_the_united_nations() -> None:
    """193 members and 2 observers are there, and contested territories say what is contested."""
    assert len(WORLD) >= 193 + 2
    assert all(country.note for country in WORLD if country.id.startswith("X"))


def test_readme_counts_the_rows() -> None:
    """The README of the data states how many rows each file has and how many positions come from each source."""
    package = resources.files("tasdiq.intake.gazetteer")
    readme = (package / "README.md").read_text(encoding="utf-8")
    tables = {name: list(csv.DictReader((package / name).read_text("utf-8").splitlines())) for name in TABLES}
    for name, rows in tables.items():
        assert f"| `{name}` | {len(rows):,} |" in readme, name
    for position, count in Counter(row["position"] for row in tables["places.csv"]).items():
        assert f"| {f'`{position}`' if position else 'empty'} | {count:,} |" in readme, position


def test_loading_is_quick() -> None:
    """The gazetteer loads in well under a second on a shared machine (60 ms on an idle one)."""
    load_gazetteer.cache_clear()
    start = time.perf_counter()
    load_gazetteer()
    assert time.perf_counter() - start < 0.5
