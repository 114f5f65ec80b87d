"""How `tasdiq audit` opens a record that lies in a database server; loaded by name, for it brings the database's driver."""

from __future__ import annotations

from pathlib import Path

from tasdiq.record.holding import Holding
from tasdiq.record.store import Store


def open_record(directory: Path) -> Holding:
    """Open the record in `directory` for reading."""
    return Store.open(directory)
