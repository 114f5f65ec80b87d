"""The index after a command wrote to the record: brought up to date where a server keeps one."""

from __future__ import annotations

from tasdiq.record.places import DATABASE_URL
from tasdiq.record.reader import Reader
from tasdiq.secretariat.founding import Home
from tasdiq.web.office.database import FILE, Office
from tasdiq.web.search.index import Index


def bring_in(home: Home) -> None:
    """Bring what was entered into the index beside a record; nothing where no server has been at it."""
    if not ((home.path / FILE).is_file() or (home.path / DATABASE_URL).is_file()):
        return
    office = Office.open(home)
    try:
        with Reader.open(home.path) as reader:
            Index(office).catch_up(reader)
    finally:
        office.close()
