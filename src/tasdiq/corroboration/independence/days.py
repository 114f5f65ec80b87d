"""Whether two dates, as loosely as texts give them, can be of one day.

Rules: (1) a day of slack stands for time zones and for the day of publication given as the day of speech; (2) an approximate
date has two more; (3) no date is compatible with any, except that nothing is said after its document was published.
"""

from __future__ import annotations

from datetime import date, timedelta

from tasdiq.model.when import When

Days = tuple[date, date]
ALWAYS: Days = (date.min, date.max)
SLACK = timedelta(days=1)
APPROXIMATE = timedelta(days=2)
WEEK = timedelta(days=7)


def days_of(when: When | None, published: When | None) -> Days:
    """Return the first and last day a statement can be of."""
    latest = _day(published.end or published.start) if published else None
    if when is None or not (when.start or when.end):
        return (date.min, _after(latest, SLACK) if latest else date.max)
    first, last = _day(when.start), _day(when.end or when.start)
    slack = APPROXIMATE if when.approximate else timedelta(0)
    return (_before(first, slack) if first else date.min, _after(last, slack) if last else date.max)


def compatible(one: Days, other: Days) -> bool:
    """Say whether two spans of days meet, with a day of slack."""
    return one[0] <= _after(other[1], SLACK) and other[0] <= _after(one[1], SLACK)


def within_a_week(one: Days, other: Days) -> bool:
    """Say whether two spans of days are at most a week apart: a weekday told is easily reckoned from the wrong day."""
    return one[0] <= _after(other[1], WEEK) and other[0] <= _after(one[1], WEEK)


def same_day(one: Days, other: Days) -> bool:
    """Say whether both are dated to the day, and meet; an approximate day is not enough."""
    dated = all(span[0] != date.min and span[1] - span[0] < APPROXIMATE for span in (one, other))
    return dated and compatible(one, other)


def days_between(one: Days, other: Days) -> int:
    """Return how many days lie between two tellings: by their dates, or the days they appeared where they are undated."""
    return abs((_middle(one) - _middle(other)).days) if date.max not in (one[1], other[1]) else 0


def _middle(days: Days) -> date:
    return days[1] - SLACK if days[0] == date.min else days[0] + (days[1] - days[0]) // 2


def meet(one: Days, other: Days) -> Days:
    """Return the narrower span both allow, or the first if they meet only by slack."""
    first, last = max(one[0], other[0]), min(one[1], other[1])
    return (first, last) if first <= last else one


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _after(day: date, by: timedelta) -> date:
    return day + by if date.max - by > day else date.max


def _before(day: date, by: timedelta) -> date:
    return day - by if date.min + by < day else date.min
