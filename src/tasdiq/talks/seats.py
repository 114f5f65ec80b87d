"""Who may take a step of the talks, and when: what the rules of agreements, minutes and the contact line share.

Steps are taken by parties, mediators and observers with their own keys (R1), dated when they are taken (T1), and none before
what it is about (T2). Ids are given once.
"""

from __future__ import annotations

import re

from tasdiq.errors import ProcedureError, RoleError
from tasdiq.model.charter import Member
from tasdiq.model.state import State
from tasdiq.verification import clocks
from tasdiq.verification.docket import Step
from tasdiq.verification.roles import SIGNING

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def require_seat(state: State, step: Step) -> Member:
    """Return the seat of the member who takes a step; raise `RoleError` if it has none here (R1)."""
    seat = state.charter.member(step.member)
    if seat is None:
        raise RoleError(f"{step.member} is no member of this mechanism (R1)")
    if seat.role not in SIGNING:
        raise RoleError(f"{seat.name} takes no step in the talks: parties, mediators and observers do (R1)")
    clocks.read(step.at)
    return seat


def require_party(state: State, step: Step, rule: str) -> Member:
    """Return the seat of the party who takes a step; raise `RoleError` for anybody else."""
    seat = require_seat(state, step)
    if seat.role != "party":
        raise RoleError(f"{seat.name} is no party: each party speaks for itself, and nobody for it ({rule})")
    return seat


def require_new(state: State, ident: str, rule: str) -> None:
    """Raise `ProcedureError` unless an id is well formed and not in use."""
    if not _ID.fullmatch(ident):
        raise ProcedureError(
            f"an id is up to 80 letters, digits, points and hyphens, found {ident[:80]!r}", paragraph=rule
        )
    if state.talks.knows(ident) or ident in state.cases:
        raise ProcedureError(f"the id {ident} is in use already", paragraph=rule)


def require_words(text: str, what: str, rule: str) -> None:
    """Raise `ProcedureError` unless something is said in words."""
    if not text.strip():
        raise ProcedureError(f"{what} is given in words", paragraph=rule)


def require_after(step: Step, at: str, what: str) -> None:
    """Raise `ProcedureError` if a step is dated before what it is about (T2)."""
    if step.at < at:
        raise ProcedureError(f"the step is dated {step.at}, before {what} of {at}", paragraph="T2")


def require_parties(state: State, named: tuple[str, ...], rule: str) -> None:
    """Raise `ProcedureError` unless everybody named is a party of the charter, each once."""
    known = [party.id for party in state.charter.parties]
    if wrong := [who for who in named if who not in known]:
        raise ProcedureError(
            f"expected parties of the charter ({', '.join(known)}), found {wrong[0]!r}", paragraph=rule
        )
    if len(set(named)) != len(named):
        raise ProcedureError("a party is named once", paragraph=rule)


def require_span(start: str, end: str, rule: str, *, day: bool = False) -> None:
    """Raise `ProcedureError` unless two days (`YYYY-MM-DD`, or without `day` a month or year) are in order; each may be absent."""
    for found in filter(None, (start, end)):
        if not _DAY.fullmatch(found) or (day and len(found) != 10) or not _is_date(found):
            form = "2031-05-02" if day else "2031, 2031-05 or 2031-05-02"
            raise ProcedureError(f"expected a day like {form}, found {found[:40]!r}", paragraph=rule)
    if start and end and end[: len(start)] < start[: len(end)]:
        raise ProcedureError(f"it ends ({end}) before it begins ({start})", paragraph=rule)


def _is_date(text: str) -> bool:
    try:
        clocks.read(f"{text}{'0000-01-01'[len(text) :]}T00:00:00Z")
    except ProcedureError:
        return False
    return True
