"""Incident reports as columns: the one shape that pairing, comparing and grouping work on.

Reads the report columns of DESIGN, section 5, from an Arrow table. Rules:

1. Rows are put into one order that does not depend on the input's: `reported_at`, then `report_id`; rows without a time of
   reporting come last. Of several rows with one `report_id` the last version (the latest `reported_at`) stands.
2. Type and actors are paths; they are compared segment by segment, at most `paths.DEPTH` deep (what lies deeper is one segment).
3. A half-width that is missing is taken as `TIME_HALF_UNKNOWN` or `PLACE_HALF_UNKNOWN`: vague, never exact.
4. A report without a time, or with neither coordinates nor a place name, matches nothing. One with a name only is placed at
   a point of that name's own, far from every other, so that it meets reports that give the same name and no coordinates.
5. Coordinates are a source's own telling (`own_point`) unless they are round (`ROUND_DEGREES`) or a column `gazetteer_point` says
   that a gazetteer supplied them.
"""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ..pair.reach import on_sphere
from .paths import Codes, Valued, combined, numbered, paths
from .sketch import Sketches, sketch_texts

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

TIME_HALF_UNKNOWN = 12.0
PLACE_HALF_UNKNOWN = 10.0
NAMED_ONLY_HALF = 50.0
OUT_OF_THE_WORLD_KM, APART_KM, NAMES_A_SIDE = 20_000.0, 5_000.0, 256
ROUND_DEGREES = 0.01
REQUIRED = ("report_id", "source_id", "time")


@dataclass(frozen=True)
class Columns:
    """n reports, column by column. Codes are -1 where a value is missing; numbers are NaN.

    `row` is the row of the input each report stands in. `seconds` count from the middle of all times, `time_half` is hours,
    `place_half` km, `where` (n, 4) points in space; `located` says that place and time are known. `kind` and `sides` hold
    paths, `killed` and `injured` (low, high); `sketch` is each text's.
    """

    ids: pa.Array
    row: Ints
    source: Codes
    cites: Codes
    seconds: Ints
    time_half: NDArray[np.float32]
    where: NDArray[np.float32]
    place_half: NDArray[np.float32]
    located: Flags
    own_point: Flags
    kind: Valued
    sides: Valued
    killed: Valued
    injured: Valued
    sketch: Sketches

    def __len__(self) -> int:
        return len(self.row)

    def of(self, rows: Ints) -> Columns:
        """Return some rows of every column, in their order."""
        return replace(self, **{field.name: _taken(getattr(self, field.name), rows) for field in fields(self)})


def read_columns(table: pa.Table, pool: Executor, *, ordered: bool = False) -> Columns:
    """Turn an Arrow table of reports (DESIGN, section 5) into columns in canonical order; a missing column counts as empty.

    `ordered` says that the rows stand in that order already, each report once.
    """
    (source, cites), _ = numbered(_texts(table, "source_id"), _texts(table, "cites"))
    time, lat, lon = _seconds(table, "time"), _numbers(table, "lat"), _numbers(table, "lon")
    where, named = _places(table, lat, lon)
    place_half = _half(table, "place_precision_km", PLACE_HALF_UNKNOWN)
    columns = Columns(
        ids=_column(table, "report_id"),
        row=np.arange(table.num_rows),
        source=source,
        cites=cites,
        seconds=np.floor(np.nan_to_num(time - _middle(time))).astype(np.int64),
        time_half=_half(table, "time_precision_h", TIME_HALF_UNKNOWN),
        where=where,
        place_half=np.where(named, np.maximum(place_half, np.float32(NAMED_ONLY_HALF)), place_half),
        located=(~np.isnan(lat + lon) | named) & ~np.isnan(time),
        own_point=_told_exactly(lat, lon) & ~_flags(table, "gazetteer_point"),
        kind=_kind(table),
        sides=_sides(table),
        killed=_bounds(table, "killed"),
        injured=_bounds(table, "injured"),
        sketch=sketch_texts(_texts(table, "text"), pool),
    )
    order = None if ordered else _canonical(columns.ids, _seconds(table, "reported_at"))
    return columns if order is None else columns.of(order)


def _canonical(ids: pa.Array, reported: Floats) -> Ints | None:
    """Return the rows in canonical order, of each id the last version (rule 1); nothing if they stand so already."""
    if bool((np.diff(reported) > 0).all()) and len(ids.unique()) == len(ids):
        return None
    keys = {"id": ids, "at": pa.array(reported, from_pandas=True)}
    order = pc.sort_indices(pa.table(keys), sort_keys=[("at", "ascending"), ("id", "ascending")]).to_numpy()
    codes = ids.dictionary_encode().indices.to_numpy()[order]
    last = len(codes) - 1 - np.unique(codes[::-1], return_index=True)[1]
    return np.asarray(order[np.sort(last)], dtype=np.int64)


