"""A folder as it was handed over: its charter, documents and tables, read and never written to.

Decides which file is what by its name alone: `charter.toml` is the charter, `.csv`, `.geojson`, `.json` and `.xlsx` are tables
unless they begin as an export of posts, everything else is a document for `intake.article` to accept or reject. Rules:

1. Hidden files and folders are left out.
2. Nothing else is lost: what is too large, cannot be read, or is no plain file is a `Rejected` with its reason.
3. Links to files are read; links to folders are not followed, so that no loop and no other place is walked.
4. A name that is no UTF-8 stands with its bytes escaped.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tasdiq.errors import InputError, MissingError
from tasdiq.intake.article import ARCHIVES, is_export, largest_of
from tasdiq.intake.table import LARGEST as LARGEST_TABLE
from tasdiq.model.document import Rejected

TABLES = (".csv", ".geojson", ".json", ".xlsx", ".xlsm")


@dataclass(frozen=True)
class File:
    """One file of a folder: `name` is its path inside, with forward slashes; its bytes are here, or still at `path`."""

    name: str
    data: bytes = b""
    path: Path | None = None
    sha256: str = ""

    @classmethod
    def at(cls, path: Path, name: str) -> File:
        """Return the file at a path; a document is only hashed, and read when it is needed. Raise `OSError` if it cannot be."""
        if is_table(name):
            return cls(name, path.read_bytes())
        with path.open("rb") as file:
            return cls(name, path=path, sha256=hashlib.file_digest(file, "sha256").hexdigest())

    def read(self) -> bytes:
        """Return the bytes; raise `InputError` if they cannot be read, or are no longer what was hashed."""
        if self.path is None:
            return self.data
        try:
            data = self.path.read_bytes()
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror}", file=self.path) from error
        if hashlib.sha256(data).hexdigest() != self.sha256:
            raise InputError("changed while it was read: run again", file=self.path)
        return data

    @property
    def in_place(self) -> Path | None:
        """Return where an archive lies, which is read piece by piece and never as a whole; None for any other file."""
        return self.path if self.name.lower().endswith(ARCHIVES) else None

    def original(self) -> bytes | Path:
        """Return the bytes, or where an archive lies; raise as `read`."""
        return self.in_place or self.read()

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the bytes."""
        return self.sha256 or hashlib.sha256(self.data).hexdigest()

    @property
    def is_table(self) -> bool:
        """Tell whether the file is an event table, and no export of posts that only has a table's name."""
        return is_table(self.name) and not is_export(self.name, self.data)


@dataclass(frozen=True)
class Folder:
    """What a folder holds."""

    charter: Path | None
    files: tuple[File, ...]
    rejected: tuple[Rejected, ...]


def is_table(name: str) -> bool:
    """Tell whether a file of this name is an event table."""
    return name.lower().endswith(TABLES)


def read_folder(path: Path) -> Folder:
    """Read every file under `path`; raise `MissingError` if it is no folder and `InputError` if it holds nothing."""
    if not path.is_dir():
        raise MissingError(
            f"{path}: no such folder; give a folder of documents (.txt, .html, .pdf, .eml, …) and event tables (.csv)"
        )
    charter = path / "charter.toml"
    files: list[File] = []
    rejected: list[Rejected] = []
    for outcome in _walk(path, ""):
        (rejected if isinstance(outcome, Rejected) else files).append(outcome)  # type: ignore[arg-type]
    if not files and not rejected:
        raise InputError(
            "the folder holds no documents or tables; put documents (.txt, .html, .pdf, .eml, …) or .csv there",
            file=path,
        )
    return Folder(charter if charter.is_file() else None, tuple(files), tuple(rejected))


def _walk(folder: Path, inside: str) -> Iterator[File | Rejected]:
    """Yield what stands under `folder`, by name; `inside` is its path in the whole, ending in a slash if not empty."""
    try:
        found = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Rejected(file=inside.rstrip("/") or ".", reason=f"this folder cannot be read: {error.strerror}")
        return
    for entry in found:
        name = inside + _utf8(entry.name)
        if entry.name.startswith(".") or name == "charter.toml":
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), name + "/")
        else:
            yield _read(Path(entry.path), name)


def _utf8(name: str) -> str:
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _read(found: Path, name: str) -> File | Rejected:
    try:
        if not found.is_file():
            return Rejected(file=name, reason=_why_no_file(found))
        largest = LARGEST_TABLE if is_table(name) else largest_of(name)
        size = found.stat().st_size
        if size > largest:
            return Rejected(
                file=name, reason=f"{size:,} bytes; expected at most {largest:,}: split the file, or leave it out"
            )
        return File.at(found, name)
    except OSError as error:
        return Rejected(file=name, reason=f"cannot be read: {error.strerror}")


def _why_no_file(found: Path) -> str:
    if found.is_dir():
        return "a link to a folder; links to folders are not followed: put the files themselves here"
    if found.is_symlink():
        return "a link that leads nowhere, or back to itself; put the file itself here"
    return "no plain file (a device, pipe or socket); put a file here"
