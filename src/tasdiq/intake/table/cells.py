"""Cells to values, strictly: a number is the digits 0–9, a date is ISO or "17 October 2031", nothing else is guessed.

`int()` and `float()` are never let near a cell: they take `1_000`, `٣` and `nan`. What does not fit raises `Misfit`, which
says what was expected; the row's reader turns it into a `Rejected`.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

WHOLE = re.compile(r"[0-9]{1,9}(?:\.0{1,6})?", re.ASCII)
GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){1,2}", re.ASCII)
NUMBER = re.compile(r"[+-]?[0-9]{1,9}(?:\.[0-9]{1,20})?", re.ASCII)
ISO = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]{1,9})?)?\s?(Z|UTC|[+-][0-9]{2}:?[0-9]{2})?)?",
    re.ASCII,
)
NAMED = re.compile(r"([0-9]{1,2})[ -]([A-Z][a-z]{2,8})[ -]([0-9]{4})", re.ASCII)
EPOCH = re.compile(r"[0-9]{9,10}", re.ASCII)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")


class Misfit(Exception):  # noqa: N818
    """A cell does not fit: what was expected."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in UTC; `clock` says whether a time of day was written."""

    at: datetime
    clock: bool

    @property
    def midnight(self) -> bool:
        """Tell whether it is the beginning of a day, as days are written in some tables."""
        return self.at.time() == time.min


def whole(cell: str) -> tuple[int | None, bool]:
    """Return a count, and whether it was written with thousands separators; None for an empty cell."""
    text = cell.strip()
    if not text:
        return None, False
    if WHOLE.fullmatch(text):
        return int(text.split(".")[0]), False
    if GROUPED.fullmatch(text):
        return int(text.replace(",", "")), True
    raise Misfit(f"expected a whole number such as 12, found {_show(cell)}{_why(text)}")


def number(cell: str, what: str) -> Decimal | None:
    """Return a decimal number, None for an empty cell."""
    text = cell.strip()
    if not text:
        return None
    if NUMBER.fullmatch(text):
        return Decimal(text)
    raise Misfit(f"expected {what} such as 34.12, found {_show(cell)}{_why(text)}")


def degrees(cell: str, what: str, limit: int) -> int | None:
    """Return degrees as an integer of 10^-7 degree; None for an empty cell."""
    value = number(cell, what)
    if value is None:
        return None
    if abs(value) > limit:
        raise Misfit(f"expected {what} from -{limit} to {limit} degrees, found {_show(cell)}")
    return int((value * 10**7).to_integral_value())


def metres(cell: str) -> int | None:
    """Return a device's accuracy in whole metres, rounded up; None where none is given or it is 0 (set by hand on a map)."""
    value = number(cell, "metres")
    if value is not None and value < 0:
        raise Misfit(f"expected metres from 0, found {_show(cell)}")
    return math.ceil(value) if value else None


def geopoint(cell: str) -> tuple[int, int, int | None] | None:
    """Return latitude and longitude in 10^-7 degree and accuracy in metres of a form's point, None for an empty cell.

    The format is XForms' geopoint: "latitude longitude altitude accuracy", of which the last two may be missing
    (https://getodk.github.io/xforms-spec/#data-types).
    """
    parts = cell.split()
    if not parts:
        return None
    if not 2 <= len(parts) <= 4:
        raise Misfit(f"expected a point such as 34.1 71.2 1500 4.5, found {_show(cell)}")
    lat, lon = degrees(parts[0], "a latitude", 90), degrees(parts[1], "a longitude", 180)
    assert lat is not None and lon is not None
    return lat, lon, metres(parts[3]) if len(parts) == 4 else None


def moment(cell: str) -> Moment | None:
    """Return a date or time; one without a zone is taken as UTC. None for an empty cell."""
    text = cell.strip()
    if not text:
        return None
    try:
        if found := ISO.fullmatch(text):
            return _iso(found)
        if found := NAMED.fullmatch(text):
            month = MONTHS.index(found[2][:3].lower()) + 1
            return Moment(datetime(int(found[3]), month, int(found[1]), tzinfo=UTC), clock=False)
        if EPOCH.fullmatch(text):
            return Moment(datetime.fromtimestamp(int(text), UTC), clock=True)
    except (ValueError, OverflowError) as error:
        raise Misfit(f"expected a date that exists, found {_show(cell)}") from error
    raise Misfit(f"expected a date such as 2031-10-17 or 17 October 2031, found {_show(cell)}{_slashes(text)}")


def calendar_span(year: int, month: int, day: int) -> tuple[datetime, datetime]:
    """Return the beginning and the end of a day, of a month where the day is 0, or of a year where the month is too."""
    try:
        begins = datetime(year, month or 1, (day or 1) if month else 1, tzinfo=UTC)
        if month and day:
            return begins, begins + timedelta(days=1)
        following = (begins.month % 12 + 1) if month else 1
        return begins, datetime(year + (following == 1), following, 1, tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise Misfit(f"expected a date that exists, found year {year}, month {month}, day {day}") from error


def _iso(found: re.Match[str]) -> Moment:
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    zone = found[7] or "Z"
    at = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    if zone[0] in "+-":
        offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
        at += -offset if zone[0] == "+" else offset
    return Moment(at, clock=found[4] is not None)


def check_past(at: Moment | None, today: date) -> None:
    """Raise `Misfit` if a moment lies in the future; one day is allowed for zones ahead of UTC."""
    if at is not None and at.at.date() > today + timedelta(days=1):
        found = at.at.date().isoformat()
        raise Misfit(f"expected a date that has passed, found {found}, in the future (today is {today.isoformat()})")


def _show(cell: str) -> str:
    return repr(cell if len(cell) <= 60 else cell[:57] + "…")


def _why(text: str) -> str:
    if "_" in text:
        return ": write it without underscores"
    if FOREIGN_DIGIT.search(text):
        return ": write it in the digits 0–9"
    if text.startswith("-"):
        return ": a count is not negative"
    return ": write the decimal point as a dot" if re.fullmatch(r"[+-]?[0-9]+,[0-9]+", text) else ""


def _slashes(text: str) -> str:
    slashes = re.fullmatch(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}", text)
    return ": day and month could be exchanged, so write it as year-month-day" if slashes else ""
