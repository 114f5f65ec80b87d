"""SQLite's write-ahead log as bytes: where its last commit ends, and what becomes of the record when bytes of it change.

Format: https://www.sqlite.org/fileformat2.html#walformat (a header of 32 bytes; frames of 24 bytes and a page, of which one
that ends a commit has the size of the database in its second number).
"""

from __future__ import annotations

import random
import struct
from pathlib import Path

from tasdiq.record.places import DATABASE

_HEADER, _FRAME = 32, 24


def wal(directory: Path) -> Path:
    """Return the path of a record's write-ahead log."""
    return directory / f"{DATABASE}-wal"


def last_commit(directory: Path) -> tuple[str, int]:
    """Return the salts of the log (`-` if it is empty) and where the last commit in it ends."""
    path = wal(directory)
    data = path.read_bytes() if path.is_file() else b""
    if len(data) < _HEADER:
        return "-", 0
    (size,) = struct.unpack(">I", data[8:12])
    salts, end, at = data[16:24], _HEADER, _HEADER
    while at + _FRAME + size <= len(data) and data[at + 8 : at + 16] == salts:
        at += _FRAME + size
        if data[at - size - _FRAME + 4 : at - size - _FRAME + 8] != bytes(4):
            end = at
    return salts.hex(), end


def garble(directory: Path, salts: str, end: int, chance: random.Random) -> bool:
    """Overwrite all that was written after a commit with noise, and add some; tell whether there was anything."""
    path = wal(directory)
    data = path.read_bytes() if path.is_file() else b""
    if len(data) < _HEADER:
        return False
    keep = end if data[16:24].hex() == salts else _HEADER
    path.write_bytes(data[:keep] + chance.randbytes(len(data) - keep + chance.randrange(500)))
    return True
