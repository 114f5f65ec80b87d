"""The calendar under the rules: names of months and days, and spans of days as `When` values.

A `When` always holds inclusive ISO days. Years outside 1–9999 and days that do not exist give None, never an error.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from tasdiq.model.when import Precision, When

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip


def month_number(word: str) -> int:
    """Return 1–12 for a month's name or abbreviation ("Sept.", "NOV")."""
    key = word.lower().rstrip(".")[:3]
    return next(n for n, name in enumerate(MONTHS, 1) if name.startswith(key))


def day_of(year: int, month: int, day: int) -> date | None:
    """Return the day, or None if the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def moved(day: date, days: int) -> date | None:
    """Return the day so many days later, or None beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def months_moved(day: date, months: int) -> date | None:
    """Return the same day so many months later, the month's last day where it has none of that number."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def span(
    first: date | None, last: date | None, precision: Precision, text: str, approximate: bool = False
) -> When | None:
    """Return the days from first to last, both inclusive; None if either is missing or they are the wrong way round."""
    if first is None or last is None or last < first:
        return None
    return When(start=first.isoformat(), end=last.isoformat(), precision=precision, text=text, approximate=approximate)


def month_span(year: int, month: int, text: str, approximate: bool = False) -> When | None:
    """Return a whole month."""
    first = day_of(year, month, 1)
    last = first and date(year, month, calendar.monthrange(year, month)[1])
    return span(first, last, "month", text, approximate)


def year_span(year: int, text: str, approximate: bool = False) -> When | None:
    """Return a whole year."""
    return span(day_of(year, 1, 1), day_of(year, 12, 31), "year", text, approximate)


def nearest_year(month: int, day: int, anchor: date) -> int:
    """Return the year that puts the month and day nearest to the anchor."""
    years = (anchor.year, anchor.year - 1, anchor.year + 1)
    placed = [(abs((there - anchor).days), year) for year in years if (there := day_of(year, month, day))]
    return min(placed)[1] if placed else anchor.year


def weekday_before(anchor: date, weekday: int, *, strictly: bool = False) -> date | None:
    """Return the last such weekday up to the anchor's day, or strictly before it."""
    back = (anchor.weekday() - weekday) % 7
    return moved(anchor, -(back or 7) if strictly else -back)


def weekday_after(anchor: date, weekday: int) -> date | None:
    """Return the first such weekday after the anchor's day."""
    return moved(anchor, (weekday - anchor.weekday()) % 7 or 7)
