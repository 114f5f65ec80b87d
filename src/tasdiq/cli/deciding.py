"""What commands that decide about points have in common: who signs, and what is printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from tasdiq.cli.appending import entering, out_option, receipt_option
from tasdiq.cli.key_files import load_key
from tasdiq.errors import RoleError
from tasdiq.mechanism import Mechanism
from tasdiq.model.framing import PropositionReworded, PropositionsMerged, PropositionSplit
from tasdiq.model.state import State
from tasdiq.model.value import Value


def decision(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the argument RECORD and the options --key, --receipt and --out; a desk record's key lies in it."""
    key = click.option(
        "--key",
        "key_path",
        type=click.Path(path_type=Path),
        help="The member's key file. A desk record needs none: its compiler's lies in it.",
    )
    return key(out_option(receipt_option(click.argument("record", type=click.Path(path_type=Path))(function))))


def decide(record: Path, key_path: Path | None, made: Callable[[State], Value], ident: str = "") -> None:
    """Take one decision on the record as it stands; print what it is about and where it stands."""
    with entering(record, load_key(key_path) if key_path else None) as mechanism:
        if mechanism.key is None:
            raise RoleError("in a joint record a decision is signed by a member: give its key with --key")
        body = made(mechanism.state())
        receipt = mechanism.step(type(body).__name__, body)
        click.echo(
            f"{ident or getattr(body, 'part', '') or getattr(body, 'proposition', '')}: entry {receipt.index}, {receipt.id}"
        )
        _waits(mechanism, body)


def _waits(mechanism: Mechanism, body: Value) -> None:
    charter = mechanism.charter
    needs_all = charter.form == "joint" and not charter.mediators
    if needs_all and isinstance(body, PropositionsMerged | PropositionSplit | PropositionReworded):
        click.echo("it stands when every party has entered the same: tasdiq proposition agree RECORD ENTRY", err=True)
