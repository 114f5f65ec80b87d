"""What a form stands in: who fills it in, when, and the case, finding or other item it is about.

Everything here comes from what this viewer may see: what may not be seen is missing, like what does not exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from tasdiq.errors import MissingError
from tasdiq.model.agreement import RegisteredAgreement, RegisteredCommitment
from tasdiq.model.call import Call
from tasdiq.model.case import AccessRequest, Case, Finding
from tasdiq.model.charter import Charter, Member
from tasdiq.model.evidence import Evidence
from tasdiq.model.framing import Framing
from tasdiq.model.hearing import Notice
from tasdiq.model.meeting import Meeting, MinuteLine
from tasdiq.model.proposition import Proposition
from tasdiq.model.state import State
from tasdiq.model.talks import Measure
from tasdiq.web.called import Called
from tasdiq.web.viewer import Viewer

I = TypeVar("I")  # noqa: E741


@dataclass(frozen=True)
class Setting:
    """Who asks, when, and about what; `asked` are the names and ids of the form's address."""

    state: State
    viewer: Viewer
    now: str
    asked: Mapping[str, str] = field(default_factory=dict)
    zone: str = ""

    @property
    def charter(self) -> Charter:
        """Return the charter the step is taken under."""
        return self.state.charter

    @property
    def zones(self) -> tuple[str, ...]:
        """Return the clocks a time can be told by: the charter's, and UTC."""
        return tuple(dict.fromkeys((*self.charter.time_zones, "UTC")))

    @property
    def names(self) -> Called:
        """Return what everybody is called."""
        return Called(self.state)

    @property
    def member(self) -> str:
        """Return the id of the member that takes the step."""
        return self.viewer.member

    @property
    def seat(self) -> Member | None:
        """Return the seat of that member in the charter."""
        return self.charter.member(self.viewer.member)

    @property
    def is_mediator(self) -> bool:
        """Tell whether a mediator takes the step."""
        return self.seat is not None and self.seat.role == "mediator"

    def the(self, name: str) -> str:
        """Return the id that was asked for under a name; raise `MissingError` if none was."""
        if not self.asked.get(name):
            raise MissingError(f"the address names no {name}")
        return self.asked[name]

    def require(self, names: Iterable[str]) -> None:
        """Raise `MissingError` unless everything that the address must name is there to be seen."""
        for name in names:
            if name != "subject":
                getattr(self, "meeting" if name == "session" else name)
            elif self.the(name) not in self.state.incidents and self.the(name) not in self.state.propositions:
                raise MissingError("there is nothing of that address here")

    @property
    def case(self) -> Case:
        """Return the case the form is about, by its own id or by that of a finding in it."""
        if self.asked.get("case"):
            return known(self.state.cases, self.asked["case"])
        return self._of_finding[0]

    @property
    def finding(self) -> Finding:
        """Return the finding the form is about."""
        return self._of_finding[1]

    @property
    def _of_finding(self) -> tuple[Case, Finding]:
        ident = self.the("finding")
        found = ((case, item) for case in self.state.cases.values() for item in case.findings if item.id == ident)
        return first(found)

    @property
    def request(self) -> AccessRequest:
        """Return the request for access the form is about."""
        return first(item for item in self.case.access if item.id == self.the("request"))

    @property
    def evidence(self) -> Evidence:
        """Return the evidence the form is about."""
        return first(item for item in self.case.evidence if item.id == self.the("evidence"))

    @property
    def notice(self) -> Notice:
        """Return the notice the form is about: the one named, else the one to this member."""
        asked = self.asked.get("notice")
        return first(
            item for item in self.finding.notices if (item.id == asked if asked else item.party == self.member)
        )

    @property
    def agreement(self) -> RegisteredAgreement:
        """Return the agreement of the register the form is about."""
        return known(self.state.talks.agreements, self.the("agreement"))

    @property
    def commitment(self) -> RegisteredCommitment:
        """Return the commitment of the register the form is about."""
        return known(self.state.talks.commitments, self.the("commitment"))

    @property
    def item(self) -> str:
        """Return the id of the agreement or commitment the form is about."""
        ident = self.the("item")
        known({**self.state.talks.agreements, **self.state.talks.commitments}, ident)
        return ident

    @property
    def measure(self) -> Measure:
        """Return the measure the form is about."""
        return known(self.state.talks.measures, self.the("measure"))

    @property
    def meeting(self) -> Meeting:
        """Return the session the form is about: the one named, or that of the line named."""
        named = self.asked.get("session") or self.state.talks.where.get(self.the("line"), "")
        return known(self.state.talks.meetings, named)

    @property
    def line(self) -> MinuteLine:
        """Return the line of the minutes the form is about."""
        return first(item for item in self.meeting.lines if item.id == self.the("line"))

    @property
    def call(self) -> Call:
        """Return the call the form is about."""
        return known(self.state.talks.calls, self.the("call"))

    @property
    def proposition(self) -> Proposition:
        """Return the proposition the form is about."""
        return known(self.state.propositions, self.the("proposition"))

    @property
    def decision(self) -> Framing:
        """Return the decision about propositions the form is about."""
        return known(self.state.framings, self.the("decision"))


def first(items: Iterable[I]) -> I:
    """Return the first of some items; raise `MissingError` if there is none."""
    for item in items:
        return item
    raise MissingError("there is nothing of that address here")


def known(items: Mapping[str, I], ident: str) -> I:
    """Return the item of an id; raise `MissingError` if there is none."""
    if ident not in items:
        raise MissingError("there is nothing of that address here")
    return items[ident]
