"""Weights learnt by shifting time, where no source reports twice (rules of `corroboration.group.chance`)."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from tasdiq.corroboration.group import group
from tasdiq.corroboration.group.chance import is_needed
from tasdiq.model.incident import IncidentReport

START = datetime(2031, 1, 1, tzinfo=UTC)


def crowd(events: int, seed: int) -> tuple[list[IncidentReport], dict[str, int]]:
    """Return two reports of each of many events of one valley, each by a source of its own, and whose event each tells."""
    chance, reports, truth = random.Random(seed), [], {}
    for event in range(events):
        at = START + timedelta(hours=chance.uniform(0, 24 * 300))
        lat, lon, killed = chance.uniform(10, 11), chance.uniform(20, 21), chance.randint(1, 40)
        kind = chance.choice(["air/strike", "direct-fire/clash", "explosive/bomb"])
        for copy in range(2):
            name = f"r{event:04d}-{copy}"
            truth[name] = event
            told = (at + timedelta(hours=chance.uniform(-5, 5))).strftime("%Y-%m-%dT%H:%M:%SZ")
            reports.append(
                IncidentReport(
                    report_id=name, source_id=name, reported_at=told, time=told, time_precision_min=720, type=kind,
                    lat_e7=round((lat + chance.uniform(-0.05, 0.05)) * 1e7), killed_min=killed, killed_max=killed,
                    lon_e7=round((lon + chance.uniform(-0.05, 0.05)) * 1e7), place_precision_m=20_000,
                )
            )  # fmt: skip
    return reports, truth


def test_pairs_of_events_are_found_among_chance_neighbours() -> None:
    """Rules 1 and 2: with no source twice, most pairs put together are of one event, and most events are found."""
    reports, truth = crowd(900, 5)
    groups = [[truth[name] for name in incident.reports] for incident in group(reports)]
    together = [(a, b) for members in groups for n, a in enumerate(members) for b in members[n + 1 :]]
    right = sum(a == b for a, b in together)
    assert right / len(together) > 0.6
    assert right / 900 > 0.8


def test_it_is_left_alone_where_sources_repeat_or_little_is_compared() -> None:
    """Rule 4: small folders and wires that report again and again keep the usual weights."""
    assert is_needed(5000, 0)
    assert not is_needed(900, 0)
    assert not is_needed(5000, 400)
