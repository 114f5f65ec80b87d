"""What was worked out from something that has not changed since is kept, and shared: by identity, for values never change.

A state that was handed out is not altered, and the next one shares with it whatever did not change. So what follows from a part
of it follows as long as that part is the same object. Nothing here is safe for two threads at once: `sights` holds a lock.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import is_
from typing import Any, TypeVar

T = TypeVar("T")
V = TypeVar("V")
W = TypeVar("W")


def same(one: Sequence[Any], other: Sequence[Any]) -> bool:
    """Tell whether two sequences hold the same objects in the same order."""
    return len(one) == len(other) and all(map(is_, one, other))


class Kept:
    """Results by name, each with what it was worked out from."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[tuple[object, ...], Any]] = {}
        self._maps: dict[str, tuple[dict[str, Any], tuple[object, ...], dict[str, Any]]] = {}
        self._lists: dict[str, tuple[list[Any], tuple[object, ...], list[Any]]] = {}

    def get(self, name: str, follows_from: tuple[object, ...], make: Callable[[], T]) -> T:
        """Return what `make` makes, made anew only where one of the objects it follows from is another."""
        held = self._held.get(name)
        if held is None or not same(held[0], follows_from):
            held = (follows_from, make())
            self._held[name] = held
        found: T = held[1]
        return found

    def mapped(
        self, name: str, items: dict[str, V], rules: tuple[object, ...], make: Callable[[V], W | None]
    ) -> dict[str, W]:
        """Return items with `make` of each, without those of which it makes None; only new items are made anew."""
        held = self._maps.get(name)
        old, made = (held[0], held[2]) if held and same(held[1], rules) else ({}, {})
        if held and old is items:
            return made
        fresh = {key: made.get(key) if key in old and old[key] is item else make(item) for key, item in items.items()}
        found = {key: item for key, item in fresh.items() if item is not None}
        self._maps[name] = (items, rules, found)
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
