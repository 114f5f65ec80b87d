"""The parties and mediators of Kestria and Vorland at a table in memory: every method is a step of the talks taken now."""

from __future__ import annotations

from typing import Any

import msgspec

from tasdiq import timing
from tasdiq.compliance.due import asked
from tasdiq.model import call as calls
from tasdiq.model import meeting as meetings
from tasdiq.model import talks
from tasdiq.model.agreement import Agreement, Commitment, Quantity
from tasdiq.model.charter import Charter, ScheduledSession
from tasdiq.model.state import Provenance, State
from tasdiq.model.steps import Opening
from tasdiq.model.value import Value
from tasdiq.talks import minutes, opening, steps
from tasdiq.verification import clocks
from tasdiq.verification.docket import Step
from verification.play import CHARTER, START

TALKS_CHARTER = msgspec.structs.replace(
    CHARTER, sessions=(ScheduledSession(id="round-2", place="Port Ilmar", start="2031-03-20", held=False),)
)


class Talk:
    """A state that is folded step by step; `later` moves the clock."""

    def __init__(self, charter: Charter = TALKS_CHARTER) -> None:
        self.state, self.at, self.count = State(charter=charter), START, 0

    def later(self, days: int = 0, hours: int = 0) -> Talk:
        """Let time pass."""
        self.at = clocks.after(self.at, days=days, hours=hours)
        return self

    def take(self, member: str, body: Value) -> list[str]:
        """Take a step as a member; what the rules refuse raises."""
        self.count += 1
        step = Step(member, body, steps.time_of(body, self.at), f"entry-{self.count}")
        steps.check(self.state, step, self.at)
        step = Step(member, body, step.at, step.entry, steps.access_of(self.state, step))
        introduced = steps.take(self.state, step)
        where = Provenance(step.entry, self.count, None, type(body).__name__)
        self.state.provenance.update(dict.fromkeys(introduced, where))
        return introduced

    def access(self, member: str, body: Value) -> str:
        """Return who may read the entry of a step."""
        return steps.access_of(self.state, Step(member, body, self.at))

    @property
    def now(self) -> State:
        """The state as of now."""
        return timing.as_of(self.state, self.at)

    def asked(self, member: str) -> list[str]:
        """Return what waits for a member's own word, as `what item`."""
        return [f"{item.what} {item.item}" for item in asked(self.state) if item.owed_by == member]

    def agree(self, by: str = "kes", ident: str = "truce", *, sealed: bool = False, **changes: Any) -> list[str]:
        told = Agreement(id=ident, title="Truce", form="verbal", parties=("kes", "vor"), text="No fire from noon.")
        body = talks.AgreementRecorded(agreement=msgspec.structs.replace(told, **changes), sealed=sealed)
        return self.take(by, body)

    def commit(self, by: str = "kes", ident: str = "trucks", *, sealed: bool = False, **changes: Any) -> list[str]:
        told = Commitment(
            id=ident, agreement="truce", bearer="vor", text="Let trucks cross.", start="2031-03-01", kind="programme",
            quantity=Quantity(value=10, unit="trucks"),
        )  # fmt: skip
        body = talks.CommitmentRecorded(commitment=msgspec.structs.replace(told, **changes), sealed=sealed)
        return self.take(by, body)

    def agreed(self) -> Talk:
        """Record a truce and a commitment to let trucks cross, both as Kestria tells them."""
        self.agree()
        self.commit()
        return self

    def word(self, by: str, answer: Any = "acknowledges", item: str = "truce", text: str = "") -> list[str]:
        return self.take(by, talks.AgreementAnswered(item=item, answer=answer, text=text))

    def read(self, by: str, counting: Any = "", text: str = "As it says.", commitment: str = "trucks") -> list[str]:
        return self.take(by, talks.ReadingDeclared(commitment=commitment, text=text, counting=counting))

    def figure(self, by: str, value: int, start: str, end: str = "", **more: Any) -> list[str]:
        body = talks.QuantityReported(commitment="trucks", value=value, start=start, end=end)
        return self.take(by, msgspec.structs.replace(body, **more))

    def rate(self, by: str, level: Any = 1, text: str = "Two of five.", commitment: str = "trucks") -> list[str]:
        return self.take(by, talks.ImplementationRated(commitment=commitment, level=level, text=text))

    def claim(self, member: str = "kes", ident: str = "visas", **changes: Any) -> list[str]:
        body = talks.MeasureClaimed(measure=ident, kind="visas", by="kes", text="12,000 visas", start="2030")
        return self.take(member, msgspec.structs.replace(body, **changes))

    def answer(self, by: str, answer: Any = "acknowledges", text: str = "", measure: str = "visas") -> list[str]:
        return self.take(by, talks.MeasureAnswered(measure=measure, answer=answer, text=text))

    def hold(self, by: str = "med", ident: str = "round", **changes: Any) -> list[str]:
        body = meetings.SessionHeld(
            session=ident, title="First round", place="Sella", start=self.at, mediators=("med",),
            languages=("en", "ur"), authentic="en",
        )  # fmt: skip
        return self.take(by, msgspec.structs.replace(body, **changes))

    def name(self, by: str, head: str = "Ana Brel", session: str = "round") -> list[str]:
        head_of = meetings.Delegate(name=head, role="Minister", office_holder=True)
        return self.take(by, meetings.DelegationNamed(session=session, head=head_of))

    def line(self, text: str = "The ford opens.", by: str = "med", ident: str = "line-1", **more: Any) -> list[str]:
        body = meetings.MinuteLineRecorded(session="round", line=ident, text=text)
        return self.take(by, msgspec.structs.replace(body, **more))

    def mark(self, by: str, answer: Any = "agreed", line: str = "line-1", text: str = "", **more: Any) -> list[str]:
        found = minutes.meeting_of(self.state, "round").line(line)
        sha256 = found.sha256 if found else minutes.text_sha256("")
        body = meetings.MinuteLineAnswered(session="round", line=line, answer=answer, sha256=sha256, text=text)
        return self.take(by, msgspec.structs.replace(body, **more))

    def open(self, by: str, *, naming: tuple[str, ...] | None = None) -> list[str]:
        body = meetings.MinutesOpened(session="round")
        step = Step(by, body, self.at)
        named = naming
        if named is None:
            meeting = self.state.talks.meetings.get("round")
            named = opening.entries(meeting) if meeting and opening.opens(self.state, step, body) else ()
        openings = tuple(Opening(entry=entry, salt="", content="") for entry in named)
        return self.take(by, msgspec.structs.replace(body, openings=openings))

    def standing(self, line: str = "line-1") -> str:
        """Say where a line stands."""
        meeting = self.state.talks.meetings["round"]
        return minutes.standing(meeting, minutes.line_in(meeting, line))

    def call(self, by: str = "kes", ident: str = "call-1", **changes: Any) -> list[str]:
        body = calls.CallLogged(
            call=ident, caller="kes", called="vor", tried_at=self.at, reached_at=self.at, asked="Hold fire at the ford.",
            read_back="Hold fire at the ford.", arrangement="No fire at the ford",
            until=clocks.after(self.at, hours=4), call_back_by=clocks.after(self.at, hours=2), call_back_from="vor",
        )  # fmt: skip
        return self.take(by, msgspec.structs.replace(body, **changes))

    def confirm(self, by: str = "vor", answer: Any = "confirms", text: str = "", call: str = "call-1") -> list[str]:
        return self.take(by, calls.CallConfirmed(call=call, answer=answer, text=text))

    def back(self, by: str = "vor", *, reached: bool = True, call: str = "call-1", **more: Any) -> list[str]:
        body = calls.CallReturned(call=call, tried_at=self.at, reached_at=self.at if reached else "")
        return self.take(by, msgspec.structs.replace(body, **more))
