"""`tasdiq origin`: see which statements were put together as one, and why; confirm it, or take it apart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import msgspec

from tasdiq.cli.appending import entering, out_option, receipt_option
from tasdiq.cli.key_files import load_key
from tasdiq.errors import RoleError
from tasdiq.mechanism import Mechanism
from tasdiq.model.reuse import Copy
from tasdiq.model.state import State
from tasdiq.record.log import Log
from tasdiq.secretariat.current import read_state
from tasdiq.secretariat.founding import Home


@click.group()
def command() -> None:
    """Look at origins: which documents give one statement, in which words, and whether a person has looked.

    A program puts documents together where they share passages. Whoever looks may confirm a copy, or refuse it: then its two
    statements are kept apart, in this run and all later ones, whatever else the documents share. To refuse a whole origin keeps
    its first document's statements alone.

    \b
    Example:
        tasdiq origin list out.record
        tasdiq origin refuse out.record c-d1a2b3.s4~d5e6f7.s2 --reason "The second was said a week later."
    """


def _judgement(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command RECORD, ITEMS, --key, --receipt and --out."""
    items = click.argument("items", nargs=-1, required=True)
    key = click.option(
        "--key",
        "key_path",
        type=click.Path(path_type=Path),
        help="The member's key file. A desk record needs none: its compiler's lies in it.",
    )
    return key(out_option(receipt_option(click.argument("record", type=click.Path(path_type=Path))(items(function)))))


@command.command("list")
@click.argument("record", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the origins as JSON on stdout.")
def list_origins(record: Path, as_json: bool) -> None:
    """List the origins of RECORD that more than one document brings, with the copies they rest on and why.

    \b
    Example:
        tasdiq origin list out.record

    \b
    --json prints one array: id, label, lowest, highest, documents (file names), why, status ("confirmed" or "proposed by
    machine"), copies [{id, documents, sure, why, pairs [{how, likely_ppm, one, other}], status}].
    """
    state = read_state(Home(record))
    found = [_origin(state, ident) for ident, one in state.origins.items() if len(one.documents) > 1]
    if as_json:
        click.echo(msgspec.json.encode(found).decode())
        return
    for line in found:
        between = str(line["lowest"]) if line["lowest"] == line["highest"] else f"{line['lowest']}–{line['highest']}"
        click.echo(f"{line['id']}  {line['label']}: {between} independent, {line['status']}")
        for copy in line["copies"]:
            click.echo(
                f"    {copy['id']}  {' and '.join(copy['documents'])}: {'; '.join(copy['why'])}, {copy['status']}"
            )
    if not found:
        click.echo("no origin here that two documents share; they are found by: tasdiq corroborate RECORD", err=True)


@command.command("confirm")
@_judgement
@click.option("--note", default="", help="What you looked at, in words.")
def confirm(record: Path, items: tuple[str, ...], key_path: Path | None, note: str) -> None:
    """Confirm copies or origins: a person has looked. Statements of a confirmed copy stay together in later runs.

    \b
    Example:
        tasdiq origin confirm out.record c-d1a2b3.s4~d5e6f7.s2 --note "Read both in full."
    """
    with entering(record, load_key(key_path) if key_path else None) as mechanism:
        _require_key(mechanism)
        mechanism.confirm(items, note)
    click.echo(f"confirmed: {', '.join(items)}")


@command.command("refuse")
@_judgement
@click.option("--reason", required=True, help="Why they are not one, in words.")
@click.option("--later", is_flag=True, help="Leave it to the next run of `tasdiq corroborate` to take them apart.")
def refuse(record: Path, items: tuple[str, ...], key_path: Path | None, reason: str, later: bool) -> None:
    """Refuse copies or origins of your own runs, and take them apart: their statements are kept apart from now on.

    \b
    Example:
        tasdiq origin refuse out.record c-d1a2b3.s4~d5e6f7.s2 --reason "The second was said a week later."
    """
    with entering(record, load_key(key_path) if key_path else None) as mechanism:
        _require_key(mechanism)
        mechanism.refuse(items, reason)
        later = later or not isinstance(mechanism.log, Log)  # what goes into an outbox is not in the record yet
        if not later:
            mechanism.corroborate()
    click.echo(f"refused: {', '.join(items)}{'; run: tasdiq corroborate RECORD' if later else ''}")


def _require_key(mechanism: Mechanism) -> None:
    if mechanism.key is None:
        raise RoleError("in a joint record a decision is signed by a member: give its key with --key")


def _origin(state: State, ident: str) -> dict[str, Any]:
    origin = state.origins[ident]
    own = set(origin.statements)
    copies = [copy for copy in state.copies.values() if copy.statements and own.issuperset(copy.statements)]
    return {
        "id": ident,
        "label": origin.label,
        "lowest": origin.lowest,
        "highest": origin.highest,
        "documents": [_file(state, name) for name in origin.documents],
        "why": list(origin.why),
        "status": _status(state, ident),
        "copies": [_copy(state, copy) for copy in copies],
    }


def _copy(state: State, copy: Copy) -> dict[str, Any]:
    return {
        "id": copy.id,
        "documents": [_file(state, name) for name in copy.documents],
        "sure": copy.sure,
        "why": list(copy.why),
        "pairs": [
            {"how": pair.how, "likely_ppm": pair.likely_ppm, "one": [pair.one.start, pair.one.end],
             "other": [pair.other.start, pair.other.end]} for pair in copy.pairs
        ],
        "status": _status(state, copy.id),
    }  # fmt: skip


def _file(state: State, document: str) -> str:
    return state.documents[document].file if document in state.documents else document


def _status(state: State, ident: str) -> str:
    return "confirmed" if ident in state.confirmed else "proposed by machine"
