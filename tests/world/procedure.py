"""The cases of the small ceasefire: one finding with a dissent, one where access was denied; conduct of each commitment."""

from __future__ import annotations

from tasdiq.model.agreement import Conduct
from tasdiq.model.case import AccessRequest, Case, Finding, FindingPart, Signature

_AT = "2031-04-08T09:00:00Z"

CASES: dict[str, Case] = {
    "case-1": Case(
        id="case-1", subject="t-001", subject_kind="incident", allegation="Shelling of three posts near Salova on 4 March",
        alleged_by="kes", alleged_against="vor", commitment="no-fire", opened_at="2031-03-12T08:00:00Z", stage="decided",
        access=(AccessRequest(id="a-1", asked_of="kes", place="Salova", asked_at="2031-03-13T08:00:00Z", answer="granted",
                              answered_at="2031-03-14T08:00:00Z"),
                AccessRequest(id="a-2", asked_of="vor", place="gun positions north of Brenk", asked_at="2031-03-13T08:00:00Z",
                              answer="denied", answered_at="2031-03-20T08:00:00Z", reason="military area")),
        findings=(Finding(
            id="finding-1", case="case-1", standard="balance of probabilities", drafted_at="2031-04-05T10:00:00Z",
            decision="no common finding", evidence=("t-001",),
            parts=(FindingPart(name="occurrence", outcome="established",
                               text="Craters and fragments were seen at two of three posts."),
                   FindingPart(name="responsibility", outcome="inconclusive",
                               text="Positions could not be visited: access was denied."),
                   FindingPart(name="breach", outcome="not decided")),
            signatures=(Signature(member="kes", part="occurrence", mark="concurs", at=_AT),
                        Signature(member="vor", part="occurrence", mark="concurs", at=_AT),
                        Signature(member="ilm", part="occurrence", mark="concurs", at=_AT),
                        Signature(member="kes", part="responsibility", mark="dissents", at=_AT,
                                  text="The angle of the craters points north; the responsibility is plain."),
                        Signature(member="vor", part="responsibility", mark="concurs", at=_AT),
                        Signature(member="ilm", part="responsibility", mark="reserves", at=_AT, text="Awaiting a second visit.")),
            decided=(("breach", "open"), ("occurrence", "carried"), ("responsibility", "no common finding")),
        ),),
    ),
    "case-2": Case(
        id="case-2", subject="p-violence-orm", subject_kind="proposition", allegation="Air strike at Orm on 2 April",
        alleged_by="vor", alleged_against="kes", commitment="no-flight", opened_at="2031-04-06T08:00:00Z", stage="access",
        access=(AccessRequest(id="a-3", asked_of="vor", place="Orm", asked_at="2031-04-07T08:00:00Z"),),
    ),
}  # fmt: skip

CONDUCT: dict[str, Conduct] = {
    "no-fire": Conduct(commitment="no-fire", status="not yet verified", findings=("finding-1",), allegations=("case-1",),
                       why="One allegation; its finding leaves responsibility open."),
    "no-flight": Conduct(commitment="no-flight", status="disputed", allegations=("case-2",),
                         why="The bearer has not acknowledged this commitment in its own voice."),
    "monitors": Conduct(commitment="monitors", status="not yet due", why="Due on 1 May 2031."),
}  # fmt: skip
