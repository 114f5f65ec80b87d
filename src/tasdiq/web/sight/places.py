"""Where each thing stands in the record, for a viewer who does not see everything (rules V1 and V7 of `web.seeing`).

Both are looked into by name, and walked through only by what lists everything: nothing is worked out before it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Set

from tasdiq.model.state import Provenance
from tasdiq.web.sight.lines import whence

DECIDED = ("competence", "assessment", "reopened", "lifted", "granted", "conditional", "delayed", "denied")
"""What is decided of a case, or of something in it, stands under its id and one of these words."""


class Lacking(Mapping[str, Provenance]):
    """Where things stand, without those in cases (`inside`) that are not among the `seen`."""

    def __init__(self, own: Mapping[str, Provenance], inside: Container[str], seen: Container[str]) -> None:
        self._own, self._inside, self._seen = own, inside, seen

    def __getitem__(self, name: str) -> Provenance:
        """Return where a thing stands that is seen."""
        if name in self._inside and name not in self._seen:
            raise KeyError(name)
        return self._own[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the names of what is seen."""
        return (name for name in self._own if name not in self._inside or name in self._seen)

    def __len__(self) -> int:
        """Return how many there are."""
        return sum(1 for _ in self)


class Shown(Mapping[str, Provenance]):
    """Where the things stand that `is_shown`, without the kinds of entries that are `closed`; `own_name` undoes pseudonyms."""

    def __init__(
        self,
        own: Mapping[str, Provenance],
        closed: Set[str],
        is_shown: Callable[[str], bool],
        names: Callable[[], Iterator[str]],
        own_name: Mapping[str, str],
    ) -> None:
        self._own, self._closed = own, closed
        self._is_shown, self._names, self._own_name = is_shown, names, own_name

    def __getitem__(self, name: str) -> Provenance:
        """Return where a thing stands that is shown."""
        if not self._is_shown(name):
            raise KeyError(name)
        return whence(self._own[self._own_name.get(name, name)], self._closed)

    def __iter__(self) -> Iterator[str]:
        """Yield the names of what is shown, each once."""
        found = dict.fromkeys(self._names())
        return (name for name in found if self._own_name.get(name, name) in self._own)

    def __len__(self) -> int:
        """Return how many there are."""
        return sum(1 for _ in self)


def subject_of(name: str) -> str:
    """Return the id of what a name says was decided of, the name itself where it says no such thing."""
    subject, _, word = name.rpartition("/")
    return subject if word in DECIDED else name
