"""Figures, ratings and measures of engagement: what members report of how things go, each in its own name.

Rules (cited by tests as G7 to G11):

G7.  A figure belongs to a commitment with a quantity and says for which days, none of them to come. It is its teller's: figures of
     two tellers are never added or averaged. A later figure of the same teller for the same days stands in the earlier one's place,
     which is kept; days that overlap otherwise are refused.
G8.  How far a programme is carried out is rated by members, each for itself, 0 to 3, with reasons (the scale of the Kroc Peace
     Accords Matrix). A prohibition or a duty is not rated: its conduct follows from findings.
G9.  A measure of engagement is a claim: what, by whom, from when to when, none of it to come; the register says who claims it.
G10. A party acknowledges or denies a measure in its own voice, a denial in words. Nobody does so for another.
G11. Figures and measures are public unless they are entered as sealed; those of a sealed commitment stay with the members.
"""

from __future__ import annotations

import msgspec

from tasdiq.errors import MissingError, ProcedureError
from tasdiq.model.agreement import Figure, Rating, RegisteredCommitment, Word
from tasdiq.model.state import State
from tasdiq.model.talks import ImplementationRated, Measure, MeasureAnswered, MeasureClaimed, QuantityReported
from tasdiq.verification.docket import Step

from . import seats
from .agreements import commitment_of


def check_figure(state: State, step: Step, body: QuantityReported) -> None:
    """Raise unless this member may report this figure (G7)."""
    seats.require_seat(state, step)
    held = commitment_of(state, body.commitment)
    seats.require_after(step, held.at, "the commitment")
    if held.commitment.quantity is None:
        raise ProcedureError(f"{body.commitment} has no quantity to report on", paragraph="G7")
    if body.value < 0:
        raise ProcedureError(f"expected a number of units, found {body.value}", paragraph="G7")
    if not body.start:
        raise ProcedureError("say for which days the figure is", paragraph="G7")
    end = body.end or body.start
    seats.require_span(body.start, end, "G7", day=True)
    if end > step.at[:10]:
        raise ProcedureError(f"{end} is still to come: a figure tells of days that were", paragraph="G7")
    _check_overlap(held, step.member, body.start, end)


def _check_overlap(held: RegisteredCommitment, teller: str, start: str, end: str) -> None:
    for figure in held.figures:
        other_days = figure.teller == teller and (figure.start, figure.end) != (start, end)
        if other_days and figure.start <= end and start <= figure.end:
            raise ProcedureError(
                f"{teller} has a figure for {figure.start} to {figure.end}: report the same days again to correct it",
                paragraph="G7",
            )


def report_figure(state: State, step: Step, body: QuantityReported) -> list[str]:
    """Keep the figure with its teller."""
    held = commitment_of(state, body.commitment)
    figure = Figure(
        teller=step.member,
        value=body.value,
        start=body.start,
        end=body.end or body.start,
        source=body.source,
        basis=body.basis,
        text=body.text,
        at=step.at,
        entry=step.entry,
        access="joint" if body.sealed or held.access == "joint" else "public",
    )
    state.talks.commitments[held.id] = msgspec.structs.replace(held, figures=(*held.figures, figure))
    return [f"{held.id}/figure/{step.member}/{figure.start}"]


def access_of_figure(state: State, step: Step, body: QuantityReported) -> str:
    """Return who may read the entry (G11)."""
    return "joint" if body.sealed else commitment_of(state, body.commitment).access


def check_rating(state: State, step: Step, body: ImplementationRated) -> None:
    """Raise unless this member may rate this commitment (G8)."""
    seats.require_seat(state, step)
    held = commitment_of(state, body.commitment)
    seats.require_after(step, held.at, "the commitment")
    if held.commitment.kind != "programme":
        raise ProcedureError(
            f"{body.commitment} is a {held.commitment.kind}: its conduct follows from findings, and is not rated",
            paragraph="G8",
        )
    seats.require_words(body.text, "the reason for a rating", "G8")


def rate(state: State, step: Step, body: ImplementationRated) -> list[str]:
    """Keep the member's rating; its latest one stands, all are kept."""
    held = commitment_of(state, body.commitment)
    rating = Rating(member=step.member, level=body.level, text=body.text, at=step.at, entry=step.entry)
    state.talks.commitments[held.id] = msgspec.structs.replace(held, ratings=(*held.ratings, rating))
    return [f"{held.id}/rating/{step.member}"]


def access_of_rating(state: State, step: Step, body: ImplementationRated) -> str:
    """Return who may read the entry (G6)."""
    return commitment_of(state, body.commitment).access


def check_measure(state: State, step: Step, body: MeasureClaimed) -> None:
    """Raise unless this member may claim this measure so (G9)."""
    seats.require_seat(state, step)
    seats.require_new(state, body.measure, "G9")
    seats.require_words(body.text, "a measure", "G9")
    seats.require_words(body.by, "who took the measure", "G9")
    if not body.start:
        raise ProcedureError("a measure is dated: say from when", paragraph="G9")
    seats.require_span(body.start, body.end, "G9")
    if (latest := body.end or body.start) > step.at[: len(latest)]:
        raise ProcedureError(f"{latest} is still to come: a claimed measure was taken", paragraph="G9")


def claim(state: State, step: Step, body: MeasureClaimed) -> list[str]:
    """Let the claim stand in the review of engagement."""
    state.talks.measures[body.measure] = Measure(
        id=body.measure,
        kind=body.kind,
        by=body.by,
        text=body.text,
        start=body.start,
        end=body.end,
        source=body.source,
        claimed_by=step.member,
        at=step.at,
        entry=step.entry,
        access="joint" if body.sealed else "public",
    )
    return [body.measure]


def access_of_measure(state: State, step: Step, body: MeasureClaimed) -> str:
    """Return who may read the entry (G11)."""
    return "joint" if body.sealed else "public"


def check_measure_answer(state: State, step: Step, body: MeasureAnswered) -> None:
    """Raise unless this party may say its own word about the measure (G10)."""
    seats.require_party(state, step, "G10")
    held = measure_of(state, body.measure)
    seats.require_after(step, held.at, "the claim")
    if held.claimed_by == step.member:
        raise ProcedureError(f"{step.member} claims {held.id} itself: the others answer it", paragraph="G10")
    if body.answer == "denies":
        seats.require_words(body.text, "a denial", "G10")


def answer_measure(state: State, step: Step, body: MeasureAnswered) -> list[str]:
    """Keep the party's word beside the claim."""
    held = measure_of(state, body.measure)
    said = Word(party=step.member, answer=body.answer, text=body.text, at=step.at, entry=step.entry)
    state.talks.measures[held.id] = msgspec.structs.replace(held, words=(*held.words, said))
    return [f"{held.id}/{step.member}"]


def access_of_measure_answer(state: State, step: Step, body: MeasureAnswered) -> str:
    """Return who may read the entry (G11)."""
    return measure_of(state, body.measure).access


def measure_of(state: State, ident: str) -> Measure:
    """Return a claimed measure; raise `MissingError` if there is none of that id."""
    if ident not in state.talks.measures:
        raise MissingError(f"no measure {ident} in this record; list them with: tasdiq measure list RECORD")
    return state.talks.measures[ident]
