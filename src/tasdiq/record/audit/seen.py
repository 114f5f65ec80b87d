"""What an audit keeps of every entry until the bodies are checked: 74 bytes each, whatever the entry holds.

A million entries must fit beside the rest of an audit, so ids and commitments lie packed; whose they are and of which
kind is a number into the list of distinct answers.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

_HASH = 32
_Sort = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Seen:
    """What is kept of an entry until its body is checked."""

    index: int
    id: str
    commit: str
    access: str
    member: str
    kind: str

    @property
    def public(self) -> bool:
        """Tell whether everyone may see the body."""
        return self.access == "public"

    @property
    def header(self) -> dict[str, Any]:
        """Return the part of the header that the checks of bodies and notices read."""
        return {"access": self.access, "member": self.member, "kind": self.kind}


class SeenTable:
    """Entries in the order they were seen, packed."""

    def __init__(self) -> None:
        self._indices, self._sorts = array("Q"), array("I")
        self._ids, self._commits = bytearray(), bytearray()
        self._numbers: dict[_Sort, int] = {}
        self._repeated: set[int] = set()

    def __len__(self) -> int:
        return len(self._indices)

    @property
    def first(self) -> int:
        """Return the index of the first entry."""
        return self._indices[0]

    @property
    def last(self) -> int:
        """Return the index of the last entry."""
        return self._indices[-1]

    def add(self, index: int, entry_id: str, header: dict[str, Any]) -> None:
        """Keep an entry."""
        self._indices.append(index)
        self._ids += bytes.fromhex(entry_id)
        self._commits += bytes.fromhex(header["body_commit"])
        sort = header["access"], header["member"], header["kind"]
        self._sorts.append(self._numbers.setdefault(sort, len(self._numbers)))

    def extend(self, other: SeenTable) -> None:
        """Keep all that another table holds, after what this one does."""
        self._indices += other._indices
        self._ids += other._ids
        self._commits += other._commits
        mapped = [self._numbers.setdefault(sort, len(self._numbers)) for sort in other._numbers]
        self._sorts.extend(mapped[number] for number in other._sorts)

    def parts(self, width: int) -> Iterator[SeenTable]:
        """Yield tables of `width` rows after each other that together hold the same."""
        for start in range(0, len(self), width):
            made, rows = SeenTable(), slice(start, start + width)
            made._indices, made._sorts = self._indices[rows], self._sorts[rows]
            packed = slice(start * _HASH, (start + width) * _HASH)
            made._ids, made._commits = self._ids[packed], self._commits[packed]
            made._numbers = self._numbers
            made._repeated = {row - start for row in self._repeated if start <= row < start + width}
            yield made

    def __iter__(self) -> Iterator[Seen]:
        return self._rows(range(len(self)))

    def _rows(self, rows: Iterable[int]) -> Iterator[Seen]:
        sorts = list(self._numbers)
        for row in rows:
            if row not in self._repeated:
                at = slice(row * _HASH, (row + 1) * _HASH)
                yield Seen(self._indices[row], self._ids[at].hex(), self._commits[at].hex(), *sorts[self._sorts[row]])

    def find(self, entry_ids: Iterable[str]) -> dict[str, Seen]:
        """Return those of these ids that stand here, with their entries."""
        wanted = set(entry_ids)
        heads = {_head(bytes.fromhex(entry_id)) for entry_id in wanted}
        rows = [row for row, head in enumerate(self._heads()) if head in heads] if heads else []
        return {seen.id: seen for seen in self._rows(rows) if seen.id in wanted}

    def set_repeated_aside(self) -> list[tuple[int, int]]:
        """Leave out entries whose id came before from now on; return (index, index of the first) of each."""
        heads = self._heads()
        if len(set(heads)) == len(heads):
            return []
        once: set[int] = set()
        twice = {head for head in heads if head in once or once.add(head)}  # type: ignore[func-returns-value]
        first: dict[str, int] = {}
        found = []
        for row in (row for row, head in enumerate(heads) if head in twice and row not in self._repeated):
            (seen,) = self._rows([row])
            if first.setdefault(seen.id, seen.index) != seen.index:
                found.append((seen.index, first[seen.id]))
                self._repeated.add(row)
        return found

    def _heads(self) -> array[int]:
        # The first eight bytes of every id tell nearly all apart, and a set of them is four times smaller.
        return array("Q", bytes(self._ids))[:: _HASH // 8]


def _head(data: bytes) -> int:
    return array("Q", data[:8])[0]
