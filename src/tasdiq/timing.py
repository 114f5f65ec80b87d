"""The state as of a time, and what of its cases is public then.

1. A fold decides nothing by a clock. As of a time, findings whose signing period has run out are decided (D8), and conduct
   knows what is not yet due (C3), figures are counted up to the day before (Q2), and what is due next is known. The same
   record and the same time give the same state.
2. In public, findings under embargo are left out, and conduct is that of the findings anybody can see (P27); of the talks,
   what is sealed is left out too (G6, M8, L8).
"""

from __future__ import annotations

import dataclasses

from tasdiq.compliance.conduct import assess_conduct
from tasdiq.compliance.due import due_next
from tasdiq.compliance.progress import assess_progress
from tasdiq.model.state import State
from tasdiq.talks import release as talks
from tasdiq.verification import procedure, release


def as_of(state: State, now: str) -> State:
    """Return the state as of a time, `YYYY-MM-DDTHH:MM:SSZ` (rule 1)."""
    charter = state.talks.binding(state.charter)
    timed = dataclasses.replace(state, cases=procedure.as_of(charter, state.cases.values(), now))
    return _with_conduct(timed, now)


def in_public(state: State, now: str) -> State:
    """Return the state as of a time with what may be public of its cases (rule 2)."""
    timed = as_of(state, now)
    timed.cases = {case.id: release.public_part(case) for case in timed.cases.values()}
    timed.talks = talks.public_part(state.talks)
    return _with_conduct(timed, now)


def _with_conduct(state: State, now: str) -> State:
    state.conduct = {item.commitment: item for item in assess_conduct(state, today=now[:10])}
    state.progress = assess_progress(state, now[:10])
    state.upcoming = due_next(state, now)
    return state
