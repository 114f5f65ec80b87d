"""`tasdiq import`: a mirror, or a host that was set back, takes what parcels bring."""

from __future__ import annotations

from pathlib import Path

import click

from tasdiq.secretariat.copies import catch_up
from tasdiq.secretariat.founding import Home


@click.command("import")
@click.argument("record", type=click.Path(path_type=Path))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
def command(record: Path, files: tuple[Path, ...]) -> None:
    """Take the parcels FILE… into RECORD: a mirror, or a host that was restored from a backup.

    Every hash, signature and content is checked before anything is written. A gap is refused with what is missing. If the log
    has signed two histories, nothing is taken, both checkpoints are kept as proof, and this exits 1.

    \b
    Examples:
        tasdiq import mirror since-812.tar
        tasdiq import record from-a-member.tar
    """
    for taken in catch_up(Home(record), files):
        click.echo(f"{record}: {taken.added} entries new, checked against the log's checkpoint over {taken.size}")
