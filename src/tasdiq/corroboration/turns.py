"""What each party held in own voice over time: asserted on one day, denied on another.

Rules (they go on from those of `positions`):

8. A turn is a stance a party takes in own voice, from the first statement that takes it to the last before it takes another. The
   time is the statement's own where it tells one, else its document's.
9. Different stances of a party that have one time, or no time, stand side by side: which came first is not known. Turns without a
   time stand last.
10. Between two statements nothing is known: a turn says when something was said, not what was held in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from tasdiq.model.proposition import Position, Stance, Turn
from tasdiq.model.state import State
from tasdiq.model.when import When

Said = tuple[str, Stance, str, When | None]
"""Time (a key that sorts), stance, statement, and when."""
_NEVER = "9999"


def turns(state: State, own: Iterable[Position]) -> tuple[Turn, ...]:
    """Return what the parties held over time, of positions in own voice on one proposition."""
    said: dict[str, list[Said]] = {}
    for position in own:
        said.setdefault(position.party, []).extend(_said(state, position))
    found = [
        turn for party, items in said.items() for turn in _of_party(party, sorted(items, key=lambda item: item[:3]))
    ]
    return tuple(sorted(found, key=lambda turn: turn.first.key if turn.first else _NEVER))


def _said(state: State, position: Position) -> Iterator[Said]:
    for name in position.statements:
        statement = state.statements.get(name)
        document = state.documents.get(statement.document) if statement else None
        when = (statement.when if statement else None) or (document.published if document else None)
        yield (
            (when.key if when and when.start else _NEVER),
            position.stance,
            name,
            when if when and when.start else None,
        )


def _of_party(party: str, said: list[Said]) -> Iterator[Turn]:
    """Join what follows on itself; stances of one time stand side by side (rule 9)."""
    open_turn: list[Said] = []
    for _, group in groupby(said, key=lambda item: item[0]):
        items = list(group)
        stances = list(dict.fromkeys(item[1] for item in items))
        if open_turn and (stances != [open_turn[0][1]] or items[0][3] is None):
            yield _turn(party, open_turn)
            open_turn = []
        if len(stances) == 1 and items[0][3] is not None:
            open_turn += items
        else:
            yield from (_turn(party, [item for item in items if item[1] == stance]) for stance in stances)
    if open_turn:
        yield _turn(party, open_turn)


def _turn(party: str, said: list[Said]) -> Turn:
    return Turn(
        party=party,
        stance=said[0][1],
        first=said[0][3],
        last=said[-1][3],
        statements=tuple(item[2] for item in said),
    )
