"""Incident reports as columns: the one shape that pairing, comparing and grouping work on.

Reads the report columns of DESIGN, section 5, from an Arrow table. Rules:

1. Rows are put into one order that does not depend on the input's: `reported_at`, then `report_id`; rows without a time of
   reporting come last. Of several rows with one `report_id` the last version (the latest `reported_at`) stands.
2. Type and actors are paths; they are compared segment by segment, at most `DEPTH` deep (what lies deeper is one segment).
3. A half-width that is missing is taken as `TIME_HALF_UNKNOWN` or `PLACE_HALF_UNKNOWN`: vague, never exact.
4. A report without a time, or with neither coordinates nor a place name, matches nothing. One with a name only is placed at
   a point of that name's own, far from every other, so that it meets reports that give the same name and no coordinates.
5. A column `gazetteer_point`, if there is one, marks coordinates that a gazetteer supplied, not the source (`own_point`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from .sketch import sketch_texts

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DEPTH = 3
TIME_HALF_UNKNOWN = 12.0
PLACE_HALF_UNKNOWN = 10.0
NAMED_ONLY_HALF = 50.0
REQUIRED = ("report_id", "source_id", "time")


@dataclass(frozen=True)
class Columns:
    """n reports, column by column. Codes are -1 where a value is missing; numbers are NaN.

    `time`, `time_half` and `reported` are hours since 1970, `place_half` km; `kind` and the two `actors` are (n, DEPTH)
    codes, one a path segment; `killed` and `injured` are (n, 2) bounds; `names` is (n, 3): admin1, admin2, place;
    `sketch` is the MinHash of each text; `row` is the row of the input each report stands in.
    """

    ids: pa.Array
    row: Ints
    source: Ints
    cites: Ints
    reported: Floats
    time: Floats
    time_half: Floats
    lat: Floats
    lon: Floats
    place_half: Floats
    located: NDArray[np.bool_]
    own_point: NDArray[np.bool_]
    kind: Ints
    actors: tuple[Ints, Ints]
    killed: Floats
    injured: Floats
    names: Ints
    sketch: NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.row)


def read_columns(table: pa.Table) -> Columns:
    """Turn an Arrow table of reports (DESIGN, section 5) into columns in canonical order; a missing column counts as empty."""
    table, row = _canonical(table)
    source, cites = _codes(_texts(table, "source_id"), _texts(table, "cites"))
    actor_a, actor_b = _paths(_texts(table, "actor_a"), _texts(table, "actor_b"))
    names = np.stack([_codes(_folded(table, name))[0] for name in ("admin1", "admin2", "place")], axis=1)
    time, lat, lon = _hours(table, "time"), _numbers(table, "lat"), _numbers(table, "lon")
    place_half = _half(table, "place_precision_km", PLACE_HALF_UNKNOWN)
    lat, lon, place_half, placed = _place_by_name(lat, lon, place_half, names)
    return Columns(
        ids=_column(table, "report_id"),
        row=row,
        source=source,
        cites=cites,
        reported=np.nan_to_num(_hours(table, "reported_at"), nan=np.inf),
        time=time,
        time_half=_half(table, "time_precision_h", TIME_HALF_UNKNOWN),
        lat=lat,
        lon=lon,
        place_half=place_half,
        located=placed & ~np.isnan(time),
        own_point=~np.isnan(_numbers(table, "lat")) & ~_flags(table, "gazetteer_point"),
        kind=_paths(_texts(table, "type"))[0],
        actors=(actor_a, actor_b),
        killed=_bounds(table, "killed"),
        injured=_bounds(table, "injured"),
        names=names,
        sketch=sketch_texts(_texts(table, "text")),
    )


def _canonical(table: pa.Table) -> tuple[pa.Table, Ints]:
    """Sort by `reported_at`, then id; keep the last version of each id (rule 1)."""
    ids = _column(table, "report_id")
    keys = {"id": ids, "at": pa.array(_hours(table, "reported_at"), from_pandas=True)}
    order = pc.sort_indices(pa.table(keys), sort_keys=[("at", "ascending"), ("id", "ascending")]).to_numpy()
    codes = ids.dictionary_encode().indices.to_numpy()[order]
    last = len(codes) - 1 - np.unique(codes[::-1], return_index=True)[1]
    row = np.asarray(order[np.sort(last)], dtype=np.int64)
    return table.take(pa.array(row)), row


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
    return np.array(_column(table, name).cast(pa.float64()).to_numpy(zero_copy_only=False), dtype=np.float64)


def _hours(table: pa.Table, name: str) -> Floats:
    column = _column(table, name)
    if pa.types.is_null(column.type):
        return np.full(len(column), np.nan)
    micros = column.cast(pa.timestamp("us", tz="UTC") if _zoned(column.type) else pa.timestamp("us")).cast(pa.int64())
    return np.asarray(micros.cast(pa.float64()).to_numpy(zero_copy_only=False) / 3.6e9, dtype=np.float64)


def _zoned(kind: pa.DataType) -> bool:
    return pa.types.is_timestamp(kind) and kind.tz is not None


def _flags(table: pa.Table, name: str) -> NDArray[np.bool_]:
    return np.asarray(
        pc.fill_null(_column(table, name).cast(pa.bool_()), False).to_numpy(zero_copy_only=False), dtype=bool
    )


def _half(table: pa.Table, name: str, unknown: float) -> Floats:
    half = _numbers(table, name)
    return np.where(np.isnan(half) | (half < 0), unknown, half)


def _bounds(table: pa.Table, name: str) -> Floats:
    low, high = _numbers(table, f"{name}_min"), _numbers(table, f"{name}_max")
    return np.stack([np.where(np.isnan(low), high, low), np.where(np.isnan(high), low, high)], axis=1)


def _codes(*texts: pa.Array) -> list[Ints]:
    """Number the distinct texts of all columns together; missing is -1."""
    joined = pa.concat_arrays([text.cast(pa.string()) for text in texts]).dictionary_encode().indices
    codes = pc.fill_null(joined.cast(pa.int64()), -1).to_numpy(zero_copy_only=False)
    return list(np.split(np.asarray(codes, dtype=np.int64), np.cumsum([len(text) for text in texts])[:-1]))


def _paths(*texts: pa.Array) -> list[Ints]:
    """Code the leading segments of paths: column d holds the code of the first d + 1 segments, -1 where there are fewer."""
    joined = pa.concat_arrays(list(texts)).dictionary_encode()
    prefixes: dict[tuple[str, ...], int] = {}
    table = np.full((len(joined.dictionary) + 1, DEPTH), -1, dtype=np.int64)
    for number, path in enumerate(joined.dictionary.to_pylist()):
        parts = path.strip("/").split("/", DEPTH - 1)
        for depth in range(len(parts)):
            table[number, depth] = prefixes.setdefault(tuple(parts[: depth + 1]), len(prefixes))
    codes = pc.fill_null(joined.indices.cast(pa.int64()), len(joined.dictionary)).to_numpy(zero_copy_only=False)
    return list(np.split(table[codes], np.cumsum([len(text) for text in texts])[:-1]))


def _place_by_name(
    lat: Floats, lon: Floats, half: Floats, names: Ints
) -> tuple[Floats, Floats, Floats, NDArray[np.bool_]]:
    """Give reports without coordinates the point of their most exact place name, beyond the pole (rule 4)."""
    missing = np.isnan(lat) | np.isnan(lon)
    code, level = np.full(len(lat), -1, dtype=np.int64), np.zeros(len(lat), dtype=np.int64)
    for depth in range(names.shape[1]):
        code, level = (
            np.where(names[:, depth] >= 0, value, kept) for value, kept in ((names[:, depth], code), (depth, level))
        )
    named = missing & (code >= 0)
    lat = np.where(named, 1000.0 + 10.0 * (code * names.shape[1] + level), lat)
    return lat, np.where(named, 0.0, lon), np.where(named, np.maximum(half, NAMED_ONLY_HALF), half), ~missing | named
