"""Draw the time line of the overview and the intervals of the crossings as SVG at publish time.

1. Gaps are not bridged: what no document tells of is hatched "not told", before the first telling and after the last.
2. Announced and observed are drawn on lines of their own.
3. States differ in pattern and are written in words; colour alone says nothing.
4. Labels that would overlap and unlabelled points nearer than five units are left out of the drawing; the lists hold all.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from .axis import Axis, make_axis, read_day
from .svg import chart, label, link, tag
from .view import Plain

WIDTH = 960
_LEFT = 150
_APART = 5.0


def overview_line(data: Plain) -> Markup | None:
    """Draw sessions, turns of the ceasefire, alleged incidents and documents over time; None if nothing has a day."""
    lanes = [
        (
            "Talks",
            [(_start(s), f"{_round(s)}{s['place_name']}", s["scheduled"], "sessions.html") for s in data["sessions"]],
        ),
        ("Ceasefire", [(_start(p), p["event"], False, "ceasefire.html") for p in data["ceasefire"]]),
        ("Alleged incidents", [(day, "", False, "incidents.html") for day in _incident_days(data)]),
        ("Documents", [(_published(d), "", False, "documents.html") for d in data["documents"]]),
    ]
    axis = make_axis((day for _, marks in lanes for day, *_ in marks if day), _LEFT, WIDTH - 20.0)
    if axis is None:
        return None
    height = 40 + 52 * len(lanes)
    drawn = [_lane(axis, name, marks, 62 + 52 * n) for n, (name, marks) in enumerate(lanes)]
    told = {"Alleged incidents": data["counts"]["incidents"]} if data["incident_days"] else {}
    text = "; ".join(f"{name}: {told.get(name) or sum(bool(m[0]) for m in marks)}" for name, marks in lanes)
    return chart(
        "Time line",
        f"Points in time by kind. {text}.",
        WIDTH,
        height,
        axis.draw(28, height - 8),
        *drawn,
        name="line",
        role="group",
    )


def _incident_days(data: Plain) -> list[date | None]:
    """Return the days of incidents: of those held, or of all where there are more."""
    return [read_day(day) for day in data["incident_days"] or [i["time"] for i in data["incidents"]]]


Dot = tuple[date | None, str, bool, str]


def _lane(axis: Axis, name: str, marks: Sequence[Dot], y: float) -> Markup:
    parts = [label(0, y + 4, name, "lane"), tag("line", x1=axis.left, x2=axis.right, y1=y, y2=y, class_="rail")]
    free = 0.0
    last = -_APART
    for day, text, open_, href in sorted((m for m in marks if m[0]), key=lambda m: str(m[0])):
        if day is None or not axis.holds(day) or (not text and axis.x(day) - last < _APART):
            continue
        x = last = axis.x(day)
        dot = tag(
            "circle",
            tag("title", f"{day.isoformat()} {text}".strip()),
            cx=x,
            cy=y,
            r=6,
            class_="dot open" if open_ else "dot",
        )
        parts.append(link(href, dot, label=f"{name}: {text or 'see the list'}, {day.isoformat()}"))
        words = text + (" (scheduled)" if open_ else "")
        width = 7.0 * len(words)
        left = min(x - 4, axis.right - width)
        if words and left >= free:
            parts.append(label(left, y - 12, words, "label"))
            free = left + width + 10
    return Markup("").join(parts)


def _start(item: Plain) -> date | None:
    """Return the first day of an item; one known to the month or coarser has no day to be drawn at."""
    when = item["when"]
    if not when or when.get("precision") in ("month", "season", "year"):
        return None
    return read_day(when["start"] or when["end"])


def _round(session: Plain) -> str:
    return f"Round {session['round']}, " if session["round"] else ""


def _published(document: Plain) -> date | None:
    when = document["published"]
    return read_day(when["start"]) if when and document["kind"] != "caption" else None


STATES = {"closed": "state-closed", "suspended": "state-suspended", "partly open": "state-partly", "open": "state-open"}


def crossing_chart(crossings: Sequence[Plain], published: str) -> Markup | None:
    """Draw one line for each crossing, kind of traffic and basis, from the first telling to the publication."""
    lines = _lines(crossings)
    days = [day for _, _, intervals in lines for i in intervals for day in _ends(i) if day]
    end = read_day(published)
    recent = end if end and days and (end - max(days)).days <= 60 else None
    axis = make_axis([*days, *([recent] if recent else [])], 300, WIDTH - 20.0)
    if axis is None:
        return None
    lines = [line for line in lines if any(_drawable(axis, interval) or not _dated(interval) for interval in line[2])]
    height = 44 + 40 * len(lines)
    drawn = [_line(axis, lines[n], 44 + 40.0 * n, n == 0 or lines[n - 1][0] != lines[n][0]) for n in range(len(lines))]
    text = "Hatched parts are times no document tells of. The same intervals stand in the table below."
    return chart(
        "States of the crossings over time", text, WIDTH, height, axis.draw(28, height - 6), *drawn, name="crossings"
    )


Line = tuple[str, str, list[Plain]]


def _lines(crossings: Sequence[Plain]) -> list[Line]:
    lines: dict[tuple[str, str], list[Plain]] = {}
    for crossing in crossings:
        for interval in crossing["intervals"]:
            traffic = ", ".join(interval["traffic"]) or "all traffic"
            lines.setdefault((crossing["name"], f"{traffic}, {interval['basis']}"), []).append(interval)
    return [(name, kind, intervals) for (name, kind), intervals in lines.items()]


def _ends(interval: Plain) -> tuple[date | None, date | None]:
    when = interval["when"] or {}
    told = read_day(interval["told_on"])
    start = read_day(when.get("start"))
    end = read_day(when.get("end")) if not interval["open_ended"] else None
    return start, end or told or start


def _line(axis: Axis, line: Line, y: float, first: bool) -> Markup:
    name, kind, intervals = line
    parts = [
        label(0, y + 12, name if first else "", "lane"),
        label(290, y + 12, kind, "sublane", "end"),
        tag(
            "rect",
            x=axis.left,
            y=y,
            width=axis.right - axis.left,
            height=16,
            class_="unknown",
            fill="url(#crossings-unknown)",
        ),
    ]
    parts += [_bar(axis, interval, y) for interval in intervals if _drawable(axis, interval)]
    undated = ", ".join(dict.fromkeys(i["state"] for i in intervals if not _dated(i)))
    if undated:
        parts.append(label(axis.left + 8, y + 12, f"{undated}; when is not told", "label haloed"))
    return tag("g", *parts)


def _dated(interval: Plain) -> bool:
    return any(_ends(interval))


def _drawable(axis: Axis, interval: Plain) -> bool:
    start, end = _ends(interval)
    return any(day and axis.holds(day) for day in (start, end))


def _bar(axis: Axis, interval: Plain, y: float) -> Markup:
    start, end = _ends(interval)
    left, right = axis.x(start) if start else axis.left, axis.x(end) if end else axis.right
    width = max(right - left, 6.0)
    fill = "url(#crossings-suspended)" if interval["state"] == "suspended" else None
    words = interval["state"] + (", end not told" if interval["open_ended"] else "")
    title = tag("title", f"{words}: {start or 'start not told'} to {end or 'not told'}")
    bar = tag(
        "rect", title, x=left, y=y, width=width, height=16, class_=f"state {STATES[interval['state']]}", fill=fill
    )
    tail = max(axis.right - left - width, 0)
    near = (
        label(left + width + 6, y + 12, words, "label haloed")
        if 7 * len(words) < tail
        else label(left - 6, y + 12, words, "label haloed", "end")
    )
    return Markup("").join([bar, near])
