"""Write the larger tables as Parquet too, for programs that read columns; the same rows and columns as the CSV files.

A column is text, integer, truth value or list of text, whichever all its values are, else text. Nothing is neutralised here:
no spreadsheet runs a Parquet file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from .view import Plain

NAMES = ("statements", "positions", "incidents", "reports")


def write_parquet(path: Path, columns: list[str], rows: list[Plain]) -> None:
    """Write rows as one Parquet file; a missing value is null."""
    arrays = [_column([row.get(name) for row in rows]) for name in columns]
    pq.write_table(pa.table(arrays, names=columns), path, compression="zstd")


def _column(values: list[Any]) -> Any:
    kinds = {type(value) for value in values if value is not None}
    if kinds == {list}:
        return pa.array([None if v is None else [str(item) for item in v] for v in values], pa.list_(pa.string()))
    if kinds == {bool}:
        return pa.array(values, pa.bool_())
    if kinds == {int}:
        return pa.array(values, pa.int64())
    return pa.array([None if v is None else str(v) for v in values], pa.string())
