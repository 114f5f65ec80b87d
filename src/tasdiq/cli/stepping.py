"""What the steps of a case share on the command line: who signs, when, and what is printed."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import click

from tasdiq.cli.appending import entering, out_option, receipt_option
from tasdiq.cli.key_files import load_key
from tasdiq.mechanism import Mechanism, timestamp, utc_now
from tasdiq.model.value import Value


def step(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the argument RECORD and the options --key, --receipt and --out."""
    key = click.option(
        "--key", "key_path", required=True, type=click.Path(path_type=Path), help="The member's key file."
    )
    return key(out_option(receipt_option(click.argument("record", type=click.Path(path_type=Path))(function))))


def new_id(word: str) -> str:
    """Make an id for something that enters a case."""
    return f"{word}-{secrets.token_hex(4)}"


def now() -> str:
    """Return the time now, as steps write it."""
    return timestamp(utc_now())


def opened(record: Path, key_path: Path) -> AbstractContextManager[Mechanism]:
    """Open a record for the member whose key this is."""
    return entering(record, load_key(key_path))


def take(record: Path, key_path: Path, body: Value, ident: str) -> None:
    """Take one step as the member whose key this is; print the id and where it stands."""
    with opened(record, key_path) as mechanism:
        receipt = mechanism.step(type(body).__name__, body)
        click.echo(f"{ident}: entry {receipt.index}, {receipt.id}")
