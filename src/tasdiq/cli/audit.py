"""`tasdiq audit`: check a bundle, site or record offline. Imports the record only, so it starts in a blink."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from tasdiq.cli.root import load
from tasdiq.errors import EXIT_DONE, EXIT_FAILED
from tasdiq.record.audit.crew import cores
from tasdiq.record.audit.path import audit
from tasdiq.record.audit.sqlite_file import SqliteFile
from tasdiq.record.places import DATABASE_URL


@click.command()
@click.argument("path", type=click.Path())
@click.option("--trust", type=click.Path(), metavar="KEYS", help="Fingerprints known from elsewhere, one a line.")
@click.option(
    "--processes", type=click.IntRange(1, 64), default=cores, show_default="one a core, up to 4", help="For records."
)
@click.option(
    "--against",
    multiple=True,
    type=click.Path(),
    metavar="FILE",
    help="A checkpoint, bundle, site, parcel or record kept from earlier, to hold it against; repeatable.",
)
@click.option(
    "--receipt", "receipts", multiple=True, type=click.Path(), metavar="FILE", help="A receipt of the log; repeatable."
)
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
def command(
    path: str, trust: str | None, processes: int, against: tuple[str, ...], receipts: tuple[str, ...], as_json: bool
) -> None:
    """Check PATH offline: a bundle file, a published site, a record, or a file that proves a split view.

    Every hash, signature and proof is recomputed. Exits 1 and names the file if anything was changed, removed, added or
    exchanged. It shows that nothing was altered since it was signed, and by whom; it does not show that it is true.
    Without --trust the keys count as unknown: get the members' fingerprints on another way than the site itself.
    A host can show every reader another history: keep the checkpoint (SITE/record/checkpoint) and hold the next site against it.

    \b
    Examples:
        tasdiq audit site
        tasdiq audit site --trust keys.txt
        tasdiq audit site --trust keys.txt --against kept/checkpoint --receipt mine.receipt
        tasdiq audit p-….tasdiq.json --trust keys.txt --json

    \b
    --json prints one object: ok, what (bundle, site, record, split-view), origin, size, root, cosigned {k, n, quorum, by,
    at}, keys ("trusted" or "unknown"), withheld, redacted, problems [{code, path, index, message}].
    """
    # Only for a record in a database server is its driver loaded.
    opener = (
        SqliteFile.open if not (Path(path) / DATABASE_URL).is_file() else load("tasdiq.cli.audit_database:open_record")
    )
    verdict = audit(path, trust, against=against, receipts=receipts, processes=processes, opener=opener)
    text = json.dumps(verdict.as_json(), ensure_ascii=False, indent=2) + "\n" if as_json else verdict.as_text()
    # A hostile file name must not break the terminal's encoding.
    click.echo(text.encode("utf-8", "backslashreplace").decode(), nl=False)
    sys.exit(EXIT_DONE if verdict.ok else EXIT_FAILED)
