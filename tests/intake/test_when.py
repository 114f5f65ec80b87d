"""Dates in English press texts with the precision of their wording (rules of dates 1–5, relative 6–10, read 11–12)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasdiq.intake.when import read_single, read_times
from tasdiq.model.when import When

ANCHOR = When(start="2031-11-01", end="2031-11-01", precision="day")
"""A Saturday."""

DATED = [
    ("held on November 6–7 under", "November 6–7", "2031-11-06", "2031-11-07", "day"),
    ("held on 6-7 Nov. under", "6-7 Nov.", "2031-11-06", "2031-11-07", "day"),
    ("January 5 to February 3", "January 5 to February 3", "2032-01-05", "2032-02-03", "day"),
    ("30 December – 2 January 2032", "30 December – 2 January 2032", "2031-12-30", "2032-01-02", "day"),
    ("scheduled for Nov. 6.", "Nov. 6", "2031-11-06", "2031-11-06", "day"),
    ("the 6th of November 2029", "6th of November 2029", "2029-11-06", "2029-11-06", "day"),
    ("Saturday, November 1, 2025", "Saturday, November 1, 2025", "2025-11-01", "2025-11-01", "day"),
    ("Port Selk, Nov.3 (KNA)", "Nov.3", "2031-11-03", "2031-11-03", "day"),
    ("on 12 October", "12 October", "2031-10-12", "2031-10-12", "day"),
    ("on 3 January", "3 January", "2032-01-03", "2032-01-03", "day"),
    ("in October 2025", "in October 2025", "2025-10-01", "2025-10-31", "month"),
    ("earlier in October", "in October", "2031-10-01", "2031-10-31", "month"),
    ("in 2015 and", "in 2015", "2015-01-01", "2015-12-31", "year"),
    ("since 2021, the", "since 2021", "2021-01-01", None, "year"),
    ("until 2033", "until 2033", None, "2033-12-31", "year"),
    ("from 2019 to 2021", "from 2019 to 2021", "2019-01-01", "2021-12-31", "year"),
    ("the 2012 attack", "the 2012", "2012-01-01", "2012-12-31", "year"),
    ("2031-02-28", "2031-02-28", "2031-02-28", "2031-02-28", "day"),
    ("13/11/2025", "13/11/2025", "2025-11-13", "2025-11-13", "day"),
    ("03.11.2025", "03.11.2025", "2025-11-03", "2025-11-03", "day"),
    (
        "at 2031-02-28T10:30:00+05:00",
        "2031-02-28T10:30:00+05:00",
        "2031-02-28T05:30:00Z",
        "2031-02-28T05:30:00Z",
        "minute",
    ),
]
ROUGH = [
    ("late 2024", "2024-09-01", "2024-12-31", "year"),
    ("in early October", "2031-10-01", "2031-10-10", "month"),
    ("in the early 1990s", "1990-01-01", "1993-12-31", "year"),
    ("in the summer of 2024", "2024-06-01", "2024-08-31", "season"),
    ("four years ago", "2027-01-01", "2027-12-31", "year"),
    ("01/11/2025", "2025-01-11", "2025-11-01", "unknown"),
]  # fmt: skip
RELATIVE = [
    ("said on Sunday", "2031-10-26", "2031-10-26", "day"),
    ("said on Saturday", "2031-11-01", "2031-11-01", "day"),
    ("last Saturday", "2031-10-25", "2031-10-25", "day"),
    ("next Monday", "2031-11-03", "2031-11-03", "day"),
    ("yesterday", "2031-10-31", "2031-10-31", "day"),
    ("last month", "2031-10-01", "2031-10-31", "month"),
    ("this week", "2031-10-27", "2031-11-02", "week"),
    ("last week", "2031-10-20", "2031-10-26", "week"),
    ("last weekend", "2031-10-25", "2031-10-26", "day"),
    ("last year", "2030-01-01", "2030-12-31", "year"),
    ("in the past three days", "2031-10-29", "2031-11-01", "day"),
]
NO_DATES = [
    "as many as 23 Maradonian soldiers and 12 Decani guards",
    "killing over 200",
    "May God",
    "may 5",
    "March on",
    "November 31",
    "in 2000 people",
    "the 172,000 men",
    "Sun and Sat",
]


@pytest.mark.parametrize(("text", "words", "start", "end", "precision"), DATED)
def test_calendar_dates(text: str, words: str, start: str, end: str, precision: str) -> None:
    """Days, ranges, months and years are read with their precision (rules 1–5)."""
    (mention,) = read_times(text, ANCHOR)
    assert text[mention.start : mention.end] == words == mention.when.text
    assert (mention.when.start, mention.when.end, mention.when.precision) == (start, end, precision)
    assert not mention.when.approximate


@pytest.mark.parametrize(("text", "start", "end", "precision"), ROUGH)
def test_rough_wording_is_approximate(text: str, start: str, end: str, precision: str) -> None:
    """Parts of months and years, seasons, decades and exchangeable days and months are marked approximate."""
    (mention,) = read_times(text, ANCHOR)
    assert (mention.when.start, mention.when.end, mention.when.precision) == (start, end, precision)
    assert mention.when.approximate


@pytest.mark.parametrize(("text", "start", "end", "precision"), RELATIVE)
def test_relative_wording_counts_from_the_anchor(text: str, start: str, end: str, precision: str) -> None:
    """Weekdays and calendar units are placed by the publication date (rules 6–10)."""
    (mention,) = read_times(text, ANCHOR)
    assert (mention.when.start, mention.when.end, mention.when.precision) == (start, end, precision)


@pytest.mark.parametrize("text", NO_DATES)
def test_what_only_looks_like_a_date_is_left(text: str) -> None:
    """Counts, verbs and days that do not exist are no dates."""
    assert read_times(text, ANCHOR) == []


def test_a_future_verb_turns_a_weekday_forward() -> None:
    """ "will meet on Thursday" is the Thursday after (rule 6)."""
    (mention,) = read_times("The two sides will meet on Thursday", ANCHOR)
    assert (mention.when.start, mention.when.approximate) == ("2031-11-06", True)


def test_the_next_day_counts_from_the_day_before_it() -> None:
    """ "the next day" follows the day just named (rule 8); "a day after he spoke" counts from an event and is left."""
    first, second = read_times("He left on 3 May. The next day she followed.", ANCHOR)
    assert (first.when.start, second.when.start) == ("2031-05-03", "2031-05-04")
    assert read_times("a day after he spoke", ANCHOR) == []


def test_two_days_joined_by_until_are_one_span() -> None:
    """ "began on 25 October and went on until 31 October" is one span of days (rule 11)."""
    (mention,) = read_times("It began on 25 October and went on until 31 October.", ANCHOR)
    assert (mention.when.start, mention.when.end) == ("2031-10-25", "2031-10-31")


def test_without_an_anchor_the_text_itself_places_the_year() -> None:
    """A date without year takes it from the text's own full dates, approximately; a weekday stays unknown (rule 12)."""
    text = "In October 2025 they met. On November 6 they met again, officials said on Sunday."
    month, day, weekday = (mention.when for mention in read_times(text, None))
    assert (month.start, month.approximate) == ("2025-10-01", False)
    assert (day.start, day.approximate) == ("2025-11-06", True)
    assert (weekday.start, weekday.precision, weekday.approximate) == (None, "day", True)


