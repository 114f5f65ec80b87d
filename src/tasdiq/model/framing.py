"""What persons decide about propositions: the bodies of these steps, and the register of decisions they fold into.

A program's propositions stay in the record as it proposed them. A decision is about their ids, so that it holds for what later
documents bring; what it comes to is put together by `corroboration.decided`.
"""

from __future__ import annotations

from dataclasses import dataclass

from .value import Value


class PropositionsMerged(Value, frozen=True, kw_only=True):
    """Propositions are one: what stands under `merged`, now or later, stands under `into`.

    Those of them that are `opposite` say the contrary of `into`: who asserts one, denies it.
    """

    into: str
    merged: tuple[str, ...]
    opposite: tuple[str, ...] = ()
    reason: str
    at: str = ""


class PropositionSplit(Value, frozen=True, kw_only=True):
    """Statements under a proposition are about something else: they stand under `part`, in a wording of its own.

    `left` are the statements that were seen and stay. Of later ones those go with `statements` that repeat one of them (the same
    origin) or that name a place or day of `names`.
    """

    proposition: str
    part: str
    wording: str
    statements: tuple[str, ...]
    left: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    reason: str
    at: str = ""


class PropositionReworded(Value, frozen=True, kw_only=True):
    """A proposition is worded otherwise, for a reason; what stands under it stays."""

    proposition: str
    wording: str
    reason: str
    at: str = ""


class PropositionConfirmed(Value, frozen=True, kw_only=True):
    """A person has looked at a proposition: this wording, over these statements; what comes later is not covered."""

    proposition: str
    wording: str
    statements: tuple[str, ...] = ()
    note: str = ""
    at: str = ""


class WordingObjected(Value, frozen=True, kw_only=True):
    """A party objects to the wording of a proposition, and may give its `own` to stand beside it."""

    proposition: str
    wording: str
    text: str
    own: str = ""
    at: str = ""


Body = PropositionsMerged | PropositionSplit | PropositionReworded | PropositionConfirmed | WordingObjected
FRAMING_KINDS: tuple[type[Value], ...] = (
    PropositionsMerged,
    PropositionSplit,
    PropositionReworded,
    PropositionConfirmed,
    WordingObjected,
)
"""Every kind of decision about propositions."""


@dataclass(frozen=True)
class Framing:
    """A decision as it stands in the record: in which entry, by whom, when; `undone` is the entry that takes it back."""

    entry: str
    member: str
    at: str
    body: Body
    undone: str = ""


def same(one: Body, other: Body) -> bool:
    """Tell whether two bodies decide the same, whatever reasons and times they give."""
    return type(one) is type(other) and _decides(one) == _decides(other)


def _decides(body: Body) -> tuple[object, ...]:
    found = (getattr(body, name) for name in body.__struct_fields__ if name not in ("reason", "note", "text", "at"))
    return tuple(sorted(value) if isinstance(value, tuple) else value for value in found)
