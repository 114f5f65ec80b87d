"""What points ask of members: a look at a wording that a party objects to, a party's word on what another has decided.

Rules (cited by tests as W17 and W18):

W17. An objection to a wording waits for the mediators until one of them has reworded or confirmed the point since. Nothing is owed:
     the objection stands beside the wording either way.
W18. Where the charter names no mediator, what a party has decided about points waits for each party that has not entered the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from tasdiq.model.framing import (
    Framing,
    PropositionConfirmed,
    PropositionReworded,
    PropositionsMerged,
    PropositionSplit,
    WordingObjected,
    same,
)
from tasdiq.model.state import State

from .item import Waiting


def waiting(state: State) -> Iterator[Waiting]:
    """Yield everything that decisions about points ask of anybody."""
    held = [item for item in state.framings.values() if not item.undone]
    if state.charter.mediators:
        yield from _objections(state, held)
    else:
        yield from _undecided(state, held)


def _objections(state: State, held: list[Framing]) -> Iterator[Waiting]:
    """W17."""
    mediators = [mediator.id for mediator in state.charter.mediators]
    last: dict[tuple[str, str], Framing] = {}
    for item in held:
        if isinstance(item.body, WordingObjected):
            last[item.body.proposition, item.member] = item
        elif isinstance(item.body, PropositionReworded | PropositionConfirmed) and item.member in mediators:
            last = {key: said for key, said in last.items() if key[0] != item.body.proposition}
    for (proposition, party), said in last.items():
        for mediator in mediators if proposition in state.propositions else ():
            yield Waiting(
                "Look at a wording that a party objects to", "PropositionReworded", (("proposition", proposition),), mediator,
                party, about=proposition, since=said.at, free=True,
            )  # fmt: skip


def _undecided(state: State, held: list[Framing]) -> Iterator[Waiting]:
    """W18."""
    found: list[Framing] = []
    for item in held:
        framing = isinstance(item.body, PropositionsMerged | PropositionSplit | PropositionReworded)
        if framing and not any(same(item.body, other.body) for other in found):
            found.append(item)
    for item in found:
        said = {other.member for other in held if same(item.body, other.body)}
        about = item.body.into if isinstance(item.body, PropositionsMerged) else item.body.proposition
        for party in state.charter.parties:
            if party.id not in said:
                yield Waiting(
                    "Decide about a point as another party has, or leave it", type(item.body).__name__,
                    (("proposition", about), ("like", item.entry)), party.id, item.member, about=about, since=item.at, free=True,
                )  # fmt: skip
