"""Decisions about propositions: who may take them, and what they must hold. Tests are named for the rules F1 to F8."""

from __future__ import annotations

import dataclasses
from typing import Any

import msgspec
import pytest

import world
from tasdiq import framing, rules
from tasdiq.errors import MissingError, ProcedureError, RoleError
from tasdiq.model.charter import Member
from tasdiq.model.entries import EntryCorrected
from tasdiq.model.framing import (
    PropositionConfirmed,
    PropositionReworded,
    PropositionsMerged,
    PropositionSplit,
    WordingObjected,
)
from tasdiq.model.state import State
from tasdiq.model.value import Value
from tasdiq.verification.docket import Docket, Step

NOW = "2031-04-10T12:00:00Z"
ORM, SHELLING, PRESENT = "p-violence-orm", "p-violence-shelling", "p-groups-present"


def joint() -> State:
    """Return the joint record of the made-up world, its seats sure: two parties, a mediator, an observer."""
    state = world.state()
    mediators, observers = (Member(id="ord", name="Ordania"),), (Member(id="riv", name="Rivania", role="observer"),)
    mediators = tuple(msgspec.structs.replace(item, role="mediator") for item in mediators)
    state.charter = msgspec.structs.replace(state.charter, mediators=mediators, observers=observers)
    return state


def held(state: State, ident: str) -> list[str]:
    """Return the statements under a proposition."""
    return [holding.statement for holding in state.propositions[ident].holdings]


def merge(**more: Any) -> PropositionsMerged:
    """Return a merger that is in order."""
    return PropositionsMerged(**{"into": ORM, "merged": (SHELLING,), "reason": "One claim.", "at": NOW, **more})


def reword(**more: Any) -> PropositionReworded:
    """Return a rewording that is in order."""
    plain = {"proposition": ORM, "wording": "Orm was struck on 2 April", "reason": "No side is named.", "at": NOW}
    return PropositionReworded(**{**plain, **more})


def split(state: State, **more: Any) -> PropositionSplit:
    """Return a split that is in order."""
    first, *left = held(state, PRESENT)
    plain = {
        "proposition": PRESENT, "part": "point-1", "wording": "Officials spoke of fighters", "statements": (first,),
        "left": tuple(left), "reason": "Another thing.", "at": NOW,
    }  # fmt: skip
    return PropositionSplit(**{**plain, **more})


def objection(state: State, **more: Any) -> WordingObjected:
    """Return an objection that is in order."""
    plain = {"proposition": ORM, "wording": state.propositions[ORM].wording, "text": "Nothing was struck.", "at": NOW}
    return WordingObjected(**{**plain, **more})


def confirmation(state: State, **more: Any) -> PropositionConfirmed:
    """Return a confirmation that is in order."""
    plain = {
        "proposition": ORM,
        "wording": state.propositions[ORM].wording,
        "statements": tuple(held(state, ORM)),
        "at": NOW,
    }
    return PropositionConfirmed(**{**plain, **more})


def refused(state: State, member: str, body: Value, rule: str, error: type[Exception] = ProcedureError) -> None:
    """Assert that a step is refused by a rule, by name, and that nothing of the state changed."""
    before = dict(state.framings)
    with pytest.raises(error, match=rule):
        rules.check(state, member, body, NOW)
    assert state.framings == before


def taken(state: State, member: str, body: Value, entry: str = "e1") -> State:
    """Return the state with a step taken."""
    rules.check(state, member, body, NOW)
    after = dataclasses.replace(state, framings=dict(state.framings))
    rules.take(after, Docket(after.charter), member, NOW, entry, "public", body)
    return after


def test_f1_a_mediator_frames_and_parties_do_not() -> None:
    """Merging, splitting and rewording are a mediator's; observers decide nothing; in a desk record the analyst does."""
    state = joint()
    for body in (merge(), reword(), split(state)):
        refused(state, "kes", body, "F1", RoleError)
        refused(state, "riv", body, "F1", RoleError)
        refused(state, "nobody", body, "R1", RoleError)
        assert taken(state, "ord", body).framings["e1"].body == body
    desk = world.desk()
    assert taken(desk, "analyst", merge()).framings["e1"].member == "analyst"


