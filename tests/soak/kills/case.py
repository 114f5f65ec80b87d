"""A record that is written to, killed, and held to what its writers said."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from record.records import LOG, ORIGIN, constitute, draft, signed
from soak.kills import wal
from soak.kills.writer import killed
from tasdiq.errors import RecordError, TasdiqError
from tasdiq.record import canonical, checkpoint, merkle
from tasdiq.record.audit.store import RecordAudit
from tasdiq.record.log import Log
from tasdiq.record.reader import Reader
from tasdiq.record.store import Store


class Case:
    """One record, what was acknowledged of it, and every checkpoint it ever showed."""

    def __init__(self, base: Path, seed: int, database: str | None = None) -> None:
        self.directory, self.newest = base / "r", base / "state"
        self.chance = random.Random(seed)
        self.entries: dict[int, str] = {}
        self.gone: set[int] = set()
        self.signed: list[bytes] = []
        self.commit: tuple[str, int] | None = ("-", 0)
        self.stopped: list[str] = []
        with Log.create(self.directory, log_key=LOG, origin=ORIGIN, newest=self.newest, database=database) as log:
            constitute(log)
            self.signed.append(log.checkpoint())

    def live(self, seconds: float) -> int:
        """Let a writer live and die; return how many entries it had acknowledged."""
        before = len(self.entries)
        self.commit = ("-", 0)
        for word, *rest in killed(self.directory, self.newest, self.chance.randrange(2**32), seconds):
            match word:
                case "entry":
                    self.entries[int(rest[0])] = rest[1]
                case "gone":
                    self.gone.add(int(rest[0]))
                case "signed":
                    self.signed.append(canonical.unb64(rest[0]))
                case "wal":
                    self.commit = (rest[0], int(rest[1]))
                case "forgetting":
                    self.commit = None
                case "stopped":
                    self.stopped.append(" ".join(rest))
        return len(self.entries) - before

    def acknowledged(self) -> int:
        """Return how many entries the place apart says were acknowledged."""
        (head,) = self.newest.glob("*.acknowledged")
        return int(head.read_bytes()[:20])

    def garble(self) -> bool:
        """Garble what was written after the last acknowledgement; tell whether anything was."""
        # While a redaction is forgotten, pages go from the log into the file before anybody is told: noise in the log would
        # then be damage of the file. And killed between acknowledging and saying so, the log knows more than was said here.
        if self.commit is None or self.acknowledged() > max(self.entries, default=0) + 1:
            return False
        return wal.garble(self.directory, *self.commit, self.chance)

    def check(self) -> None:
        """Reopen the record, go on with it, and hold it to everything that was said."""
        with Log.open(self.directory, log_key=LOG, newest=self.newest) as log:
            (receipt,) = log.append([signed(log, draft(self.chance.randrange(10**9)))])
            self.entries[receipt.index] = receipt.id
            self.signed.append(log.checkpoint())
        store = Store.open(self.directory)
        try:
            standing = {index: noted.hex() for index, noted, _, _ in store.entries(0, store.size())}
            lost = [index for index, entry_id in self.entries.items() if standing.get(index) != entry_id]
            assert not lost, f"acknowledged entries are lost: {lost}"
            assert not [index for index in self.gone if store.body(index).plaintext is not None]
        finally:
            store.close()
        self._no_fork()
        verdict = RecordAudit(self.directory, opener=Store.open).run()
        assert verdict.ok, verdict.problems[:5]

    def _no_fork(self) -> None:
        with Reader.open(self.directory) as reader:
            for note in self.signed:
                found = checkpoint.open_checkpoint(note, [LOG.public])
                assert found.size <= reader.size
                assert merkle.edge_from(found.size, reader.node).root() == found.root, "two histories were signed"

    def cut_below(self, base: Path, *, database: bool) -> str:
        """Cut a copy below what was acknowledged; return what the log says when it is to go on ("" if nothing was lost)."""
        copy, state = base / "cut", base / "cut-state"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.rmtree(state, ignore_errors=True)
        shutil.copytree(self.directory, copy)
        shutil.copytree(self.newest, state)
        (copy / "record.sqlite-shm").unlink(missing_ok=True)
        wal.wal(copy).write_bytes(b"")
        file = copy / "record.sqlite"
        if database:
            file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
        try:
            if not database and self._size(copy) >= self.acknowledged():
                return ""
            with Log.open(copy, log_key=LOG, newest=state) as log:
                log.append([signed(log, draft(1))])
        except RecordError as error:
            return str(error)
        except TasdiqError as error:
            raise AssertionError("expected RecordError") from error
        raise AssertionError("a store cut below what was acknowledged went on")

    @staticmethod
    def _size(directory: Path) -> int:
        store = Store.open(directory)
        try:
            return store.size()
        finally:
            store.close()
