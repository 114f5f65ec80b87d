"""`tasdiq export`: a parcel, one file with which copies of a record catch up without a network."""

from __future__ import annotations

import os
from pathlib import Path

import click

from tasdiq.secretariat.copies import export
from tasdiq.secretariat.founding import Home
from tasdiq.settings import read_settings


@click.command()
@click.argument("record", type=click.Path(path_type=Path))
@click.option(
    "-o", "--out", required=True, type=click.Path(path_type=Path), help="The file to write (never overwritten)."
)
@click.option("--since", type=int, default=0, show_default=True, help="Leave out what a copy of that many entries has.")
@click.option("--public", is_flag=True, help="Only what everyone may read; whoever makes a mirror of it sees no more.")
def command(record: Path, out: Path, since: int, public: bool) -> None:
    """Write the entries of RECORD, or of a mirror, to one file (a parcel), with everything needed to check them.

    It goes along on a stick or by mail. A whole parcel makes a mirror, and is a backup of the record; parcels may overlap, and
    taking one again changes nothing. A parcel for members holds what members alone may read: hand it to nobody else.

    \b
    Examples:
        tasdiq export record -o parcel.tar
        tasdiq export record --since 812 -o since-812.tar
        tasdiq export record --public -o for-everyone.tar

    While another process is writing to RECORD, the parcel ends at the newest checkpoint.
    """

    def say(text: str) -> None:
        click.echo(text, err=True)

    signed = export(Home(record), out, read_settings(os.environ), since=since, public=public, say=say)
    click.echo(f"{out}: entries {since} to {signed.size}, under the log's checkpoint")
    if not public:
        say("it holds what members alone may read: hand it to members only")
