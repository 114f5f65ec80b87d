"""Event rows a second from a file, or from a program, to where a search finds them: by API and by command.

`.venv/bin/python benchmarks/rows.py [--rows 100000] [--sqlite] [--postgres]`

By program: bulk submissions of 10,000 rows each, made and signed beforehand by the client (its own rows a second are printed),
are handed to `POST /api/v1/tables` of a real `tasdiq serve`, two at a time; the clock stops when the last one is answered and a
search finds the last row. By command: `tasdiq receive` takes a CSV with its key into a record that a server keeps an index of; its
clock runs from its start to its end, and the last row is in the index then. Beside each stands the time of processors it took,
microseconds a row, with everything that it started: on a busy machine that says more than the clock.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
from big_record import CACHE, machine
from sqlalchemy import func, select
from table_record import found, key, settings, signed
from table_server import TASDIQ, Served, postgres, serving, token
from table_story import FIRST_DAY, bulk, reports

from tasdiq.errors import RecordError
from tasdiq.mechanism import Mechanism
from tasdiq.record.submission import to_bytes
from tasdiq.secretariat.founding import Home
from tasdiq.web.office.database import Office
from tasdiq.web.search.tables import ITEM

PART = 10_000
HEADER = (
    "report_id", "source_id", "source_kind", "reported_at", "time", "time_precision_h", "lat", "lon", "place_precision_km",
    "admin1", "admin2", "place", "type", "actor_a", "actor_b", "killed_min", "killed_max", "injured_min", "injured_max", "text",
    "cites",
)  # fmt: skip


def _once_free(home: Home, base: Path) -> Mechanism:
    """Open the record once the server has let go of it, some seconds after its last entry."""
    for _ in range(20):
        try:
            return Mechanism.open(home, settings(base))
        except RecordError:
            time.sleep(1)
    return Mechanism.open(home, settings(base))


def by_program(home: Home, base: Path, served: Served, rows: int) -> None:
    """Measure the way through the interface for programs."""
    bearer = {"Authorization": f"Bearer {token(home, 'ord', 'mediator', 'Officer 1')}"}
    chance = random.Random(3)
    made = [
        bulk("report", "ReportsProposed", f"api-{start}.csv", list(reports(chance, start, PART)), FIRST_DAY, "joint")
        for start in range(0, rows, PART)
    ]
    began = time.perf_counter()
    with _once_free(home, base) as mechanism:
        submissions = [to_bytes(signed(mechanism.log, each)) for each in made]  # type: ignore[arg-type]
    print(f"  the client salts, signs and writes {rows / (time.perf_counter() - began):,.0f} rows/s")
    headers = bearer | {"Content-Type": "application/vnd.tasdiq.submission+json"}
    with httpx.Client(base_url=served.address, timeout=120) as client:
        began, before = time.perf_counter(), _processors(served)
        with ThreadPoolExecutor(2) as pool:
            answers = list(
                pool.map(lambda data: client.post("/api/v1/tables", content=data, headers=headers), submissions)
            )
        assert all(answer.status_code == 200 for answer in answers), answers[0].text
        total = client.get("/api/v1/search", params={"q": f"E{rows - 1:06d}"}, headers=bearer).json()["total"]
        seconds = time.perf_counter() - began
    assert total == 1, f"the last row is found {total} times"
    spent = (_processors(served) - before) / rows * 1e6
    print(
        f"  by API: {rows / seconds:,.0f} rows/s, {rows:,} rows, found at once; {spent:.0f} µs of processors a row, {load()}"
    )


def _processors(served: Served) -> float:
    """Return the seconds of processors that the writer and the workers have taken."""
    ticks = 0
    for child in served.children():
        fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def load() -> str:
    """Say how busy the machine is."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"


def by_command(home: Home, base: Path, rows: int) -> None:
    """Measure the way through the command."""
    path = base / "events.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for row in reports(random.Random(4), 0, rows):
            assert row.lat_e7
            assert row.lon_e7
            times = [_past(row.reported_at), _past(row.time), "0.5"]
            place = [row.lat_e7 / 1e7, row.lon_e7 / 1e7, "0.5", row.admin1, row.admin2, row.place]
            figures = [0, row.killed_max, "", ""]
            who = [row.type, row.actor_a, row.actor_b]
            writer.writerow(
                [f"C{row.report_id}", row.source_id, row.source_kind, *times, *place, *who, *figures, row.text, ""]
            )
    key("ord").save(base / "ord.key")
    # As an installed program has it: its modules are compiled.
    environment = {**os.environ, "TASDIQ_STATE": str(base / "state"), "PYTHONPYCACHEPREFIX": str(CACHE / "compiled")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run([str(TASDIQ), "receive", "--help"], env=environment, capture_output=True, check=True)
    Office.open(home).close()
    command = [str(TASDIQ), "receive", str(home.path), str(path), "--key", str(base / "ord.key"), "--later"]
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    seconds, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert not done.returncode, done.stderr
    office = Office.open(home)
    with office.reading() as connection:
        indexed = connection.execute(select(func.count()).select_from(ITEM).where(ITEM.c.kind == "report")).scalar()
    office.close()
    assert indexed == rows, f"{indexed} rows are in the index"
    spent = spent / rows * 1e6
    print(f"  by command: {rows / seconds:,.0f} rows/s, all in the index; {spent:.0f} µs of processors a row, {load()}")
    print(f"    ({done.stdout.strip()})")


def _past(time: str) -> str:
    return time.replace("2030", "2020").replace("2031", "2021")


@contextmanager
def record(database: str | None) -> Iterator[tuple[Home, Path]]:
    """Found a record for the block."""
    CACHE.mkdir(parents=True, exist_ok=True)
    base = Path(tempfile.mkdtemp(dir=CACHE, prefix="rows-"))
    try:
        yield found(base, database), base
    finally:
        shutil.rmtree(base, ignore_errors=True)


def measure(database: str | None, rows: int) -> None:
    """Measure both ways over one kind of database, each in a record of its own."""
    with record(database) as (home, base), serving(base) as served:
        by_program(home, base, served, rows)
    with record(database) as (home, base):
        by_command(home, base, rows)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--sqlite", action="store_true")
    parser.add_argument("--postgres", action="store_true")
    given = parser.parse_args()
    print(machine())
    if given.sqlite or not given.postgres:
        print("SQLite")
        measure(None, given.rows)
    if given.postgres or not given.sqlite:
        with postgres() as server:
            print("PostgreSQL")
            measure(server.address, given.rows)


if __name__ == "__main__":
    main()
