"""The party-swap test: the parties' names exchanged throughout the folder, everything comes out mirrored."""

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


def seen(site: Site, *, mirrored: bool) -> Counter[tuple[Any, ...]]:
    """Return the statements as (file, words, party, teller, act), parties exchanged if asked."""
    return Counter(
        (
            statement["passage"]["file"][:3],
            replace_names(site.words(statement), MIRROR) if mirrored else site.words(statement),
            other(site, statement["party"]) if mirrored else statement["party"],
            statement["teller"],
            statement["act"],
        )
        for statement in site.data["statements"]
    )


def test_statements_are_mirrored(pair: tuple[Site, Site]) -> None:
    """Every statement has the other party, the same teller and act; at most a handful differ, where the parser does."""
    plain, mirror = pair
    expected, found = seen(plain, mirrored=True), seen(mirror, mirrored=False)
    differing = sum((expected - found).values())
    assert differing <= 0.02 * sum(expected.values()), list(expected - found)[:10]


def test_positions_are_mirrored(pair: tuple[Site, Site]) -> None:
    """Propositions, cells and labels are those of the plain folder with the names exchanged."""
    plain, mirror = pair

    def cells(site: Site, exchange: bool) -> set[tuple[str, str, str, str]]:
        return {
            (
                replace_names(p["wording"], MIRROR) if exchange else p["wording"],
                side,
                str(other(site, position["party"]) if exchange else position["party"]),
                replace_names(position["label"], MIRROR) if exchange else position["label"],
            )
            for p in site.data["propositions"]
            for side in ("own", "beside")
            for position in p["positions"][side]
            if position["party"] in {party["id"] for party in site.data["parties"]}
        }

    expected, found = cells(plain, True), cells(mirror, False)
    assert len(expected - found) <= 0.05 * len(expected), sorted(expected - found)[:20]


def test_neither_side_is_wronged_more(pair: tuple[Site, Site]) -> None:
    """The share of statements without a party is the same for both copies."""
    plain, mirror = pair

    def missing(site: Site) -> float:
        spoken = [s for s in site.data["statements"] if not s["narrated"]]
        return sum(s["party"] is None for s in spoken) / len(spoken)

    assert abs(missing(plain) - missing(mirror)) <= 0.03
