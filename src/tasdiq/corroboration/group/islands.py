"""Which rows hang together by some pairs: connected components, named by their smallest row."""

from __future__ import annotations

import numpy as np

from ..pair.ranges import Rows


def components(size: int, a: Rows, b: Rows) -> Rows:
    """Return for each row the smallest row it hangs together with."""
    least = np.arange(size)
    while len(a):
        one, other = least.take(a), least.take(b)
        apart = np.flatnonzero(one != other)
        a, b, one, other = a.take(apart), b.take(apart), one.take(apart), other.take(apart)
        np.minimum.at(least, np.maximum(one, other), np.minimum(one, other))
        least = _settled(least)
    return least


def _settled(least: Rows) -> Rows:
    """Let every row point to the end of its chain."""
    while True:
        further = least.take(least)
        if np.array_equal(further, least):
            return least
        least = further
