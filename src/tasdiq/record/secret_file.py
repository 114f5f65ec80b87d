"""Files that hold a secret: written once, readable by their owner alone.

1. A file is written once, with mode 0600, and never overwritten: a lost key is lost, but none is lost by mistake.
2. A file that others can read is refused (POSIX), as ssh does.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from tasdiq.errors import InputError, MissingError, SettingsError

_LARGEST = 65_536


def write_secret(path: str | Path, data: bytes) -> None:
    """Write a new file of mode 0600, durably; SettingsError if there is one already."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise SettingsError(f"{path}: a key file is never overwritten; choose another path") from error
    except OSError as error:
        raise SettingsError(f"{path}: the key file cannot be written: {error.strerror}") from error
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def read_secret(path: str | Path) -> bytes:
    """Read a secret file; MissingError if there is none, SettingsError if others can read it."""
    path = Path(path)
    try:
        found = path.stat()
        if os.name == "posix" and stat.S_IMODE(found.st_mode) & 0o077:
            raise SettingsError(f"{path}: others can read this key; run: chmod 600 {path}")
        if found.st_size > _LARGEST:
            raise InputError(f"expected a key file of at most {_LARGEST} bytes, found {found.st_size}", file=path)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise MissingError(f"{path}: no key file here") from error
    except OSError as error:
        raise SettingsError(f"{path}: the key file cannot be read: {error.strerror}") from error
