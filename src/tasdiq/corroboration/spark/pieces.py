"""What one task does with its piece of the world: score a stretch, join islands, count the origins of groups.

Pieces are Arrow tables. `row` is a report's place in canonical order over the whole world; inside a piece reports stand in that
order too and are numbered from 0. Each piece numbers its own texts: only whether two are the same matters.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyarrow as pa

from ..compare.codes import Comparer
from ..compare.weights import Weights
from ..group.edges import Edges, score_stretch
from ..group.islands import components
from ..group.linkage import link
from ..group.origins import count_origins
from ..group.stretches import Stretch
from ..pair.ranges import Rows, distinct
from ..reports.columns import Columns, read_columns

EDGE = pa.schema(
    {"a": pa.int64(), "b": pa.int64(), "score": pa.float32(), "near": pa.int16(), "like": pa.int16(),
     "source_a": pa.int64(), "source_b": pa.int64()}
)  # fmt: skip
LABEL = pa.schema({"row": pa.int64(), "label": pa.int64()})
COUNTED = pa.schema(
    {"row": pa.int64(), "label": pa.int64(), "origin": pa.int64(), "origins_min": pa.int32(), "origins_max": pa.int32(),
     "score": pa.float64()}
)  # fmt: skip


def columns_of(table: pa.Table) -> tuple[pa.Table, Columns]:
    """Put a piece into canonical order; return it and its columns."""
    table = table.sort_by("row")
    with ThreadPoolExecutor(1) as pool:
        return table, read_columns(table, pool, ordered=True)


def stretch_of(columns: Columns, owned: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Stretch:
    """Return the piece as a stretch: located reports in order of time, its own first."""
    rows = np.flatnonzero(columns.located)
    rows = rows[np.lexsort((columns.seconds[rows], ~owned[rows]))]
    return Stretch(rows, int(owned[rows].sum()))


def score_piece(table: pa.Table, weights: Weights) -> pa.Table:
    """Score the pairs of a stretch; `own` marks the reports it owns, the others begin later."""
    if table.num_rows == 0:
        return EDGE.empty_table()
    table, columns = columns_of(table)
    stretch = stretch_of(columns, np.asarray(table["own"].to_numpy()))
    if not stretch.owned:
        return EDGE.empty_table()
    edges = score_stretch(Comparer(columns), weights, stretch)
    row, source = table["row"].to_numpy(), table["source_key"].to_numpy()
    found = [row[edges.a], row[edges.b], edges.score, edges.near, edges.like, source[edges.a], source[edges.b]]
    return pa.table(found, schema=EDGE)


def link_piece(table: pa.Table, threshold: float) -> pa.Table:
    """Group the reports of whole islands."""
    rows, edges, ends = _numbered(table)
    source = np.zeros(len(rows), dtype=np.int64)
    code, _ = distinct(np.concatenate([table["source_a"].to_numpy(), table["source_b"].to_numpy()]))
    source[ends] = code
    with ThreadPoolExecutor(1) as pool:
        label = link(len(rows), edges, source, threshold, pool)
    return pa.table([rows, rows[label]], schema=LABEL)


def count_piece(reports: pa.Table, edges: pa.Table) -> pa.Table:
    """Count the origins of the groups a piece owns; the groups next to them are there whole, with their pairs."""
    if reports.num_rows == 0:
        return COUNTED.empty_table()
    table, columns = columns_of(reports)
    row, named = table["row"].to_numpy(), table["label"].to_numpy()
    label = np.searchsorted(row, named)
    with ThreadPoolExecutor(1) as pool:
        found = count_origins(
            Comparer(columns), _edges(edges.sort_by([("a", "ascending"), ("b", "ascending")]), row), label, pool
        )
    own = np.flatnonzero(table["own"].to_numpy())
    counted = [row, named, row[found.root], found.lowest.astype(np.int32), found.highest.astype(np.int32), found.score]
    return pa.table([one[own] for one in counted], schema=COUNTED)


def islands_of(a: Rows, b: Rows) -> tuple[Rows, Rows]:
    """Return the rows that hang together by pairs, and the smallest row of each one's island."""
    place, rows = distinct(np.concatenate([a, b]))
    return rows, rows[components(len(rows), place[: len(a)], place[len(a) :])]


def _numbered(table: pa.Table) -> tuple[Rows, Edges, Rows]:
    ends, rows = distinct(np.concatenate([table["a"].to_numpy(), table["b"].to_numpy()]))
    return rows, _edges(table, rows), ends


def _edges(table: pa.Table, rows: Rows) -> Edges:
    """Return pairs with their rows as places among `rows`."""
    a, b = (np.searchsorted(rows, table[name].to_numpy()).astype(np.int32) for name in ("a", "b"))
    return Edges(a, b, *(table[name].to_numpy() for name in ("score", "near", "like")))
