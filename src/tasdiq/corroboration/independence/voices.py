"""Whose voice a statement is: a named person, an organ, a party as a whole, or somebody unnamed; and whether two may be one.

Nothing here knows a name in advance: kinds, parties and memberships come from the actors of the record.
"""

from __future__ import annotations

from typing import Literal

from tasdiq.model.source import Actor
from tasdiq.model.state import State

Relation = Literal["same", "close", "party", "unnamed", "organs", "none"]
WHOLE = ("party", "state", "government")


def relate(state: State, one: str | None, other: str | None) -> Relation:
    """Say how two speakers stand to each other.

    `same`: one person or organ; `close`: an organ and its spokesperson, or one whose organ no document names; `party`: one is the
    party as a whole, the other speaks for it or is the party too; `unnamed`: one is unnamed, of the same party; `organs`: two
    organs of one party; `none`: not one voice.
    """
    if one is None or other is None:
        return "none"
    a, b = state.actors.get(one), state.actors.get(other)
    if one == other:
        return "party" if is_whole(a) else "same"
    if a is None or b is None or a.party is None or a.party != b.party:
        return "none"
    return _within_party(a, b)


def _within_party(a: Actor, b: Actor) -> Relation:
    if a.member_of == b.id or b.member_of == a.id:
        return "party" if is_whole(a) or is_whole(b) else "close"
    if is_whole(a) or is_whole(b):
        return "party"
    if any(one.kind == "organ" and is_spokesperson(other) and not other.member_of for one, other in ((a, b), (b, a))):
        return "close"
    if "unnamed" in (a.kind, b.kind):
        return "unnamed"
    return "organs" if a.kind == b.kind == "organ" else "none"


def is_whole(actor: Actor | None) -> bool:
    """Say whether an actor is a party as a whole, not one of its organs or persons."""
    return actor is not None and actor.kind in WHOLE


def speaks(actor: Actor) -> bool:
    """Say whether an actor speaks for a party, so that what passes through it is its telling, not an outlet's."""
    return actor.kind != "outlet" and actor.party is not None


def is_spokesperson(actor: Actor) -> bool:
    """Say whether an actor is a spokesperson, by the role the documents give."""
    return "spokes" in actor.role.casefold()


def is_person(actor: Actor | None) -> bool:
    """Say whether an actor is one named person."""
    return actor is not None and actor.kind == "person"


def is_unnamed(actor: Actor | None) -> bool:
    """Say whether an actor is somebody a document does not name."""
    return actor is None or actor.kind == "unnamed"
