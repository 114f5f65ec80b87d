"""What waits around each member, kept for the present minute: desks, notices and their badge ask for it often.

Of a state that follows another only what changed is looked at anew. A desk that was handed out is read by many threads and
never changed.
"""

from __future__ import annotations

import sys
import threading
from bisect import insort
from collections import OrderedDict
from collections.abc import Hashable, Iterable

from tasdiq.model.state import State
from tasdiq.waiting import points, talks
from tasdiq.waiting.desk import Desk, arranged, of_case
from tasdiq.waiting.item import Waiting, urgency
from tasdiq.web.sight.kept import Kept, differing

MOST = 32
_MINUTE = len("2031-03-12T08:00")
Found = dict[str, tuple[Waiting, ...]]


class Desks:
    """The desks of the present minute; at most `MOST` are kept."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()

    def of(self, state: State, eyes: Hashable, member: str, now: str) -> Desk:
        """Return what waits around a member, of a state as one of its officers sees it: `eyes` names what is seen so."""
        with self._lock:
            kept = self._kept.setdefault((eyes, member), _Kept(member))
            self._kept.move_to_end((eyes, member))
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
            return kept.look(state, now)


class _Kept:
    """The last desk of one kind of viewer, and what it was made from."""

    def __init__(self, member: str) -> None:
        self._member, self._kept = member, Kept()
        self._before: tuple[Found, Found, str] = {}, {}, ""
        self._state: State | None = None
        self._desk = Desk((), (), ())

    def look(self, state: State, now: str) -> Desk:
        """Return the desk of a state at a time, the same within a minute."""
        minute = sys.intern(now[:_MINUTE])
        if state is self._state and minute is self._before[2]:
            return self._desk
        charter, member = state.charter, self._member
        cases = self._kept.mapped(
            "cases", state.cases, (charter, minute), lambda case: of_case(charter, case, member, now)
        )
        calls = self._kept.mapped("calls", state.talks.calls, (minute,), lambda call: tuple(talks.of_call(call, now)))
        others = {"": (*talks.of_agreements_and_sessions(state), *points.waiting(state))}
        self._arrange(cases, others | calls, minute)
        self._state = state
        return self._desk

    def _arrange(self, cases: Found, talked: Found, minute: str) -> None:
        """Put together a desk, from the one before where only a little changed."""
        before, self._before = self._before, (cases, talked, minute)
        changed = [differing(old, new) for old, new in zip(before[:2], (cases, talked), strict=True)]
        names = [name for part in changed if part is not None for name in part]
        if before[2] is not minute or None in changed or len(names) > len(cases) // 10:
            every = (item for part in (cases, talked) for items in part.values() for item in items)
            self._desk = arranged(every, self._member)
            return
        gone, come = list[Waiting](), list[Waiting]()
        for part, old, new in zip(changed, before[:2], (cases, talked), strict=True):
            for name in part or ():
                gone += old.get(name, ())
                come += new[name]
        out, new_ones = {id(item) for item in gone}, arranged(come, self._member)
        self._desk = Desk(
            ours=_changed(self._desk.ours, out, new_ones.ours),
            theirs=_changed(self._desk.theirs, out, new_ones.theirs),
            overdue=_changed(self._desk.overdue, out, new_ones.overdue),
        )


def _changed(items: tuple[Waiting, ...], gone: set[int], come: Iterable[Waiting]) -> tuple[Waiting, ...]:
    left = [item for item in items if id(item) not in gone] if gone else list(items)
    for item in come:
        insort(left, item, key=urgency)
    return tuple(left)
