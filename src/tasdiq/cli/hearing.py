"""`tasdiq case notify`, `respond`, `extend`: the parties are heard before anyone signs; deadlines move by agreement."""

from __future__ import annotations

from pathlib import Path

import click

from tasdiq.cli.stepping import new_id, now, opened, step
from tasdiq.errors import MissingError
from tasdiq.mechanism import Mechanism
from tasdiq.model import steps
from tasdiq.model.case import Finding


@click.command("notify")
@step
@click.argument("finding")
@click.option(
    "--party", "parties", multiple=True, help="Only this party; without it every party that was not told yet."
)
def notify(record: Path, key_path: Path, finding: str, parties: tuple[str, ...]) -> None:
    """Hand the draft FINDING to the parties and ask for their replies; prints the id of each notice.

    Nobody signs before every party has replied or let the charter's days pass. No reply is shown as overdue, never as consent.

    \b
    Example:
        tasdiq case notify record finding-9e8d7c6b --key ordania.key
    """
    with opened(record, key_path) as mechanism:
        found = finding_in(mechanism, finding)
        told = {notice.party for notice in found.notices} | {found.drafted_by}
        waiting = [party.id for party in mechanism.charter.parties if party.id not in told]
        for party in parties or waiting:
            notice = new_id("notice")
            body = steps.PartyNotified(finding=finding, notice=notice, party=party, at=now())
            receipt = mechanism.step("PartyNotified", body)
            click.echo(f"{notice}: to {party}, entry {receipt.index}, {receipt.id}")


@click.command("respond")
@step
@click.argument("finding")
@click.option("--text", required=True, help="The reply, in the party's own words.")
def respond(record: Path, key_path: Path, finding: str, text: str) -> None:
    """Reply to the draft FINDING, as a party that was told of it. It may be done more than once, until it is decided.

    \b
    Example:
        tasdiq case respond record finding-9e8d7c6b --key vorland.key --text "The post was never manned in March."
    """
    with opened(record, key_path) as mechanism:
        found = finding_in(mechanism, finding)
        mine = next((notice.id for notice in found.notices if notice.party == mechanism.member), "")
        if not mine:
            raise MissingError(f"{mechanism.member} was not told of {finding} yet: tasdiq case notify RECORD {finding}")
        body = steps.PartyResponded(finding=finding, notice=mine, text=text, at=now())
        receipt = mechanism.step("PartyResponded", body)
        click.echo(f"{mine}: entry {receipt.index}, {receipt.id}")


@click.command("extend")
@step
@click.argument("case")
@click.argument("item")
@click.option("--until", required=True, help="The later time, in UTC: 2031-05-02T18:00:00Z.")
@click.option("--reason", default="", help="Why.")
def extend(record: Path, key_path: Path, case: str, item: str, until: str, reason: str) -> None:
    """Agree that the deadline of ITEM in CASE moves. It moves when every party to the case has entered the same time.

    ITEM is the id of a request for access, of evidence, of a notice, of a finding (its signing period), or of the case
    itself (the decision on competence).

    \b
    Example:
        tasdiq case extend record case-1f2e3d4c evidence-3c4d5e6f --key vorland.key --until 2031-05-02T18:00:00Z
    """
    with opened(record, key_path) as mechanism:
        body = steps.DeadlineExtended(case=case, item=item, until=until, reason=reason, at=now())
        receipt = mechanism.step("DeadlineExtended", body)
        moved = any(found.item == item and found.until == until for found in mechanism.state().cases[case].extensions)
        click.echo(f"{item}: entry {receipt.index}, {receipt.id}")
        click.echo(f"  due {until} now" if moved else "  it moves when the other parties have entered the same time")


def finding_in(mechanism: Mechanism, ident: str) -> Finding:
    """Return a finding of the record by its id; raise `MissingError` if there is none."""
    found = (item for case in mechanism.state().cases.values() for item in case.findings if item.id == ident)
    if (finding := next(found, None)) is None:
        raise MissingError(f"no finding {ident} in this record; list them with: tasdiq case list RECORD")
    return finding
