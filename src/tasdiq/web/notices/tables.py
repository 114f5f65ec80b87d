"""The tables of notices: what was read and told by mail, who wishes mail, and when mail was last looked after."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, String, Table

from tasdiq.web.office.metadata import METADATA

NOTICE = Table(
    "notice",
    METADATA,
    Column("account", String(64), primary_key=True),
    # SHA-256 of what names the thing that waits: the office learns nothing of cases from this table.
    Column("mark", String(64), primary_key=True),
    Column("at", String(20), nullable=False),
    Column("read", Boolean, nullable=False, default=False),
    Column("mailed", Boolean, nullable=False, default=False),
)

MAIL = Table(
    "mail_choice",
    METADATA,
    Column("account", String(64), primary_key=True),
    Column("address", String(254), nullable=False),
    Column("sent_at", String(20), nullable=False, default=""),
)

ROUND = Table(
    "mail_round",
    METADATA,
    Column("name", String(20), primary_key=True),
    Column("at", String(20), nullable=False),
)
