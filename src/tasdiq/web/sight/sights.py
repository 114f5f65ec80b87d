"""The sights of a record: what each kind of viewer sees of a state, worked out once a minute and whenever the record grows.

A sight is handed out to many threads and never changed. At most `MOST` are kept: one for anybody, one for each member, one
for each officer who sits on a team.
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from datetime import datetime
from functools import cached_property

from tasdiq.model.state import State
from tasdiq.publication.passages import Piece, Shown
from tasdiq.publication.persons import Mask
from tasdiq.publication.redact import Public
from tasdiq.publication.view import View
from tasdiq.publication.withheld import Withheld
from tasdiq.record.reader import Reader
from tasdiq.secretariat.founding import Home
from tasdiq.web.sight.cases import Officer
from tasdiq.web.sight.members import officers
from tasdiq.web.sight.public import public
from tasdiq.web.viewer import Viewer

MOST = 64


class Sight:
    """What one kind of viewer sees: the state, the words of its documents, which entries and files it may read."""

    def __init__(self, whole: Public, closed: frozenset[str] | None) -> None:
        self.public, self.state, self._closed = whole, whole.state, closed

    @cached_property
    def view(self) -> View:
        """Return the view that the parts of the published site ask for words, names and times."""
        return View(self.public)

    @cached_property
    def _opened(self) -> frozenset[str]:
        """Return the sealed entries that the lifting of an embargo opened to everybody."""
        found = (finding for case in self.state.cases.values() for finding in case.findings)
        return frozenset(entry for finding in found if finding.released_at for entry in finding.entries)

    def reads(self, index: int) -> bool:
        """Tell whether the words of the entry at an index may be read (V9)."""
        if not 0 <= index < len(self.state.entries):
            return False
        line = self.state.entries[index]
        if line.access == "public" or self._closed is None:
            return line.access == "public" or line.id in self._opened
        return line.access == "joint" and line.id not in self._closed

    def files(self, home: Home) -> frozenset[str]:
        """Return the SHA-256 of every file that may be read (V10)."""
        return frozenset() if self._closed is None else self._documents | self._evidence | self._tables(home)

    @cached_property
    def _documents(self) -> frozenset[str]:
        documents = self.state.documents.values()
        return frozenset(name for item in documents for name in (item.sha256, item.text_sha256) if name)

    @cached_property
    def _evidence(self) -> frozenset[str]:
        return frozenset(name for case in self.state.cases.values() for item in case.evidence for name in item.sha256)

    def _tables(self, home: Home) -> frozenset[str]:
        received = [line.index for line in self.state.entries if line.kind == "TableReceived"]
        with Reader.open(home.path) as reader:
            bodies = [reader[index].body for index in received if self.reads(index)]
        return frozenset(json.loads(body)["sha256"] for body in bodies if body)


class Sights:
    """The sights that were worked out for the present minute and state."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[Officer | None, tuple[State, str, Sight]] = OrderedDict()

    def of(self, state: State, viewer: Viewer, now: str) -> Sight:
        """Return what a viewer sees of a state at a time, `YYYY-MM-DDTHH:MM:SSZ`; the same sight within a minute."""
        eyes, minute = _eyes(state, viewer), now[:16] + ":00Z"
        kept = self._kept.get(eyes)
        if kept and kept[0] is state and kept[1] == minute:
            return kept[2]
        with self._lock:
            kept = self._kept.get(eyes)
            if kept and kept[0] is state and kept[1] == minute:
                return kept[2]
            made = _look(state, eyes, now)
            self._kept[eyes] = (state, minute, made)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
            return made


def _eyes(state: State, viewer: Viewer) -> Officer | None:
    """Return whose eyes a viewer looks with: an officer's on a team, any officer's of its member, or None for anybody (V8)."""
    if state.charter.member(viewer.member) is None or "read" not in viewer.scopes:
        return None
    sits = any(
        seat.member == viewer.member and seat.officer == viewer.officer
        for case in state.cases.values()
        for seat in case.team
    )
    return Officer(viewer.member, viewer.officer if sits else "")


def _look(state: State, eyes: Officer | None, now: str) -> Sight:
    if eyes is None:
        return Sight(public(state, now), None)
    found = officers(state, now, eyes)
    texts = found.state.texts
    pieces = {
        name: [Piece(0, len(text))]
        for name, item in found.state.documents.items()
        if (text := texts.get(item.text_sha256)) is not None
    }
    words = {name: texts[found.state.documents[name].text_sha256] for name in pieces}
    shown = Shown(words, pieces, Mask(None, {}, {}))
    return Sight(Public(found.state, shown, Withheld(), datetime.fromisoformat(now)), found.closed)
