"""A folder as it was handed over: its charter, documents and tables, read and never written to.

Decides which file is what by its name alone: `charter.toml` is the charter, `.csv` a table, everything else a document for
`intake.article` to accept or reject. Hidden files are left out. Nothing is lost: a file too large or unreadable is a
`Rejected` with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tasdiq.errors import InputError, MissingError
from tasdiq.model.document import Rejected

LARGEST_FILE = 32 * 2**20
"""Bytes; a press article is a thousandth of this."""


@dataclass(frozen=True)
class File:
    """One file of a folder: `name` is its path inside, with forward slashes."""

    name: str
    data: bytes

    @property
    def is_table(self) -> bool:
        """Tell whether the file is an event table."""
        return self.name.lower().endswith(".csv")


@dataclass(frozen=True)
class Folder:
    """What a folder holds."""

    charter: Path | None
    files: tuple[File, ...]
    rejected: tuple[Rejected, ...]


def read_folder(path: Path) -> Folder:
    """Read every file under `path`; raise `MissingError` if it is no folder and `InputError` if it holds nothing."""
    if not path.is_dir():
        raise MissingError(
            f"{path}: no such folder; give a folder of press reports (.txt, .html) and event tables (.csv)"
        )
    charter = path / "charter.toml"
    files, rejected = [], []
    for found in _candidates(path):
        name = found.relative_to(path).as_posix()
        outcome = _read(found, name)
        if isinstance(outcome, Rejected):
            rejected.append(outcome)
        else:
            files.append(outcome)
    if not files and not rejected:
        raise InputError(
            "the folder holds no documents or tables; put press reports (.txt, .html) or .csv there", file=path
        )
    return Folder(charter if charter.is_file() else None, tuple(files), tuple(rejected))


def _candidates(path: Path) -> Iterator[Path]:
    for found in sorted(path.rglob("*")):
        inside = found.relative_to(path)
        if found.is_file() and not any(part.startswith(".") for part in inside.parts) and str(inside) != "charter.toml":
            yield found


def _read(found: Path, name: str) -> File | Rejected:
    try:
        size = found.stat().st_size
        if size > LARGEST_FILE:
            return Rejected(
                file=name, reason=f"{size} bytes; expected at most {LARGEST_FILE}: split it or leave it out"
            )
        return File(name, found.read_bytes())
    except OSError as error:
        return Rejected(file=name, reason=f"cannot be read: {error.strerror}")
