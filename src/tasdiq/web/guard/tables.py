"""The table of what was spent of each budget: who spent it stands there as a mark that only this office can make."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, String, Table

from tasdiq.web.office.metadata import METADATA

RATE = Table(
    "rate",
    METADATA,
    Column("who", String(80), primary_key=True),
    # Seconds since 1970 at which the stretch of time began that `spent` counts in.
    Column("begun", BigInteger, nullable=False),
    Column("spent", Integer, nullable=False),
)
