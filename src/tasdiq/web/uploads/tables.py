"""The tables of files that were handed in and of copies that were made. Times are as steps write them; all of it goes in days."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, String, Table, Text

from tasdiq.web.office.metadata import METADATA

UPLOAD = Table(
    "upload",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("account", String(64), nullable=False, index=True),
    Column("member", String(64), nullable=False, index=True),
    Column("case_id", String(80), nullable=False),
    # How the officer's own machine calls it; shown to that officer, and nothing else is done with it.
    Column("name", String(120), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", String(64), nullable=False, index=True),
    Column("received", BigInteger, nullable=False),
    # "open", "whole" once its hash was found right, "kept" once an entry names it, "refused" where the hash was another.
    Column("state", String(8), nullable=False),
    Column("media", String(64), nullable=False, default=""),
    Column("begun_at", String(20), nullable=False, index=True),
)

PUBLIC_COPY = Table(
    "public_copy",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("account", String(64), nullable=False, index=True),
    Column("evidence", String(80), nullable=False),
    Column("original", String(64), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("media", String(64), nullable=False),
    # What was left behind, one thing a line.
    Column("left_behind", Text, nullable=False),
    Column("made_at", String(20), nullable=False),
)
