"""The tables of a record as SQLAlchemy names them, the same for SQLite and PostgreSQL; `migrations` makes them.

    record(one, origin)   entry(idx, id, has_keys, leaf)   tile(level, number, hashes, root)   checkpoint(seq, size, note)
    cosignature(seq, size, name, line)       a signature line collected for the checkpoint over `size` entries
    contradiction(seq, note, other)          two notes by this log's key that cannot both be true
    body(idx, salt, content, key, redacted_at)   bulk_row(idx, n, salt, content, key, redacted_at)
    disclosure(idx, n, content, key, redacted_at)

1. The first six are insert-only. The last three allow INSERT and the one UPDATE that empties.
2. Public content is plain: salt and content, no key. Joint content is encrypted at rest (`secrecy.stored`): no salt, and the
   wrapped data key. Content for named recipients is their envelope: neither salt nor key. Disclosures are encrypted at
   rest in every case.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, MetaData, Table, Text

VERSION = 2
TABLES = MetaData()
_Index = BigInteger().with_variant(Integer, "sqlite")


def _place(name: str) -> Column[int]:
    return Column(name, _Index, primary_key=True, autoincrement=False)


def _numbered() -> Column[int]:
    return Column("seq", _Index, primary_key=True)


RECORD = Table("record", TABLES, _place("one"), Column("origin", Text, nullable=False))
ENTRY = Table(
    "entry",
    TABLES,
    _place("idx"),
    Column("id", LargeBinary, nullable=False, unique=True),
    Column("has_keys", Integer, nullable=False),
    Column("leaf", LargeBinary, nullable=False),
)
TILE = Table(
    "tile",
    TABLES,
    _place("level"),
    _place("number"),
    Column("hashes", LargeBinary, nullable=False),
    Column("root", LargeBinary, nullable=False),
)
CHECKPOINT = Table(
    "checkpoint",
    TABLES,
    _numbered(),
    Column("size", _Index, nullable=False),
    Column("note", LargeBinary, nullable=False),
)
COSIGNATURE = Table(
    "cosignature",
    TABLES,
    _numbered(),
    Column("size", _Index, nullable=False),
    Column("name", Text, nullable=False),
    Column("line", Text, nullable=False),
)
CONTRADICTION = Table(
    "contradiction",
    TABLES,
    _numbered(),
    Column("note", LargeBinary, nullable=False),
    Column("other", LargeBinary, nullable=False),
)
BODY = Table(
    "body",
    TABLES,
    _place("idx"),
    Column("salt", LargeBinary),
    Column("content", LargeBinary),
    Column("key", LargeBinary),
    Column("redacted_at", _Index),
)
BULK_ROW = Table(
    "bulk_row",
    TABLES,
    _place("idx"),
    _place("n"),
    Column("salt", LargeBinary),
    Column("content", LargeBinary),
    Column("key", LargeBinary),
    Column("redacted_at", _Index),
)
DISCLOSURE = Table(
    "disclosure",
    TABLES,
    _place("idx"),
    _place("n"),
    Column("content", LargeBinary),
    Column("key", LargeBinary),
    Column("redacted_at", _Index),
)
INSERT_ONLY = (RECORD, ENTRY, TILE, CHECKPOINT, COSIGNATURE, CONTRADICTION)
EMPTIED = (BODY, BULK_ROW, DISCLOSURE)
