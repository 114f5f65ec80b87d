"""A time axis: days to x, ticks that fall on whole months or weeks, and a window that leaves far-off outliers out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from .svg import label, tag
from .times import MONTHS

MOST_TICKS = 13
FAR = 400
"""Days by which a point may lie from its neighbour before the window is cut there."""


@dataclass(frozen=True)
class Axis:
    """Days from `first` to `last` laid over x from `left` to `right`."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date) -> float:
        """Return the x of a day, held inside the axis."""
        span = max((self.last - self.first).days, 1)
        at = min(max((day - self.first).days, 0), span)
        return self.left + (self.right - self.left) * at / span

    def holds(self, day: date) -> bool:
        """Say whether a day lies on the axis."""
        return self.first <= day <= self.last

    def draw(self, top: float, bottom: float) -> Markup:
        """Draw the ticks with their labels above `top` and thin lines down to `bottom`."""
        parts: list[Markup] = []
        ticks = self._ticks()
        for day, text in ticks[:: -(-len(ticks) // MOST_TICKS) or 1]:
            x = self.x(day)
            parts.append(tag("line", x1=x, x2=x, y1=top, y2=bottom, class_="grid"))
            if x < self.right - 24:
                parts.append(label(x + 3, top - 6, text, "tick"))
        return Markup("").join(parts)

    def _ticks(self) -> list[tuple[date, str]]:
        days = (self.last - self.first).days
        if days <= 75:
            start = self.first + timedelta(days=(7 - self.first.weekday()) % 7)
            weeks = [start + timedelta(days=7 * n) for n in range(days // 7 + 1)]
            return [(d, f"{d.day} {MONTHS[d.month - 1][:3]}") for d in weeks if self.holds(d)]
        step = 1 if days <= 400 else 3 if days <= 1500 else 12
        months = [date(y, m, 1) for y in range(self.first.year, self.last.year + 1) for m in range(1, 13, step)]
        return [(d, f"{MONTHS[d.month - 1][:3]} {d.year}") for d in months if self.holds(d)]


def read_day(iso: object) -> date | None:
    """Return the day an ISO text begins with, or None; a year or month alone counts as its first day."""
    text = str(iso or "")
    try:
        return date.fromisoformat({4: f"{text}-01-01", 7: f"{text}-01"}.get(len(text), text[:10]))
    except ValueError:
        return None


def make_axis(days: Iterable[date], left: float, right: float, margin: int = 3) -> Axis | None:
    """Return the axis over the latest run of days without a gap of more than `FAR`, or None if there is none."""
    ordered = sorted(set(days))
    if not ordered:
        return None
    first = len(ordered) - 1
    while first > 0 and (ordered[first] - ordered[first - 1]).days <= FAR:
        first -= 1
    pad = timedelta(days=max(margin, (ordered[-1] - ordered[first]).days // 20))
    return Axis(ordered[first] - pad, ordered[-1] + pad, left, right)
