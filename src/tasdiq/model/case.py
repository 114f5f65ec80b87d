"""A case: an allegation on its way through the procedure to a signed finding."""

from __future__ import annotations

from typing import Literal

from .value import Value

PartName = Literal["occurrence", "responsibility", "breach"]
Mark = Literal["concurs", "reserves", "dissents", "abstains"]
Occurrence = Literal["established", "not established", "inconclusive", "access denied"]


class AccessRequest(Value, frozen=True, kw_only=True):
    """A request to reach a place or person, and what came of it."""

    id: str
    asked_of: str
    place: str
    asked_at: str
    answer: Literal["granted", "conditional", "delayed", "denied", "no answer yet"] = "no answer yet"
    answered_at: str = ""
    reason: str = ""


class FindingPart(Value, frozen=True, kw_only=True):
    """One of the three separately signed parts of a finding."""

    name: PartName
    outcome: str
    text: str = ""


class Signature(Value, frozen=True, kw_only=True):
    """A member's mark under one part; a dissent carries its text and is published with the finding."""

    member: str
    part: PartName
    mark: Mark
    text: str = ""
    at: str = ""
    entry: str = ""


class Finding(Value, frozen=True, kw_only=True):
    """A drafted finding with the marks under it; `decision` follows the charter's rule."""

    id: str
    case: str
    standard: str
    parts: tuple[FindingPart, ...]
    signatures: tuple[Signature, ...] = ()
    decision: Literal["draft", "signed", "no common finding", "withdrawn"] = "draft"
    decided: tuple[tuple[str, str], ...] = ()
    drafted_at: str = ""
    evidence: tuple[str, ...] = ()


class Case(Value, frozen=True, kw_only=True):
    """An allegation under examination. `subject` is an incident or proposition id; `stage` is where it stands."""

    id: str
    subject: str
    subject_kind: Literal["incident", "proposition"]
    allegation: str
    alleged_by: str
    alleged_against: str = ""
    commitment: str = ""
    opened_at: str = ""
    stage: Literal["opened", "access", "drafted", "signing", "decided"] = "opened"
    access: tuple[AccessRequest, ...] = ()
    findings: tuple[Finding, ...] = ()
