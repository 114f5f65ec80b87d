"""Agreements, commitments and what each party says of them.

Rules (cited by tests as G1 to G6):

G1. A party, a mediator or an observer records its telling of an agreement: what was agreed, in words, in which form, between
    which parties of the charter. It is a telling: the register says whose.
G2. It is *claimed* until each of its parties has acknowledged it for itself; the form that was told stands from then on. A
    party that records one acknowledges it thereby. Nobody acknowledges or denies for another. A denial is given in words;
    what was once acknowledged stays acknowledged, and a later denial is shown beside it.
G3. What was agreed to follow a breach is given in words, or it is "none agreed".
G4. A commitment stands under an agreement of the register, in words, binds one party to it, and comes bare: readings and
    acknowledgements are for each party to enter. A quantity is more than nothing, of a named unit.
G5. A reading is a party's own, in words. It says how a quantity is counted only where there is one per day or week. A later
    reading of the same party stands in the place of the earlier one, which is kept.
G6. Agreements are public unless they are recorded as sealed; what is said of a sealed one stays with the members.
"""

from __future__ import annotations

import msgspec

from tasdiq.errors import MissingError, ProcedureError, RoleError
from tasdiq.model.agreement import (
    Agreement,
    Commitment,
    Reading,
    RegisteredAgreement,
    RegisteredCommitment,
    Word,
)
from tasdiq.model.state import State
from tasdiq.model.talks import AgreementAnswered, AgreementRecorded, CommitmentRecorded, ReadingDeclared, with_words
from tasdiq.verification.docket import Step

from . import seats


def check_agreement(state: State, step: Step, body: AgreementRecorded) -> None:
    """Raise unless this telling of an agreement may be recorded (G1, G3)."""
    seats.require_seat(state, step)
    told = body.agreement
    seats.require_new(state, told.id, "G1")
    seats.require_words(told.title, "what an agreement is called", "G1")
    seats.require_parties(state, told.parties, "G1")
    if not told.parties:
        raise ProcedureError("an agreement is between parties: name them", paragraph="G1")
    if not told.text.strip() and told.form in ("signed", "unsigned"):
        raise ProcedureError(f"a {told.form} agreement has a text: give it, or record it as claimed", paragraph="G1")
    seats.require_words(told.consequence, 'what follows a breach, or "none agreed",', "G3")
    seats.require_span(told.date, told.until, "G1")


def record_agreement(state: State, step: Step, body: AgreementRecorded) -> list[str]:
    """Let the telling stand in the register."""
    told = RegisteredAgreement(
        agreement=body.agreement,
        recorded_by=step.member,
        at=step.at,
        entry=step.entry,
        access="joint" if body.sealed else "public",
        words=_own(step, body.agreement.parties),
    )
    state.talks.agreements[told.id] = told
    return [told.id]


def access_of_agreement(state: State, step: Step, body: AgreementRecorded) -> str:
    """Return who may read the entry (G6)."""
    return "joint" if body.sealed else "public"


def check_commitment(state: State, step: Step, body: CommitmentRecorded) -> None:
    """Raise unless this telling of a commitment may be recorded (G4)."""
    seats.require_seat(state, step)
    told = body.commitment
    seats.require_new(state, told.id, "G4")
    agreement = agreement_of(state, told.agreement)
    seats.require_after(step, agreement.at, "the agreement")
    seats.require_words(told.text, "who must do or not do what", "G4")
    _check_bearer(state, agreement.agreement, told)
    if told.readings or told.acknowledged_by:
        raise ProcedureError("readings and acknowledgements are for each party to enter for itself", paragraph="G4")
    seats.require_span(told.start, told.until, "G4")
    if told.quantity is not None and (told.quantity.value < 1 or not told.quantity.unit.strip()):
        raise ProcedureError("a quantity is more than nothing, of a named unit", paragraph="G4")


def _check_bearer(state: State, agreement: Agreement, told: Commitment) -> None:
    bound = agreement.parties or tuple(party.id for party in state.charter.parties)
    if told.bearer not in bound:
        raise ProcedureError(
            f"expected a party to {agreement.id} ({', '.join(bound)}) as bearer, found {told.bearer!r}", paragraph="G4"
        )


