"""The room: what every page and every call works with. Made once when the server starts, and handed to each request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from tasdiq.clock import Clock, timestamp, utc_now
from tasdiq.record.entry import Submission
from tasdiq.secretariat.founding import Home
from tasdiq.secretariat.live import Live
from tasdiq.settings import Settings
from tasdiq.web.desks.kept import Desks
from tasdiq.web.examining.examiner import Examiner
from tasdiq.web.guard.budget import Budgets
from tasdiq.web.office.database import Office
from tasdiq.web.reached import Reached, enter
from tasdiq.web.sight.sights import Sights
from tasdiq.web.writer import Writing
from tasdiq.web.writer.writing import Entered


@dataclass(frozen=True)
class Options:
    """How the server was started.

    `address` is its own, as browsers and passkeys know it; `secure` says that browsers reach it over TLS; `behind_proxy` that a
    proxy on this machine takes their requests; `metrics_token` lets a program from elsewhere read the metrics.
    """

    address: str = "http://localhost:8017"
    secure: bool = False
    behind_proxy: bool = False
    metrics_token: str = ""


@dataclass(frozen=True)
class Room:
    """One record and everything the server keeps around it."""

    home: Home
    settings: Settings
    live: Live
    office: Office
    writer: Writing
    options: Options = field(default_factory=Options)
    clock: Clock = utc_now
    reached: Reached = field(default_factory=Reached)
    sights: Sights = field(default_factory=Sights)
    desks: Desks = field(default_factory=Desks)
    budgets: Budgets = field(default_factory=Budgets)
    examiner: Examiner = field(default_factory=Examiner)

    def now(self) -> str:
        """Return the time now as steps write it."""
        return timestamp(self.clock())

    def enter(self, account: str, submissions: Sequence[Submission]) -> list[Entered]:
        """Enter what an account hands in; the account's next page has it, whichever worker answers."""
        return enter(self.writer, self.reached, account, submissions)


def _room(request: Request) -> Room:
    found: Room = request.app.state.room
    return found


InRoom = Annotated[Room, Depends(_room)]
"""What a handler declares to be given the room."""
