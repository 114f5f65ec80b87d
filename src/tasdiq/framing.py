"""Who may decide about propositions, and what a decision must hold.

A program puts statements under propositions; persons merge, split, reword and confirm them, and parties object. Rules:

F1. In a desk record its analyst decides. In a joint record a mediator does; where the charter names none, every party enters the
    same decision for itself, and it stands from the last of these entries on.
F2. A decision is dated when it is taken, and public. To merge, split or reword takes a reason in words.
F3. What is merged is named, each once, and is not what it is merged into. What is *opposite* is among what is merged.
F4. A split names statements that stand under the proposition, a new id (`point-…`) and a wording for where they go, and, as *left*,
    exactly the others: nothing is sorted that was not seen.
F5. A wording is one line of at most 300 characters, unlike the one that stands and unlike that of any other proposition.
F6. What is confirmed is a wording and its statements as they stand. In a joint record any party or mediator confirms, in its own
    name; the point counts as *confirmed* where the decision would stand by F1.
F7. A party of a joint record objects to the wording that stands, for itself and in words, and may give its own. Its later
    objection to the same proposition stands in the place of the earlier one, which is kept. Nobody objects for a party: in a
    desk record what a party says of a wording is a statement like any other.
F8. Whoever entered a decision takes it back by correcting its entry, once, with a reason. Nobody takes back another's.

Existence (of propositions, statements, wordings) is asked when a step is taken; a fold holds steps to the rest (F9). No input or
output: time comes with the step, keys were checked by the record.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from typing import Any

from tasdiq.corroboration.decided import BY_HAND
from tasdiq.errors import MissingError, ProcedureError, RoleError
from tasdiq.model.entries import EntryCorrected
from tasdiq.model.framing import (
    Framing,
    PropositionConfirmed,
    PropositionReworded,
    PropositionsMerged,
    PropositionSplit,
    WordingObjected,
    same,
)
from tasdiq.model.proposition import Holding, Proposition, Stance
from tasdiq.model.state import State
from tasdiq.model.value import Value
from tasdiq.verification import clocks
from tasdiq.verification.docket import Step

LONGEST = 300
PUT = "a person put it here"
_PART = re.compile(r"point-[a-z0-9][a-z0-9-]{0,60}")
_DECIDING = ("party", "mediator")


def check(state: State, step: Step, now: str = "") -> None:
    """Raise `ProcedureError`, `RoleError` or `MissingError` unless this decision may be taken; `now` where it is taken now."""
    clocks.read(step.at)
    if now:
        clocks.require_now(step.at, now)
    if step.access != "public":
        raise ProcedureError("decisions about propositions are public", paragraph="F2")
    _require_role(state, step)
    held, existing = STEPS[type(step.body)]
    held(state, step, step.body)
    if now:
        existing(state, step, step.body)


def take(state: State, step: Step) -> list[str]:
    """Take a decision while the record is folded; return the ids it introduces. Raise, and change nothing, if it is refused."""
    check(state, step)
    body: Any = step.body
    if isinstance(body, EntryCorrected):
        held = state.framings[body.item]
        state.framings[body.item] = Framing(held.entry, held.member, held.at, held.body, undone=step.entry)
        return []
    state.framings[step.entry] = Framing(step.entry, step.member, step.at, body)
    return [body.part] if isinstance(body, PropositionSplit) else []


def frame(state: State, member: str, wording: str, topic: str, holds: Mapping[str, Stance]) -> Proposition:
    """Return a new point that a person frames from statements, to be proposed (F1, F5); raise where rules refuse it."""
    _require_role(state, Step(member, PropositionReworded(proposition="", wording=wording, reason=""), ""))
    _require_wording(wording)
    _require_other(state, wording)
    if missing := [name for name in holds if name not in state.statements]:
        raise MissingError(f"no statement {missing[0][:80]} in this record; a document's page lists its statements")
    held = tuple(Holding(statement=name, stance=stance, why=PUT) for name, stance in holds.items())
    ident = "point-" + hashlib.sha256(wording.encode()).hexdigest()[:12]
    return Proposition(id=ident, wording=wording, topic=topic, frame="", holdings=held, method=BY_HAND)


def concerns(state: State, body: Value) -> bool:
    """Tell whether a body is a decision about propositions, or takes one back."""
    if isinstance(body, EntryCorrected):
        return body.item in state.framings
    return type(body) in STEPS


def proposition_of(state: State, ident: str) -> Proposition:
    """Return a proposition as it stands; raise `MissingError` if there is none."""
    if ident not in state.propositions:
        raise MissingError(
            f"no proposition {ident[:80]} in this record; list them with: tasdiq proposition list RECORD"
        )
    return state.propositions[ident]


def _require_role(state: State, step: Step) -> None:
    """F1, F6, F7: raise `RoleError` unless decisions of this kind are the member's to take."""
    if state.charter.form == "desk":
        if isinstance(step.body, WordingObjected):
            raise RoleError(
                "in a desk record no party signs, and nobody objects for one: what a party says of a wording is a statement (F7)"
            )
        return
    seat = state.charter.member(step.member)
    if seat is None:
        raise RoleError(f"{step.member} is no member of this mechanism (R1)")
    if seat.role not in _DECIDING:
        raise RoleError(f"{seat.name} decides nothing about propositions: mediators and parties do (F1)")
    if isinstance(step.body, WordingObjected) and seat.role != "party":
        raise RoleError(f"{seat.name} is no party: each party objects for itself, and nobody for it (F7)")
    framing = isinstance(step.body, PropositionsMerged | PropositionSplit | PropositionReworded)
    if framing and seat.role != "mediator" and state.charter.mediators:
        raise RoleError(
            "points are merged, split and reworded by a mediator; a party objects, or gives its own wording (F1)"
        )


