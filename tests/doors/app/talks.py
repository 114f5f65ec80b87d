"""Talks to look at: an agreement that one side tells of, readings that differ, minutes with a line refused, calls of both sides."""

from __future__ import annotations

from doors.app.seats import Seats
from tasdiq.clock import timestamp
from tasdiq.mechanism import Mechanism
from tasdiq.model import talks
from tasdiq.model.agreement import Agreement, Commitment, Quantity
from tasdiq.model.call import CallConfirmed, CallLogged
from tasdiq.model.meeting import (
    Delegate,
    DelegationNamed,
    MinuteLineAnswered,
    MinuteLineRecorded,
    SessionHeld,
    Translation,
)
from tasdiq.talks.minutes import text_sha256

LINES = (
    "Both sides keep the crossing at Sella open from 8 to 16.",
    "Wounded persons pass at any hour.",
    "Officers of both sides meet at the bridge every week.",
)
URDU = "دونوں فریق سیلا کی گزرگاہ آٹھ سے سولہ بجے تک کھلی رکھیں گے۔"


def hold_talks(seats: Seats) -> None:
    """Play the talks up to today."""
    _agree(seats)
    _meet(seats)
    _call(seats)
    with Mechanism.open(seats.home, seats.settings, clock=lambda: seats.at) as mechanism:
        mechanism.log.checkpoint()


def _agree(seats: Seats) -> None:
    at = timestamp(seats.at)
    told = Agreement(
        id="crossing-hours", title="Understanding of the bridge", form="verbal", date="2031-03-01", place="Sella",
        parties=("kes", "vor"), said_by=("kes",), text="The crossing is open from 8 to 16, and traders pass.",
        until="2031-06-30",
    )  # fmt: skip
    seats.step("kes", talks.AgreementRecorded(agreement=told, at=at))
    seats.step(
        "vor", talks.AgreementAnswered(item=told.id, answer="denies", text="Hours were spoken of, not agreed.", at=at)
    )
    trucks = Commitment(
        id="trucks", agreement=told.id, bearer="vor", text="Let 100 trucks a day pass at Sella", kind="programme",
        start="2031-03-05", until="2031-04-30", where="Sella", quantity=Quantity(value=100, unit="trucks"),
    )  # fmt: skip
    seats.step("kes", talks.CommitmentRecorded(commitment=trucks, at=at))
    for member, text, counting in (
        ("kes", "No day has fewer than 100.", "each"),
        ("vor", "100 a day over the weeks, taken together.", "average"),
    ):
        body = talks.ReadingDeclared(commitment="trucks", text=text, counting=counting, at=at)  # type: ignore[arg-type]
        seats.step(member, body)
    for start, value in (("2031-03-05", 140), ("2031-03-06", 60), ("2031-03-07", 130)):
        seats.step(
            "vor", talks.QuantityReported(commitment="trucks", value=value, start=start, basis="witnessed", at=at)
        )
    rated = talks.ImplementationRated(commitment="trucks", level=1, text="Three days of fifty-seven.", at=at)
    seats.step("ord", rated)
    for member, kind, by, text in (
        ("kes", "visas", "kes", "Visas for 2,000 patients of Vorland"),
        ("vor", "trade", "vor", "Duties on fruit were halved"),
    ):
        measure = talks.MeasureClaimed(
            measure=f"measure-{kind}",
            kind=kind,
            by=by,
            text=text,
            start="2031-02",
            at=at,  # type: ignore[arg-type]
        )
        seats.step(member, measure)
    seats.step(
        "vor", talks.MeasureAnswered(measure="measure-visas", answer="denies", text="Fewer than 300 were given.", at=at)
    )


def _meet(seats: Seats) -> None:
    at = timestamp(seats.at)
    held = SessionHeld(
        session="session-1", title="Second round", place="Ostrel", start="2031-03-11T08:00:00Z", end="2031-03-11T15:00:00Z",
        round=2, agenda=("The crossing", "The wounded"), parties=("kes", "vor"), mediators=("ord",), languages=("en", "ur"),
        authentic="en", at=at,
    )  # fmt: skip
    seats.step("ord", held)
    for member, name in (("kes", "Ada Norrin"), ("vor", "Ivo Selk")):
        head = Delegate(name=name, role="deputy minister", office_holder=True)
        seats.step(member, DelegationNamed(session="session-1", head=head, at=at))
    for number, text in enumerate(LINES, 1):
        put = (Translation(language="ur", text=URDU),) if number == 1 else ()
        seats.step(
            "ord",
            MinuteLineRecorded(session="session-1", line=f"line-{number}", text=text, translations=put, at=at),
        )
    _mark(seats, "kes", 1, "agreed")
    _mark(seats, "vor", 1, "agreed")
    _mark(seats, "kes", 2, "agreed")
    _mark(seats, "vor", 2, "own wording", "Wounded persons pass when both posts have been told.")


def _mark(seats: Seats, member: str, number: int, answer: str, text: str = "") -> None:
    body = MinuteLineAnswered(
        session="session-1", line=f"line-{number}", answer=answer, sha256=text_sha256(LINES[number - 1]), text=text,  # type: ignore[arg-type]
        at=timestamp(seats.at),
    )  # fmt: skip
    seats.step(member, body)


def _call(seats: Seats) -> None:
    at = timestamp(seats.at)
    first = CallLogged(
        call="call-1", caller="kes", called="vor", tried_at="2031-03-12T06:00:00Z", reached_at="2031-03-12T06:02:00Z",
        subject="Wounded at the ford", asked="Hold fire at the ford while the wounded cross",
        read_back="Fire is held at the ford until noon", arrangement="No fire at the ford", until="2031-03-12T12:00:00Z",
        call_back_by="2031-03-12T07:00:00Z", call_back_from="vor", at=at,
    )  # fmt: skip
    seats.step("kes", first)
    second = CallLogged(
        call="call-2", caller="vor", called="kes", tried_at="2031-03-11T20:00:00Z", reached_at="2031-03-11T20:05:00Z",
        subject="A drone", asked="Whose drone is over the bridge?", sheet="S-17", at=at,
    )  # fmt: skip
    seats.step("vor", second)
    seats.step(
        "kes", CallConfirmed(call="call-2", answer="corrects", text="We were asked at 20:15, not before.", at=at)
    )
