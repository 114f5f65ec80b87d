"""A record in which every class of thing that somebody may not see holds a word of its own: a canary.

`CANARIES` says of each who may ever read it. Whoever else finds it, anywhere, has found a leak.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from doors.app.seats import Founded, Seats, found
from doors.folders import DENIAL, SHELLING
from tasdiq.clock import timestamp
from tasdiq.intake.folder import File
from tasdiq.journey import enter_files
from tasdiq.mechanism import Mechanism
from tasdiq.model import entries, steps
from tasdiq.model.agreement import Agreement
from tasdiq.model.call import CallLogged
from tasdiq.model.case import AccessRequest, FindingPart, Seat
from tasdiq.model.evidence import Custody
from tasdiq.model.incident import Incident, IncidentReport
from tasdiq.model.meeting import MinuteLineRecorded, SessionHeld
from tasdiq.model.source import Actor
from tasdiq.model.talks import AgreementRecorded
from tasdiq.model.value import to_plain
from tasdiq.record import canonical
from tasdiq.record.entry import Draft
from tasdiq.record.secrecy.encryption import EncryptionKey
from tasdiq.secretariat import custody

EVERYONE = frozenset({"anybody", "kes", "kes team", "vor", "vor team", "ord", "ord team", "riv", "med"})
MEMBERS = EVERYONE - {"anybody"}
KES, VOR, ORD = (frozenset({name, f"{name} team"}) for name in ("kes", "vor", "ord"))
VISIT = VOR | ORD | {"riv"}
"""Who must act on the visit of case-1: it is asked of Vorland by Ordania, whose officer and the observer's sit on the team."""
PARTIES_VISIT = VOR | ORD | {"kes team"}
"""Who must act on the visit of case-2: a team of both parties."""

CANARIES: dict[str, frozenset[str]] = {
    "canary-allegation": EVERYONE,
    "canary-competence": EVERYONE,
    "canary-coarse-place": EVERYONE,
    "canary-reply": MEMBERS,
    "canary-extension": MEMBERS,
    "canary-draft": MEMBERS,
    "canary-dissent": MEMBERS,
    "canary-exact-place": MEMBERS,
    "canary-fresh-report": MEMBERS,
    "canary-licence": MEMBERS,
    "canary-text": MEMBERS,
    "canary-call": MEMBERS,
    "canary-minute": MEMBERS,
    "canary-sealed-agreement": MEMBERS,
    "Canarybird": MEMBERS,
    "canary-visit-one": VISIT,
    "canary-seat-one": VISIT,
    "canary-visit-two": PARTIES_VISIT,
    "canary-seat-two": PARTIES_VISIT,
    "canary-evidence": KES | VISIT,
    "canary-custody": KES | VISIT,
    "canary-answer": KES | VISIT,
    "canary-file": KES | VISIT,
    "canary-named": frozenset(),
    "canary-witness": frozenset(),
}
"""Canary -> the viewers of `doors.app.viewers` who may read it."""
PHOTOGRAPH = b"\xff\xd8 canary-file: three craters beside the old well"
TEXT = f"{SHELLING}\nThe road to the canary-text orchard was quiet that night, and nobody was seen there at all.\n"


@dataclass(frozen=True)
class Scene:
    """The record, what the clock says when it is looked at, and ids that tests ask for."""

    founded: Founded
    at: datetime
    proposition: str
    photograph: str

    def table(self, base: Path) -> Seats:
        """Return a table at a copy of the record."""
        seats = Seats.copy(self.founded, base)
        seats.at = self.at
        return seats


def play(base: Path) -> Scene:
    """Found a record and play everything in it."""
    seats = Seats(found(base), base)
    _arrivals(seats)
    proposition = next(iter(seats.state().propositions))
    _case_one(seats, proposition)
    _case_two(seats, proposition)
    _talks(seats)
    _message(seats)
    seats.close()
    return Scene(seats.founded, seats.at, proposition, hashlib.sha256(PHOTOGRAPH).hexdigest())


