"""Every question the store asks and everything it writes, once, for both databases."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy import (
    ColumnElement,
    Table,
    and_,
    bindparam,
    func,
    insert,
    literal_column,
    not_,
    null,
    select,
    union,
    update,
)

from tasdiq.record.store.statement import Statement, number, octets, text
from tasdiq.record.store.tables import (
    BODY,
    BULK_ROW,
    CHECKPOINT,
    CONTRADICTION,
    COSIGNATURE,
    DISCLOSURE,
    ENTRY,
    RECORD,
    TILE,
)


def _at(table: Table) -> ColumnElement[bool]:
    return table.c.idx == number("index")


def _between(table: Table) -> ColumnElement[bool]:
    return and_(table.c.idx >= number("start"), table.c.idx < number("end"))


def _insert(table: Table, *columns: str) -> Statement:
    return Statement(insert(table).values({name: bindparam(name) for name in columns}).inline(), *columns)


def _any_content(table: Table) -> ColumnElement[bytes]:
    return func.coalesce(*(table.c[name] for name in ("salt", "content", "key") if name in table.c))


# Questions

ORIGIN = Statement(select(RECORD.c.origin))
LAST = Statement(select(func.max(ENTRY.c.idx)))
EXTENT = Statement(select(func.count(), func.min(ENTRY.c.idx), func.max(ENTRY.c.idx)).select_from(ENTRY))
LEAVES = Statement(select(ENTRY.c.idx, ENTRY.c.leaf).where(_between(ENTRY)).order_by(ENTRY.c.idx), "start", "end")
ENTRIES = Statement(
    select(ENTRY.c.idx, ENTRY.c.id, ENTRY.c.has_keys, ENTRY.c.leaf).where(_between(ENTRY)).order_by(ENTRY.c.idx),
    "start",
    "end",
)
# The mark is written out, so that SQLite uses the index over key events.
KEY_LEAVES = Statement(
    select(ENTRY.c.idx, ENTRY.c.leaf).where(ENTRY.c.has_keys == literal_column("1")).order_by(ENTRY.c.idx)
)
NEWEST_KEYS = Statement(select(func.max(ENTRY.c.idx)).where(ENTRY.c.has_keys == literal_column("1")))
INDEX_OF = Statement(select(ENTRY.c.idx).where(ENTRY.c.id == octets("id")), "id")
TILE_HASHES = Statement(
    select(TILE.c.hashes).where(TILE.c.level == number("level"), TILE.c.number == number("number")), "level", "number"
)
TILE_ROOTS = Statement(
    select(TILE.c.root)
    .where(TILE.c.level == number("level"), TILE.c.number >= number("start"))
    .order_by(TILE.c.number),
    "level",
    "start",
)
NEWEST_CHECKPOINT = Statement(
    select(CHECKPOINT.c.size, CHECKPOINT.c.note).where(
        CHECKPOINT.c.seq == select(func.max(CHECKPOINT.c.seq)).scalar_subquery()
    )
)
COSIGNATURES = Statement(
    select(COSIGNATURE.c.line).where(COSIGNATURE.c.size == number("size")).order_by(COSIGNATURE.c.seq), "size"
)
LAST_COSIGNED = Statement(
    select(func.max(COSIGNATURE.c.size)).where(COSIGNATURE.c.name == text("name")),
    "name",
)
CONTRADICTIONS = Statement(select(CONTRADICTION.c.note, CONTRADICTION.c.other).order_by(CONTRADICTION.c.seq))
BODIES = Statement(
    select(BODY.c.idx, BODY.c.salt, BODY.c.content, BODY.c["key"], BODY.c.redacted_at)
    .where(_between(BODY))
    .order_by(BODY.c.idx),
    "start",
    "end",
)
ROWS = Statement(
    select(BULK_ROW.c.n, BULK_ROW.c.salt, BULK_ROW.c.content, BULK_ROW.c["key"])
    .where(_at(BULK_ROW))
    .order_by(BULK_ROW.c.n),
    "index",
)
DISCLOSURES = Statement(
    select(DISCLOSURE.c.n, DISCLOSURE.c.content, DISCLOSURE.c["key"]).where(_at(DISCLOSURE)).order_by(DISCLOSURE.c.n),
    "index",
)
DIVIDED = Statement(
    union(select(BULK_ROW.c.idx).where(_between(BULK_ROW)), select(DISCLOSURE.c.idx).where(_between(DISCLOSURE))),
    "start",
    "end",
)
NOTICES = Statement(
    union(
        *(
            select(table.c.redacted_at).where(_at(table), table.c.redacted_at.is_not(None))
            for table in (BODY, BULK_ROW, DISCLOSURE)
        )
    ),
    "index",
)
LEFT = {
    table.name: Statement(select(func.count(_any_content(table))).where(_at(table)), "index")
    for table in (BODY, BULK_ROW, DISCLOSURE)
}
LEFT_OF_ROW = Statement(
    select(func.count(_any_content(BULK_ROW))).where(_at(BULK_ROW), BULK_ROW.c.n == number("n")), "index", "n"
)
ORPHANS = {
    table.name: Statement(select(func.count()).select_from(table).where(table.c.idx.not_in(select(ENTRY.c.idx))))
    for table in (BODY, BULK_ROW, DISCLOSURE)
}

# Writings

ADD_RECORD = _insert(RECORD, "one", "origin")
ADD_ENTRY = _insert(ENTRY, "idx", "id", "has_keys", "leaf")
ADD_TILE = _insert(TILE, "level", "number", "hashes", "root")
ADD_CHECKPOINT = _insert(CHECKPOINT, "size", "note")
ADD_COSIGNATURE = _insert(COSIGNATURE, "size", "name", "line")
ADD_CONTRADICTION = _insert(CONTRADICTION, "note", "other")
ADD_BODY = _insert(BODY, "idx", "salt", "content", "key")
ADD_ROW = _insert(BULK_ROW, "idx", "n", "salt", "content", "key")
ADD_DISCLOSURE = _insert(DISCLOSURE, "idx", "n", "content", "key")


def _emptying(table: Table) -> dict[str, object]:
    kept = {name: null() for name in ("salt", "content", "key") if name in table.c}
    return {**kept, "redacted_at": number("notice")}


def _empty(table: Table, *where: ColumnElement[bool]) -> Statement:
    core = update(table).values(_emptying(table)).where(_at(table), table.c.redacted_at.is_(None), *where)
    return Statement(core, "notice", "index", *(("n",) if where else ()))


EMPTY_BODY = _empty(BODY)
EMPTY_ROWS = _empty(BULK_ROW)
EMPTY_ROW = _empty(BULK_ROW, BULK_ROW.c.n == number("n"))
EMPTY_DISCLOSURES = _empty(DISCLOSURE)
# Where the content never came here (a mirror), the notice is noted all the same, so that it is not asked for.
NOTE_EMPTY_BODY = Statement(
    insert(BODY).from_select(
        ["idx", "redacted_at"],
        select(number("index"), number("notice")).where(not_(select(BODY.c.idx).where(_at(BODY)).exists())),
    ),
    "notice",
    "index",
)
NOTE_EMPTY_ROW = Statement(
    insert(BULK_ROW).from_select(
        ["idx", "n", "redacted_at"],
        select(number("index"), number("n"), number("notice")).where(
            not_(select(BULK_ROW.c.idx).where(_at(BULK_ROW), BULK_ROW.c.n == number("n")).exists())
        ),
    ),
    "notice",
    "index",
    "n",
)
SEAL_BODY = Statement(
    update(BODY).values(salt=null(), content=octets("sealed"), key=octets("wrapped")).where(_at(BODY)),
    "sealed",
    "wrapped",
    "index",
)
SEAL_ROW = Statement(
    update(BULK_ROW)
    .values(salt=null(), content=octets("sealed"), key=octets("wrapped"))
    .where(_at(BULK_ROW), BULK_ROW.c.n == number("n")),
    "sealed",
    "wrapped",
    "index",
    "n",
)


@lru_cache(maxsize=32)
def indices_of(count: int) -> Statement:
    """Return the question for the index and id of each of `count` ids."""
    names = [f"id_{place}" for place in range(count)]
    return Statement(select(ENTRY.c.idx, ENTRY.c.id).where(ENTRY.c.id.in_([*map(octets, names)])), *names)
