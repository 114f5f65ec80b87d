"""`tasdiq minutes`: sessions and their minutes, line by line, from a shell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tasdiq.cli import minutes_show
from tasdiq.cli.stepping import new_id, now, opened, step, take
from tasdiq.errors import InputError, shown
from tasdiq.model.meeting import (
    Delegate,
    DelegationNamed,
    LineAnswerWord,
    MinuteLineAnswered,
    MinuteLineRecorded,
    MinutesOpened,
    SessionHeld,
    Translation,
)
from tasdiq.talks.minutes import line_in, meeting_of

ANSWERS: dict[str, LineAnswerWord] = {"agreed": "agreed", "not-agreed": "not agreed", "own-wording": "own wording"}


@click.group()
def command() -> None:
    """Keep the minutes of a session in a joint record, line by line.

    \b
    1. hold            a mediator records the session and its languages, one of them authentic
    2. delegation      each party names its own
    3. line            a mediator records the next line
    4. mark            each delegation: agreed, not agreed, or its own wording
    5. open            every party agrees that the agreed lines become public
    at any time: list, show, export

    A line is agreed when every delegation has signed so for its exact text. Silence is not consent. A changed line is a new
    line, which needs new marks. Minutes stay with the members until they open them.

    \b
    Example:
        tasdiq minutes hold record --key ordania.key --title "Third round" --place "Port Ilmar" --start 2031-04-12T08:00:00Z
    """


@command.command("hold")
@step
@click.option("--title", required=True, help="What the session is called.")
@click.option("--place", required=True, help="Where it was held.")
@click.option("--start", required=True, help="When it began, in UTC: 2031-04-12T08:00:00Z.")
@click.option("--end", default="", help="When it ended, in UTC.")
@click.option("--round", "number", type=int, default=None, help="The number of the round, if it has one.")
@click.option("--agenda", multiple=True, help="A point of the agenda. Repeatable, in order.")
@click.option("--party", "parties", multiple=True, help="A party that came; without it all of the charter. Repeatable.")
@click.option("--mediator", "mediators", multiple=True, help="A mediator who sat at it. Repeatable.")
@click.option(
    "--language", "languages", multiple=True, default=("en",), help="A language, as ur, ps, fa-AF. Repeatable."
)
@click.option("--authentic", default="", help="The language whose text counts; without it the first.")
def hold(
    record: Path, key_path: Path, number: int | None, languages: tuple[str, ...], authentic: str, **told: Any
) -> None:
    """Record a session in RECORD, as a mediator; prints its id.

    \b
    Example:
        tasdiq minutes hold record --key ordania.key --title "Third round" --place "Port Ilmar" \\
            --start 2031-04-12T08:00:00Z --language en --language ur --mediator ord --agenda "The truce"
    """
    ident = new_id("session")
    body = SessionHeld(
        session=ident, round=number, languages=languages, authentic=authentic or languages[0], at=now(), **told
    )
    take(record, key_path, body, ident)


@command.command("delegation")
@step
@click.argument("session")
@click.option("--head", required=True, metavar="NAME|ROLE", help='Who led it: "Ana Brel|Defence Minister".')
@click.option("--member", "members", multiple=True, metavar="NAME|ROLE", help="Who else came. Repeatable.")
@click.option("--office-holder", "public", multiple=True, metavar="NAME", help="Whose name may be public. Repeatable.")
def delegation(
    record: Path, key_path: Path, session: str, head: str, members: tuple[str, ...], public: tuple[str, ...]
) -> None:
    """Name your own delegation to SESSION, as you name it. Only office holders are ever named in public.

    \b
    Example:
        tasdiq minutes delegation record session-1f2e3d4c --key kestria.key --head "Ana Brel|Defence Minister" \\
            --office-holder "Ana Brel"
    """

    def person(text: str) -> Delegate:
        name, _, role = text.partition("|")
        return Delegate(name=name.strip(), role=role.strip(), office_holder=name.strip() in public)

    body = DelegationNamed(session=session, head=person(head), members=tuple(map(person, members)), at=now())
    take(record, key_path, body, session)


@command.command("line")
@step
@click.argument("session")
@click.option("--text", required=True, help="The line, in the authentic language.")
@click.option("--translation", "others", multiple=True, metavar="LANGUAGE=TEXT", help="For convenience. Repeatable.")
@click.option("--replaces", default="", help="The line it stands for (its id), if it changes one.")
def line(record: Path, key_path: Path, session: str, text: str, others: tuple[str, ...], replaces: str) -> None:
    """Record the next line of the minutes of SESSION, as the mediator who keeps them; prints its id.

    \b
    Example:
        tasdiq minutes line record session-1f2e3d4c --key ordania.key --text "The crossing at Brenk opens on 14 April."
    """
    ident = new_id("line")
    body = MinuteLineRecorded(
        session=session,
        line=ident,
        text=text,
        translations=tuple(map(_translation, others)),
        replaces=replaces,
        at=now(),
    )
    take(record, key_path, body, ident)


def _translation(text: str) -> Translation:
    language, found, words = text.partition("=")
    if not found:
        raise InputError(f"expected LANGUAGE=TEXT, as ur=…; found {text[:40]!r}", field="--translation")
    return Translation(language=language.strip(), text=words)


@command.command("mark")
@step
@click.argument("session")
@click.argument("line")
@click.option("--answer", required=True, type=click.Choice(list(ANSWERS)))
@click.option("--text", default="", help="Your own wording, or your reason.")
@click.option(
    "--sha256", default="", help="The SHA-256 of the text you agreed to elsewhere; refused if the line differs."
)
def mark(record: Path, key_path: Path, session: str, line: str, answer: str, text: str, sha256: str) -> None:
    """Mark LINE of SESSION for your delegation; shows on stderr the exact text you sign.

    \b
    Example:
        tasdiq minutes mark record session-1f2e3d4c line-5a6b7c8d --key vorland.key --answer not-agreed
    """
    with opened(record, key_path) as mechanism:
        found = line_in(meeting_of(mechanism.state(), session), line)
        click.echo(shown(f"line {found.number}: {found.text}"), err=True)
        body = MinuteLineAnswered(
            session=session, line=line, answer=ANSWERS[answer], sha256=sha256 or found.sha256, text=text, at=now()
        )
        receipt = mechanism.step("MinuteLineAnswered", body)
        click.echo(f"{line}: entry {receipt.index}, {receipt.id}")


@command.command("open")
@step
@click.argument("session")
def open_minutes(record: Path, key_path: Path, session: str) -> None:
    """Agree that the agreed lines of SESSION become public. They do when every party to it has entered so for itself.

    \b
    Example:
        tasdiq minutes open record session-1f2e3d4c --key kestria.key
    """
    take(record, key_path, MinutesOpened(session=session, at=now()), session)


for _added in (minutes_show.show, minutes_show.list_sessions, minutes_show.export_minutes):
    command.add_command(_added)
