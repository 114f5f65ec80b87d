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

import dataclasses

import numpy as np

from .compare.levels import FIELDS, Field, Levels, compare
from .compare.weights import Weights
from .pair import Pairs, candidates
from .reports.columns import Columns, Floats

SHIFTS_DAYS = (-56, -28, 28, 56)
ENOUGH, FEW_OF_ONE_SOURCE = 1000, 0.005
IMAGINED, LEAST, MOST = 20.0, 0.003, 0.9
_ROWS = ("row", "lat", "lon", "place_half", "time_half", "located")


def is_needed(pairs: int, of_one_source: int) -> bool:
    """Tell whether weights are to be learnt by shifting time (rule 4)."""
    return pairs >= ENOUGH and of_one_source < FEW_OF_ONE_SOURCE * pairs


def learn_by_chance(columns: Columns, levels: Levels, strata: Levels) -> Weights:
    """Learn the weights of compared pairs from what chance brings (rules 1 to 3)."""
    chance = [compare(columns, _shifted(columns, days)) for days in SHIFTS_DAYS]
    other = np.concatenate([found for found, _ in chance])
    other_strata = np.concatenate([found for _, found in chance])
    # Every unordered pair meets its shift twice, once from each side.
    scale = 1.0 / (2 * len(SHIFTS_DAYS))
    share = float(np.clip(1.0 - len(other) * scale / max(len(levels), 1), LEAST, MOST))
    added = tuple(
        _added(_tally(levels, strata, number, field), _tally(other, other_strata, number, field) * scale)
        for number, field in enumerate(FIELDS)
    )
    prior = np.full((FIELDS[0].strata, FIELDS[1].strata), np.log(share) - np.log1p(-share))
    return Weights(prior, added)


def _shifted(columns: Columns, days: int) -> Pairs:
    """Return the pairs of reports with other reports shifted by some days."""
    size = len(columns)
    doubled = {name: np.concatenate([getattr(columns, name)] * 2) for name in _ROWS}
    time = np.concatenate([columns.time, columns.time + 24.0 * days])
    found = candidates(dataclasses.replace(columns, time=time, **doubled))  # type: ignore[arg-type]  # by name
    met = (found.a < size) & (found.b >= size) & (found.a != found.b - size)
    return Pairs(found.a[met], found.b[met] - size, found.km[met], found.hours[met])


def _tally(levels: Levels, strata: Levels, number: int, field: Field) -> Floats:
    cell = strata[:, number].astype(np.int64) * field.size + levels[:, number]
    return np.asarray(np.bincount(cell, minlength=field.strata * field.size).reshape(field.strata, field.size), float)


def _added(seen: Floats, chance: Floats) -> Floats:
    """Return the log-odds of each level, stratum by stratum (rules 2 and 3)."""
    surplus = np.clip(seen - chance, 0.0, None)
    ordinary = _share(np.clip(seen.sum(axis=0) - chance.sum(axis=0), 0.0, None))
    match = _share(surplus + IMAGINED * ordinary) + LEAST
    other = _share(chance + IMAGINED * _share(chance.sum(axis=0))) + LEAST
    return np.asarray(np.log(_share(match)) - np.log(_share(other)))


def _share(counts: Floats) -> Floats:
    return np.asarray(counts / np.maximum(counts.sum(axis=-1, keepdims=True), 1e-9))
