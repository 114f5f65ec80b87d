"""`tasdiq measure`: the review of engagement, each measure claimed, dated, attributed, and answered in own voice."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import click
import msgspec

from tasdiq.cli.stepping import new_id, now, step, take
from tasdiq.compliance.review import review, words_on
from tasdiq.model.talks import MeasureAnswered, MeasureClaimed, MeasureKind
from tasdiq.secretariat.current import read_state
from tasdiq.secretariat.founding import Home


@click.group()
def command() -> None:
    """Review years of engagement in a joint record: trade, visas, aid, attacks, each as somebody claims it.

    \b
    1. claim              what was done, by whom, when: your claim, with your name
    2. acknowledge, deny  each party for itself
    at any time: list, side by side

    Claims are never added up: two may be of one measure.

    \b
    Example:
        tasdiq measure list record
    """


@command.command("claim")
@step
@click.option("--kind", required=True, type=click.Choice(get_args(MeasureKind)), help="What kind of measure it is.")
@click.option("--by", required=True, help="Who took it: a party or another actor.")
@click.option("--text", required=True, help="What was done, in words.")
@click.option("--from", "start", required=True, help="From when: 2031, 2031-03 or 2031-03-09.")
@click.option("--until", "end", default="", help="Until when.")
@click.option("--source", default="", help="Where it is from, in words.")
@click.option("--sealed", is_flag=True, help="For the members only.")
def claim(record: Path, key_path: Path, **told: Any) -> None:
    """Claim a measure of engagement in RECORD; prints its id.

    \b
    Example:
        tasdiq measure claim record --key kestria.key --kind visas --by kes --text "12,000 medical visas" --from 2030
    """
    ident = new_id("measure")
    take(record, key_path, MeasureClaimed(measure=ident, at=now(), **told), ident)


@command.command("acknowledge")
@step
@click.argument("measure")
@click.option("--text", default="", help="In your own words, if you want to add any.")
def acknowledge(record: Path, key_path: Path, measure: str, text: str) -> None:
    """Acknowledge another member's claimed MEASURE in your own voice, as a party.

    \b
    Example:
        tasdiq measure acknowledge record measure-1f2e3d4c --key vorland.key
    """
    take(record, key_path, MeasureAnswered(measure=measure, answer="acknowledges", text=text, at=now()), measure)


@command.command("deny")
@step
@click.argument("measure")
@click.option("--text", required=True, help="What you say instead, in your own words.")
def deny(record: Path, key_path: Path, measure: str, text: str) -> None:
    """Deny another member's claimed MEASURE in your own voice, as a party.

    \b
    Example:
        tasdiq measure deny record measure-1f2e3d4c --key vorland.key --text "Fewer than a thousand were issued."
    """
    take(record, key_path, MeasureAnswered(measure=measure, answer="denies", text=text, at=now()), measure)


@command.command("list")
@click.argument("record", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the measures as JSON on stdout.")
def list_measures(record: Path, as_json: bool) -> None:
    """List the claimed measures of RECORD by kind and date, with who claims each and what each party says.

    \b
    Example:
        tasdiq measure list record

    \b
    --json prints one array: id, kind, by, text, start, end, source, claimed_by, words [{party, answer, text, at}].
    """
    state = read_state(Home(record))
    if as_json:
        click.echo(msgspec.json.encode([item for _, found in review(state) for item in found]).decode())
        return
    for kind, found in review(state):
        click.echo(kind)
        for item in found:
            span = f"{item.start} to {item.end}" if item.end else item.start
            click.echo(f"  {item.id}  {span}  {item.by}: {item.text}  (claimed by {item.claimed_by})")
            for party, word in words_on(state, item):
                if party != item.claimed_by:
                    said = f"{word.answer} {word.text}".strip() if word else "no word of its own in this record"
                    click.echo(f"    {party}: {said}")
    if not state.talks.measures:
        click.echo("nothing yet; claim a measure with: tasdiq measure claim RECORD --key FILE …", err=True)
