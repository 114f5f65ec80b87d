"""`tasdiq proposition list` and `show`: points, why each statement stands under one, and what each side said over time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import msgspec

from tasdiq.clock import utc_now
from tasdiq.framing import proposition_of
from tasdiq.model.proposition import Proposition
from tasdiq.model.state import State
from tasdiq.publication import framed
from tasdiq.publication.passages import Piece, Shown
from tasdiq.publication.persons import Mask
from tasdiq.publication.redact import Public
from tasdiq.publication.said import hull
from tasdiq.publication.view import View
from tasdiq.publication.withheld import Withheld
from tasdiq.secretariat.current import read_state
from tasdiq.secretariat.founding import Home

STANDINGS = ("common ground", "contested", "one-sided", "unattributed")


@click.command("list")
@click.argument("record", type=click.Path(path_type=Path))
@click.option("--standing", type=click.Choice(STANDINGS), help="Only points that stand so.")
@click.option("--words", default="", help="Only points whose wording or id holds these words.")
@click.option("--json", "as_json", is_flag=True, help="Print the points as JSON on stdout.")
def list_propositions(record: Path, standing: str | None, words: str, as_json: bool) -> None:
    """List the points of RECORD: id, wording, how many statements, how it stands, and whether a person confirmed it.

    \b
    Example:
        tasdiq proposition list out.record --standing contested

    \b
    --json prints one array: id, wording, topic, standing, status ("confirmed", "proposed by machine" or "recorded"),
    statements (their number), decisions (their number), objections [{member, text, wording}].
    """
    state = read_state(Home(record))
    view = whole(state)
    found = [_line(view, item) for item in state.propositions.values()]
    found = [
        line
        for line in found
        if standing in (None, line["standing"]) and words.casefold() in f"{line['id']} {line['wording']}".casefold()
    ]
    if as_json:
        click.echo(msgspec.json.encode(found).decode())
        return
    for line in found:
        click.echo(f"{line['id']}  {line['wording']}")
        number = line["statements"]
        told = [f"{number} statement{'' if number == 1 else 's'}", line["standing"], line["status"]]
        click.echo(f"    {', '.join(told)}")
        for said in line["objections"]:
            own = f" Its own wording: “{said['wording']}”" if said["wording"] else ""
            click.echo(f"    {said['member']} objects: {said['text']}{own}")
    if not found:
        click.echo("no point here; statements are put under points by: tasdiq corroborate RECORD", err=True)


@click.command("show")
@click.argument("record", type=click.Path(path_type=Path))
@click.argument("proposition")
@click.option("--json", "as_json", is_flag=True, help="Print the point as JSON on stdout.")
def show(record: Path, proposition: str, as_json: bool) -> None:
    """Show one PROPOSITION of RECORD: every statement with its words and why it stands there, decisions, sides over time.

    \b
    Example:
        tasdiq proposition show out.record p-ceasefire-ceasefire-violated-vor

    \b
    --json prints one object: id, wording, topic, standing, status, together (what the statements share), statements
    [{id, stance, speaker, words, names, because}], turns [{party, stance, first, last, statements}], decisions [{kind, member,
    at, entry, says, text, wording, before}], taken_back [entries].
    """
    state = read_state(Home(record))
    told = _whole_point(whole(state), proposition_of(state, proposition))
    if as_json:
        click.echo(msgspec.json.encode(told).decode())
        return
    for text in _written(told):
        click.echo(text)


def whole(state: State) -> View:
    """Return a view of a record as whoever holds it reads it: all words that are there."""
    texts = {
        name: text for name, item in state.documents.items() if (text := state.texts.get(item.text_sha256)) is not None
    }
    shown = Shown(texts, {name: [Piece(0, len(text))] for name, text in texts.items()}, Mask(None, {}, {}))
    return View(Public(state, shown, Withheld(), utc_now()))


def _line(view: View, item: Proposition) -> dict[str, Any]:
    row = view.state.rows.get(item.id)
    objected = [d for d in item.decisions if d.kind == "objected"]
    return {
        "id": item.id,
        "wording": item.wording,
        "topic": item.topic,
        "standing": row.status if row else "unattributed",
        "status": view.status(item.id),
        "statements": len(item.holdings),
        "decisions": len(item.decisions),
        "objections": [{"member": d.member, "text": d.text, "wording": d.wording} for d in objected],
    }


def _whole_point(view: View, item: Proposition) -> dict[str, Any]:
    row = view.state.rows.get(item.id)
    held = ((holding, view.state.statements.get(holding.statement)) for holding in item.holdings)
    return {
        **_line(view, item),
        "together": framed.together(view, item),
        "statements": [
            {
                "id": said.id,
                "stance": holding.stance,
                "speaker": view.names.actor(said.speaker) or "speaker not named",
                "document": said.document,
                "words": view.shown.words(hull(view, said)).text,
                "names": list(holding.names),
                "because": framed.because(view, item, holding),
            }
            for holding, said in held
            if said
        ],
        "turns": framed.over_time(view, row.turns if row else ()),
        "decisions": framed.decisions(view, item),
        "taken_back": [entry for entry, held in view.state.framings.items() if held.undone],
    }


def _written(told: dict[str, Any]) -> Iterator[str]:
    yield f"{told['wording']}\n{told['id']}: {told['standing']}, {told['status']}"
    for said in told["objections"]:
        own = f" Its own wording: “{said['wording']}”" if said["wording"] else ""
        yield f"{said['member']} objects: {said['text']}{own}"
    yield f"\n{told['together']}"
    for item in told["statements"]:
        yield f"\n  {item['id']}  {item['speaker']}: {item['stance']}\n    {' '.join(item['words'].split())}"
        yield from (f"    - {sentence}" for sentence in item["because"])
        if item["names"]:
            yield f"    names: {', '.join(item['names'])}"
    if told["turns"]:
        yield "\nIn own voice, over time:"
    for turn in told["turns"]:
        first = turn["first"]["words"] if turn["first"] else "day not told"
        last = turn["last"]["words"] if turn["last"] else first
        yield f"  {first}{'' if last == first else f' to {last}'}: {turn['name']} {turn['stance']}"
    if told["decisions"]:
        yield "\nDecided by persons:"
    for item in told["decisions"]:
        why = f": {item['text']}" if item["text"] else ""
        yield f"  {item['at_words']}, {item['member_name']}: {item['says']}{why}  (entry {item['entry'][:16]})"
