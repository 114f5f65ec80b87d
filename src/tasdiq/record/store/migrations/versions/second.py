"""Version 2: encryption at rest, disclosures, cosignatures, contradictions; joint content of version 1 is encrypted."""

from __future__ import annotations

from alembic import context, op

from tasdiq.record.store.migrations.guards import emptied_once, insert_only, only_emptying

revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None

_SQLITE = (
    "PRAGMA user_version = 2",
    "DROP TRIGGER body_UPDATE",
    "DROP TRIGGER bulk_row_UPDATE",
    "ALTER TABLE body ADD COLUMN key BLOB",
    "ALTER TABLE bulk_row ADD COLUMN key BLOB",
    "CREATE TABLE cosignature (seq INTEGER PRIMARY KEY, size INTEGER NOT NULL, name TEXT NOT NULL, line TEXT NOT NULL,"
    " UNIQUE (size, name)) STRICT",
    "CREATE TABLE contradiction (seq INTEGER PRIMARY KEY, note BLOB NOT NULL, other BLOB NOT NULL) STRICT",
    "CREATE TABLE disclosure (idx INTEGER NOT NULL, n INTEGER NOT NULL, content BLOB, key BLOB, redacted_at INTEGER,"
    " PRIMARY KEY (idx, n)) STRICT",
)
_POSTGRES = (
    "DROP TRIGGER body_update ON body",
    "DROP TRIGGER bulk_row_update ON bulk_row",
    "ALTER TABLE body ADD COLUMN key bytea",
    "ALTER TABLE bulk_row ADD COLUMN key bytea",
    "CREATE TABLE cosignature (seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, size bigint NOT NULL,"
    " name text NOT NULL, line text NOT NULL, UNIQUE (size, name))",
    "CREATE TABLE contradiction (seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, note bytea NOT NULL,"
    " other bytea NOT NULL)",
    "CREATE TABLE disclosure (idx bigint NOT NULL, n bigint NOT NULL, content bytea, key bytea, redacted_at bigint,"
    " PRIMARY KEY (idx, n))",
)


def upgrade() -> None:
    """Add columns and tables, encrypt what is joint, then guard all of it."""
    bind = op.get_bind()
    dialect = bind.dialect.name
    for statement in _SQLITE if dialect == "sqlite" else _POSTGRES:
        bind.exec_driver_sql(statement)
    context.config.attributes["seal"]()
    for statement in (
        only_emptying(dialect, "body", ("salt", "content", "key"), ("idx",)),
        only_emptying(dialect, "bulk_row", ("salt", "content", "key"), ("idx", "n")),
        *insert_only(dialect, "cosignature", "contradiction"),
        *emptied_once(dialect, "disclosure", ("content", "key"), ("idx", "n")),
    ):
        bind.exec_driver_sql(statement)
