"""`tasdiq mapping`: propose which columns of a table mean what, and show what its first rows become."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from tasdiq.cli.appending import require_free
from tasdiq.cli.rejections import read_bytes, tell_rejected
from tasdiq.errors import EXIT_FAILED, InputError, shown
from tasdiq.intake.table.choices import read_choices
from tasdiq.intake.table.mapping import Mapping, parse_mapping, recognise
from tasdiq.intake.table.opened import LARGEST, Opened, open_table
from tasdiq.intake.table.proposal_toml import proposal_toml
from tasdiq.intake.table.propose import LOOKED_AT, Proposed, propose_mapping
from tasdiq.intake.table.read import Table, read_opened
from tasdiq.intake.table.rows import Row
from tasdiq.model.document import Rejected
from tasdiq.model.incident import IncidentReport
from tasdiq.record.durable import write_durably

SHOWN, WIDTH = 10, 120


@click.group()
def command() -> None:
    """Say which columns of an event table mean what.

    A mapping is a small TOML file; tasdiq receive --mapping FILE reads tables with it. ACLED, UCDP GED, GTD and tasdiq's
    own columns need none.

    \b
    Example:
        tasdiq mapping propose incidents.csv -o incidents.toml
    """


@command.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write the mapping here, not on stdout."
)
@click.option(
    "--choices", type=click.Path(path_type=Path), help="A form's sheet of choices, saved as CSV: gives labels."
)
def propose(file: Path, out: Path | None, choices: Path | None) -> None:
    """Propose a mapping for FILE from its header and first rows, and show what ten rows become.

    Names of columns, their synonyms and the shape of their cells decide. What is unsure is left open and said: latitude and
    longitude are never guessed, nor what a number counts. Look through the mapping, fill in what is open and the licence,
    then use it:

    \b
    Example:
        tasdiq mapping propose incidents.csv -o incidents.toml
        tasdiq receive record incidents.csv --mapping incidents.toml
        tasdiq mapping propose submissions.csv --choices choices.csv -o form.toml

    FILE may be a CSV, a GeoJSON, or a CSV or JSON export of KoboToolbox or ODK. Exits 1 where a report id or a
    time is left open: the mapping cannot be used before they are filled in.
    """
    require_free(out)
    opened = _open(file)
    rows = [row for row in islice(opened.rows, LOOKED_AT) if not row.broken]
    if known := recognise(opened.columns):
        click.echo(
            f"{file}: has the columns of {known.name} ({known.title}): tasdiq receive needs no mapping", err=True
        )
        _show_rows(file, opened, rows, known)
        return
    labels = read_choices(str(choices), _open(choices)) if choices else None
    proposed = propose_mapping(file.name, opened.columns, [row.cells for row in rows], labels)
    text = proposal_toml(proposed)
    if out:
        write_durably(out, text.encode("utf-8"))
    else:
        click.echo(text, nl=False)
    _tell(proposed)
    if not proposed.complete:
        click.echo(
            f"not usable yet: fill in what is needed{f' in {out}' if out else ''}, then receive with it", err=True
        )
        sys.exit(EXIT_FAILED)
    _show_rows(file, opened, rows, parse_mapping(text.encode("utf-8"), str(out or file)))


def _open(file: Path) -> Opened:
    if file.is_file() and (size := file.stat().st_size) > LARGEST:
        raise InputError(f"{size:,} bytes; expected at most {LARGEST:,}: split the table by year", file=file)
    opened = open_table(file.name, read_bytes(file))
    if isinstance(opened, Rejected):
        raise InputError(opened.reason, file=file, line=opened.line or None)
    return opened


def _tell(proposed: Proposed) -> None:
    """Say what was decided and what was not, and why."""
    for name, why in proposed.why.items():
        column = proposed.columns.get(name)
        click.echo(f"{name:<18} {shown(repr(column)) + ': ' if column else ''}{shown(why)}", err=True)
    for name, why in proposed.open.items():
        click.echo(f"{name:<18} open: {shown(why)}", err=True)
    if proposed.unread:
        click.echo(f"{'not read':<18} {shown(', '.join(proposed.unread[:40]))}", err=True)


def _show_rows(file: Path, opened: Opened, rows: list[Row], mapping: Mapping) -> None:
    """Show what the first rows become, and what is rejected of those looked at."""
    table: Table = read_opened(file.name, "", Opened(opened.columns, iter(rows)), mapping, charter=None, today=None)
    grid = Grid("report", "time", "± h", "lat, lon", "± km", "place", "type", "actors", "killed", "injured")
    for report in table.reports[:SHOWN]:
        grid.add_row(*(Text(shown(cell)) for cell in _cells(report)))
    console = Console(stderr=True, highlight=False)
    console.print(grid, width=max(console.width, WIDTH), crop=False)
    click.echo(f"{len(rows)} rows looked at: {len(table.reports)} read, {len(table.rejected)} rejected", err=True)
    tell_rejected(table.rejected[:SHOWN])


def _cells(report: IncidentReport) -> tuple[str, ...]:
    where = ", ".join(f"{value / 1e7:.4f}" for value in (report.lat_e7, report.lon_e7) if value is not None)
    return (
        report.report_id[:24],
        report.time,
        _unit(report.time_precision_min, 60),
        where,
        _unit(report.place_precision_m, 1000),
        (report.place or report.admin2 or report.admin1)[:24],
        report.type,
        " / ".join(actor[:20] for actor in (report.actor_a, report.actor_b) if actor),
        _range(report.killed_min, report.killed_max),
        _range(report.injured_min, report.injured_max),
    )


def _unit(value: int | None, unit: int) -> str:
    return "" if value is None else f"{value / unit:g}"


def _range(low: int | None, high: int | None) -> str:
    known = [str(value) for value in dict.fromkeys((low, high)) if value is not None]
    return "–".join(known)
