"""`tasdiq agreement figure` and `rate`: what members count and how far a programme is carried out, each in its own name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tasdiq.cli.stepping import now, step, take
from tasdiq.model.talks import ImplementationRated, QuantityReported


@click.command("figure")
@step
@click.argument("commitment")
@click.option("--value", required=True, type=int, help="How many units you counted.")
@click.option("--from", "start", required=True, help="The first day: 2031-03-10.")
@click.option("--to", "end", default="", help="The last day; without it the first day alone.")
@click.option("--source", default="", help="Who counted, in words.")
@click.option(
    "--basis",
    type=click.Choice(["witnessed", "told", "inferred", "unknown"]),
    default="unknown",
    show_default=True,
    help="How it is known.",
)
@click.option("--text", default="", help="Remarks.")
@click.option("--sealed", is_flag=True, help="For the members only.")
def figure(record: Path, key_path: Path, commitment: str, **told: Any) -> None:
    """Report a figure for COMMITMENT: how many units there were on which days, by your count.

    It stays your figure: it is shown beside the others', never added to them. Report the same days again to correct it.

    \b
    Example:
        tasdiq agreement figure record commitment-1f2e3d4c --key kestria.key --value 38 --from 2031-03-10 --source "customs"
    """
    take(record, key_path, QuantityReported(commitment=commitment, at=now(), **told), commitment)


@click.command("rate")
@step
@click.argument("commitment")
@click.option(
    "--level",
    required=True,
    type=click.IntRange(0, 3),
    help="0 not initiated, 1 minimum, 2 intermediate, 3 full implementation.",
)
@click.option("--text", required=True, help="The reasons, in words.")
def rate(record: Path, key_path: Path, commitment: str, level: Any, text: str) -> None:
    """Rate how far the programme COMMITMENT is carried out, for yourself; ratings stand beside each other.

    The scale is that of the Peace Accords Matrix of the Kroc Institute. A prohibition is not rated: its conduct follows from
    findings.

    \b
    Example:
        tasdiq agreement rate record monitors --key kestria.key --level 1 --text "Two of five are named."
    """
    take(record, key_path, ImplementationRated(commitment=commitment, level=level, text=text, at=now()), commitment)
