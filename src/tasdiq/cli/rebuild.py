"""`tasdiq rebuild`: make what a server keeps beside its record anew from the record."""

from __future__ import annotations

from pathlib import Path

import click

from tasdiq.cli.progress import progress
from tasdiq.record.reader import Reader
from tasdiq.secretariat.founding import Home
from tasdiq.web.office.database import Office
from tasdiq.web.search.index import Index


@click.command()
@click.argument("record", type=click.Path(path_type=Path))
def command(record: Path) -> None:
    """Make the search index of RECORD anew, from its entries alone.

    The index is no evidence: nothing is lost while it is missing, and searching finds what is in it already. Accounts,
    sessions and drafts are not touched. The server may run meanwhile.

    \b
    Example:
        tasdiq rebuild record
    """
    home = Home(record)
    home.require()
    office = Office.open(home)
    try:
        with Reader.open(record) as reader, progress() as say:
            size = Index(office).rebuild(
                reader, lambda done: say(f"{done:,} of {reader.size:,} entries are in the index")
            )
    finally:
        office.close()
    click.echo(f"{record}: {size} entries are in the index")
