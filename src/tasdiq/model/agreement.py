"""Agreements, commitments and readings as the charter or the record holds them, and what each party says of them.

`Registered…` is how the register holds them: with who told of them, and each party's own words, figures and ratings beside
each other. Nothing is averaged over tellers, and nobody's word stands for another's.
"""

from __future__ import annotations

from typing import Literal

from .value import Value

Form = Literal["signed", "unsigned", "verbal", "claimed"]
Per = Literal["day", "week", "total"]
Sense = Literal["at least", "at most"]
Counting = Literal["", "average", "each"]
"""How a party reads a quantity per day or week: as an average over the window, or for each single day or week (a floor, or a
ceiling where the quantity is *at most*); `""` where its reading says nothing of that."""
Basis = Literal["witnessed", "told", "inferred", "unknown"]


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
    """One party's interpretation of a commitment; `counting` is how it reads the quantity, if there is one."""

    party: str
    text: str
    counting: Counting = ""
    at: str = ""
    entry: str = ""


class Quantity(Value, frozen=True, kw_only=True):
    """So many of a unit per day, per week, or in total over the commitment's window: at least, or at most."""

    value: int
    unit: str
    per: Per = "day"
    sense: Sense = "at least"


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
    quantity: Quantity | None = None


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


class Word(Value, frozen=True, kw_only=True):
    """One party's own word about what somebody told: it acknowledges it or denies it. A later word stands in its place."""

    party: str
    answer: Literal["acknowledges", "denies"]
    text: str = ""
    at: str = ""
    entry: str = ""


class Figure(Value, frozen=True, kw_only=True):
    """How many units one member counted from `start` to `end` (days, both included); `source` is who counted, in words.

    A later figure of the same teller for the same days stands in the earlier one's place, which is kept.
    """

    teller: str
    value: int
    start: str
    end: str
    source: str = ""
    basis: Basis = "unknown"
    text: str = ""
    at: str = ""
    entry: str = ""
    access: Literal["public", "joint"] = "public"


class Rating(Value, frozen=True, kw_only=True):
    """One member's rating of how far a programme is carried out, 0 to 3, with its reasons."""

    member: str
    level: Literal[0, 1, 2, 3]
    text: str
    at: str = ""
    entry: str = ""


class RegisteredAgreement(Value, frozen=True, kw_only=True):
    """An agreement in the register: told by `recorded_by`, or in the charter that all have signed, with the parties' words."""

    agreement: Agreement
    in_charter: bool = False
    recorded_by: str = ""
    at: str = ""
    entry: str = ""
    access: Literal["public", "joint"] = "public"
    words: tuple[Word, ...] = ()

    @property
    def id(self) -> str:
        """The agreement's id."""
        return self.agreement.id

    @property
    def form(self) -> Form:
        """Its form: as the charter says; else *claimed* until every one of its parties has acknowledged it."""
        return self.agreement.form if self.in_charter or self.acknowledged else "claimed"

    @property
    def acknowledged(self) -> bool:
        """Tell whether every party to it has acknowledged it, for itself; a later denial is shown and does not undo that."""
        return bool(self.agreement.parties) and acknowledging(self.words).issuperset(self.agreement.parties)


class RegisteredCommitment(Value, frozen=True, kw_only=True):
    """A commitment in the register; `commitment` carries the readings and acknowledgements that stand now."""

    commitment: Commitment
    in_charter: bool = False
    recorded_by: str = ""
    at: str = ""
    entry: str = ""
    access: Literal["public", "joint"] = "public"
    words: tuple[Word, ...] = ()
    readings: tuple[Reading, ...] = ()
    """Every reading that was declared, in order; `commitment.readings` has each party's latest."""
    figures: tuple[Figure, ...] = ()
    ratings: tuple[Rating, ...] = ()

    @property
    def id(self) -> str:
        """The commitment's id."""
        return self.commitment.id


def acknowledging(words: tuple[Word, ...]) -> set[str]:
    """Return the parties that have ever acknowledged it, each in its own voice."""
    return {word.party for word in words if word.answer == "acknowledges"}


def latest(words: tuple[Word, ...]) -> dict[str, Word]:
    """Return each party's latest word."""
    return {word.party: word for word in words}
