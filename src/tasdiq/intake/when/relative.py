"""Rules for wording that counts from another day: the anchor, or the day named just before.

6. A weekday is the last such day up to the anchor; "last" excludes the anchor's own day; "next", or a verb of the future
   before it in the sentence ("will", "is to", "scheduled"), makes it the first such day after. Without an anchor it is no date.
7. "today", "yesterday", "tomorrow", "overnight" count from the anchor.
8. "the next day", "a day earlier" and the like count from the day mentioned before, else from the anchor (approximate);
   "a day after he …" counts from an event, and is left.
9. "last", "this", "next" with weekend, week, month or year: calendar units, weeks from Monday; "last weekend" is the last
   Saturday and Sunday that ended before the anchor's day.
10. "N days, weeks, months, years ago" keeps the unit as its precision; "in the past N days" ends at the anchor.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from tasdiq.model.when import Precision, When

from . import calendar as cal

WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|MONDAY|TUESDAY|WEDNESDAY|THURSDAY|FRIDAY|SATURDAY|SUNDAY)"
Relative = Callable[["re.Match[str]", "date | None", "date | None"], "When | None"]
COUNT = r"(?P<count>\d{1,4}|" + "|".join(cal.NUMBERS) + r"|few|several|couple of)"
UNIT = r"(?P<unit>day|week|month|year|decade)s?"
FUTURE = re.compile(r"\b(?:will|would|shall|is to|are to|scheduled|due|set to|planned|expected)\b[^.!?]{0,80}$")
PRECISIONS: dict[str, Precision] = {"day": "day", "week": "week", "month": "month", "year": "year", "decade": "year"}


def _undated(match: re.Match[str], precision: Precision) -> When:
    return When(precision=precision, text=match[0], approximate=True)


def _weekday(match: re.Match[str], anchor: date | None, before: date | None) -> When | None:
    if anchor is None:
        return _undated(match, "day")
    name = match["weekday"].lower()[:3]
    number = next(n for n, day in enumerate(cal.WEEKDAYS) if day.startswith(name))
    which = (match["which"] or "").lower()
    future = bool(FUTURE.search(match.string, max(0, match.start() - 120), match.start()))
    if which == "next" or (not which and future):
        day = cal.weekday_after(anchor, number)
    else:
        day = cal.weekday_before(anchor, number, strictly=which == "last")
    return cal.span(day, day, "day", match[0], approximate=future)


def _today(match: re.Match[str], anchor: date | None, before: date | None) -> When | None:
    word = match[0].lower()
    if anchor is None:
        return _undated(match, "day")
    if word == "overnight":
        return cal.span(cal.moved(anchor, -1), anchor, "day", match[0], approximate=True)
    day = cal.moved(anchor, {"yesterday": -1, "tomorrow": 1}.get(word, 0))
    return cal.span(day, day, "day", match[0])


def _beside(match: re.Match[str], anchor: date | None, before: date | None) -> When | None:
    start = before or anchor
    if start is None:
        return _undated(match, "day")
    later = re.search(r"next|following|later|after", match[0], re.IGNORECASE)
    day = cal.moved(start, 1 if later else -1)
    return cal.span(day, day, "day", match[0], approximate=before is None)


def _unit(match: re.Match[str], anchor: date | None, before: date | None) -> When | None:
    unit, step = (
        match["unit"].lower(),
        {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1}.get(match["which"].lower(), 0),
    )
    precision: Precision = "week" if unit == "weekend" else PRECISIONS[unit]
    if anchor is None:
        return _undated(match, precision)
    if unit == "month":
        there = cal.months_moved(anchor, step)
        return cal.month_span(there.year, there.month, match[0]) if there else None
    if unit == "year":
        return cal.year_span(anchor.year + step, match[0])
    monday = cal.moved(anchor, -anchor.weekday() + 7 * step)
    if unit == "weekend" and monday:
        return cal.span(cal.moved(monday, 5), cal.moved(monday, 6), "day", match[0])
    return cal.span(monday, monday and cal.moved(monday, 6), "week", match[0])


def _count(match: re.Match[str]) -> tuple[int, bool]:
    word = match["count"].lower()
    if word.isdigit():
        return int(word), False
    return (cal.NUMBERS[word], False) if word in cal.NUMBERS else ({"couple of": 2}.get(word, 3), True)


def _back(start: date, unit: str, count: int) -> date | None:
    months = {"month": 1, "year": 12, "decade": 120}.get(unit)
    if months:
        return cal.months_moved(start, -months * count)
    return cal.moved(start, -count * (7 if unit == "week" else 1))


def _ago(match: re.Match[str], anchor: date | None, before: date | None) -> When | None:
    unit, (count, vague) = match["unit"].lower(), _count(match)
    if anchor is None:
        return _undated(match, PRECISIONS[unit])
    there = _back(anchor, unit, count)
    if there is None:
        return None
    if unit in ("year", "decade"):
        return cal.year_span(there.year, match[0], approximate=True)
    if unit == "month":
        return cal.month_span(there.year, there.month, match[0], approximate=True)
    reach = 3 if unit == "week" else 0
    return cal.span(
        cal.moved(there, -reach), cal.moved(there, reach), PRECISIONS[unit], match[0], vague or unit == "week"
    )


def _past(match: re.Match[str], anchor: date | None, before: date | None) -> When | None:
    unit, (count, vague) = match["unit"].lower(), _count(match)
    if anchor is None:
        return _undated(match, PRECISIONS[unit])
    return cal.span(_back(anchor, unit, count), anchor, PRECISIONS[unit], match[0], vague)


BESIDE = r"the (?:next|following|previous|same) day|(?:a|one) day (?:earlier|later)|(?:a|one|the) day (?:before|after)(?=[,.;])"
WHICH_UNIT = r"(?P<which>last|this|next|previous|past|coming)\s(?P<unit>weekend|week|month|year)"

PATTERNS: tuple[tuple[str, Relative], ...] = (
    (rf"\b(?:[Oo]n\s)?(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his)\s)?(?P<weekday>{WEEKDAY})\b", _weekday),
    (r"\b(?i:today|yesterday|tomorrow|overnight)\b", _today),
    (rf"\b(?i:{BESIDE})", _beside),
    (rf"\b(?i:(?:(?:earlier|later)\s)?{WHICH_UNIT})\b", _unit),
    (rf"\b(?i:(?:a\s)?{COUNT}\s{UNIT}\sago)\b", _ago),
    (rf"\b(?i:(?:in|over|during|for)\sthe\s(?:past|last)\s{COUNT}\s{UNIT})\b", _past),
)
RULES: tuple[tuple[re.Pattern[str], Relative], ...] = tuple((re.compile(text), rule) for text, rule in PATTERNS)
