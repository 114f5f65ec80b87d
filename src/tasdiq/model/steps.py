"""The bodies of the steps of a case, from competence to the lifting of an embargo: facts in the past tense.

Those that the first records knew (opening, access, draft, marks, withdrawal) stand in `entries`, which lists them all.
"""

from __future__ import annotations

from typing import Literal

from .case import Seat
from .evidence import Custody
from .value import Value


class CompetenceDecided(Value, frozen=True, kw_only=True):
    """Whether the mechanism is competent for an allegation: which commitment, whose. *Not competent* is an outcome."""

    case: str
    competent: bool
    commitment: str = ""
    bearer: str = ""
    text: str = ""
    at: str = ""


class CaseAssessed(Value, frozen=True, kw_only=True):
    """The preliminary assessment: whether there is enough to send a team."""

    case: str
    pursue: bool
    text: str
    at: str = ""


class TeamAssigned(Value, frozen=True, kw_only=True):
    """Who examines the case; a later team stands in place of the earlier one."""

    case: str
    team: tuple[Seat, ...]
    at: str = ""


class Recused(Value, frozen=True, kw_only=True):
    """A member, or one officer of it, takes no further part in a case."""

    case: str
    member: str
    reason: str
    officer: str = ""
    at: str = ""


class EvidenceSubmitted(Value, frozen=True, kw_only=True):
    """Evidence enters a case and is handed to the parties it concerns; files by SHA-256, custody from hand to hand."""

    case: str
    evidence: str
    title: str
    sha256: tuple[str, ...] = ()
    custody: tuple[Custody, ...] = ()
    to: tuple[str, ...] = ()
    at: str = ""


class EvidenceAcknowledged(Value, frozen=True, kw_only=True):
    """A party received evidence: exactly these files. It says nothing about what they show."""

    case: str
    evidence: str
    sha256: tuple[str, ...] = ()
    at: str = ""


class EvidenceAnswered(Value, frozen=True, kw_only=True):
    """A party answers evidence, or disputes it, in its own words."""

    case: str
    evidence: str
    answer: Literal["answered", "disputed"]
    text: str
    at: str = ""


class PartyNotified(Value, frozen=True, kw_only=True):
    """A party was handed the draft of a finding and asked to reply."""

    finding: str
    notice: str
    party: str
    at: str = ""


class PartyResponded(Value, frozen=True, kw_only=True):
    """A party's reply to a draft."""

    finding: str
    notice: str
    text: str
    at: str = ""


class DeadlineExtended(Value, frozen=True, kw_only=True):
    """One party agrees that a deadline moves; it moves when every party to the case has entered the same."""

    case: str
    item: str
    until: str
    reason: str = ""
    at: str = ""


class FindingAppealed(Value, frozen=True, kw_only=True):
    """A party appeals against a decided finding, with its grounds."""

    finding: str
    text: str
    at: str = ""


class AppealDismissed(Value, frozen=True, kw_only=True):
    """A party's appeal was dismissed, with reasons. An appeal is granted by reopening the case."""

    finding: str
    by: str
    text: str
    at: str = ""


class CaseReopened(Value, frozen=True, kw_only=True):
    """A case that had ended is examined again, for a stated reason."""

    case: str
    reason: str
    at: str = ""


class Opening(Value, frozen=True, kw_only=True):
    """What opens the commitment of a sealed entry: its salt (hex) and the exact text committed to."""

    entry: str
    salt: str
    content: str


class EmbargoLifted(Value, frozen=True, kw_only=True):
    """A finding becomes public: the sealed entries behind it are opened, so that anyone can check them offline."""

    finding: str
    reason: str = ""
    openings: tuple[Opening, ...] = ()
    at: str = ""
