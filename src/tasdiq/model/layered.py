"""A large mapping that grows by a little at a time, while what was handed out of it stays as it was.

A copy shares the large part and copies only what was put in since that was made: so it costs little, however much there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar, overload

V = TypeVar("V")
D = TypeVar("D")
MOST_NEW = 2000


class Layered(Mapping[str, V]):
    """A mapping from names, in the order in which they were first put in; only what `copy` returns may be written to."""

    def __init__(self, items: Mapping[str, V] | None = None) -> None:
        self._large: dict[str, V] = dict(items or {})
        self._new: dict[str, V] = {}
        self._more = 0

    def __getitem__(self, name: str) -> V:
        """Return what stands under a name."""
        found = self._new.get(name)
        return self._large[name] if found is None else found

    @overload
    def get(self, key: str, /) -> V | None: ...
    @overload
    def get(self, key: str, /, default: V | D) -> V | D: ...
    def get(self, key: str, /, default: Any = None) -> Any:
        """Return what stands under a name, or the default."""
        found = self._new.get(key)
        return self._large.get(key, default) if found is None else found

    def __contains__(self, name: object) -> bool:
        """Tell whether anything stands under a name."""
        return name in self._new or name in self._large

    def __iter__(self) -> Iterator[str]:
        """Yield the names, in the order in which they came."""
        yield from self._large
        yield from (name for name in self._new if name not in self._large)

    def __len__(self) -> int:
        """Return how many names there are."""
        return len(self._large) + self._more

    def __repr__(self) -> str:
        """Write it as a dict."""
        return repr(dict(self))

    def __setitem__(self, name: str, value: V) -> None:
        """Put a value under a name."""
        self._more += name not in self
        self._new[name] = value

    def update(self, items: Iterable[tuple[str, V]] | Mapping[str, V]) -> None:
        """Put in items, in their order; many at once become part of what copies share."""
        for name, value in items.items() if isinstance(items, Mapping) else items:
            self[name] = value

    def copy(self) -> Layered[V]:
        """Return the same, to be written to."""
        made: Layered[V] = Layered()
        if len(self._new) > MOST_NEW:
            made._large = self._large | self._new
        else:
            made._large, made._new, made._more = self._large, dict(self._new), self._more
        return made
