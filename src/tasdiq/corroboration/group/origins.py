"""Find the independent origins of each incident: a graph of dependence inside each group.

Rules:

1. A report *depends* on another of its group if one cites the other's source, if their wording is nearly the same
   (`COPIED_WORDING`), or if both give one exact point or one exact moment that nobody else gives (`EXACT_KM`, `EXACT_H`). What
   hangs together by such ties has one origin: its earliest report.
2. An exact point that reports of other groups give too is a gazetteer's point, and ties nothing; nor does a round value.
3. A report *may depend* on another if much wording is in common, if every detail is the same, or if both cite one source.
4. Where people confirmed a group, the bounds count ties only (`bounds`, rule 5).
"""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from ..compare.codes import Comparer
from ..pair.ranges import Rows, grouped
from ..reports.columns import Columns, Flags, Floats, Ints
from ..reports.sketch import wording_in_common
from .bounds import find_neighbours, lower_bounds, upper_bounds
from .edges import Edges
from .islands import components
from .membership import belonging, find_fits

COPIED_WORDING = 0.75
LIKE_WORDING = 0.5
EXACT_KM = 2.0
EXACT_H = 1.0
ROUND_SECONDS = 300


@dataclass(frozen=True)
class Origins:
    """For each row: the row its origin starts from, bounds on the origins of its incident, and its score (1 if alone)."""

    root: Rows
    lowest: Ints
    highest: Ints
    score: Floats


@dataclass(frozen=True)
class Roots:
    """For each row the row its origin starts from: by certain ties, and by all that may tie."""

    sure: Rows
    weak: Rows


def count_origins(comparer: Comparer, edges: Edges, label: Rows, pool: Executor, *, confirmed: bool = False) -> Origins:
    """Find the origins of every group and bound their number; `confirmed` says that people made the groups (rule 4)."""
    tracing = pool.submit(find_roots, comparer, edges, label)
    fitting = pool.submit(find_fits, edges, label)
    near = find_neighbours(edges, label, comparer.columns.source.astype(np.int64))
    roots = tracing.result()
    if confirmed:
        fewest, most = (np.bincount(label[np.unique(root)], minlength=len(label)) for root in (roots.weak, roots.sure))
        return Origins(roots.sure, fewest[label], most[label], np.ones(len(label)))
    belongs = belonging(fitting.result(), label)
    lowest, highest = lower_bounds(label, roots.weak, belongs), upper_bounds(label, roots.sure, near)
    return Origins(roots.sure, lowest[label], np.maximum(lowest, highest)[label], belongs)


def find_roots(comparer: Comparer, edges: Edges, label: Rows) -> Roots:
    """Find the origins of every group (rules 1 to 3)."""
    inside = np.flatnonzero(label.take(edges.a) == label.take(edges.b))
    a, b = edges.a.take(inside).astype(np.int64), edges.b.take(inside).astype(np.int64)
    columns = comparer.columns
    wording = wording_in_common(columns.sketch.take(a, axis=0), columns.sketch.take(b, axis=0))
    tied = (
        comparer.cites(a, b)
        | (wording >= COPIED_WORDING)
        | _same_point(columns, a, b, label)
        | _same_moment(columns, a, b)
    )
    loose = np.flatnonzero(tied | (wording >= LIKE_WORDING) | _same_details(columns, a, b))
    sure = np.flatnonzero(tied)
    rows, cited = _cited_together(columns, label)
    return Roots(
        components(len(label), a.take(sure), b.take(sure)),
        components(len(label), np.concatenate([a.take(loose), rows]), np.concatenate([b.take(loose), cited])),
    )


def _same_details(columns: Columns, a: Rows, b: Rows) -> Flags:
    same = columns.seconds.take(a) == columns.seconds.take(b)
    for field in (columns.kind, columns.killed, columns.injured):
        same &= field.code.take(a) == field.code.take(b)
    return np.asarray(same & _same_place(columns, a, b))


def _same_place(columns: Columns, a: Rows, b: Rows) -> Flags:
    return np.asarray((columns.where.take(a, axis=0) == columns.where.take(b, axis=0)).all(axis=1))


def _same_point(columns: Columns, a: Rows, b: Rows, label: Rows) -> Flags:
    """Say which pairs give one exact point that no other group's reports give (rules 1 and 2)."""
    exact = np.flatnonzero(columns.own_point & (columns.place_half <= EXACT_KM))
    bits = columns.where.take(exact, axis=0).view(np.int32).astype(np.int64)
    point, _ = grouped((bits[:, 0] << 40) ^ (bits[:, 1] << 20) ^ bits[:, 2])
    count = int(point.max(initial=-1)) + 1
    low, high = np.full(count, len(label)), np.full(count, -1)
    np.minimum.at(low, point, label.take(exact))
    np.maximum.at(high, point, label.take(exact))
    own = np.zeros(len(label), dtype=bool)
    own[exact] = (low == high).take(point)
    return np.asarray(own.take(a) & own.take(b) & _same_place(columns, a, b))


def _same_moment(columns: Columns, a: Rows, b: Rows) -> Flags:
    exact = (columns.time_half <= EXACT_H) & (columns.seconds % ROUND_SECONDS != 0)
    return np.asarray((columns.seconds.take(a) == columns.seconds.take(b)) & exact.take(a))


def _cited_together(columns: Columns, label: Rows) -> tuple[Rows, Rows]:
    """Return citing reports, and for each the first report of its group that cites the same source (rule 3)."""
    rows = np.flatnonzero(columns.cites >= 0)
    which, key = grouped(label.take(rows) * (int(columns.cites.max(initial=0)) + 1) + columns.cites.take(rows))
    first = np.full(len(key), len(label))
    np.minimum.at(first, which, rows)
    return rows, first.take(which)