def now(seats: Seats) -> str:
    """Return the table's time as steps write it."""
    return timestamp(seats.at)


def _open(seats: Seats, member: str) -> Mechanism:
    return Mechanism.open(seats.home, seats.settings, key=seats.keys[member], clock=lambda: seats.at)


def _arrivals(seats: Seats) -> None:
    files = [File("shelling.txt", TEXT.encode()), File("denial.txt", DENIAL.encode())]
    person = Actor(id="kes/canarybird", name="Ilva Canarybird", kind="person", party="kes")
    with _open(seats, "ord") as mechanism:
        assert enter_files(mechanism, files, None, lambda _: None) == []
        mechanism.propose("actor", "by hand", "tests", [*mechanism.state().actors.values(), person])
        mechanism.propose("report", "forms", "tests", list(_reports(seats)), access="joint")
        grouped = [Incident(id=report.report_id, reports=(report.report_id,)) for report in _reports(seats)]
        mechanism.propose("incident", "by hand", "tests", grouped, access="joint")


def _reports(seats: Seats) -> tuple[IncidentReport, ...]:
    old, fresh = "2031-03-01T05:00:00Z", "2031-03-20T05:00:00Z"
    return tuple(
        IncidentReport(
            report_id=ident, source_id="post-7", source_kind="observer", reported_at=time, time=time, type="ground/shelling",
            lat_e7=451_234_567, lon_e7=213_456_789, place_precision_m=100, place=place, admin1=coarse, admin2=coarse,
            redistribute=licence != "closed", licence=licence,
        )
        for ident, time, place, coarse, licence in (
            ("report-old", old, "canary-exact-place", "canary-coarse-place", "open"),
            ("report-fresh", fresh, "canary-exact-place", "canary-fresh-report", "open"),
            ("report-closed", old, "canary-exact-place", "canary-licence", "closed"),
        )
    )  # fmt: skip


def _open_case(seats: Seats, case: str, proposition: str, team: tuple[Seat, ...]) -> None:
    opened = entries.CaseOpened(
        case=case, subject=proposition, subject_kind="proposition", allegation="canary-allegation", alleged_by="kes",
        alleged_against="vor", commitment="no-fire", at=now(seats),
    )  # fmt: skip
    seats.step("kes", opened)
    at = now(seats)
    competent = steps.CompetenceDecided(
        case=case, competent=True, commitment="no-fire", bearer="vor", text="canary-competence", at=at
    )
    seats.step("ord", competent)
    seats.step("ord", steps.CaseAssessed(case=case, pursue=True, text="Two reports.", at=at))
    seats.step("ord", steps.TeamAssigned(case=case, team=team, at=at))


def _ask(seats: Seats, case: str, request: str, place: str) -> None:
    asked = AccessRequest(id=request, asked_of="vor", place=place, asked_at=now(seats))
    seats.step("ord", entries.AccessRequested(case=case, request=asked))


def _case_one(seats: Seats, proposition: str) -> None:
    """Access is open, evidence is answered, a draft is replied to and marked: everything about the finding is under embargo."""
    team = (
        Seat(member="ord", officer="ord team"),
        Seat(member="riv", officer="riv observer"),
        Seat(member="ord", officer="canary-seat-one"),
    )
    _open_case(seats, "case-1", proposition, team)
    _ask(seats, "case-1", "access-1", "canary-visit-one")
    link = Custody(holder="kes", at=now(seats), how="canary-custody")
    body = steps.EvidenceSubmitted(
        case="case-1", evidence="evidence-1", title="canary-evidence", custody=(link,), at=now(seats)
    )
    with _open(seats, "kes") as mechanism:
        mechanism.hand_over(body, [PHOTOGRAPH])
    named = (hashlib.sha256(PHOTOGRAPH).hexdigest(),)
    seats.step("vor", steps.EvidenceAcknowledged(case="case-1", evidence="evidence-1", sha256=named, at=now(seats)))
    answer = steps.EvidenceAnswered(
        case="case-1", evidence="evidence-1", answer="disputed", text="canary-answer", at=now(seats)
    )
    seats.step("vor", answer)
    _hear(seats, "case-1", "finding-1", "evidence-1")


