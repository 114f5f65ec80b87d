"""A case played in memory between Kestria and Vorland, under a charter that asks for every step, with a clock of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from tasdiq.model import entries, steps
from tasdiq.model.agreement import Agreement, Commitment
from tasdiq.model.case import AccessRequest, Case, Finding, FindingPart, Mark, PartName, Seat
from tasdiq.model.charter import Charter, Group, Member, Procedure
from tasdiq.model.evidence import Custody
from tasdiq.model.value import Value
from tasdiq.verification import clocks, procedure
from tasdiq.verification.docket import Docket, Step

PARTS: tuple[PartName, ...] = ("occurrence", "responsibility", "breach")
CHARTER = Charter(
    title="Kestria and Vorland",
    form="joint",
    parties=(Member(id="kes", name="Kestria"), Member(id="vor", name="Vorland")),
    mediators=(Member(id="med", name="Ordania", role="mediator"), Member(id="two", name="Sella", role="mediator")),
    observers=(Member(id="obs", name="Union of Rivers", role="observer"),),
    protection_body=Member(id="prot", name="Commission for Persons", role="protection"),
    groups=(Group(id="nla", name="Northern Liberation Army"),),
    agreements=(Agreement(id="a1", title="Truce", form="verbal"),),
    commitments=(
        Commitment(id="c1", agreement="a1", bearer="vor", text="No fire.", acknowledged_by=("vor",)),
        Commitment(id="c2", agreement="a1", bearer="vor", text="No flights.", acknowledged_by=("kes",)),
        Commitment(id="c3", agreement="a1", bearer="vor", text="To prevent.", kind="duty", acknowledged_by=("vor",)),
    ),
    procedure=Procedure(steps="full"),
)
START = "2031-03-01T12:00:00Z"


def under(charter: Charter = CHARTER, **rules: Any) -> Charter:
    """Return a charter with other rules of procedure."""
    return msgspec.structs.replace(charter, procedure=msgspec.structs.replace(charter.procedure, **rules))


class Play:
    """One case on its way: every method is a step taken now; `later` moves the clock."""

    def __init__(self, charter: Charter = CHARTER) -> None:
        self.docket, self.at, self.count = Docket(charter), START, 0

    def later(self, days: int = 0, hours: int = 0) -> Play:
        """Let time pass."""
        self.at = clocks.after(self.at, days=days, hours=hours)
        return self

    def take(self, member: str, body: Value) -> Case:
        """Take a step as a member; what the rules refuse raises."""
        self.count += 1
        step = Step(member, body, procedure.time_of(body, self.at), f"entry-{self.count}", "joint")
        case = procedure.take(self.docket, step)
        assert case is not None
        return case

    @property
    def case(self) -> Case:
        """The case as of now."""
        return procedure.as_of(self.docket.charter, [self.docket.cases["case-1"]], self.at)["case-1"]

    def finding(self, ident: str = "f1") -> Finding:
        """Return a finding as of now."""
        return next(item for item in self.case.findings if item.id == ident)

    def open(self, member: str = "kes", **changes: Any) -> Case:
        body = entries.CaseOpened(
            case="case-1", subject="i1", subject_kind="incident", allegation="Fire across the river", alleged_by="kes",
            alleged_against="vor", commitment="c1",
        )  # fmt: skip
        return self.take(member, msgspec.structs.replace(body, **changes))

    def competent(self, member: str = "med", commitment: str = "c1", bearer: str = "vor", **more: Any) -> Case:
        body = steps.CompetenceDecided(case="case-1", competent=True, commitment=commitment, bearer=bearer)
        return self.take(member, msgspec.structs.replace(body, **more))

    def assess(self, member: str = "med", pursue: bool = True, text: str = "Two reports.") -> Case:
        return self.take(member, steps.CaseAssessed(case="case-1", pursue=pursue, text=text))

    def team(self, member: str = "med", *seats: tuple[str, str]) -> Case:
        named = seats or (("med", "officer 1"), ("obs", "officer 2"))
        team = tuple(Seat(member=who, officer=officer) for who, officer in named)
        return self.take(member, steps.TeamAssigned(case="case-1", team=team))

    def recuse(self, by: str, member: str, officer: str = "", reason: str = "A relative.") -> Case:
        return self.take(by, steps.Recused(case="case-1", member=member, officer=officer, reason=reason))

    def ask(
        self, ident: str = "access-1", of: str = "vor", place: str = "the ford", by: str = "med", **more: Any
    ) -> Case:
        request = AccessRequest(id=ident, asked_of=of, place=place, asked_at=self.at)
        return self.take(by, entries.AccessRequested(case="case-1", request=msgspec.structs.replace(request, **more)))

    def answer(self, answer: str, ident: str = "access-1", by: str = "vor", **more: Any) -> Case:
        return self.take(by, entries.AccessAnswered(case="case-1", request=ident, answer=answer, **more))

    def submit(self, by: str = "kes", ident: str = "evidence-1", **changes: Any) -> Case:
        custody = (Custody(holder=by, at="2031-02-01T08:00:00Z", how="photographed"),)
        body = steps.EvidenceSubmitted(
            case="case-1", evidence=ident, title="Craters", sha256=("ab" * 32,), custody=custody
        )
        return self.take(by, msgspec.structs.replace(body, **changes))

    def acknowledge(self, by: str = "vor", ident: str = "evidence-1", sha256: tuple[str, ...] = ("ab" * 32,)) -> Case:
        return self.take(by, steps.EvidenceAcknowledged(case="case-1", evidence=ident, sha256=sha256))

    def reply_to_evidence(self, by: str = "vor", answer: Any = "disputed", text: str = "Another valley.") -> Case:
        return self.take(by, steps.EvidenceAnswered(case="case-1", evidence="evidence-1", answer=answer, text=text))

    def draft(self, by: str = "med", occurrence: str = "established", responsibility: str = "not examined",
              breach: str = "not examined", actor: str = "", finding: str = "f1", **more: Any) -> Case:  # fmt: skip
        parts = (
            FindingPart(name="occurrence", outcome=occurrence),
            FindingPart(name="responsibility", outcome=responsibility, actor=actor),
            FindingPart(name="breach", outcome=breach),
        )
        body = entries.FindingDrafted(case="case-1", finding=finding, standard="reasonable grounds", parts=parts)
        return self.take(by, msgspec.structs.replace(body, **more))

    def notify(self, party: str, by: str = "med", finding: str = "f1", notice: str = "") -> Case:
        body = steps.PartyNotified(finding=finding, notice=notice or f"notice-{party}-{finding}", party=party)
        return self.take(by, body)

    def respond(self, party: str, text: str = "We see it otherwise.", finding: str = "f1", notice: str = "") -> Case:
        body = steps.PartyResponded(finding=finding, notice=notice or f"notice-{party}-{finding}", text=text)
        return self.take(party, body)

    def extend(self, by: str, item: str, until: str) -> Case:
        return self.take(by, steps.DeadlineExtended(case="case-1", item=item, until=until))

    def mark(
        self, member: str, mark: Mark, part: PartName = "occurrence", text: str = "Because.", finding: str = "f1"
    ) -> Case:
        return self.take(member, entries.FindingSigned(finding=finding, part=part, mark=mark, text=text))

    def marks(self, marks: Mapping[str, Mark], *parts: PartName) -> Play:
        """Put each member's mark under the parts."""
        for part in parts or ("occurrence",):
            for member, mark in marks.items():
                self.mark(member, mark, part)
        return self

    def withdraw(self, by: str, finding: str = "f1", reason: str = "The wrong post.") -> Case:
        return self.take(by, entries.FindingWithdrawn(finding=finding, reason=reason))

    def appeal(self, by: str, text: str = "A new witness.", finding: str = "f1") -> Case:
        return self.take(by, steps.FindingAppealed(finding=finding, text=text))

    def dismiss(self, by: str = "med", of: str = "vor", text: str = "It was heard.", finding: str = "f1") -> Case:
        return self.take(by, steps.AppealDismissed(finding=finding, by=of, text=text))

    def reopen(self, by: str = "med", reason: str = "Access was granted.") -> Case:
        return self.take(by, steps.CaseReopened(case="case-1", reason=reason))

    def lift(self, by: str = "med", finding: str = "f1") -> Case:
        named = tuple(steps.Opening(entry=entry, salt="", content="") for entry in self.finding(finding).entries)
        return self.take(by, steps.EmbargoLifted(finding=finding, openings=named))

    # from the beginning to a point on the way

    def begun(self) -> Play:
        """Play up to a team that may go."""
        for step in (self.open, self.competent, self.assess, self.team):
            step()
        return self

    def drafted(self, **more: Any) -> Play:
        """Play up to a draft."""
        self.begun().draft(**more)
        return self

    def heard(self, **more: Any) -> Play:
        """Play up to a draft that both parties have replied to."""
        self.drafted(**more)
        for party in ("kes", "vor"):
            self.notify(party)
            self.respond(party)
        return self

    def decided(self, **more: Any) -> Play:
        """Play up to a finding that everyone signed."""
        return self.heard(**more).marks(dict.fromkeys(("kes", "vor", "med", "two"), "concurs"))
