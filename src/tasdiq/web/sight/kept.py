"""What was worked out from something that has not changed since is kept, and shared: by identity, for values never change.

A state that was handed out is not altered, and the next one shares with it whatever did not change. So what follows from a part
of it follows as long as that part is the same object. Nothing here is safe for two threads at once: `sights` holds a lock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from operator import is_
from typing import Any, TypeVar

T = TypeVar("T")
V = TypeVar("V")
W = TypeVar("W")


def same(one: Sequence[Any], other: Sequence[Any]) -> bool:
    """Tell whether two sequences hold the same objects in the same order."""
    return len(one) == len(other) and all(map(is_, one, other))


def differing(old: dict[str, V], new: dict[str, V]) -> list[str] | None:
    """Return the names under which something new stands; None if names went, or stand in another order."""
    if list(old) != list(islice(new, len(old))):
        return None
    return [name for name, item in new.items() if old.get(name) is not item]


class Kept:
    """Results by name, each with what it was worked out from."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[tuple[object, ...], Any]] = {}
        self._maps: dict[str, tuple[dict[str, Any], tuple[object, ...], dict[str, Any]]] = {}
        self._lists: dict[str, tuple[list[Any], tuple[object, ...], list[Any]]] = {}
        self._gathered: dict[str, tuple[dict[str, Any], dict[str, str]]] = {}

    def get(self, name: str, follows_from: tuple[object, ...], make: Callable[[], T]) -> T:
        """Return what `make` makes, made anew only where one of the objects it follows from is another."""
        held = self._held.get(name)
        if held is None or not same(held[0], follows_from):
            held = (follows_from, make())
            self._held[name] = held
        found: T = held[1]
        return found

    def mapped(self, name: str, items: dict[str, V], rules: tuple[object, ...], make: Callable[[V], W]) -> dict[str, W]:
        """Return items with `make` of each; only what is new is made anew. Nothing changed gives the same dict again."""
        held = self._maps.get(name)
        if held is None or not same(held[1], rules):
            found = {key: make(item) for key, item in items.items()}
        elif held[0] is items:
            return held[2]
        else:
            found = _made_on(held[0], held[2], items, make)
        self._maps[name] = (items, rules, found)
        return found

    def gathered(self, name: str, items: dict[str, V], parts: Callable[[V], Iterable[str]]) -> dict[str, str]:
        """Return the parts of all items, each with the name of its item; no two items have a part in common."""
        held = self._gathered.get(name)
        if held and held[0] is items:
            return held[1]
        changed = differing(held[0], items) if held else None
        if held is None or changed is None:
            found = {part: key for key, item in items.items() for part in parts(item)}
        else:
            found = _gathered_on(held[0], held[1], {key: items[key] for key in changed}, parts)
        self._gathered[name] = (items, found)
        return found

    def listed(self, name: str, items: list[V], rules: tuple[object, ...], make: Callable[[V], W]) -> list[W]:
        """Return a list with `make` of each item; where a list only grew, only what was added is made."""
        held = self._lists.get(name)
        if held and held[0] is items and same(held[1], rules):
            return held[2]
        start: list[W] = []
        if held and same(held[1], rules) and len(held[0]) <= len(items) and all(map(is_, held[0], items)):
            start = held[2]
        found = [*start, *map(make, items[len(start) :])]
        self._lists[name] = (items, rules, found)
        return found

    def grown(self, name: str, items: list[V], rules: tuple[object, ...], make: Callable[[V], W]) -> list[W]:
        """Return a list with `make` of each item, of a list that is only ever added to; or begun anew, of new items."""
        held = self._lists.get(name)
        if held and held[0] is items and same(held[1], rules):
            return held[2]
        start: list[W] = []
        if held and same(held[1], rules) and held[0] and len(held[0]) <= len(items):
            start = held[2] if held[0][-1] is items[len(held[0]) - 1] else start
        found = [*start, *map(make, items[len(start) :])]
        self._lists[name] = (items, rules, found)
        return found


def _made_on(old: dict[str, V], made: dict[str, W], items: dict[str, V], make: Callable[[V], W]) -> dict[str, W]:
    changed = differing(old, items)
    if changed is None:
        return {key: made[key] if old.get(key) is item else make(item) for key, item in items.items()}
    if not changed:
        return made
    return made | {key: make(items[key]) for key in changed}


def _gathered_on(
    old: dict[str, V], found: dict[str, str], changed: dict[str, V], parts: Callable[[V], Iterable[str]]
) -> dict[str, str]:
    gone, come = dict[str, str](), dict[str, str]()
    for key, item in changed.items():
        come |= dict.fromkeys(parts(item), key)
        gone |= dict.fromkeys(parts(old[key]), key) if key in old else {}
    if gone.keys() == come.keys():
        return found
    grown = found | come
    for part in gone.keys() - come.keys():
        del grown[part]
    return grown
