"""`tasdiq init`: create a record under a charter. This command alone (and assess, for desk records) creates one."""

from __future__ import annotations

import os
from pathlib import Path

import click

from tasdiq.cli.key import load_key
from tasdiq.errors import InputError
from tasdiq.founding import Home, found_desk, found_joint
from tasdiq.intake.charter import read_charter
from tasdiq.mechanism import Mechanism, timestamp, utc_now
from tasdiq.record.keys import SigningKey
from tasdiq.settings import read_settings


@click.command()
@click.argument("record", type=click.Path(path_type=Path))
@click.option("--charter", required=True, type=click.Path(path_type=Path), help="The charter.toml to live under.")
@click.option("--key", "keys", multiple=True, metavar="MEMBER=FILE", help="A founding member's key; once for each.")
def command(record: Path, charter: Path, keys: tuple[str, ...]) -> None:
    """Create RECORD (a new directory) under a charter.

    \b
    A joint record is signed into being by every party and mediator:
        tasdiq key new kestria.key
        tasdiq init record --charter charter.toml --key kes=kestria.key --key vor=vorland.key --key ord=ordania.key

    A desk record needs no keys: its author's is made in RECORD/keys. RECORD/keys.txt has the fingerprints for readers.

    \b
    Example of a desk record:
        tasdiq init desk --charter charter.toml
    """
    read = read_charter(charter)
    members = _members(keys)
    if read.form == "desk" and members:
        raise InputError('a desk record has no members\' keys; leave out --key, or set form = "joint"', file=charter)
    home, at = Home(record), timestamp(utc_now())
    with home.building() as place:
        founding = found_joint(place, read, at, members) if read.form == "joint" else found_desk(place, read, at)
        Mechanism.found(place, founding, read_settings(os.environ))
    click.echo(f"{record}: a {read.form} record, origin {founding.origin}")
    click.echo(f"fingerprints to hand to readers: {home.trust_file}")


def _members(keys: tuple[str, ...]) -> dict[str, SigningKey]:
    members: dict[str, SigningKey] = {}
    for member, key in map(_member_key, keys):
        if member in members:
            raise InputError(f"two keys were given for {member}; give one", field="--key")
        members[member] = key
    return members


def _member_key(text: str) -> tuple[str, SigningKey]:
    member, separator, path = text.partition("=")
    if not separator:
        raise InputError(f"expected MEMBER=FILE, such as kes=kestria.key, found {text!r}", field="--key")
    return member, load_key(Path(path))
