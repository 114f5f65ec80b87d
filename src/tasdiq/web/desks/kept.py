"""What waits around each member, worked out once for a state and a minute: desks, notices and their badge ask for it often.

A desk that was handed out is read by many threads and never changed.
"""

from __future__ import annotations

import threading
from collections import OrderedDict

from tasdiq.model.state import State
from tasdiq.waiting.desk import Desk, desk

MOST = 64
_MINUTE = len("2031-03-12T08:00")


class Desks:
    """The desks of the present minute; at most `MOST` are kept."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[int, str], tuple[State, str, Desk]] = OrderedDict()

    def of(self, state: State, member: str, now: str) -> Desk:
        """Return what waits around a member, of a state as one of its officers sees it."""
        place, minute = (id(state), member), now[:_MINUTE]
        with self._lock:
            held = self._kept.get(place)
        if held is not None and held[0] is state and held[1] == minute:
            return held[2]
        made = desk(state, member, now)
        with self._lock:
            self._kept[place] = (state, minute, made)
            self._kept.move_to_end(place)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return made
