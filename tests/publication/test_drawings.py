"""Charts and map: gaps hatched, outliers out, coarse circles, no boundary, escaped words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from lxml import etree

import world
from publication import hostile
from tasdiq.publication.axis import make_axis, read_day
from tasdiq.publication.charts import crossing_chart, overview_line
from tasdiq.publication.map import draw_map
from tasdiq.publication.redact import make_public
from tasdiq.publication.sitedata import build
from tasdiq.publication.view import View


@pytest.fixture(scope="module", params=["joint", "hostile"])
def data(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The data of an ordinary and of a hostile record."""
    state = world.state() if request.param == "joint" else hostile.state()
    return build(View(make_public(state, world.CLOCK)))


def test_drawings_are_well_formed(data: dict[str, Any]) -> None:
    """Each drawing is well-formed XML with a title and a description and without script."""
    drawings = (
        overview_line(data), crossing_chart(data["crossings"], data["record"]["published_at"]),
        draw_map(data["incidents"], data["crossings"]),
    )  # fmt: skip
    for drawing in drawings:
        tree = etree.fromstring(str(drawing))
        assert tree.get("role") in ("img", "group")
        assert tree.findtext("title")
        assert tree.findtext("desc")
        assert not tree.xpath("//*[local-name()='script' or local-name()='image']")


def test_an_old_report_does_not_stretch_the_axis(data: dict[str, Any]) -> None:
    """A closure of 2019 stays in the table and out of the drawing."""
    assert "2019" not in str(crossing_chart(data["crossings"], data["record"]["published_at"]))


def test_unknown_times_are_hatched(data: dict[str, Any]) -> None:
    """Every line of the crossings lies on a hatched ground."""
    assert "url(#crossings-unknown)" in str(crossing_chart(data["crossings"], data["record"]["published_at"]))


def test_nothing_to_draw_is_none() -> None:
    """Without days or places there is no drawing, and the page teaches instead."""
    empty = build(View(make_public(world.empty(), world.CLOCK)))
    assert overview_line({**empty, "sessions": []}) is None
    assert crossing_chart([], "2031-04-10") is None
    assert draw_map([], []) is None


def test_the_axis_keeps_the_latest_run_of_days() -> None:
    """Days over 400 apart from the rest are left out; days on it keep their order."""
    axis = make_axis([date(2019, 9, 6), date(2031, 3, 1), date(2031, 4, 1)], 0, 100)
    assert axis is not None
    assert not axis.holds(date(2019, 9, 6))
    assert axis.x(date(2031, 3, 1)) < axis.x(date(2031, 4, 1))


@pytest.mark.parametrize(
    ("text", "day"), [("2028", date(2028, 1, 1)), ("2028-05", date(2028, 5, 1)), ("", None), ("soon", None)]
)
def test_days_are_read_from_any_precision(text: str, day: date | None) -> None:
    """A year or month counts as its first day; anything else is no day."""
    assert read_day(text) == day


def test_incidents_on_one_coarse_point_are_one_dot_with_their_number() -> None:
    """Coarsening lays incidents on one another: the map says how many, and hides none."""
    data = build(View(make_public(world.state(), world.CLOCK)))
    twice = [data["incidents"][0], {**data["incidents"][0], "id": "other"}]
    drawn = str(draw_map(twice, []))
    assert drawn.count('class="dot"') == 1
    assert "2 incidents, Salova" in drawn


def test_ticks_over_decades_are_thinned() -> None:
    """Twenty-five years have no more ticks than can be read."""
    axis = make_axis([date(1990 + n, 6, 1) for n in range(26)], 150, 940)
    assert axis is not None
    assert str(axis.draw(20, 100)).count("<line") <= 13
