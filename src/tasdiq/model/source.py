"""Actors: who speaks and who acts, with every name and who uses it.

An actor's `party` is a charter party id (or ISO alpha-3 of a state), or null. A designation belongs to whoever uses it: the
directory records the user and never prefers one side's word.
"""

from __future__ import annotations

from typing import Literal

from .document import Passage
from .value import Value

ActorKind = Literal[
    "party",
    "state",
    "government",
    "organ",
    "armed-forces",
    "armed-group",
    "person",
    "outlet",
    "organisation",
    "unnamed",
]


class Designation(Value, frozen=True, kw_only=True):
    """One name in use for an actor; `used_by` lists actor ids, party ids or outlets seen using it."""

    text: str
    used_by: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()


class Actor(Value, frozen=True, kw_only=True):
    """Somebody who speaks or acts; `id` is a path: `kes`, `kes/ministry-of-information`, `group/nla`, `outlet/daily-post`.

    `words` stand for a party or state without being its name: adjectives and nouns of its people, its capital.
    """

    id: str
    name: str
    kind: ActorKind
    party: str | None = None
    country: str | None = None
    role: str = ""
    member_of: str | None = None
    office_holder: bool = False
    designations: tuple[Designation, ...] = ()
    words: tuple[str, ...] = ()
    method: str = ""
