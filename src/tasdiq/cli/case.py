"""`tasdiq case`: take an allegation through the procedure from a shell, one command a step."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import msgspec

from tasdiq.cli.key import load_key
from tasdiq.current import read_state
from tasdiq.founding import Home
from tasdiq.mechanism import Mechanism, timestamp, utc_now
from tasdiq.model import entries
from tasdiq.model.case import AccessRequest, FindingPart
from tasdiq.model.value import Value
from tasdiq.settings import read_settings
from tasdiq.verification.drafting import BREACHES, NOT_EXAMINED, OCCURRENCES


def _step(function: Callable[..., Any]) -> Callable[..., Any]:
    key = click.option(
        "--key", "key_path", required=True, type=click.Path(path_type=Path), help="The member's key file."
    )
    return key(click.argument("record", type=click.Path(path_type=Path))(function))


@click.group()
def command() -> None:
    """Take an allegation through the procedure of a joint record, one command a step.

    \b
    subjects, open, request-access, answer-access, draft; then tasdiq sign. Each step is signed with a member's key and
    refused, with the paragraph, where the charter's procedure does not allow it.

    \b
    Example:
        tasdiq case subjects record
        tasdiq case open record --key kestria.key --subject p-… --by kes --against vor --allegation "…"
    """


@command.command("subjects")
@click.argument("record", type=click.Path(path_type=Path))
def list_subjects(record: Path) -> None:
    """List what a case can be opened on: the propositions and incidents of RECORD, with their ids.

    \b
    Example:
        tasdiq case subjects record
    """
    state = read_state(Home(record))
    for proposition in state.propositions.values():
        click.echo(f"{proposition.id}  {proposition.wording}")
    for incident in state.incidents.values():
        first = state.reports.get(incident.reports[0])
        said = f"{first.time or 'at an unknown time'}, {first.place or 'place unknown'}, {first.type}" if first else ""
        click.echo(f"{incident.id}  {said} ({len(incident.reports)} reports)")
    if not state.propositions and not state.incidents:
        click.echo("nothing yet; take documents in with: tasdiq receive RECORD FILE… --key FILE", err=True)


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
    """Open a case on an incident or proposition of RECORD; prints the case's id.

    It stays an alleged violation until a finding is signed. A party alleges for itself, a mediator may record another's.

    \b
    Example:
        tasdiq case open record --key kestria.key --subject p-… --by kes --against vor --commitment no-fire \\
            --allegation "Shelling of three posts on 4 March"
    """
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
    """Record that access was asked for in CASE; prints the request's id. The place stays with the members.

    \b
    Example:
        tasdiq case request-access record case-1f2e3d4c --key ordania.key --of vor --place "positions north of Brenk"
    """
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
    """Answer the access REQUEST of CASE, as the member it was asked of.

    \b
    Example:
        tasdiq case answer-access record case-1f2e3d4c access-5a6b7c8d --key vorland.key --answer denied --reason "…"
    """
    body = entries.AccessAnswered(case=case, request=request, answer=answer, reason=reason, at=timestamp(utc_now()))
    _take(record, key_path, "AccessAnswered", body, request)


@command.command("draft")
@_step
@click.argument("case")
@click.option("--occurrence", required=True, type=click.Choice(OCCURRENCES))
@click.option("--responsibility", default=NOT_EXAMINED, help="Who is responsible, in words.", show_default=True)
@click.option("--breach", default=NOT_EXAMINED, type=click.Choice(BREACHES))
@click.option("--text", default="", help="What was found, in words (the occurrence part).")
@click.option("--standard", default="reasonable grounds", show_default=True, help="The charter's standard of proof.")
@click.option(
    "--witness", "witnesses", multiple=True, metavar="NAME", help="A witness; the name is sealed. Repeatable."
)
def draft(
    record: Path,
    key_path: Path,
    case: str,
    occurrence: str,
    responsibility: str,
    breach: str,
    text: str,
    standard: str,
    witnesses: tuple[str, ...],
) -> None:
    """Put a finding on CASE before the members, in three parts; prints its id, for tasdiq sign.

    Responsibility and breach stay "not examined" unless the occurrence is proposed as established. Witnesses are named in
    the finding and shown to nobody: whether any is named cannot be seen, and each name can be proved later with tasdiq
    disclose. The host keeps the names, encrypted; who may read the record's folder may read them.

    \b
    Examples:
        tasdiq case draft record case-1f2e3d4c --key ordania.key --occurrence "access denied"
        tasdiq case draft record case-1f2e3d4c --key ordania.key --occurrence established --text "Craters were seen." \\
            --responsibility "not settled" --breach inconclusive
    """
    finding = f"finding-{secrets.token_hex(4)}"
    parts = (
        FindingPart(name="occurrence", outcome=occurrence, text=text),
        FindingPart(name="responsibility", outcome=responsibility),
        FindingPart(name="breach", outcome=breach),
    )
    body = entries.FindingDrafted(
        case=case,
        finding=finding,
        standard=standard,
        parts=parts,
        witnesses=witnesses,
        at=timestamp(utc_now()),
    )
    _take(record, key_path, "FindingDrafted", body, finding)


@command.command("list")
@click.argument("record", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the cases as JSON on stdout.")
def list_cases(record: Path, as_json: bool) -> None:
    """List the cases of RECORD with their access requests, findings and marks.

    \b
    Example:
        tasdiq case list record

    \b
    --json prints one array of cases: id, subject, allegation, stage, access [{id, asked_of, answer, …}], findings [{id,
    decision, parts, signatures, decided, …}].
    """
    state = read_state(Home(record))
    if as_json:
        click.echo(msgspec.json.encode(list(state.cases.values())).decode())
        return
    if not state.cases:
        click.echo("no cases yet; open one with: tasdiq case open RECORD --key FILE --subject ID …")
    for case in state.cases.values():
        click.echo(f"{case.id}  {case.stage}  alleged: {case.allegation}")
        for request in case.access:
            click.echo(f"  {request.id}  asked of {request.asked_of}: {request.answer}")
        for finding in case.findings:
            parts = ", ".join(f"{part.name} {part.outcome}" for part in finding.parts)
            click.echo(f"  {finding.id}  {finding.decision}: {parts}")
            for mark in finding.signatures:
                click.echo(f"    {mark.member} {mark.mark} under {mark.part}{': ' + mark.text if mark.text else ''}")


def _take(record: Path, key_path: Path, kind: str, body: Value, ident: str) -> None:
    with Mechanism.open(Home(record), read_settings(os.environ), key=load_key(key_path)) as mechanism:
        receipt = mechanism.step(kind, body)
        click.echo(f"{ident}: entry {receipt.index}, {receipt.id}")
