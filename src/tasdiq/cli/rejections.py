"""Say on stderr what could not be read: file, line, field and reason, one a line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from tasdiq.errors import InputError, shown
from tasdiq.intake.folder import File
from tasdiq.model.document import Rejected

MOST_LINES = 50


def tell_rejected(rejected: Sequence[Rejected], more: str = "") -> None:
    """Print what was rejected, at most `MOST_LINES` of it; `more` says where the rest is listed."""
    for item in rejected[:MOST_LINES]:
        where = f"{shown(item.file)}:{item.line}" if item.line else shown(item.file)
        field = f" [{shown(item.field)}]" if item.field else ""
        click.echo(f"rejected: {where}{field}: {shown(item.reason)}", err=True)
    if len(rejected) > MOST_LINES:
        click.echo(f"rejected: {len(rejected) - MOST_LINES} more{': ' + more if more else ''}", err=True)


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file given on the command line; raise `InputError` if it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError("there is no such file", file=path) from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", file=path) from error


def read_file(path: Path) -> File:
    """Return a file given on the command line; raise `InputError` if it cannot be read. A document is not held in memory."""
    try:
        return File.at(path, path.name)
    except FileNotFoundError as error:
        raise InputError("there is no such file", file=path) from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", file=path) from error
