"""`tasdiq receive`: documents and event tables into an existing record."""

from __future__ import annotations

import os
from pathlib import Path

import click

from tasdiq.cli.key import load_key
from tasdiq.cli.progress import progress
from tasdiq.errors import InputError
from tasdiq.founding import Home
from tasdiq.intake.folder import File
from tasdiq.journey import enter_files
from tasdiq.mechanism import Mechanism
from tasdiq.settings import read_settings


@click.command()
@click.argument("record", type=click.Path(path_type=Path))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--mapping", help="How to read tables: acled, ged, own, or a mapping file (default: by their header).")
@click.option("--key", "key_path", type=click.Path(path_type=Path), help="The member's key (joint records).")
def command(record: Path, files: tuple[Path, ...], mapping: str | None, key_path: Path | None) -> None:
    """Take FILE… (press reports .txt, .html; event tables .csv) into RECORD and read what they say."""
    read = [_read(path) for path in files]
    key = load_key(key_path) if key_path else None
    with progress() as say, Mechanism.open(Home(record), read_settings(os.environ), key=key) as mechanism:
        before = mechanism.log.size
        enter_files(mechanism, read, mapping, say)
        click.echo(f"{record}: {mechanism.log.size - before} entries appended, {mechanism.log.size} in all")
        for rejected in mechanism.state().rejected:
            click.echo(f"rejected: {rejected.file}:{rejected.line} {rejected.field}: {rejected.reason}", err=True)


def _read(path: Path) -> File:
    try:
        return File(path.name, path.read_bytes())
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", file=path) from error
