"""The members of a joint record at work, with a clock that moves when a test says so."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from journey.constitution import CONSTITUTION
from tasdiq import timing
from tasdiq.mechanism import Mechanism, timestamp
from tasdiq.model import entries
from tasdiq.model.case import AccessRequest, Case
from tasdiq.model.state import State
from tasdiq.model.value import Value
from tasdiq.record.keys import SigningKey
from tasdiq.secretariat.current import read_state
from tasdiq.secretariat.founding import Home
from tasdiq.settings import Settings

CHARTER = f"""{CONSTITUTION}[procedure]
decision = "majority with mediator"
""".encode()


START = datetime(2031, 3, 12, 8, 0, tzinfo=UTC)


@dataclass
class Table:
    """The members at one record, with a clock that moves when the test says so."""

    home: Home
    settings: Settings
    keys: dict[str, SigningKey]
    at: datetime = START
    entries: dict[str, str] = field(default_factory=dict)

    def open(self, member: str) -> Mechanism:
        return Mechanism.open(self.home, self.settings, key=self.keys[member], clock=lambda: self.at)

    def step(self, member: str, body: Value) -> str:
        """Take a step now; return its entry's id."""
        with self.open(member) as mechanism:
            return mechanism.step(type(body).__name__, body).id

    def later(self, days: int) -> None:
        self.at += timedelta(days=days)

    @property
    def now(self) -> str:
        return timestamp(self.at)

    def state(self) -> State:
        return timing.as_of(read_state(self.home), self.now)

    @property
    def case(self) -> Case:
        return self.state().cases["case-1"]

    def publish(self, out: Path) -> dict[str, Any]:
        with self.open("ord") as mechanism:
            mechanism.publish(out)
        found: dict[str, Any] = json.loads((out / "data" / "site.json").read_text(encoding="utf-8"))
        return found

    def access(self, number: int, answer: str, reason: str) -> None:
        """Ask for access and have it answered a day later."""
        request = AccessRequest(id=f"access-{number}", asked_of="vor", place="the hidden farm", asked_at=self.now)
        self.step("ord", entries.AccessRequested(case="case-1", request=request))
        self.later(1)
        given = entries.AccessAnswered(case="case-1", request=request.id, answer=answer, reason=reason, at=self.now)
        self.step("vor", given)

    def sign(self, member: str, mark: Any, text: str = "") -> None:
        for part in ("occurrence", "responsibility", "breach"):
            body = entries.FindingSigned(finding="finding-1", part=part, mark=mark, text=text, at=self.now)  # type: ignore[arg-type]
            self.step(member, body)
