"""Put a record's trends together as plain data for pages: counts, comparison, reporters, and what cannot be concluded.

1. The day a ceasefire took effect is the earliest one told of as begun; where none is, the earliest agreed or announced. All
   of them are listed with who says so, and the one counted from is marked.
2. The last week counted is the last that lay wholly outside the embargo when this was published, and not later than the last of
   which anything is told or from which a document is: silence after a record's end is not quiet.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ..times import day
from ..view import View
from . import coverage, grid, rates, words
from .occurrences import Laid, lay_out, monday, week_of

TURNS = ("began", "agreed", "announced")
Plain = dict[str, Any]


def trends(view: View) -> Plain:
    """Return the trends of a public state as plain values: counts and words, no floats."""
    laid, smallest = lay_out(view.state), view.state.charter.publication.smallest_count
    turns = _turns(view)
    counted = next((turn for name in TURNS for turn in turns if turn["event"] == name), None)
    for turn in turns:
        turn["counted_from"] = turn is counted
    found: Plain = {
        "count": len(laid.rows),
        "not_grouped": laid.alone,
        "without_time": laid.timeless,
        "smallest": smallest,
        "turns": turns,
        "grid": grid.cells(laid.rows, smallest),
        "line": grid.columns(laid.rows, smallest),
        "cases": _cases(view, counted),
    }
    return found | _compared(view, laid, counted, smallest)


def _compared(view: View, laid: Laid, counted: Plain | None, smallest: int) -> Plain:
    weeks = who = None
    lines: list[Any] = []
    kept: list[Any] = []
    sources: list[Plain] = []
    if laid.rows and counted:
        until = view.public.published_at - timedelta(hours=view.state.charter.publication.embargo_hours)
        last = min(week_of(until.date().isoformat()) - 7, _heard_until(view, laid))
        weeks = rates.window(laid.rows, week_of(counted["day"]), last)
        if weeks.comparable:
            who = coverage.reporters(laid.rows, weeks)
            lines = rates.compare(laid.rows, weeks, smallest, view.names.actor)
            kept = rates.compare(coverage.of_throughout(laid.rows, who.throughout), weeks, smallest, view.names.actor)[
                :1
            ]
            present = coverage.by_week(laid.rows, [*weeks.before, *weeks.after])
            sources = [
                {"week": monday(week.week).isoformat(), "sources": week.sources, "overlap_ppm": week.overlap_ppm}
                for week in present
            ]
    turn = f"{counted['event']} on {day(counted['day'])}" if counted else ""
    return {
        "weeks_before": len(weeks.before) if weeks else 0,
        "weeks_after": len(weeks.after) if weeks else 0,
        "compared": lines,
        "throughout": kept,
        "sources": sources,
        "reporters": {"before": who.before, "after": who.after, "both": len(who.throughout)} if who else None,
        "cannot": words.cannot(weeks, who, lines, kept),
        "answer": words.answer(len(laid.rows), f"the ceasefire {turn}", lines),
    }


def _heard_until(view: View, laid: Laid) -> int:
    """Return the last week of which anything is told, or from which a document is (rule 2)."""
    days = [d.published.start for d in view.state.documents.values() if d.published and d.published.start]
    return max([laid.rows[-1].week, *(week_of(found) for found in days if len(found) >= 10)])


def _turns(view: View) -> list[Plain]:
    """Return the days on which a ceasefire is told to have begun or been agreed, with who says so (rule 1)."""
    found = [
        {"event": point.event, "day": point.when.start[:10], "words": view.when(point.when),
         "tellers": [view.names.actor(teller) for teller in point.tellers]}
        for point in view.state.ceasefire.values()
        if point.event in TURNS and point.when and point.when.start and len(point.when.start) >= 10
    ]  # fmt: skip
    return sorted(found, key=lambda turn: (turn["day"], turn["event"]))


def _cases(view: View, counted: Plain | None) -> Plain:
    """Count the allegations that became cases, opened before and from the day on, and the findings signed of them."""
    opened = [case for case in view.state.cases.values() if case.opened_at]
    turn = counted["day"] if counted else "9999"
    signed = sum(any(finding.decision == "signed" for finding in case.findings) for case in opened)
    return {
        "before": sum(case.opened_at[:10] < turn for case in opened),
        "after": sum(case.opened_at[:10] >= turn for case in opened),
        "signed": signed,
    }
