"""What every table of the office is defined on. Apart, so that a module with tables needs nothing else of the office."""

from __future__ import annotations

from sqlalchemy import MetaData

METADATA = MetaData()
"""Every table of the office; the module that uses a table defines it on this, and `office.tables` lists the module."""
