"""What anybody sees: the state as the published site shows it (rule V1 of `web.seeing`).

`publication.redact` decides; what its pages leave out on top of that is left out of the state here, so that no page or call
can show it by mistake.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import datetime

import msgspec

from tasdiq import timing
from tasdiq.model.state import Provenance, State
from tasdiq.publication.redact import Public, make_public
from tasdiq.register import row_key
from tasdiq.verification.docket import items
from tasdiq.web.sight import lines

MAPS = (
    "documents", "actors", "statements", "told", "reports", "incidents", "origins", "propositions", "disagreements", "sessions",
    "crossings", "ceasefire", "cases",
)  # fmt: skip


def public(state: State, now: str) -> Public:
    """Return what anybody sees of a state at a time, `YYYY-MM-DDTHH:MM:SSZ`, with the words that are shown."""
    found = make_public(timing.in_public(state, now), datetime.fromisoformat(now))
    return dataclasses.replace(found, state=_bare(found.state))


def _bare(state: State) -> State:
    """Leave out of a public state what leads to things that are not in it."""
    closed = {line.id for line in state.entries if line.access != "public"}
    shown = _ids(state)
    return dataclasses.replace(
        state,
        entries=[lines.public_line(line) for line in state.entries],
        provenance=_provenance(state, closed, shown),
        rejected=[msgspec.structs.replace(item, content="") for item in state.rejected],
        files={},
        confirmed={item: entry for item, entry in state.confirmed.items() if item in shown and entry not in closed},
        corrected={item: entry for item, entry in state.corrected.items() if item in shown and entry not in closed},
        refused={},
        redacted={item: entry for item, entry in state.redacted.items() if entry not in closed},
        unknown_kinds={},
        refused_steps={},
    )


def _ids(state: State) -> set[str]:
    """Collect the id of everything a public state holds."""
    found = {name for field in MAPS for name in getattr(state, field)}
    found |= {item for case in state.cases.values() for item in items(case)}
    return found | {row_key(position) for position in state.positions}


def _provenance(state: State, closed: set[str], shown: set[str]) -> dict[str, Provenance]:
    found = {}
    for item, where in state.provenance.items():
        if item in shown or (where.row is None and item.partition("/")[0] in shown):
            found[item] = dataclasses.replace(where, kind=lines.SEALED) if where.entry in closed else where
    return found


def listed(state: State) -> Iterator[str]:
    """Yield the id of everything that a state holds and a page may list."""
    yield from sorted(_ids(state))
