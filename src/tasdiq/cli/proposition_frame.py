"""`tasdiq proposition frame`: a new point that a person frames from statements, and how it is taken back."""

from __future__ import annotations

from pathlib import Path
from typing import cast, get_args

import click

from tasdiq.cli.appending import entering
from tasdiq.cli.deciding import decision
from tasdiq.cli.key_files import load_key
from tasdiq.corroboration.decided import BY_HAND
from tasdiq.errors import InputError, MissingError, RoleError
from tasdiq.framing import frame as rules_of_framing
from tasdiq.mechanism import Mechanism
from tasdiq.model.proposition import Stance

_STANCES = tuple(stance for stance in get_args(Stance) if stance != "asked, no reply")


@click.command("frame")
@decision
@click.option("--wording", required=True, help="What the statements are about, in neutral words: one line.")
@click.option("--topic", default="other statements", show_default=True, help="The topic it is listed under.")
@click.option(
    "--holds", multiple=True, required=True, metavar="STATEMENT=STANCE", help="A statement and its stance. Repeatable."
)
def frame(record: Path, key_path: Path | None, wording: str, topic: str, holds: tuple[str, ...]) -> None:
    """Frame a new point from statements that stand under none, or under others; prints its id.

    A stance is asserts, denies, acknowledges, conditions, "calls for", offers or refuses. What repeats one of the statements in
    later documents joins it. `undo` with the point's id takes it back.

    \b
    Example:
        tasdiq proposition frame out.record --wording "The bridge at Brenk was rebuilt" \\
            --holds d12.s3=asserts --holds d15.s1=denies
    """
    pairs = dict(_pair(text) for text in holds)
    with entering(record, load_key(key_path) if key_path else None) as mechanism:
        made = rules_of_framing(mechanism.state(), mechanism.member, wording, topic, pairs)
        mechanism.propose("proposition", f"{BY_HAND}/{made.id}", BY_HAND, [made])
        click.echo(f"{made.id}: entry {mechanism.log.size - 1}")


def _pair(text: str) -> tuple[str, Stance]:
    statement, _, stance = text.rpartition("=")
    if stance not in _STANCES or not statement:
        raise InputError(
            f"expected STATEMENT=STANCE with one of {', '.join(_STANCES)}, found {text[:80]!r}", field="--holds"
        )
    return statement, cast(Stance, stance)


def take_back(mechanism: Mechanism, ident: str, reason: str) -> None:
    """Take back a point that this member framed by hand."""
    state = mechanism.state()
    where = state.provenance.get(ident)
    if where is None or where.row is None:
        raise MissingError(
            f"no point {ident[:80]} that was framed by hand; what was split off is taken back by its entry's id"
        )
    if state.entries[where.index].member != mechanism.member:
        raise RoleError(f"{state.entries[where.index].member} framed this: nobody takes back another's decision (F8)")
    mechanism.refuse([ident], reason)
    click.echo(f"{ident}: taken back, entry {mechanism.log.size - 1}")
