"""The review of engagement: measures that members claim, side by side, each dated, attributed, and answered in own voice.

1. A measure stands in the column of whoever claims it, with what each party says of it: acknowledges, denies, or nothing in
   this record.
2. Measures are never added up: two claims may be of one measure. Kinds stand in the taxonomy's order, then by date.
"""

from __future__ import annotations

from typing import get_args

from tasdiq.model.agreement import Word, latest
from tasdiq.model.state import State
from tasdiq.model.talks import Measure, MeasureKind


def review(state: State) -> list[tuple[MeasureKind, list[Measure]]]:
    """Return the claimed measures by kind, each by its date."""
    kinds: tuple[MeasureKind, ...] = get_args(MeasureKind)
    found = []
    for kind in kinds:
        claimed = [item for item in state.talks.measures.values() if item.kind == kind]
        if claimed:
            found.append((kind, sorted(claimed, key=lambda item: (item.start, item.end, item.id))))
    return found


def words_on(state: State, measure: Measure) -> list[tuple[str, Word | None]]:
    """Return each party's latest word on a measure; None where there is none in this record, or the claim is its own."""
    said = latest(measure.words)
    return [(party.id, said.get(party.id)) for party in state.charter.parties]
