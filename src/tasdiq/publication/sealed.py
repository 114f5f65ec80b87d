"""Keep what only named recipients may read out of a publication (rule R8).

1. An item whose entry is of access `named` is dropped, and every statement and telling of a dropped document with it.
2. Items of `joint` entries are published under the other rules: the charter's delay and coarsening exist for them.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from tasdiq.model.state import State

from .withheld import Withheld

MAPS = (
    "documents", "actors", "statements", "told", "reports", "incidents", "origins", "copies", "propositions", "disagreements",
    "sessions", "crossings", "ceasefire", "cases",
)  # fmt: skip


def drop_named(state: State, withheld: Withheld) -> State:
    """Return the state without what stands in entries for named recipients."""
    named = {line.id for line in state.entries if line.access == "named"}
    hidden = {item for item, where in state.provenance.items() if where.entry in named}
    if not hidden:
        return state
    hidden |= {name for name, s in state.statements.items() if s.document in hidden}
    hidden |= {name for name, t in state.told.items() if t.telling.passage.document in hidden}
    hidden |= {name for name, copy in state.copies.items() if not hidden.isdisjoint(copy.documents)}
    kept: dict[str, Any] = {field: _without(getattr(state, field), hidden) for field in MAPS}
    withheld.add("R8", "items for named recipients", sum(len(getattr(state, f)) - len(kept[f]) for f in MAPS))
    rows = {name: row for name, row in state.rows.items() if name not in hidden}
    positions = [p for p in state.positions if p.proposition not in hidden]
    return dataclasses.replace(state, **kept, rows=rows, positions=positions)


def _without(items: dict[str, Any], hidden: set[str]) -> dict[str, Any]:
    return {name: item for name, item in items.items() if name not in hidden}
