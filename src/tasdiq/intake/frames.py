"""Read and write tables of incident reports for `tasdiq corroborate`: Parquet or CSV, the columns of DESIGN, section 5.

This door is strict, since its table is grouped as it stands: the first thing wrong stops the run and is named with file,
row and column. (Event tables on their way into a record go through `intake.table`, which rejects row by row.) Rules:

1. `report_id`, `source_id` and `time` must be there and filled; every other column may be missing or empty.
2. Times are UTC unless they carry an offset. Latitude, longitude, half-widths and figures must be possible.
3. An id keeps its type. In CSV it is a number only if every id is written as a plain whole number.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from tasdiq.errors import InputError, SettingsError

TEXTS = ("source_id", "source_kind", "admin1", "admin2", "place", "type", "actor_a", "actor_b", "text", "cites")
TIMES = ("reported_at", "time")
BOUNDS: dict[str, tuple[float, float]] = {
    "lat": (-90.0, 90.0),
    "lon": (-180.0, 180.0),
    "time_precision_h": (0.0, 1e6),
    "place_precision_km": (0.0, 20_100.0),
    **dict.fromkeys(("killed_min", "killed_max", "injured_min", "injured_max"), (0.0, 1e9)),
}
REQUIRED = ("report_id", "source_id", "time")
UTC = pa.timestamp("us", tz="UTC")
YES, NO = ("yes", "true", "1"), ("no", "false", "0")


def read_reports(path: Path) -> pa.Table:
    """Read a table of incident reports, typed and checked; raise `InputError` naming file, row and column."""
    table = _read(path)
    for name in REQUIRED:
        if name not in table.column_names:
            raise InputError(f"column {name} is missing; found {', '.join(table.column_names)}", file=path, field=name)
    columns = {name: _typed(path, name, table[name].combine_chunks()) for name in table.column_names if _known(name)}
    for name in REQUIRED:
        _refuse(path, name, columns[name], pc.is_null(columns[name]), "a value is needed in every row")
    return pa.table(columns)


def read_answers(path: Path) -> pa.Table:
    """Read pairs that people judged: `report_a`, `report_b`, and `same`, yes or no."""
    table = _read(path)
    for name in ("report_a", "report_b", "same"):
        if name not in table.column_names:
            raise InputError(f"column {name} is missing; found {', '.join(table.column_names)}", file=path, field=name)
    ends = {name: _identifier(path, table[name].combine_chunks()) for name in ("report_a", "report_b")}
    said = pc.utf8_lower(pc.utf8_trim_whitespace(table["same"].combine_chunks().cast(pa.string())))
    known = pc.is_in(said, value_set=pa.array([*YES, *NO]))
    _refuse(path, "same", table["same"].combine_chunks(), pc.invert(known), "expected yes or no")
    return pa.table({**ends, "same": pc.is_in(said, value_set=pa.array(YES))})


def write_table(table: pa.Table, path: Path) -> None:
    """Write a table as Parquet or CSV by its suffix; raise `InputError` if it is neither, `SettingsError` if it cannot be."""
    suffix = require_table_name(path)
    try:
        if suffix == ".csv":
            pyarrow.csv.write_csv(table, path)
        else:
            pyarrow.parquet.write_table(table, path, compression="zstd")
    except OSError as error:
        raise SettingsError(f"{path}: cannot be written: is there such a folder, and may you write to it?") from error


def require_table_name(path: Path) -> str:
    """Return the suffix of a table's file; raise `InputError` if it is not one that can be read and written."""
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".parquet"):
        raise InputError("expected a file name that ends in .parquet or .csv", file=path)
    return suffix


def _read(path: Path) -> pa.Table:
    suffix = require_table_name(path)
    try:
        if suffix == ".parquet":
            return pyarrow.parquet.read_table(path)
        head = pyarrow.csv.open_csv(path).schema.names
        options = pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(head, pa.string()), strings_can_be_null=True, null_values=[""]
        )
        parse = pyarrow.csv.ParseOptions(newlines_in_values=True)
        return pyarrow.csv.read_csv(path, parse_options=parse, convert_options=options)
    except FileNotFoundError as error:
        raise InputError("there is no such file", file=path) from error
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read as {suffix[1:]}: {error}", file=path) from error


def _known(name: str) -> bool:
    return name == "report_id" or name in TEXTS or name in TIMES or name in BOUNDS


def _typed(path: Path, name: str, column: pa.Array) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if name == "report_id":
        return _identifier(path, column)
    if name in TIMES:
        return _time(path, name, column)
    if name in BOUNDS:
        return _number(path, name, column)
    return _cast(path, name, column, pa.string(), "text")


def _identifier(path: Path, column: pa.Array) -> pa.Array:
    if pa.types.is_string(column.type) and path.suffix.lower() == ".csv":
        plain = pc.match_substring_regex(column, r"^(0|-?[1-9][0-9]{0,17})$")
        return column.cast(pa.int64()) if pc.all(plain).as_py() else column
    return column


def _time(path: Path, name: str, column: pa.Array) -> pa.Array:
    if pa.types.is_timestamp(column.type) and column.type.tz is None:
        return pc.assume_timezone(column.cast(pa.timestamp("us")), "UTC")
    if pa.types.is_string(column.type):
        texts = pc.utf8_trim_whitespace(column)
        naive = pc.invert(pc.match_substring_regex(texts, r"(Z|[+-]\d\d:?\d\d)$"))
        texts = pc.if_else(
            pc.match_substring_regex(texts, r"^\d{4}-\d\d-\d\d$"),
            pc.binary_join_element_wise(texts, "00:00:00", "T"),
            texts,
        )
        column = pc.if_else(naive, pc.binary_join_element_wise(texts, "Z", ""), texts)
    return _cast(path, name, column, UTC, "a time like 2025-11-06T14:30:00Z")


def _number(path: Path, name: str, column: pa.Array) -> pa.Array:
    numbers = _cast(path, name, column, pa.float64(), "a number")
    low, high = BOUNDS[name]
    wrong = pc.or_(pc.or_(pc.less(numbers, low), pc.greater(numbers, high)), pc.is_nan(numbers))
    _refuse(path, name, column, pc.fill_null(wrong, False), f"expected a number from {low:g} to {high:g}")
    return numbers


def _cast(path: Path, name: str, column: pa.Array, kind: pa.DataType, expected: str) -> pa.Array:
    try:
        return column.cast(kind)
    except pa.ArrowException as error:
        wrong = pa.array([not _fits(value, kind) for value in column])
        _refuse(path, name, column, wrong, f"expected {expected}")
        raise InputError(f"expected {expected}, found {column.type}", file=path, field=name) from error


def _fits(value: pa.Scalar, kind: pa.DataType) -> bool:
    try:
        value.cast(kind)
    except pa.ArrowException:
        return False
    return True


def _refuse(path: Path, name: str, column: pa.Array, wrong: pa.Array, expected: str) -> None:
    """Raise for the first wrong row, if there is one; in CSV the header is line 1."""
    row = pc.index(wrong, pa.scalar(True)).as_py()
    if row >= 0:
        line = row + (2 if path.suffix.lower() == ".csv" else 1)
        raise InputError(f"{expected}, found {column[row].as_py()!r}", file=path, line=line, field=name)
