"""The current state of a record that others append to, kept at hand: what a server's pages are made from.

1. A state that was handed out does not change: whoever reads it is not disturbed by what arrives.
2. `state(at_least=n)` has seen the first n entries: who was told that an entry stands finds it.
3. Whoever asks for no more than there is waits for nobody: one thread catches up, others go on with the state before.
4. While the database is away, the state before is given, unless more is asked for.
"""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tasdiq.errors import RecordError
from tasdiq.model.state import State
from tasdiq.record.reader import Reader
from tasdiq.secretariat.current import Current
from tasdiq.secretariat.founding import Home

_MOST_READERS = 10
_PATIENCE_S = 10.0
_PAUSE_S = 0.1


class Live:
    """A record's current state. With `every` 0 it is looked for news at each question, else so many seconds apart."""

    def __init__(self, home: Home, every: float = 0.0) -> None:
        self.home, self._every = home, every
        self._current = Current(home)
        self._catching_up, self._pool = threading.Lock(), threading.Lock()
        self._state: State | None = None
        self._looked = 0.0
        self._free: list[Reader] = []

    def state(self, at_least: int = 0) -> State:
        """Return the state as of what was entered, at least so many entries; for reading only."""
        state = self._state
        if state is None or state.size < at_least:
            return self._waited_for(at_least)
        if time.monotonic() - self._looked < self._every:
            return state
        if not self._catching_up.acquire(blocking=not self._every):
            return state
        try:
            return self._caught_up()
        except RecordError:
            if not self._every:
                raise
            return state
        finally:
            self._catching_up.release()

    def _waited_for(self, at_least: int) -> State:
        ends = time.monotonic() + _PATIENCE_S
        while True:
            try:
                with self._catching_up:
                    state = self._state if self._state and self._state.size >= at_least > 0 else self._caught_up()
                if state.size >= at_least:
                    return state
                error = RecordError(f"expected {at_least} entries in this record, found {state.size}")
            except RecordError as found:
                error = found
            if not self._every or time.monotonic() > ends:
                raise error
            time.sleep(_PAUSE_S)

    def _caught_up(self) -> State:
        self._looked = time.monotonic()
        first = self._state is None and self._every > 0
        self._state = self._begun() if first else self._current.state()
        return self._state

    def _begun(self) -> State:
        """Return the first state of a server; what stands in it is looked through by the collector of cycles no more."""
        # There are no cycles in it, and to look for some in 100,000 entries would hold every page up again and again.
        gc.disable()
        try:
            return self._current.state()
        finally:
            gc.freeze()
            gc.enable()

    @contextmanager
    def reader(self) -> Iterator[Reader]:
        """Lend a reader of the record as it is now; it is given back when the block ends."""
        reader = self._borrowed()
        try:
            yield reader
        except RecordError:
            reader.close()
            raise
        except BaseException:
            self._give_back(reader)
            raise
        self._give_back(reader)

    def _borrowed(self) -> Reader:
        with self._pool:
            reader = self._free.pop() if self._free else None
        if reader is not None:
            try:
                reader.refresh()
                return reader
            except RecordError:
                # The database was restarted since: one connection after the other is found broken, and left.
                reader.close()
        return Reader.open(self.home.path)

    def _give_back(self, reader: Reader) -> None:
        with self._pool:
            if len(self._free) < _MOST_READERS:
                self._free.append(reader)
                return
        reader.close()

    def close(self) -> None:
        """Let go of the record."""
        with self._pool:
            free, self._free = self._free, []
        for reader in free:
            reader.close()
        with self._catching_up:
            self._current.close()
