"""`tasdiq case withdraw`, `appeal`, `dismiss-appeal`, `reopen`, `lift-embargo`: what follows a draft or a decision."""

from __future__ import annotations

from pathlib import Path

import click

from tasdiq.cli.hearing import finding_in
from tasdiq.cli.stepping import now, opened, step, take
from tasdiq.model import steps
from tasdiq.model.entries import FindingWithdrawn


@click.command("withdraw")
@step
@click.argument("finding")
@click.option("--reason", required=True, help="Why.")
def withdraw(record: Path, key_path: Path, finding: str, reason: str) -> None:
    """Withdraw FINDING; it stays in the record, marked withdrawn.

    A draft is withdrawn by the member that drafted it or by a mediator; a decided finding by every party, each for itself.

    \b
    Example:
        tasdiq case withdraw record finding-9e8d7c6b --key ordania.key --reason "The wrong post was named."
    """
    take(record, key_path, FindingWithdrawn(finding=finding, reason=reason, at=now()), finding)


@click.command("appeal")
@step
@click.argument("finding")
@click.option("--text", required=True, help="The grounds, in the party's own words.")
def appeal(record: Path, key_path: Path, finding: str, text: str) -> None:
    """Appeal against the decided FINDING, as a party to the case, within the charter's days.

    While an appeal is open the finding counts for nothing and its embargo is not lifted. The mechanism answers by
    dismissing it, or grants it by reopening the case.

    \b
    Example:
        tasdiq case appeal record finding-9e8d7c6b --key vorland.key --text "A witness came forward after the decision."
    """
    take(record, key_path, steps.FindingAppealed(finding=finding, text=text, at=now()), finding)


@click.command("dismiss-appeal")
@step
@click.argument("finding")
@click.option("--by", required=True, help="The party whose appeal is dismissed.")
@click.option("--text", required=True, help="The reasons.")
def dismiss_appeal(record: Path, key_path: Path, finding: str, by: str, text: str) -> None:
    """Dismiss a party's appeal against FINDING, with reasons: a mediator, or every party in an entry of its own.

    \b
    Example:
        tasdiq case dismiss-appeal record finding-9e8d7c6b --key ordania.key --by vor --text "The witness was heard."
    """
    take(record, key_path, steps.AppealDismissed(finding=finding, by=by, text=text, at=now()), finding)


@click.command("reopen")
@step
@click.argument("case")
@click.option("--reason", required=True, help="Why.")
def reopen(record: Path, key_path: Path, case: str, reason: str) -> None:
    """Reopen a CASE that has ended: a mediator, or every party in an entry of its own. An open appeal is granted by it.

    \b
    Example:
        tasdiq case reopen record case-1f2e3d4c --key ordania.key --reason "Access was granted after the decision."
    """
    take(record, key_path, steps.CaseReopened(case=case, reason=reason, at=now()), case)


@click.command("lift-embargo")
@step
@click.argument("finding")
@click.option("--reason", default="", help="Why now.")
def lift_embargo(record: Path, key_path: Path, finding: str, reason: str) -> None:
    """Make the decided FINDING public: a mediator after the charter's embargo, every party together at any time.

    Draft, marks and appeals are opened to everybody, each with what anyone needs to check it; replies and evidence stay
    with the members. A sealed finding is opened by every party together only.

    \b
    Example:
        tasdiq case lift-embargo record finding-9e8d7c6b --key ordania.key
    """
    with opened(record, key_path) as mechanism:
        receipt = mechanism.step("EmbargoLifted", steps.EmbargoLifted(finding=finding, reason=reason, at=now()))
        public = finding_in(mechanism, finding).release == "public"
        click.echo(f"{finding}: entry {receipt.index}, {receipt.id}")
        click.echo("  public from now on" if public else "  it is public when the other parties have entered the same")
