"""New reports meet standing incidents, and what a person confirmed stays (rules of `corroboration.incremental`)."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from tasdiq.corroboration.group import group
from tasdiq.corroboration.incremental import regroup
from tasdiq.model.incident import Incident, IncidentReport

START = datetime(2031, 1, 1, tzinfo=UTC)


def world(events: int, seed: int) -> list[IncidentReport]:
    """Return the reports of five wires about so many events, by their time of reporting."""
    chance, reports = random.Random(seed), []
    for event in range(events):
        at = START + timedelta(hours=chance.uniform(0, 24 * 200))
        lat, lon, killed = chance.uniform(10, 14), chance.uniform(20, 24), chance.randint(1, 40)
        kind = chance.choice(["air/strike", "direct-fire/clash", "explosive/bomb"])
        for source in chance.sample(range(5), chance.randint(1, 4)):
            told = at + timedelta(hours=chance.uniform(-1, 1))
            reports.append(
                IncidentReport(
                    report_id=f"r{event:04d}-{source}", source_id=f"wire-{source}", type=kind, killed_min=killed, killed_max=killed,
                    reported_at=(told + timedelta(hours=5)).strftime("%Y-%m-%dT%H:%M:%SZ"), time_precision_min=90,
                    time=told.strftime("%Y-%m-%dT%H:%M:%SZ"), place_precision_m=3000,
                    lat_e7=round((lat + chance.uniform(-0.02, 0.02)) * 1e7),
                    lon_e7=round((lon + chance.uniform(-0.02, 0.02)) * 1e7),
                )
            )  # fmt: skip
    return sorted(reports, key=lambda report: (report.reported_at, report.report_id))


def by_id(incidents: Iterable[Incident]) -> dict[str, Incident]:
    """Return incidents by id."""
    return {incident.id: incident for incident in incidents}


def sets(incidents: Iterable[Incident]) -> set[frozenset[str]]:
    """Return the reports of each incident."""
    return {frozenset(incident.reports) for incident in incidents}


def in_batches(reports: Sequence[IncidentReport], size: int) -> dict[str, Incident]:
    """Group reports as they arrive."""
    standing: dict[str, Incident] = {}
    for end in range(size, len(reports) + size, size):
        so_far = {report.report_id: report for report in reports[:end]}
        standing = by_id(regroup(so_far, standing, all_at_once=0))
    return standing


def test_batches_come_to_what_grouping_everything_comes_to() -> None:
    """Rules 1 and 2: nearly all incidents are the same, and every report stands in exactly one."""
    reports = world(600, 3)
    parts, whole = in_batches(reports, 200).values(), group(reports)
    assert sorted(name for one in parts for name in one.reports) == sorted(report.report_id for report in reports)
    assert len(sets(parts) & sets(whole)) > 0.97 * len(whole)


def test_what_lies_far_from_new_reports_is_not_touched() -> None:
    """Rule 1: incidents out of reach are the very same objects, and nothing new changes nothing."""
    reports = world(300, 4)
    standing = by_id(group(reports))
    late = msgspec.structs.replace(reports[0], report_id="late", source_id="wire-9", time="2033-01-01T00:00:00Z",
                                   reported_at="2033-01-01T05:00:00Z")  # fmt: skip
    found = regroup({r.report_id: r for r in [*reports, late]}, standing, all_at_once=0)
    assert sets(found) == sets(standing.values()) | {frozenset({"late"})}
    assert sum(any(one is old for old in standing.values()) for one in found) == len(standing)
    same = regroup({r.report_id: r for r in reports}, standing, all_at_once=0)
    assert by_id(same) == standing


def test_reports_that_are_gone_leave_and_changed_ones_move() -> None:
    """Rule 3: a report that is no longer there is in no incident; one that moved elsewhere leaves its own."""
    reports = world(300, 5)
    standing = by_id(group(reports))
    large = next(one for one in standing.values() if len(one.reports) >= 3)
    kept = {r.report_id: r for r in reports if r.report_id != large.reports[1]}
    found = regroup(kept, standing, all_at_once=0)
    assert frozenset(large.reports) - {large.reports[1]} in sets(found)
    moved = {r.report_id: r for r in reports}
    moved[large.reports[1]] = msgspec.structs.replace(moved[large.reports[1]], time="2033-05-05T00:00:00Z")
    found = regroup(moved, standing, {large.reports[1]}, all_at_once=0)
    assert frozenset({large.reports[1]}) in sets(found)


def test_a_confirmed_incident_is_not_changed_but_the_change_is_proposed() -> None:
    """Rule 4: what would join stands by itself and says so, whether everything is grouped or only what is new."""
    reports = world(300, 6)
    whole = group(reports)
    target = next(one for one in whole if len(one.reports) >= 3)
    newcomer = target.reports[-1]
    early = [report for report in reports if report.report_id != newcomer]
    standing = by_id(group(early))
    own = next(one for one in standing.values() if target.reports[0] in one.reports)
    for all_at_once in (0, 10_000):
        found = by_id(regroup({r.report_id: r for r in reports}, standing, confirmed={own.id}, all_at_once=all_at_once))
        assert found[own.id].reports == own.reports
        assert newcomer in found
        assert found[newcomer].why[0].startswith(f"may belong to {own.id}, which a person confirmed")
    open_ = regroup({r.report_id: r for r in reports}, standing, all_at_once=0)
    assert frozenset((*own.reports, newcomer)) in sets(open_)


def test_order_time_zone_and_doubled_reports_change_nothing() -> None:
    """Grouping does not depend on the order of its input, on the zone a time is written in, or on a report given twice."""
    reports = world(200, 7)
    whole = sets(group(reports))
    shuffled = random.Random(1).sample(reports, len(reports))
    assert sets(group(shuffled)) == whole
    assert sets(group([*reports, *reports[:40]])) == whole
    zoned = [
        msgspec.structs.replace(r, time=(datetime.fromisoformat(r.time) + timedelta(hours=5)).strftime("%Y-%m-%dT%H:%M:%S+05:00"))
        for r in reports
    ]  # fmt: skip
    assert sets(group(zoned)) == whole


@settings(max_examples=25, deadline=None)
@given(
    st.floats(0, 40),
    st.floats(0, 20),
    st.integers(0, 720),
    st.integers(100, 20_000),
    st.sampled_from(["one text of a strike", ""]),
)
def test_nothing_is_matched_beyond_reach_whatever_the_rest(
    days: float, degrees: float, half_min: int, half_m: int, text: str
) -> None:
    """Two reports alike in everything else are one incident only within reach of both precisions in time and space."""
    one = IncidentReport(
        report_id="a", source_id="wire-1", reported_at="2031-03-04T09:00:00Z", time="2031-03-04T06:00:00Z", type="air/strike",
        time_precision_min=half_min, lat_e7=100_000_000, lon_e7=200_000_000, place_precision_m=half_m, killed_min=31,
        killed_max=31, text=text,
    )  # fmt: skip
    later = datetime.fromisoformat(one.time) + timedelta(days=days)
    other = msgspec.structs.replace(
        one, report_id="b", source_id="wire-2", cites="wire-1", time=later.strftime("%Y-%m-%dT%H:%M:%SZ"),
        lat_e7=one.lat_e7 + round(degrees * 1e7) if one.lat_e7 else None,
    )  # fmt: skip
    hours, km = 24 * days, 111.2 * degrees
    too_far = km > 3.1 * half_m / 1000 + 0.4 or hours > max(3.1 * half_min / 60, half_min / 30 + 24) + 0.1
    if too_far:
        assert len(group([one, other])) == 2
