"""`tasdiq case`: take an allegation through the procedure from a shell, one command a step."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from tasdiq.cli.key import load_key
from tasdiq.current import read_state
from tasdiq.founding import Home
from tasdiq.mechanism import Mechanism, timestamp, utc_now
from tasdiq.model import entries
from tasdiq.model.case import AccessRequest, FindingPart
from tasdiq.model.value import Value
from tasdiq.settings import read_settings
from tasdiq.verification.decision import NOT_EXAMINED
from tasdiq.verification.procedure import OCCURRENCES


def _step(function: Callable[..., Any]) -> Callable[..., Any]:
    key = click.option(
        "--key", "key_path", required=True, type=click.Path(path_type=Path), help="The member's key file."
    )
    return key(click.argument("record", type=click.Path(path_type=Path))(function))


@click.group()
def command() -> None:
    """Take an allegation through the procedure: open, request-access, answer-access, draft; then tasdiq sign."""


@command.command("open")
@_step
@click.option("--subject", required=True, help="The incident or proposition the case is on (its id).")
@click.option("--allegation", required=True, help="What is alleged, in words.")
@click.option("--by", "alleged_by", required=True, help="Who alleges it (a member).")
@click.option("--against", default="", help="Whom it is alleged against.")
@click.option("--commitment", default="", help="The commitment of the charter it would touch.")
def open_case(
    record: Path, key_path: Path, subject: str, allegation: str, alleged_by: str, against: str, commitment: str
) -> None:
    """Open a case on an incident or proposition. It stays an alleged violation until a finding is signed."""
    case = f"case-{secrets.token_hex(4)}"
    kind = "proposition" if subject in read_state(Home(record)).propositions else "incident"
    body = entries.CaseOpened(
        case=case,
        subject=subject,
        subject_kind=kind,
        allegation=allegation,
        alleged_by=alleged_by,
        alleged_against=against,
        commitment=commitment,
        at=timestamp(utc_now()),
    )
    _take(record, key_path, "CaseOpened", body, case)


@command.command("request-access")
@_step
@click.argument("case")
@click.option("--of", "asked_of", required=True, help="The member access is asked of.")
@click.option("--place", required=True, help="What is to be reached (never published before it is safe).")
def request_access(record: Path, key_path: Path, case: str, asked_of: str, place: str) -> None:
    """Record that access was asked for."""
    ident = f"access-{secrets.token_hex(4)}"
    request = AccessRequest(id=ident, asked_of=asked_of, place=place, asked_at=timestamp(utc_now()))
    _take(record, key_path, "AccessRequested", entries.AccessRequested(case=case, request=request), ident)


@command.command("answer-access")
@_step
@click.argument("case")
@click.argument("request")
@click.option("--answer", required=True, type=click.Choice(["granted", "conditional", "delayed", "denied"]))
@click.option("--reason", default="", help="The reason given.")
def answer_access(record: Path, key_path: Path, case: str, request: str, answer: str, reason: str) -> None:
    """Answer an access request, as the member it was asked of."""
    body = entries.AccessAnswered(case=case, request=request, answer=answer, reason=reason, at=timestamp(utc_now()))
    _take(record, key_path, "AccessAnswered", body, request)


@command.command("draft")
@_step
@click.argument("case")
@click.option("--occurrence", required=True, type=click.Choice(OCCURRENCES))
@click.option("--responsibility", default=NOT_EXAMINED, help="Who is responsible, in words.", show_default=True)
@click.option(
    "--breach", default=NOT_EXAMINED, type=click.Choice([NOT_EXAMINED, "breach", "no breach", "inconclusive"])
)
@click.option("--text", default="", help="What was found, in words (the occurrence part).")
@click.option("--standard", default="reasonable grounds", show_default=True, help="The charter's standard of proof.")
def draft(
    record: Path, key_path: Path, case: str, occurrence: str, responsibility: str, breach: str, text: str, standard: str
) -> None:
    """Put a finding in three parts before the members."""
    finding = f"finding-{secrets.token_hex(4)}"
    parts = (
        FindingPart(name="occurrence", outcome=occurrence, text=text),
        FindingPart(name="responsibility", outcome=responsibility),
        FindingPart(name="breach", outcome=breach),
    )
    body = entries.FindingDrafted(case=case, finding=finding, standard=standard, parts=parts, at=timestamp(utc_now()))
    _take(record, key_path, "FindingDrafted", body, finding)


@command.command("list")
@click.argument("record", type=click.Path(path_type=Path))
def list_cases(record: Path) -> None:
    """List cases with their access requests and findings."""
    state = read_state(Home(record))
    if not state.cases:
        click.echo("no cases yet; open one with: tasdiq case open RECORD --key FILE --subject ID …")
    for case in state.cases.values():
        click.echo(f"{case.id}  {case.stage}  alleged: {case.allegation}")
        for request in case.access:
            click.echo(f"  {request.id}  asked of {request.asked_of}: {request.answer}")
        for finding in case.findings:
            parts = ", ".join(f"{part.name} {part.outcome}" for part in finding.parts)
            click.echo(f"  {finding.id}  {finding.decision}: {parts}")


def _take(record: Path, key_path: Path, kind: str, body: Value, ident: str) -> None:
    with Mechanism.open(Home(record), read_settings(os.environ), key=load_key(key_path)) as mechanism:
        receipt = mechanism.step(kind, body)
        click.echo(f"{ident}: entry {receipt.index}, {receipt.id}")
