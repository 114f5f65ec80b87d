"""Positions on the dispatches, read by the real intake, with a charter of two names, with none, and with the parties exchanged."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tasdiq.corroboration import disagreement, positions, propositions
from tasdiq.intake.article import receive_file
from tasdiq.intake.extract import extract
from tasdiq.model.charter import Charter, Member
from tasdiq.model.proposition import Row
from tasdiq.model.state import State

FOLDER = Path(__file__).parents[3] / "shared" / "dispatches"
PARTIES = (Member(id="pak", name="Pakistan"), Member(id="afg", name="Afghanistan"))
SWAP = {
    "Pakistan": "Afghanistan", "Pakistani": "Afghan", "Islamabad": "Kabul",
    "Afghanistan": "Pakistan", "Afghan": "Pakistani", "Kabul": "Islamabad",
}  # fmt: skip
pytestmark = [
    pytest.mark.dispatches,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the dispatches are not on this machine (../shared/dispatches)"),
]


def assess(charter: Charter | None, *, swapped: bool = False) -> State:
    """Read the dispatches and work out propositions, positions and rows."""
    names = re.compile("|".join(sorted(SWAP, key=len, reverse=True)))
    received = []
    for path in sorted(FOLDER.glob("*.txt")):
        text = path.read_text("utf-8")
        text = names.sub(lambda hit: SWAP[hit[0]], text) if swapped else text
        received.append(receive_file(path.name, text.encode()))
    said = extract(charter, received, "test", lambda _: None)
    state = State(charter=said.charter, actors=dict(said.directory.actors))
    for file in received:
        state.texts[file.text_sha256] = file.text
        state.documents |= {document.id: document for document in file.documents}
    state.statements = {s.id: s for group in said.statements.values() for s in group}
    state.told = {t.id: t for group in said.told.values() for t in group}
    state.propositions = {p.id: p for p in propositions.frame(state)}
    state.positions = positions.propose(state)
    state.rows = {row.proposition: row for row in positions.tabulate(state)}
    return state


@pytest.fixture(scope="module", params=["two names", "no charter", "exchanged"])
def reading(request: pytest.FixtureRequest) -> tuple[State, str, str]:
    """The state, and the ids of the party that is Pakistan in the originals and of the other."""
    given = None if request.param == "no charter" else Charter(title="", form="desk", parties=PARTIES)
    state = assess(given, swapped=request.param == "exchanged")
    return (state, "afg", "pak") if request.param == "exchanged" else (state, "pak", "afg")


def row(state: State, frame: str) -> Row:
    """The row of the only proposition of a frame."""
    (found,) = [p for p in state.propositions.values() if p.frame == frame]
    return state.rows[found.id]


def own(found: Row) -> dict[str, set[str]]:
    """Stances in own voice by party."""
    held: dict[str, set[str]] = {}
    for position in found.own:
        held.setdefault(position.party, set()).add(position.stance)
    return held


def labels(found: Row, party: str) -> str:
    """What stands beside a party's cell, without the parties' names."""
    return "; ".join(
        sorted(re.sub("Pakistan|Afghanistan", "the other", p.label) for p in found.beside if p.party == party)
    )


def test_the_refused_offer_is_asserted_and_denied_in_own_voice(reading: tuple[State, str, str]) -> None:
    """One side's spokesman asserts it in three documents, the other side's ministry denies it: contested."""
    state, first, second = reading
    found = row(state, "offer-refused")
    assert found.status == "contested"
    assert own(found) == {first: {"denies"}, second: {"asserts"}}
    (asserted,) = [p for p in found.own if p.party == second]
    assert len({state.statements[n].document for n in asserted.statements}) == 3


def test_nationality_is_hearsay(reading: tuple[State, str, str]) -> None:
    """The second party's cell on nationality is empty, with what the first tells of it beside."""
    state, _, second = reading
    found = row(state, "nationals")
    assert second in found.silent
    assert "asserts, as told by the other" in labels(found, second)


def test_presence_is_acknowledged_and_denied_only_in_tellings(reading: tuple[State, str, str]) -> None:
    """Presence: asserted by the first; acknowledged and traditionally denied beside the second's empty cell."""
    state, first, second = reading
    found = row(state, "presence")
    assert own(found) == {first: {"asserts"}}
    assert "acknowledged, as told by the other" in labels(found, second)
    assert "has traditionally denied, as told by the outlet" in labels(found, second)


def test_the_mechanism_is_called_for_agreed_and_absent(reading: tuple[State, str, str]) -> None:
    """The mechanism's existence is itself three propositions, and a written agreement is said not to exist."""
    state, first, _ = reading
    assert own(row(state, "mechanism-wanted")) == {first: {"calls for"}}
    assert row(state, "mechanism-agreed").status == "unattributed"
    assert row(state, "mechanism-absent").status == "unattributed"
    assert {p.stance for p in row(state, "agreement-exists").beside} == {"denies"}


def test_guarantees_and_refugees(reading: tuple[State, str, str]) -> None:
    """Guarantees are refused only in tellings; that the fighters are refugees is denied in own voice and told of the other."""
    state, first, second = reading
    assert "refused, as told by" in labels(row(state, "guarantees-refused"), second)
    refugees = row(state, "refugees")
    assert own(refugees) == {first: {"denies"}}
    assert "asserts, as told by the other" in labels(refugees, second)


def test_the_spokesmans_three_channels(reading: tuple[State, str, str]) -> None:
    """The channels through which the spokesman's claim came stand side by side."""
    found = [item for item in disagreement.find(reading[0]) if item.aspect == "channel"]
    assert any(len(item.values) == 3 for item in found)
