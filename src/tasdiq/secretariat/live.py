"""The current state of a record that others append to, kept at hand: what a server's pages are made from.

1. A state that was handed out does not change: whoever reads it is not disturbed by what arrives.
2. `state(at_least=n)` has seen the first n entries: who was told that an entry stands finds it.
"""

from __future__ import annotations

import threading

from tasdiq.model.state import State
from tasdiq.record.reader import Reader
from tasdiq.secretariat.current import read_state
from tasdiq.secretariat.founding import Home


class Live:
    """A record's current state, caught up when it is asked for."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self._lock = threading.Lock()
        self._state: State | None = None

    def state(self, at_least: int = 0) -> State:
        """Return the state as of everything that was entered; for reading only."""
        with self._lock:
            with Reader.open(self.home.path) as reader:
                size = reader.size
            if self._state is None or self._state.size != size:
                self._state = read_state(self.home)
            return self._state

    def close(self) -> None:
        """Let go of the record."""
