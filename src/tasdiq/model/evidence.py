"""Evidence on its way from hand to hand: its chain of custody, and what each party it was handed to did with it."""

from __future__ import annotations

from typing import Literal

from .value import Value


class Custody(Value, frozen=True, kw_only=True):
    """One link of a chain of custody: who held it from when on, and how it came to them (found, photographed, handed over)."""

    holder: str
    at: str
    how: str


class EvidenceAnswer(Value, frozen=True, kw_only=True):
    """What a party said of evidence handed to it, in its own words."""

    answer: Literal["answered", "disputed"]
    text: str
    at: str = ""
    entry: str = ""


class Handover(Value, frozen=True, kw_only=True):
    """Evidence in one party's hands: until when it is asked to answer, when it acknowledged receipt, its answers.

    A receipt says that the files arrived, and nothing about what they show.
    """

    to: str
    due: str
    received_at: str = ""
    receipt: str = ""
    answers: tuple[EvidenceAnswer, ...] = ()


class Evidence(Value, frozen=True, kw_only=True):
    """Something submitted in a case; its files lie beside the record, named by SHA-256. Never public."""

    id: str
    title: str
    submitted_by: str
    at: str
    sha256: tuple[str, ...] = ()
    custody: tuple[Custody, ...] = ()
    handed: tuple[Handover, ...] = ()
    entry: str = ""
