"""Agreements, commitments and readings as the charter or the record holds them."""

from __future__ import annotations

from typing import Literal

from .value import Value

Form = Literal["signed", "unsigned", "verbal", "claimed"]


class Agreement(Value, frozen=True, kw_only=True):
    """Something agreed or said to be agreed. `consequence` is the agreed answer to a breach, or "none agreed"."""

    id: str
    title: str
    form: Form
    date: str = ""
    place: str = ""
    parties: tuple[str, ...] = ()
    said_by: tuple[str, ...] = ()
    text: str = ""
    consequence: str = "none agreed"
    until: str = ""


class Reading(Value, frozen=True, kw_only=True):
    """One party's interpretation of a commitment."""

    party: str
    text: str


class Commitment(Value, frozen=True, kw_only=True):
    """Who must do or not do what, where, from when until when, with exemptions. `acknowledged_by` lists parties in own voice."""

    id: str
    agreement: str
    bearer: str
    text: str
    kind: Literal["prohibition", "programme", "duty"] = "prohibition"
    where: str = ""
    start: str = ""
    until: str = ""
    exemptions: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    acknowledged_by: tuple[str, ...] = ()


ConductStatus = Literal[
    "kept", "partly kept", "breached", "not verifiable", "not yet due", "not yet verified", "disputed"
]


class Conduct(Value, frozen=True, kw_only=True):
    """A commitment held against findings; `why` says which rule and which findings."""

    commitment: str
    status: ConductStatus
    why: str
    findings: tuple[str, ...] = ()
    allegations: tuple[str, ...] = ()
