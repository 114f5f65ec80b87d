"""The time, as headers and steps write it; whoever needs it is given a clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the time now, in UTC."""
    return datetime.now(UTC)


def timestamp(moment: datetime) -> str:
    """Write a time as headers do."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
