"""`tasdiq countersign`: a further member signs a submission, on its own machine."""

from __future__ import annotations

from pathlib import Path

import click

from tasdiq.cli.key_files import load_key
from tasdiq.cli.submissions import read_submission, show
from tasdiq.record.durable import write_durably
from tasdiq.record.entry import countersign, parse_leaf
from tasdiq.record.submission import to_bytes


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--key", "key_path", required=True, type=click.Path(path_type=Path), help="The signing member's key file."
)
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Write here instead of in FILE's place.")
@click.option("--yes", is_flag=True, help="Sign without being asked (for scripts).")
def command(file: Path, key_path: Path, out: Path | None, yes: bool) -> None:
    """Add a signature to the submission FILE, after showing what it says.

    For entries that several members sign on several machines: admissions, cosigners, redactions.

    \b
    Example:
        tasdiq countersign admit.json --key vorland.key
    """
    submission = read_submission(file)
    show(submission)
    if not yes:
        click.confirm("Sign this?", abort=True, err=True)
    signed = countersign(submission, load_key(key_path))
    write_durably(out or file, to_bytes(signed))
    click.echo(f"{out or file}: signed by {len(parse_leaf(signed.leaf).sigs)} keys")
