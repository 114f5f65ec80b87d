"""Read an event table: decode, recognise the mapping, read every row, list what could not be read.

1. The mapping is the one named, else the shipped one whose columns stand in the header. A table that fits none is rejected
   as a whole, with the columns that are missing.
2. A bad row is listed with file, physical line, column and what was expected, and the others go on. Its words stand with
   it, unless the licence forbids passing rows on or they came from a form: the list is public.
3. A report id that comes twice: a later `reported_at` is a new version and stands; otherwise the second row is rejected.
4. No row lies in the future of `today`.
5. What concerns the table (thousands separators, bounds, columns not read) is noted once.
"""

from __future__ import annotations

import difflib
import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path

from tasdiq.model.charter import Charter
from tasdiq.model.document import Rejected
from tasdiq.model.incident import IncidentReport

from .actors import Actors
from .by_column import ByColumn
from .exchanged import find_exchanged
from .mapping import SHIPPED, Mapping, PlaceFrom, at_point, load_mapping, recognise
from .opened import Opened, open_table
from .report import Reading, read_report
from .rows import Row

CONTENT = 1000
TOGETHER = 2000
"""Rows that are read together."""


@dataclass(frozen=True)
class Table:
    """What one table gave.

    `mapping` is empty where none fitted; `redistribute` is false where the licence forbids passing rows on.
    """

    file: str
    sha256: str
    mapping: str = ""
    reports: tuple[IncidentReport, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    licence: str = ""
    credit: str = ""
    redistribute: bool = True
    notes: tuple[str, ...] = ()


def read_table(
    name: str,
    data: bytes,
    mapping: str | Path | Mapping | None = None,
    *,
    charter: Charter | None = None,
    today: date | None = None,
) -> Table:
    """Return the reports of a table, and the rows that could not be read.

    `mapping` is acled, ged, gtd, own, a TOML file, or one in memory; left out, it is recognised from the header. `charter`
    says under which ids its parties and groups act. `today` is the day after which a date lies in the future (the current
    one unless given). Raises `InputError` for a mapping that cannot be used.
    """
    digest = hashlib.sha256(data).hexdigest()
    chosen = mapping if isinstance(mapping, Mapping) else load_mapping(mapping) if mapping else None
    opened = open_table(name, data)
    if isinstance(opened, Rejected):
        return Table(file=name, sha256=digest, rejected=(opened,))
    chosen = chosen or recognise(opened.columns)
    if reason := _unfit(opened.columns, chosen):
        return Table(file=name, sha256=digest, rejected=(Rejected(file=name, reason=reason, line=1),))
    assert chosen is not None
    return read_opened(name, digest, opened, chosen, charter=charter, today=today)


def read_opened(
    name: str, digest: str, opened: Opened, mapping: Mapping, *, charter: Charter | None, today: date | None
) -> Table:
    """Return the reports of an open table whose columns a mapping fits."""
    if opened.point:
        mapping = at_point(mapping, opened.point)
    reader = _Reader(name, mapping, opened.columns, today or datetime.now(UTC).date(), Actors(charter))
    reader.keeps_words = mapping.redistribute and not opened.private
    rows = iter(opened.rows)
    while some := list(islice(rows, TOGETHER)):
        reader.read_many(some)
    return reader.table(digest, opened.notes)


def _unfit(columns: list[str], mapping: Mapping | None) -> str:
    """Say why a header cannot be read under a mapping; empty if it can."""
    if mapping is None:
        return _unrecognised(columns)
    missing = sorted(mapping.needed - set(columns))
    if not missing:
        return ""
    near = difflib.get_close_matches(missing[0], columns, n=1)
    hint = f"; is it the column {near[0]!r}?" if near else ""
    return f"the header lacks {', '.join(map(repr, missing))}, which the mapping {mapping.name} needs{hint}"


def _unrecognised(columns: list[str]) -> str:
    best = max(map(load_mapping, SHIPPED), key=lambda known: len(known.needed & set(columns)) / len(known.needed))
    missing = ", ".join(sorted(best.needed - set(columns)))
    found = ", ".join(columns[:12]) or "nothing"
    return (
        f"no mapping fits the columns found ({found}); the nearest, {best.name}, lacks {missing}: rename the columns, or give"
        f" a mapping of your own with --mapping FILE (tasdiq mapping propose writes one)"
    )


class _Reader:
    """Rows into reports, with what is wrong and what is worth saying about the table."""

    def __init__(self, file: str, mapping: Mapping, columns: list[str], today: date, actors: Actors) -> None:
        self.file, self.mapping, self.columns, self.today, self.actors = file, mapping, columns, today, actors
        self.reports: dict[str, tuple[Row, IncidentReport]] = {}
        self.rejected: list[Rejected] = []
        self.grouped = self.versions = 0
        self.keeps_words = True
        self._by_column = ByColumn(mapping, columns, today, actors)

    def read_many(self, rows: list[Row]) -> None:
        """Read rows together; those that are odd one by one."""
        sound = [row.cells for row in rows if not row.broken]
        reports = self._by_column.reports(sound)
        for row in rows:
            report = None if row.broken else next(reports)
            if report is None:
                self.read(row)
            else:
                self._keep(row, report)

    def read(self, row: Row) -> None:
        """Read one row."""
        if row.broken:
            self._reject(row, "", row.broken)
            return
        reading = Reading(dict(zip(self.columns, row.cells, strict=True)), self.today, self.actors)
        report = read_report(self.mapping, reading)
        if report is None:
            columns = list(dict.fromkeys(column for column, _ in reading.misfits))
            self._reject(row, columns[0], "; ".join(_reasons(reading.misfits)))
            return
        self.grouped += reading.grouped
        self._keep(row, report)

    def _keep(self, row: Row, report: IncidentReport) -> None:
        before = self.reports.get(report.report_id)
        if before and report.reported_at <= before[1].reported_at:
            line = before[0].line
            reason = f"the id {report.report_id!r} stands in line {line} already; a new version needs a later time of reporting"
            self._reject(row, self._column("report_id"), reason)
            return
        self.versions += before is not None
        self.reports[report.report_id] = (row, report)

    def _column(self, field: str) -> str:
        source = self.mapping.text.get(field)
        return source.columns[0] if source and source.columns else field

    def _reject(self, row: Row, column: str, reason: str) -> None:
        content = row.content[:CONTENT] if self.keeps_words else ""
        self.rejected.append(Rejected(file=self.file, line=row.line, field=column, reason=reason, content=content))

    def table(self, digest: str, notes: tuple[str, ...]) -> Table:
        """Return what was read."""
        self._reject_exchanged()
        return Table(
            file=self.file,
            sha256=digest,
            mapping=self.mapping.name,
            reports=tuple(report for _, report in self.reports.values()),
            rejected=tuple(sorted(self.rejected, key=lambda rejected: rejected.line)),
            licence=self.mapping.licence,
            credit=self.mapping.credit,
            redistribute=self.mapping.redistribute,
            notes=(*notes, *self._notes()),
        )

    def _reject_exchanged(self) -> None:
        kept = list(self.reports.values())
        for number in find_exchanged([report for _, report in kept]):
            row, report = kept[number]
            place = self.mapping.place or PlaceFrom()
            cells = dict(zip(self.columns, row.cells, strict=True))
            told = (
                f"point {cells[place.point].strip()!r}:" if place.point else f"latitude {cells[place.lat].strip()} and"
            )
            found = f"{told} latitude and longitude" if place.point else f"{told} longitude {cells[place.lon].strip()}"
            reason = f"{found} look exchanged: turned round, the point fits its place or the rest of the table"
            self._reject(row, place.point or place.lat, reason)
            del self.reports[report.report_id]

    def _notes(self) -> list[str]:
        unread = [column for column in self.columns if column and column not in self.mapping.columns]
        failing = Counter(rejected.field for rejected in self.rejected if rejected.field).most_common(1)
        told = (
            (self.grouped, f"{self.grouped} rows write figures with thousands separators: read without them"),
            (self.versions, f"{self.versions} reports were replaced by later versions in the same table"),
            (not self.mapping.redistribute, f"licence: {self.mapping.licence}; these rows are left out of exports"),
            (self.mapping.name == "own" and unread, f"columns not read: {', '.join(unread)}"),
            (
                failing and failing[0][1] > 3 and failing[0][1] > len(self.reports),
                f"most rows fail at the column {failing[0][0] if failing else ''!r}: are columns exchanged?",
            ),
        )
        return [words for holds, words in told if holds]


def _reasons(misfits: list[tuple[str, str]]) -> list[str]:
    """Return the reasons, each with its column where there are several."""
    distinct = list(dict.fromkeys(misfits))
    return (
        [reason for _, reason in distinct]
        if len(distinct) == 1
        else [f"{column}: {reason}" for column, reason in distinct]
    )
