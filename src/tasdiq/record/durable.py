"""Files that are there whole or not at all after a crash, and errors of disk and database as ours."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tasdiq.errors import RecordError


@contextmanager
def guarded(directory: Path) -> Iterator[None]:
    """Turn the database's and the system's errors into RecordError: appending stops."""
    try:
        yield
    except (sqlite3.Error, sqlite3.Warning, UnicodeDecodeError) as error:
        raise RecordError(f"{directory}: the record's database is damaged or in use: {error}") from error
    except OSError as error:
        raise RecordError(f"{directory}: the record cannot be read or written: {error.strerror}") from error


def write_durably(path: Path, data: bytes) -> None:
    """Write a file so that after a crash it is there whole or not at all (mode 0600)."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.unfinished")
    with guarded(path.parent):
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        sync_directory(path.parent)


def sync_directory(directory: Path) -> None:
    """Make a rename in `directory` durable; Windows needs and allows none of it."""
    if os.name != "posix":
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
