"""`tasdiq redact`: empty the content of entries or rows, with a signed notice that stays."""

from __future__ import annotations

from pathlib import Path

import click

from tasdiq.cli.appending import enter_or_write, receipt_option
from tasdiq.cli.key_files import load_key
from tasdiq.errors import shown
from tasdiq.mechanism import timestamp, utc_now
from tasdiq.secretariat.custody import member_of, read_chain, sign_for
from tasdiq.secretariat.redacting import find, notices


@click.command()
@click.argument("record", type=click.Path(path_type=Path))
@click.argument("items", nargs=-1, required=True, metavar="ENTRY[/ROW]…")
@click.option("--reason", required=True, help="Why; everybody can read it, so it does not repeat what goes.")
@click.option(
    "--key", "key_path", required=True, type=click.Path(path_type=Path), help="The signing member's key file."
)
@click.option("--also", multiple=True, type=click.Path(path_type=Path), help="A further member's key; once for each.")
@click.option("--yes", is_flag=True, help="Redact without being asked (for scripts).")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Write a submission here instead of entering it.")
@receipt_option
def command(
    record: Path,
    items: tuple[str, ...],
    reason: str,
    key_path: Path,
    also: tuple[Path, ...],
    yes: bool,
    out: Path | None,
) -> None:
    """Empty ENTRY (its number or id) or one ROW of it in RECORD, by a notice that stays in the record.

    Content, salt, disclosures and keys go, here and in every mirror that catches up; the entry, its signatures and every proof
    stay. It takes as many members as the charter says. Copies that others made cannot be recalled.

    \b
    Examples:
        tasdiq redact record 17 --reason "a person asked for it" --key kestria.key --also ordania.key
        tasdiq redact record 17/3 --reason "names a child" --key kestria.key -o redact.json
        tasdiq countersign redact.json --key ordania.key
        tasdiq submit record redact.json
    """
    found = find(record, items)
    for item in found:
        click.echo(shown(item), err=True)
    click.echo("this empties them here; copies that others made cannot be recalled", err=True)
    if not yes:
        click.confirm("Redact?", abort=True, err=True)
    chain, signers = read_chain(record), [load_key(path) for path in (key_path, *also)]
    drafts = notices(found, reason, member_of(chain, signers), timestamp(utc_now()))
    enter_or_write(record, [sign_for(chain, draft, signers) for draft in drafts], out)
