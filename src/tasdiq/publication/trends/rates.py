"""Compare weekly rates before and after a day, as a whole, by type, by district and by who is named.

1. Counted are whole weeks: from the first week told of to the last before the day's own, and from the week after it to the last.
   The week in which the ceasefire took effect belongs to neither.
2. Both windows are as long as the record reaches, at most `LONGEST` weeks, and a comparison needs `LEAST_WEEKS` on each side.
3. A week in which nothing is told counts as none told: it is not known that nothing happened.
4. Intervals are those of `intervals`, widened by the dispersion of the weekly totals.
5. Counts from one up to below the charter's smallest count are given as a range (design, section 2, rule 8), and no
   interval or ratio is given that would tell them.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from .intervals import dispersion, rate_interval, ratio_interval
from .occurrences import Occurrence, weeks_between

LONGEST, LEAST_WEEKS, MOST_LINES = 26, 2, 12
Plain = dict[str, object]


class Window(NamedTuple):
    """Whole weeks before and after a day (rule 1)."""

    before: Sequence[int]
    after: Sequence[int]

    @property
    def comparable(self) -> bool:
        """Whether there are enough weeks on both sides (rule 2)."""
        return min(len(self.before), len(self.after)) >= LEAST_WEEKS


def window(rows: Sequence[Occurrence], turn: int, last: int) -> Window:
    """Return the weeks before and after the week `turn`; `last` is the last week that may be published whole."""
    first = rows[0].week if rows else turn
    return Window(
        weeks_between(max(first, turn - 7 * LONGEST), turn - 7), weeks_between(turn + 7, min(last, turn + 7 * LONGEST))
    )


def compare(rows: Sequence[Occurrence], weeks: Window, smallest: int, names: Callable[[str], str]) -> list[Plain]:
    """Return the lines of the comparison: all, by type, by district, by who is named, each with its most frequent first."""
    before, after = set(weeks.before), set(weeks.after)
    own = [row for row in rows if row.week in before or row.week in after]
    scatter = dispersion(*(_weekly(own, part) for part in (weeks.before, weeks.after)))
    lines = [_line("all", "all alleged incidents", own, weeks, scatter, smallest)]
    for group, of in (
        ("type", lambda row: [row.kind.replace("/", ": ") or "kind not told"]),
        ("district", lambda row: [row.district]),
        ("named", lambda row: [names(name) for name in row.named] or ["nobody named"]),
    ):
        found: dict[str, list[Occurrence]] = defaultdict(list)
        for row in own:
            for name in set(of(row)):
                found[name].append(row)
        for name, some in sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))[:MOST_LINES]:
            lines.append(_line(group, name, some, weeks, scatter, smallest))
    return lines


def _weekly(rows: Iterable[Occurrence], weeks: Sequence[int]) -> list[int]:
    counts = Counter(row.week for row in rows)
    return [counts[week] for week in weeks]


def _line(group: str, name: str, rows: Sequence[Occurrence], weeks: Window, scatter: float, smallest: int) -> Plain:
    counts: list[int] = [sum(_weekly(rows, part)) for part in (weeks.before, weeks.after)]
    hidden = any(0 < count < smallest for count in counts)
    shown = [f"1–{smallest - 1}" if 0 < count < smallest else f"{count}" for count in counts]
    line: Plain = {"group": group, "name": name, "before": shown[0], "after": shown[1]}
    spans = [
        "not shown" if 0 < count < smallest else _rate(count, len(part), scatter)
        for count, part in zip(counts, (weeks.before, weeks.after), strict=True)
    ]
    line |= {"rate_before": spans[0], "rate_after": spans[1], "ratio": "not shown", "tells": ""}
    if not hidden and any(counts):
        low, high = ratio_interval(counts[0], len(weeks.before), counts[1], len(weeks.after), scatter)
        line["ratio"] = f"{low:.2f}–{high:.2f}" if math.isfinite(high) else f"{low:.2f} or more"
        line["tells"] = (
            "fewer told" if high < 1 else "more told" if low > 1 else "no change that can be told from chance"
        )
    return line


def _rate(count: int, weeks: int, scatter: float) -> str:
    low, high = rate_interval(count, weeks, scatter)
    return f"{count / weeks:.1f} ({low:.1f}–{high:.1f})"
