"""A joint record of any size with made-up members, for the benchmarks of the table: what happens in it is `table_story`'s.

As a command: `.venv/bin/python benchmarks/table_record.py 100000 [--database postgresql://… -o FOLDER]` writes one.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
import time
from pathlib import Path

from big_record import CACHE, machine
from table_story import FIRST_DAY, Made, stream

from tasdiq.clock import timestamp
from tasdiq.intake.charter import parse_charter
from tasdiq.mechanism import Mechanism
from tasdiq.model.sealing import plain
from tasdiq.record import canonical
from tasdiq.record.entry import Draft, Submission
from tasdiq.record.log import Log
from tasdiq.record.signing import SigningKey
from tasdiq.secretariat.custody import sign_for
from tasdiq.secretariat.founding import Home, found_joint
from tasdiq.settings import Settings

CHARTER = b"""
title = "Joint mechanism of Kestria and Vorland"
form = "joint"
[[party]]
id = "kes"
name = "Kestria"
[[party]]
id = "vor"
name = "Vorland"
[[mediator]]
id = "ord"
name = "Ordania"
[[observer]]
id = "riv"
name = "Union of Rivers"
[[agreement]]
id = "truce"
title = "Truce of Sella"
form = "signed"
[[commitment]]
id = "no-fire"
agreement = "truce"
bearer = "vor"
text = "No fire across the line of contact"
acknowledged_by = ["vor"]
[[commitment]]
id = "no-fire-kes"
agreement = "truce"
bearer = "kes"
text = "No fire across the line of contact"
acknowledged_by = ["kes"]
[procedure]
decision = "majority with mediator"
"""
MEMBERS = ("kes", "vor", "ord", "riv")
GROUP = 1000


def key(name: str) -> SigningKey:
    """Return the same key for the same member."""
    return SigningKey.from_seed(hashlib.sha256(f"benchmark {name}".encode()).digest())


def found(base: Path, database: str | None = None) -> Home:
    """Found the record at `base/record`."""
    home = Home(base / "record")
    with home.building() as place:
        founding = found_joint(
            place, parse_charter(CHARTER), timestamp(FIRST_DAY), {name: key(name) for name in MEMBERS}
        )
        Mechanism.found(place, founding, settings(base), database)
    return home


def settings(base: Path) -> Settings:
    """Return the settings of a record under `base`."""
    return Settings(base / "state")


def signed(log: Log, made: Made) -> Submission:
    """Sign a body for the record as it stands."""
    bare, concealed = plain(made.body)
    draft = Draft(
        made.kind,
        made.member,
        timestamp(made.at),
        canonical.dumps(bare),
        access=made.access,
        rows=made.rows,
        concealed=concealed,
    )
    return sign_for(log.chain, draft, [key(made.member)])


def write(base: Path, size: int, database: str | None = None) -> Home:
    """Write a record of `size` entries under `base`, past the rules: a fold holds every step against them all the same."""
    home = found(base, database)
    with Log.open(home.path, log_key=home.key("log"), newest=settings(base).state_directory) as log:
        group: list[Submission] = []
        for made in stream(size - log.size):
            group.append(signed(log, made))
            if len(group) == GROUP or made.rows:
                log.append(group)
                group = []
                if sys.stderr.isatty():
                    print(f"\r{log.size:,} of {size:,}", end="", file=sys.stderr)
        log.append(group)
        log.checkpoint()
    return home


def table_record(size: int) -> Path:
    """Return a folder with a record of `size` entries in SQLite, written on first use."""
    base = CACHE / f"table-{size}"
    if not (base / "done").exists():
        shutil.rmtree(base, ignore_errors=True)
        base.mkdir(parents=True)
        began = time.perf_counter()
        write(base, size)
        (base / "done").touch()
        print(f"{size:,} entries written in {time.perf_counter() - began:.0f} s", file=sys.stderr)
    return base


def main() -> None:
    """Write the record asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("entries", type=int, nargs="?", default=100_000)
    parser.add_argument("--database", metavar="URL", help="postgresql://…; without it SQLite")
    parser.add_argument("-o", "--out", type=Path, help="a folder for it; needed with --database")
    given = parser.parse_args()
    print(machine())
    if given.out:
        print(write(given.out, given.entries, given.database).path)
    else:
        print(table_record(given.entries))


if __name__ == "__main__":
    main()
