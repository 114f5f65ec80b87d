"""`tasdiq agreement list`, `show` and `due`: what stands in the register, side by side, and what is due from whom."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from tasdiq import timing
from tasdiq.cli.stepping import now
from tasdiq.compliance.due import asked, due_next
from tasdiq.compliance.progress import LEVELS
from tasdiq.errors import MissingError
from tasdiq.model.agreement import RegisteredAgreement, RegisteredCommitment, Word
from tasdiq.model.state import State
from tasdiq.secretariat.current import read_state
from tasdiq.secretariat.founding import Home

_RECORD = click.argument("record", type=click.Path(path_type=Path))
_JSON = click.option("--json", "as_json", is_flag=True, help="Print it as JSON on stdout.")


@click.command("list")
@_RECORD
@_JSON
def list_register(record: Path, as_json: bool) -> None:
    """List the agreements and commitments of RECORD with their form and conduct.

    \b
    Example:
        tasdiq agreement list record

    \b
    --json prints one object: agreements [{agreement, in_charter, recorded_by, words, …}], commitments [{commitment, words,
    readings, figures, ratings, …}].
    """
    state = timing.as_of(read_state(Home(record)), now())
    held = {"agreements": list(state.talks.agreements.values()), "commitments": list(state.talks.commitments.values())}
    if as_json:
        click.echo(msgspec.json.encode(held).decode())
        return
    for agreement in state.talks.agreements.values():
        click.echo(f"{agreement.id}  {agreement.form}  {agreement.agreement.title}")
        for item in state.talks.commitments.values():
            if item.commitment.agreement == agreement.id:
                conduct = state.conduct[item.id].status
                click.echo(f"  {item.id}  {item.commitment.bearer}: {item.commitment.text}  ({conduct})")
    if not state.talks.agreements:
        click.echo("nothing yet; record an agreement with: tasdiq agreement record RECORD --key FILE …", err=True)


@click.command("show")
@_RECORD
@click.argument("item")
@_JSON
def show(record: Path, item: str, as_json: bool) -> None:
    """Show the agreement or commitment ITEM: each party's word, readings, counts under both, ratings, conduct.

    \b
    Example:
        tasdiq agreement show record commitment-1f2e3d4c

    \b
    --json prints one object: item as the register has it; for a commitment also progress {counts, readings, reading, ratings,
    disputed} and conduct {status, why}.
    """
    state = timing.as_of(read_state(Home(record)), now())
    agreement, commitment = state.talks.agreements.get(item), state.talks.commitments.get(item)
    if agreement is None and commitment is None:
        raise MissingError(f"no agreement or commitment {item} in this record; see: tasdiq agreement list RECORD")
    if as_json:
        more = {"progress": state.progress[item], "conduct": state.conduct[item]} if commitment else {}
        click.echo(msgspec.json.encode({"item": agreement or commitment, **more}).decode())
        return
    for line in _commitment(state, commitment) if commitment else _agreement(state, agreement) if agreement else ():
        click.echo(line)


@click.command("due")
@_RECORD
@click.option("--member", default="", help="Only what this member owes.")
@_JSON
def due(record: Path, member: str, as_json: bool) -> None:
    """Say what is due next in the talks, by whom, what is overdue, and whose own word is still asked for.

    Overdue is a fact about the clock: it is no answer and no consent.

    \b
    Example:
        tasdiq agreement due record --member vor

    \b
    --json prints one object: due [{what, item, owed_by, due, overdue}], asked (the same, without a date).
    """
    state, at = read_state(Home(record)), now()
    dated = [item for item in due_next(state, at) if member in ("", item.owed_by)]
    open_ones = [item for item in asked(state) if member in ("", item.owed_by)]
    if as_json:
        click.echo(msgspec.json.encode({"due": dated, "asked": open_ones}).decode())
        return
    for item in dated:
        late = "  overdue" if item.overdue else ""
        click.echo(f"{item.due}  {item.owed_by}: {item.what} ({item.item}){late}")
    for item in open_ones:
        click.echo(f"{'no date':20}  {item.owed_by}: {item.what} ({item.item})")
    if not dated and not open_ones:
        click.echo("nothing is due", err=True)


def _agreement(state: State, held: RegisteredAgreement) -> Iterator[str]:
    told = held.agreement
    yield f"{held.id}  {held.form}  {told.title}"
    if told.text:
        yield f"  “{told.text}”"
    yield f"  answer to a breach: {told.consequence}"
    yield "  in the charter" if held.in_charter else f"  as {held.recorded_by} tells it, in the form {told.form}"
    yield from _words(held.words, told.parties)


def _commitment(state: State, held: RegisteredCommitment) -> Iterator[str]:
    told, conduct, progress = held.commitment, state.conduct[held.id], state.progress[held.id]
    yield f"{held.id}  {told.kind} of {told.bearer}, under {told.agreement}: {told.text}"
    yield f"  conduct: {conduct.status}. {conduct.why}"
    yield f"  acknowledged by: {', '.join(told.acknowledged_by) or 'nobody, in own voice'}"
    yield from _words(held.words, ())
    for reading in told.readings:
        yield f"  {reading.party} reads it: {reading.text}"
    if progress.reading:
        yield f"  {progress.reading}"
    for count in progress.counts:
        yield f"  by {count.teller}'s figures, counted as {count.counting}: {count.result} ({count.why})"
    if progress.disputed:
        yield "  disputed: no result is picked"
    for rating in progress.ratings:
        yield f"  {rating.member} rates it {rating.level}, {LEVELS[rating.level]}: {rating.text}"


def _words(words: tuple[Word, ...], parties: tuple[str, ...]) -> Iterator[str]:
    for word in words:
        yield f"  {word.at}  {word.party} {word.answer}{': ' + word.text if word.text else ''}"
    silent = [party for party in parties if party not in {word.party for word in words}]
    if silent:
        yield f"  no word of its own in this record: {', '.join(silent)}"
