"""What the tests of propositions ask of a state: who holds which stance on what."""

from __future__ import annotations

from corroboration.speeches import Said
from tasdiq.corroboration.propositions import frame
from tasdiq.model.proposition import Proposition
from tasdiq.model.state import State


def stances(state: State) -> dict[str, list[tuple[str | None, str, str]]]:
    """Frame of each proposition -> (party, teller, stance) of its holdings."""
    return {p.frame or p.id: _held(state, p) for p in frame(state)}


def _held(state: State, proposition: Proposition) -> list[tuple[str | None, str, str]]:
    said = [(state.statements[h.statement], h.stance) for h in proposition.holdings]
    return [(s.party, s.teller, stance) for s, stance in said]


REFUSED = Said(
    "vor", "Orlan Teves", "said", "that Kestria refused an offer to deport wanted persons", speaker="person/orlan-teves"
)
