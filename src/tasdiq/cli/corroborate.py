"""`tasdiq corroborate`: group incident reports of a table, or run corroboration over a record."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import click

from tasdiq.cli.key import load_key
from tasdiq.cli.progress import progress
from tasdiq.corroboration.group import corroborate_table
from tasdiq.errors import SettingsError
from tasdiq.intake.frames import read_reports, require_table_name, write_table
from tasdiq.mechanism import Mechanism
from tasdiq.secretariat.founding import Home
from tasdiq.settings import read_settings


@click.command()
@click.argument("source", type=click.Path(path_type=Path), metavar="REPORTS|RECORD")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="GROUPS.parquet (or .csv) for a table of reports.")
@click.option("--pairs", type=click.Path(path_type=Path), help="Also write the compared pairs and why they match.")
@click.option("--engine", type=click.Choice(["local", "spark"]), default="local", show_default=True)
@click.option("--key", "key_path", type=click.Path(path_type=Path), help="The member's key (joint records).")
def command(source: Path, out: Path | None, pairs: Path | None, engine: str, key_path: Path | None) -> None:
    """Group the incident reports of a .parquet or .csv table by occurrence and bound their independent origins.

    Given a RECORD directory instead, propose origins, propositions, positions and incidents in it.

    \b
    Examples:
        tasdiq corroborate reports.parquet -o groups.parquet
        tasdiq corroborate reports.csv -o groups.csv --pairs pairs.csv
        tasdiq corroborate record --key ordania.key

    \b
    REPORTS needs report_id, source_id and time; see the reference of tables for all columns. GROUPS has report_id,
    incident_id, origin_id, origins_min, origins_max, score; --pairs has report_a, report_b, probability, why.
    """
    if engine == "spark":
        raise SettingsError("the Spark engine comes with the extra 'spark', which this version does not have yet")
    with progress() as say:
        if source.is_dir():
            _over_record(source, key_path, say)
            return
        if out is None:
            raise SettingsError("say where the groups go: -o GROUPS.parquet")
        for path in filter(None, (out, pairs)):
            require_table_name(path)
        say(f"grouping {source}")
        groups, compared = corroborate_table(read_reports(source))
        write_table(groups, out)
        if pairs:
            write_table(compared, pairs)
    incidents = len(set(groups.column("incident_id").to_pylist()))
    click.echo(f"{out}: {groups.num_rows} reports in {incidents} incidents", err=True)


def _over_record(source: Path, key_path: Path | None, say: Callable[[str], None]) -> None:
    key = load_key(key_path) if key_path else None
    with Mechanism.open(Home(source), read_settings(os.environ), key=key) as mechanism:
        click.echo(f"{source}: {mechanism.corroborate(say)} proposals appended")
