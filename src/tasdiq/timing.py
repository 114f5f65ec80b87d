"""The state as of a time, and what of its cases is public then.

1. A fold decides nothing by a clock. As of a time, findings whose signing period has run out are decided (D8), and conduct
   knows what is not yet due (C3), figures are counted up to the day before (Q2), and what is due next is known. The same
   record and the same time give the same state.
2. In public, findings under embargo are left out, and conduct is that of the findings anybody can see (P27); of the talks,
   what is sealed is left out too (G6, M8, L8).
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable

from tasdiq.compliance.conduct import assess_conduct
from tasdiq.compliance.due import due_next
from tasdiq.compliance.progress import assess_progress
from tasdiq.model.case import Case
from tasdiq.model.state import State
from tasdiq.talks import release as talks
from tasdiq.verification import release
from tasdiq.verification.decision import settle

Of = Callable[[Case], Case]
Mapped = Callable[[str, dict[str, Case], tuple[object, ...], Of], dict[str, Case]]
"""What makes something of each case, by the objects that this follows from; who asks often keeps what did not change."""


def _each(_name: str, cases: dict[str, Case], _rules: tuple[object, ...], make: Of) -> dict[str, Case]:
    return {ident: make(case) for ident, case in cases.items()}


def as_of(state: State, now: str, mapped: Mapped = _each) -> State:
    """Return the state as of a time, `YYYY-MM-DDTHH:MM:SSZ` (rule 1)."""
    charter = state.talks.binding(state.charter)
    rules = (state.charter, *state.talks.commitments.values(), sys.intern(now[: len("2031-03-12T08:00")]))
    settled = mapped("settled", state.cases, rules, lambda case: settle(charter, case, now))
    return _with_conduct(dataclasses.replace(state, cases=settled), now)


def in_public(state: State, now: str) -> State:
    """Return the state as of a time with what may be public of its cases (rule 2)."""
    return public_of(as_of(state, now), now)


def public_of(timed: State, now: str, mapped: Mapped = _each) -> State:
    """Return what may be public of the cases of a state that is as of a time (rule 2)."""
    cases = mapped("public parts", timed.cases, (), release.public_part)
    return _with_conduct(dataclasses.replace(timed, cases=cases, talks=talks.public_part(timed.talks)), now)


def _with_conduct(state: State, now: str) -> State:
    state.conduct = {item.commitment: item for item in assess_conduct(state, today=now[:10])}
    state.progress = assess_progress(state, now[:10])
    state.upcoming = due_next(state, now)
    return state
