"""`tasdiq case submit-evidence`, `acknowledge`, `answer-evidence`: evidence handed over, with receipt, deadline and answer."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, cast

import click

from tasdiq.cli.stepping import new_id, now, opened, step, take
from tasdiq.model import steps
from tasdiq.model.evidence import Custody


@click.command("submit-evidence")
@step
@click.argument("case")
@click.option("--title", required=True, help="What it is, in words.")
@click.option("--file", "files", multiple=True, type=click.Path(path_type=Path, dir_okay=False),
              help="A file; it is kept as it is, beside the record, and never published. Repeatable.")  # fmt: skip
@click.option("--held", multiple=True, nargs=3, metavar="HOLDER TIME HOW", required=True,
              help="A link of the chain of custody: who, from when on, how it came to them. Repeatable, in order.")  # fmt: skip
@click.option("--to", multiple=True, help="A further member it is handed to, besides the other parties to the case.")
def submit_evidence(
    record: Path,
    key_path: Path,
    case: str,
    title: str,
    files: tuple[Path, ...],
    held: tuple[tuple[str, str, str], ...],
    to: tuple[str, ...],
) -> None:
    """Submit evidence in CASE and hand it to the other parties; prints its id. It stays with the members.

    The chain of custody ends with the member who submits. Each party it is handed to acknowledges it and answers within
    the charter's days; what is not answered then is shown as overdue, which is neither acceptance nor dispute.

    \b
    Example:
        tasdiq case submit-evidence record case-1f2e3d4c --key kestria.key --title "Photographs of three craters" \\
            --file craters.jpg --held kes 2031-03-05T09:00:00Z "taken by its border guard"
    """
    ident = new_id("evidence")
    custody = tuple(Custody(holder=holder, at=at, how=how) for holder, at, how in held)
    with opened(record, key_path) as mechanism:
        body = steps.EvidenceSubmitted(case=case, evidence=ident, title=title, custody=custody, to=to, at=now())
        receipt = mechanism.hand_over(body, files)
        click.echo(f"{ident}: entry {receipt.index}, {receipt.id}")


@click.command("acknowledge")
@step
@click.argument("case")
@click.argument("evidence")
def acknowledge(record: Path, key_path: Path, case: str, evidence: str) -> None:
    """Acknowledge the receipt of EVIDENCE in CASE, as a party it was handed to. It says nothing about what it shows.

    The receipt names the files as they stand in the record.

    \b
    Example:
        tasdiq case acknowledge record case-1f2e3d4c evidence-3c4d5e6f --key vorland.key
    """
    with opened(record, key_path) as mechanism:
        found = mechanism.state().cases.get(case)
        files = next((item.sha256 for item in found.evidence if item.id == evidence), ()) if found else ()
        body = steps.EvidenceAcknowledged(case=case, evidence=evidence, sha256=files, at=now())
        receipt = mechanism.step("EvidenceAcknowledged", body)
        click.echo(f"{evidence}: entry {receipt.index}, {receipt.id}")
        for sha256 in files:
            click.echo(f"  received: {sha256}")


@click.command("answer-evidence")
@step
@click.argument("case")
@click.argument("evidence")
@click.option("--answer", required=True, type=click.Choice(["answered", "disputed"]))
@click.option("--text", required=True, help="The answer, in the party's own words.")
def answer_evidence(record: Path, key_path: Path, case: str, evidence: str, answer: str, text: str) -> None:
    """Answer or dispute EVIDENCE in CASE, as a party it was handed to, after acknowledging it. A late answer is marked late.

    \b
    Example:
        tasdiq case answer-evidence record case-1f2e3d4c evidence-3c4d5e6f --key vorland.key --answer disputed \\
            --text "The photographs show another valley."
    """
    said = cast(Literal["answered", "disputed"], answer)
    body = steps.EvidenceAnswered(case=case, evidence=evidence, answer=said, text=text, at=now())
    take(record, key_path, body, evidence)
