"""What commands that append have in common: the receipt they can keep, and what the author is told before."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy.exc import SQLAlchemyError

from tasdiq.errors import RoleError, SettingsError, TasdiqError
from tasdiq.mechanism import Mechanism
from tasdiq.record.durable import write_durably
from tasdiq.record.entry import Submission, parse_leaf
from tasdiq.record.signing import SigningKey
from tasdiq.record.submission import to_bytes
from tasdiq.secretariat.current import Current
from tasdiq.secretariat.founding import Home
from tasdiq.secretariat.outbox import Outbox
from tasdiq.settings import read_settings
from tasdiq.web.search.following import bring_in

_RECEIPT, _OUT = "tasdiq.receipt", "tasdiq.out"


def _remember(context: click.Context, _: click.Parameter, path: Path | None) -> None:
    require_free(path)
    context.meta[_RECEIPT] = path


receipt_option = click.option(
    "--receipt",
    type=click.Path(path_type=Path),
    metavar="FILE",
    expose_value=False,
    callback=_remember,
    help="Keep the log's signed receipt for these entries in this file.",
)


def _send(context: click.Context, _: click.Parameter, path: Path | None) -> None:
    require_free(path)
    context.meta[_OUT] = path


out_option = click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    expose_value=False,
    callback=_send,
    help="Write a submission here instead of entering it: RECORD may then be a mirror.",
)


def require_free(path: Path | None) -> None:
    """Raise `SettingsError` if a receipt or submission would be written over something."""
    if path is not None and path.exists():
        raise SettingsError(f"{path}: there is a file here already; choose another place")


@contextmanager
def entering(
    record: Path, key: SigningKey | None = None, *, tell: bool = True, sparing: bool = False
) -> Iterator[Mechanism]:
    """Yield the record open for entries signed with `key`; `tell` the author what redaction cannot do, keep the receipt.

    In a desk record nobody is told: its author hands nothing in. With -o, `record` may be any copy, and what would be entered
    is written out instead. A `sparing` mechanism holds neither rows nor texts in memory.
    """
    if out := click.get_current_context().meta.get(_OUT):
        with _apart(record, key, out) as mechanism:
            yield mechanism
        return
    current = Current(Home(record), only=(), texts=False) if sparing else None
    with Mechanism.open(Home(record), read_settings(os.environ), key=key, current=current) as mechanism:
        if tell and mechanism.charter.form == "joint":
            click.echo("what is entered goes to mirrors and readers: redaction cannot recall copies", err=True)
        yield mechanism
        _keep_receipt(mechanism, click.get_current_context().meta.get(_RECEIPT))
    _index(Home(record))


def _index(home: Home) -> None:
    """Have what was entered found at once by those who search at a server; it stands whether or not."""
    try:
        bring_in(home)
    except (TasdiqError, SQLAlchemyError) as error:
        click.echo(
            f"entered, but not in the search index yet ({type(error).__name__}): tasdiq rebuild makes it", err=True
        )


@contextmanager
def _apart(record: Path, key: SigningKey | None, out: Path) -> Iterator[Mechanism]:
    if key is None:
        raise RoleError("a submission is signed by a member: give its key with --key")
    outbox = Outbox(record)
    with Mechanism.apart(Home(record), outbox, key=key) as mechanism:
        yield mechanism
    _write(outbox.submissions, out)


def _write(submissions: Sequence[Submission], out: Path) -> None:
    for number, submission in enumerate(submissions):
        path = out.with_name(f"{out.name}.{number}") if number else out
        require_free(path)
        write_durably(path, to_bytes(submission))
        click.echo(f"{path}: not entered yet; the host enters it with: tasdiq submit RECORD {path.name}")


def _keep_receipt(mechanism: Mechanism, path: Path | None) -> None:
    note = mechanism.receipt() if path else None
    if path and note:
        write_durably(path, note)
        click.echo(f"{path}: the log's receipt; by its deadline a checkpoint covers what was entered", err=True)


def enter_or_write(place: Path, submissions: Sequence[Submission], out: Path | None) -> None:
    """Enter signed entries in the record at `place`, or write them to `out` (and `out.1` …) for its host to enter."""
    if out is None:
        enter(place, submissions, tell=False)
    else:
        _write(submissions, out)


def enter(place: Path, submissions: Sequence[Submission], *, tell: bool = True) -> None:
    """Enter signed entries in the record at `place`, which is its host, and say where each of them stands."""
    with entering(place, tell=tell) as mechanism:
        for submission in submissions:
            entered = mechanism.submit(submission)
            click.echo(f"{parse_leaf(submission.leaf).header['kind']}: entry {entered.index}, {entered.id}")
