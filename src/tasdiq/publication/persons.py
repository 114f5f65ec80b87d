"""Give private persons pseudonyms and mask their names wherever they stand (rule R4).

1. A person is private unless the directory marks an office holder.
2. The pseudonym is "Person n", numbered in the order in which persons came into the record, so that it stays the same while
   the record grows.
3. Masked are every name and designation of the person, and the last word of the name where nobody else bears it.
4. Ids made from a name are replaced too. The mapping back is never written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tasdiq.model.source import Actor
from tasdiq.model.state import State

_LATER = 1 << 60


@dataclass(frozen=True)
class Mask:
    """Names to hide: pattern over texts, pseudonym by name, new id by old id."""

    pattern: re.Pattern[str] | None
    names: dict[str, str]
    ids: dict[str, str]

    def text(self, words: str) -> str:
        """Return words with every masked name replaced by its pseudonym in brackets."""
        return words if self.pattern is None else self.pattern.sub(lambda m: self.pseudonym(m.group()), words)

    def pseudonym(self, name: str) -> str:
        """Return what stands in place of a name."""
        return f"[{self.names[name.casefold()]}]"

    def spans(self, text: str) -> list[tuple[int, int, str]]:
        """List `(start, end, pseudonym)` of every masked name in a text."""
        if self.pattern is None:
            return []
        return [(m.start(), m.end(), self.pseudonym(m.group())) for m in self.pattern.finditer(text)]

    def plain(self, value: Any) -> Any:
        """Return JSON-ready builtins with every id and name in them replaced, keys included."""
        if isinstance(value, str):
            return self.ids.get(value) or self.text(value)
        if isinstance(value, dict):
            return {self.plain(key): self.plain(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self.plain(item) for item in value]
        return value


def make_mask(state: State) -> Mask:
    """Build the mask over all private persons of a state."""
    private = [actor for actor in state.actors.values() if actor.kind == "person" and not actor.office_holder]
    private.sort(key=lambda actor: (_arrival(state, actor), actor.id))
    borne = _words_of_others(state, private)
    names: dict[str, str] = {}
    ids: dict[str, str] = {}
    for number, actor in enumerate(private, 1):
        ids[actor.id] = f"person/{number}"
        for name in _names(actor, borne):
            names.setdefault(name.casefold(), f"Person {number}")
    return Mask(_pattern(names), names, ids)


def _arrival(state: State, actor: Actor) -> tuple[int, int]:
    places = [
        state.provenance[n] for n, s in state.statements.items() if s.speaker == actor.id and n in state.provenance
    ]
    return min(((p.index, p.row or 0) for p in places), default=(_LATER, 0))


def _words_of_others(state: State, private: Iterable[Actor]) -> set[str]:
    hidden = {actor.id for actor in private}
    others = [actor for actor in state.actors.values() if actor.id not in hidden]
    texts = [text for actor in others for text in (actor.name, *(d.text for d in actor.designations))]
    return {word.casefold() for text in texts for word in text.split()}


def _names(actor: Actor, borne: set[str]) -> list[str]:
    named = [actor.name, *(d.text for d in actor.designations)]
    names = [name for name in named if name.strip() and name.casefold() not in borne and name[:1].isupper()]
    last = actor.name.split()[-1] if actor.name.split() else ""
    if len(last) > 2 and last[0].isupper() and last.casefold() not in borne:
        names.append(last)
    return names


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    ordered = sorted(names, key=lambda name: (-len(name), name))
    if not ordered:
        return None
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)", re.IGNORECASE)
