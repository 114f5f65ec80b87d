"""The party-swap test: the parties' names exchanged throughout the folder, everything comes out mirrored, without exception."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from journey.folder import Site, assess
from variants import MIRROR, dispatch_files, replace_names

pytestmark = [
    pytest.mark.dispatches,
    pytest.mark.skipif(not dispatch_files(), reason="the press reports (../shared/dispatches) are not on this machine"),
]


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Site]:
    """Assess the folder as it is and with the parties exchanged."""
    return assess(tmp_path_factory.mktemp("plain"), {}), assess(tmp_path_factory.mktemp("mirror"), MIRROR)


def other(site: Site, party: str | None) -> str | None:
    """Return the other party, or whatever it is if it is none of the two."""
    ids = [p["id"] for p in site.data["parties"]]
    return ids[1 - ids.index(party)] if party in ids else party


def exchanged(text: str, *, mirrored: bool) -> str:
    """Return a text with the parties' names exchanged if asked."""
    return replace_names(text, MIRROR) if mirrored else text


def seen(site: Site, *, mirrored: bool) -> Counter[tuple[Any, ...]]:
    """Return the statements as (file, words, party, teller, act, quote, confidence), parties exchanged if asked."""
    return Counter(
        (
            statement["passage"]["file"][:3],
            exchanged(site.words(statement), mirrored=mirrored),
            other(site, statement["party"]) if mirrored else statement["party"],
            statement["teller"],
            statement["act"],
            statement["quote"],
            statement["confidence_ppm"],
        )
        for statement in site.data["statements"]
    )


def held(site: Site, *, mirrored: bool) -> Counter[tuple[Any, ...]]:
    """Return the positions as (proposition, side, holder, label), parties exchanged if asked; an outlet is its document's place."""
    places = {document["id"]: number for number, document in enumerate(site.data["documents"])}
    return Counter(
        (
            exchanged(proposition["wording"], mirrored=mirrored),
            side,
            places.get(position["party"], other(site, position["party"]) if mirrored else position["party"]),
            exchanged(position["label"], mirrored=mirrored),
        )
        for proposition in site.data["propositions"]
        for side in ("own", "beside")
        for position in proposition["positions"][side]
    )


def test_statements_are_mirrored(pair: tuple[Site, Site]) -> None:
    """Every statement has the other party, the same bounds, teller, act, kind of quotation and confidence."""
    plain, mirror = pair
    expected, found = seen(plain, mirrored=True), seen(mirror, mirrored=False)
    assert expected - found == Counter()
    assert found - expected == Counter()


def test_positions_are_mirrored(pair: tuple[Site, Site]) -> None:
    """Propositions, cells and labels are those of the plain folder with the names exchanged, the outlets' too."""
    plain, mirror = pair
    expected, found = held(plain, mirrored=True), held(mirror, mirrored=False)
    assert expected - found == Counter()
    assert found - expected == Counter()


def test_neither_side_is_wronged_more(pair: tuple[Site, Site]) -> None:
    """As many statements are without a party in both copies."""
    missing = [sum(s["party"] is None for s in site.data["statements"] if not s["narrated"]) for site in pair]
    assert missing[0] == missing[1]
