"""Days of a telling, as the chronicle compares them."""

from __future__ import annotations

from datetime import date

from tasdiq.model.when import When


def days_of(when: When | None) -> tuple[date, date] | None:
    """Return the first and last day of a time; a time whose end is open is told of its first day; None without a day."""
    if when is None or not when.start:
        return None
    try:
        first = date.fromisoformat(when.start[:10])
        last = date.fromisoformat((when.end or when.start)[:10])
    except ValueError:
        return None
    return (first, last) if first <= last else None
