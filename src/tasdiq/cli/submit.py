"""`tasdiq submit`: the host enters what members signed on their own machines."""

from __future__ import annotations

from pathlib import Path

import click

from tasdiq.cli.appending import enter, receipt_option
from tasdiq.cli.submissions import read_submission


@click.command()
@click.argument("record", type=click.Path(path_type=Path))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@receipt_option
def command(record: Path, files: tuple[Path, ...]) -> None:
    """Enter FILE… in RECORD: submissions that members signed elsewhere, in this order.

    Each is checked like any other entry, and by the procedure where it is a step of a case. The first that may not enter ends
    the command; those before it stand. Hand the receipt to the author: it is the host's signed promise.

    \b
    Examples:
        tasdiq submit record certify.json
        tasdiq submit record revoke.json --receipt revoke.receipt

    \b
    Submissions are made with -o FILE by tasdiq key, redact, send, case and sign; tasdiq countersign adds a signature.
    """
    enter(record, [read_submission(path) for path in files])
