"""`tasdiq proposition`: decide what statements are about, in neutral words: merge, split, reword, confirm, object, take back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast, get_args

import click
import msgspec

from tasdiq.cli.appending import entering, out_option, receipt_option
from tasdiq.cli.key_files import load_key
from tasdiq.cli.proposition_show import list_propositions, show
from tasdiq.cli.stepping import new_id, now
from tasdiq.corroboration.decided import BY_HAND
from tasdiq.errors import InputError, MissingError, RoleError
from tasdiq.framing import frame as rules_of_framing
from tasdiq.framing import proposition_of
from tasdiq.mechanism import Mechanism
from tasdiq.model.entries import EntryCorrected
from tasdiq.model.framing import (
    PropositionConfirmed,
    PropositionReworded,
    PropositionsMerged,
    PropositionSplit,
    WordingObjected,
)
from tasdiq.model.proposition import Stance
from tasdiq.model.state import State
from tasdiq.model.value import Value

_STANCES = tuple(stance for stance in get_args(Stance) if stance != "asked, no reply")


def _decision(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the argument RECORD and the options --key, --receipt and --out; a desk record's key lies in it."""
    key = click.option(
        "--key",
        "key_path",
        type=click.Path(path_type=Path),
        help="The member's key file. A desk record needs none: its compiler's lies in it.",
    )
    return key(out_option(receipt_option(click.argument("record", type=click.Path(path_type=Path))(function))))


def _decide(record: Path, key_path: Path | None, made: Callable[[State], Value], ident: str = "") -> None:
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


@click.group()
def command() -> None:
    """Decide what statements are about: the points (propositions) under which a program put them.

    \b
    1. list, show         every point; why each of its statements stands there, and what each side said over time
    2. merge, split       two points are one; statements under one point are about something else
    3. reword, frame      a neutral wording, the one before stays beside it; a new point from statements
    4. confirm            this wording over these statements: a person has looked
    5. object             a party of a joint record objects, and may give its own wording, shown beside
    at any time: undo (what you decided yourself), agree (where a charter names no mediator)

    Decisions are entries: nothing is lost, later documents follow them, and every reader of the record comes to the same.
    In a desk record its compiler decides; in a joint one a mediator does, and parties confirm and object for themselves.

    \b
    Example:
        tasdiq proposition list out.record
        tasdiq proposition reword out.record p-ceasefire-ceasefire-violated-vor \\
            --wording "Forces of Vorland fired after the ceasefire began" --reason "'violated' is one side's word"
    """


@command.command("merge")
@_decision
@click.argument("into")
@click.argument("merged", nargs=-1, required=True)
@click.option(
    "--opposite",
    multiple=True,
    help="One of those named that says the opposite: who asserts it denies INTO.",
)
@click.option("--reason", required=True, help="Why they are one, in words.")
def merge(
    record: Path, key_path: Path | None, into: str, merged: tuple[str, ...], opposite: tuple[str, ...], reason: str
) -> None:
    """Merge the points MERGED into the point INTO: what stands under them, now or later, stands under INTO.

    What is asserted of an opposite point is denied of INTO; demands and offers on it stay where they are.

    \b
    Example:
        tasdiq proposition merge out.record p-talks-talks-failed p-talks-talks-no-progress --reason "One outcome, two words."
    """

    def made(state: State) -> Value:
        for ident in (into, *merged):
            proposition_of(state, ident)
        return PropositionsMerged(into=into, merged=merged, opposite=opposite, reason=reason, at=now())

    _decide(record, key_path, made, into)


@command.command("split")
@_decision
@click.argument("proposition")
@click.option(
    "--statement", "statements", multiple=True, required=True, help="A statement that goes (its id). Repeatable."
)
@click.option("--wording", required=True, help="What these statements are about, in neutral words: one line.")
@click.option(
    "--names",
    multiple=True,
    help="A place or day, as `show` lists it: later statements that name it go too.",
)
@click.option("--reason", required=True, help="Why they are about something else, in words.")
def split(
    record: Path,
    key_path: Path | None,
    proposition: str,
    statements: tuple[str, ...],
    wording: str,
    names: tuple[str, ...],
    reason: str,
) -> None:
    """Split statements off PROPOSITION into a point of their own; prints its id.

    Later statements follow those they repeat (the same origin), or go by the places and days you name; others stay.

    \b
    Example:
        tasdiq proposition split out.record p-use-of-force-shelling-vor --statement d12.s3 --wording "Vorland shelled Brenk" \\
            --names place:Brenk --reason "Two incidents, two days apart."
    """
    part = new_id("point")

    def made(state: State) -> Value:
        held = proposition_of(state, proposition).holdings
        left = tuple(item.statement for item in held if item.statement not in statements)
        return PropositionSplit(
            proposition=proposition, part=part, wording=wording, statements=statements, left=left, names=names,
            reason=reason, at=now(),
        )  # fmt: skip

    _decide(record, key_path, made)


