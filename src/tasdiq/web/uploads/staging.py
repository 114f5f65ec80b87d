"""Where files lie until an entry names them: a folder of the server's own beside the attachments, mode 0700, files 0600.

Names in it are random and made here: nothing that a person or another machine sent becomes part of a path.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from tasdiq.errors import MissingError, RecordError
from tasdiq.record.durable import guarded
from tasdiq.record.places import ATTACHMENTS
from tasdiq.secretariat.founding import Home

FOLDER = "uploads"
_ID, _SHA256 = re.compile(r"[0-9a-f]{32}"), re.compile(r"[0-9a-f]{64}")


def place(home: Home, ident: str, ending: str = "") -> Path:
    """Return where the file of an id lies while it is on its way; `ending` tells copies from what was handed in."""
    if not _ID.fullmatch(ident):
        raise MissingError("there is no such file here")
    folder = home.path / FOLDER
    with guarded(home.path):
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"{ident}{ending}"


def attachment(home: Home, sha256: str) -> Path:
    """Return where the record keeps the file of a SHA-256, whether it holds it or not."""
    if not _SHA256.fullmatch(sha256):
        raise MissingError("there is no such file here")
    return home.path / ATTACHMENTS / sha256


def write_at(path: Path, offset: int, data: bytes) -> None:
    """Write a part of a file where it belongs; RecordError where the disk takes no more."""
    with guarded(path.parent):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            left = memoryview(data)
            while left:
                written = os.pwrite(descriptor, left, offset)
                offset, left = offset + written, left[written:]
        finally:
            os.close(descriptor)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, read in parts."""
    with guarded(path.parent), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def head_of(path: Path, size: int) -> bytes:
    """Return the beginning of a file."""
    with guarded(path.parent), path.open("rb") as file:
        return file.read(size)


def require_unaltered(path: Path, sha256: str) -> None:
    """Raise unless a file is what its name says: `MissingError` where it is not here, `RecordError` where it was altered."""
    if not path.is_file():
        raise MissingError("this server does not hold the file")
    if sha256_of(path) != sha256:
        raise RecordError(f"{path}: the attachment was altered; restore it from a copy")
