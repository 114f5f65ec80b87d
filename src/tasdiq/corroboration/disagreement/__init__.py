"""On what outlets disagree: dates, figures, channels, lists of mediators, names. Values stand side by side; none is preferred.

Rules:

1. Channel: one speaker's statements on one topic within a few days, told in several documents with different channels. Whether
   they are one occasion is not decided here.
2. Mediators: lists of mediators of talks told in several documents; a list that only leaves a name out differs too.
3. Figures: numbers of the same measure, side (or else subject), place and month whose bounds differ.
4. Dates: one session, crossing interval or turn of the ceasefire, dated differently by several documents, where the dates
   do not overlap.
5. Outcome: one session that ended in failure for one document and in agreement for another.
6. Names: a group called, a person or operation spelt differently by several documents; a surname alone is no other name.
7. Wording: places where copies of one statement differ (from its origin).
8. A document compared with itself is no disagreement between outlets. Order of values is that of documents.
"""

from __future__ import annotations

from tasdiq.model.proposition import Disagreement
from tasdiq.model.state import State

from .channels import channels
from .names import names, wordings
from .told import dates, figures, mediators, outcomes
from .values import METHOD

__all__ = ["METHOD", "find"]


def find(state: State) -> list[Disagreement]:
    """Return every point on which documents give different values, by aspect."""
    kinds = (channels, mediators, figures, dates, outcomes, names, wordings)
    return list({item.id: item for kind in kinds for item in kind(state)}.values())
