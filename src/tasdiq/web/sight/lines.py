"""The list of entries as a viewer sees it (rules V1, V3, V7 of `web.seeing`): a sealed line shows what its header shows anyone."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Set

from tasdiq.model.state import EntryLine, Provenance

SEALED = "sealed"


def sealed(line: EntryLine) -> EntryLine:
    """Return the line of an entry whose content a viewer may not see: index, id, day, access and status."""
    return EntryLine(line.index, line.id, SEALED, "", line.claimed_time[:10], line.access, line.status, "")


def public_line(line: EntryLine) -> EntryLine:
    """Return an entry's line as anybody sees it."""
    return line if line.access == "public" else sealed(line)


def member_line(line: EntryLine) -> EntryLine:
    """Return an entry's line as every officer sees it to whom it is not closed."""
    return sealed(line) if line.access == "named" else line


def whence(where: Provenance, closed: Set[str]) -> Provenance:
    """Return where an item stands without the kind of its entry, where that is closed."""
    return dataclasses.replace(where, kind=SEALED) if where.entry in closed else where


class Ledger:
    """What is known of the entries of a record that only grows: where each stands, and which are not public."""

    def __init__(self) -> None:
        self.index: dict[str, int] = {}
        self.closed: set[str] = set()
        self.named: set[str] = set()
        """Entries for named recipients that can be read here all the same."""

    def catch_up(self, entries: list[EntryLine]) -> None:
        """Take note of the entries that are new."""
        for line in entries[len(self.index) :]:
            self.index[line.id] = line.index
            if line.access != "public":
                self.closed.add(line.id)
            if line.access == "named" and line.status == "present":
                self.named.add(line.id)

    def places(self, ids: Iterable[str]) -> list[int]:
        """Return the indices of entries, of those that are here."""
        return [self.index[ident] for ident in ids if ident in self.index]
