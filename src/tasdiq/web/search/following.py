"""The index after a command wrote to the record: brought up to date where a server keeps one.

1. What a command entered is in the index when the command ends, or its own message says why not.
2. A command that enters much lets a process of its own follow it (`followed`): one appends while the other brings in what stands
   already. Nothing depends on that process: whatever it leaves undone is done at the end.

As a program (`python -m tasdiq.web.search.following RECORD`): follow RECORD until standard input ends.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from select import select as ready

from sqlalchemy import NullPool, create_engine, func, select
from sqlalchemy.exc import SQLAlchemyError

from tasdiq.errors import TasdiqError
from tasdiq.record.places import DATABASE_URL
from tasdiq.record.reader import Reader
from tasdiq.record.store.postgres import PostgresSchema
from tasdiq.secretariat.founding import Home
from tasdiq.web.office.database import FILE, Office
from tasdiq.web.search.index import Index

_PAUSE_S = 0.05


def is_kept(home: Home) -> bool:
    """Tell whether there may be an index beside a record: a server has been at it."""
    if not (home.path / DATABASE_URL).is_file():
        return (home.path / FILE).is_file()
    place = PostgresSchema.noted(home.path)
    engine = create_engine(place.url, poolclass=NullPool, hide_parameters=True, connect_args={"connect_timeout": 10})
    with engine.connect() as connection:
        return bool(connection.execute(select(func.to_regnamespace(f"{place.schema}_office").is_not(None))).scalar())


def bring_in(home: Home) -> None:
    """Bring what was entered into the index beside a record; nothing where no server has been at it."""
    if not is_kept(home):
        return
    office = Office.open(home)
    try:
        with Reader.open(home.path) as reader:
            index = Index(office)
            if index.size() < reader.size:
                index.catch_up(reader)
    finally:
        office.close()


@contextmanager
def followed(home: Home) -> Iterator[None]:
    """Let a process of its own bring in what the block enters, while it does; all of it is in when the block has ended."""
    if not is_kept(home):
        yield
        return
    command = [sys.executable, "-m", __spec__.name, str(home.path)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet) as process:
        yield
        process.communicate()
    bring_in(home)


def follow(home: Home) -> None:
    """Bring in what comes until standard input ends, and what is there then."""
    office, ended = Office.open(home), False
    try:
        with Reader.open(home.path) as reader:
            while not ended:
                ended = bool(ready([sys.stdin], [], [], _PAUSE_S)[0])
                if reader.refresh() > Index(office).size():
                    Index(office).catch_up(reader)
    finally:
        office.close()


if __name__ == "__main__":
    with suppress(TasdiqError, SQLAlchemyError, KeyboardInterrupt):
        follow(Home(Path(sys.argv[1])))
