"""How far apart two reports of one incident can lie, in space and in time, by their own precision.

Rules:

1. Two reports can be of one incident only within the *reach* of both precisions: `SPACE_REACH` times the sum of their place
   half-widths plus `SPACE_SLACK_KM`, and `TIME_REACH` times the sum of their time half-widths. Nothing overrides this.
2. Where either is dated to the day or more vaguely, a day is added: the day of publication is often given as the day of the event.

Distances are chords through a sphere: within a few hundred kilometres they are right to some metres.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Metres = NDArray[np.float32]
Numbers = NDArray[np.floating]

SPACE_REACH = 1.5
SPACE_SLACK_KM = 0.3
TIME_REACH = 1.5
DAY_DATED_H = 6.0
DAY_SLACK_H = 24.0
EARTH_KM = 6371.0


def time_reach(half_a: Numbers | float, half_b: Numbers | float) -> Numbers:
    """Return how many hours two reports may lie apart (rules 1 and 2)."""
    both = np.asarray(half_a) + half_b
    slack = np.where(np.maximum(half_a, half_b) >= DAY_DATED_H, both.dtype.type(DAY_SLACK_H), both.dtype.type(0.0))
    return np.asarray(np.maximum(TIME_REACH * both, both + slack))


def space_reach(half_a: Numbers | float, half_b: Numbers | float) -> Numbers:
    """Return how many km two reports may lie apart (rule 1)."""
    return np.asarray(SPACE_REACH * (np.asarray(half_a) + half_b) + SPACE_SLACK_KM)


def on_sphere(lat: Numbers, lon: Numbers) -> NDArray[np.float32]:
    """Return (n, 4): x, y, z in km from the middle of the earth, and a zero that makes rows 16 bytes."""
    phi, theta = np.radians(lat), np.radians(lon)
    ring = EARTH_KM * np.cos(phi)
    where = np.zeros((len(phi), 4), dtype=np.float32)
    where[:, 0], where[:, 1], where[:, 2] = ring * np.cos(theta), ring * np.sin(theta), EARTH_KM * np.sin(phi)
    return where


def distance_km(where: NDArray[np.float32], a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return how far apart the points of rows `a` and `b` are, in km."""
    apart = where[a] - where[b]
    return np.asarray(np.sqrt((apart * apart).sum(axis=1)))
