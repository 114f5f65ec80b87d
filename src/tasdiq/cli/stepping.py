"""What the steps of a case share on the command line: who signs, when, and what is printed."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from tasdiq.cli.key import load_key
from tasdiq.founding import Home
from tasdiq.mechanism import Mechanism, timestamp, utc_now
from tasdiq.model.value import Value
from tasdiq.settings import read_settings


def step(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the argument RECORD and the option --key."""
    key = click.option(
        "--key", "key_path", required=True, type=click.Path(path_type=Path), help="The member's key file."
    )
    return key(click.argument("record", type=click.Path(path_type=Path))(function))


def new_id(word: str) -> str:
    """Make an id for something that enters a case."""
    return f"{word}-{secrets.token_hex(4)}"


def now() -> str:
    """Return the time now, as steps write it."""
    return timestamp(utc_now())


def opened(record: Path, key_path: Path) -> Mechanism:
    """Open a record for the member whose key this is."""
    return Mechanism.open(Home(record), read_settings(os.environ), key=load_key(key_path))


def take(record: Path, key_path: Path, body: Value, ident: str) -> None:
    """Take one step as the member whose key this is; print the id and where it stands."""
    with opened(record, key_path) as mechanism:
        receipt = mechanism.step(type(body).__name__, body)
        click.echo(f"{ident}: entry {receipt.index}, {receipt.id}")