def _taken(column: Any, rows: Ints) -> Any:
    if isinstance(column, Valued):
        return column.of(rows)
    return column.take(pa.array(rows)) if isinstance(column, pa.Array) else column.take(rows, axis=0)


def _column(table: pa.Table, name: str) -> pa.Array:
    if name not in table.column_names:
        return pa.nulls(table.num_rows)
    column = table[name].combine_chunks()
    return column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column


def _texts(table: pa.Table, name: str) -> pa.Array:
    texts = _column(table, name).cast(pa.string())
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)


def _folded(table: pa.Table, name: str) -> pa.Array:
    return pc.utf8_lower(pc.utf8_trim_whitespace(_texts(table, name)))


def _numbers(table: pa.Table, name: str) -> Floats:
    return np.asarray(_column(table, name).cast(pa.float64()).to_numpy(zero_copy_only=False), dtype=np.float64)


def _seconds(table: pa.Table, name: str) -> Floats:
    column = _column(table, name)
    if pa.types.is_null(column.type):
        return np.full(len(column), np.nan)
    zoned = pa.types.is_timestamp(column.type) and column.type.tz is not None
    micros = column.cast(pa.timestamp("us", tz="UTC") if zoned else pa.timestamp("us")).cast(pa.int64())
    return np.asarray(micros.cast(pa.float64()).to_numpy(zero_copy_only=False) / 1e6, dtype=np.float64)


def _middle(time: Floats) -> float:
    """Return a whole day near the middle of all times, so that seconds from it are small."""
    known = time[~np.isnan(time)]
    return 86_400.0 * round((known.min() + known.max()) / 172_800.0) if len(known) else 0.0


def _flags(table: pa.Table, name: str) -> Flags:
    return np.asarray(
        pc.fill_null(_column(table, name).cast(pa.bool_()), False).to_numpy(zero_copy_only=False), dtype=bool
    )


def _told_exactly(lat: Floats, lon: Floats) -> Flags:
    """Say which coordinates are given and not round (rule 5)."""
    steps = np.stack([lat, lon]) / ROUND_DEGREES
    return np.asarray((np.abs(steps - np.round(steps)) > 1e-4).any(axis=0) & ~np.isnan(steps).any(axis=0))


def _half(table: pa.Table, name: str, unknown: float) -> NDArray[np.float32]:
    half = _numbers(table, name)
    return np.where(np.isnan(half) | (half < 0), unknown, half).astype(np.float32)


def _bounds(table: pa.Table, name: str) -> Valued:
    low, high = _numbers(table, f"{name}_min"), _numbers(table, f"{name}_max")
    low, high = np.where(np.isnan(low), high, low), np.where(np.isnan(high), low, high)
    (low_code, low_values), (high_code, high_values) = (_distinct(one) for one in (low, high))
    code, one, other = combined(low_code, high_code)
    return Valued(code, np.stack([low_values[one], high_values[other]], axis=1))


def _distinct(numbers: Floats) -> tuple[Codes, Floats]:
    encoded = pa.array(numbers, from_pandas=True).dictionary_encode()
    codes = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False)
    return codes, np.append(encoded.dictionary.to_numpy(zero_copy_only=False), np.nan)


def _kind(table: pa.Table) -> Valued:
    (code,), texts = numbered(_texts(table, "type"))
    return Valued(np.where(code < 0, len(texts), code).astype(np.int32), paths(texts))


def _sides(table: pa.Table) -> Valued:
    (one, other), texts = numbered(_texts(table, "actor_a"), _texts(table, "actor_b"))
    code, first, second = combined(one, other)
    segments = paths(texts)
    return Valued(code, np.stack([segments[first], segments[second]], axis=1))


def _places(table: pa.Table, lat: Floats, lon: Floats) -> tuple[NDArray[np.float32], Flags]:
    """Return points in space; reports with a name only stand at that of their most exact place name, out of the world (rule 4)."""
    where = on_sphere(np.nan_to_num(lat), np.nan_to_num(lon))
    missing = np.isnan(lat) | np.isnan(lon)
    if not missing.any():
        return where, missing
    names = [numbered(_folded(table, name))[0][0].astype(np.int64) for name in ("admin1", "admin2", "place")]
    code = np.full(len(lat), -1, dtype=np.int64)
    for depth, name in enumerate(names):
        code = np.where(name >= 0, name * len(names) + depth, code)
    named = missing & (code >= 0)
    side = [code % NAMES_A_SIDE, code // NAMES_A_SIDE % NAMES_A_SIDE, code // NAMES_A_SIDE**2]
    for axis, step in enumerate(side):
        where[named, axis] = OUT_OF_THE_WORLD_KM + APART_KM * step[named]
    return where, named
