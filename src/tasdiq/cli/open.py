"""`tasdiq open`: what a recipient reads in an entry that was encrypted to it."""

from __future__ import annotations

import json
from pathlib import Path

import click

from tasdiq.cli.disclose import entry_id
from tasdiq.cli.key_files import load_encryption_key
from tasdiq.errors import shown
from tasdiq.record.reader import Reader
from tasdiq.record.secrecy.opening import open_named


@click.command()
@click.argument("record", type=click.Path(path_type=Path))
@click.argument("entry")
@click.option(
    "--key", "key_path", required=True, type=click.Path(path_type=Path), help="The encryption key it was sent to."
)
def command(record: Path, entry: str, key_path: Path) -> None:
    """Open ENTRY (its number or id) of RECORD, or of a mirror, with the encryption key it was addressed to.

    It is checked that what opens is what the author committed to when the entry was signed. Prints one JSON object: id,
    index, member, kind, claimed_time, refs, body.

    \b
    Example:
        tasdiq open mirror 57 --key kestria.box
    """
    with Reader.open(record) as reader:
        opened = open_named(reader, reader.entry(entry_id(reader, entry)), load_encryption_key(key_path))
    click.echo(
        json.dumps(
            {
                "id": opened.id,
                "index": opened.index,
                "member": opened.member,
                "kind": opened.kind,
                "claimed_time": opened.claimed_time,
                "refs": list(opened.refs),
                "body": json.loads(opened.body or b"null"),
            },
            indent=2,
        )
    )
    if opened.disputed:
        click.echo(shown("a key that signed this entry was revoked from here on: it is disputed"), err=True)
