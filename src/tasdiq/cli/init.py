"""`tasdiq init`: create a record under a charter. This command alone (and assess, for desk records) creates one."""

from __future__ import annotations

import os
from pathlib import Path

import click

from tasdiq.cli.key_files import Opened, open_key
from tasdiq.errors import InputError
from tasdiq.intake.charter import read_charter
from tasdiq.mechanism import Mechanism, timestamp, utc_now
from tasdiq.secretariat.copies import make_mirror
from tasdiq.secretariat.founding import Home, found_desk, found_joint
from tasdiq.settings import read_settings


@click.command()
@click.argument("record", type=click.Path(path_type=Path))
@click.option("--charter", type=click.Path(path_type=Path), help="The charter.toml to live under.")
@click.option("--key", "keys", multiple=True, metavar="MEMBER=FILE", help="A founding member's key; once for each.")
@click.option(
    "--from", "parcel", type=click.Path(path_type=Path), help="Make a mirror instead, from a parcel (tasdiq export)."
)
@click.option(
    "--trust", type=click.Path(path_type=Path), metavar="KEYS", help="Refuse a mirror whose keys are others than these."
)
@click.option(
    "--database", metavar="URL", help="Keep it in PostgreSQL: postgresql://user@host/name. Default: a file in RECORD."
)
def command(
    record: Path,
    charter: Path | None,
    keys: tuple[str, ...],
    parcel: Path | None,
    trust: Path | None,
    database: str | None,
) -> None:
    """Create RECORD (a new directory) under a charter, or a mirror of a record from a parcel.

    \b
    A joint record is signed into being by every party and mediator:
        tasdiq key new kestria.key
        tasdiq init record --charter charter.toml --key kes=kestria.key --key vor=vorland.key --key ord=ordania.key

    A desk record needs no keys: its author's is made in RECORD/keys. RECORD/keys.txt has the fingerprints for readers.

    \b
    Example of a desk record:
        tasdiq init desk --charter charter.toml

    A mirror is a member's whole copy of a record that somebody else hosts. It is audited, bundled and exported like the record
    and signs nothing; it catches up with tasdiq import.

    \b
    Example of a mirror:
        tasdiq init mirror --from parcel.tar --trust keys.txt

    With --database the entries lie in a schema of their own in a PostgreSQL database; RECORD/database.url says in which, and
    every command opens the record by its directory all the same. Other users of the machine can read a password in URL while
    the command runs: leave it out, and let PGPASSWORD or ~/.pgpass say it.
    """
    if (charter is None) == (parcel is None):
        raise InputError("expected either --charter FILE for a new record, or --from FILE for a mirror")
    if parcel:
        _mirror(Home(record), parcel, trust, database)
    elif charter:
        _record(record, charter, keys, database)


def _mirror(home: Home, parcel: Path, trust: Path | None, database: str | None) -> None:
    keys = make_mirror(home, parcel, trust, database)
    click.echo(
        f"{home.path}: a mirror of a {keys.form} record; what is new comes in with: tasdiq import {home.path} FILE"
    )
    if trust is None:
        click.echo(
            f"its keys are as the parcel says: compare {home.trust_file} with what their holders tell you", err=True
        )


def _record(record: Path, charter: Path, keys: tuple[str, ...], database: str | None) -> None:
    read = read_charter(charter)
    opened = _members(keys)
    members = {member: item.key for member, item in opened.items()}
    named = {member.id for member in read.members if member.next}
    following = {name: item.successor() for name, item in opened.items() if name not in named}
    successors = {name: key.key_id for name, key in following.items() if key}
    if read.form == "desk" and members:
        raise InputError('a desk record has no members\' keys; leave out --key, or set form = "joint"', file=charter)
    home, at = Home(record), timestamp(utc_now())
    with home.building() as place:
        joint = read.form == "joint"
        founding = found_joint(place, read, at, members, successors) if joint else found_desk(place, read, at)
        Mechanism.found(place, founding, read_settings(os.environ), database)
    click.echo(f"{record}: a {read.form} record, origin {founding.origin}")
    click.echo(f"fingerprints to hand to readers: {home.trust_file}")


def _members(keys: tuple[str, ...]) -> dict[str, Opened]:
    members: dict[str, Opened] = {}
    for member, key in map(_member_key, keys):
        if member in members:
            raise InputError(f"two keys were given for {member}; give one", field="--key")
        members[member] = key
    return members


def _member_key(text: str) -> tuple[str, Opened]:
    member, separator, path = text.partition("=")
    if not separator:
        raise InputError(f"expected MEMBER=FILE, such as kes=kestria.key, found {text!r}", field="--key")
    return member, open_key(Path(path))
