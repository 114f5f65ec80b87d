"""Times as people give them: a date, a time of day, and by whose clock; echoed in every zone before anything is signed.

1. A time without its clock is none: the zone is chosen, and what was chosen last is offered first.
2. A time that a clock leaves out, as when it is put forward, is refused and not moved.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from tasdiq.publication import times

_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?")
_FORM = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True)
class Moment:
    """A time in UTC as steps write it; or what is wrong, and with which part of it."""

    iso: str
    part: str = "date"
    message: str = ""


def is_day(text: str) -> bool:
    """Tell whether a text is a day of the calendar, `YYYY-MM-DD`."""
    try:
        return len(text) == 10 and text.isascii() and date.fromisoformat(text).year > 1900
    except ValueError:
        return False


def is_about(text: str) -> bool:
    """Tell whether a text is a year, a month or a day: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""
    return len(text) in (4, 7, 10) and is_day(text + "0000-01-01"[len(text) :])


def read(day: str, time: str, zone: str, zones: Sequence[str]) -> Moment:
    """Read a date (`YYYY-MM-DD`), a time (`HH:MM`) and the name of a zone (rules 1 and 2)."""
    if not is_day(day):
        return Moment("", "date", "Write the day as year-month-day, for example 2031-05-02")
    found = _TIME.fullmatch(time)
    if not found:
        return Moment("", "time", "Write the time of day as hours and minutes, for example 18:30")
    clock = times.zone(zone) if zone in zones else None
    if clock is None:
        return Moment("", "zone", "Say by which clock this time is told")
    local = datetime.combine(date.fromisoformat(day), datetime.min.time()).replace(
        hour=int(found[1]), minute=int(found[2]), tzinfo=clock
    )
    try:
        at = local.astimezone(UTC)
    except OverflowError:
        return Moment("", "date", "Choose a day nearer to today")
    if at.astimezone(clock).replace(tzinfo=None) != local.replace(tzinfo=None):
        return Moment("", "time", f"There is no such time in {zone} that day: clocks were put forward")
    return Moment(at.strftime(_FORM))


def split(iso: str, zone: str) -> tuple[str, str]:
    """Return date and time of day of a moment by a clock, as the fields of a form hold them; two blanks where there is none."""
    clock = times.zone(zone)
    if not iso or clock is None:
        return "", ""
    local = datetime.strptime(iso, _FORM).replace(tzinfo=UTC).astimezone(clock)
    return local.strftime("%Y-%m-%d"), local.strftime("%H:%M")


def echo(iso: str, zones: Sequence[str]) -> str:
    """Write a moment in UTC and in each zone, on one line."""
    return " / ".join(times.moment(iso, zones))
