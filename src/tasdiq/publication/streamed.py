"""Write the files of incidents and reports one part after another, where there are more than a site's data holds.

The same rows and columns as `export` writes of few; a column of Parquet has the kind its name says here, not that of its values.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

import pyarrow as pa
import pyarrow.parquet as pq

from .tables import TABLES, to_csv

TOGETHER = 5000
WHOLE = frozenset(
    [
        "place_precision_m",
        "time_precision_min",
        "origins_min",
        "origins_max",
        "killed_min",
        "killed_max",
        "injured_min",
        "injured_max",
        "start",
        "end",
    ]
)
LISTS, TRUTHS = frozenset({"why", "reports"}), frozenset({"allegation"})
OF_PASSAGES = ("document", "file", "start", "end", "passage")
Plain = dict[str, Any]


class _Rows:
    """One table under way, as CSV and as Parquet."""

    def __init__(self, folder: Path, name: str) -> None:
        self.count, self._name, self._folder = 0, name, folder
        self._csv = (folder / f"{name}.csv").open("w", encoding="utf-8", newline="")
        self._parquet: pq.ParquetWriter | None = None
        self._columns: list[str] = []

    def write(self, incidents: list[Plain]) -> None:
        rows = TABLES[self._name][1]({"incidents": incidents})
        first = not self._columns
        if first:
            self._columns = list(dict.fromkeys(key for row in rows for key in row))
            if self._name == "reports":
                self._columns = list(dict.fromkeys([*self._columns, *OF_PASSAGES]))
        text = to_csv(self._columns, rows)
        self._csv.write(text if first else text.partition("\r\n")[2])
        arrays = [_column(name, [row.get(name) for row in rows]) for name in self._columns]
        table = pa.table(arrays, names=self._columns)
        if self._parquet is None:
            self._parquet = pq.ParquetWriter(self._folder / f"{self._name}.parquet", table.schema, compression="zstd")
        self._parquet.write_table(table)
        self.count += len(rows)

    def close(self) -> None:
        self._csv.close()
        if self._parquet is not None:
            self._parquet.close()


def write_all(folder: Path, every: Iterator[Plain], feature: Any, others: list[Plain]) -> dict[str, int]:
    """Write incidents and reports (CSV, Parquet) and `incidents.geojson` in one pass; return how many rows each has.

    `feature` makes a GeoJSON feature of an incident, None where it has no place; `others` are features that follow.
    """
    tables = {name: _Rows(folder, name) for name in ("incidents", "reports")}
    features = 0
    try:
        with (folder / "incidents.geojson").open("w", encoding="utf-8", newline="") as places:
            places.write('{"type": "FeatureCollection", "features": [')
            while some := list(islice(every, TOGETHER)):
                for table in tables.values():
                    table.write(some)
                features += _features(places, filter(None, map(feature, some)), features)
            features += _features(places, iter(others), features)
            places.write("\n]}\n")
    finally:
        for table in tables.values():
            table.close()
    return {name: table.count for name, table in tables.items()} | {"features": features}


def _features(places: TextIO, found: Iterator[Plain], before: int) -> int:
    count = 0
    for count, one in enumerate(found, 1):
        places.write((",\n" if before + count > 1 else "\n") + json.dumps(one, ensure_ascii=False, sort_keys=True))
    return count


def _column(name: str, values: list[Any]) -> Any:
    if name in LISTS:
        return pa.array([None if v is None else [str(item) for item in v] for v in values], pa.list_(pa.string()))
    if name in TRUTHS:
        return pa.array(values, pa.bool_())
    if name in WHOLE:
        return pa.array(values, pa.int64())
    return pa.array([None if v is None else str(v) for v in values], pa.string())
