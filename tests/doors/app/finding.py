"""A case of the table up to a finding that waits for the members' marks."""

from __future__ import annotations

from doors.app.seats import Seats
from tasdiq.clock import timestamp
from tasdiq.mechanism import Mechanism
from tasdiq.model import entries, steps
from tasdiq.model.case import FindingPart, Seat
from tasdiq.model.proposition import Proposition

PROPOSITION = "fire-at-sella"
PARTS = (
    FindingPart(name="occurrence", outcome="established", text="Two officers saw the crater."),
    FindingPart(name="responsibility", outcome="Vorland's forces", actor="vor"),
    FindingPart(name="breach", outcome="breach"),
)


def propose(seats: Seats) -> None:
    """Put a proposition into the record, on which a case can be opened."""
    framed = Proposition(
        id=PROPOSITION, topic="fire", wording="There was fire at Sella.", frame="tests", method="tests"
    )
    with Mechanism.open(seats.home, seats.settings, key=seats.keys["ord"], clock=lambda: seats.at) as mechanism:
        mechanism.propose("proposition", "by hand", "tests", [framed])


def opening(
    seats: Seats, allegation: str = "Fire across the line at Sella", case: str = "case-1"
) -> entries.CaseOpened:
    """Return the body that opens a case of Kestria against Vorland."""
    return entries.CaseOpened(
        case=case, subject=PROPOSITION, subject_kind="proposition", allegation=allegation, alleged_by="kes",
        alleged_against="vor", commitment="no-fire", at=timestamp(seats.at),
    )  # fmt: skip


def drafting(seats: Seats) -> entries.FindingDrafted:
    """Return the body of a draft with two witnesses, whose names are sealed."""
    return entries.FindingDrafted(
        case="case-1", finding="finding-1", standard="reasonable grounds", parts=PARTS, at=timestamp(seats.at),
        witnesses=("Mira of the mill", "Tomas the ferryman"),
    )  # fmt: skip


def take_up(seats: Seats) -> None:
    """Open a case and take it to where a mediator drafts."""
    propose(seats)
    at = timestamp(seats.at)
    seats.step("kes", opening(seats))
    competent = steps.CompetenceDecided(case="case-1", competent=True, commitment="no-fire", bearer="vor", at=at)
    seats.step("ord", competent)
    seats.step("ord", steps.CaseAssessed(case="case-1", pursue=True, text="Two reports.", at=at))
    team = (Seat(member="ord", officer="ord-mediator"), Seat(member="riv", officer="riv-observer"))
    seats.step("ord", steps.TeamAssigned(case="case-1", team=team, at=at))


def hear(seats: Seats) -> None:
    """Draft a finding and hear both parties: from here on members put their marks under it."""
    at = timestamp(seats.at)
    seats.step("ord", drafting(seats))
    for party in ("kes", "vor"):
        notice = f"notice-{party}"
        seats.step("ord", steps.PartyNotified(finding="finding-1", notice=notice, party=party, at=at))
        seats.step(party, steps.PartyResponded(finding="finding-1", notice=notice, text="We take note.", at=at))


def mark(seats: Seats, part: str = "occurrence") -> entries.FindingSigned:
    """Return the body of a mark with its text."""
    text = "The crater is older than the truce."
    return entries.FindingSigned(finding="finding-1", part=part, mark="dissents", text=text, at=timestamp(seats.at))  # type: ignore[arg-type]
