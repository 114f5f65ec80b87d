"""The talks between the parties: the bodies of what is told of agreements and engagement, and the register they fold into.

Sessions and minutes stand in `meeting`, the contact line in `call`. `Talks` is filled by the register and then only read.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar

import msgspec

from .agreement import (
    Agreement,
    Basis,
    Commitment,
    Counting,
    RegisteredAgreement,
    RegisteredCommitment,
    Word,
)
from .call import Call, CallConfirmed, CallLogged, CallReturned
from .charter import Charter
from .meeting import (
    DelegationNamed,
    Meeting,
    MinuteLineAnswered,
    MinuteLineRecorded,
    MinutesOpened,
    SessionHeld,
)
from .value import Value

MeasureKind = Literal["trade", "visas", "aid", "attacks", "restraint", "diplomacy", "refugees", "transit", "other"]


class AgreementRecorded(Value, frozen=True, kw_only=True):
    """A member tells of an agreement: its telling, *claimed* until each party acknowledges it for itself.

    `sealed` keeps it between the members, and so everything about it.
    """

    agreement: Agreement
    sealed: bool = False
    at: str = ""


class CommitmentRecorded(Value, frozen=True, kw_only=True):
    """A member tells of a commitment under an agreement of the register: who must do or not do what."""

    commitment: Commitment
    sealed: bool = False
    at: str = ""


class AgreementAnswered(Value, frozen=True, kw_only=True):
    """A party acknowledges an agreement or a commitment (`item`) in its own voice, or denies it, in its own words."""

    item: str
    answer: Literal["acknowledges", "denies"]
    text: str = ""
    at: str = ""


class ReadingDeclared(Value, frozen=True, kw_only=True):
    """A party says how it reads a commitment, and how it counts its quantity; its later reading stands in the place of it."""

    commitment: str
    text: str
    counting: Counting = ""
    at: str = ""


class QuantityReported(Value, frozen=True, kw_only=True):
    """A member reports how many units there were from `start` to `end` (days, `YYYY-MM-DD`, both included)."""

    commitment: str
    value: int
    start: str
    end: str = ""
    source: str = ""
    basis: Basis = "unknown"
    text: str = ""
    sealed: bool = False
    at: str = ""


class ImplementationRated(Value, frozen=True, kw_only=True):
    """A member rates how far a programme is carried out: 0 not begun, 1 minimal, 2 intermediate, 3 full; with reasons."""

    commitment: str
    level: Literal[0, 1, 2, 3]
    text: str
    at: str = ""


class MeasureClaimed(Value, frozen=True, kw_only=True):
    """A member claims that somebody (`by`, an actor or party) took a measure, from when to when: a claim, dated, attributed."""

    measure: str
    kind: MeasureKind
    by: str
    text: str
    start: str
    end: str = ""
    source: str = ""
    sealed: bool = False
    at: str = ""


class MeasureAnswered(Value, frozen=True, kw_only=True):
    """A party acknowledges or denies a claimed measure in its own voice."""

    measure: str
    answer: Literal["acknowledges", "denies"]
    text: str = ""
    at: str = ""


class Measure(Value, frozen=True, kw_only=True):
    """A measure of engagement as one member claims it, with the parties' own words about it."""

    id: str
    kind: MeasureKind
    by: str
    text: str
    start: str
    end: str = ""
    source: str = ""
    claimed_by: str = ""
    at: str = ""
    entry: str = ""
    access: Literal["public", "joint"] = "public"
    words: tuple[Word, ...] = ()


TALK_KINDS: tuple[type[Value], ...] = (
    AgreementRecorded,
    CommitmentRecorded,
    AgreementAnswered,
    ReadingDeclared,
    QuantityReported,
    ImplementationRated,
    MeasureClaimed,
    MeasureAnswered,
    SessionHeld,
    DelegationNamed,
    MinuteLineRecorded,
    MinuteLineAnswered,
    MinutesOpened,
    CallLogged,
    CallConfirmed,
    CallReturned,
)
"""Every kind of step of the talks, in the order of the journey."""


@dataclass
class Talks:
    """What stands in the register of the talks: by id. The values are frozen; `copy` gives dicts of its own to keep."""

    agreements: dict[str, RegisteredAgreement] = field(default_factory=dict)
    commitments: dict[str, RegisteredCommitment] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    calls: dict[str, Call] = field(default_factory=dict)
    where: dict[str, str] = field(default_factory=dict)
    """Id of a minute line -> id of its session."""

    def copy(self) -> Talks:
        """Return the same talks in dicts of their own: what is folded later does not change them."""
        return replace(
            self,
            agreements=dict(self.agreements),
            commitments=dict(self.commitments),
            measures=dict(self.measures),
            meetings=dict(self.meetings),
            calls=dict(self.calls),
            where=dict(self.where),
        )

    def adopt(self, charter: Charter) -> None:
        """Let the charter's agreements and commitments stand; what was said of one of that id before stays beside it.

        What an earlier charter held and this one does not is taken out, unless an entry brought it too.
        """
        _drop(self.agreements, {item.id for item in charter.agreements})
        _drop(self.commitments, {item.id for item in charter.commitments})
        for agreement in charter.agreements:
            told = self.agreements.get(agreement.id, RegisteredAgreement(agreement=agreement))
            self.agreements[agreement.id] = msgspec.structs.replace(
                told, agreement=agreement, in_charter=True, access="public"
            )
        for commitment in charter.commitments:
            held = self.commitments.get(commitment.id, RegisteredCommitment(commitment=commitment))
            self.commitments[commitment.id] = msgspec.structs.replace(
                held, commitment=with_words(commitment, held), in_charter=True, access="public"
            )

    def binding(self, charter: Charter) -> Charter:
        """Return the charter with every public commitment of the register, as it stands: what a case can be held against."""
        held = tuple(item.commitment for item in self.commitments.values() if item.access == "public")
        return charter if held == charter.commitments else msgspec.structs.replace(charter, commitments=held)

    def knows(self, ident: str) -> bool:
        """Tell whether an id is in use."""
        held = (self.agreements, self.commitments, self.measures, self.meetings, self.calls, self.where)
        return any(ident in each for each in held)


H = TypeVar("H", RegisteredAgreement, RegisteredCommitment)


def _drop(held: dict[str, H], named: set[str]) -> None:
    """Take out what only an earlier charter held."""
    for ident, item in list(held.items()):
        if item.in_charter and ident not in named:
            if item.entry:
                held[ident] = msgspec.structs.replace(item, in_charter=False)
            else:
                del held[ident]


def with_words(commitment: Commitment, held: RegisteredCommitment) -> Commitment:
    """Return a commitment with the readings and acknowledgements that were entered, each party's latest reading."""
    acknowledged = dict.fromkeys(commitment.acknowledged_by) | dict.fromkeys(
        word.party for word in held.words if word.answer == "acknowledges"
    )
    declared = {reading.party: reading for reading in (*commitment.readings, *held.readings)}
    return msgspec.structs.replace(commitment, acknowledged_by=tuple(acknowledged), readings=tuple(declared.values()))
