"""Rates before and after a ceasefire, with intervals, reporters, and what cannot be concluded (rules of `publication.trends`)."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest

from tasdiq.publication.trends.coverage import by_week, reporters
from tasdiq.publication.trends.drawing import drawn
from tasdiq.publication.trends.grid import cells, columns
from tasdiq.publication.trends.intervals import dispersion, rate_interval, ratio_interval
from tasdiq.publication.trends.occurrences import Occurrence, week_of
from tasdiq.publication.trends.rates import compare, window
from tasdiq.publication.trends.words import ALWAYS, cannot

TURN = week_of("2031-03-05")


def row(day: date, district: str = "Sella", source: str = "wire", kind: str = "air/strike") -> Occurrence:
    """Return an occurrence of a day."""
    return Occurrence(
        day.toordinal(), week_of(day.isoformat()), district, kind, frozenset({"kes"}), frozenset({source})
    )


def season(before: int, after: int) -> list[Occurrence]:
    """Return so many occurrences a week for eight weeks before and after the turn."""
    rows = []
    for week in range(-8, 9):
        many = before if week < 0 else after if week > 0 else 50
        monday = date.fromordinal(TURN) + timedelta(weeks=week)
        rows += [row(monday + timedelta(days=n % 7), source="wire" if n % 2 else f"w{week > 0}") for n in range(many)]
    return sorted(rows, key=lambda one: one.day)


@pytest.mark.parametrize(
    ("count", "low", "high"), [(0, 0, 3.689), (1, 0.0253, 5.572), (10, 4.795, 18.39), (1000, 938.97, 1063.97)]
)
def test_intervals_of_rates_are_exact(count: int, low: float, high: float) -> None:
    """Intervals 1: values of Garwood's tables."""
    assert rate_interval(count, 1) == pytest.approx((low, high), rel=2e-3, abs=1e-3)


def test_ratios_hold_their_own_value_and_turn_round() -> None:
    """Intervals 2: the ratio of both rates lies within, and exchanging before and after inverts the interval."""
    low, high = ratio_interval(20, 10, 8, 10)
    assert low < 0.4 < high
    assert ratio_interval(8, 10, 20, 10) == pytest.approx((1 / high, 1 / low))
    assert ratio_interval(0, 5, 4, 5)[1] == math.inf


def test_scatter_widens() -> None:
    """Intervals 3: weeks that scatter more than chance lets them widen the interval, never narrow it."""
    assert dispersion([5, 5, 5, 5]) == 1
    scatter = dispersion([0, 20, 0, 20])
    narrow, wide = rate_interval(40, 4), rate_interval(40, 4, scatter)
    assert wide[0] < narrow[0] < narrow[1] < wide[1]


def test_fewer_is_told_only_where_chance_does_not_explain_it() -> None:
    """Rates 1, 4: the ceasefire's own week counts on neither side; a small difference is none."""
    rows = season(20, 5)
    weeks = window(rows, TURN, TURN + 56)
    assert len(weeks.before) == 8
    assert TURN not in (*weeks.before, *weeks.after)
    assert compare(rows, weeks, 3, str)[0]["tells"] == "fewer told"
    rows = season(6, 5)
    assert str(compare(rows, window(rows, TURN, TURN + 56), 3, str)[0]["tells"]).startswith("no change")


def test_small_counts_are_not_told_apart() -> None:
    """Rates 5, grid 2: one or two incidents of a district show as a range, and no total gives them away."""
    rows = sorted([*season(9, 9), row(date.fromordinal(TURN - 7), "Ilva")], key=lambda one: one.day)
    line = next(one for one in compare(rows, window(rows, TURN, TURN + 56), 3, str) if one["name"] == "Ilva")
    assert (line["before"], line["ratio"]) == ("1–2", "not shown")
    grid = cells(rows, 3)
    ilva = next(one for one in grid["lines"] if one["district"] == "Ilva")  # type: ignore[attr-defined]
    assert -1 in ilva["counts"]
    assert 1 not in ilva["counts"]
    assert (ilva["total_low"], ilva["total_high"]) == (1, 2)


def test_reporters_are_watched() -> None:
    """Coverage 1 and 2: how many sources a week has, what it shares with the week before, and who is on both sides."""
    rows = season(4, 4)
    weeks = window(rows, TURN, TURN + 56)
    who = reporters(rows, weeks)
    assert (who.before, who.after, who.throughout) == (2, 2, frozenset({"wire"}))
    present = by_week(rows, [*weeks.before, *weeks.after])
    assert [week.sources for week in present] == [2] * 16
    assert present[0].overlap_ppm is None
    assert present[1].overlap_ppm == 1_000_000
    assert present[8].overlap_ppm == 333_333
    assert any("reporters changed" in sentence for sentence in cannot(weeks, who, [], []))


def test_what_no_count_can_tell_is_always_said() -> None:
    """Words 2: with or without a comparison."""
    assert cannot(None, None, [], [])[-len(ALWAYS) :] == list(ALWAYS)


def test_drawings_are_described_and_bounded() -> None:
    """Grid 1 and 3: many years and districts become a bounded drawing with title, description and how much is left out."""
    start = date(2001, 1, 1)
    rows = [row(start + timedelta(days=n), f"District {n % 90}") for n in range(9000)]
    grid, line = cells(rows, 3), columns(rows, 3)
    shown = drawn({"grid": grid, "line": line, "turns": [], "smallest": 3})
    assert line["unit"] == "year"
    assert grid["districts_in_others"] == 70
    assert len(shown["heat"]) + len(shown["line"]) < 300_000
    for drawing in (shown["heat"], shown["line"]):
        assert "<title" in drawing
        assert "<desc" in drawing
