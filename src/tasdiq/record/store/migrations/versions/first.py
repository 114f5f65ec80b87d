"""The tables of version 1: entries, tiles, checkpoints, bodies and rows, and what keeps them from being rewritten."""

from __future__ import annotations

from alembic import op

from tasdiq.record.store.migrations.guards import POSTGRES_REFUSE, emptied_once, insert_only

revision, down_revision, branch_labels, depends_on = "0001", None, None, None

_SQLITE = (
    "PRAGMA application_id = 2052921601",
    "PRAGMA user_version = 1",
    "CREATE TABLE record (one INTEGER PRIMARY KEY CHECK (one = 1), origin TEXT NOT NULL) STRICT",
    "CREATE TABLE entry (idx INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, has_keys INTEGER NOT NULL, leaf BLOB NOT NULL)"
    " STRICT",
    "CREATE INDEX entry_keys ON entry (idx) WHERE has_keys = 1",
    "CREATE TABLE tile (level INTEGER NOT NULL, number INTEGER NOT NULL, hashes BLOB NOT NULL, root BLOB NOT NULL,\n"
    "                   PRIMARY KEY (level, number)) STRICT",
    "CREATE TABLE checkpoint (seq INTEGER PRIMARY KEY, size INTEGER NOT NULL, note BLOB NOT NULL) STRICT",
    "CREATE TABLE body (idx INTEGER PRIMARY KEY, salt BLOB, content BLOB, redacted_at INTEGER) STRICT",
    "CREATE TABLE bulk_row (idx INTEGER NOT NULL, n INTEGER NOT NULL, salt BLOB, content BLOB, redacted_at INTEGER,\n"
    "                       PRIMARY KEY (idx, n)) STRICT",
)
_POSTGRES = (
    POSTGRES_REFUSE,
    "CREATE TABLE record (one bigint PRIMARY KEY CHECK (one = 1), origin text NOT NULL)",
    "CREATE TABLE entry (idx bigint PRIMARY KEY, id bytea NOT NULL UNIQUE, has_keys integer NOT NULL, leaf bytea NOT NULL)",
    "CREATE INDEX entry_keys ON entry (idx) WHERE has_keys = 1",
    "CREATE TABLE tile (level bigint NOT NULL, number bigint NOT NULL, hashes bytea NOT NULL, root bytea NOT NULL,"
    " PRIMARY KEY (level, number))",
    "CREATE TABLE checkpoint (seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, size bigint NOT NULL,"
    " note bytea NOT NULL)",
    "CREATE TABLE body (idx bigint PRIMARY KEY, salt bytea, content bytea, redacted_at bigint)",
    "CREATE TABLE bulk_row (idx bigint NOT NULL, n bigint NOT NULL, salt bytea, content bytea, redacted_at bigint,"
    " PRIMARY KEY (idx, n))",
)


def upgrade() -> None:
    """Make the tables and their guards."""
    bind = op.get_bind()
    dialect = bind.dialect.name
    for statement in (
        *(_SQLITE if dialect == "sqlite" else _POSTGRES),
        *insert_only(dialect, "record", "entry", "tile", "checkpoint"),
        *emptied_once(dialect, "body", ("salt", "content"), ("idx",)),
        *emptied_once(dialect, "bulk_row", ("salt", "content"), ("idx", "n")),
    ):
        bind.exec_driver_sql(statement)
