"""`tasdiq proposition`: decide what statements are about, in neutral words: merge, split, reword, confirm, object, take back."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from tasdiq.cli.appending import entering
from tasdiq.cli.deciding import decide, decision
from tasdiq.cli.key_files import load_key
from tasdiq.cli.proposition_frame import frame, take_back
from tasdiq.cli.proposition_show import list_propositions, show
from tasdiq.cli.stepping import new_id, now
from tasdiq.errors import MissingError
from tasdiq.framing import proposition_of
from tasdiq.model.entries import EntryCorrected
from tasdiq.model.framing import (
    PropositionConfirmed,
    PropositionReworded,
    PropositionsMerged,
    PropositionSplit,
    WordingObjected,
)
from tasdiq.model.state import State
from tasdiq.model.value import Value


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
@decision
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

    decide(record, key_path, made, into)


@command.command("split")
@decision
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

    decide(record, key_path, made)


@command.command("reword")
@decision
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
    decide(record, key_path, lambda _: body)


@command.command("confirm")
@decision
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

    decide(record, key_path, made)


@command.command("object")
@decision
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

    decide(record, key_path, made)


@command.command("undo")
@decision
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
            take_back(mechanism, entry, reason)
        return
    decide(record, key_path, lambda state: EntryCorrected(item=_entry(state, entry), reason=reason), entry)


@command.command("agree")
@decision
@click.argument("entry")
def agree(record: Path, key_path: Path | None, entry: str) -> None:
    """Enter the same decision as ENTRY, as a party: where a charter names no mediator it stands when every party has.

    \b
    Example:
        tasdiq proposition agree record 3f9c2a71 --key vorland.key
    """
    decide(
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


for _added in (list_propositions, show, frame):
    command.add_command(_added)
