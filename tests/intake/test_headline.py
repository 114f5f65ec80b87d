"""A headline that stands by itself becomes one report, or none (rules of `intake.events.headline`)."""

from __future__ import annotations

from datetime import date

import pytest

from tasdiq.intake.events.headline import read_headline
from tasdiq.intake.gazetteer import load_gazetteer
from tasdiq.model.incident import IncidentReport

DAY = date(2021, 3, 4)


def read(words: str) -> IncidentReport | None:
    """Read a headline of one day."""
    return read_headline(words, DAY, load_gazetteer(), report_id="h1", source_id="h1")


@pytest.mark.parametrize(
    ("words", "killed", "injured"),
    [
        ("Blast kills nine in Khost", (9, 9), (None, None)),
        ("Twin blasts strike market, killing 43 and wounding 100", (43, 43), (100, 100)),
        ("Five dead, 12 hurt as troops clash near Zaranj", (5, 5), (12, 12)),
        ("Gunmen fire on bus, kill at least 7: officials", (7, None), (None, None)),
        ("Two teachers among four killed in Kunduz", (4, 4), (None, None)),
        ("Shelling kills girl in Paktika village", (1, 1), (None, None)),
        ("Toll in Herat blast rises to 31", (31, 31), (None, None)),
        ("Rockets hit 14 houses in Kunar", (None, None), (None, None)),
    ],
)
def test_figures_of_headlines(words: str, killed: tuple[int | None, ...], injured: tuple[int | None, ...]) -> None:
    """Rules 2 and 7: a headline tells in the present; numbers go to the harm they count; parts are not added."""
    report = read(words)
    assert report is not None
    assert (report.killed_min, report.killed_max) == killed
    assert (report.injured_min, report.injured_max) == injured


def test_the_most_exact_place_counts() -> None:
    """Rule 5: a town before its country; whose drone it was is not where it struck."""
    report = read("US drone strike kills four in Afghanistan's Khost")
    assert report is not None
    assert (report.place, report.country) == ("Khost", "AFG")


def test_a_part_of_a_country_is_narrower_than_the_country() -> None:
    """Rule 5: compass words halve the country, written out or short, on either side of its name."""
    whole = read("Blast kills two in Afghanistan")
    parts = [read(f"Blast kills two in {part}") for part in ("northwest Afghanistan", "NW Afghanistan")]
    parts.append(read("Blast kills two in Afghanistan's northwest"))
    assert whole is not None
    assert whole.place_precision_m
    assert whole.lat_e7
    for part in parts:
        assert part is not None
        assert part.place_precision_m
        assert part.lat_e7
        assert part.place_precision_m < whole.place_precision_m
        assert part.lat_e7 > whole.lat_e7


@pytest.mark.parametrize(
    "words", ["Factbox: security developments", "Morning media roundup", "Ministers meet in Herat"]
)
def test_what_is_of_no_one_event_is_no_report(words: str) -> None:
    """Rule 3: digests, and headlines without a deed, report nothing."""
    assert read(words) is None


def test_tags_and_capitals_do_not_matter() -> None:
    """Rule 1: an agency's tag and capitals say nothing of the event."""
    plain, loud = read("Blast kills nine in Khost"), read("UPDATE 2-BLAST KILLS NINE IN KHOST")
    assert plain is not None
    assert loud is not None
    assert (plain.killed_min, plain.lat_e7, plain.type) == (loud.killed_min, loud.lat_e7, loud.type)


def test_the_day_is_that_of_publishing() -> None:
    """Rule 4: noon of the day, half a day to either side."""
    report = read("Blast kills nine in Khost")
    assert report is not None
    assert (report.time, report.time_precision_min) == ("2021-03-04T12:00:00Z", 720)
