"""`tasdiq call`: the contact line between the parties' desks, and its printed sheet."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import click
import msgspec

from tasdiq.cli.appending import require_free
from tasdiq.cli.stepping import new_id, now, step, take
from tasdiq.errors import InputError
from tasdiq.model.call import Call, CallConfirmed, CallLogged, CallReturned
from tasdiq.publication.paper.labels import languages
from tasdiq.publication.paper.sheet import sheet_pdf
from tasdiq.record.durable import write_durably
from tasdiq.secretariat.current import read_state
from tasdiq.secretariat.founding import Home
from tasdiq.talks import calls


@click.group()
def command() -> None:
    """Log calls over the contact line in a joint record. They stay with the members.

    \b
    1. log               one side: who called whom, when reached, what was asked, read back, arranged until when
    2. confirm, correct  the other side, in one step
    3. return            the call-back, by the side that owes it
    on paper: sheet, in two languages, entered later with its number
    at any time: list

    A call that the other side has said nothing about is not confirmed. An overdue call-back is seen by both.

    \b
    Example:
        tasdiq call list record
    """


@command.command("log")
@step
@click.option("--caller", required=True, help="The party that called.")
@click.option("--called", required=True, help="The party that was called.")
@click.option("--tried", "tried_at", required=True, help="When it was called, in UTC: 2031-04-12T08:00:00Z.")
@click.option("--reached", "reached_at", default="", help="When somebody was reached; without it nobody was.")
@click.option("--subject", default="", help="What it was about, in a word or two.")
@click.option("--asked", default="", help="What was asked.")
@click.option("--read-back", default="", help="What the other side read back.")
@click.option("--arrangement", default="", help="What was arranged locally.")
@click.option("--until", default="", help="Until when the arrangement lasts, in UTC.")
@click.option("--call-back-by", default="", help="By when somebody calls back, in UTC.")
@click.option("--call-back-from", default="", help="The party that calls back.")
@click.option("--sheet", default="", help="The number of the printed sheet it was written on.")
def log(record: Path, key_path: Path, **told: Any) -> None:
    """Log a call in RECORD as the side that made or took it; prints its id. What is entered a day later says so.

    \b
    Example:
        tasdiq call log record --key kestria.key --caller kes --called vor --tried 2031-04-12T08:00:00Z \\
            --reached 2031-04-12T08:02:00Z --asked "Hold fire at the ford while the wounded cross" \\
            --arrangement "No fire at the ford" --until 2031-04-12T12:00:00Z
    """
    ident = new_id("call")
    take(record, key_path, CallLogged(call=ident, at=now(), **told), ident)


@command.command("confirm")
@step
@click.argument("call")
def confirm(record: Path, key_path: Path, call: str) -> None:
    """Confirm CALL as the other side logged it.

    \b
    Example:
        tasdiq call confirm record call-1f2e3d4c --key vorland.key
    """
    take(record, key_path, CallConfirmed(call=call, answer="confirms", at=now()), call)


@command.command("correct")
@step
@click.argument("call")
@click.option("--text", required=True, help="What you say was asked and arranged, in your own words.")
def correct(record: Path, key_path: Path, call: str, text: str) -> None:
    """Correct CALL as the other side logged it; your wording stands beside theirs.

    \b
    Example:
        tasdiq call correct record call-1f2e3d4c --key vorland.key --text "Until 11:00, not noon."
    """
    take(record, key_path, CallConfirmed(call=call, answer="corrects", text=text, at=now()), call)


@command.command("return")
@step
@click.argument("call")
@click.option("--tried", "tried_at", required=True, help="When you called back, in UTC.")
@click.option("--reached", "reached_at", default="", help="When you reached them; without it you did not.")
@click.option("--text", default="", help="What was said.")
def return_call(record: Path, key_path: Path, call: str, **told: Any) -> None:
    """Log the call-back of CALL, or the attempt, as the side that owes it.

    \b
    Example:
        tasdiq call return record call-1f2e3d4c --key vorland.key --tried 2031-04-12T10:00:00Z --reached 2031-04-12T10:01:00Z
    """
    take(record, key_path, CallReturned(call=call, at=now(), **told), call)


@command.command("list")
@click.argument("record", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the calls as JSON on stdout.")
def list_calls(record: Path, as_json: bool) -> None:
    """List the calls of RECORD: confirmed or not, call-backs due and overdue, arrangements in place and run out.

    \b
    Example:
        tasdiq call list record

    \b
    --json prints one array of calls: id, caller, called, tried_at, reached_at, asked, read_back, arrangement, until,
    call_back_by, call_back_from, sheet, logged_by, late, confirmations, returns.
    """
    found = read_state(Home(record)).talks.calls
    if as_json:
        click.echo(msgspec.json.encode(list(found.values())).decode())
        return
    for call in found.values():
        click.echo(_told(call, now()))
    if not found:
        click.echo("no calls yet; log one with: tasdiq call log RECORD --key FILE …", err=True)


def _told(call: Call, at: str) -> str:
    parts = [
        f"{call.id}  {call.tried_at}  {call.caller} called {call.called}",
        f"reached {call.reached_at}" if call.reached_at else "not reached",
        f"{calls.confirmation(call)} by {call.other}",
        f"call-back of {call.call_back_from} {calls.call_back(call, at)}" if call.call_back_by else "",
        f"arrangement {calls.arrangement(call, at)} until {call.until}" if call.until else "",
        f"sheet {call.sheet}" if call.sheet else "",
        "entered late" if call.late else "",
    ]
    return ", ".join(filter(None, parts))


@command.command("sheet")
@click.argument("record", type=click.Path(path_type=Path))
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="The PDF file.")
@click.option(
    "--language",
    "tags",
    multiple=True,
    help="Two languages of en, ur, ps, fa-AF, ar, tr; without them the parties' own.",
)
@click.option("--number", default="", help="The sheet's number; without it a new one.")
def sheet(record: Path, out: Path, tags: tuple[str, ...], number: str) -> None:
    """Write an empty call sheet in two languages as a PDF, with a number to enter it by later; prints the number.

    \b
    Example:
        tasdiq call sheet record -o sheet.pdf --language ur --language ps
    """
    charter = read_state(Home(record)).charter
    chosen = tags or tuple(dict.fromkeys(tag for party in charter.parties for tag in party.languages[:1]))
    if tags and (len(tags) != 2 or any(tag not in languages() for tag in tags)):
        raise InputError(f"expected two of {', '.join(languages())}, found {', '.join(tags)}", field="--language")
    if len(chosen) != 2:
        raise InputError(
            "the charter does not name a language of each party: give --language twice", field="--language"
        )
    require_free(out)
    number = number or f"S-{now()[:10]}-{secrets.token_hex(2)}"
    write_durably(out, sheet_pdf(charter, number, (chosen[0], chosen[1])))
    click.echo(f"{number}: {out}")
