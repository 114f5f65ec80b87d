"""Where every kind of form stands open in the furnished record, for whom, and what a careful officer fills in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Place:
    """A form that is open: the member to whom, its address, and answers beyond the plain ones."""

    member: str
    kind: str
    query: str = ""
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Return where the form stands."""
        return f"/do/{self.kind}" + (f"?{self.query}" if self.query else "")


EXAMINED, DRAFTED, DECIDED = "case=case-examined", "finding=finding-drafted", "finding=finding-decided"
POINT, SHELLED = "proposition=p-ceasefire-ceasefire-violated-vor", "p-use-of-force-shelling-vor"
NOTHING_FOUND = {"occurrence": "inconclusive", "responsibility": "not examined", "actor": "-", "breach": "not examined"}
PLACES: dict[str, Place] = {
    place.kind: place
    for place in (
        Place("kes", "CaseOpened", "subject=report-1"),
        Place("ord", "CompetenceDecided", "case=case-opened"),
        Place("ord", "CaseAssessed", "case=case-competent"),
        Place("ord", "TeamAssigned", "case=case-assessed", {"team-0-member": "ord", "team-0-officer": "officer 9"}),
        Place("ord", "Recused", "case=case-opened", {"officer": "officer 9"}),
        Place("ord", "AccessRequested", EXAMINED),
        Place("vor", "AccessAnswered", f"{EXAMINED}&request=access-3", {"answer": "denied"}),
        Place("kes", "EvidenceSubmitted", EXAMINED),
        Place("vor", "EvidenceAcknowledged", f"{EXAMINED}&evidence=evidence-kes"),
        Place("kes", "EvidenceAnswered", f"{EXAMINED}&evidence=evidence-vor"),
        Place("ord", "FindingDrafted", EXAMINED, NOTHING_FOUND),
        Place("vor", "FindingSigned", DRAFTED, {"mark": "dissents", "text": "We see it otherwise."}),
        Place("ord", "PartyNotified", "finding=finding-told"),
        Place("kes", "PartyResponded", DRAFTED),
        Place("kes", "DeadlineExtended", f"{EXAMINED}&item=evidence-kes", {"item": "evidence-kes"}),
        Place("ord", "FindingWithdrawn", DRAFTED),
        Place("vor", "FindingAppealed", DECIDED),
        Place("ord", "AppealDismissed", "finding=finding-appealed"),
        Place("ord", "CaseReopened", "case=case-decided"),
        Place("ord", "EmbargoLifted", DECIDED),
        Place("kes", "AgreementRecorded", more={"form": "verbal"}),
        Place("kes", "CommitmentRecorded", "agreement=agreement-brenk"),
        Place("vor", "AgreementAnswered", "item=agreement-brenk"),
        Place("vor", "ReadingDeclared", "commitment=commitment-brenk"),
        Place("ord", "QuantityReported", "commitment=commitment-brenk"),
        Place("ord", "ImplementationRated", "commitment=commitment-brenk"),
        Place("kes", "MeasureClaimed"),
        Place("kes", "MeasureAnswered", "measure=measure-visas"),
        Place("ord", "SessionHeld"),
        Place("kes", "DelegationNamed", "session=session-1"),
        Place("ord", "MinuteLineRecorded", "session=session-1"),
        Place("vor", "MinuteLineAnswered", "session=session-1&line=line-2"),
        Place("kes", "MinutesOpened", "session=session-1"),
        Place("kes", "CallLogged"),
        Place("vor", "CallConfirmed", "call=call-1"),
        Place("vor", "CallReturned", "call=call-1"),
        Place("ord", "PropositionsMerged", POINT),
        Place("ord", "PropositionSplit", POINT),
        Place("ord", "PropositionReworded", POINT, {"wording": "Fire was opened at Sarn"}),
        Place("ord", "PropositionConfirmed", POINT),
        Place("kes", "WordingObjected", POINT),
        Place("ord", "EntryCorrected", "decision=first"),
    )
}  # fmt: skip
"""Kind of step -> where its form stands open; of what has ids of its own, once the record is furnished."""
