"""`tasdiq publish`: the public site of a record, or one proposition's card with its auditable file."""

from __future__ import annotations

import os
from pathlib import Path

import click

from tasdiq.cli.progress import progress
from tasdiq.mechanism import Mechanism, utc_now
from tasdiq.secretariat.current import read_state
from tasdiq.secretariat.founding import Home
from tasdiq.secretariat.publishing import publish_proposition
from tasdiq.settings import read_settings


@click.command()
@click.argument("record", type=click.Path(path_type=Path))
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="Where it goes.")
@click.option("--proposition", help="Only this proposition: one card and the bundle that tasdiq audit checks.")
def command(record: Path, out: Path, proposition: str | None) -> None:
    """Write the public site of RECORD to OUT (delayed and coarsened as the charter says), signed by the publisher.

    An earlier site at OUT is replaced when the new one is whole; if anything fails it stays as it was.

    \b
    Examples:
        tasdiq publish record -o site
        tasdiq publish record -o cards --proposition p-…      (then: tasdiq audit cards/p-….tasdiq.json)
    """
    home = Home(record)
    with progress() as say:
        say("publishing")
        if proposition:
            for path in publish_proposition(home, read_state(home), proposition, out, utc_now()):
                click.echo(str(path))
            return
        with Mechanism.open(home, read_settings(os.environ)) as mechanism:
            done = mechanism.publish(out)
    click.echo(f"{out / 'index.html'}: {done.files} files, checkpoint over {done.size} entries")
