"""Weights where no source reports twice: what chance alone brings into a window is learnt by shifting time.

Where sources repeat, pairs of one source are non-matches for free (`compare.weights`, rule 1). Documents that each report once
give none. Rules:

1. Reports are paired with the same reports shifted by some weeks, further than any window reaches: such pairs meet by chance
   alone, and give the probabilities of levels among non-matches (u) and how many non-matches a window holds. (Time slides, as
   physicists estimate coincidences that are none.)
2. What a level has more of than chance brings is matches: from that surplus come m and the share of matches. No maximisation,
   which drifts where matches are few.
3. Every estimate starts from `IMAGINED` pairs of the ordinary kind and is held within `MOST` of odds.
4. It is used where at least `ENOUGH` pairs are compared and fewer than `FEW_OF_ONE_SOURCE` of them are of one source.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..compare.codes import Codes, Comparer, unpack
from ..compare.levels import FIELDS
from ..compare.weights import Effects
from ..reports.columns import Columns, Floats
from .stretches import compare_stretch, cut

SHIFTS_DAYS = (-56, -28, 28, 56)
ENOUGH, FEW_OF_ONE_SOURCE = 1000, 0.005
IMAGINED, LEAST, MOST = 20.0, 0.003, 0.9
DAY_S = 86_400
AT_ONCE = 65_536


def is_needed(pairs: int, of_one_source: int) -> bool:
    """Tell whether weights are to be learnt by shifting time (rule 4)."""
    return pairs >= ENOUGH and of_one_source < FEW_OF_ONE_SOURCE * pairs


def learn_by_chance(columns: Columns, codes: Codes) -> Effects:
    """Learn the weights of compared pairs from what chance brings (rules 1 to 3)."""
    chance = Codes.join([codes.of(np.arange(0)), *(part for days in SHIFTS_DAYS for part in _by_chance(columns, days))])
    # Every unordered pair meets its shift twice, once from each side.
    scale = 1.0 / (2 * len(SHIFTS_DAYS))
    share = float(np.clip(1.0 - len(chance.near) * scale / max(len(codes.near), 1), LEAST, MOST))
    prior = np.full((FIELDS[0].strata, FIELDS[1].strata), np.log(share) - np.log1p(-share))
    return (
        prior,
        *(_added(one, by_chance * scale) for one, by_chance in zip(_tallies(codes), _tallies(chance), strict=True)),
    )


def _by_chance(columns: Columns, days: int) -> list[Codes]:
    """Compare reports with other reports shifted by some days."""
    size = len(columns)
    doubled = columns.of(np.tile(np.arange(size), 2))
    doubled = replace(doubled, seconds=doubled.seconds + np.repeat([0, DAY_S * days], size))
    comparer, found = Comparer(doubled), []
    for stretch in cut(doubled, AT_ONCE):
        for a, b, codes in compare_stretch(comparer, stretch):
            met = np.flatnonzero((a < size) & (b >= size) & (a != b - size))
            found.append(codes.of(met))
    return found


def _tallies(codes: Codes) -> list[Floats]:
    levels, strata = unpack(codes.near, codes.like)
    tallies = []
    for number, field in enumerate(FIELDS):
        cell = levels[number] + (strata[number] * field.size if number < len(strata) else 0)
        counted = np.bincount(cell, minlength=field.strata * field.size)
        tallies.append(counted.reshape(field.strata, field.size).astype(np.float64))
    return tallies


def _added(seen: Floats, chance: Floats) -> Floats:
    """Return the log-odds of each level, stratum by stratum (rules 2 and 3)."""
    surplus = np.clip(seen - chance, 0.0, None)
    ordinary = _share(np.clip(seen.sum(axis=0) - chance.sum(axis=0), 0.0, None))
    match = _share(surplus + IMAGINED * ordinary) + LEAST
    other = _share(chance + IMAGINED * _share(chance.sum(axis=0))) + LEAST
    return np.asarray(np.log(_share(match)) - np.log(_share(other)))


def _share(counts: Floats) -> Floats:
    return np.asarray(counts / np.maximum(counts.sum(axis=-1, keepdims=True), 1e-9))
