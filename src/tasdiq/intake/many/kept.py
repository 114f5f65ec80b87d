"""What was read of documents, kept on disk: attributions, and statements and tellings under way. Nothing here is evidence.

It lies beside a record, private like its texts, holds offsets and hardly a word of the documents (a file whose date waits for
others is there whole as long as it waits), and may be deleted at any time: what is missing or was read by another version of the
intake is read again. A file that cannot be used is begun anew.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from tasdiq.model.document import Received
from tasdiq.model.statement import Attribution, Statement
from tasdiq.model.told import AnyTold

FILE = "intake.sqlite"
RUNS_ON = ("tasdiq", "spacy", "onnxruntime")
_TABLES = """
CREATE TABLE IF NOT EXISTS attributions (document TEXT PRIMARY KEY, version TEXT, data BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reads (document TEXT PRIMARY KEY, version TEXT, data BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS held (file TEXT PRIMARY KEY, data BLOB) WITHOUT ROWID;
DELETE FROM held;
"""


class Read(msgspec.Struct, frozen=True):
    """What one document says and tells, as it was read, before anybody got a pseudonym."""

    statements: list[Statement]
    told: list[AnyTold]


class Kept(Mapping[str, Sequence[Attribution]]):
    """The attributions of documents by their ids, and more.

    With `path` None, or one that another process has, it lies in a place of its own that goes with this object.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._decoder = msgspec.msgpack.Decoder(list[Attribution])
        self._lock = _locked(path) if path else None
        self._scratch = None if self._lock is not None else TemporaryDirectory(prefix="tasdiq-")
        self.path = path if path and self._scratch is None else Path(self._scratch.name if self._scratch else "") / FILE
        try:
            self._open()
        except sqlite3.DatabaseError:
            for end in ("", "-wal", "-shm"):
                self.path.with_name(self.path.name + end).unlink(missing_ok=True)
            self._open()

    def _open(self) -> None:
        self.path.touch(mode=0o600)
        self._database = sqlite3.connect(self.path)
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "secure_delete = ON"):
            self._database.execute(f"PRAGMA {pragma}")
        self._database.executescript(_TABLES)

    def lie_at(self, path: Path) -> None:
        """Lie at another place from now on, with all that is kept, unless something lies there or another process has it."""
        if self._scratch is None or path.exists() or (lock := _locked(path)) is None:
            return
        self._database.commit()
        self._database.execute("VACUUM INTO ?", (str(path),))
        path.chmod(0o600)
        self.close()
        self.path, self._lock, self._scratch = path, lock, None
        self._open()

    def close(self) -> None:
        """Write what is new, and let go."""
        self._database.commit()
        self._database.close()
        if self._lock is not None:
            os.close(self._lock)
        if self._scratch:
            self._scratch.cleanup()

    def commit(self) -> None:
        """Keep what is new, also if this process is killed."""
        self._database.commit()

    # attributions

    def __getitem__(self, document: str) -> Sequence[Attribution]:
        row = self._database.execute("SELECT data FROM attributions WHERE document = ?", (document,)).fetchone()
        if row is None:
            raise KeyError(document)
        return self._decoder.decode(zlib.decompress(row[0]))

    def __iter__(self) -> Iterator[str]:
        yield from (document for (document,) in self._database.execute("SELECT document FROM attributions"))

    def __len__(self) -> int:
        return int(self._database.execute("SELECT count(*) FROM attributions").fetchone()[0])

    def keep(self, attributions: Mapping[str, bytes]) -> None:
        """Keep attributions by document id, as `packed`."""
        rows = ((document, version(), data) for document, data in attributions.items())
        self._database.executemany("INSERT OR REPLACE INTO attributions VALUES (?, ?, ?)", rows)

    def missing(self, documents: Iterable[str]) -> set[str]:
        """Return those of some documents whose attributions are not here, or are another version's."""
        here = self._database.execute("SELECT document FROM attributions WHERE version = ?", (version(),))
        return set(documents) - {document for (document,) in here}

    def only(self, documents: Collection[str]) -> None:
        """Let go of what belongs to other documents than these."""
        for gone in set(self) - set(documents):
            self._database.execute("DELETE FROM attributions WHERE document = ?", (gone,))

    # statements and tellings

    def put_read(self, document: str, under: str, read: bytes) -> None:
        """Keep what a document was read to say, packed, under a digest of all that it depends on."""
        self._database.execute("INSERT OR REPLACE INTO reads VALUES (?, ?, ?)", (document, under, read))

    def was_read(self, under: str) -> set[str]:
        """Return the documents that were read under a digest."""
        rows = self._database.execute("SELECT document FROM reads WHERE version = ?", (under,))
        return {document for (document,) in rows}

    def read(self, document: str) -> Read:
        """Return what a document was read to say; `KeyError` if it was not read."""
        row = self._database.execute("SELECT data FROM reads WHERE document = ?", (document,)).fetchone()
        if row is None:
            raise KeyError(document)
        return msgspec.msgpack.decode(zlib.decompress(row[0]), type=Read)

    def forget_reads(self) -> None:
        """Let go of all that was read: the record has it."""
        self._database.execute("DELETE FROM reads")
        self._database.commit()

    # files that wait for others

    def hold(self, file: Received) -> None:
        """Keep a file that waits for all others to be read."""
        self._database.execute("INSERT OR REPLACE INTO held VALUES (?, ?)", (file.file, packed(file)))

    def held(self, name: str) -> Received:
        """Return a file that waited, and let go of it."""
        (data,) = self._database.execute("DELETE FROM held WHERE file = ? RETURNING data", (name,)).fetchone()
        return msgspec.msgpack.decode(zlib.decompress(data), type=Received)


def _locked(path: Path) -> int | None:
    """Return a lock on a place, None if another process has it: it is let go of when that process ends, however it does."""
    lock = os.open(path.with_name(f"{path.name}.lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        return None
    return lock


def packed(value: object) -> bytes:
    """Return a value of the model as it is kept."""
    return zlib.compress(msgspec.msgpack.encode(value), 1)


@cache
def version() -> str:
    """Return a digest of the intake as it is installed: its files by name, size and time, and what it runs on."""
    folder = Path(__file__).parents[1]
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    stats = [(str(path.relative_to(folder)), path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    return hashlib.sha256(repr((stats, [*map(_release, RUNS_ON)])).encode()).hexdigest()


def _release(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
