"""A question put to the index: the lines that may answer it, the newest entry first; who may see them is not decided here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, cast, column, select, table, text
from sqlalchemy.dialects.postgresql import TSQUERY

from tasdiq.web.search.asked import Query
from tasdiq.web.search.items import number
from tasdiq.web.search.tables import ITEM

STRETCH = 250
_WORDS = table("item_words", column("rowid"))


@dataclass(frozen=True, slots=True)
class Line:
    """A line that may answer: which entry and row, of what kind, and its local id."""

    id: int
    entry: int
    row: int
    kind: str
    ident: str
    audience: str


def lines(connection: Connection, query: Query, audiences: tuple[str, ...]) -> Iterator[Line]:
    """Yield the lines that answer a question and are for these audiences, newest first."""
    before: int | None = None if query.after is None else number(*query.after)
    while True:
        found = connection.execute(_question(connection.dialect.name, query, audiences, before)).all()
        for row in found:
            yield Line(*row)
        if len(found) < STRETCH:
            return
        before = found[-1][0]


def _question(dialect: str, query: Query, audiences: tuple[str, ...], before: int | None) -> Select[Any]:
    asked: Select[Any] = select(ITEM.c.id, ITEM.c.entry, ITEM.c.row, ITEM.c.kind, ITEM.c.ident, ITEM.c.audience)
    asked = _with_words(asked, dialect, query, before)
    wanted = [name for name in audiences if query.access in ("", name)]
    asked = asked.where(ITEM.c.audience.in_(wanted))
    if query.kind:
        asked = asked.where(ITEM.c.kind == query.kind)
    if query.member:
        asked = asked.where(ITEM.c.member == query.member)
    if query.start:
        asked = asked.where(ITEM.c.at >= query.start)
    if query.end:
        asked = asked.where(ITEM.c.at <= query.end, ITEM.c.at != "")
    if query.box:
        south, west, north, east = query.box
        asked = asked.where(ITEM.c.lat_e7.between(south, north), ITEM.c.lon_e7.between(west, east))
    if before is not None:
        asked = asked.where(ITEM.c.id < before)
    return asked.limit(STRETCH)


def _with_words(asked: Select[Any], dialect: str, query: Query, before: int | None) -> Select[Any]:
    newest_first = asked.order_by(ITEM.c.id.desc())
    if not (query.words or query.place or query.actor):
        return newest_first
    if dialect == "postgresql":
        return newest_first.where(ITEM.c.words.bool_op("@@")(cast(_tsquery(query), TSQUERY)))
    # FTS5 gives what it finds in the order of its row ids by itself: newest first, and no more of it than is asked for.
    asked = asked.select_from(_WORDS.join(ITEM, ITEM.c.id == _WORDS.c.rowid)).where(
        text("item_words MATCH :fts").bindparams(fts=_fts(query))
    )
    if before is not None:
        asked = asked.where(_WORDS.c.rowid < before)
    return asked.order_by(_WORDS.c.rowid.desc())


def _tsquery(query: Query) -> str:
    """Write a tsquery: words are letters and digits alone, so that nothing in them is read as an operator."""
    parts = [f"'{word}':*" for word in query.words]
    parts += [f"'{word}':*A" for word in query.place] + [f"'{word}':*B" for word in query.actor]
    return " & ".join(parts)


def _fts(query: Query) -> str:
    parts = [f'"{word}"*' for word in query.words]
    parts += [f'place : "{word}"*' for word in query.place] + [f'actor : "{word}"*' for word in query.actor]
    return " AND ".join(parts)
