"""The bodies of entries: facts in the past tense. The header names the kind; the body is one of these as canonical JSON.

A *bulk* body describes rows that stand beside it (`rows_of` says of which type); each row is committed to by itself, so that
it can be proved or redacted alone. Kinds this module does not know audit like any other and fold as unknown.
"""

from __future__ import annotations

from .case import AccessRequest, FindingPart, Mark, PartName
from .charter import Charter
from .document import Document, Rejected
from .framing import FRAMING_KINDS
from .steps import (
    AppealDismissed,
    CaseAssessed,
    CaseReopened,
    CompetenceDecided,
    DeadlineExtended,
    EmbargoLifted,
    EvidenceAcknowledged,
    EvidenceAnswered,
    EvidenceSubmitted,
    FindingAppealed,
    PartyNotified,
    PartyResponded,
    Recused,
    TeamAssigned,
)
from .talks import TALK_KINDS
from .value import Value


class CharterAdopted(Value, frozen=True, kw_only=True):
    """Entry 0: the charter the record lives under."""

    charter: Charter


class CharterAmended(Value, frozen=True, kw_only=True):
    """The charter in a new wording, and why."""

    charter: Charter
    reason: str = ""


class DocumentReceived(Value, frozen=True, kw_only=True):
    """A file arrived and was cut into documents; original and extracted text are attachments and stay private."""

    file: str
    sha256: str
    text_sha256: str
    documents: tuple[Document, ...]
    rejected: tuple[Rejected, ...] = ()
    notes: tuple[str, ...] = ()


class TableReceived(Value, frozen=True, kw_only=True):
    """An event table arrived; its rows follow as `ReportsProposed`, what could not be read is listed here."""

    file: str
    sha256: str
    mapping: str
    licence: str = ""
    credit: str = ""
    accepted: int = 0
    rejected: tuple[Rejected, ...] = ()


class RowListing(Value, frozen=True, kw_only=True):
    """The commitments to the rows of a bulk body and their RFC 6962 root, as the record layer writes them."""

    commits: tuple[str, ...]
    root: str


class Proposal(Value, frozen=True, kw_only=True):
    """A bulk body: what a program proposes, with method and version. It counts when a person confirms it.

    `rows_of` names the type of the rows, `subject` what they are about (a document, a table, or the whole record). More than
    10,000 rows come in `parts` entries. A later proposal for the same subject stands in place of the earlier one, which
    stays in the record.
    """

    rows_of: str
    method: str
    subject: str = ""
    part: int = 0
    parts: int = 1
    notes: tuple[str, ...] = ()
    rows: RowListing | None = None


class ProposalConfirmed(Value, frozen=True, kw_only=True):
    """A person confirms what a program proposed: `items` are local ids."""

    items: tuple[str, ...]
    note: str = ""


class ProposalRefused(Value, frozen=True, kw_only=True):
    """A person refuses what a program proposed."""

    items: tuple[str, ...]
    reason: str = ""


class CaseOpened(Value, frozen=True, kw_only=True):
    """An allegation becomes a case on an incident or a proposition."""

    case: str
    subject: str
    subject_kind: str
    allegation: str
    alleged_by: str
    alleged_against: str = ""
    commitment: str = ""
    at: str = ""


class AccessRequested(Value, frozen=True, kw_only=True):
    """Access was asked for."""

    case: str
    request: AccessRequest


class AccessAnswered(Value, frozen=True, kw_only=True):
    """Access was granted, granted with conditions, delayed (until a day it may name) or denied."""

    case: str
    request: str
    answer: str
    reason: str = ""
    at: str = ""
    until: str = ""


class FindingDrafted(Value, frozen=True, kw_only=True):
    """A finding was put before the members: three parts, one standard of proof.

    The names of `witnesses` are sealed one by one before the entry is signed (`sealing`): no fold or page ever reads them.
    """

    case: str
    finding: str
    standard: str
    parts: tuple[FindingPart, ...]
    evidence: tuple[str, ...] = ()
    witnesses: tuple[str, ...] = ()
    at: str = ""
    sealed: bool = False


class FindingSigned(Value, frozen=True, kw_only=True):
    """One member's mark under one part of a drafted finding."""

    finding: str
    part: PartName
    mark: Mark
    text: str = ""
    at: str = ""


class FindingWithdrawn(Value, frozen=True, kw_only=True):
    """A finding was withdrawn; it stays in the record."""

    finding: str
    reason: str
    at: str = ""


class EntryCorrected(Value, frozen=True, kw_only=True):
    """A correction: `item` (a local id or entry id) is superseded by `by`, for a stated reason."""

    item: str
    reason: str
    by: str = ""


class KeysChanged(Value, frozen=True, kw_only=True):
    """A key event. What changed stands in the header, where an audit reads it; `note` says why, in words."""

    note: str = ""


class BodyRedacted(Value, frozen=True, kw_only=True):
    """Content was emptied: the entries the header's refs name, and single rows named here as `<entry id>/<n>`."""

    reason: str = ""
    redacted_rows: tuple[str, ...] = ()


KEY_KINDS = (
    "MemberAdmitted",
    "OfficerCertified",
    "OfficerRevoked",
    "KeyRotated",
    "KeyRevoked",
    "EncryptionKeySet",
    "CosignersSet",
)
"""The kinds of entries that bring key events after entry 0."""


class MessageSent(Value, frozen=True, kw_only=True):
    """A text for named recipients, encrypted before the host sees it: read by them, and by no fold."""

    title: str
    text: str


class ReportPublished(Value, frozen=True, kw_only=True):
    """A site or card was published from the record at a size and root."""

    what: str
    size: int
    root: str
    at: str = ""


BODIES: dict[str, type[Value]] = {
    "CharterAdopted": CharterAdopted,
    "CharterAmended": CharterAmended,
    "DocumentReceived": DocumentReceived,
    "TableReceived": TableReceived,
    "StatementsProposed": Proposal,
    "ReportsProposed": Proposal,
    "GroupingProposed": Proposal,
    "PropositionFramed": Proposal,
    "PositionProposed": Proposal,
    "ProposalConfirmed": ProposalConfirmed,
    "ProposalRefused": ProposalRefused,
    "CaseOpened": CaseOpened,
    "AccessRequested": AccessRequested,
    "AccessAnswered": AccessAnswered,
    "FindingDrafted": FindingDrafted,
    "FindingSigned": FindingSigned,
    "FindingWithdrawn": FindingWithdrawn,
    **{
        kind.__name__: kind
        for kind in (
            CompetenceDecided,
            CaseAssessed,
            TeamAssigned,
            Recused,
            EvidenceSubmitted,
            EvidenceAcknowledged,
            EvidenceAnswered,
            PartyNotified,
            PartyResponded,
            DeadlineExtended,
            FindingAppealed,
            AppealDismissed,
            CaseReopened,
            EmbargoLifted,
        )
    },
    **{kind.__name__: kind for kind in TALK_KINDS},
    **{kind.__name__: kind for kind in FRAMING_KINDS},
    "EntryCorrected": EntryCorrected,
    "ReportPublished": ReportPublished,
    "BodyRedacted": BodyRedacted,
    **dict.fromkeys(KEY_KINDS, KeysChanged),
}
