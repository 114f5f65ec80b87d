"""Times in words: as exact as told, in every zone of the charter."""

from __future__ import annotations

import pytest

from tasdiq.model.when import When
from tasdiq.publication import times


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (When(start="2031-03-14", end="2031-03-15", precision="day"), "14–15 March 2031"),
        (When(start="2031-03-30", end="2031-04-02", precision="day"), "30 March 2031 – 2 April 2031"),
        (When(start="2031-03-01", end="2031-03-31", precision="month"), "March 2031"),
        (When(start="2028-01-01", end="2028-12-31", precision="year", approximate=True), "about 2028"),
        (When(start="2031-03-04", precision="day"), "since 4 March 2031"),
        (When(end="2031-03-04", precision="day"), "until 4 March 2031"),
        (When(text="last winter"), "told as “last winter”"),
        (None, "time not told"),
    ],
)
def test_spans_keep_their_exactness(when: When | None, words: str) -> None:
    """A month stays a month; an open end stays open."""
    assert times.span(when) == words


def test_moments_stand_in_every_zone() -> None:
    """A moment is written in UTC and both zones; the date only where it changes."""
    assert times.moment("2031-04-08T21:00:00Z", ("UTC+02:00", "UTC+03:30")) == [
        "8 April 2031, 21:00 UTC", "23:00 UTC+02:00", "9 April 2031, 00:30 UTC+03:30",
    ]  # fmt: skip


def test_unreadable_zones_and_dates_do_no_harm() -> None:
    """A zone nobody knows is left out; a text that is no date comes back as it is."""
    assert times.moment("2031-04-08T21:00:00Z", ("Mars/Olympus",)) == ["8 April 2031, 21:00 UTC"]
    assert times.day("soon") == "soon"
    assert times.day("2031-13-01") == "2031-13-01"


def test_a_moment_is_written_no_more_exactly_than_it_is_known() -> None:
    """Half a day around noon is that day; half a month around its middle, the days of that month."""
    assert times.within("2031-03-04T12:00:00Z", 720) == "4 March 2031"
    assert times.within("2031-03-16T12:00:00Z", 22_320) == "1–31 March 2031"
    assert [times.is_to_the_hour(half) for half in (None, 0, 360, 720)] == [True, True, True, False]
