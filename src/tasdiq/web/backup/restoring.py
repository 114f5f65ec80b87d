"""Put a host back from its backup, in the same kind of database or the other.

1. It is built beside its place and put there whole, after an audit of all of it held; whatever fails before leaves nothing.
2. Where trusted keys are given, a backup of a record with others is refused.
3. Without its keys it is a mirror: it can be read and audited, and enters nothing until they lie in its `keys` folder.
4. A backup is old. What was signed after it is known from the newest checkpoint that this machine kept apart, or from members
   alone: the record signs nothing until it has caught up (`record.newest`), and whoever restores is told so.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from tasdiq.errors import InputError, MissingError, RecordError, RoleError
from tasdiq.record import canonical, shape
from tasdiq.record.audit.path import audit
from tasdiq.record.audit.sqlite_file import SqliteFile
from tasdiq.record.audit.trust import contradictions, read_trust
from tasdiq.record.mirrors import mirror
from tasdiq.record.mirrors.archive import Archive
from tasdiq.record.newest import Newest
from tasdiq.record.places import AT_REST_KEY, DATABASE_URL, KEYS
from tasdiq.record.reader import Reader
from tasdiq.record.secret_file import write_secret
from tasdiq.record.store import Store
from tasdiq.secretariat.founding import Home
from tasdiq.settings import Settings
from tasdiq.web.backup import format as form
from tasdiq.web.office import keeping
from tasdiq.web.office.database import Office


@dataclass(frozen=True)
class From:
    """Where to restore from: the backup, the keys' file, keys known from elsewhere, and the database to restore into."""

    backup: Path
    keys: Path | None = None
    trust: Path | None = None
    database: str | None = None


@dataclass(frozen=True)
class Restored:
    """What came back: entries, and why the record must not sign yet ("" if nothing newer is known here)."""

    size: int
    behind: str
    knows_newest: bool


def restore(source: From, home: Home, settings: Settings) -> Restored:
    """Put a record back at `home`, a place where there is none (rules 1 to 4)."""
    home.require_free()
    with home.building() as place, _opened(source.backup) as (file, archive):
        value = canonical.loads(archive.take(form.HEAD, form.LARGEST_HEAD))
        head = _head(value, {"type": str, "origin": str, "size": int}, form.HEAD, form.BACKUP)
        # Inside the place there must be nothing yet when the record is made there.
        parcel = _extract(file, archive, form.PARCEL, place.path.with_name(f"{place.path.name}.parcel"))
        try:
            _rebuild(place, parcel, source)
        finally:
            parcel.unlink(missing_ok=True)
        if source.keys:
            _put_keys(place, source.keys, head["origin"])
        lines = _extract(file, archive, form.OFFICE, place.path / form.OFFICE)
        if archive.upcoming == form.COSIGNERS:
            (place.path / form.COSIGNERS).write_bytes(archive.take(form.COSIGNERS, form.LARGEST_HEAD))
        _require_holds(place, source)
        restored = _restored(place, settings)
        _put_office(place, lines)
    return restored


def _rebuild(place: Home, parcel: Path, source: From) -> None:
    growth = mirror.create(place.path, parcel, source.database)
    growth.close()
    keys = growth.chain.keys
    trusted = read_trust(source.trust) if source.trust else []
    if found := list(contradictions(keys, trusted)) if source.trust else []:
        raise RoleError(f"{source.backup}: this is not the record whose keys you trust: {'; '.join(found)}")
    place.write_trust(keys)


def _put_keys(place: Home, path: Path, origin: str) -> None:
    if not path.is_file():
        raise MissingError(
            f"{path}: no backup of keys here; one is made with: tasdiq backup RECORD -o FILE --keys FILE"
        )
    try:
        value = canonical.loads(path.read_bytes()[: form.LARGEST_KEYS])
        head = _head(value, {"type": str, "origin": str, "files": dict}, path.name, form.KEYS_BACKUP)
        files = {name: base64.b64decode(text, validate=True) for name, text in head["files"].items()}
    except (InputError, ValueError, TypeError) as error:
        raise InputError(f"expected a backup of a host's keys, found: {error}", file=path) from error
    if head["origin"] != origin:
        raise InputError(f"expected the keys of {origin}, found those of {head['origin']}", file=path)
    (place.path / KEYS).mkdir(mode=0o700, exist_ok=True)
    for name, data in files.items():
        if Path(name).name != name or name.startswith(".") or name == AT_REST_KEY:
            raise InputError(f"expected the name of a key file, found {name[:60]!r}", file=path)
        write_secret(place.path / KEYS / name, data)


def _put_office(place: Home, lines: Path) -> None:
    office = Office.open(place)
    try:
        with lines.open("rb") as file:
            keeping.load(office, file)
    except BaseException:
        keeping.give_up(office)
        raise
    finally:
        office.close()
    lines.unlink()


def _require_holds(place: Home, source: From) -> None:
    in_database = (place.path / DATABASE_URL).is_file()
    verdict = audit(place.path, source.trust, opener=Store.open if in_database else SqliteFile.open)
    if not verdict.ok:
        raise RecordError(
            f"{source.backup}: what came back does not hold, and nothing was put in place:\n{verdict.as_text()}"
        )


def _restored(place: Home, settings: Settings) -> Restored:
    """Hold what came back against the newest checkpoint that this machine kept apart (rule 4)."""
    with Reader.open(place.path) as reader:
        newest = Newest(settings.state_directory, reader.origin)
        log_keys = [key.public for key in reader.chain.keys.in_role("log")]
        behind = newest.require_same_log(log_keys, reader.size, reader.node)
        knows = newest.note() is not None or newest.acknowledged() is not None
        return Restored(reader.size, behind, knows)


def _extract(file: BinaryIO, archive: Archive, name: str, to: Path) -> Path:
    """Write the next member to a new file that nobody else reads, piece by piece."""
    if archive.upcoming != name:
        raise InputError(f"expected {name} next, found {archive.upcoming or 'the end of the file'}")
    _, start, size = archive.take_hashed(name, form.LARGEST_MEMBER)
    here = file.tell()
    file.seek(start)
    with os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        left = size
        while left:
            piece = file.read(min(left, 1 << 20))
            out.write(piece)
            left -= len(piece)
    file.seek(here)
    return to


def _head(value: object, fields: dict[str, Any], name: str, kind: str) -> dict[str, Any]:
    head: dict[str, Any] = shape.fields(value, fields, where=name)
    if head["type"] != kind:
        raise InputError(f"expected a file of type {kind}, found {str(head['type'])[:40]!r}")
    return head


@contextmanager
def _opened(path: Path) -> Iterator[tuple[BinaryIO, Archive]]:
    try:
        file = path.open("rb")
    except FileNotFoundError as error:
        raise MissingError(f"{path}: no backup here; one is made with: tasdiq backup RECORD -o FILE") from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", file=path) from error
    with file:
        try:
            yield file, Archive(file)
        except InputError as error:
            raise InputError(error.message, file=error.file or path, line=error.line, field=error.field) from error
        except (UnicodeDecodeError, ValueError) as error:
            raise InputError("expected a backup, found other bytes", file=path) from error
