"""A case: an allegation on its way through the procedure to a signed finding.

What a party says of a draft and what is asked of a finding afterwards stands in `hearing`, evidence in `evidence`.
"""

from __future__ import annotations

from typing import Literal

from .evidence import Evidence
from .hearing import Appeal, Notice
from .value import Value

PartName = Literal["occurrence", "responsibility", "breach"]
Mark = Literal["concurs", "reserves", "dissents", "abstains"]
Occurrence = Literal["established", "not established", "inconclusive", "access denied"]
Granting = Literal["granted", "conditional", "delayed", "denied"]
Stage = Literal[
    "opened", "reopened", "competent", "assessed", "team", "access", "drafted", "notified", "signing", "decided",
    "appealed", "not competent", "not pursued", "under examination",
]  # fmt: skip
"""Where a case stands. `under examination` stands on public pages for everything that is not public yet."""


class AccessAnswer(Value, frozen=True, kw_only=True):
    """One answer to a request for access; `until` is the day a delay is to end, `reason` the reason or the conditions."""

    answer: Granting
    at: str = ""
    reason: str = ""
    until: str = ""
    entry: str = ""


class AccessRequest(Value, frozen=True, kw_only=True):
    """A request to reach a place or person, and what came of it: the latest answer, and all answers in their order.

    A request enters with the first four fields; the rest comes from the record.
    """

    id: str
    asked_of: str
    place: str
    asked_at: str
    answer: Literal["granted", "conditional", "delayed", "denied", "no answer yet"] = "no answer yet"
    answered_at: str = ""
    reason: str = ""
    due: str = ""
    asked_by: str = ""
    answers: tuple[AccessAnswer, ...] = ()


class Competence(Value, frozen=True, kw_only=True):
    """Whether the mechanism is competent: which commitment the allegation touches, and whose it is."""

    competent: bool
    commitment: str = ""
    bearer: str = ""
    text: str = ""
    at: str = ""


class Assessment(Value, frozen=True, kw_only=True):
    """The preliminary assessment: whether there is enough to send a team, in words."""

    pursue: bool
    text: str
    at: str = ""


class Seat(Value, frozen=True, kw_only=True):
    """One seat of a verification team: an officer (a name or number known to the members) of a member. Never public."""

    officer: str
    member: str


class Recusal(Value, frozen=True, kw_only=True):
    """A member, or one officer of it, takes no further part in a case."""

    member: str
    reason: str
    officer: str = ""
    at: str = ""


class FindingPart(Value, frozen=True, kw_only=True):
    """One of the three separately signed parts of a finding; `actor` is whom responsibility is attributed to, if anyone."""

    name: PartName
    outcome: str
    text: str = ""
    actor: str = ""


class Signature(Value, frozen=True, kw_only=True):
    """A member's mark under one part; a dissent carries its text and is published with the finding."""

    member: str
    part: PartName
    mark: Mark
    text: str = ""
    at: str = ""
    entry: str = ""


class Finding(Value, frozen=True, kw_only=True):
    """A drafted finding with the marks under it; `decision` follows the charter's rule.

    `decided_by` says whether the marks decided it or the end of the signing period. `release` says who may see it.
    """

    id: str
    case: str
    standard: str
    parts: tuple[FindingPart, ...]
    signatures: tuple[Signature, ...] = ()
    decision: Literal["draft", "signed", "no common finding", "withdrawn", "set aside"] = "draft"
    decided: tuple[tuple[str, str], ...] = ()
    drafted_at: str = ""
    evidence: tuple[str, ...] = ()
    drafted_by: str = ""
    notices: tuple[Notice, ...] = ()
    signing_days: int = 14
    decided_at: str = ""
    decided_by: Literal["", "marks", "end of the signing period"] = ""
    release: Literal["public", "embargoed", "sealed"] = "public"
    released_at: str = ""
    appeals: tuple[Appeal, ...] = ()
    entries: tuple[str, ...] = ()
    """The entries that are opened to readers when the embargo is lifted: draft, marks, appeals."""


class Assent(Value, frozen=True, kw_only=True):
    """One party's own word to something that every party must enter for itself; `what` names it exactly."""

    what: str
    member: str
    at: str = ""


class Extension(Value, frozen=True, kw_only=True):
    """A deadline moved by agreement: of which item, until when."""

    item: str
    until: str
    at: str = ""


class Happening(Value, frozen=True, kw_only=True):
    """One step that was taken: its kind, by whom, when, about which item, in which entry."""

    kind: str
    member: str
    at: str
    item: str = ""
    entry: str = ""


class Due(Value, frozen=True, kw_only=True):
    """Something that is asked of a member by a time. `overdue` is a fact about the clock, and never an answer."""

    what: str
    item: str
    owed_by: str
    due: str
    overdue: bool = False
    extended: bool = False


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
    stage: Stage = "opened"
    access: tuple[AccessRequest, ...] = ()
    findings: tuple[Finding, ...] = ()
    due: str = ""
    competence: Competence | None = None
    assessment: Assessment | None = None
    team: tuple[Seat, ...] = ()
    recusals: tuple[Recusal, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    assents: tuple[Assent, ...] = ()
    extensions: tuple[Extension, ...] = ()
    reopened: tuple[str, ...] = ()
    history: tuple[Happening, ...] = ()
