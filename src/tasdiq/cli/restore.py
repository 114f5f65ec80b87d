"""`tasdiq restore`: a host's record put back from its backup."""

from __future__ import annotations

import os
from pathlib import Path

import click

from tasdiq.secretariat.founding import Home
from tasdiq.settings import read_settings
from tasdiq.web.backup.restoring import From, restore

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("file", type=_FILE)
@click.option("-o", "--out", "record", required=True, type=_FILE, metavar="RECORD", help="The directory to make.")
@click.option("--keys", type=_FILE, metavar="FILE", help="The host's keys, as tasdiq backup --keys wrote them.")
@click.option("--trust", type=_FILE, metavar="KEYS", help="Refuse a record whose keys are others than these.")
@click.option("--database", metavar="URL", help="Put it into PostgreSQL: postgresql://user@host/name. Default: a file.")
def command(file: Path, record: Path, keys: Path | None, trust: Path | None, database: str | None) -> None:
    """Put a host's record back from the backup FILE, audit it, and say whether it must catch up first.

    Nothing is put in place before an audit of all of it held. A backup is older than what it replaces: members have what was
    entered since, in their mirrors, and the record takes it with tasdiq import before it signs anything new.

    \b
    Example:
        tasdiq restore backup-2026-11-22.tar -o record --keys host-keys.json --trust keys.txt
    """
    restored = restore(From(file, keys, trust, database), Home(record), read_settings(os.environ))
    click.echo(f"{record}: {restored.size} entries; all of it was audited and holds")
    if keys is None:
        click.echo(
            f"it is a mirror until the host's keys lie in {record / 'keys'}: nothing can be entered in it", err=True
        )
    if restored.behind:
        click.echo(f"catch up first: {restored.behind}", err=True)
    elif not restored.knows_newest:
        click.echo(
            "this machine cannot know whether anything was signed after this backup: before anything is entered, take from every "
            f"member what it has: tasdiq import {record} PARCEL",
            err=True,
        )
