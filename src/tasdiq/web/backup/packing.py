"""Write a backup of a host, while it is served or not.

1. The office first, the record then: every entry that the office speaks of is in the record that goes along.
2. The record goes as a whole parcel, under a checkpoint. Where another process is writing, it ends at the newest one: what was
   entered in the last second or two may be missing, and is in the next backup.
3. The keys go into a file of their own, only if one is named. Whoever has both files has everything the host has.
4. A file is there whole or not at all, with mode 0600, and is never written over.
"""

from __future__ import annotations

import base64
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from tasdiq.errors import SettingsError
from tasdiq.record import canonical
from tasdiq.record.durable import sync_directory
from tasdiq.record.mirrors.archive import BLOCK, header, write_end, write_member
from tasdiq.record.places import AT_REST_KEY, KEYS
from tasdiq.record.reader import Reader
from tasdiq.secretariat.copies import export
from tasdiq.secretariat.founding import Home
from tasdiq.settings import Settings
from tasdiq.web.backup import format as form
from tasdiq.web.office import keeping
from tasdiq.web.office.database import Office

Say = Callable[[str], None]


def back_up(home: Home, settings: Settings, out: Path, keys: Path | None, say: Say) -> int:
    """Write a backup to the new file `out`, and the keys to `keys` if it is given; return how many entries it holds."""
    home.require_host()
    for path in filter(None, (out, keys)):
        _require_free(path)
    with tempfile.TemporaryDirectory(prefix=".tasdiq-backup-", dir=out.resolve().parent) as scratch:
        size = _write_backup(home, settings, Path(scratch), out, say)
    if keys:
        _write_keys(home, keys)
    return size


def _write_backup(home: Home, settings: Settings, scratch: Path, out: Path, say: Say) -> int:
    office = Office.open(home)
    try:
        with (scratch / form.OFFICE).open("wb") as file:
            file.writelines(keeping.dump(office))
    finally:
        office.close()
    signed = export(home, scratch / form.PARCEL, settings, since=0, public=False, say=say)
    head = {"type": form.BACKUP, "origin": signed.origin, "size": signed.size}
    with _new(out) as file:
        write_member(file, form.HEAD, canonical.dumps(head))
        _copy_member(file, form.PARCEL, scratch / form.PARCEL)
        _copy_member(file, form.OFFICE, scratch / form.OFFICE)
        if (home.path / form.COSIGNERS).is_file():
            write_member(file, form.COSIGNERS, (home.path / form.COSIGNERS).read_bytes())
        write_end(file)
    return signed.size


def _write_keys(home: Home, out: Path) -> None:
    with Reader.open(home.path) as reader:
        origin = reader.origin
    found = [path for path in (home.path / KEYS).iterdir() if path.is_file() and path.name != AT_REST_KEY]
    files = {path.name: base64.b64encode(path.read_bytes()).decode() for path in found}
    with _new(out) as file:
        file.write(canonical.dumps({"type": form.KEYS_BACKUP, "origin": origin, "files": files}))


def _copy_member(file: BinaryIO, name: str, source: Path) -> None:
    size = source.stat().st_size
    file.write(header(name, size))
    with source.open("rb") as data:
        shutil.copyfileobj(data, file, 1 << 20)
    file.write(bytes(-size % BLOCK))


@contextmanager
def _new(out: Path) -> Iterator[BinaryIO]:
    """Yield a file that takes the place `out` when the block ends (rule 4)."""
    unfinished = out.with_name(f"{out.name}.{os.getpid()}.unfinished")
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.link(unfinished, out)
        sync_directory(out.resolve().parent)
    except OSError as error:
        raise SettingsError(f"{out}: the backup cannot be written: {error.strerror}") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _require_free(path: Path) -> None:
    if path.exists():
        raise SettingsError(f"{path}: there is a file here already; choose another place")
    if not path.resolve().parent.is_dir():
        raise SettingsError(f"{path}: no such folder; make it first")
