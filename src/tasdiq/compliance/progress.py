"""How each commitment goes: counts under both readings, the readings parties use, and members' ratings beside each other.

Rules (cited by tests as I1 to I3):

I1. A programme is rated 0 to 3 by members, each for itself: 0 not initiated, 1 minimum, 2 intermediate, 3 full
    implementation. Ratings are not averaged, and no member's stands for another's. The scale is that of the Peace Accords
    Matrix of the Kroc Institute (Joshi, Quinn and Regan, "Annualized implementation data on comprehensive intrastate peace
    accords, 1989-2012", Journal of Peace Research 52:4, 2015, pp. 551-562).
I2. A commitment is *disputed* where its bearer has not acknowledged it, where a party denies it, or where parties count its
    quantity differently. It stays disputed: no result is picked.
I3. A party whose reading says nothing of how to count is not taken to count either way.
"""

from __future__ import annotations

from tasdiq.model.agreement import Counting, RegisteredCommitment, latest
from tasdiq.model.progress import Progress
from tasdiq.model.state import State

from .quantities import counts, window

LEVELS = ("not initiated", "minimum implementation", "intermediate implementation", "full implementation")
COUNTINGS = {"average": "as an average", "each": "for each"}


def assess_progress(state: State, today: str) -> dict[str, Progress]:
    """Return the progress of every commitment of the register as of a day, `YYYY-MM-DD`."""
    return {ident: _progress(state, held, today) for ident, held in state.talks.commitments.items()}


def _progress(state: State, held: RegisteredCommitment, today: str) -> Progress:
    start, end = window(held.commitment, today)
    said = {reading.party: reading.counting for reading in held.commitment.readings}
    readings: tuple[tuple[str, Counting], ...] = tuple(
        (party.id, said.get(party.id, "")) for party in state.charter.parties
    )
    used: set[Counting] = {counting for _, counting in readings if counting}
    denied = any(word.answer == "denies" for word in latest(held.words).values())
    own = held.commitment.bearer in held.commitment.acknowledged_by
    return Progress(
        commitment=held.id,
        start=start,
        end=end,
        counts=counts(held, today),
        readings=readings,
        reading=_words(
            held,
            [(party.name, counting) for party, (_, counting) in zip(state.charter.parties, readings, strict=True)],
            used,
        ),
        ratings=tuple({rating.member: rating for rating in held.ratings}.values()),
        disputed=not own or denied or len(used) > 1,
    )


def _words(held: RegisteredCommitment, readings: list[tuple[str, Counting]], used: set[Counting]) -> str:
    """Say whether the parties count a quantity alike (I2, I3)."""
    quantity = held.commitment.quantity
    if quantity is None or quantity.per == "total":
        return ""
    if not used:
        return "No party's reading says how it counts this."
    each = "; ".join(
        f"{name} {COUNTINGS[counting]}{f' {quantity.per}' if counting == 'each' else ''}"
        if counting
        else f"{name} does not say"
        for name, counting in readings
    )
    return f"{'The parties count differently' if len(used) > 1 else 'How it is counted'}: {each}."