def _hear(seats: Seats, case: str, finding: str, evidence: str) -> None:
    parts = (
        FindingPart(name="occurrence", outcome="established", text="canary-draft"),
        FindingPart(name="responsibility", outcome="Vorland's forces", actor="vor"),
        FindingPart(name="breach", outcome="breach"),
    )
    drafted = entries.FindingDrafted(
        case=case, finding=finding, standard="reasonable grounds", parts=parts, evidence=(evidence,),
        witnesses=("canary-witness",), at=now(seats),
    )  # fmt: skip
    seats.step("ord", drafted)
    for party in ("kes", "vor"):
        notice = steps.PartyNotified(finding=finding, notice=f"notice-{party}", party=party, at=now(seats))
        seats.step("ord", notice)
    until = timestamp(seats.at.replace(day=seats.at.day + 9))
    moved = steps.DeadlineExtended(case=case, item="notice-kes", until=until, reason="canary-extension", at=now(seats))
    seats.step("kes", moved)
    reply = steps.PartyResponded(finding=finding, notice="notice-vor", text="canary-reply", at=now(seats))
    seats.step("vor", reply)
    seats.later(days=8)
    for part in ("occurrence", "responsibility", "breach"):
        mark = entries.FindingSigned(finding=finding, part=part, mark="dissents", text="canary-dissent", at=now(seats))  # type: ignore[arg-type]
        seats.step("vor", mark)


def _case_two(seats: Seats, proposition: str) -> None:
    """A team of both parties asks Vorland for access."""
    team = (
        Seat(member="kes", officer="kes team"),
        Seat(member="vor", officer="vor team"),
        Seat(member="ord", officer="canary-seat-two"),
    )
    _open_case(seats, "case-2", proposition, team)
    _ask(seats, "case-2", "access-2", "canary-visit-two")


def _talks(seats: Seats) -> None:
    """A call over the contact line, a session with a line of its minutes, an agreement that is not public."""
    at = now(seats)
    seats.step(
        "kes",
        CallLogged(
            call="call-1",
            caller="kes",
            called="vor",
            tried_at=at,
            reached_at=at,
            subject="canary-call",
            asked="canary-call",
            read_back="canary-call",
            at=at,
        ),
    )
    held = SessionHeld(
        session="session-1",
        title="Second round",
        place="Sella",
        start=at,
        parties=("kes", "vor"),
        mediators=("ord",),
        at=at,
    )
    seats.step("ord", held)
    seats.step("ord", MinuteLineRecorded(session="session-1", line="line-1", text="canary-minute", at=at))
    agreement = Agreement(id="quiet", title="canary-sealed-agreement", form="claimed", parties=("kes", "vor"))
    seats.step("ord", AgreementRecorded(agreement=agreement, sealed=True, at=at))


def _message(seats: Seats) -> None:
    """Kestria sends Ordania a text that the host cannot read."""
    for member in ("kes", "ord"):
        key = EncryptionKey.generate()
        with Mechanism.open(seats.home, seats.settings, clock=lambda: seats.at) as mechanism:
            chain, signers = mechanism.log.chain, [seats.keys[member]]
            of = chain.keys.keys[seats.keys[member].key_id]
            mechanism.submit(custody.sign_change(chain, custody.encrypt_to(of, key), signers, now(seats)))
    body = canonical.dumps(to_plain(entries.MessageSent(title="canary-named", text="canary-named")))
    draft = Draft("MessageSent", "kes", now(seats), body, access="named", recipients=("ord",))
    with Mechanism.open(seats.home, seats.settings, clock=lambda: seats.at) as mechanism:
        mechanism.submit(custody.sign_for(mechanism.log.chain, draft, [seats.keys["kes"]]))
