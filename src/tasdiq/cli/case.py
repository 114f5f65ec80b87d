"""`tasdiq case`: take an allegation through the procedure from a shell, one command a step."""

from __future__ import annotations

from pathlib import Path

import click

from tasdiq.cli import competence, evidence, hearing, review, show
from tasdiq.cli.stepping import new_id, now, step, take
from tasdiq.model import entries
from tasdiq.model.case import AccessRequest, FindingPart
from tasdiq.secretariat.current import read_state
from tasdiq.secretariat.founding import Home
from tasdiq.verification.drafting import BREACHES, NOT_EXAMINED, OCCURRENCES


@click.group()
def command() -> None:
    """Take an allegation through the procedure of a joint record, one command a step.

    \b
    1. open, competence, assess, team              4. tasdiq sign, by each member and part
    2. request-access, submit-evidence, answers    5. lift-embargo; appeal, reopen
    3. draft, notify, respond                      at any time: show, list, extend, recuse, withdraw

    Each step is signed with a member's key and refused, with the rule, where the charter's procedure does not allow it.
    tasdiq case show says what is due from whom.

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
@step
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
    case = new_id("case")
    kind = "proposition" if subject in read_state(Home(record)).propositions else "incident"
    body = entries.CaseOpened(
        case=case,
        subject=subject,
        subject_kind=kind,
        allegation=allegation,
        alleged_by=alleged_by,
        alleged_against=against,
        commitment=commitment,
        at=now(),
    )
    take(record, key_path, body, case)


@command.command("request-access")
@step
@click.argument("case")
@click.option("--of", "asked_of", required=True, help="The member access is asked of.")
@click.option("--place", required=True, help="What is to be reached (never published before it is safe).")
def request_access(record: Path, key_path: Path, case: str, asked_of: str, place: str) -> None:
    """Record that access was asked for in CASE; prints the request's id. The place stays with the members.

    \b
    Example:
        tasdiq case request-access record case-1f2e3d4c --key ordania.key --of vor --place "positions north of Brenk"
    """
    ident = new_id("access")
    request = AccessRequest(id=ident, asked_of=asked_of, place=place, asked_at=now())
    take(record, key_path, entries.AccessRequested(case=case, request=request), ident)


@command.command("answer-access")
@step
@click.argument("case")
@click.argument("request")
@click.option("--answer", required=True, type=click.Choice(["granted", "conditional", "delayed", "denied"]))
@click.option("--reason", default="", help="The reason, or the conditions.")
@click.option("--until", default="", help="When a delay is to end, in UTC: 2031-05-02T18:00:00Z.")
def answer_access(record: Path, key_path: Path, case: str, request: str, answer: str, reason: str, until: str) -> None:
    """Answer the access REQUEST of CASE, as the member it was asked of. It may be answered again as things change.

    \b
    Example:
        tasdiq case answer-access record case-1f2e3d4c access-5a6b7c8d --key vorland.key --answer denied --reason "…"
    """
    body = entries.AccessAnswered(case=case, request=request, answer=answer, reason=reason, until=until, at=now())
    take(record, key_path, body, request)


@command.command("draft")
@step
@click.argument("case")
@click.option("--occurrence", required=True, type=click.Choice(OCCURRENCES))
@click.option("--responsibility", default=NOT_EXAMINED, help="Who is responsible, in words.", show_default=True)
@click.option("--actor", default="", help="The member or group of the charter that responsibility is attributed to.")
@click.option("--breach", default=NOT_EXAMINED, type=click.Choice(BREACHES))
@click.option("--text", default="", help="What was found, in words (the occurrence part).")
@click.option("--standard", default="", help="A standard of proof of the charter; without it the charter's own choice.")
@click.option("--evidence", "rests_on", multiple=True, help="What the finding rests on, by its id. Repeatable.")
@click.option(
    "--sealed", is_flag=True, help="To be opened by every party together only, never by an embargo that ends."
)
@click.option(
    "--witness", "witnesses", multiple=True, metavar="NAME", help="A witness; the name is sealed. Repeatable."
)
def draft(
    record: Path,
    key_path: Path,
    case: str,
    occurrence: str,
    responsibility: str,
    actor: str,
    breach: str,
    text: str,
    standard: str,
    rests_on: tuple[str, ...],
    sealed: bool,
    witnesses: tuple[str, ...],
) -> None:
    """Put a finding on CASE before the members, in three parts; prints its id, for tasdiq case notify and tasdiq sign.

    Responsibility and breach stay "not examined" unless the occurrence is proposed as established. A breach is "disputed"
    where the bearer never acknowledged the commitment. An armed group that is not a party is none: breach is then examined
    against a party's duty to prevent only. Access that was denied is an outcome of its own. Witnesses are named in
    the finding and shown to nobody: whether any is named cannot be seen, and each name can be proved later with tasdiq
    disclose. The host keeps the names, encrypted; who may read the record's folder may read them.

    \b
    Examples:
        tasdiq case draft record case-1f2e3d4c --key ordania.key --occurrence "access denied"
        tasdiq case draft record case-1f2e3d4c --key ordania.key --occurrence established --text "Craters were seen." \\
            --responsibility "not settled" --breach inconclusive
    """
    finding = new_id("finding")
    parts = (
        FindingPart(name="occurrence", outcome=occurrence, text=text),
        FindingPart(name="responsibility", outcome=responsibility, actor=actor),
        FindingPart(name="breach", outcome=breach),
    )
    body = entries.FindingDrafted(
        case=case,
        finding=finding,
        standard=standard or read_state(Home(record)).charter.procedure.default_standard,
        parts=parts,
        evidence=rests_on,
        sealed=sealed,
        witnesses=witnesses,
        at=now(),
    )
    take(record, key_path, body, finding)


for _added in (
    competence.competence, competence.assess, competence.team, competence.recuse, evidence.submit_evidence, evidence.acknowledge,
    evidence.answer_evidence, hearing.notify, hearing.respond, hearing.extend, review.withdraw, review.appeal,
    review.dismiss_appeal, review.reopen, review.lift_embargo, show.show, show.list_cases,
):  # fmt: skip
    command.add_command(_added)
