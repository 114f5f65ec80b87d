"""Redaction: what a member signs so that content is emptied here, and in every mirror that catches up.

Who may ask for it, and with how many members, is decided by `record.redaction` and the key event of the charter's rule.

1. An item is an entry, by its id or its number, or one row of it, `<entry>/<n>`. It is in the record, not yet emptied, and
   neither a notice
   nor the charter.
2. A notice names at most 16 entries; more of them take several notices.
3. Redaction empties what lies here. It cannot recall copies, and a notice never says what was in them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tasdiq.errors import InputError, MissingError
from tasdiq.model.entries import BodyRedacted
from tasdiq.model.value import to_plain
from tasdiq.record import canonical, redaction
from tasdiq.record.body import MOST_REFS
from tasdiq.record.entry import Draft
from tasdiq.record.reader import Reader, Stored

_NUMBER = re.compile(r"0|[1-9][0-9]{0,14}", re.ASCII)


@dataclass(frozen=True)
class Item:
    """An entry to be emptied, or one row of it."""

    entry: Stored
    row: int | None

    @property
    def name(self) -> str:
        """Return the id a notice names."""
        return self.entry.id if self.row is None else f"{self.entry.id}/{self.row}"

    def __str__(self) -> str:
        row = "" if self.row is None else f", row {self.row}"
        return f"entry {self.entry.index}{row}: {self.entry.kind} by {self.entry.member}, {self.entry.claimed_time}"


def find(path: Path, named: Sequence[str]) -> list[Item]:
    """Return what is to be emptied in the record at `path` (rule 1)."""
    with Reader.open(path) as reader:
        return [_item(reader, text) for text in dict.fromkeys(named)]


def _item(reader: Reader, text: str) -> Item:
    which, slash, number = text.partition("/")
    entry = reader[int(which)] if _NUMBER.fullmatch(which) else reader.entry(which)
    if redaction.is_notice(entry.header):
        raise InputError(f"entry {entry.index} is a notice of redaction: it must stay readable")
    if redaction.is_charter(entry.header):
        raise InputError("entry 0 is the charter: it must stay readable, the record is read by it")
    if entry.status == "redacted":
        raise InputError(f"entry {entry.index} was redacted already, by entry {reader.notices_on(entry.index)}")
    if not slash:
        return Item(entry, None)
    found = reader.rows(entry.index)
    if not _NUMBER.fullmatch(number) or int(number) not in found:
        raise MissingError(f"no row {number[:20]} in entry {entry.index}; it has {len(found)}, counted from 0")
    if found[int(number)] is None:
        raise InputError(f"row {number} of entry {entry.index} was redacted already")
    return Item(entry, int(number))


def notices(items: Sequence[Item], reason: str, member: str, at: str) -> list[Draft]:
    """Return the drafts of the notices that empty all these items (rule 2)."""
    whole = [item.entry.id for item in items if item.row is None]
    rows = tuple(item.name for item in items if item.row is not None and item.entry.id not in whole)
    groups = [tuple(whole[start : start + MOST_REFS]) for start in range(0, len(whole), MOST_REFS)] or [()]
    return [
        Draft(
            kind=redaction.KIND,
            member=member,
            claimed_time=at,
            body=canonical.dumps(to_plain(BodyRedacted(reason=reason, redacted_rows=() if number else rows))),
            refs=refs,
        )
        for number, refs in enumerate(groups)
    ]
