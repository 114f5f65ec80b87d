"""What every kind of disagreement is made of: values with their passages, from at least two documents (rule 8)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Literal

from tasdiq.model.document import Passage
from tasdiq.model.proposition import Disagreement
from tasdiq.model.state import State

METHOD = "disagreement/rules 1"
Aspect = Literal["date", "figure", "channel", "mediators", "name", "wording", "outcome"]
Value = tuple[str, Passage]


def build(aspect: Aspect, key: str, subject: str, values: Iterable[Value]) -> Disagreement | None:
    """Make a disagreement if at least two values stand in at least two documents (rule 8)."""
    by_value: dict[str, dict[Passage, None]] = {}
    for value, passage in values:
        by_value.setdefault(value, {})[passage] = None
    documents = {passage.document for passages in by_value.values() for passage in passages}
    if len(by_value) < 2 or len(documents) < 2:
        return None
    ident = "x-" + aspect + "-" + hashlib.sha256(key.encode()).hexdigest()[:8]
    listed = tuple((value, tuple(passages)) for value, passages in by_value.items())
    return Disagreement(id=ident, subject=subject, aspect=aspect, values=listed, method=METHOD)


def kept(found: Iterable[Disagreement | None]) -> Iterator[Disagreement]:
    """Yield what is there of `found`."""
    yield from (item for item in found if item is not None)


def name_of(state: State, ident: str) -> str:
    """Return the name of an actor or member, or the id itself."""
    actor, member = state.actors.get(ident), state.charter.member(ident)
    return actor.name if actor else member.name if member else ident
