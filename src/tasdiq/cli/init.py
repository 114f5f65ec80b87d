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
        tasdiq init RECORD --charter charter.toml --key kes=kestria.key --key vor=vorland.key --key med=mediator.key

    A desk record needs no keys: its author's is made in RECORD/keys.
    """
    read = read_charter(charter)
    members = dict(_member_key(item) for item in keys)
    home = Home(record)
    home.make()
    at = timestamp(utc_now())
    founding = found_joint(home, read, at, members) if read.form == "joint" else found_desk(home, read, at)
    with Mechanism.found(
        home, founding, read_settings(os.environ), key=next(iter(members.values()), None)
    ) as mechanism:
        click.echo(f"{record}: a {read.form} record, origin {mechanism.log.origin}")
        click.echo(f"fingerprints to hand to readers: {home.write_trust(mechanism.log.chain.keys)}")


def _member_key(text: str) -> tuple[str, SigningKey]:
    member, separator, path = text.partition("=")
    if not separator:
        raise InputError(f"expected MEMBER=FILE, such as kes=kestria.key, found {text!r}", field="--key")
    return member, load_key(Path(path))
