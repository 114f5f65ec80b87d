"""`tasdiq corroborate`: group incident reports of a table, or run corroboration over a record.

What a run needs is imported when it is known what is asked for: a table of a thousand reports is grouped before a record's
machinery would have been loaded.
"""

from __future__ import annotations

from pathlib import Path

import click

from tasdiq.cli.progress import progress
from tasdiq.cli.root import load
from tasdiq.errors import SettingsError

CLUSTER_ONLY = "is for --engine spark"


@click.command()
@click.argument("source", metavar="REPORTS|RECORD")
@click.option("-o", "--out", help="GROUPS.parquet (or .csv) for a table of reports.")
@click.option("--pairs", type=click.Path(path_type=Path), help="Also write the compared pairs and why they match.")
@click.option("--terms", type=click.Path(path_type=Path), help="Also write by what reports were grouped (JSON).")
@click.option("--confirmed", type=click.Path(path_type=Path), help="Pairs people judged: report_a, report_b, same.")
@click.option("--engine", type=click.Choice(["local", "spark"]), default="local", show_default=True)
@click.option("--master", help="The Spark cluster: local[2], spark://host:7077, yarn, k8s://…")
@click.option("--key", "key_path", type=click.Path(path_type=Path), help="The member's key (joint records).")
def command(
    source: str,
    out: str | None,
    pairs: Path | None,
    terms: Path | None,
    confirmed: Path | None,
    engine: str,
    master: str | None,
    key_path: Path | None,
) -> None:
    """Group the incident reports of a .parquet or .csv table by occurrence and bound their independent origins.

    Given a RECORD directory instead, propose origins, propositions, positions and incidents in it.

    \b
    Examples:
        tasdiq corroborate reports.parquet -o groups.parquet
        tasdiq corroborate reports.csv -o groups.csv --pairs pairs.csv
        tasdiq corroborate reports.csv -o groups.csv --confirmed judged.csv
        tasdiq corroborate s3a://bucket/reports -o s3a://bucket/groups --engine spark --master yarn
        tasdiq corroborate record --key ordania.key

    \b
    REPORTS needs report_id, source_id and time; see the reference of tables for all columns. GROUPS has report_id,
    incident_id, origin_id, origins_min, origins_max, score; --pairs has report_a, report_b, probability, why.
    """
    if master and engine != "spark":
        raise SettingsError(f"--master {CLUSTER_ONLY}")
    of_record = engine == "local" and Path(source).is_dir()
    with progress() as say:
        if of_record:
            found = load("tasdiq.cli.corroborating:over_record")(Path(source), key_path, say)
        elif out is None:
            raise SettingsError("say where the groups go: -o GROUPS.parquet")
        elif engine == "local":
            found = load("tasdiq.cli.grouping:over_table")(Path(source), Path(out), pairs, terms, confirmed, say)
        elif pairs or terms or confirmed:
            raise SettingsError("--pairs, --terms and --confirmed are for --engine local")
        else:
            found = load("tasdiq.cli.grouping_cluster:over_cluster")(source, out, master, say)
    click.echo(found, err=not of_record)
