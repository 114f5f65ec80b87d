"""The index in the office's database: one line an entry or row, with its words.

SQLite finds words by FTS5 over the columns of `item`; PostgreSQL by a tsvector whose places have weight A and actors
weight B. `id` is made of entry and row, so that the same thing never stands twice; `indexed` says up to which entry all is in.
"""

from __future__ import annotations

from sqlalchemy import DDL, BigInteger, Column, Index, Integer, Table, Text, event
from sqlalchemy.dialects.postgresql import TSVECTOR

from tasdiq.web.office.metadata import METADATA

_Number = BigInteger().with_variant(Integer, "sqlite")

ITEM = Table(
    "item",
    METADATA,
    Column("id", _Number, primary_key=True, autoincrement=False),
    Column("entry", _Number, nullable=False),
    Column("row", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("ident", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("member", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("lat_e7", Integer),
    Column("lon_e7", Integer),
    Column("words", Text().with_variant(TSVECTOR(), "postgresql"), nullable=False),
    Column("place", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Index("item_at", "at"),
    Index("item_box", "lat_e7", "lon_e7"),
    Index("item_words_gin", "words", postgresql_using="gin").ddl_if(dialect="postgresql"),
)
INDEXED = Table("indexed", METADATA, Column("one", Integer, primary_key=True), Column("size", _Number, nullable=False))
event.listen(
    ITEM,
    "after_create",
    DDL(  # type: ignore[no-untyped-call]
        "CREATE VIRTUAL TABLE IF NOT EXISTS item_words USING fts5(words, place, actor, content='item', content_rowid='id', "
        'detail=column, tokenize="unicode61 remove_diacritics 0")'
    ).execute_if(dialect="sqlite"),
)
