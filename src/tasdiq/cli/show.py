"""`tasdiq case show` and `tasdiq case list`: what happened in a case, what stands, and what is due from whom."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from tasdiq import timing
from tasdiq.cli.stepping import now
from tasdiq.errors import MissingError
from tasdiq.model.case import Case, Due, Finding, Happening
from tasdiq.model.charter import Charter
from tasdiq.secretariat.current import read_state
from tasdiq.secretariat.founding import Home
from tasdiq.verification import clocks, custody

HAPPENED = {
    "CaseOpened": "opened the case",
    "CompetenceDecided": "decided competence",
    "CaseAssessed": "entered the preliminary assessment",
    "TeamAssigned": "assigned the team",
    "Recused": "entered a recusal",
    "AccessRequested": "asked for access",
    "AccessAnswered": "answered a request for access",
    "EvidenceSubmitted": "submitted evidence",
    "EvidenceAcknowledged": "acknowledged evidence",
    "EvidenceAnswered": "answered evidence",
    "FindingDrafted": "drafted a finding",
    "PartyNotified": "handed over the draft",
    "PartyResponded": "replied to the draft",
    "DeadlineExtended": "agreed to a later deadline",
    "FindingSigned": "marked a part of a finding",
    "FindingWithdrawn": "withdrew a finding",
    "FindingAppealed": "appealed",
    "AppealDismissed": "answered an appeal",
    "CaseReopened": "reopened the case",
    "EmbargoLifted": "made a finding public",
}
"""What each kind of step is called where a case is told."""


@click.command("show")
@click.argument("record", type=click.Path(path_type=Path))
@click.argument("case")
@click.option("--json", "as_json", is_flag=True, help="Print case and deadlines as JSON on stdout.")
def show(record: Path, case: str, as_json: bool) -> None:
    """Show what happened in CASE, what stands, and what is due from whom. For members: it shows what is never published.

    A deadline that has passed is marked overdue. That is neither an answer nor consent.

    \b
    Example:
        tasdiq case show record case-1f2e3d4c

    \b
    --json prints one object: case {id, stage, competence, access, evidence, findings, history, …}, due [{what, item, owed_by,
    due, overdue, extended}], as_of (the time the deadlines are held against).
    """
    at = now()
    state = timing.as_of(read_state(Home(record)), at)
    if case not in state.cases:
        raise MissingError(f"no case {case} in this record; list them with: tasdiq case list RECORD")
    found = state.cases[case]
    due = clocks.due(state.charter, found, at)
    if as_json:
        click.echo(msgspec.json.encode({"as_of": at, "case": found, "due": due}).decode())
        return
    for line in (*_head(found), *_access(found), *_evidence(found, at), *_findings(state.charter, found), *_due(due)):
        click.echo(line)
    click.echo("What happened")
    for happening in found.history:
        click.echo(f"  {happening.at}  {_tell(happening)}")


@click.command("list")
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
    cases = timing.as_of(read_state(Home(record)), now()).cases
    if as_json:
        click.echo(msgspec.json.encode(list(cases.values())).decode())
        return
    if not cases:
        click.echo("no cases yet; open one with: tasdiq case open RECORD --key FILE --subject ID …")
    for case in cases.values():
        click.echo(f"{case.id}  {case.stage}  alleged: {case.allegation}")
        for request in case.access:
            click.echo(f"  {request.id}  asked of {request.asked_of}: {request.answer}")
        for finding in case.findings:
            for line in _finding(finding):
                click.echo(line)


def _head(case: Case) -> Iterator[str]:
    yield f"{case.id}  {case.stage}  alleged: {case.allegation}"
    yield f"  by {case.alleged_by} against {case.alleged_against or 'nobody named'}, on {case.subject}"
    if case.competence:
        of = f"{case.competence.commitment} of {case.competence.bearer}" if case.competence.commitment else ""
        yield f"  {'competent' if case.competence.competent else 'not competent'}: {of or case.competence.text or '–'}"
    if case.assessment:
        yield f"  {'pursued' if case.assessment.pursue else 'not pursued'}: {case.assessment.text}"
    if case.team:
        yield "  team: " + ", ".join(f"{seat.officer} of {seat.member}" for seat in case.team)
    for item in case.recusals:
        yield f"  recused: {item.officer + ' of ' if item.officer else ''}{item.member} ({item.reason})"


def _access(case: Case) -> Iterator[str]:
    for request in case.access:
        yield f"  {request.id}  access to {request.place}, asked of {request.asked_of}"
        for answer in request.answers:
            yield f"    {answer.at}  {answer.answer}{': ' + answer.reason if answer.reason else ''}"
        if not request.answers:
            yield "    no answer yet"


def _evidence(case: Case, at: str) -> Iterator[str]:
    for evidence in case.evidence:
        yield f"  {evidence.id}  {evidence.title}, from {evidence.submitted_by} ({len(evidence.sha256)} files)"
        for handover in evidence.handed:
            yield f"    to {handover.to}: {custody.standing(case, evidence, handover, at)}"
            for answer in handover.answers:
                yield f"      {answer.at}  {answer.answer}: {answer.text}"


def _findings(charter: Charter, case: Case) -> Iterator[str]:
    for finding in case.findings:
        yield from _finding(finding)
        for notice in finding.notices:
            said = "; ".join(reply.text for reply in notice.replies) or "no reply"
            yield f"    {notice.id}  {notice.party} was told {notice.at}: {said}"
        for appeal in finding.appeals:
            yield f"    {appeal.by} appealed: {appeal.text}{' (dismissed)' if appeal.dismissed_at else ''}"
        if finding.decided_at:
            hours = charter.publication.embargo_hours
            until = f" until {clocks.after(finding.decided_at, hours=hours)}" if finding.release == "embargoed" else ""
            yield f"    decided {finding.decided_at} by {finding.decided_by}; {finding.release}{until}"
        elif finding.decision == "draft":
            opens = clocks.signing_opens(charter, case, finding)
            ends = clocks.signing_ends(charter, case, finding)
            yield (
                f"    signing from {opens} until {ends}"
                if opens
                else "    signing opens when every party has been told"
            )


def _finding(finding: Finding) -> Iterator[str]:
    parts = ", ".join(f"{part.name} {part.outcome}" for part in finding.parts)
    yield f"  {finding.id}  {finding.decision}: {parts}"
    for mark in finding.signatures:
        yield f"    {mark.member} {mark.mark} under {mark.part}{': ' + mark.text if mark.text else ''}"


def _due(due: list[Due]) -> Iterator[str]:
    yield "Due" if due else "Nothing is due"
    for item in due:
        extended = " (extended by agreement)" if item.extended else ""
        late = "  OVERDUE: no answer, which is not consent" if item.overdue else ""
        yield f"  {item.owed_by}: {item.what} {item.item} by {item.due}{extended}{late}"


def _tell(happening: Happening) -> str:
    return f"{happening.member} {HAPPENED.get(happening.kind, happening.kind)} {happening.item}".rstrip()