def test_f1_without_a_mediator_every_party_enters_the_same() -> None:
    """What one party enters waits; the same of another, whatever its reason, lets it stand."""
    from tasdiq.corroboration.decided import standing

    state = joint()
    state.charter = msgspec.structs.replace(state.charter, mediators=())
    state = taken(state, "kes", reword())
    assert standing(state.framings.values(), state.charter) == []
    other = taken(state, "vor", reword(wording="Something fell on Orm"), "e2")
    assert standing(other.framings.values(), other.charter) == []
    agreed = taken(state, "vor", reword(reason="So be it."), "e2")
    assert [item.entry for item in standing(agreed.framings.values(), agreed.charter)] == ["e2"]
    undone = taken(agreed, "kes", EntryCorrected(item="e1", reason="No."), "e3")
    assert standing(undone.framings.values(), undone.charter) == []


def test_f2_reasons_are_given_and_decisions_are_public_and_dated_now() -> None:
    """Spaces are no reason; a sealed decision is refused by whoever folds it."""
    state = joint()
    for body in (merge(reason=" "), reword(reason=""), split(state, reason="")):
        refused(state, "ord", body, "F2")
    refused(state, "ord", merge(at="2031-04-09T12:00:00Z"), "T1")
    with pytest.raises(ProcedureError, match="F2"):
        rules.take(state, Docket(state.charter), "ord", NOW, "e1", "joint", merge())
    assert rules.access_of(state, "ord", merge(), NOW) == "public" and rules.to_open(state, "ord", merge()) == ()


def test_f3_what_is_merged_is_there_and_named_once() -> None:
    """Neither nothing, nor itself, nor twice, nor an opposite that is not among it, nor what is not in the record."""
    state = joint()
    for wrong in (
        merge(merged=()),
        merge(merged=(ORM,)),
        merge(merged=(SHELLING, SHELLING)),
        merge(opposite=(PRESENT,)),
    ):
        refused(state, "ord", wrong, "F3")
    refused(state, "ord", merge(merged=("p-none",)), "no proposition p-none", MissingError)


def test_f4_a_split_sorts_every_statement_that_was_seen() -> None:
    """Strange ones, unseen ones, none at all, one on both sides, an id of another form and one in use are refused."""
    state = joint()
    first, *left = held(state, PRESENT)
    for wrong in (
        split(state, statements=()), split(state, statements=("d9.s1",), left=(first, *left)), split(state, left=()),
        split(state, left=(first, *left)), split(state, part="p-groups-present"), split(state, part="point-"),
    ):  # fmt: skip
        refused(state, "ord", wrong, "F4")
    refused(taken(state, "ord", split(state)), "ord", split(state, wording="Again"), "F4")


def test_f5_wordings_are_one_line_and_not_anothers() -> None:
    """Nor empty, too long, with spaces around, or the one that stands."""
    state = joint()
    standing = state.propositions[ORM].wording
    for wording in ("", " ", "a\nb", " a", "x" * 301, standing, state.propositions[SHELLING].wording.upper()):
        refused(state, "ord", reword(wording=wording), "F5")
    refused(state, "ord", split(state, wording=standing), "F5")


def test_f6_what_is_confirmed_is_what_stands() -> None:
    """By a party, a mediator or the analyst, over this wording and exactly these statements."""
    state = joint()
    for wrong in (
        confirmation(state, wording="Else"),
        confirmation(state, statements=()),
        confirmation(state, wording=" "),
    ):
        refused(state, "ord", wrong, "F6")
    refused(state, "riv", confirmation(state), "F1", RoleError)
    for member in ("kes", "ord"):
        assert taken(state, member, confirmation(state)).framings["e1"].member == member


def test_f7_a_party_objects_for_itself() -> None:
    """In words, to the wording that stands; a mediator does not, and in a desk record nobody does."""
    state = joint()
    assert taken(state, "kes", objection(state, own="A wording of Kestria")).framings
    refused(state, "ord", objection(state), "F7", RoleError)
    for wrong in (objection(state, text=""), objection(state, wording="Else"), objection(state, own="a\nb")):
        refused(state, "kes", wrong, "F7")
    refused(world.desk(), "analyst", objection(state), "F7", RoleError)


def test_f8_only_who_decided_takes_it_back_and_once() -> None:
    """A correction of anything else is none of these rules' business."""
    state = taken(joint(), "ord", merge())
    undo = EntryCorrected(item="e1", reason="Two claims.")
    assert framing.concerns(state, undo) and not framing.concerns(state, EntryCorrected(item="x", reason="r"))
    refused(state, "kes", undo, "F8", RoleError)
    refused(state, "ord", EntryCorrected(item="e1", reason=""), "F8")
    after = taken(state, "ord", undo, "e2")
    assert after.framings["e1"].undone == "e2" and not state.framings["e1"].undone
    refused(after, "ord", undo, "F8")
    with pytest.raises(MissingError):
        framing.check(state, Step("ord", EntryCorrected(item="e9", reason="r"), NOW), NOW)
