"""A writer that appends, redacts and signs until it is killed, and says what was acknowledged as soon as it was.

It runs in a forked process, so that a kill costs milliseconds. Its lines: `entry <index> <id>`, `gone <index>`,
`signed <base64 of a checkpoint>`, `wal <salts of the write-ahead log> <where its last commit ends>`,
`forgetting` before a redaction, `ready`, `stopped <why>`.
"""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

from record.records import LOG, TIME, draft, signed
from soak.kills.wal import last_commit
from tasdiq.errors import TasdiqError
from tasdiq.record import canonical
from tasdiq.record.entry import Draft
from tasdiq.record.log import Log


class Writer:
    """The steps of one life."""

    def __init__(self, log: Log, directory: Path, pipe: int, seed: int) -> None:
        self._log, self._directory, self._pipe = log, directory, pipe
        self._chance = random.Random(seed)
        self._mine: list[tuple[int, str]] = []
        self._signed_at = 0.0

    def say(self, *words: object) -> None:
        """Write a line at once."""
        os.write(self._pipe, (" ".join(map(str, words)) + "\n").encode())

    def step(self) -> None:
        """Do one thing and say what was acknowledged."""
        dice = self._chance.random()
        if dice < 0.08 and self._mine:
            self._redact()
        elif dice < 0.2 and time.monotonic() - self._signed_at > 1.05:
            note = self._log.checkpoint()
            self.say("wal", *last_commit(self._directory))
            self.say("signed", canonical.b64(note))
            self._signed_at = time.monotonic()
        else:
            self._append(self._chance.choice([1, 1, 1, 2, 5, 20, 40]))

    def _append(self, count: int) -> None:
        number = self._chance.randrange(10**9)
        made = [draft(number + n, access=self._chance.choice(["public", "joint"])) for n in range(count)]
        if self._chance.random() < 0.2:
            made.append(draft(number, rows=tuple(canonical.dumps({"n": n}) for n in range(5))))
        receipts = self._log.append([signed(self._log, each) for each in made])
        self.say("wal", *last_commit(self._directory))
        for receipt in receipts:
            self.say("entry", receipt.index, receipt.id)
            self._mine.append((receipt.index, receipt.id))

    def _redact(self) -> None:
        index, entry_id = self._mine.pop(self._chance.randrange(len(self._mine)))
        notice = Draft("BodyRedacted", "analyst", TIME, refs=(entry_id,))
        self.say("forgetting")
        (receipt,) = self._log.append([signed(self._log, notice)])
        self.say("wal", *last_commit(self._directory))
        self.say("entry", receipt.index, receipt.id)
        self.say("gone", index)


def live(directory: Path, newest: Path, pipe: int, seed: int) -> None:
    """Write until killed; an error of ours (the server is gone) ends this life too."""
    try:
        with Log.open(directory, log_key=LOG, newest=newest) as log:
            writer = Writer(log, directory, pipe, seed)
            writer.say("ready")
            while True:
                writer.step()
    except TasdiqError as error:
        os.write(pipe, f"stopped {str(error)[:300]!r}\n".encode())


def killed(directory: Path, newest: Path, seed: int, seconds: float) -> list[list[str]]:
    """Let a writer live for as long, kill it with SIGKILL, and return its lines as words."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(reading)
            live(directory, newest, writing, seed)
        finally:
            os._exit(0)
    os.close(writing)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    with os.fdopen(reading, "rb") as said:
        lines = said.read().split(b"\n")
    os.waitpid(child, 0)
    # A line cut off by the kill was not said.
    return [line.decode().split(" ") for line in lines[:-1]]
