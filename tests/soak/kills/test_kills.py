"""SIGKILL at random moments, on SQLite and PostgreSQL: 20 kills with the other tests, hundreds in the soak.

TASDIQ_KILLS and TASDIQ_SERVER_KILLS change how many. Every `TOGETHER` kills the record is a fresh one.
"""

from __future__ import annotations

import os
import random
import threading
from pathlib import Path

import pytest

from soak.kills.case import Case
from soak.kills.server import fragile

TOGETHER = 10
LONGEST_LIFE = 0.4
KILLS = int(os.environ.get("TASDIQ_KILLS", "500"))
SERVER_KILLS = int(os.environ.get("TASDIQ_SERVER_KILLS", "100"))


def tally(**figures: int) -> None:
    """Print what was done, for whoever runs with -s."""
    print(", ".join(f"{name.replace('_', ' ')} {figure}" for name, figure in figures.items()))


def kill_on_sqlite(base: Path, kills: int, seed: int) -> None:
    """Kill as often; every second time garble what came after the last acknowledgement, every fifth cut copies below it."""
    chance = random.Random(seed)
    entries = garbled = refused = signed = 0
    for number in range(kills):
        if number % TOGETHER == 0:
            case = Case(base / str(number), chance.randrange(2**32))
        entries += case.live(chance.uniform(0, LONGEST_LIFE))
        if number % 5 == 4:
            for database in (False, True):
                said = case.cut_below(base, database=database)
                assert "tasdiq import" in said or not said, said
                refused += bool(said)
        if number % 2:
            garbled += case.garble()
        case.check()
        assert not case.stopped, case.stopped
        signed += len(case.signed) if number % TOGETHER == TOGETHER - 1 else 0
    tally(kills=kills, entries_acknowledged=entries, checkpoints=signed, tails_garbled=garbled, cuts_refused=refused)


def test_twenty_kills_on_sqlite(tmp_path: Path) -> None:
    """No acknowledged entry is lost, every reopened record audits clean, no fork is signed."""
    kill_on_sqlite(tmp_path, 20, seed=1)


@pytest.mark.soak
def test_many_kills_on_sqlite(tmp_path: Path) -> None:
    """The same, hundreds of times."""
    kill_on_sqlite(tmp_path, KILLS, seed=2)


def kill_on_postgres(base: Path, kills: int, seed: int) -> None:
    """Kill the writer, and every third time the server under it: at once by its own command, or by SIGKILL."""
    chance = random.Random(seed)
    entries = stopped = 0
    with fragile() as server:
        for number in range(kills):
            if number % TOGETHER == 0:
                case = Case(base / str(number), chance.randrange(2**32), server.fresh())
            life = chance.uniform(0.05, LONGEST_LIFE)
            if number % 3 == 2:
                end = chance.choice([server.stop_at_once, server.kill])
                timer = threading.Timer(chance.uniform(0, life), end)
                timer.start()
                entries += case.live(life)
                timer.join()
                server.start()
                stopped += 1
            else:
                entries += case.live(life)
            case.check()
    tally(kills=kills, of_them_the_server_too=stopped, entries_acknowledged=entries)


@pytest.mark.soak
def test_many_kills_on_postgres(tmp_path: Path) -> None:
    """No acknowledged entry is lost with the writer or the server, every reopened record audits clean, no fork is signed."""
    kill_on_postgres(tmp_path, SERVER_KILLS, seed=3)
