"""The main job on four short reports about made-up countries, written for this test: what must never come out wrong.

The worst errors are a wrong party, a denial turned into an assertion or the other way round, and an invented date.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from journey.folder import Item, Site
from tasdiq.journey import assess_folder
from tasdiq.settings import Settings

REPORTS = Path(__file__).parent / "reports"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Assess the four reports without a charter."""
    target = tmp_path_factory.mktemp("reports")
    assess_folder(REPORTS, target / "site", None, Settings(target / "state"), lambda _: None)
    data = json.loads((target / "site" / "data" / "site.json").read_text(encoding="utf-8"))
    return Site(data, {}, REPORTS)


def said(site: Site, words: str) -> Item:
    """Return the outermost statement whose content holds these words."""
    return next(item for item in site.data["statements"] if words in site.words(item))


def own(site: Site, wording: str) -> dict[str, set[str]]:
    """Return the stances in own voice by party on a proposition."""
    (found,) = [p for p in site.data["propositions"] if p["wording"] == wording]
    parties = {position["party"] for position in found["positions"]["own"]}
    return {party: {p["stance"] for p in site.holders(found, party, own=True)} for party in parties}


def test_the_parties_are_the_two_countries(site: Site) -> None:
    """Countries no list holds are found, and the mediator is no party."""
    assert {party["name"] for party in site.data["parties"]} == {"Kestria", "Vorland"}


@pytest.mark.parametrize(
    ("words", "party"),
    [
        ("had shelled the village", "vorland"),
        ("No drone of ours", "kestria"),
        ("soldiers had stopped an aid convoy", None),
        ("must withdraw its troops", "vorland"),
        ("are completely untrue", "kestria"),
        ("had used Vorlander territory", "vorland"),
    ],
)
def test_who_says_what(site: Site, words: str, party: str | None) -> None:
    """Every speaker has its own side; an official of an international body has none."""
    assert said(site, words)["party"] == party


def test_a_denial_stays_a_denial(site: Site) -> None:
    """What is called untrue, baseless or denied is denied in own voice, against the other side's own assertion."""
    assert own(site, "Kestria killed civilians") == {"kestria": {"denies"}, "vorland": {"asserts"}}
    assert own(site, "Kestria opened fire without provocation").get("kestria") == {"denies"}


def test_a_condition_is_no_agreement(site: Site) -> None:
    """ "Would agree only if" and "no document was signed" tell of no ceasefire and no signature."""
    kestria = [
        position
        for proposition in site.propositions("agreed on a ceasefire")
        for position in site.holders(proposition, "kestria", own=True)
    ]
    assert kestria == []
    assert {item["form"] for item in site.data["agreements_told"]} & {"signed", "written"} == set()


def test_a_side_changes_what_it_says(site: Site) -> None:
    """What an outlet said a side denies does not fill its cell; what its president then said himself does."""
    assert own(site, "Vorlander territory is used for attacks against Kestria") == {"vorland": {"asserts"}}


def test_no_date_is_invented(site: Site) -> None:
    """A day of what is spoken of dates no speech, and a word that begins like a month is no date."""
    welcomed = said(site, "a truce proposed by Oman")
    assert welcomed["when"] is None or welcomed["when"]["start"] != "2031-03-09"
    (volunteers,) = [figure for figure in site.data["figures"] if "23" in figure["words"]]
    assert (volunteers["low"], volunteers["high"], volunteers["measure"]) == (None, 23, "killed")


def test_the_crossing_is_closed_then_open(site: Site) -> None:
    """The crossing is closed from 6 March and open from 26 March."""
    (crossing,) = [item for item in site.data["crossings"] if item["name"] == "Tarn Bridge"]
    days = {item["state"]: item["when"]["start"] for item in crossing["intervals"] if item["when"]}
    assert days == {"closed": "2031-03-06", "open": "2031-03-26"}
