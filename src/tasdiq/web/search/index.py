"""The index follows the record: entry by entry, in their order, in one transaction a stretch.

1. `catch_up` brings in what is new; what it has is noted in the same transaction, so that nothing is in twice or left out.
2. What a notice of redaction empties goes out of the index with it.
3. The index is no evidence and can be thrown away: `rebuild` makes it anew from the record.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from tasdiq.errors import MissingError
from tasdiq.model import entries
from tasdiq.record.reader import Reader, Stored
from tasdiq.register.stored import read_body
from tasdiq.web.office.database import Office
from tasdiq.web.search.items import Item, items_of, number
from tasdiq.web.search.tables import INDEXED, ITEM
from tasdiq.web.search.words import vocabulary

STRETCH = 2000
"""Entries in one transaction, at most."""
_CACHE_KIB = 32_768
"""What SQLite may hold of its pages while many lines come in, so that none is read twice."""
Known = Mapping[int, Sequence[bytes | None]]
_COLUMNS = ("id", "entry", "row", "kind", "ident", "audience", "member", "at", "lat_e7", "lon_e7")
_ALL = (*_COLUMNS, "words", "place", "actor")
_ADD = f"INSERT INTO item ({', '.join(_ALL)}) VALUES ({', '.join('?' * len(_ALL))})"  # noqa: S608
_ADD_WORDS = "INSERT INTO item_words (rowid, words, place, actor) VALUES (?, ?, ?, ?)"
_DROP_WORDS = (
    "INSERT INTO item_words (item_words, rowid, words, place, actor) "
    "SELECT 'delete', id, words, place, actor FROM item WHERE id >= ? AND id < ?"
)


class Index:
    """The index of one record's office."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def size(self) -> int:
        """Return up to which entry all is in the index."""
        with self._office.reading() as connection:
            return _indexed(connection)

    def catch_up(
        self, reader: Reader, progress: Callable[[int], None] = lambda _: None, known: Known | None = None
    ) -> int:
        """Bring in what the record has beyond the index; return how many entries are in it now.

        `known` are rows, by the index of their entry, that need not be read from the record again.
        """
        while True:
            with self._office.engine.begin() as connection:
                done = _indexed(connection, lock=True)
                if done >= reader.size:
                    return done
                end = self._bring_in(connection, reader, done, known or {})
            progress(end)

    def rebuild(self, reader: Reader, progress: Callable[[int], None] = lambda _: None) -> int:
        """Throw the index away and make it anew."""
        with self._office.engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("INSERT INTO item_words (item_words) VALUES ('delete-all')")
            connection.execute(delete(ITEM))
            connection.execute(delete(INDEXED))
        found = self.catch_up(reader, progress)
        with self._office.engine.begin() as connection:
            # So that a word that stands everywhere is looked for from the newest on, and a rare one by the index of words.
            connection.exec_driver_sql("ANALYZE item")
        return found

    def _bring_in(self, connection: Connection, reader: Reader, start: int, known: Known) -> int:
        made: list[Item] = []
        end = start
        for entry in reader.since(start):
            end = entry.index + 1
            rows = known.get(entry.index)
            made.extend(items_of(entry, _rows(reader, rows), lambda sha256: _text(reader, sha256)))
            if isinstance(body := _notice(entry), entries.BodyRedacted):
                add(connection, made)
                made = []
                _empty(connection, reader, entry, body)
            if end - start >= STRETCH or len(made) >= 5 * STRETCH:
                break
        add(connection, made)
        connection.execute(update(INDEXED).values(size=end))
        return end


def _notice(entry: Stored) -> object:
    return read_body(entry) if entry.kind == "BodyRedacted" else None


def _indexed(connection: Connection, *, lock: bool = False) -> int:
    """Return up to which entry all is in; with `lock`, others who would bring something in wait until this is done."""
    asked = select(INDEXED.c.size)
    found = connection.execute(asked.with_for_update() if lock else asked).scalar()
    if found is None and lock:
        connection.execute(insert(INDEXED).values(one=1, size=0))
    return int(found or 0)


def _rows(reader: Reader, known: Sequence[bytes | None] | None) -> Callable[[int], Sequence[bytes | None]]:
    def read(index: int) -> Sequence[bytes | None]:
        if known is not None:
            return known
        return [row.content if row else None for _, row in sorted(reader.rows(index).items())]

    return read


def _text(reader: Reader, sha256: str) -> str | None:
    try:
        return reader.attachment(sha256).decode("utf-8")
    except (MissingError, UnicodeDecodeError):
        return None


def add(connection: Connection, items: Sequence[Item]) -> None:
    """Put lines into the index."""
    if not items:
        return
    if connection.dialect.name == "sqlite":
        cursor = connection.connection.cursor()
        if len(items) > STRETCH:
            cursor.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        cursor.executemany(_ADD, [(*item.columns, item.words, item.place, item.actor) for item in items])
        cursor.executemany(_ADD_WORDS, [(item.columns[0], item.words, item.place, item.actor) for item in items])
        return
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY item ({', '.join(_ALL)}) FROM STDIN") as copy:
        for item in items:
            copy.write_row((*item.columns, vector(item), "", ""))


def vector(item: Item) -> str:
    """Write the words of a line as PostgreSQL reads a tsvector: places with weight A, actors with weight B.

    A word that is written twice, or once with and once without a weight, is one word there.
    """
    found = vocabulary(item.said)
    return ("'" + "' '".join(found) + "' " if found else "") + _weighted(item.place, item.actor)


@lru_cache(maxsize=4096)
def _weighted(place: str, actor: str) -> str:
    # The same places and actors come again and again.
    found = dict.fromkeys(vocabulary(actor), ":2B")
    for word in vocabulary(place):
        found[word] = ":1A,2B" if word in found else ":1A"
    return " ".join(f"'{word}'{places}" for word, places in found.items())


def _empty(connection: Connection, reader: Reader, notice: Stored, body: entries.BodyRedacted) -> None:
    """Take out what a notice emptied (rule 2)."""
    for ident in notice.refs:
        index = reader.entry(ident).index
        _drop(connection, number(index, 0), number(index + 1, 0))
    for named in body.redacted_rows:
        ident, _, row = named.partition("/")
        at = number(reader.entry(ident).index, int(row) + 2)
        _drop(connection, at, at + 1)


def _drop(connection: Connection, low: int, high: int) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_DROP_WORDS, (low, high))
    connection.execute(
        delete(ITEM).where(ITEM.c.id >= bindparam("low"), ITEM.c.id < bindparam("high")), {"low": low, "high": high}
    )
    if connection.dialect.name == "sqlite":
        # So that no segment of the index keeps the words that went.
        connection.exec_driver_sql("INSERT INTO item_words (item_words) VALUES ('optimize')")
