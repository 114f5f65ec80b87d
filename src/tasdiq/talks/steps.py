"""The steps of the talks as one table: every kind, what it needs, who may read it, and what it changes.

No input, no output: time comes with the step, keys were checked by the record.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tasdiq.errors import RoleError
from tasdiq.model.state import State
from tasdiq.model.value import Value
from tasdiq.verification.docket import Step

Check = Callable[[State, Step, Any], None]
Access = Callable[[State, Step, Any], str]
Change = Callable[[State, Step, Any], list[str]]
STEPS: dict[type[Value], tuple[Check, Access, Change]] = {}
"""Every kind of step: what it needs, who may read it, and what the state is after it (returning the ids it introduces)."""


def check(state: State, step: Step, now: str = "") -> None:
    """Raise `ProcedureError`, `RoleError` or `MissingError` unless this step may be taken."""
    if state.charter.form == "desk":
        raise RoleError("a desk record has one author and no parties at the table: talks are kept in a joint record")
    STEPS[type(step.body)][0](state, step, step.body)


def access_of(state: State, step: Step) -> str:
    """Return the access with which a step is entered: `public` or `joint`."""
    return STEPS[type(step.body)][1](state, step, step.body)


def take(state: State, step: Step) -> list[str]:
    """Take a step while the record is folded; return the ids it introduces."""
    check(state, step)
    return STEPS[type(step.body)][2](state, step, step.body)


def time_of(body: Value, default: str) -> str:
    """Return the time a step says it was taken at; steps that say none are taken now."""
    return getattr(body, "at", "") or default
