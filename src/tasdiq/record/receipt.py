"""Receipts: the log's signed promise that entries stand at their places and will be under a checkpoint in time.

A receipt is a signed note by the log, for the whole group that was appended at once:

    tasdiq receipt v1
    <origin>
    <deadline, YYYY-MM-DDTHH:MM:SSZ>
    <index> <entry id>          one line an entry, indices rising by one

What it proves when it was broken is for `audit.receipts` to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tasdiq.errors import InputError
from tasdiq.record import canonical, checkpoint, note, shape
from tasdiq.record.note import Note

TITLE = "tasdiq receipt v1"
LARGEST = 16 * 2**20


@dataclass(frozen=True, slots=True)
class Promise:
    """What a receipt promises; its signature is not checked here."""

    origin: str
    deadline: str
    entries: tuple[tuple[int, str], ...]
    parsed: Note


def text(origin: str, deadline: str, entries: Iterable[tuple[int, str]]) -> str:
    """Write the text that the log signs."""
    return f"{TITLE}\n{origin}\n{deadline}\n" + "".join(f"{index} {entry_id}\n" for index, entry_id in entries)


def parse(data: bytes) -> Promise:
    """Read a receipt's note."""
    parsed = note.parse(data)
    lines = parsed.text[:-1].split("\n")
    if len(lines) < 4 or lines[0] != TITLE:
        raise InputError(f"expected a receipt of at least one entry ({TITLE!r}), found {lines[0][:40]!r}")
    entries = tuple(map(_line, lines[3:]))
    first = entries[0][0]
    if [index for index, _ in entries] != list(range(first, first + len(entries))):
        raise InputError("expected the entries of a receipt one after the other")
    return Promise(checkpoint.note_origin(lines[1]), shape.moment(lines[2]), entries, parsed)


def _line(line: str) -> tuple[int, str]:
    index, _, entry_id = line.partition(" ")
    return canonical.decimal(index, "an index"), shape.entry_id(entry_id)