def _require_words(text: str, what: str, rule: str) -> None:
    if not text.strip():
        raise ProcedureError(f"{what} is given in words", paragraph=rule)


def _require_wording(text: str, rule: str = "F5") -> None:
    _require_words(text, "a wording", rule)
    if len(text) > LONGEST or len(text.splitlines()) > 1 or text != text.strip():
        raise ProcedureError(f"a wording is one line of at most {LONGEST} characters", paragraph=rule)


def _require_other(state: State, wording: str) -> None:
    """F5: nobody else is worded so."""
    worded = next((item for item in state.propositions.values() if item.wording.casefold() == wording.casefold()), None)
    if worded is not None:
        raise ProcedureError(f"{worded.id} is worded so already: merge what says the same", paragraph="F5")


def _merge(_: State, __: Step, body: PropositionsMerged) -> None:
    _require_words(body.reason, "why they are one", "F2")
    if not body.merged or len({*body.merged, body.into}) != len(body.merged) + 1:
        raise ProcedureError("name what is merged, each once, and another that it is merged into", paragraph="F3")
    if not {*body.opposite} <= {*body.merged}:
        raise ProcedureError("what says the opposite is among what is merged", paragraph="F3")


def _merge_existing(state: State, _: Step, body: PropositionsMerged) -> None:
    for ident in (body.into, *body.merged):
        proposition_of(state, ident)


def _split(state: State, step: Step, body: PropositionSplit) -> None:
    _require_words(body.reason, "why they are not one", "F2")
    _require_wording(body.wording)
    if not _PART.fullmatch(body.part):
        raise ProcedureError(
            f"a part's id is point- and letters, digits, hyphens, found {body.part[:80]!r}", paragraph="F4"
        )
    for held in state.framings.values():
        used = isinstance(held.body, PropositionSplit) and held.body.part == body.part
        if used and (held.member == step.member or not same(held.body, body)):
            raise ProcedureError(f"the id {body.part} is in use already", paragraph="F4")
    named = (*body.statements, *body.left)
    if not body.statements or len(set(named)) != len(named):
        raise ProcedureError("a split names statements, each once: those that go and those that stay", paragraph="F4")


def _split_existing(state: State, _: Step, body: PropositionSplit) -> None:
    _require_other(state, body.wording)
    held = {holding.statement for holding in proposition_of(state, body.proposition).holdings}
    if strange := {*body.statements, *body.left} - held:
        raise ProcedureError(f"{min(strange)} does not stand under {body.proposition}", paragraph="F4")
    if unseen := held - {*body.statements, *body.left}:
        raise ProcedureError(f"say of {min(unseen)} too whether it goes or stays", paragraph="F4")


def _reword(_: State, __: Step, body: PropositionReworded) -> None:
    _require_words(body.reason, "why it is worded otherwise", "F2")
    _require_wording(body.wording)


def _reword_existing(state: State, _: Step, body: PropositionReworded) -> None:
    if proposition_of(state, body.proposition).wording == body.wording:
        raise ProcedureError("it is worded so already", paragraph="F5")
    _require_other(state, body.wording)


def _confirm(_: State, __: Step, body: PropositionConfirmed) -> None:
    _require_words(body.wording, "what is confirmed", "F6")


def _confirm_existing(state: State, _: Step, body: PropositionConfirmed) -> None:
    found = proposition_of(state, body.proposition)
    held = {holding.statement for holding in found.holdings}
    if body.wording != found.wording or {*body.statements} != held:
        raise ProcedureError(
            "what is confirmed is the wording and the statements as they stand: look again", paragraph="F6"
        )


def _object(_: State, __: Step, body: WordingObjected) -> None:
    _require_words(body.text, "an objection", "F7")
    if body.own:
        _require_wording(body.own, "F7")


def _object_existing(state: State, _: Step, body: WordingObjected) -> None:
    if proposition_of(state, body.proposition).wording != body.wording:
        raise ProcedureError("an objection is to the wording that stands: look again", paragraph="F7")


def _undo(state: State, step: Step, body: EntryCorrected) -> None:
    held = state.framings.get(body.item)
    if held is None:
        raise MissingError(
            f"no decision {body.item[:80]} in this record; list them with: tasdiq proposition show RECORD ID"
        )
    if held.member != step.member:
        raise RoleError(f"{held.member} decided this: nobody takes back another's decision (F8)")
    if held.undone:
        raise ProcedureError("it was taken back already", paragraph="F8")
    _require_words(body.reason, "why it is taken back", "F8")


def _nothing_more(_: State, __: Step, ___: EntryCorrected) -> None:
    pass


Held = Callable[[State, Step, Any], None]
STEPS: dict[type[Value], tuple[Held, Held]] = {
    PropositionsMerged: (_merge, _merge_existing),
    PropositionSplit: (_split, _split_existing),
    PropositionReworded: (_reword, _reword_existing),
    PropositionConfirmed: (_confirm, _confirm_existing),
    WordingObjected: (_object, _object_existing),
    EntryCorrected: (_undo, _nothing_more),
}
"""Every kind of step: what holds whenever it is read, and what must be there when it is taken."""
