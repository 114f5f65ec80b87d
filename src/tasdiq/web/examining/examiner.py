"""Have a file looked into by a process of its own, which is stopped when it takes too long and whose answer is not trusted.

1. It is given the open file and an empty folder, no environment, no argument that comes from outside, and its own limits
   (`limits`); it is killed after `PATIENCE` seconds.
2. At most `AT_ONCE` such processes run for one worker: whoever comes next waits a little, then is told to try again.
3. Its answer is read as data of a fixed shape and size. A process that dies or answers badly has told that the file cannot be
   looked into, and nothing else happens.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import TypeVar

import msgspec

from tasdiq.errors import MissingError, RecordError

PATIENCE, AT_ONCE, LARGEST_ANSWER, LARGEST_PREVIEW = 30.0, 2, 2**20, 256 * 1024
_MODULE = "tasdiq.web.examining"
_DIED = "it could not be looked into: the attempt took too long or broke off"


class Look(msgspec.Struct, frozen=True):
    """What a file is and says. `facts` and `credentials` are pairs of a name and words; `failed` says what could not be read."""

    media: str = "application/octet-stream"
    facts: tuple[tuple[str, str], ...] = ()
    credentials: tuple[tuple[str, str], ...] = ()
    text: str = ""
    cut: bool = False
    preview: bool = False
    failed: str = ""
    picture: bytes = b""


class Copied(msgspec.Struct, frozen=True):
    """A copy for the public: its media type and what was left behind; or why there is none."""

    media: str = ""
    left: tuple[str, ...] = ()
    failed: str = ""


A = TypeVar("A", Look, Copied)


class Examiner:
    """Starts the processes, a few at a time."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._turns, self._patience = threading.BoundedSemaphore(AT_ONCE), patience

    def look(self, path: Path) -> Look:
        """Return what the file at a path is and says, with a small picture of it (JPEG) where it is one."""
        with tempfile.TemporaryDirectory(prefix="tasdiq-look-") as folder:
            told = self._ask("look", path, Path(folder), Look, Look(failed=_DIED))
            return msgspec.structs.replace(told, picture=_picture(Path(folder) / "preview") if told.preview else b"")

    def copy(self, path: Path, to: Path) -> Copied:
        """Write a copy of the picture at a path, without anything beside it, to another path (same disk not needed)."""
        with tempfile.TemporaryDirectory(prefix="tasdiq-copy-", dir=to.parent) as folder:
            told = self._ask("copy", path, Path(folder), Copied, Copied(failed=_DIED))
            made = Path(folder) / "copy"
            if not told.failed and not made.is_file():
                return Copied(failed=_DIED)
            if not told.failed:
                made.chmod(0o600)
                made.replace(to)
            return told

    def _ask(self, what: str, path: Path, folder: Path, form: type[A], died: A) -> A:
        if not self._turns.acquire(timeout=self._patience):
            raise RecordError("too many files are being looked into just now: try again in a minute")
        try:
            with path.open("rb") as file:
                done = subprocess.run(
                    [sys.executable, "-I", "-m", _MODULE, what],
                    stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=folder, env={}, timeout=self._patience,
                    check=False, start_new_session=True,
                )  # fmt: skip
        except FileNotFoundError as error:
            raise MissingError("this server does not hold the file") from error
        except subprocess.TimeoutExpired:
            return died
        finally:
            self._turns.release()
        if done.returncode != 0 or len(done.stdout) > LARGEST_ANSWER:
            return died
        try:
            return msgspec.json.decode(done.stdout, type=form)
        except msgspec.DecodeError:
            return died


def _picture(path: Path) -> bytes:
    if not path.is_file() or path.stat().st_size > LARGEST_PREVIEW:
        return b""
    data = path.read_bytes()
    return data if data.startswith(b"\xff\xd8\xff") else b""
