"""What of an entry goes into the index: each entry's own words, and each row of a bulk entry by itself.

1. What an entry says is open to whoever may read its words; its audience is that of the entry. What is for named recipients is
   not here to be read.
2. The words of a document are for the members, its title for whoever may read the entry.
3. Of rows, positions and disagreements say nothing that the propositions do not, and are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgspec

from tasdiq.model import entries
from tasdiq.model.incident import IncidentReport
from tasdiq.register import ROWS, row_key
from tasdiq.register.stored import StoredEntry, decode, read_body
from tasdiq.web.search.words import folded, texts_in, words_of

ROW_BITS = 20
WHOLE, TEXT = 0, 1
"""Numbers of an entry's own line and of the line with a document's words; row n has n + 2."""
LEFT_OUT = frozenset({"position", "disagreement"})
_Columns = tuple[int, int, int, str, str, str, str, str, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the index; its texts are folded: what it says beside its place and actors, and these."""

    columns: _Columns
    said: str
    place: str = ""
    actor: str = ""

    @property
    def words(self) -> str:
        """Return all its words."""
        return f"{self.said} {self.place} {self.actor}"


def number(entry: int, line: int) -> int:
    """Return the id of a line."""
    return entry << ROW_BITS | line


def items_of(
    entry: StoredEntry, rows: Callable[[int], Sequence[bytes | None]], text: Callable[[str], str | None]
) -> Iterator[Item]:
    """Yield the lines of one entry; `rows` reads those of a bulk entry, `text` the words of a document by their SHA-256."""
    body = read_body(entry)
    if body is None or entry.access == "named":
        return
    if isinstance(body, entries.Proposal):
        yield from _rows(entry, body, rows(entry.index))
        return
    plain = msgspec.to_builtins(body)
    said = _folded(texts_in({name: value for name, value in plain.items() if name != "charter"}))
    yield _item(entry, WHOLE, entry.kind, entry.id, entry.claimed_time, said, entry.access)
    if isinstance(body, entries.DocumentReceived) and body.text_sha256:
        found = text(body.text_sha256)
        if found:
            yield _item(entry, TEXT, "document", entry.id, entry.claimed_time, folded(found), "joint")


def _rows(entry: StoredEntry, body: entries.Proposal, rows: Iterable[bytes | None]) -> Iterator[Item]:
    if body.rows_of not in ROWS or body.rows_of in LEFT_OUT:
        return
    kind = ROWS[body.rows_of][0]
    for at, data in enumerate(rows):
        if data is None:
            continue
        row = decode(data, kind, entry.index, entry.kind)
        if isinstance(row, IncidentReport):
            yield report(entry.index, at, entry.access, entry.member, row)
        else:
            said = _folded(texts_in(msgspec.to_builtins(row)))
            yield _item(entry, at + 2, body.rows_of, row_key(row), entry.claimed_time, said, entry.access)


def report(index: int, at: int, access: str, member: str, row: IncidentReport) -> Item:
    """Return the line of an incident report: when and where it says something happened, and who acted."""
    place, actor = _known(_place_text(row)), _known(_actor_text(row))
    said = folded(f"{row.text} {row.type} {row.source_id} {row.cites} {row.report_id}")
    time, ident = row.time or row.reported_at, number(index, at + 2)
    columns = (ident, index, at, "report", row.report_id, access, member, time, row.lat_e7, row.lon_e7)
    return Item(columns, said, place, actor)


@lru_cache(maxsize=4096)
def _known(text: str) -> str:
    # The same places and actors come again and again.
    return folded(text)


def _place_text(row: IncidentReport) -> str:
    return f"{row.place} {row.admin2} {row.admin1} {row.country or ''}"


def _actor_text(row: IncidentReport) -> str:
    return f"{row.actor_a or ''} {row.actor_b or ''}"


def report_place(row: IncidentReport) -> list[str]:
    """Return the words of the place a report names."""
    return words_of(_place_text(row))


def report_actor(row: IncidentReport) -> list[str]:
    """Return the words of the actors a report names."""
    return words_of(_actor_text(row))


def _item(entry: StoredEntry, line: int, kind: str, ident: str, at: str, said: str, audience: str) -> Item:
    columns = (number(entry.index, line), entry.index, line - 2, kind, ident, audience, entry.member, at, None, None)
    return Item(columns, said)


def _folded(texts: Iterable[str]) -> str:
    return folded(" ".join(texts))


def plain_words(value: Any) -> list[str]:
    """Return the words of any of our values, as the index has them of a row."""
    return words_of(" ".join(texts_in(msgspec.to_builtins(value))))
