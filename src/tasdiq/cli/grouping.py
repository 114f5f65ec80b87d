"""`tasdiq corroborate REPORTS`: group a table of incident reports on this machine."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow.compute as pc

from tasdiq.corroboration.group.confirmed import Answers
from tasdiq.corroboration.group.table import group_table, groups_table, pairs_table, terms
from tasdiq.errors import SettingsError
from tasdiq.intake.frames import read_answers, read_reports, require_table_name, write_table


def over_table(
    source: Path, out: Path, pairs: Path | None, told: Path | None, confirmed: Path | None, say: Callable[[str], None]
) -> str:
    """Group the reports of a table and write what was asked for; return what to tell."""
    for path in filter(None, (out, pairs)):
        require_table_name(path)
    answers = _answers(confirmed) if confirmed else None
    say(f"reading {source}")
    reports = read_reports(source)
    say(f"grouping {reports.num_rows:,} reports")
    grouping = group_table(reports, answers)
    groups = groups_table(grouping)
    write_table(groups, out)
    if pairs:
        write_table(pairs_table(grouping), pairs)
    if told:
        _write_terms(told, terms(grouping))
    incidents = pc.count_distinct(groups.column("incident_id")).as_py()
    return f"{out}: {groups.num_rows} reports in {incidents} incidents"


def _answers(path: Path) -> Answers:
    table = read_answers(path)
    same = np.asarray(table.column("same").to_numpy(zero_copy_only=False), dtype=bool)
    return Answers(table.column("report_a").combine_chunks(), table.column("report_b").combine_chunks(), same)


def _write_terms(path: Path, told: dict[str, object]) -> None:
    try:
        path.write_text(json.dumps(told, indent=1) + "\n")
    except OSError as error:
        raise SettingsError(f"{path}: cannot be written: is there such a folder, and may you write to it?") from error