@command.command("reword")
@_decision
@click.argument("proposition")
@click.option(
    "--wording", required=True, help="The new wording: one line that both sides can read without taking offence."
)
@click.option("--reason", required=True, help="Why, in words.")
def reword(record: Path, key_path: Path | None, proposition: str, wording: str, reason: str) -> None:
    """Give PROPOSITION another wording; what stands under it stays, and the wording before stays beside it.

    \b
    Example:
        tasdiq proposition reword record p-armed-groups-harbours-kes-vor --key mediator.key \\
            --wording "Fighters live in Kestria" --reason "'harbours' supposes intent."
    """
    body = PropositionReworded(proposition=proposition, wording=wording, reason=reason, at=now())
    _decide(record, key_path, lambda _: body)


@command.command("frame")
@_decision
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


@command.command("confirm")
@_decision
@click.argument("proposition")
@click.option("--note", default="", help="A note, if you want to add any.")
def confirm(record: Path, key_path: Path | None, proposition: str, note: str) -> None:
    """Confirm PROPOSITION: its wording over the statements that stand under it now. Read them first, with `show`.

    Nobody confirms that a statement is true. What comes later is not covered; the point then says how many came.

    \b
    Example:
        tasdiq proposition confirm out.record p-ceasefire-ceasefire-holding
    """

    def made(state: State) -> Value:
        found = proposition_of(state, proposition)
        held = tuple(item.statement for item in found.holdings)
        return PropositionConfirmed(
            proposition=proposition, wording=found.wording, statements=held, note=note, at=now()
        )

    _decide(record, key_path, made)


@command.command("object")
@_decision
@click.argument("proposition")
@click.option("--text", required=True, help="What your side objects to, in words.")
@click.option("--own", default="", help="Your side's own wording, to stand beside the other: one line.")
def object_to(record: Path, key_path: Path | None, proposition: str, text: str, own: str) -> None:
    """Object to the wording of PROPOSITION, as a party of a joint record; both wordings are shown.

    \b
    Example:
        tasdiq proposition object record p-use-of-force-shelling-vor --key vorland.key \\
            --text "No village was hit." --own "Vorland returned fire at artillery"
    """

    def made(state: State) -> Value:
        wording = proposition_of(state, proposition).wording
        return WordingObjected(proposition=proposition, wording=wording, text=text, own=own, at=now())

    _decide(record, key_path, made)


@command.command("undo")
@_decision
@click.argument("entry")
@click.option("--reason", required=True, help="Why you take it back, in words.")
def undo(record: Path, key_path: Path | None, entry: str, reason: str) -> None:
    """Take back a decision of your own: ENTRY is its entry's id, or enough of it, or the id of a point that you framed.

    Decision and correction stay in the record.

    \b
    Example:
        tasdiq proposition undo out.record 3f9c2a71 --reason "They are two incidents after all."
    """
    if entry.startswith("point-"):
        with entering(record, load_key(key_path) if key_path else None) as mechanism:
            _refuse(mechanism, entry, reason)
        return
    _decide(record, key_path, lambda state: EntryCorrected(item=_entry(state, entry), reason=reason), entry)


def _refuse(mechanism: Mechanism, ident: str, reason: str) -> None:
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


@command.command("agree")
@_decision
@click.argument("entry")
def agree(record: Path, key_path: Path | None, entry: str) -> None:
    """Enter the same decision as ENTRY, as a party: where a charter names no mediator it stands when every party has.

    \b
    Example:
        tasdiq proposition agree record 3f9c2a71 --key vorland.key
    """
    _decide(
        record,
        key_path,
        lambda state: msgspec.structs.replace(state.framings[_entry(state, entry)].body, at=now()),
        entry,
    )


def _entry(state: State, given: str) -> str:
    """Return the id of the one decision whose entry begins so."""
    found = [ident for ident in state.framings if given and ident.startswith(given)]
    if len(found) != 1:
        many = "several decisions begin" if found else "no decision begins"
        raise MissingError(f"{many} with {given[:64]!r} in this record; tasdiq proposition show RECORD ID lists them")
    return found[0]


for _added in (list_propositions, show):
    command.add_command(_added)
