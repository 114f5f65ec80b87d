"""`tasdiq sign`: one member's mark under one part of a finding, signed with the member's own key."""

from __future__ import annotations

import os
from pathlib import Path
from typing import cast, get_args

import click

from tasdiq.cli.key import load_key
from tasdiq.founding import Home
from tasdiq.mechanism import Mechanism, timestamp, utc_now
from tasdiq.model.case import Mark, PartName
from tasdiq.model.entries import FindingSigned
from tasdiq.settings import read_settings


@click.command()
@click.argument("record", type=click.Path(path_type=Path))
@click.argument("finding")
@click.option(
    "--key", "key_path", required=True, type=click.Path(path_type=Path), help="The signing member's key file."
)
@click.option("--part", required=True, type=click.Choice(get_args(PartName)), help="Which of the three parts.")
@click.option(
    "--mark", required=True, type=click.Choice(get_args(Mark)), help="Concurs, reserves, dissents or abstains."
)
@click.option("--text", default="", help="The member's own words; a reservation or dissent needs them.")
def command(record: Path, finding: str, key_path: Path, part: str, mark: str, text: str) -> None:
    """Put a member's mark under a part of FINDING in RECORD. A dissent is published with the finding.

    A later mark of the same member under the same part stands in place of the earlier one, which stays in the record.

    \b
    Examples:
        tasdiq sign record finding-9e8d7c6b --key kestria.key --part occurrence --mark concurs
        tasdiq sign record finding-9e8d7c6b --key vorland.key --part occurrence --mark dissents --text "It was thunder."
    """
    with Mechanism.open(Home(record), read_settings(os.environ), key=load_key(key_path)) as mechanism:
        body = FindingSigned(
            finding=finding,
            part=cast(PartName, part),
            mark=cast(Mark, mark),
            text=text,
            at=timestamp(utc_now()),
        )
        receipt = mechanism.step("FindingSigned", body)
        click.echo(f"{mechanism.member} {mark} under {part} of {finding}: entry {receipt.index}, {receipt.id}")
