"""Draw what each party held on a point over time, as SVG at publish time.

1. A lane for each party, in the order of the page; every mark has its stance in words beside it, and colour says nothing.
2. A mark is a day on which something was said. Between the first and the last statement of a turn a thin line says "said again";
   nothing is drawn between turns, for nothing is known there.
3. Denials and refusals are hollow, the rest filled. What has no day is listed in the table alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from markupsafe import Markup

from .axis import Axis, make_axis, read_day
from .svg import chart, label, tag
from .view import Plain

WIDTH = 720
_LEFT, _LANE, _TOP = 150, 54, 62
_HOLLOW = ("denies", "refuses")


def stance_line(told: Iterable[Plain], order: Iterable[tuple[str, str]]) -> Markup | None:
    """Draw what `framed.over_time` gives; `order` are the parties, id and name. None unless two days are to be told apart."""
    turns = [turn for turn in told if _day(turn["first"])]
    days = {day for turn in turns for day in (_day(turn["first"]), _day(turn["last"])) if day}
    axis = make_axis(days, _LEFT, WIDTH - 20.0) if len(days) > 1 else None
    if axis is None:
        return None
    parties = [(party, name) for party, name in order if any(turn["party"] == party for turn in turns)]
    height = _TOP - 22 + _LANE * len(parties)
    drawn = [
        _lane(axis, name, [turn for turn in turns if turn["party"] == party], _TOP + _LANE * number)
        for number, (party, name) in enumerate(parties)
    ]
    words = "; ".join(f"{turn['name']} {turn['stance']}, {turn['first']['words']}" for turn in turns)
    return chart(
        "What each side said in its own voice, over time", f"{words}.", WIDTH, height, axis.draw(28, height - 8), *drawn,
        name="stances",
    )  # fmt: skip


def _day(when: Plain | None) -> date | None:
    if not when or when.get("precision") in ("month", "season", "year"):
        return None
    return read_day(when["start"] or when["end"])


def _lane(axis: Axis, name: str, turns: list[Plain], y: float) -> Markup:
    parts = [label(0, y + 4, name, "lane"), tag("line", x1=axis.left, x2=axis.right, y1=y, y2=y, class_="rail")]
    free = 0.0
    for turn in turns:
        first, last = _day(turn["first"]), _day(turn["last"]) or _day(turn["first"])
        if first is None or last is None or not axis.holds(first):
            continue
        x, end = axis.x(first), axis.x(last)
        if end > x:
            parts.append(tag("line", tag("title", "said again"), x1=x, x2=end, y1=y, y2=y, class_="again"))
        for at in {x, end}:
            parts.append(_mark(turn, at, y))
        width = 7.0 * len(turn["stance"])
        left = min(x - 4, axis.right - width)
        if left >= free:
            parts.append(label(left, y - 12, turn["stance"], "label"))
            free = left + width + 10
        else:
            parts.append(label(min(max(left, free - width - 10), axis.right - width), y + 20, turn["stance"], "label"))
    return Markup("").join(parts)


def _mark(turn: Plain, x: float, y: float) -> Markup:
    title = tag("title", f"{turn['name']} {turn['stance']}, {turn['first']['words']}")
    return tag("circle", title, cx=x, cy=y, r=6, class_="dot open" if turn["stance"] in _HOLLOW else "dot")
