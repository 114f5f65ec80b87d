"""A record with something on every desk: cases at each stage, evidence on its way, talks half done, deadlines past and to come.

Played once; each test has a copy. Names and matters are made up, and each side has asked the other for as much.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from doors.app.places import PLACES, SHELLED, Place
from doors.app.seats import Founded, Seats, found
from doors.folders import DENIAL, SHELLING
from tasdiq.clock import timestamp
from tasdiq.intake.folder import File
from tasdiq.journey import enter_files
from tasdiq.mechanism import Mechanism
from tasdiq.model import call, entries, framing, meeting, steps, talks
from tasdiq.model.agreement import Agreement, Commitment, Quantity
from tasdiq.model.case import AccessRequest, FindingPart, Seat
from tasdiq.model.evidence import Custody
from tasdiq.model.incident import Incident, IncidentReport
from tasdiq.model.value import Value
from tasdiq.talks.minutes import text_sha256
from tasdiq.verification import clocks
from tasdiq.web.forms.points import digest

LINES = (
    "Fire stops along the whole line of contact.",
    "Each side names one officer for each valley.",
    "The crossing at Brenk opens on Monday.",
)
PARTS = ("occurrence", "responsibility", "breach")


@dataclass(frozen=True)
class Furnished:
    """The record as it was played, and the time at which it is looked at."""

    founded: Founded
    at: datetime

    def table(self, base: Path) -> Seats:
        """Return a table at a copy of it."""
        seats = Seats.copy(self.founded, base)
        seats.at = self.at
        return seats


class Playing:
    """The members at work on one record."""

    def __init__(self, base: Path) -> None:
        self.seats = Seats(found(base), base)
        self.proposition = ""

    @property
    def now(self) -> str:
        return timestamp(self.seats.at)

    def step(self, member: str, body: Value) -> None:
        self.seats.step(member, body)

    def open(self, case: str, by: str, against: str, words: str, subject: str = "") -> None:
        kind = "incident" if subject else "proposition"
        self.step(by, entries.CaseOpened(
            case=case, subject=subject or self.proposition, subject_kind=kind, allegation=words, alleged_by=by,
            alleged_against=against, commitment="no-fire" if against == "vor" else "", at=self.now,
        ))  # fmt: skip

    def competent(self, case: str) -> None:
        body = steps.CompetenceDecided(case=case, competent=True, commitment="no-fire", bearer="vor", at=self.now)
        self.step("ord", body)

    def team(self, case: str) -> None:
        self.competent(case)
        self.step("ord", steps.CaseAssessed(case=case, pursue=True, text="Two reports of one ministry.", at=self.now))
        team = (Seat(member="ord", officer="ord-team"), Seat(member="riv", officer="riv-observer"))
        self.step("ord", steps.TeamAssigned(case=case, team=team, at=self.now))

    def ask(self, case: str, request: str, of: str, place: str) -> None:
        asked = AccessRequest(id=request, asked_of=of, place=place, asked_at=self.now)
        self.step("ord", entries.AccessRequested(case=case, request=asked))

    def answer(self, case: str, request: str, by: str, answer: str, reason: str = "", until: str = "") -> None:
        self.step(
            by,
            entries.AccessAnswered(case=case, request=request, answer=answer, reason=reason, at=self.now, until=until),
        )

    def submit(self, case: str, evidence: str, by: str, title: str, files: list[bytes]) -> None:
        links = (
            Custody(holder="a shepherd of the valley", at="2031-03-03T06:30:00Z", how="found beside the road"),
            Custody(holder=by, at="2031-03-04T09:00:00Z", how="handed over at the post"),
        )
        body = steps.EvidenceSubmitted(case=case, evidence=evidence, title=title, custody=links, at=self.now)
        with Mechanism.open(
            self.seats.home, self.seats.settings, key=self.seats.keys[by], clock=lambda: self.seats.at
        ) as here:
            here.hand_over(body, files)

    def draft(self, case: str, finding: str, told: tuple[str, ...] = ("kes", "vor")) -> None:
        parts = (
            FindingPart(
                name="occurrence",
                outcome="established",
                text="Craters of the night of 4 March were seen at three posts.",
            ),
            FindingPart(
                name="responsibility", outcome="Forces of Vorland", actor="vor", text="The range and the wreckage."
            ),
            FindingPart(name="breach", outcome="breach", text="Fire across the line of contact."),
        )
        body = entries.FindingDrafted(
            case=case, finding=finding, standard="reasonable grounds", parts=parts, at=self.now
        )
        self.step("ord", body)
        for party in told:
            notice = steps.PartyNotified(finding=finding, notice=f"notice-{party}-{finding}", party=party, at=self.now)
            self.step("ord", notice)

    def reply(self, finding: str, party: str, text: str) -> None:
        notice = f"notice-{party}-{finding}"
        self.step(party, steps.PartyResponded(finding=finding, notice=notice, text=text, at=self.now))

    def mark(self, finding: str, member: str, mark: Any, text: str = "", parts: tuple[Any, ...] = PARTS) -> None:
        for part in parts:
            self.step(member, entries.FindingSigned(finding=finding, part=part, mark=mark, text=text, at=self.now))


def play(base: Path) -> Furnished:
    """Found a record and furnish it."""
    playing = Playing(base)
    _arrivals(playing)
    _decided(playing)
    _talks(playing)
    _drafted(playing)
    _examined(playing)
    playing.seats.later(days=2)
    _begun(playing)
    _points(playing)
    playing.seats.close()
    return Furnished(playing.seats.founded, playing.seats.at)


def _arrivals(playing: Playing) -> None:
    files = [File("shelling.txt", SHELLING.encode()), File("denial.txt", DENIAL.encode())]
    report = IncidentReport(
        report_id="report-1", source_id="post-7", source_kind="observer", reported_at="2031-03-04T06:00:00Z",
        time="2031-03-04T05:10:00Z", time_precision_min=30, type="ground/shelling", actor_a="vor", actor_b="kes",
        place="Salova, upper ford", admin1="Salova", killed_min=0, killed_max=2, text="Seven rounds before dawn.",
    )  # fmt: skip
    seats = playing.seats
    with Mechanism.open(seats.home, seats.settings, key=seats.keys["ord"], clock=lambda: seats.at) as mechanism:
        assert enter_files(mechanism, files, None, lambda _: None) == []
        mechanism.propose("report", "forms", "tests", [report], access="joint")
        mechanism.propose(
            "incident", "by hand", "tests", [Incident(id="report-1", reports=("report-1",))], access="joint"
        )
    playing.proposition = next(iter(seats.state().propositions))


def _points(playing: Playing) -> None:
    """A party objects to the wording of a point; the forms of points stand open where this is known."""
    item = playing.seats.state().propositions[SHELLED]
    words = "Fire was opened at targets of the army alone"
    body = framing.WordingObjected(
        proposition=SHELLED, wording=item.wording, text="No post was shelled.", own=words, at=playing.now
    )
    entry = playing.seats.step("vor", body)
    PLACES["EntryCorrected"] = Place("vor", "EntryCorrected", f"decision={entry}")
    seen = f"proposition={playing.proposition}&seen={digest(playing.seats.state().propositions[playing.proposition])}"
    PLACES["PropositionConfirmed"] = Place("ord", "PropositionConfirmed", seen)


def _decided(playing: Playing) -> None:
    """A case that is decided with a dissent, its embargo over."""
    _to_a_decision(playing, "decided", "Fire across the line at three posts near Salova on 4 March", "report-1")
    _to_a_decision(playing, "appealed", "A patrol of six beyond the markers at Orsa on 2 March")
    appeal = steps.FindingAppealed(finding="finding-appealed", text="A witness came forward since.", at=playing.now)
    playing.step("vor", appeal)


def _to_a_decision(playing: Playing, name: str, words: str, subject: str = "") -> None:
    playing.open(f"case-{name}", "kes", "vor", words, subject)
    playing.team(f"case-{name}")
    playing.draft(f"case-{name}", f"finding-{name}")
    playing.reply(f"finding-{name}", "kes", "We agree with the draft.")
    playing.reply(f"finding-{name}", "vor", "The wreckage shown is of a type that both sides hold.")
    playing.mark(f"finding-{name}", "kes", "concurs")
    playing.mark(f"finding-{name}", "ord", "concurs")
    playing.mark(f"finding-{name}", "vor", "dissents", "The range was never measured; the posts were empty that night.")
    playing.mark(f"finding-{name}", "riv", "reserves", "The team reached two of the three posts.", ("occurrence",))


def _drafted(playing: Playing) -> None:
    """A case whose draft one party has replied to and the other let pass."""
    playing.open("case-drafted", "kes", "vor", "Mortar rounds at the mill of Orsa in the night of 7 March")
    playing.team("case-drafted")
    playing.draft("case-drafted", "finding-drafted")
    playing.reply("finding-drafted", "vor", "It was thunder; the mill stands.")
    playing.seats.later(days=8)
    playing.open("case-told", "kes", "vor", "A searchlight over the ford of Brenk on 8 March")
    playing.team("case-told")
    playing.draft("case-told", "finding-told", ("kes",))
    playing.mark("finding-drafted", "kes", "concurs", parts=("occurrence",))


def _examined(playing: Playing) -> None:
    """A case in the field: access denied, delayed and asked; evidence answered, handed over, and one extension asked for."""
    playing.open("case-examined", "vor", "kes", "A drone over the barracks of Tolsk on 9 March")
    playing.team("case-examined")
    playing.ask("case-examined", "access-1", "kes", "the yard behind the old customs house")
    playing.answer("case-examined", "access-1", "kes", "denied", "The road is mined.")
    playing.ask("case-examined", "access-2", "kes", "the yard behind the old customs house")
    later = clocks.after(playing.now, days=1)
    playing.answer("case-examined", "access-2", "kes", "delayed", "After the clearing.", later)
    playing.submit(
        "case-examined", "evidence-vor", "vor", "Photographs of the drone", [b"\xff\xd8 wings", b"\xff\xd8 motor"]
    )
    playing.submit("case-examined", "evidence-kes", "kes", "Flight log of the day", [b"09:00 nothing flown"])
    sent = playing.seats.state().cases["case-examined"].evidence[0].sha256
    playing.step(
        "kes", steps.EvidenceAcknowledged(case="case-examined", evidence="evidence-vor", sha256=sent, at=playing.now)
    )
    playing.step("kes", steps.EvidenceAnswered(
        case="case-examined", evidence="evidence-vor", answer="disputed", text="No drone of ours has such wings.", at=playing.now
    ))  # fmt: skip
    until = clocks.after(playing.now, days=12)
    playing.step("vor", steps.DeadlineExtended(case="case-examined", item="evidence-kes", until=until, at=playing.now))
    playing.ask("case-examined", "access-3", "vor", "the roof of the barracks")


def _begun(playing: Playing) -> None:
    """Cases before a team: opened, competent, assessed."""
    for number, (name, by, other) in enumerate(
        (("opened", "vor", "kes"), ("competent", "kes", "vor"), ("assessed", "kes", "vor"))
    ):
        playing.open(
            f"case-{name}", by, other, f"Shots near the {('well', 'bridge', 'chapel')[number]} of Lun, told by a patrol"
        )
    playing.competent("case-competent")
    playing.competent("case-assessed")
    playing.step("ord", steps.CaseAssessed(case="case-assessed", pursue=True, text="A patrol saw it.", at=playing.now))


def _talks(playing: Playing) -> None:
    told = Agreement(
        id="agreement-brenk", title="Crossing at Brenk", form="verbal", parties=("kes", "vor"), text="It opens daily."
    )
    playing.step("kes", talks.AgreementRecorded(agreement=told, at=playing.now))
    bound = Commitment(
        id="commitment-brenk", agreement="agreement-brenk", bearer="vor", text="To let lorries pass at Brenk", kind="programme",
        start="2031-03-01", until="2031-06-30", quantity=Quantity(value=40, unit="lorries"),
    )  # fmt: skip
    playing.step("kes", talks.CommitmentRecorded(commitment=bound, at=playing.now))
    claimed = talks.MeasureClaimed(
        measure="measure-visas", kind="visas", by="vor", text="Visas for 300 patients", start="2031-02", at=playing.now
    )
    playing.step("vor", claimed)
    _session(playing)
    _calls(playing)


def _session(playing: Playing) -> None:
    playing.step("ord", meeting.SessionHeld(
        session="session-1", title="First round", place="Port Ilmar", start="2031-03-12T07:00:00Z", parties=("kes", "vor"),
        mediators=("ord",), languages=("en", "ur"), authentic="en", at=playing.now,
    ))  # fmt: skip
    for number, text in enumerate(LINES, 1):
        line = meeting.MinuteLineRecorded(session="session-1", line=f"line-{number}", text=text, at=playing.now)
        playing.step("ord", line)
    for party, number, word in (("kes", 1, "agreed"), ("vor", 1, "agreed"), ("kes", 2, "not agreed")):
        mark = meeting.MinuteLineAnswered(
            session="session-1",
            line=f"line-{number}",
            answer=word,
            sha256=text_sha256(LINES[number - 1]),
            at=playing.now,
        )  # type: ignore[arg-type]
        playing.step(party, mark)


def _calls(playing: Playing) -> None:
    for by, other, number in (("kes", "vor", 1), ("vor", "kes", 2)):
        logged = call.CallLogged(
            call=f"call-{number}", caller=by, called=other, tried_at=clocks.after(playing.now, hours=-1), reached_at=playing.now,
            subject="Shots near the well", asked="Who fired?", read_back="Nobody of ours.", arrangement="No patrols there",
            until=clocks.after(playing.now, days=30), call_back_by=clocks.after(playing.now, days=1), call_back_from=other,
            at=playing.now,
        )  # fmt: skip
        playing.step(by, logged)
