"""Cited headlines grouped into events, against UCDP's own coding: how many pairs are right, how many are found, what goes wrong.

`.venv/bin/python benchmarks/headlines.py EVENTS.csv [--errors 12]`

EVENTS is a UCDP GED table whose `source_article` cites dated headlines (https://ucdp.uu.se/downloads/, CC BY 4.0; its words are
printed here and kept nowhere). Every cited headline is one report: place, time and figures are read from its words and its day of
publishing alone (`intake.events.headline`). Two headlines belong together if UCDP cites both for one event; not cited together
does not prove apart, so precision is a lower bound. Beside it stands a baseline: headlines no more than a day apart whose place
names are the same (or not told) and whose words are alike by at least some share are joined; the share is the one best for it.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import re
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz

from tasdiq.corroboration.group import group
from tasdiq.intake.events.headline import find_where, read_headline, untagged
from tasdiq.intake.gazetteer import load_gazetteer
from tasdiq.model.incident import IncidentReport

QUOTED = re.compile(r'"([^",\n]{2,60}),(\d{4}-\d\d-\d\d),([^"]*)"')
LISTED = re.compile(r"(?:^|\n)(?:\(\d+\) ?)?([^\n]{8,300})\n(\d{1,2} [A-Z][a-z]+ \d{4})\n([^\n]{2,60})")
Pair = tuple[int, int]


class Headline(NamedTuple):
    """A cited headline: outlet, day of publishing, words."""

    outlet: str
    day: date
    words: str


def read_cited(cell: str) -> Iterable[Headline]:
    """Yield the dated headlines of a `source_article`, in both ways UCDP writes them."""
    for outlet, day, words in QUOTED.findall(cell):
        yield Headline(outlet.strip(), date.fromisoformat(day), words.strip())
    for words, day, outlet in LISTED.findall(cell):
        try:
            yield Headline(outlet.strip(), datetime.strptime(day, "%d %B %Y").date(), words.strip())
        except ValueError:
            continue


def load(path: Path) -> tuple[list[Headline], set[Pair]]:
    """Return the distinct headlines by day, and the pairs that one event cites."""
    cited: dict[Headline, set[str]] = defaultdict(set)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for headline in read_cited(row["source_article"]):
                cited[headline].add(row["id"])
    headlines = sorted(cited, key=lambda one: (one.day, one.outlet, one.words))
    number = {one: n for n, one in enumerate(headlines)}
    events: dict[str, list[int]] = defaultdict(list)
    for one, ids in cited.items():
        for ident in ids:
            events[ident].append(number[one])
    return headlines, {pair for members in events.values() for pair in combinations(sorted(members), 2)}


def by_engine(headlines: Sequence[Headline]) -> tuple[list[list[int]], dict[int, IncidentReport]]:
    """Group the headlines with the grouping engine; those that report no one event stay alone."""
    gazetteer = load_gazetteer()
    reports: dict[int, IncidentReport] = {}
    for n, one in enumerate(headlines):
        report = read_headline(one.words, one.day, gazetteer, report_id=f"h{n:05d}", source_id=f"h{n:05d}")
        if report:
            reports[n] = report
    groups = group(list(reports.values()))
    return [[int(name[1:]) for name in incident.reports] for incident in groups], reports


def likenesses(headlines: Sequence[Headline]) -> dict[Pair, float]:
    """Return how alike (0-100) the words are of headlines a day apart at most, whose place names are the same or not told."""
    gazetteer = load_gazetteer()
    places = [where.name if (where := find_where(untagged(one.words), gazetteer)) else "" for one in headlines]
    words = [one.words.lower() for one in headlines]
    found: dict[Pair, float] = {}
    for a, one in enumerate(headlines):
        for b in range(a + 1, len(headlines)):
            if (headlines[b].day - one.day).days > 1:
                break
            if not places[a] or not places[b] or places[a] == places[b]:
                found[a, b] = fuzz.token_set_ratio(words[a], words[b])
    return found


def by_baseline(size: int, alike: dict[Pair, float], least: float) -> list[list[int]]:
    """Join whatever is alike enough, chains and all."""
    root = list(range(size))

    def top(n: int) -> int:
        while root[n] != n:
            root[n] = root[root[n]]
            n = root[n]
        return n

    for (a, b), share in alike.items():
        if share >= least:
            root[top(b)] = top(a)
    groups: dict[int, list[int]] = defaultdict(list)
    for n in range(size):
        groups[top(n)].append(n)
    return list(groups.values())


class Score(NamedTuple):
    """Pairwise precision, recall and their harmonic mean, with the pairs put together."""

    precision: float
    recall: float
    f1: float
    pairs: set[Pair]

    def __str__(self) -> str:
        return f"precision {self.precision:.3f}, recall {self.recall:.3f}, F1 {self.f1:.3f} ({len(self.pairs)} pairs put together)"


def score(groups: Iterable[Sequence[int]], truth: set[Pair]) -> Score:
    """Compare the pairs of groups with the true ones."""
    pairs = {pair for members in groups for pair in combinations(sorted(members), 2)}
    right = len(pairs & truth)
    precision, recall = right / max(len(pairs), 1), right / max(len(truth), 1)
    return Score(precision, recall, 2 * precision * recall / max(precision + recall, 1e-9), pairs)


def show(
    title: str, pairs: Iterable[Pair], headlines: Sequence[Headline], reports: dict[int, IncidentReport], most: int
) -> None:
    """Print some pairs with what was read of each."""
    found = sorted(pairs)
    print(f"\n{title}: {len(found)}, of them:")
    for pair in random.Random(7).sample(found, min(most, len(found))):
        for n in pair:
            one, report = headlines[n], reports.get(n)
            told = "no one event" if report is None else (
                f"{report.place or 'no place'} ±{(report.place_precision_m or 0) / 1000:.0f} km, {report.type or 'no type'},"
                f" killed {report.killed_min}–{report.killed_max}, injured {report.injured_min}–{report.injured_max}"
            )  # fmt: skip
            print(f"  {one.day} {one.outlet}: {one.words}\n      read: {told}")
        print()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("events", type=Path)
    parser.add_argument("--errors", type=int, default=8, help="examples of errors to print of each kind")
    given = parser.parse_args()
    headlines, truth = load(given.events)
    print(f"{len(headlines):,} dated headlines, {len(truth)} pairs cited for one event; load {os.getloadavg()[0]:.1f}")
    began = time.perf_counter()
    groups, reports = by_engine(headlines)
    ours = score(groups, truth)
    seconds = time.perf_counter() - began
    placed = sum(r.place != "" for r in reports.values())
    counted = sum(r.killed_min is not None or r.killed_max is not None for r in reports.values())
    print(
        f"read: {len(reports):,} report one event, {placed:,} with a place, {counted:,} with killed; {seconds:.1f} s with grouping"
    )
    print(f"tasdiq:   {ours}")
    alike = likenesses(headlines)
    sweep = [(score(by_baseline(len(headlines), alike, share), truth), share) for share in range(30, 101, 5)]
    best, share = max(sweep, key=lambda item: item[0].f1)
    print(f"baseline: {best}; its best share of likeness, {share} %")
    near, at = min(sweep, key=lambda item: abs(item[0].recall - ours.recall))
    print(f"baseline at like recall: {near}; share {at} %")
    if given.errors:
        show("put together, not cited together", ours.pairs - truth, headlines, reports, given.errors)
        show("cited together, not put together", truth - ours.pairs, headlines, reports, given.errors)


if __name__ == "__main__":
    main()
