"""Assess the conduct of each commitment from findings alone.

Rules (cited by tests as C1 to C8):

C1. An allegation is never counted as a violation: without a decided finding the conduct is *not yet verified*.
C2. A commitment its bearer never acknowledged in own voice is *disputed*, whatever was found: never *breached*.
C3. A commitment that starts in the future of the record is *not yet due*.
C4. A carried breach finding makes it *breached*; carried findings of both kinds make it *partly kept*.
C5. A carried finding that no breach occurred, and no other, makes it *kept*.
C6. Findings of *access denied* or *inconclusive* alone make it *not verifiable*.
C7. A finding under an open appeal counts for nothing until the appeal is answered.
C8. Of a case that was reopened the last signed finding counts, so that it is not counted twice.
"""

from __future__ import annotations

from tasdiq.model.agreement import Commitment, Conduct, ConductStatus, RegisteredCommitment
from tasdiq.model.case import Case, Finding
from tasdiq.model.state import State


def assess_conduct(state: State, *, today: str = "") -> list[Conduct]:
    """Return the conduct of every commitment of the register; `today` (`YYYY-MM-DD`) decides what is not yet due."""
    about: dict[str, list[Case]] = {}
    for case in state.cases.values():
        about.setdefault(case.commitment, []).append(case)
    return [_conduct(held, about.get(held.commitment.id, []), today) for held in state.talks.commitments.values()]


def _conduct(held: RegisteredCommitment, cases: list[Case], today: str) -> Conduct:
    decided = [finding for case in cases if case.findings for finding in _counted(case)]
    status, why = _status(held.commitment, decided, today)
    if status == "not yet verified" and any(case.stage == "under examination" for case in cases):
        why = "No finding on it is public; an allegation is not counted as a violation (C1)."
    if status == "not yet verified" and any(_appealed(finding) for case in cases for finding in case.findings):
        why = "A finding on it is under appeal, and counts for nothing until that is answered (C7)."
    return Conduct(
        commitment=held.id,
        status=status,
        why=why,
        findings=tuple([finding.id for finding in decided]),
        allegations=tuple([case.id for case in cases]),
    )


def _counted(case: Case) -> list[Finding]:
    """Return the signed findings of a case that count (C7, C8)."""
    signed = [finding for finding in case.findings if finding.decision == "signed" and not _appealed(finding)]
    return signed[-1:] if case.reopened else signed


def _appealed(finding: Finding) -> bool:
    return bool(finding.appeals) and any(
        not appeal.dismissed_at and not appeal.granted_at for appeal in finding.appeals
    )


def _status(commitment: Commitment, decided: list[Finding], today: str) -> tuple[ConductStatus, str]:
    if commitment.bearer not in commitment.acknowledged_by:
        return "disputed", "Its bearer has not acknowledged this commitment in own voice (C2)."
    if today and commitment.start and commitment.start > today:
        return "not yet due", f"It starts on {commitment.start} (C3)."
    if not decided:
        return "not yet verified", "No signed finding concerns it; an allegation is not counted as a violation (C1)."
    breaches = {part.outcome for finding in decided for part in finding.parts if part.name == "breach"}
    if "breach" in breaches:
        if "no breach" in breaches:
            return "partly kept", "Signed findings of both kinds concern it (C4)."
        return "breached", "A signed finding says so (C4)."
    if "no breach" in breaches:
        return "kept", "Signed findings concern it and none found a breach (C5)."
    return "not verifiable", "The findings on it are inconclusive or access was denied (C6)."
