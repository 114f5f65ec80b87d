"""What of the lines that answer a question a viewer may see, and in which words.

S1. Only what `web.seeing` shows this viewer is counted, ordered or shown: a line whose item the viewer does not see is not
    there, in the number of answers neither.
S2. Where a viewer sees less of an item than the index knows (a coarser place, a pseudonym), the question is put once more to
    what is seen: nobody finds something by words it may not read.
S3. Answers are in the order in which things were entered, the newest first: no rank, which would tell of what is not seen.
S4. The words shown are of what the viewer sees, never of the index.
S5. A proposal that another took the place of is no answer.
S6. Beyond `MOST_COUNTED` answers it is said that there are more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import msgspec

from tasdiq.model.incident import IncidentReport
from tasdiq.model.state import State
from tasdiq.record.reader import Reader
from tasdiq.register import ROWS
from tasdiq.web.room import Room
from tasdiq.web.search import asking
from tasdiq.web.search.asked import Query
from tasdiq.web.search.asking import Line
from tasdiq.web.search.items import plain_words, report_actor, report_place
from tasdiq.web.search.words import texts_in, words_of
from tasdiq.web.seeing import sight
from tasdiq.web.sight.sights import Sight
from tasdiq.web.viewer import Viewer

MOST_COUNTED = 200
SHOWN = 240
"""Characters of an answer's words that are shown."""


@dataclass(frozen=True)
class Hit:
    """One answer: the item and its kind, the entry (and row) that brings it, and some of its words.

    `at` is when it happened, known to `time_precision_min` minutes either way, or when it was entered.
    """

    kind: str
    ident: str
    entry: int
    row: int | None
    at: str
    member: str
    words: str
    time_precision_min: int | None = None


@dataclass(frozen=True)
class Results:
    """The answers of one page; `count` is of all of them, or `MOST_COUNTED` and `more`; `next` asks for the page after."""

    hits: tuple[Hit, ...]
    count: int
    more: bool
    next: str = ""


def search(room: Room, viewer: Viewer, query: Query) -> Results:
    """Return what answers a question, of what the viewer sees."""
    if query.is_empty:
        return Results((), 0, more=False)
    eyes = sight(room, viewer)
    audiences = ("public", "joint") if viewer.is_member else ("public",)
    looking = _Looking(room, eyes, query)
    with room.office.reading() as connection:
        first = replace(query, after=None)
        counted = list(islice(looking.seen(asking.lines(connection, first, audiences)), MOST_COUNTED + 1))
        shown = [line for line in counted if _follows(line, query)][: query.limit + 1]
        if len(shown) <= query.limit and len(counted) > MOST_COUNTED:
            shown = list(islice(looking.seen(asking.lines(connection, query, audiences)), query.limit + 1))
    last = shown[: query.limit][-1] if len(shown) > query.limit else None
    with room.live.reader() as reader:
        hits = tuple(looking.hit(line, reader) for line in shown[: query.limit])
    more = len(counted) > MOST_COUNTED
    return Results(hits, min(len(counted), MOST_COUNTED), more, f"{last.entry}.{last.row + 2}" if last else "")


def _follows(line: Line, query: Query) -> bool:
    return query.after is None or (line.entry, line.row + 2) < query.after


class _Looking:
    """One question, by one viewer."""

    def __init__(self, room: Room, eyes: Sight, query: Query) -> None:
        self._eyes, self._query = eyes, query
        self._state: State = eyes.state
        self._whole = room.live.state()

    def seen(self, lines: Iterator[Line]) -> Iterator[Line]:
        """Yield the lines whose item is seen (S1, S2, S5)."""
        return (line for line in lines if self._is_seen(line))

    def _is_seen(self, line: Line) -> bool:
        if line.row < 0:
            return self._eyes.reads(line.entry)
        held, whole = self._item(self._state, line), self._item(self._whole, line)
        where = self._whole.provenance.get(line.ident)
        if held is None or where is None:
            return False
        if (where.index, where.row) != (line.entry, line.row):
            # An incident has the id of its earliest report, and where that stands is noted no more: its words decide.
            return where.kind != self._whole.entries[line.entry].kind and self._answers(held)
        return held is whole or self._answers(held)

    def _item(self, state: State, line: Line) -> Any:
        found: Any = getattr(state, ROWS[line.kind][1]) if line.kind in ROWS else {}
        return found.get(line.ident) if isinstance(found, dict) else None

    def _answers(self, item: Any) -> bool:
        """Tell whether what is seen of an item answers the question by itself (S2)."""
        query, words = self._query, plain_words(item)
        if not _all_in(query.words, words):
            return False
        if not isinstance(item, IncidentReport):
            return not (query.place or query.actor or query.box)
        if not (_all_in(query.place, report_place(item)) and _all_in(query.actor, report_actor(item))):
            return False
        return _in_time(query, item.time or item.reported_at) and _in_box(query, item)

    def hit(self, line: Line, reader: Reader) -> Hit:
        """Return a line as an answer, in words the viewer may read (S4)."""
        entry = self._state.entries[line.entry]
        if line.row < 0:
            return Hit(
                line.kind,
                line.ident,
                line.entry,
                None,
                entry.claimed_time,
                entry.member,
                self._entry_words(line, reader),
            )
        item = self._item(self._state, line)
        at, half = entry.claimed_time, None
        if isinstance(item, IncidentReport):
            at, half = item.time or item.reported_at, item.time_precision_min if item.time else None
        return Hit(line.kind, line.ident, line.entry, line.row, at, entry.member, self._excerpt(_said(item)), half)

    def _entry_words(self, line: Line, reader: Reader) -> str:
        body = reader[line.entry].body
        if body is None:
            return ""
        plain = msgspec.json.decode(body)
        if line.kind == "document":
            return self._excerpt(self._state.texts.get(plain["text_sha256"], ""))
        return self._excerpt(" · ".join(list(texts_in(plain))[::-1]))

    def _excerpt(self, text: str) -> str:
        """Return a piece of a text around the first word that was asked for."""
        text = " ".join(text.split())
        wanted = (*self._query.words, *self._query.place, *self._query.actor)
        at = 0
        if len(text) > SHOWN and wanted:
            words = text.split(" ")
            hits = (n for n, word in enumerate(words) if any(w.startswith(wanted) for w in words_of(word)))
            at = max(0, len(" ".join(words[: next(hits, 0)])) - SHOWN // 3)
        piece = text[at : at + SHOWN]
        return ("…" if at else "") + piece + ("…" if at + SHOWN < len(text) else "")


def _said(item: Any) -> str:
    if isinstance(item, IncidentReport):
        return item.text or " · ".join(filter(None, (item.type, item.place)))
    return " · ".join(list(texts_in(msgspec.to_builtins(item)))[::-1])


def _all_in(wanted: tuple[str, ...], words: list[str]) -> bool:
    return all(any(word.startswith(part) for word in words) for part in wanted)


def _in_time(query: Query, at: str) -> bool:
    return (not query.start or at >= query.start) and (not query.end or "" < at <= query.end)


def _in_box(query: Query, item: IncidentReport) -> bool:
    if query.box is None:
        return True
    south, west, north, east = query.box
    if item.lat_e7 is None or item.lon_e7 is None:
        return False
    return south <= item.lat_e7 <= north and west <= item.lon_e7 <= east
