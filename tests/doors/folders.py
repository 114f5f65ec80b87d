"""Made-up folders for the tests of the doors: press reports about Kestria and Vorland, a table, a charter, hostile files."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

TASDIQ = Path(sys.executable).with_name("tasdiq")

SHELLING = """Kestria says Vorland shelled border posts

Daily Post
4 March 2025

KETTA – The Ministry of Information of Kestria said on Tuesday that Vorland had shelled three border posts near Salova. \
“Vorland violated the ceasefire at dawn,” spokeswoman Ana Brel told reporters.

Vorland's foreign ministry denied the claim. “Our forces have not fired across the river,” spokesman Orlan Teves said in a \
statement.
"""
DENIAL = """Vorland denies firing across the river

Harbour Times
5 March 2025

TOLSK – Vorland's foreign ministry said on Wednesday that its forces had respected the ceasefire. Spokesman Orlan Teves \
rejected the accusation that Vorland violated the ceasefire.

Kestria said the ceasefire was still in force. Vorland said the ceasefire was still in force.
"""
CROSSING = """Crossing at Brenk closed

Radio Tolsk
6 March 2025

TOLSK – Vorland's border guard said on Thursday that the crossing at Brenk was closed to all traffic. Kestria's trade ministry \
said 200 lorries were waiting.
"""
TWO_PARTIES = '[[party]]\nid = "kes"\nname = "Kestria"\n\n[[party]]\nid = "vor"\nname = "Vorland"\n'
TABLE = """report_id,source_id,reported_at,time,lat,lon,type,actor_a,actor_b,killed_min,killed_max,place
r1,daily-post,2025-03-04,2025-03-04,45.1,21.3,ground/shelling,vor,kes,2,2,Salova
r2,harbour-times,2025-03-05,2025-03-04,45.1,21.3,ground/shelling,vor,kes,1,3,Salova
"""
BROKEN_ROWS = """r3,daily-post,2999-01-01,2999-01-01,45.1,21.3,ground/shelling,vor,kes,1,1,Salova
r4,daily-post,2025-03-04,2025-03-04,200,21.3,ground/shelling,vor,kes,1,1,Salova
r5,daily-post,2025-03-04,2025-03-04,45.1
r6,daily-post,2025-03-04,2025-03-04,45.1,21.3,ground/shelling,vor,kes,many,1,Salova
"""


def write_folder(path: Path, *, charter: str = TWO_PARTIES, table: str = TABLE) -> Path:
    """Write the small folder: three press reports and, where given, a charter and a table."""
    path.mkdir(parents=True)
    for name, text in (("shelling.txt", SHELLING), ("denial.txt", DENIAL), ("crossing.txt", CROSSING)):
        (path / name).write_text(text, encoding="utf-8")
    if charter:
        (path / "charter.toml").write_text(charter, encoding="utf-8")
    if table:
        (path / "events.csv").write_text(table, encoding="utf-8")
    return path


def environment(state: Path) -> dict[str, str]:
    """Return the environment commands run in: ours first in the path, state kept apart in `state`."""
    return {**os.environ, "TASDIQ_STATE": str(state), "PATH": f"{TASDIQ.parent}{os.pathsep}{os.environ['PATH']}"}


def tasdiq(state: Path, *arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the installed command as a process of its own."""
    command = [str(TASDIQ), *map(str, arguments)]
    return subprocess.run(
        command, cwd=cwd, env=environment(state), capture_output=True, text=True, errors="backslashreplace", timeout=240
    )


def fingerprints(path: Path) -> Mapping[str, tuple[str, int, int]]:
    """Return hash, time of change and mode of everything under a folder."""
    return {
        str(found.relative_to(path)): (
            hashlib.sha256(found.read_bytes()).hexdigest() if found.is_file() else "",
            found.lstat().st_mtime_ns,
            found.lstat().st_mode,
        )
        for found in [path, *sorted(path.rglob("*"))]
    }
