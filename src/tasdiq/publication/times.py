"""Write times for people: as exact as the source, in every zone the charter names.

A date is never made more exact than it was read; a moment is written in UTC and in each of the charter's `time_zones`, which
are "UTC+03:30" or names of the IANA database. A zone that cannot be read is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tasdiq.model.when import When

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
TO_THE_HOUR_MIN = 360
"""Known to six hours either way, a time of day is told; less exactly, the day alone."""
_OFFSET = re.compile(r"UTC([+-])(\d\d?)(?::?(\d\d))?$")


def day(iso: str) -> str:
    """Write `YYYY`, `YYYY-MM` or `YYYY-MM-DD…` as "9 March 2031"; text of another form comes back as it is."""
    found = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", iso)
    if not found or (found[2] and not 1 <= int(found[2]) <= 12):
        return iso
    year, month, date = found.groups()
    return " ".join(
        part for part in (str(int(date)) if date else "", MONTHS[int(month) - 1] if month else "", year) if part
    )


def span(when: When | None) -> str:
    """Write a point or span of time with its exactness: "14–15 March 2031", "about March 2031", "told as “on Sunday”"."""
    if when is None or not (when.start or when.end):
        return f"told as “{when.text}”" if when and when.text else "time not told"
    about = "about " if when.approximate else ""
    if when.start and when.end:
        return about + _between(_shorten(when.start, when), _shorten(when.end, when))
    if when.start:
        return f"{about}since {day(_shorten(when.start, when))}"
    return f"{about}until {day(_shorten(when.end or '', when))}"


def _shorten(iso: str, when: When) -> str:
    return {"month": iso[:7], "year": iso[:4], "season": iso[:7]}.get(when.precision, iso[:10])


def _between(start: str, end: str) -> str:
    if start == end:
        return day(start)
    if len(start) == len(end) == 10 and start[:7] == end[:7]:
        return f"{int(start[8:10])}–{day(end)}"
    return f"{day(start)} – {day(end)}"


def zone(name: str) -> tzinfo | None:
    """Return the zone of a name of the charter, or None if it cannot be read."""
    found = _OFFSET.match(name)
    if found:
        shift = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
        return timezone(-shift if found[1] == "-" else shift, name)
    try:
        return UTC if name == "UTC" else ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def moment(iso: str, zones: Sequence[str]) -> list[str]:
    """Write a moment (`YYYY-MM-DDTHH:MM:SSZ`) in UTC and in each zone, the date where it differs; a date alone gives one text."""
    try:
        at = datetime.strptime(iso, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        return [day(iso)] if iso else []
    names = ["UTC", *(name for name in zones if name != "UTC")]
    found = [(at.astimezone(known), name) for name in names if (known := zone(name)) is not None]
    dates = [None, *(local.date() for local, _ in found)]
    return [_clock(local, name, local.date() == dates[n]) for n, (local, name) in enumerate(found)]


def is_to_the_hour(half_min: int | None) -> bool:
    """Tell whether a moment known to so many minutes either way has a time of day; None is a moment told by the clock."""
    return half_min is None or half_min <= TO_THE_HOUR_MIN


def within(iso: str, half_min: int) -> str:
    """Write the days in which a moment known to so many minutes either way lies: "4 March 2031", "1–31 March 2031"."""
    try:
        at = datetime.strptime(iso, "%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        return day(iso)
    half = timedelta(minutes=half_min)
    # A day is told as its noon and half a day: it ends before the midnight that the next one begins with.
    return _between(f"{at - half:%Y-%m-%d}", f"{max(at, at + half - timedelta(seconds=1)):%Y-%m-%d}")


def _clock(local: datetime, name: str, same_day: bool) -> str:
    date = "" if same_day else f"{local.day} {MONTHS[local.month - 1]} {local.year}, "
    return f"{date}{local:%H:%M} {name}"
