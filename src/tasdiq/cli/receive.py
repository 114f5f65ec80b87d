"""`tasdiq receive`: documents and event tables into an existing record."""

from __future__ import annotations

import gc
import json
from contextlib import nullcontext
from pathlib import Path

import click
import msgspec

from tasdiq.cli.appending import entering, receipt_option
from tasdiq.cli.key_files import load_key
from tasdiq.cli.progress import progress
from tasdiq.cli.rejections import read_file, tell_rejected
from tasdiq.cli.table_changes import tell_changes
from tasdiq.cli.working import workers_option
from tasdiq.intake.table import Changes
from tasdiq.journey import NothingReadError, enter_files
from tasdiq.secretariat.founding import Home
from tasdiq.web.search.following import followed

_MUCH, _MANY = 2**20, 500
"""Bytes of tables, and files, from which on the index is brought up to date beside, and not after."""


@click.command()
@click.argument("record", type=click.Path(path_type=Path))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option(
    "--mapping", help="How to read tables: acled, ged, gtd, own, or a mapping file (default: by their header)."
)
@click.option("--key", "key_path", type=click.Path(path_type=Path), help="The member's key (joint records).")
@click.option("--json", "as_json", is_flag=True, help="Print what was entered, changed and rejected as JSON.")
@click.option("--later", is_flag=True, help="Only enter: leave grouping to tasdiq corroborate, which takes time.")
@workers_option
@receipt_option
def command(
    record: Path,
    files: tuple[Path, ...],
    mapping: str | None,
    key_path: Path | None,
    as_json: bool,
    later: bool,
    workers: int,
) -> None:
    """Take FILE… into RECORD and read what they say.

    Documents: press reports (.txt, .html, .pdf with a text layer), feeds (.rss, .atom: each entry), e-mails (.eml:
    the message and its attachments), web archives (.warc, .warc.gz, .wacz: each page), exports of posts (X, Telegram,
    Mastodon, lines, CSV: each post). Event tables: .csv, .xlsx,
    .geojson, .json (exports of forms). Nothing that a file links to is fetched.

    What cannot be read is listed with file, line and reason, and kept in the record; everything else goes on. What is in
    the record already is not entered again.

    Many documents: give --workers as many as the machine has processors; each takes some hundred MB. What comes out does
    not depend on it. After Ctrl-C, or a kill, the same command goes on where it was: what was entered stands, and nothing
    is read twice.

    A table that is in the record under its name, and reads otherwise now, takes the place of the earlier: what was added,
    changed and gone is told by the reports' ids. --json prints one object: appended, size, tables (of those that took an
    earlier one's place: file, added, changed with each field before and after, gone) and rejected.

    \b
    Examples:
        tasdiq receive record reports/*.txt --key mediator.key
        tasdiq receive record events.csv --mapping acled --key mediator.key
        tasdiq receive desk late-report.html

    Where a server keeps a search index beside RECORD, what was entered is in it when this ends.

    A desk record needs no --key: its author's lies in it. A record that tasdiq assess made follows its folder: put the
    files there and run tasdiq assess again instead.
    """
    read = [read_file(path) for path in files]
    key = load_key(key_path) if key_path else None
    much = sum(len(file.data) for file in read) > _MUCH or len(read) > _MANY
    if much:
        # Millions of cells hold no cycles: looking for some again and again is a fifth of the time.
        gc.set_threshold(100_000, 50, 100)
    changes = list[Changes]()
    with (
        followed(Home(record)) if much else nullcontext(),
        progress(quiet=as_json) as say,
        entering(record, key, sparing=True) as mechanism,
    ):
        before = mechanism.log.size
        try:
            rejected = enter_files(mechanism, read, mapping, say, changes.append, later=later, workers=workers)
        except NothingReadError as error:
            tell_rejected(error.rejected)
            raise
        tell_rejected(rejected)
        appended, size = mechanism.log.size - before, mechanism.log.size
    if as_json:
        told = {"appended": appended, "size": size, "tables": [each.plain() for each in changes]}
        click.echo(
            json.dumps(told | {"rejected": [msgspec.to_builtins(item) for item in rejected]}, ensure_ascii=False)
        )
        return
    for each in changes:
        tell_changes(each)
    click.echo(f"{record}: {appended} entries appended, {size} in all")
