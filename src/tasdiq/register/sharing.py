"""A state that grows while others read it: what was handed out is never written to again.

Each container of the state is either this fold's own, or shared with states that were handed out; `own` copies a shared one
before it is written to. So a snapshot costs nothing, and an entry costs copies of what it changes alone.
"""

from __future__ import annotations

import copy
from typing import Any

from tasdiq.model.layered import Layered
from tasdiq.model.state import State


class Shared:
    """The state under way, and which of its containers nobody else holds."""

    def __init__(self, state: State) -> None:
        self.state = state
        self._own: set[str] = set()
        if not isinstance(state.provenance, Layered):
            state.provenance = Layered(state.provenance)

    def own(self, name: str) -> Any:
        """Return a container of the state that may be written to."""
        if name not in self._own:
            setattr(self.state, name, getattr(self.state, name).copy())
            self._own.add(name)
        return getattr(self.state, name)

    def renew(self, name: str) -> Any:
        """Return the container, empty."""
        setattr(self.state, name, type(getattr(self.state, name))())
        self._own.add(name)
        return getattr(self.state, name)

    def snapshot(self) -> State:
        """Return the state as it is now."""
        self._own.clear()
        return copy.copy(self.state)
