"""Sights and desks follow a record entry by entry, and come to what those come to that see it for the first time."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from doors.app.scene import play
from doors.app.viewers import VIEWERS
from tasdiq import register
from tasdiq.clock import timestamp
from tasdiq.model.state import State
from tasdiq.record.reader import Reader
from tasdiq.web.desks.kept import Desks
from tasdiq.web.sight.sights import Sight, Sights
from tasdiq.web.viewer import Viewer

PLAIN = (
    "cases",
    "case_of",
    "entries",
    "provenance",
    "confirmed",
    "corrected",
    "refused_steps",
    "conduct",
    "upcoming",
    "talks",
)


def _plain(state: State) -> dict[str, Any]:
    found = {field.name: getattr(state, field.name) for field in dataclasses.fields(state)}
    return {name: dict(value) if isinstance(value, Mapping) else value for name, value in found.items()}


def _alike(one: Sight, other: Sight) -> None:
    kept, fresh = _plain(one.state), _plain(other.state)
    for name in fresh:
        assert kept[name] == fresh[name], name
    for name in PLAIN:
        assert list(kept[name]) == list(fresh[name]) if name == "cases" else True
    size = len(other.state.entries)
    assert [one.reads(index) for index in range(size)] == [other.reads(index) for index in range(size)]
    assert one.view.public.withheld.lines() == other.view.public.withheld.lines()


def test_a_sight_that_followed_the_record_is_that_of_one_who_comes_anew(tmp_path: Path) -> None:
    """For each kind of viewer, after each entry: the state, what may be read, what was withheld; and the member's desk."""
    scene = play(tmp_path)
    table = scene.table(tmp_path / "table")
    now = timestamp(table.at)
    following, desks = Sights(), Desks()
    try:
        with Reader.open(table.home.path) as reader:
            folding = register.Folding(
                lambda index: [row.content if row else None for _, row in sorted(reader.rows(index).items())],
                lambda sha256: reader.attachment(sha256) if sha256 in reader.attachments() else None,
            )
            for entry in reader:
                folding.take(entry)
                if folding.spent:
                    break
                state = folding.state()
                for viewer in VIEWERS.values():
                    _compare(following, desks, state, viewer, now)
    finally:
        table.close()


def _compare(following: Sights, desks: Desks, state: State, viewer: Viewer, now: str) -> None:
    kept, fresh = following.of(state, viewer, now), Sights().of(state, viewer, now)
    _alike(kept, fresh)
    if viewer.is_member:
        one = desks.of(kept.state, kept.eyes, viewer.member, now)
        assert one == Desks().of(fresh.state, fresh.eyes, viewer.member, now)


def test_a_sight_is_shown_a_little_longer_but_not_to_who_entered_something(tmp_path: Path) -> None:
    """With a pace, what others entered may come a moment later; what was asked for is there at once."""
    table = play(tmp_path).table(tmp_path / "table")
    now, paced, viewer = timestamp(table.at), Sights(pace=1e6), VIEWERS["anybody"]
    try:
        state = table.room.live.state()
        later = dataclasses.replace(state, size=state.size + 1)
        first = paced.of(state, viewer, now)
        assert paced.of(later, viewer, now) is first
        assert paced.of(later, viewer, now, at_least=later.size).state.size == later.size
    finally:
        table.close()
