"""`tasdiq minutes list`, `show` and `export`: what was held, what each delegation marked, and the signed minutes on paper."""

from __future__ import annotations

import os
from pathlib import Path

import click
import msgspec

from tasdiq.cli.appending import require_free
from tasdiq.cli.stepping import now
from tasdiq.mechanism import Mechanism
from tasdiq.record.durable import write_durably
from tasdiq.secretariat import minuting
from tasdiq.secretariat.current import read_state
from tasdiq.secretariat.founding import Home
from tasdiq.settings import read_settings
from tasdiq.talks.minutes import meeting_of, standing

_RECORD = click.argument("record", type=click.Path(path_type=Path))


@click.command("list")
@_RECORD
@click.option("--json", "as_json", is_flag=True, help="Print the sessions as JSON on stdout.")
def list_sessions(record: Path, as_json: bool) -> None:
    """List the sessions of RECORD with how many lines are agreed.

    \b
    Example:
        tasdiq minutes list record

    \b
    --json prints one array of sessions: id, title, place, start, end, parties, mediators, languages, authentic, delegations,
    lines [{id, number, text, sha256, answers, replaces, replaced_by}].
    """
    meetings = read_state(Home(record)).talks.meetings
    if as_json:
        click.echo(msgspec.json.encode(list(meetings.values())).decode())
        return
    for meeting in meetings.values():
        agreed = sum(meeting.agreed(line) for line in meeting.lines)
        opened = f", opened {meeting.opened_at}" if meeting.opened_at else ""
        click.echo(
            f"{meeting.id}  {meeting.start}  {meeting.title}: {agreed} of {len(meeting.lines)} lines agreed{opened}"
        )
    if not meetings:
        click.echo("no sessions yet; record one with: tasdiq minutes hold RECORD --key FILE …", err=True)


@click.command("show")
@_RECORD
@click.argument("session")
@click.option("--json", "as_json", is_flag=True, help="Print the session as JSON on stdout.")
def show(record: Path, session: str, as_json: bool) -> None:
    """Show the minutes of SESSION: every line with every delegation's mark. For members.

    \b
    Example:
        tasdiq minutes show record session-1f2e3d4c

    \b
    --json prints one object, a session as `tasdiq minutes list --json` has it.
    """
    meeting = meeting_of(read_state(Home(record)), session)
    if as_json:
        click.echo(msgspec.json.encode(meeting).decode())
        return
    click.echo(f"{meeting.id}  {meeting.title}, {meeting.place}, {meeting.start}; authentic: {meeting.authentic}")
    for line in meeting.lines:
        click.echo(f"{line.number}. {line.text}")
        click.echo(f"   {line.id}  {standing(meeting, line)}{' by ' + line.replaced_by if line.replaced_by else ''}")
        for party in meeting.parties:
            given = line.answer_of(party)
            said = f"{given.answer}{': ' + given.text if given.text else ''}" if given else "no mark yet"
            click.echo(f"   {party}: {said}")


@click.command("export")
@_RECORD
@click.argument("session")
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="The folder the two files go to.")
@click.option("--public", is_flag=True, help="Only what the parties opened.")
def export_minutes(record: Path, session: str, out: Path, public: bool) -> None:
    """Write the signed minutes of SESSION as a PDF, and as a file that tasdiq audit checks.

    Without --public both show sealed entries, for those who may read them. The same record gives the same bytes.

    \b
    Example:
        tasdiq minutes export record session-1f2e3d4c -o minutes      (then: tasdiq audit minutes/session-….tasdiq.json)
    """
    home = Home(record)
    paths = (out / f"{session}.pdf", out / f"{session}.tasdiq.json")
    for path in paths:
        require_free(path)
    with Mechanism.open(home, read_settings(os.environ)) as mechanism:
        mechanism.log.checkpoint()
        made = minuting.export(home, mechanism.state(), session, public=public)
    out.mkdir(parents=True, exist_ok=True)
    for path, data in zip(paths, (made.pdf, made.bundle), strict=True):
        write_durably(path, data)
        click.echo(str(path))
    click.echo(f"as of {now()}", err=True)
