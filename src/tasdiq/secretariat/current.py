"""Read a record from disk: its current state, and the rows that stand. Needs no key and takes no lock."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

from tasdiq import register
from tasdiq.errors import MissingError, RecordError
from tasdiq.model.state import State
from tasdiq.model.steps import Opening
from tasdiq.record.reader import Reader
from tasdiq.secretariat.founding import Home
from tasdiq.standing import Subject


class Current:
    """A record's state that goes on with the record: only what is new is read and folded. For one thread at a time.

    `only` names the types of rows that are read, all unless given; without `texts`, those of documents are read when asked for.
    """

    def __init__(self, home: Home, only: Collection[str] | None = None, *, texts: bool = True) -> None:
        self._home, self._only, self._texts = home, only, texts
        self._reader: Reader | None = None
        self._folding = self._begun()
        self._state: State | None = None

    def state(self, at_least: int = 0) -> State:
        """Return the state as of what is on disk, or one that has seen `at_least` so many entries; for reading only.

        A state that was handed out does not change. Raise `MissingError` if there is no record, `RecordError` if it cannot
        be read.
        """
        if self._state is not None and 0 < at_least <= self._state.size:
            return self._state
        self._catch_up()
        if self._state is None or self._state.size != self._folding.size:
            self._state = self._folding.state()
            self._state.origin = self._open().origin
        return self._state

    def whole(self) -> State:
        """Return the state with all rows and texts, also if only some of them are read here."""
        return self.state() if self._only is None and self._texts else read_state(self._home)

    def text(self, sha256: str) -> str:
        """Return the text of a file, by its SHA-256; empty if it was withheld."""
        held = self._state.texts.get(sha256) if self._state else None
        return held if held is not None else (self._read_attachment(sha256) or b"").decode("utf-8")

    def lines(self, subject: Subject, member: str | None = None) -> list[bytes]:
        """Return the rows, as bytes, of what stands proposed about a subject, by one member or by anybody."""
        self._catch_up()
        return self._folding.standing.lines_of(subject, self._rows, member)

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Lend the reader, as of what is on disk now."""
        try:
            reader = self._open()
            reader.refresh()
            yield reader
        except RecordError:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the record; a later question opens it again."""
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.close()

    def _begun(self) -> register.Folding:
        return register.Folding(self._rows, self._attachment, self._only)

    def _open(self) -> Reader:
        if self._reader is None:
            self._home.require()
            self._reader = Reader.open(self._home.path)
        return self._reader

    def _catch_up(self) -> None:
        try:
            self._take(self._open())
        except RecordError:
            # Of a database that went away the connection is of no use any more: the next one to ask opens it anew.
            self.close()
            raise

    def _take(self, reader: Reader) -> None:
        if reader.refresh() == self._folding.size:
            return
        for entry in reader.since(self._folding.size):
            self._folding.take(entry)
        if self._folding.spent:
            self._folding, self._state = self._begun(), None
            for entry in reader.since(0):
                self._folding.take(entry)

    def _rows(self, index: int) -> list[bytes | None]:
        return [row.content if row else None for _, row in sorted(self._open().rows(index).items())]

    def _attachment(self, sha256: str) -> bytes | None:
        return self._read_attachment(sha256) if self._texts else None

    def _read_attachment(self, sha256: str) -> bytes | None:
        try:
            return self._open().attachment(sha256)
        except MissingError:
            return None


def read_state(home: Home) -> State:
    """Fold the record at `home`; raise `MissingError` if there is none."""
    current = Current(home)
    try:
        return current.state()
    finally:
        current.close()


def read_openings(home: Home, entry_ids: Sequence[str]) -> tuple[Opening, ...]:
    """Return what opens the commitments of these entries; raise `MissingError` if one of their bodies is not here."""
    with Reader.open(home.path) as reader:
        return tuple(_opening(reader, entry_id) for entry_id in entry_ids)


def _opening(reader: Reader, entry_id: str) -> Opening:
    committed = reader.committed(reader.entry(entry_id).index)
    if committed is None:
        raise MissingError(f"the body of {entry_id[:16]}… was redacted or is withheld here: it cannot be opened")
    salt, content = committed
    return Opening(entry=entry_id, salt=salt.hex(), content=content.decode())
