"""Dates and times as English press texts give them, each with the precision its wording has.

`read_times` is pure and never raises. It reads calendar dates, ranges, weekdays, months, years, seasons and relative
wording ("last weekend", "four years ago"); clock times, durations and other calendars are left alone.
"""

from .read import TimeMention, read_times
from .single import read_single

__all__ = ["TimeMention", "read_single", "read_times"]
