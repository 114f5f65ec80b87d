"""The tables of drafts. Times are as steps write them; the text of a draft goes when it is entered, discarded or expired."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, String, Table, Text

from tasdiq.web.office.metadata import METADATA

DRAFT = Table(
    "draft",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("account", String(64), nullable=False, index=True),
    Column("officer", String(64), nullable=False),
    Column("member", String(64), nullable=False, index=True),
    Column("kind", String(64), nullable=False),
    Column("access", String(8), nullable=False),
    # What was asked for, so that it can be prepared anew: the body before anything of it was sealed, rows and refs.
    Column("asked", LargeBinary, nullable=False),
    # The unsigned entry: its leaf, and what opens its commitment.
    Column("leaf", LargeBinary, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("plaintext", LargeBinary, nullable=False),
    Column("beside", LargeBinary, nullable=False),
    Column("keys_at", Integer, nullable=False),
    Column("prepared_at", String(20), nullable=False),
    Column("expires_at", String(20), nullable=False),
    # Once it is entered: the entry, its index, and the log's promise.
    Column("entry", String(64), nullable=False, default=""),
    Column("index", Integer),
    Column("deadline", String(20), nullable=False, default=""),
    Column("receipt", Text, nullable=False, default=""),
)

SIGNATURE = Table(
    "draft_signature",
    METADATA,
    Column("draft", String(32), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("sig", LargeBinary, nullable=False),
    Column("account", String(64), nullable=False),
    Column("officer", String(64), nullable=False),
    Column("at", String(20), nullable=False),
)
