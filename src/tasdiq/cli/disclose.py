"""`tasdiq disclose`: write a bundle that proves a sealed field of an entry to whoever is given the file."""

from __future__ import annotations

import os
from pathlib import Path

import click

from tasdiq.errors import MissingError
from tasdiq.record.bundle import make_bundle
from tasdiq.record.durable import write_durably
from tasdiq.record.reader import Reader
from tasdiq.secretariat.copies import sign_checkpoint
from tasdiq.secretariat.founding import Home
from tasdiq.settings import read_settings


@click.command()
@click.argument("record", type=click.Path(path_type=Path))
@click.argument("entry")
@click.argument("pointers", nargs=-1, required=True, metavar="POINTER…")
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="The file to write (mode 0600).")
def command(record: Path, entry: str, pointers: tuple[str, ...], out: Path) -> None:
    """Prove to one reader what stands sealed in ENTRY of RECORD, and that it stood there from the start.

    ENTRY is an entry's id or index; a POINTER names a field, such as /witnesses for all witnesses of a finding or
    /witnesses/0 for the first alone. The file can be checked with tasdiq audit by anyone who has it, and handed on: what is
    disclosed once cannot be taken back. The other sealed fields stay sealed; the rest of ENTRY is shown, also where the
    entry itself is not public.

    \b
    Examples:
        tasdiq disclose record 57 /witnesses/0 -o witness.tasdiq.json
        tasdiq disclose record 3f9c…e1 /witnesses -o witnesses.tasdiq.json
    """
    if out.exists():
        raise click.UsageError(f"{out}: there is a file here already; choose another path")
    home = Home(record)
    home.require()
    sign_checkpoint(home, read_settings(os.environ), lambda text: click.echo(text, err=True))
    with Reader.open(record) as reader:
        named = entry_id(reader, entry)
        bundle = make_bundle(reader, [named], disclosed={named: pointers})
    write_durably(out, bundle)
    click.echo(f"{out}: whoever has this file can prove {', '.join(pointers)} of entry {entry}; hand it on with care")


def entry_id(reader: Reader, entry: str) -> str:
    """Return the id of an entry named by its id or index; MissingError if the record has none."""
    if not (entry.isascii() and entry.isdigit() and len(entry) < 19):
        return reader.entry(entry).id
    if int(entry) >= len(reader):
        raise MissingError(f"no entry {entry} in this record of {len(reader)} entries")
    return reader[int(entry)].id
