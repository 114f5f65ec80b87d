"""The charter: who sits at the table, in which words, under which procedure. Entry 0 of every record.

Read from `charter.toml` by `intake.charter`, or proposed from a folder by `intake.charter_proposal` and then marked
`proposed`. Names carry their users; the order in which parties are written has no meaning.
"""

from __future__ import annotations

from typing import Literal

from .agreement import Agreement, Commitment
from .place import Crossing
from .source import Designation
from .value import Value


class Member(Value, frozen=True, kw_only=True):
    """A party, mediator or observer. `id` is short lower-case text; for a state, its ISO alpha-3 code in `country`.

    `key` and `next` are the fingerprints of its key and of the successor that key commits to. `languages` are its own, by tag
    (`ur`, `ps`, `fa-AF`), the first for printed sheets.
    """

    id: str
    name: str
    role: Literal["party", "mediator", "observer", "protection"] = "party"
    country: str | None = None
    designations: tuple[Designation, ...] = ()
    key: str | None = None
    next: str | None = None
    languages: tuple[str, ...] = ()


class Group(Value, frozen=True, kw_only=True):
    """A non-party armed group or other actor the charter names, with every designation in use."""

    id: str
    name: str
    kind: Literal["armed-group", "organisation", "person", "organ", "outlet"] = "armed-group"
    party: str | None = None
    designations: tuple[Designation, ...] = ()


class ScheduledSession(Value, frozen=True, kw_only=True):
    """A session held or scheduled, as the charter knows it."""

    id: str
    place: str
    start: str
    end: str = ""
    mediators: tuple[str, ...] = ()
    held: bool = True
    outcomes: tuple[tuple[str, str], ...] = ()


class Procedure(Value, frozen=True, kw_only=True):
    """The rules of decision. `decision` is consensus, or majority with a mediator among it.

    `steps` is "full" (competence, preliminary assessment, team, and the parties heard before anyone signs) or "short" (a
    draft and marks under it); records from before it was written have "" and are short. `team` is "joint" (both parties to
    a case may sit on its team, if both do) or "neutral" (nobody sits on a case of their own party).
    `redaction_signers` is how many members must sign a notice of redaction in a joint record.
    """

    decision: Literal["consensus", "majority with mediator", "chair"] = "consensus"
    quorum: int = 0
    cosigners_quorum: int = 0
    standards: tuple[str, ...] = ("reasonable grounds", "balance of probabilities", "clear and convincing")
    default_standard: str = "reasonable grounds"
    reply_days: int = 7
    access_days: int = 3
    redaction_signers: int = 2
    steps: Literal["", "full", "short"] = ""
    team: Literal["joint", "neutral"] = "joint"
    competence_days: int = 7
    evidence_days: int = 7
    signing_days: int = 14
    appeal_days: int = 14


class PublicationRules(Value, frozen=True, kw_only=True):
    """How output is delayed, coarsened and shortened: one passage in code points, all passages of a document as a share."""

    embargo_hours: int = 72
    coarsen: Literal["district", "province", "none"] = "district"
    passage_limit: int = 280
    passages_share_percent: int = 50
    smallest_count: int = 3


class Charter(Value, frozen=True, kw_only=True):
    """A record's constitution. `proposed` marks a charter that a program inferred and nobody confirmed."""

    title: str
    form: Literal["desk", "joint"]
    compiler: str = ""
    parties: tuple[Member, ...] = ()
    mediators: tuple[Member, ...] = ()
    observers: tuple[Member, ...] = ()
    protection_body: Member | None = None
    groups: tuple[Group, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    sessions: tuple[ScheduledSession, ...] = ()
    crossings: tuple[Crossing, ...] = ()
    boundary: Literal["none", "dashed"] = "none"
    boundary_note: str = "No boundary is drawn; this expresses no view on any boundary or name."
    taxonomies: tuple[tuple[str, str], ...] = ()
    procedure: Procedure = Procedure()
    publication: PublicationRules = PublicationRules()
    time_zones: tuple[str, ...] = ("UTC",)
    proposed: bool = False
    proposed_from: tuple[str, ...] = ()

    def member(self, ident: str) -> Member | None:
        """Return the member of that id, or None."""
        return next((m for m in self.members if m.id == ident), None)

    @property
    def members(self) -> tuple[Member, ...]:
        """Parties, mediators, observers and the protection body."""
        extra = (self.protection_body,) if self.protection_body else ()
        return self.parties + self.mediators + self.observers + extra
