"""Ranges of row numbers, joined end to end, and distinct values by number: what the search is written in."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Rows = NDArray[np.int64]


def runs(first: Rows, count: Rows) -> Rows:
    """Concatenate the ranges first[i] … first[i] + count[i] - 1; every count is at least 1."""
    if not len(first):
        return np.zeros(0, dtype=np.int64)
    steps = np.ones(int(count.sum()), dtype=np.int64)
    steps[0] = first[0]
    steps[np.cumsum(count[:-1])] = first[1:] - first[:-1] - count[:-1] + 1
    return np.cumsum(steps, out=steps)


def spread(count: Rows) -> Rows:
    """Repeat each index i count[i] times; every count is at least 1."""
    steps = np.zeros(int(count.sum()), dtype=np.int64)
    steps[np.cumsum(count[:-1])] = 1
    return np.cumsum(steps, out=steps)


def among(values: Rows, stock: Rows) -> NDArray[np.bool_]:
    """Say which values occur in a stock that stands in rising order."""
    place = np.minimum(np.searchsorted(stock, values), len(stock) - 1)
    return np.asarray(stock.take(place) == values)


def grouped(keys: Rows) -> tuple[Rows, Rows]:
    """Return each key's group and the distinct keys, in order of first appearance."""
    encoded = pa.array(keys).dictionary_encode()
    return encoded.indices.to_numpy().astype(np.int64), encoded.dictionary.to_numpy()


def distinct(values: Rows) -> tuple[Rows, Rows]:
    """Return each value's number among the distinct values in rising order, and those values."""
    group, found = grouped(values)
    order = np.argsort(found)
    rank = np.empty(len(found), dtype=np.int64)
    rank[order] = np.arange(len(found))
    return rank.take(group), found.take(order)
