"""Draw many located incidents as small maps side by side, one a year or month, all of one window: where, and when.

1. There are panels when at least `LEAST` incidents can be drawn and they fall into more than one period: years, or months where
   all lie within one year. The latest `MOST` periods that hold an incident are drawn, and the description says so.
2. Dots mean what they mean on the map (`map`, rule 3), but that dots which would touch are one, at the place of the larger.
   No boundary is drawn; a period without a located incident has no panel.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from .map import MARGIN, by_place, dot, make_frame
from .svg import chart, label, tag
from .times import day
from .view import Plain

LEAST, MOST, ACROSS = 12, 12, 4
_WIDE, _GAP, _HEAD, _APART = 190, 14, 24, 19


def draw_panels(incidents: Sequence[Plain]) -> Markup | None:
    """Draw the panels; None where one map says it all (rule 1)."""
    placed = [i for i in incidents if i["lat_e7"] is not None and i["lon_e7"] is not None and i["time"]]
    periods = _periods(placed)
    if len(placed) < LEAST or len(periods) < 2:
        return None
    shown = sorted(periods)[-MOST:]
    points = [(i["lat_e7"] / 1e7, i["lon_e7"] / 1e7, 0.1) for name in shown for i in periods[name]]
    frame = make_frame(points, _WIDE)
    tall = frame.height - 2 * MARGIN
    rows = -(-len(shown) // ACROSS)
    drawn = []
    for number, name in enumerate(shown):
        x, y = (number % ACROSS) * (_WIDE + _GAP), (number // ACROSS) * (tall + _HEAD + _GAP)
        spots = [(*frame.at(p[0]["lat_e7"] / 1e7, p[0]["lon_e7"] / 1e7), len(p)) for p in by_place(periods[name])]
        dots = [dot(a - MARGIN, b - MARGIN + _HEAD, n) for a, b, n in _merge(spots)]
        ground = tag("rect", x=1, y=_HEAD, width=_WIDE - 2, height=tall, class_="ground")
        title = label(0, _HEAD - 8, f"{day(name)}: {len(periods[name])}", "lane")
        drawn.append(tag("g", title, ground, *dots, transform=f"translate({x} {y})"))
    text = "; ".join(f"{day(name)}: {len(periods[name])}" for name in shown)
    left = f" The latest {MOST} of {len(periods)} periods." if len(periods) > MOST else ""
    return chart(
        "Alleged incidents by period and place", f"{text}.{left} No boundary.", ACROSS * (_WIDE + _GAP) - _GAP,
        rows * (tall + _HEAD + _GAP), *drawn, name="panels",
    )  # fmt: skip


Spot = tuple[float, float, int]


def _merge(spots: Sequence[Spot]) -> list[Spot]:
    """Lay spots that would touch on one another, the larger first."""
    merged: list[Spot] = []
    for x, y, number in sorted(spots, key=lambda s: (-s[2], s[0], s[1])):
        near = next((n for n, (a, b, _) in enumerate(merged) if abs(a - x) < _APART and abs(b - y) < _APART), None)
        if near is None:
            merged.append((x, y, number))
        else:
            a, b, before = merged[near]
            merged[near] = (a, b, before + number)
    return merged


def _periods(placed: Sequence[Plain]) -> dict[str, list[Plain]]:
    """Group incidents by year, or by month where all lie within one year."""
    length = 4 if len({i["time"][:4] for i in placed}) > 1 else 7
    periods: dict[str, list[Plain]] = {}
    for incident in placed:
        periods.setdefault(incident["time"][:length], []).append(incident)
    return periods
