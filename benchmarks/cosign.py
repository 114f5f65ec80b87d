"""Cosign round trips a second, beside what they cannot be faster than, in the same run; and how soon a cosigner listens.

`.venv/bin/python benchmarks/cosign.py [--requests N] [--runs N]`

A cosigner runs as a process of its own; requests follow each other on one kept connection, each for one more entry, so that
each is verified, persisted (one fsync) and signed. Raw: the same rows committed one by one by the standard library with the
same settings. Rounds of the two take turns; each figure is the median of its rounds.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

from big_record import LOG, ORIGIN, machine

from tasdiq.record import checkpoint, merkle, note
from tasdiq.record.cosign import rules
from tasdiq.record.signing import SigningKey

LOG_KEY = note.Verifier(ORIGIN, LOG.public)


def requests(count: int) -> list[bytes]:
    """Return one request an entry for a log of `count` entries."""
    hashes = [merkle.leaf_hash(b"%d" % index) for index in range(count)]

    def node(level: int, index: int) -> bytes:
        return merkle.perfect_root(hashes[index << level : (index + 1) << level])

    made, edge = [], merkle.RightEdge()
    for size, hashed in enumerate(hashes, 1):
        edge.push(hashed)
        proof = merkle.consistency_proof(size - 1, size, node) if size > 1 else []
        text = checkpoint.Checkpoint(ORIGIN, size, edge.root()).text
        made.append(rules.write_request(size - 1, proof, note.sign(text, LOG_KEY, LOG.sign)))
    return made


def start(directory: Path) -> tuple[subprocess.Popen[str], str, float]:
    """Start a new cosigner; return it, where it listens, and how long that took in seconds."""
    SigningKey.from_seed(hashlib.sha256(directory.name.encode()).digest()).save(directory / "c.key")
    words = [sys.executable, "-m", "tasdiq.record", "cosign", "serve", str(directory / "m"), "--new", "--port", "0"]
    words += ["--key", str(directory / "c.key"), "--name", "c", "--log", str(LOG_KEY)]
    started = time.perf_counter()
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout
    found = re.search(r"cosigns at (\S+)", process.stdout.readline())
    assert found
    return process, found[1], time.perf_counter() - started


def round_trips(url: str, made: list[bytes]) -> float:
    """Return round trips a second."""
    host = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(str(host.hostname), host.port)
    started = time.perf_counter()
    for body in made:
        connection.request("POST", "/add-checkpoint", body)
        response = connection.getresponse()
        assert response.status == 200, response.read()
        response.read()
    return len(made) / (time.perf_counter() - started)


def raw(directory: Path, made: list[bytes]) -> float:
    """Return durable commits a second of one such row each."""
    connection = sqlite3.connect(directory / "raw.sqlite", isolation_level=None)
    for setting in ("journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {setting}")
    connection.execute("CREATE TABLE cosigned (seq INTEGER PRIMARY KEY, size INTEGER, note BLOB)")
    started = time.perf_counter()
    for size, body in enumerate(made):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO cosigned (size, note) VALUES (?, ?)", (size, body))
        connection.execute("COMMIT")
    speed = len(made) / (time.perf_counter() - started)
    connection.close()
    return speed


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=500)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    made = requests(given.requests)
    figures: dict[str, list[float]] = {"listens": [], "cosign": [], "raw": []}
    for _ in range(given.runs):
        with tempfile.TemporaryDirectory() as folder:
            process, url, seconds = start(Path(folder))
            try:
                figures["listens"].append(seconds)
                figures["cosign"].append(round_trips(url, made))
            finally:
                process.terminate()
                process.wait()
            figures["raw"].append(raw(Path(folder), made))
    median = {name: statistics.median(values) for name, values in figures.items()}
    print(machine())
    print(f"a new cosigner listens after {median['listens']:.2f} s (fastest {min(figures['listens']):.2f})")
    print(f"cosign round trips {median['cosign']:.0f}/s; raw durable commits {median['raw']:.0f}/s;", end=" ")
    print(f"ratio {median['cosign'] / median['raw']:.2f}")


if __name__ == "__main__":
    main()
