"""A joint record with cosigners, and cosigners as processes of their own, for the tests of the doors."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import pytest

from record.records import LOG, ORIGIN, PUBLISHER, TIME, draft, joint_log, key, opened, signed
from tasdiq.cli.root import main
from tasdiq.record import canonical, manifest
from tasdiq.record.audit.trust import write_trust
from tasdiq.record.entry import Draft
from tasdiq.record.note import Verifier
from tasdiq.record.publish import publish
from tasdiq.record.reader import Reader

LOG_KEY = str(Verifier(ORIGIN, LOG.public))
MODULE = (sys.executable, "-m", "tasdiq.record")


class Done(NamedTuple):
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


def write_record(base: Path, names: Sequence[str], quorum: int) -> Path:
    """Write a joint record under `base` that names these cosigners; their keys lie beside it as `<name>.key`."""
    directory = base / "record"
    with joint_log(directory) as log:
        listed = [{"name": name, "key": canonical.b64url(key(name).public)} for name in names]
        events = [{"event": "cosigners", "keys": listed}, {"event": "quorum", "k": quorum}]
        changed = Draft("CharterAmended", "kestria", TIME, body=b'{"cosigners":"made up"}', keys=events)
        log.append([signed(log, changed, key("kestria"), key("vorland"))])
        log.checkpoint()
        (base / "keys.txt").write_text(write_trust(log.chain.keys), encoding="utf-8")
    (directory / "keys").mkdir(exist_ok=True)
    LOG.save(directory / "keys" / "log.key")
    for name in names:
        key(name).save(base / f"{name}.key")
    return directory


def grow(directory: Path, entries: int, word: int = 0) -> bytes:
    """Append entries and return the checkpoint over all."""
    with opened(directory) as log:
        made = [draft(word + log.size + at, member="kestria") for at in range(entries)]
        log.append([signed(log, each) for each in made])
        return log.checkpoint()


def write_site(directory: Path, site: Path) -> Path:
    """Publish the record with one page."""
    site.mkdir()
    with Reader.open(directory) as reader:
        publish(reader, site)
    (site / "index.html").write_text("made up", encoding="utf-8")
    manifest.write(site, "publisher", PUBLISHER)
    return site


def command(state: Path, *arguments: object) -> Done:
    """Run `tasdiq` in this process; an exception that its `main` lets through fails the test, as a traceback would."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setenv("TASDIQ_STATE", str(state))
        patch.setattr(sys, "argv", ["tasdiq", *map(str, arguments)])
        try:
            main()
        except SystemExit as stopped:
            code = int(stopped.code or 0)
    return Done(code, out.getvalue(), err.getvalue())


class Running:
    """A cosigner in a process of its own."""

    def __init__(self, process: subprocess.Popen[str], url: str) -> None:
        self.process, self.url = process, url

    def kill(self) -> None:
        """End it without any warning."""
        self.process.kill()
        self.process.communicate()

    def stop(self) -> tuple[int, str]:
        """End it by SIGTERM; return its exit code and what it logged."""
        self.process.send_signal(signal.SIGTERM)
        _, logged = self.process.communicate(timeout=20)
        return self.process.returncode, logged


def start(base: Path, name: str, *options: object, program: Sequence[object] = MODULE) -> Running:
    """Start the cosigner `name`, new where it has no memory yet, on a free port."""
    memory = base / f"{name}.memory"
    new = [] if memory.exists() else ["--new"]
    words = [*program, "cosign", "serve", memory, "--key", base / f"{name}.key", "--name", name, "--log", LOG_KEY]
    process = subprocess.Popen(
        [str(each) for each in (*words, "--port", 0, *new, *options)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TASDIQ_STATE": str(base / "cosigners")},
    )
    assert process.stdout
    said = process.stdout.readline()
    found = re.search(r"cosigns at (\S+)", said)
    if not found:
        raise AssertionError(f"no cosigner: {said}{process.communicate()[1]}")
    return Running(process, found[1])


@contextmanager
def running(base: Path, name: str, *options: object, program: Sequence[object] = MODULE) -> Iterator[Running]:
    """Run a cosigner for the length of a block."""
    cosigner = start(base, name, *options, program=program)
    try:
        yield cosigner
    finally:
        cosigner.kill()
