"""One taxonomy of incident types: what mappings and readers use stands in it, and old records go on under the present names."""

from __future__ import annotations

import pytest

from tasdiq.corroboration.group import group
from tasdiq.intake.events.deeds import _NOUNS, _VERBS, KILLING
from tasdiq.intake.events.headline_words import _KINDS
from tasdiq.intake.table import load_mapping
from tasdiq.model.incident import IncidentReport
from tasdiq.model.taxonomy import _data, current, types


@pytest.mark.parametrize("name", ["acled", "ged", "gtd"])
def test_mappings_use_the_taxonomy(name: str) -> None:
    """Every type a shipped mapping gives is a path of the taxonomy, under its present name."""
    given = set(load_mapping(name).text["type"].values.values())
    assert given <= set(types())


def test_what_is_read_from_texts_uses_the_taxonomy() -> None:
    """Sentences and headlines give no path that mappings do not know."""
    given = {kind for table in (_NOUNS, _VERBS, _KINDS) for kind, _ in table} | {KILLING}
    assert given <= set(types())


def test_old_names_lead_to_present_ones() -> None:
    """No old name is a present one, and each leads to a path of the taxonomy."""
    for old, new in _data()["was"].items():
        assert old not in types()
        assert current(old) == new
        assert new in types()
    assert current("naval/boarding") == "naval/boarding"


def test_an_old_record_and_a_new_table_meet() -> None:
    """Shelling read by an earlier version and shelling of a table are of one type."""
    told = IncidentReport(
        report_id="old", source_id="post", reported_at="2031-03-04T09:00:00Z", time="2031-03-04T06:00:00Z", time_precision_min=30,
        lat_e7=450_000_000, lon_e7=200_000_000, place_precision_m=1000, type="ground/shelling", killed_min=4, killed_max=4,
    )  # fmt: skip
    row = IncidentReport(
        report_id="new", source_id="desk", reported_at="2031-03-04T10:00:00Z", time="2031-03-04T06:10:00Z", time_precision_min=30,
        lat_e7=450_010_000, lon_e7=200_010_000, place_precision_m=1000, type="indirect-fire/shelling", killed_min=4, killed_max=4,
    )  # fmt: skip
    (one,) = group([told, row])
    assert one.reports == ("old", "new")
    assert "same type" in one.why[0]
