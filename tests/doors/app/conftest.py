"""The table that tests of pages and of the interface for programs sit at."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from doors.app import finding
from doors.app import scene as scenes
from doors.app.browsing import House, serving
from doors.app.clients import Client
from doors.app.furnished import Furnished, play
from doors.app.scene import Scene
from doors.app.seats import Founded, Seats, found
from postgres import Server
from tasdiq.web.guard.budget import Budgets


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    """A joint record as it was founded, in SQLite: copied for each test."""
    return found(tmp_path_factory.mktemp("founded"))


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    """A record with something on every desk, played once: `furnished.table(tmp_path)` gives a table at a copy."""
    return play(tmp_path_factory.mktemp("furnished"))


@pytest.fixture(scope="session")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """A record in which every class of thing holds a word of its own, played once."""
    return scenes.play(tmp_path_factory.mktemp("scene"))


@pytest.fixture(scope="module")
def unhurried(scene: Scene, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seats]:
    """A table at a copy of it whose server lets everybody ask as often as it likes."""
    table = scene.table(tmp_path_factory.mktemp("asked"))
    table.__dict__["room"] = dataclasses.replace(table.room, budgets=Budgets(factor=100_000))
    yield table
    table.close()


@pytest.fixture
def table(founded: Founded, tmp_path: Path) -> Iterator[Seats]:
    """A table of its own: real record, real application, officers of every member. Its `client("kes")` is signed in."""
    seats = Seats.copy(founded, tmp_path)
    yield seats
    seats.close()


@pytest.fixture
def postgres_table(postgres: Server, tmp_path: Path) -> Iterator[Seats]:
    """The same over a record in PostgreSQL."""
    seats = Seats(found(tmp_path, postgres.fresh()), tmp_path)
    yield seats
    seats.close()


@pytest.fixture(params=["sqlite", "postgres"])
def either_table(request: pytest.FixtureRequest) -> Seats:
    """The same, once over each kind of database."""
    named = "table" if request.param == "sqlite" else "postgres_table"
    seats: Seats = request.getfixturevalue(named)
    return seats


@pytest.fixture
def anybody(table: Seats) -> Iterator[Client]:
    """A client that did not sign in."""
    with table.anybody() as client:
        yield client


@pytest.fixture
def house(table: Seats, chromium: Browser) -> Iterator[House]:
    """The application on a port, over a record in which a case can be opened."""
    finding.propose(table)
    with serving(table, chromium) as started:
        yield started


@pytest.fixture
def heard(table: Seats, chromium: Browser) -> Iterator[House]:
    """The same, with a finding that waits for the members' marks."""
    finding.take_up(table)
    finding.hear(table)
    with serving(table, chromium) as started:
        yield started