def record_commitment(state: State, step: Step, body: CommitmentRecorded) -> list[str]:
    """Let the telling of a commitment stand in the register."""
    parties = tuple(party.id for party in state.charter.parties)
    held = RegisteredCommitment(
        commitment=body.commitment,
        recorded_by=step.member,
        at=step.at,
        entry=step.entry,
        access="joint" if _sealed(state, body) else "public",
        words=_own(step, parties),
    )
    _keep(state, held)
    return [held.id]


def access_of_commitment(state: State, step: Step, body: CommitmentRecorded) -> str:
    """Return who may read the entry (G6)."""
    return "joint" if _sealed(state, body) else "public"


def _sealed(state: State, body: CommitmentRecorded) -> bool:
    return body.sealed or agreement_of(state, body.commitment.agreement).access == "joint"


def check_answer(state: State, step: Step, body: AgreementAnswered) -> None:
    """Raise unless this party may say its own word about the agreement or commitment (G2)."""
    seats.require_party(state, step, "G2")
    held = item_of(state, body.item)
    seats.require_after(step, held.at, "what it answers")
    if isinstance(held, RegisteredAgreement) and held.agreement.parties and step.member not in held.agreement.parties:
        raise RoleError(f"{step.member} is no party to {body.item} (G2)")
    if body.answer == "denies":
        seats.require_words(body.text, "a denial", "G2")


def answer(state: State, step: Step, body: AgreementAnswered) -> list[str]:
    """Keep the party's word beside the others'."""
    held = item_of(state, body.item)
    said = Word(party=step.member, answer=body.answer, text=body.text, at=step.at, entry=step.entry)
    if isinstance(held, RegisteredAgreement):
        state.talks.agreements[held.id] = msgspec.structs.replace(held, words=(*held.words, said))
    else:
        _keep(state, msgspec.structs.replace(held, words=(*held.words, said)))
    return [f"{body.item}/{step.member}"]


def access_of_answer(state: State, step: Step, body: AgreementAnswered) -> str:
    """Return who may read the entry (G6)."""
    return item_of(state, body.item).access


def check_reading(state: State, step: Step, body: ReadingDeclared) -> None:
    """Raise unless this party may declare this reading (G5)."""
    seats.require_party(state, step, "G5")
    held = commitment_of(state, body.commitment)
    seats.require_after(step, held.at, "the commitment")
    seats.require_words(body.text, "a reading", "G5")
    quantity = held.commitment.quantity
    if body.counting and (quantity is None or quantity.per == "total"):
        raise ProcedureError(f"{body.commitment} has no quantity per day or week to be counted", paragraph="G5")


def declare(state: State, step: Step, body: ReadingDeclared) -> list[str]:
    """Keep the party's reading; its latest one stands."""
    held = commitment_of(state, body.commitment)
    said = Reading(party=step.member, text=body.text, counting=body.counting, at=step.at, entry=step.entry)
    _keep(state, msgspec.structs.replace(held, readings=(*held.readings, said)))
    return [f"{body.commitment}/reading/{step.member}"]


def access_of_reading(state: State, step: Step, body: ReadingDeclared) -> str:
    """Return who may read the entry (G6)."""
    return commitment_of(state, body.commitment).access


def agreement_of(state: State, ident: str) -> RegisteredAgreement:
    """Return an agreement of the register; raise `MissingError` if there is none of that id."""
    if ident not in state.talks.agreements:
        raise MissingError(f"no agreement {ident} in this record; list them with: tasdiq agreement list RECORD")
    return state.talks.agreements[ident]


def commitment_of(state: State, ident: str) -> RegisteredCommitment:
    """Return a commitment of the register; raise `MissingError` if there is none of that id."""
    if ident not in state.talks.commitments:
        raise MissingError(f"no commitment {ident} in this record; list them with: tasdiq agreement list RECORD")
    return state.talks.commitments[ident]


def item_of(state: State, ident: str) -> RegisteredAgreement | RegisteredCommitment:
    """Return an agreement or a commitment by its id."""
    return agreement_of(state, ident) if ident in state.talks.agreements else commitment_of(state, ident)


def _own(step: Step, parties: tuple[str, ...]) -> tuple[Word, ...]:
    """Return the word a party says by recording something itself (G2)."""
    said = Word(party=step.member, answer="acknowledges", at=step.at, entry=step.entry)
    return (said,) if step.member in parties else ()


def _keep(state: State, held: RegisteredCommitment) -> None:
    state.talks.commitments[held.id] = msgspec.structs.replace(held, commitment=with_words(held.commitment, held))
