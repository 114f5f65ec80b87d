"""Propositions and positions as they stand: what programs proposed, with what persons decided about it put to it.

1. What was proposed is kept apart, as it was proposed: every decision is put to it anew, in the record's order (F9).
2. Positions that were proposed stand, but for those on propositions whose statements a decision moved, or that a person framed:
   these are read anew from the statements, by the same rules; what its proposer's member refused stays out.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Container
from typing import Any

from tasdiq.corroboration.decided import BY_HAND, confirmations, decide, standing
from tasdiq.corroboration.positions import propose, tabulate
from tasdiq.model.proposition import Position, Proposition
from tasdiq.model.state import State
from tasdiq.register.rows import row_key
from tasdiq.register.sharing import Shared

TABULATED = ("propositions", "positions")


class Framed:
    """What was proposed, and what of the confirmations in a state follows from decisions."""

    def __init__(self) -> None:
        self._propositions: dict[str, Proposition] = {}
        self._positions: list[Position] = []
        self._confirmed: dict[str, str] = {}

    def begin_anew(self) -> None:
        """Forget what was proposed."""
        self._propositions, self._positions = {}, []

    def proposed(self, name: str) -> Any:
        """Return what rows of a field are filled into."""
        return self._propositions if name == "propositions" else self._positions

    def put_into(self, shared: Shared, refused: Container[str]) -> None:
        """Put propositions, positions and their table into the state as they stand."""
        state = shared.state
        state.propositions, state.positions = dict(self._propositions), list(self._positions)
        if state.framings or self._confirmed or any(item.method == BY_HAND for item in self._propositions.values()):
            self._decide(shared, refused)
        state.rows = {row.proposition: row for row in tabulate(state)}

    def _decide(self, shared: Shared, refused: Container[str]) -> None:
        state = shared.state
        stand = standing(state.framings.values(), state.charter)
        found = decide(self._propositions, stand, state.origins)
        moved = {ident: item for ident, item in found.items() if _moved(self._propositions.get(ident), item)}
        kept = [item for item in self._positions if item.proposition in found and item.proposition not in moved]
        anew = propose(dataclasses.replace(state, propositions=moved, positions=[]))
        state.propositions = found
        state.positions = [*kept, *(item for item in anew if row_key(item) not in refused)]
        self._confirm(shared, state)

    def _confirm(self, shared: Shared, state: State) -> None:
        """Let the confirmations that follow from decisions stand beside those that were entered by item."""
        confirmed = shared.own("confirmed")
        for ident, entry in self._confirmed.items():
            if confirmed.get(ident) == entry:
                del confirmed[ident]
        self._confirmed = {
            ident: entry
            for ident, entry in confirmations(state.propositions.values(), state.charter)
            if ident not in confirmed
        }
        confirmed.update(self._confirmed)


def _moved(proposed: Proposition | None, item: Proposition) -> bool:
    return proposed is None or item.method == BY_HAND or (item is not proposed and item.holdings != proposed.holdings)
