"""A real server under readers and writers, over a record of 100,000 entries in PostgreSQL; and killed while it is written to.

`.venv/bin/python benchmarks/serving.py [--entries 100000] [--seconds 180] [--readers 20] [--writers 4] [--kill]`

Readers are officers of four members and one who did not sign in; each asks for one page after the other, as they are linked.
Writers enter signed steps, each waiting for the answer and then reading what it entered. With --kill a worker and the writer
are killed (SIGKILL) and PostgreSQL is restarted meanwhile; afterwards every entry that was acknowledged must stand at its
place, and the record must audit. The load is made on the same machine.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from big_record import CACHE, machine
from table_record import settings, signed, write
from table_server import TASDIQ, Postgres, Served, postgres, serving, session, token
from table_story import Made

from tasdiq.clock import timestamp
from tasdiq.mechanism import Mechanism
from tasdiq.model import entries
from tasdiq.model.call import CallLogged
from tasdiq.record.reader import Reader
from tasdiq.record.submission import to_bytes
from tasdiq.secretariat.custody import read_chain
from tasdiq.secretariat.founding import Home

OFFICERS = (("kes", "liaison"), ("vor", "liaison"), ("ord", "mediator"), ("riv", "observer"))
PAGES = (
    "/", "/desk", "/cases", "/cases/case-{case}", "/agreements", "/commitments/no-fire", "/calls", "/calls/call-{call}",
    "/propositions", "/propositions/p{point}", "/incidents", "/documents", "/entries", "/entries/{entry}", "/search?q=mortar",
    "/search?q=ridge+convoy&place=sella", "/search?q=number+{entry}", "/notices", "/api/v1/cases?limit=50",
)  # fmt: skip
SHARES = {"case": 20, "call": 10, "entry": 1}
"""One of how many entries opens a case, or logs a call, in the record that is read."""


@dataclass
class Measured:
    """What readers and writers met."""

    times: dict[str, list[float]] = field(default_factory=dict)
    entering: list[float] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)
    acknowledged: dict[str, int] = field(default_factory=dict)
    memory: list[list[int]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def read(self, page: str, seconds: float, status: int) -> None:
        """Note a page."""
        with self.lock:
            if status < 500 and status != 429:
                self.times.setdefault(page, []).append(seconds)
            if status >= 400:
                self.wrong[f"{page}: {status}"] += 1


def read(served: Served, cookie: str, size: int, ends: float, seed: int, found: Measured) -> None:
    """Ask for pages until the time is over."""
    chance = random.Random(seed)
    pages = [page for page in PAGES if cookie or page not in ("/desk", "/notices")]
    with httpx.Client(
        base_url=served.address, timeout=60, cookies={"tasdiq_session": cookie} if cookie else None
    ) as client:
        while time.monotonic() < ends:
            page = chance.choice(pages)
            numbers = {name: chance.randrange(size // share) for name, share in SHARES.items()}
            address, began = page.format(point=chance.randrange(300), **numbers), time.perf_counter()
            try:
                status = client.get(address).status_code
            except httpx.HTTPError as error:
                found.read(type(error).__name__, 0.0, 599)
                time.sleep(0.2)
                continue
            found.read(page, time.perf_counter() - began, status)


def enter(served: Served, home: Home, bearer: str, ends: float, number: int, found: Measured) -> None:
    """Enter steps until the time is over: one is signed, handed in, answered, and read."""
    chain, count, member = read_chain(home.path), 0, ("kes", "vor")[number % 2]
    headers = {"Authorization": f"Bearer {bearer}"}
    holder = type("Chained", (), {"chain": chain})()
    with httpx.Client(base_url=served.address, timeout=90) as client:
        while time.monotonic() < ends:
            count += 1
            made = to_bytes(signed(holder, _step(member, number, count)))
            began = time.perf_counter()
            try:
                answer = client.post(
                    "/api/v1/entries", content=made, headers=headers | {"Content-Type": "application/json"}
                )
            except httpx.HTTPError as error:
                found.read(f"entering: {type(error).__name__}", 0.0, 599)
                time.sleep(0.3)
                continue
            seconds = time.perf_counter() - began
            with found.lock:
                found.entering.append(seconds)
                if answer.status_code == 201:
                    entered = answer.json()["entered"][0]
                    found.acknowledged[entered["id"]] = entered["index"]
                else:
                    found.wrong[f"entering: {answer.status_code} {answer.text[:160]}"] += 1
            if answer.status_code == 201:
                began = time.perf_counter()
                status = client.get(f"/api/v1/entries/{entered['id']}", headers=headers).status_code
                found.read("/api/v1/entries/(just entered)", time.perf_counter() - began, status)
            time.sleep(0.2)


def _step(member: str, number: int, count: int) -> Made:
    now = datetime.now(UTC)
    at = timestamp(now)
    other = "vor" if member == "kes" else "kes"
    if count % 3:
        logged = CallLogged(
            call=f"load-{number}-{count}", caller=member, called=other, tried_at=timestamp(now - timedelta(minutes=5)),
            reached_at=timestamp(now - timedelta(minutes=4)), asked="to hold fire at the ford", read_back="as asked", at=at,
        )  # fmt: skip
        return Made("CallLogged", member, logged, now, "joint")
    opened = entries.CaseOpened(
        case=f"load-{number}-{count}", subject=f"p{count % 300}", subject_kind="proposition", allegation="Fire at the ford",
        alleged_by=member, alleged_against=other, commitment="no-fire" if other == "vor" else "no-fire-kes", at=at,
    )  # fmt: skip
    return Made("CaseOpened", member, opened, now)


def run(served: Served, home: Home, given: argparse.Namespace, disturb: Postgres | None) -> Measured:
    """Let everybody work for the time given."""
    found, ends = Measured(), time.monotonic() + given.seconds
    cookies = [session(home, member, role, f"Reader {role}") for member, role in OFFICERS] + [""]
    tokens = [token(home, ("kes", "vor")[n % 2], "liaison", f"Writer {n}") for n in range(given.writers)]
    readers = [
        threading.Thread(target=read, args=(served, cookies[n % len(cookies)], given.entries, ends, n, found))
        for n in range(given.readers)
    ]
    writers = [
        threading.Thread(target=enter, args=(served, home, tokens[n], ends, n, found)) for n in range(given.writers)
    ]
    for thread in (*readers, *writers):
        thread.start()
    blows = [given.seconds * part for part in (0.25, 0.5, 0.75)] if disturb else []
    began = time.monotonic()
    while time.monotonic() < ends:
        time.sleep(1.0)
        with found.lock:
            found.memory.append(served.memory_mb())
        if blows and time.monotonic() - began > blows[0]:
            blows.pop(0)
            _disturb(served, disturb, len(blows))
    for thread in (*readers, *writers):
        thread.join(120)
    return found


def _disturb(served: Served, server: Postgres | None, left: int) -> None:
    children = served.children()
    if left == 2:
        print("SIGKILL of a worker", file=sys.stderr)
        os.kill(children[-1], signal.SIGKILL)
    elif left == 1:
        print("SIGKILL of the writer", file=sys.stderr)
        os.kill(children[0], signal.SIGKILL)
    elif server:
        print("PostgreSQL is restarted", file=sys.stderr)
        server.stop("immediate")
        server.start()


def report(found: Measured, seconds: float) -> None:
    """Print what was measured."""
    every = [time for times in found.times.values() for time in times]
    print(f"pages: {len(every):,} ({len(every) / seconds:.0f}/s), {_spread(every)}")
    for page, times in sorted(found.times.items(), key=lambda item: -statistics.median(item[1])):
        print(f"  {page:<40} {len(times):>6}  {_spread(times)}")
    print(f"entries: {len(found.acknowledged):,} acknowledged, {_spread(found.entering)}")
    print(f"wrong: {dict(found.wrong.most_common(12)) or 'nothing'}")
    steady = [sum(each) for each in found.memory if each]
    marks = [steady[len(steady) * part // 8] for part in range(8)] + steady[-1:] if steady else []
    print(f"memory of writer and workers together, MB over time: {marks}")


def _spread(times: list[float]) -> str:
    if len(times) < 2:
        return "too few"
    cuts = statistics.quantiles(times, n=100)
    return f"p50 {cuts[49] * 1e3:.0f} ms, p95 {cuts[94] * 1e3:.0f} ms, p99 {cuts[98] * 1e3:.0f} ms"


def check(home: Home, found: Measured) -> None:
    """Exit unless every acknowledged entry stands at its place."""
    with Reader.open(home.path) as reader:
        lost = [
            ident for ident, index in found.acknowledged.items() if index >= reader.size or reader[index].id != ident
        ]
    print(f"lost of {len(found.acknowledged):,} acknowledged: {len(lost)}")
    if lost:
        raise SystemExit(1)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--seconds", type=int, default=180)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--writers", type=int, default=4)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--kill", action="store_true", help="kill and restart meanwhile, and look for what was acknowledged"
    )
    given = parser.parse_args()
    print(machine())
    CACHE.mkdir(parents=True, exist_ok=True)
    base = Path(tempfile.mkdtemp(dir=CACHE, prefix="serving-"))
    try:
        with postgres() as server:
            home = write(base, given.entries, server.address)
            environment = {**os.environ, "TASDIQ_STATE": str(base / "state")}
            subprocess.run([str(TASDIQ), "rebuild", str(home.path)], env=environment, check=True)
            with serving(base, given.workers) as served:
                found = run(served, home, given, server if given.kill else None)
                report(found, given.seconds)
            check(home, found)
            if given.kill:
                with Mechanism.open(home, settings(base)) as mechanism:
                    print(f"{mechanism.log.size:,} entries; the record opens for writing")
    finally:
        shutil.rmtree(base, ignore_errors=True)


if __name__ == "__main__":
    main()
