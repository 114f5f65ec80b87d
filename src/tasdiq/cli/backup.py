"""`tasdiq backup`: everything a host must not lose, in one file, and its keys in another."""

from __future__ import annotations

import os
from pathlib import Path

import click

from tasdiq.secretariat.founding import Home
from tasdiq.settings import read_settings
from tasdiq.web.backup.packing import back_up

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("record", type=_FILE)
@click.option("-o", "--out", required=True, type=_FILE, help="The file to write (never written over).")
@click.option("--keys", type=_FILE, metavar="FILE", help="Write the host's keys too, to this file of their own.")
def command(record: Path, out: Path, keys: Path | None) -> None:
    """Write a backup of the host's RECORD to one file: entries with what members alone may read, attachments, accounts.

    It can be made while the record is served, from SQLite or PostgreSQL, and restored into either. The keys of the log and of the
    publisher are not in it: --keys writes them to a second file, to be kept elsewhere. Members' keys are with members.

    \b
    Example:
        tasdiq backup record -o backup-2026-11-22.tar --keys host-keys.json
    """

    def say(text: str) -> None:
        click.echo(text, err=True)

    size = back_up(Home(record), read_settings(os.environ), out, keys, say)
    click.echo(f"{out}: {size} entries, their attachments and the office, under the log's checkpoint")
    say("it holds what members alone may read, and how officers sign in: keep it where nobody else reads it")
    if keys:
        click.echo(f"{keys}: the host's keys")
        say("whoever has this file can sign as this log: keep it apart from the backup and from the host, offline")
    else:
        say("the host's keys are not in it: write them once to a place apart with --keys FILE")
