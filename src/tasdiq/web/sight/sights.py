"""The sights of a record: what each kind of viewer sees of a state, worked out once a minute and whenever the record grows.

A sight is handed out to many threads and never changed. At most `MOST` are kept: one for anybody, one for each member, one
for each officer who sits on a team.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from tasdiq import timing
from tasdiq.model.case import Case
from tasdiq.model.state import State
from tasdiq.publication.passages import Piece, Shown
from tasdiq.publication.persons import Mask
from tasdiq.publication.redact import Public as Redacted
from tasdiq.publication.view import View
from tasdiq.publication.withheld import Withheld
from tasdiq.secretariat.live import Live
from tasdiq.web.sight.cases import Officer, called
from tasdiq.web.sight.kept import Kept
from tasdiq.web.sight.lines import Ledger
from tasdiq.web.sight.members import Members, Seen
from tasdiq.web.sight.public import Anybody, Public
from tasdiq.web.viewer import Viewer

MOST = 32
LONGEST_S = 2.0
"""A sight is never shown for longer than this after the record has grown."""


class Sight:
    """What one kind of viewer sees: the state, the words of its documents, which entries and files it may read.

    `closed` are entries whose words an officer may not read, None for anybody; `look` makes what pages ask for words; `eyes` are
    whose sight it is, None for anybody.
    """

    def __init__(
        self, state: State, closed: Container[str] | None, look: Callable[[], View], eyes: Officer | None = None
    ) -> None:
        self.state, self._closed, self._look, self.eyes = state, closed, look, eyes

    @cached_property
    def view(self) -> View:
        """Return the view that the parts of the published site ask for words, names and times."""
        return self._look()

    @cached_property
    def _opened(self) -> frozenset[str]:
        """Return the sealed entries that were opened to everybody: behind a finding, and of agreed minutes."""
        found = (finding for case in self.state.cases.values() for finding in case.findings)
        lifted = {entry for finding in found if finding.released_at for entry in finding.entries}
        meetings = [meeting for meeting in self.state.talks.meetings.values() if meeting.opened_at]
        lines = [line for meeting in meetings for line in meeting.lines]
        lifted |= {meeting.entry for meeting in meetings} | {line.entry for line in lines}
        return frozenset(lifted | {answer.entry for line in lines for answer in line.answers})

    def reads(self, index: int) -> bool:
        """Tell whether the words of the entry at an index may be read (V9)."""
        if not 0 <= index < len(self.state.entries):
            return False
        line = self.state.entries[index]
        if line.access == "public" or self._closed is None:
            return line.access == "public" or line.id in self._opened
        return line.access == "joint" and line.id not in self._closed

    def files(self, live: Live) -> frozenset[str]:
        """Return the SHA-256 of every file that may be read (V10)."""
        return frozenset() if self._closed is None else self._documents | self.evidence | self._tables(live)

    @cached_property
    def _documents(self) -> frozenset[str]:
        documents = self.state.documents.values()
        return frozenset(name for item in documents for name in (item.sha256, item.text_sha256) if name)

    @cached_property
    def evidence(self) -> frozenset[str]:
        """Return the SHA-256 of the files of evidence that is seen (V6); nobody else is shown any."""
        return frozenset(name for case in self.state.cases.values() for item in case.evidence for name in item.sha256)

    def _tables(self, live: Live) -> frozenset[str]:
        received = [line.index for line in self.state.entries if line.kind == "TableReceived"]
        with live.reader() as reader:
            bodies = [reader[index].body for index in received if self.reads(index)]
        return frozenset(json.loads(body)["sha256"] for body in bodies if body)


@dataclass(frozen=True)
class _Held:
    """A sight, of what state and minute, and until when it is shown to whoever entered nothing since."""

    state: State
    minute: str
    sight: Sight
    until: float


class Sights:
    """The sights that were worked out for the present minute and state.

    With a `pace`, no more of the time than one part in so many is spent on working them out while the record grows fast.
    """

    def __init__(self, pace: float = 0.0) -> None:
        self._lock, self._pace = threading.Lock(), pace
        self._sights: OrderedDict[Officer | None, _Held] = OrderedDict()
        self._ledger = Ledger()
        self._public, self._members = Public(self._ledger), Members(self._ledger)
        self._kept = Kept()

    def of(self, state: State, viewer: Viewer, now: str, at_least: int = 0) -> Sight:
        """Return what a viewer sees of a state at a time, `YYYY-MM-DDTHH:MM:SSZ`; the same sight within a minute.

        It has seen `at_least` so many entries; beyond that it may be the one before, while that is quite new (`pace`).
        """
        minute = now[:16] + ":00Z"
        with self._lock:
            eyes = self._eyes(state, viewer)
            held = self._sights.get(eyes)
            if held and held.minute == minute and (held.state is state or self._is_new(held, at_least)):
                return held.sight
            begun = time.monotonic()
            made = self._look(state, eyes, now, minute)
            until = time.monotonic() + min(LONGEST_S, self._pace * (time.monotonic() - begun))
            self._sights[eyes] = _Held(state, minute, made, until)
            self._sights.move_to_end(eyes)
            while len(self._sights) > MOST:
                self._sights.popitem(last=False)
            return made

    def _is_new(self, held: _Held, at_least: int) -> bool:
        return held.state.size >= at_least and time.monotonic() < held.until

    def _eyes(self, state: State, viewer: Viewer) -> Officer | None:
        """Return whose eyes these are: an officer's on a team, any officer's of its member, or None for anybody (V8)."""
        if "read" not in viewer.scopes or state.charter.member(viewer.member) is None:
            return None
        name = called(viewer.officer)
        teams = self._kept.mapped("teams", state.cases, (), _seats)
        seats = self._kept.get("seats", (teams,), lambda: frozenset[tuple[str, str]]().union(*teams.values()))
        return Officer(viewer.member, name if (viewer.member, name) in seats else "")

    def _look(self, state: State, eyes: Officer | None, now: str, minute: str) -> Sight:
        self._ledger.catch_up(state.entries)
        mapped = self._kept.mapped
        timed = self._kept.get("timed", (state, sys.intern(minute)), lambda: timing.as_of(state, now, mapped))
        if eyes is None:
            public = self._public.look(timing.public_of(timed, now, mapped), now)
            return Sight(public.state, None, lambda: self._public_view(public, now))
        seen = self._members.look(timed, eyes)
        return Sight(seen.state, seen.closed, lambda: self._member_view(seen, now), eyes)

    def _public_view(self, public: Anybody, now: str) -> View:
        with self._lock:
            shown = public.choose()
            return View(Redacted(public.state, shown, public.withheld(), datetime.fromisoformat(now)))

    def _member_view(self, seen: Seen, now: str) -> View:
        with self._lock:
            parts = (seen.state.texts, seen.state.documents)
            shown = self._kept.get("whole texts", parts, lambda: _whole(seen.state))
        return View(Redacted(seen.state, shown, Withheld(), datetime.fromisoformat(now)), sealed=seen.closed)


def _seats(case: Case) -> frozenset[tuple[str, str]]:
    return frozenset((seat.member, called(seat.officer)) for seat in case.team)


def _whole(state: State) -> Shown:
    """Return the words of documents as officers read them: all of them, as they stand."""
    texts = {
        name: text for name, item in state.documents.items() if (text := state.texts.get(item.text_sha256)) is not None
    }
    return Shown(texts, {name: [Piece(0, len(text))] for name, text in texts.items()}, Mask(None, {}, {}))
