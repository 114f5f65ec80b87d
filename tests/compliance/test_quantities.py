"""Figures under both readings: rules Q1 to Q7."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasdiq.compliance.quantities import counts, window
from tasdiq.model.agreement import Commitment, Figure, Quantity, RegisteredCommitment
from tasdiq.model.progress import Count


def held(*figures: tuple[str, int, str, str], until: str = "", start: str = "2031-03-01", **quantity: Any) -> Any:
    """Return a commitment to ten trucks a day from 1 March, with figures of tellers."""
    number = Quantity(**({"value": 10, "unit": "trucks"} | quantity))
    told = Commitment(id="c", agreement="a", bearer="vor", text="Trucks.", start=start, until=until, quantity=number)
    found = tuple(Figure(teller=who, value=value, start=first, end=last) for who, value, first, last in figures)
    return RegisteredCommitment(commitment=told, figures=found)


def daily(*values: int, teller: str = "kes") -> list[tuple[str, int, str, str]]:
    """Return a figure a day from 1 March."""
    days = [f"2031-03-{number:02}" for number in range(1, len(values) + 1)]
    return [(teller, value, day, day) for value, day in zip(values, days, strict=True)]


def results(item: RegisteredCommitment, today: str) -> dict[str, str]:
    """Return the results of the first teller by way of counting."""
    found = counts(item, today)
    return {count.counting: count.result for count in found if count.teller == found[0].teller}


def test_the_two_readings_give_different_results() -> None:
    """Twenty and nothing in turn: ten a day on average, and five days missed."""
    item = held(*daily(20, 0, 20, 0, 20, 0, 20, 0, 20, 0))
    average, each = counts(item, "2031-03-11")
    assert (average.counting, average.result, average.total, average.asked) == ("average", "met", 100, 100)
    assert (each.counting, each.result, len(each.misses)) == ("each", "not met", 5)
    assert each.misses[0] == "2031-03-02"


def test_q1_each_tellers_figures_are_counted_apart() -> None:
    """Two tellers with half each are not one with the whole; the latest for the same days counts."""
    item = held(*daily(5, 5), *daily(5, 5, teller="vor"), ("kes", 6, "2031-03-01", "2031-03-01"))
    found = counts(item, "2031-03-03")
    assert [(c.teller, c.counting, c.total, c.result) for c in found] == [
        ("kes", "average", 11, "not met"), ("kes", "each", 11, "not met"),
        ("vor", "average", 10, "not met"), ("vor", "each", 10, "not met"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("item", "today", "expected"),
    [
        (held(), "2031-03-01", ("", "")),
        (held(), "2031-03-02", ("2031-03-01", "2031-03-01")),
        (held(until="2031-03-05"), "2031-04-01", ("2031-03-01", "2031-03-05")),
        (held(per="week"), "2031-03-07", ("", "")),
        (held(per="week"), "2031-03-20", ("2031-03-01", "2031-03-14")),
        (held(per="total"), "2031-03-20", ("2031-03-01", "2031-03-19")),
        (held(start="2031-03"), "2031-03-20", ("", "")),
        (held(), "", ("", "")),
    ],
)
def test_q2_whole_days_and_weeks_that_have_passed_are_counted(
    item: RegisteredCommitment, today: str, expected: tuple[str, str]
) -> None:
    """Today is not over; a week that is not over is not counted."""
    assert window(item.commitment, today) == expected


def test_q2_a_figure_that_reaches_beyond_is_left_out() -> None:
    """Its days have none."""
    average = counts(held(("kes", 90, "2031-03-01", "2031-03-09")), "2031-03-05")[0]
    assert (average.total, average.known, average.days, average.result) == (0, 0, 4, "not known")


@pytest.mark.parametrize(
    ("sense", "values", "result"),
    [
        ("at least", (10, 10), "met"),
        ("at least", (10, 9), "not met"),
        ("at most", (10, 10), "met"),
        ("at most", (10, 11), "not met"),
    ],
)
def test_q3_an_average_is_the_sum_against_the_quantity_times_the_days(
    sense: str, values: tuple[int, ...], result: str
) -> None:
    """Floor and ceiling."""
    assert results(held(*daily(*values), sense=sense), "2031-03-03")["average"] == result


@pytest.mark.parametrize(
    ("sense", "value", "days", "result"),
    [
        ("at least", 29, 3, "not met"),
        ("at least", 30, 3, "not known"),
        ("at most", 31, 3, "not met"),
        ("at most", 30, 3, "not known"),
        ("at most", 10, 3, "met"),
    ],
)
def test_q4_a_figure_for_several_days_decides_only_what_it_must(sense: str, value: int, days: int, result: str) -> None:
    """Thirty in three days may be ten each, or none on one of them."""
    item = held(("kes", value, "2031-03-01", f"2031-03-{days:02}"), sense=sense)
    assert results(item, "2031-03-04")["each"] == result


def test_q4_weeks_are_counted_from_the_first_day() -> None:
    """Sixty and eighty against seventy a week: one missed, met on average."""
    item = held(("kes", 60, "2031-03-01", "2031-03-07"), ("kes", 80, "2031-03-08", "2031-03-14"), value=70, per="week")
    average, each = counts(item, "2031-03-15")
    assert (average.result, each.result, each.misses) == ("met", "not met", ("2031-03-01",))


@pytest.mark.parametrize(
    ("sense", "values", "average", "each"),
    [
        ("at least", (10,), "not known", "not known"),
        ("at least", (20,), "met", "not known"),
        ("at least", (9,), "not known", "not met"),
        ("at most", (10,), "not known", "not known"),
        ("at most", (21,), "not met", "not met"),
    ],
)
def test_q5_a_day_without_a_figure_is_not_a_day_without_a_truck(
    sense: str, values: tuple[int, ...], average: str, each: str
) -> None:
    """Where the figures alone do not decide, the result is not known, and says for how many days."""
    item = held(*daily(*values), sense=sense)
    assert results(item, "2031-03-03") == {"average": average, "each": each}
    assert "1 day without a figure" in counts(item, "2031-03-03")[0].why


@pytest.mark.parametrize(
    ("sense", "value", "today", "result"),
    [
        ("at least", 10, "2031-03-03", "met"),
        ("at least", 9, "2031-03-03", "not known"),
        ("at least", 9, "2031-03-05", "not met"),
        ("at most", 10, "2031-03-03", "not known"),
        ("at most", 10, "2031-03-05", "met"),
        ("at most", 11, "2031-03-03", "not met"),
    ],
)
def test_q7_a_total_is_held_against_the_whole_window(sense: str, value: int, today: str, result: str) -> None:
    """A floor once it is reached, a ceiling once it is broken; else when the window is over and every day known."""
    last = "2031-03-04" if today == "2031-03-05" else "2031-03-02"
    item = held(("kes", value, "2031-03-01", last), per="total", sense=sense, until="2031-03-04")
    assert results(item, today) == {"total": result}


@given(
    values=st.lists(st.integers(0, 20), min_size=1, max_size=12),
    missing=st.sets(st.integers(0, 11)),
    sense=st.sampled_from(["at least", "at most"]),
    filling=st.lists(st.integers(0, 40), min_size=12, max_size=12),
)
@settings(max_examples=200, deadline=None)
def test_q5_what_is_decided_stays_decided_whatever_the_missing_days_were(
    values: list[int], missing: set[int], sense: str, filling: list[int]
) -> None:
    """With any figures for the missing days, met stays met and not met stays not met, under both readings."""
    today = f"2031-03-{len(values) + 1:02}"
    some = [figure for number, figure in enumerate(daily(*values)) if number not in missing]
    whole = daily(*(filling[n] if n in missing else value for n, value in enumerate(values)))
    if not some:
        return
    before, after = results(held(*some, sense=sense), today), results(held(*whole, sense=sense), today)
    assert all(after[name] in ("met", "not met") for name in after)
    assert all(result in ("not known", after[name]) for name, result in before.items())


def test_q6_both_results_are_given() -> None:
    """Whoever reads it how: the counts do not depend on readings."""
    found: tuple[Count, ...] = counts(held(*daily(10)), "2031-03-02")
    assert [count.counting for count in found] == ["average", "each"]


@given(
    values=st.lists(st.integers(0, 25), min_size=12, max_size=12),
    ends=st.sets(st.integers(1, 11)),
    sense=st.sampled_from(["at least", "at most"]),
    per=st.sampled_from(["day", "week"]),
)
@settings(max_examples=300, deadline=None)
def test_q4_a_figure_for_several_days_never_says_more_than_the_days_would(
    values: list[int], ends: set[int], sense: str, per: str
) -> None:
    """Daily figures put together to longer ones give the same result or none."""
    cuts = [0, *sorted(ends), 12]
    wide = [
        ("kes", sum(values[first:last]), f"2031-03-{first + 1:02}", f"2031-03-{last:02}")
        for first, last in pairwise(cuts)
    ]
    given_ = {"sense": sense, "per": per, "value": 10 if per == "day" else 70}
    exact, coarse = results(held(*daily(*values), **given_), "2031-03-13"), results(held(*wide, **given_), "2031-03-13")
    for name, result in coarse.items():
        assert result in ("not known", exact[name])
