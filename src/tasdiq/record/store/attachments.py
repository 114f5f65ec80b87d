"""The attachments of a record: files by their SHA-256, in a folder of the record directory."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import shutil
from pathlib import Path

from tasdiq.errors import InputError, MissingError, RecordError
from tasdiq.record.durable import guarded, sync_directory, write_durably
from tasdiq.record.places import ATTACHMENTS

LARGEST_ATTACHMENT = 256 * 2**20
_PART = 2**20


def add(directory: Path, data: bytes) -> str:
    """Keep a file by its SHA-256, which is returned; a file that is there is not written again."""
    if len(data) > LARGEST_ATTACHMENT:
        raise InputError(f"expected an attachment of at most {LARGEST_ATTACHMENT} bytes, found {len(data)}")
    name = hashlib.sha256(data).hexdigest()
    path = directory / ATTACHMENTS / name
    if not path.exists():
        write_durably(path, data)
    return name


def take(directory: Path, staged: Path) -> str:
    """Move a file among the attachments, by its SHA-256, which is returned; it is never held in memory as a whole."""
    with guarded(directory):
        descriptor = os.open(staged, os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(descriptor, "rb") as file:
            if (size := os.fstat(descriptor).st_size) > LARGEST_ATTACHMENT:
                raise InputError(f"expected an attachment of at most {LARGEST_ATTACHMENT} bytes, found {size}")
            name = hashlib.file_digest(file, "sha256").hexdigest()
            os.fchmod(descriptor, 0o600)
            os.fsync(descriptor)
        path = directory / ATTACHMENTS / name
        if path.exists():
            staged.unlink()
            return name
        _moved(staged, path)
        sync_directory(path.parent)
    return name


def bring(directory: Path, source: Path) -> str:
    """Copy a file of any size among the attachments, by its SHA-256, which is returned; the file itself is left as it is.

    It is read once, in parts: what is kept is what was hashed, whatever happens to the file meanwhile.
    """
    unfinished = directory / ATTACHMENTS / f"{secrets.token_hex(16)}.{os.getpid()}.unfinished"
    digest, size = hashlib.sha256(), 0
    try:
        with source.open("rb") as file, guarded(directory):
            descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as copy:
                while part := file.read(_PART):
                    size += len(part)
                    if size > LARGEST_ATTACHMENT:
                        raise InputError(
                            f"expected an attachment of at most {LARGEST_ATTACHMENT} bytes, found more", file=source
                        )
                    digest.update(part)
                    copy.write(part)
                copy.flush()
                os.fsync(copy.fileno())
            unfinished.replace(directory / ATTACHMENTS / digest.hexdigest())
            sync_directory(directory / ATTACHMENTS)
    except OSError as error:
        raise InputError(f"the file cannot be read: {error.strerror}", file=source) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return digest.hexdigest()


def keep(directory: Path, file: bytes | Path) -> str:
    """Keep a file given as it is or by its path; return its SHA-256."""
    return bring(directory, file) if isinstance(file, Path) else add(directory, file)


def name_of(file: bytes | Path) -> str:
    """Return the SHA-256 of a file given as it is or by its path, then read in parts; InputError if it cannot be read."""
    if isinstance(file, bytes):
        return hashlib.sha256(file).hexdigest()
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"the file cannot be read: {error.strerror}", file=file) from error


def _moved(staged: Path, path: Path) -> None:
    try:
        staged.rename(path)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        # Staged on another disk: copied beside its place first, so that it is there whole or not at all.
        unfinished = path.with_name(f"{path.name}.{os.getpid()}.unfinished")
        shutil.copyfile(staged, unfinished)
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())
        unfinished.replace(path)
        staged.unlink()


def read(directory: Path, name: str) -> bytes:
    """Return the attachment with this SHA-256; RecordError if its bytes changed."""
    path = directory / ATTACHMENTS / name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise MissingError(f"{path}: no such attachment in this record") from error
    if hashlib.sha256(data).hexdigest() != name:
        raise RecordError(f"{path}: the attachment was altered; restore it from a copy")
    return data


def listed(directory: Path) -> frozenset[str]:
    """Return the SHA-256 of every attachment in the folder."""
    with guarded(directory):
        return frozenset(
            path.name for path in (directory / ATTACHMENTS).iterdir() if re.fullmatch("[0-9a-f]{64}", path.name)
        )


def forget(directory: Path, name: str) -> None:
    """Remove an attachment that nothing names any more."""
    with guarded(directory):
        (directory / ATTACHMENTS / name).unlink(missing_ok=True)
        sync_directory(directory / ATTACHMENTS)
