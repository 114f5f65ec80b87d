"""Mappings proposed from a header: what is sure is taken, what is not is left open and said (rules of table/propose)."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasdiq.errors import InputError
from tasdiq.intake.table import read_table
from tasdiq.intake.table.mapping import parse_mapping
from tasdiq.intake.table.proposal_toml import proposal_toml
from tasdiq.intake.table.propose import Proposed, propose_mapping
from tasdiq.intake.table.synonyms import load_synonyms, rank

HEADER = ["Incident No", "Date", "Village", "Latitude", "Longitude", "Category", "Dead", "Wounded", "Remarks"]
ROWS = [
    ["1", "2031-05-02", "Dorna", "34.1", "71.2", "Shelling", "2", "", "Shots"],
    ["2", "2031-05-03", "Salova", "34.2", "71.3", "Air strike", "", "3", "Smoke"],
]


def propose(header: list[str], *rows: list[str]) -> Proposed:
    """Propose a mapping for a small table."""
    return propose_mapping("desk log.csv", header, rows)


def test_names_and_shapes_give_a_mapping_that_reads_the_table() -> None:
    """A plain desk log is read with the mapping as it was proposed (rules 1, 4 and 5)."""
    proposed = propose(HEADER, *ROWS)
    assert proposed.complete
    mapping = parse_mapping(proposal_toml(proposed).encode(), "m.toml")
    text = "\n".join(",".join(row) for row in [HEADER, *ROWS])
    first, second = read_table("t.csv", text.encode(), mapping, today=date(2032, 1, 1)).reports
    assert (first.report_id, first.source_id, first.place, first.type) == (
        "1",
        "desk log",
        "Dorna",
        "indirect-fire/shelling",
    )
    assert (first.killed_min, first.killed_max, first.injured_max, second.injured_max) == (2, 2, None, 3)
    assert (second.lat_e7, second.lon_e7, second.type, second.text) == (342000000, 713000000, "air/strike", "Smoke")


def test_a_name_whose_cells_have_another_shape_is_left_open() -> None:
    """A column called "dead" that holds words is not taken for a figure (rule 1)."""
    proposed = propose(["id", "date", "dead"], ["1", "2031-05-02", "many"])
    assert "not whole numbers" in proposed.open["killed"]
    assert "[killed]" in proposal_toml(proposed) and "\n[killed]" not in proposal_toml(proposed)


def test_two_columns_that_fit_equally_are_left_open() -> None:
    """Both are named (rule 2)."""
    proposed = propose(["id", "date", "a/killed", "b/killed"], ["1", "2031-05-02", "2", "3"])
    assert proposed.open["killed"] == "'a/killed' and 'b/killed' fit equally well"


def test_only_the_time_is_told_by_its_shape() -> None:
    """A single column of dates is the time; numbers that could be coordinates are nothing (rule 3)."""
    proposed = propose(["id", "wann", "p", "q"], ["1", "2031-05-02", "34.1", "71.2"])
    assert proposed.columns == {"report_id": "id", "time": "wann"}
    two = propose(["id", "wann", "noch"], ["1", "2031-05-02", "2031-05-03"])
    assert "'wann', 'noch'" in two.open["time"] and not two.complete


def test_a_key_is_filled_and_different_in_every_row() -> None:
    """Otherwise it is open, and the mapping is refused until it is filled in (rule 4)."""
    proposed = propose(["id", "date"], ["1", "2031-05-02"], ["1", "2031-05-03"])
    assert "same in some rows" in proposed.open["report_id"] and not proposed.complete
    with pytest.raises(InputError, match="report_id is missing"):
        parse_mapping(proposal_toml(proposed).encode(), "m.toml")


def test_unknown_types_and_half_a_place_are_left_open() -> None:
    """Neither types nor coordinates are taken in part (rule 5)."""
    proposed = propose(
        ["id", "date", "type", "lat"], ["1", "2031-05-02", "shelling", "3"], ["2", "2031-05-02", "hum", "4"]
    )
    assert "'hum'" in proposed.open["type"] and "'lat' alone" in proposed.open["lon"]
    assert "licence" in proposed.open


def test_bounds_and_parts_of_dates_are_taken_together() -> None:
    """Least and greatest figure make bounds; year, month and day make a time."""
    proposed = propose(["id", "year", "month", "day", "deaths_low", "deaths_high"], ["1", "2031", "5", "0", "1", "2"])
    mapping = parse_mapping(proposal_toml(proposed).encode(), "m.toml")
    assert (mapping.time.year, mapping.time.month, mapping.time.day) == ("year", "month", "day")
    assert mapping.killed and (mapping.killed.low, mapping.killed.high) == (("deaths_low",), ("deaths_high",))


def test_the_last_part_of_a_group_path_counts() -> None:
    """Forms write groups before a question's name; the plain name is the nearer."""
    assert rank("killed", "incident/people/killed") is not None
    assert (rank("killed", "killed") or 0) < (rank("killed", "incident/killed") or 0)


NAMES = st.sampled_from([name for names in load_synonyms().columns.values() for name in names]) | st.text(max_size=12)
CELLS = st.sampled_from(["", "1", "2", "2031-05-02", "34.1", "34 71 0 5", "shelling", "Norway", '"', "\x7f"]) | st.text(
    max_size=8
)


@given(st.lists(NAMES, min_size=1, max_size=8, unique=True), st.data())
@settings(max_examples=200, deadline=None)
def test_any_header_gives_valid_toml(header: list[str], data: st.DataObject) -> None:
    """Whatever names and cells hold, the file can be parsed, and a complete proposal is a mapping that can be used."""
    rows = data.draw(st.lists(st.lists(CELLS, min_size=len(header), max_size=len(header)), max_size=4))
    proposed = propose(header, *rows)
    text = proposal_toml(proposed)
    assert tomllib.loads(text)["name"] == "desk log"
    if proposed.complete:
        assert parse_mapping(text.encode(), "m.toml").columns <= set(header)
