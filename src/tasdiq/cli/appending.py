"""What commands that append have in common: the receipt they can keep, and what the author is told before."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from tasdiq.errors import SettingsError
from tasdiq.founding import Home
from tasdiq.mechanism import Mechanism
from tasdiq.record.durable import write_durably
from tasdiq.record.entry import Submission, parse_leaf
from tasdiq.record.submission import to_bytes
from tasdiq.settings import read_settings

receipt_option = click.option(
    "--receipt",
    "receipt",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Keep the log's signed receipt here: with it tasdiq audit --receipt shows whether the entries were left out.",
)


def tell_author() -> None:
    """Say on stderr, before anything is entered, what redaction can never do."""
    click.echo(
        "what is entered is copied to mirrors and readers: redaction empties it here and cannot recall copies", err=True
    )


def require_free(path: Path | None) -> None:
    """Raise `SettingsError` if a receipt or submission would be written over something."""
    if path is not None and path.exists():
        raise SettingsError(f"{path}: there is a file here already; choose another place")


def keep_receipt(mechanism: Mechanism, receipt: Path | None) -> None:
    """Write the receipt for what was appended in this call."""
    note = mechanism.receipt() if receipt is not None else None
    if receipt is not None and note is not None:
        receipt.write_bytes(note)
        click.echo(f"receipt: {receipt}; the deadline in it is the host's promise of a checkpoint", err=True)


def enter_or_write(place: Path, submissions: Sequence[Submission], out: Path | None, receipt: Path | None) -> None:
    """Enter signed entries in the record at `place`, or write them to `out` (and `out.1` …) for its host to enter."""
    if out is None:
        enter(place, submissions, receipt)
        return
    for number, submission in enumerate(submissions):
        path = out.with_name(f"{out.name}.{number}") if number else out
        require_free(path)
        write_durably(path, to_bytes(submission))
        click.echo(
            f"{path}: to be entered by the host, before another key event, with: tasdiq submit RECORD {path.name}"
        )


def enter(place: Path, submissions: Sequence[Submission], receipt: Path | None) -> None:
    """Enter signed entries in the record at `place`, which is its host, and say where each of them stands."""
    require_free(receipt)
    with Mechanism.open(Home(place), read_settings(os.environ)) as mechanism:
        for submission in submissions:
            entered = mechanism.submit(submission)
            click.echo(f"{parse_leaf(submission.leaf).header['kind']}: entry {entered.index}, {entered.id}")
        keep_receipt(mechanism, receipt)