def test_without_any_year_a_date_has_no_start() -> None:
    """Nothing is guessed where neither anchor nor text gives a year."""
    (mention,) = read_times("on November 6", None)
    assert (mention.when.start, mention.when.precision, mention.when.approximate) == (None, "day", True)


@pytest.mark.parametrize(
    "line", ["November 1, 2025", "01 November 2025", "Sat, Nov 1, 2025 10:30 am PKT", "2025-11-01", "1st November 2025"]
)
def test_a_line_that_is_a_date(line: str) -> None:
    """Mastheads print a date with weekday, clock time and zone around it."""
    when = read_single(line)
    assert when is not None and when.start == "2025-11-01"


@pytest.mark.parametrize("line", ["on Sunday", "November 6", "Talks of November 1, 2025 fail", "3 min read", ""])
def test_a_line_that_is_no_date(line: str) -> None:
    """A weekday, a date without year and a sentence with a date are no date lines."""
    assert read_single(line) is None


PIECES = st.sampled_from(
    ["November", "6", "–", "7", " ", ", ", "2025", "0000", "9999", "since", "until", "the", "next day", "last", "weekend",
     "Sunday", "31", "February", "ago", "four", "years", "1/2/", "late ", "mid-", "1990s", "99999 days ago", "-12-", "T25:61:61Z"]
)  # fmt: skip
ANCHORS = st.sampled_from(
    [None, ANCHOR, When(), When(start="0001-01-01"), When(start="9999-12-31"), When(start="rubbish")]
)


@given(st.lists(PIECES | st.text(max_size=8), max_size=30).map("".join), ANCHORS)
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_without_error(text: str, anchor: When | None) -> None:
    """Nothing raises; mentions are in order, apart, inside the text, and begin before they end."""
    at = 0
    for mention in read_times(text, anchor):
        assert at <= mention.start < mention.end <= len(text)
        at = mention.end
        assert not (mention.when.start and mention.when.end) or mention.when.start <= mention.when.end
    read_single(text)
