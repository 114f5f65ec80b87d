"""`tasdiq sign`: one member's mark under one part of a finding, signed with the member's own key."""

from __future__ import annotations

from pathlib import Path
from typing import cast, get_args

import click

from tasdiq.cli.stepping import now, opened, step
from tasdiq.model.case import Mark, PartName
from tasdiq.model.entries import FindingSigned


@click.command()
@step
@click.argument("finding")
@click.option("--part", required=True, type=click.Choice(get_args(PartName)), help="Which of the three parts.")
@click.option(
    "--mark", required=True, type=click.Choice(get_args(Mark)), help="Concurs, reserves, dissents or abstains."
)
@click.option("--text", default="", help="The member's own words; a reservation or dissent needs them.")
def command(record: Path, finding: str, key_path: Path, part: str, mark: str, text: str) -> None:
    """Put a member's mark under a part of FINDING in RECORD. A dissent is published with the finding.

    Signing opens when the parties were heard on the draft. A later mark of the same member under the same part stands in
    place of the earlier one, until the part is decided; both stay in the record. Not to sign is not to consent.

    \b
    Examples:
        tasdiq sign record finding-9e8d7c6b --key kestria.key --part occurrence --mark concurs
        tasdiq sign record finding-9e8d7c6b --key vorland.key --part occurrence --mark dissents --text "It was thunder."
    """
    with opened(record, key_path) as mechanism:
        body = FindingSigned(
            finding=finding,
            part=cast(PartName, part),
            mark=cast(Mark, mark),
            text=text,
            at=now(),
        )
        receipt = mechanism.step("FindingSigned", body)
        click.echo(f"{mechanism.member} {mark} under {part} of {finding}: entry {receipt.index}, {receipt.id}")
