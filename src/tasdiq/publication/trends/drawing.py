"""Draw the heat map (weeks by districts) and the time line of trends as SVG; the tables beside them hold the same.

1. Cells differ in the closeness of a pattern of lines and carry their number where there is room, so that no colour says anything;
   there is one neutral ink for all. A cell without an incident told is empty, and that is not to say that nothing happened.
2. "Few" (from one up to below the smallest count) has a pattern of its own and no number.
3. The days on which a ceasefire is told to have begun or been agreed are lines with a label.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from markupsafe import Markup

from ..svg import chart, label, tag
from ..times import day

WIDTH, LEFT, ROW, HEAD = 960, 190, 22, 46
CLOSENESS = (9.0, 6.5, 4.5, 3.2)
"""Distance of the pattern's lines by the share of the largest count; beyond the last, the cell is full."""
Plain = dict[str, Any]


def drawn(trends: Plain) -> Plain:
    """Return what a page of trends is given: the trends, the heat map, the time line."""
    turns, smallest = trends["turns"], trends["smallest"]
    return {
        "trends": trends,
        "heat": heat_map(trends["grid"], turns, smallest),
        "line": time_line(trends["line"], turns, smallest),
    }


def heat_map(found: Plain, turns: Sequence[Plain], smallest: int) -> Markup | None:
    """Draw weeks by districts; None where there is nothing to draw."""
    weeks, lines = found["weeks"], found["lines"]
    if not weeks:
        return None
    wide = min((WIDTH - LEFT - 10) / len(weeks), 60.0)
    most = max((count for line in lines for count in line["counts"]), default=1)
    parts = [_row(line, n, wide, most) for n, line in enumerate(lines)]
    height = HEAD + ROW * len(lines) + 14
    ticks = [
        label(LEFT + wide * n, HEAD - 8, _tick(weeks[n]), "tick") for n in range(0, len(weeks), max(len(weeks) // 8, 1))
    ]
    marks = [_turn(turn, _across(weeks, turn["day"], wide), height) for turn in turns]
    text = (
        f"{len(lines)} lines by {len(weeks)} weeks, from {day(weeks[0])}. The largest count is {max(most, 0)}; hatched cells are"
        f" 1 to {smallest - 1}. Empty cells: none told. The table beside holds the same."
    )
    return chart("Alleged incidents by week and district", text, WIDTH, height, _patterns(), *parts, *ticks, *filter(None, marks),
                 name="heat")  # fmt: skip


def _row(line: Plain, number: int, wide: float, most: int) -> Markup:
    top = HEAD + ROW * number
    parts = [label(0, top + 15, _short(line["district"]), "lane"),
             tag("line", x1=LEFT, x2=WIDTH - 10, y1=top + ROW, y2=top + ROW, class_="grid")]  # fmt: skip
    for n, count in enumerate(line["counts"]):
        if count:
            parts.append(_cell(LEFT + wide * n, top, wide, count, most))
    return tag("g", *parts)


def _cell(x: float, top: float, wide: float, count: int, most: int) -> Markup:
    if count < 0:
        return tag("rect", x=x + 0.5, y=top + 1, width=wide - 1, height=ROW - 2, fill="url(#heat-unknown)")
    step = min(int((len(CLOSENESS) + 1) * count / (most + 1)), len(CLOSENESS))
    full = step == len(CLOSENESS)
    fill = None if full else f"url(#heat-{step})"
    title = tag("title", f"{count:,}")
    box = tag(
        "rect",
        title,
        x=x + 0.5,
        y=top + 1,
        width=wide - 1,
        height=ROW - 2,
        fill=fill,
        class_="state-closed" if full else None,
    )
    if full or wide < 6.5 * len(str(count)) + 2:
        return box
    return Markup("").join([box, label(x + wide / 2, top + 15, str(count), "label haloed", "middle")])


def _patterns() -> Markup:
    return tag("defs", *[
        tag("pattern", tag("line", x1=0, x2=20, y1=apart / 2, y2=apart / 2, class_="rail"), id=f"heat-{n}", width=20, height=apart,
            patternUnits="userSpaceOnUse")
        for n, apart in enumerate(CLOSENESS)
    ])  # fmt: skip


def _across(weeks: Sequence[str], turn: str, wide: float) -> float | None:
    """Return the x of a day within the weeks, None outside."""
    days = (date.fromisoformat(turn) - date.fromisoformat(weeks[0])).days
    return LEFT + wide * days / 7 if 0 <= days <= 7 * len(weeks) else None


def _turn(turn: Plain, x: float | None, height: int) -> Markup | None:
    if x is None:
        return None
    mark = tag(
        "line",
        tag("title", f"{turn['event']} {turn['words']['words']}"),
        x1=x,
        x2=x,
        y1=24,
        y2=height - 6,
        class_="again",
    )
    return Markup("").join([mark, label(x + 3, 20, f"ceasefire {turn['event']}", "label")])


def time_line(found: Plain, turns: Sequence[Plain], smallest: int) -> Markup | None:
    """Draw one column a week, month or year; None where there is nothing to draw."""
    columns = found["columns"]
    if not columns:
        return None
    tall, base = 120.0, 170.0
    most = max(max((c["count"] for c in columns), default=1), 1)
    wide = min((WIDTH - 60) / len(columns), 40.0)
    parts = [tag("line", x1=40, x2=WIDTH - 10, y1=base, y2=base, class_="rail"), label(0, base - tall + 4, f"{most:,}", "tick"),
             label(0, base + 4, "0", "tick")]  # fmt: skip
    for n, column in enumerate(columns):
        x, count = 44 + wide * n, column["count"]
        if count < 0:
            parts.append(tag("rect", x=x, y=base - 8, width=max(wide - 1, 1), height=8, fill="url(#rates-unknown)"))
        elif count:
            high = max(tall * count / most, 1.5)
            title = tag("title", f"{day(column['start'])}: {count:,}")
            parts.append(
                tag("rect", title, x=x, y=base - high, width=max(wide - 1, 1), height=high, class_="state-closed")
            )
        if n % max(len(columns) // 8, 1) == 0:
            parts.append(label(x, base + 18, _tick(column["start"]), "tick"))
    marks = [_turn(turn, _at(columns, turn["day"], wide, found["unit"]), int(base)) for turn in turns]
    text = f"One column a {found['unit']}, the largest {most:,}. Hatched: 1 to {smallest - 1}. The table beside holds the same."
    return chart("Alleged incidents over time", text, WIDTH, 200, *parts, *filter(None, marks), name="rates")


def _at(columns: Sequence[Plain], turn: str, wide: float, unit: str) -> float | None:
    length = {"week": 10, "month": 7, "year": 4}[unit]
    start = turn if unit != "week" else _monday(turn)
    number = next((n for n, column in enumerate(columns) if column["start"] == start[:length]), None)
    return None if number is None else 44 + wide * number


def _monday(iso: str) -> str:
    found = date.fromisoformat(iso)
    return (found - timedelta(days=found.weekday())).isoformat()


def _tick(iso: str) -> str:
    words = day(iso).split(" ")
    return " ".join(word[:3] if word.isalpha() else word for word in words)


def _short(name: str) -> str:
    return name if len(name) <= 24 else f"{name[:23]}…"
