"""`tasdiq case competence`, `assess`, `team`, `recuse`: who examines an allegation, and whether it is examined at all."""

from __future__ import annotations

from pathlib import Path

import click

from tasdiq.cli.stepping import now, step, take
from tasdiq.model import steps
from tasdiq.model.case import Seat


@click.command("competence")
@step
@click.argument("case")
@click.option("--commitment", default="", help="The commitment of the charter that the allegation touches.")
@click.option("--bearer", default="", help="Whose commitment it is.")
@click.option("--not-competent", is_flag=True, help="The mechanism is not competent; needs --text.")
@click.option("--text", default="", help="Why, in words.")
def competence(
    record: Path, key_path: Path, case: str, commitment: str, bearer: str, not_competent: bool, text: str
) -> None:
    """Decide whether the mechanism is competent for CASE: which commitment it touches, and whose that is.

    A mediator decides, or every party in an entry of its own. Without a commitment only an occurrence can be found. Not
    competent is an outcome: it ends the case, with its reasons.

    \b
    Examples:
        tasdiq case competence record case-1f2e3d4c --key ordania.key --commitment no-fire --bearer vor
        tasdiq case competence record case-1f2e3d4c --key ordania.key --not-competent --text "It was before the truce."
    """
    body = steps.CompetenceDecided(
        case=case, competent=not not_competent, commitment=commitment, bearer=bearer, text=text, at=now()
    )
    take(record, key_path, body, case)


@click.command("assess")
@step
@click.argument("case")
@click.option("--text", required=True, help="What there is, and what it is enough for.")
@click.option("--not-pursued", is_flag=True, help="There is not enough to send a team; this ends the case.")
def assess(record: Path, key_path: Path, case: str, text: str, not_pursued: bool) -> None:
    """Enter the preliminary assessment of CASE: whether there is enough to send a team.

    \b
    Examples:
        tasdiq case assess record case-1f2e3d4c --key ordania.key --text "Two reports of one source, and a photograph."
        tasdiq case assess record case-1f2e3d4c --key ordania.key --not-pursued --text "No place and no day is named."
    """
    take(record, key_path, steps.CaseAssessed(case=case, pursue=not not_pursued, text=text, at=now()), case)


@click.command("team")
@step
@click.argument("case")
@click.option("--seat", "seats", multiple=True, nargs=2, metavar="MEMBER OFFICER", required=True,
              help="A member and the name or number of its officer. Repeatable.")  # fmt: skip
def team(record: Path, key_path: Path, case: str, seats: tuple[tuple[str, str], ...]) -> None:
    """Assign the team that examines CASE; a later team stands in place of an earlier one. Never published.

    Under a charter with a joint team the parties to the case sit together or not at all; under one with a neutral team
    nobody sits on a case of their own party.

    \b
    Example:
        tasdiq case team record case-1f2e3d4c --key ordania.key --seat ord "officer 4" --seat riv "officer 9"
    """
    named = tuple(Seat(member=member, officer=officer) for member, officer in seats)
    take(record, key_path, steps.TeamAssigned(case=case, team=named, at=now()), case)


@click.command("recuse")
@step
@click.argument("case")
@click.option("--member", required=True, help="The member who takes no further part, or whose officer.")
@click.option("--officer", default="", help="An officer of the member; without it the member itself is recused.")
@click.option("--reason", required=True, help="Why.")
def recuse(record: Path, key_path: Path, case: str, member: str, officer: str, reason: str) -> None:
    """Recuse a member, or one officer of it, from CASE. Marks of the recused are kept and shown, and count no more.

    A mediator or observer recuses itself; officers are recused by their member or by a mediator.

    \b
    Examples:
        tasdiq case recuse record case-1f2e3d4c --key rivers.key --member riv --reason "Our office stands beside the post."
        tasdiq case recuse record case-1f2e3d4c --key ordania.key --member ord --officer "officer 4" --reason "A relative."
    """
    body = steps.Recused(case=case, member=member, officer=officer, reason=reason, at=now())
    take(record, key_path, body, case)
