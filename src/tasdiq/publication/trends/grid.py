"""Count weeks and districts: the cells of the heat map and the columns of the time line.

1. The map has the latest `MOST_WEEKS` weeks up to the last that holds an incident, and the `MOST_DISTRICTS` districts with most;
   the others are one line, and how many they are is said. Weeks without an incident stand empty: nothing is bridged.
2. A count from one up to below the smallest count is "few" (-1); the total of a line with such counts is given as the range they
   allow, so that no difference tells them.
3. The time line has one column a week, a month or a year, whichever are at most `MOST_COLUMNS`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import date

from .occurrences import Occurrence, monday, weeks_between

MOST_WEEKS, MOST_DISTRICTS, MOST_COLUMNS = 52, 20, 80
OTHERS = "other districts"
Plain = dict[str, object]


def cells(rows: Sequence[Occurrence], smallest: int) -> Plain:
    """Return weeks, lines (a district with its counts) and what was left out (rules 1 and 2)."""
    if not rows:
        return {"weeks": [], "lines": [], "districts_in_others": 0, "earlier": 0}
    last = max(row.week for row in rows)
    weeks = weeks_between(max(min(row.week for row in rows), last - 7 * (MOST_WEEKS - 1)), last)
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for row in rows:
        if row.week >= weeks[0]:
            counts[row.district][row.week] += 1
    order = sorted(counts, key=lambda name: (-counts[name].total(), name))
    rest = order[MOST_DISTRICTS:]
    merged = [(name, counts[name]) for name in order[:MOST_DISTRICTS]]
    if rest:
        merged.append((OTHERS, sum((counts[name] for name in rest), Counter[int]())))
    return {
        "weeks": [monday(week).isoformat() for week in weeks],
        "lines": [_line(name, [own[week] for week in weeks], smallest) for name, own in merged],
        "districts_in_others": len(rest),
        "earlier": sum(row.week < weeks[0] for row in rows),
    }


def _line(name: str, counts: list[int], smallest: int) -> Plain:
    few = sum(0 < count < smallest for count in counts)
    known = sum(count for count in counts if count >= smallest)
    return {
        "district": name,
        "counts": [-1 if 0 < count < smallest else count for count in counts],
        "total_low": known + few,
        "total_high": known + few * (smallest - 1),
    }


def columns(rows: Sequence[Occurrence], smallest: int) -> Plain:
    """Return the columns of the time line with their unit (rule 3)."""
    if not rows:
        return {"unit": "week", "columns": []}
    units: tuple[tuple[str, Callable[[date], str]], ...] = (
        ("week", lambda day: monday(day.toordinal() - day.weekday()).isoformat()),
        ("month", lambda day: day.isoformat()[:7]),
        ("year", lambda day: day.isoformat()[:4]),
    )
    first, last = date.fromordinal(rows[0].day), date.fromordinal(rows[-1].day)
    spans = {"week": (last - first).days / 7, "month": (last - first).days / 30.4, "year": 0}
    unit, name_of = next((unit, name) for unit, name in units if spans[unit] <= MOST_COLUMNS)
    by_day = Counter(row.day for row in rows)
    names: dict[str, int] = {}
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        name = name_of(date.fromordinal(ordinal))
        names[name] = names.get(name, 0) + by_day.get(ordinal, 0)
    return {"unit": unit, "columns": [
        {"start": name, "count": -1 if 0 < count < smallest else count} for name, count in names.items()]}  # fmt: skip
