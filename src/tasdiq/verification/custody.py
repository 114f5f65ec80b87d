"""Evidence: its chain of custody, and its way through the mechanism to the other party.

Rules (cited by tests as E1 to E6):

E1. Evidence is submitted by a member who sits on the case, with a title in words and each file by its SHA-256.
E2. Its chain of custody is whole: at least one link, each no earlier than the one before and none after the submission; the
    last holder is the member who submits it.
E3. It is handed to every party to the case but the one that submits it; more members may be named.
E4. Only a party it was handed to acknowledges it, once, for exactly the files that were submitted. A receipt is no answer.
E5. An answer follows the receipt, in words: *answered* or *disputed*. It may be late; a later answer stands beside the first.
E6. Without an answer by the charter's `evidence_days` it is *overdue*: neither accepted nor disputed.

Custody after the submission is the record itself: every receipt is an entry. The files lie beside it (`record`).
"""

from __future__ import annotations

import re

import msgspec

from tasdiq.errors import MissingError, ProcedureError, RoleError
from tasdiq.model import steps
from tasdiq.model.case import Case
from tasdiq.model.evidence import Evidence, EvidenceAnswer, Handover

from . import clocks, roles
from .docket import Docket, Step

_SHA256 = re.compile(r"[0-9a-f]{64}")


def check_submission(docket: Docket, step: Step, body: steps.EvidenceSubmitted) -> None:
    """Raise unless the evidence may enter the case (E1 to E3)."""
    case = docket.case(body.case)
    roles.require_seat(docket, step, case)
    if not body.title.strip():
        raise ProcedureError("evidence needs a title in words", paragraph="E1")
    if docket.knows(body.evidence):
        raise ProcedureError(f"the id {body.evidence} is in use already", paragraph="E1")
    if bad := [item for item in body.sha256 if not _SHA256.fullmatch(item)]:
        raise ProcedureError(f"a file is named by 64 lower-case hex digits, found {bad[0][:70]!r}", paragraph="E1")
    _check_custody(step, body)
    if unknown := [who for who in body.to if docket.charter.member(who) is None]:
        raise MissingError(f"evidence is handed to members; {unknown[0]} is none")
    if not receivers(docket, case, step.member, body.to):
        raise ProcedureError("nobody is named to whom the evidence is handed", paragraph="E3")


def _check_custody(step: Step, body: steps.EvidenceSubmitted) -> None:
    times = [link.at for link in body.custody]
    if not times:
        raise ProcedureError("say who held the evidence, from when on, until it was submitted", paragraph="E2")
    for at in times:
        clocks.read(at)
    if times != sorted(times) or times[-1] > step.at:
        raise ProcedureError("each link of the chain follows the one before, none the submission", paragraph="E2")
    if not all(link.holder.strip() and link.how.strip() for link in body.custody):
        raise ProcedureError("each link says who held it and how it came to them", paragraph="E2")
    if (last := body.custody[-1].holder) != step.member:
        raise ProcedureError(f"the last holder is {last}; {step.member} submits what it holds", paragraph="E2")


def receivers(docket: Docket, case: Case, submitter: str, named: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return to whom evidence is handed: every party to the case but the submitter, and whoever else is named (E3)."""
    wanted = {*roles.parties_to(docket.charter, case), *named} - {submitter}
    return tuple(member.id for member in docket.charter.members if member.id in wanted)


def submit(docket: Docket, step: Step, body: steps.EvidenceSubmitted) -> Case:
    """Return the case with the evidence in it."""
    case = docket.case(body.case)
    due = clocks.after(step.at, days=docket.charter.procedure.evidence_days)
    evidence = Evidence(
        id=body.evidence,
        title=body.title,
        submitted_by=step.member,
        at=step.at,
        sha256=body.sha256,
        custody=body.custody,
        handed=tuple(Handover(to=who, due=due) for who in receivers(docket, case, step.member, body.to)),
        entry=step.entry,
    )
    return msgspec.structs.replace(case, evidence=(*case.evidence, evidence))


def check_receipt(docket: Docket, step: Step, body: steps.EvidenceAcknowledged) -> None:
    """Raise unless the receipt is the receiver's, for these files, and the first (E4)."""
    evidence, handover = _handed(docket, step, body.case, body.evidence)
    if handover.received_at:
        raise ProcedureError(f"{step.member} acknowledged {evidence.id} already", paragraph="E4")
    if sorted(body.sha256) != sorted(evidence.sha256):
        raise ProcedureError(
            f"the receipt names {len(body.sha256)} files and not exactly the {len(evidence.sha256)} submitted; "
            "acknowledge what arrived whole, or ask for it again",
            paragraph="E4",
        )


def check_answer(docket: Docket, step: Step, body: steps.EvidenceAnswered) -> None:
    """Raise unless the answer is the receiver's, in words, after its receipt (E5)."""
    evidence, handover = _handed(docket, step, body.case, body.evidence)
    if not handover.received_at:
        raise ProcedureError(f"acknowledge {evidence.id} first: a receipt says what arrived", paragraph="E5")
    if not body.text.strip():
        raise ProcedureError("an answer to evidence is given in words", paragraph="E5")


def _handed(docket: Docket, step: Step, case: str, ident: str) -> tuple[Evidence, Handover]:
    found = docket.case(case)
    roles.require_seat(docket, step, found)
    evidence = next((item for item in found.evidence if item.id == ident), None)
    if evidence is None:
        raise MissingError(f"case {case} has no evidence {ident}; see: tasdiq case show RECORD {case}")
    handover = next((item for item in evidence.handed if item.to == step.member), None)
    if handover is None:
        given = ", ".join(item.to for item in evidence.handed)
        raise RoleError(f"{ident} was handed to {given}; {step.member} does not answer for it (E4)")
    return evidence, handover


def acknowledge(docket: Docket, step: Step, body: steps.EvidenceAcknowledged) -> Case:
    """Return the case with the receipt."""
    return _with(docket, step, body.evidence, body.case, received_at=step.at, receipt=step.entry)


def answer(docket: Docket, step: Step, body: steps.EvidenceAnswered) -> Case:
    """Return the case with the answer."""
    _, handover = _handed(docket, step, body.case, body.evidence)
    said = EvidenceAnswer(answer=body.answer, text=body.text, at=step.at, entry=step.entry)
    return _with(docket, step, body.evidence, body.case, answers=(*handover.answers, said))


def _with(docket: Docket, step: Step, ident: str, case: str, **changes: object) -> Case:
    found = docket.case(case)

    def changed(item: Handover) -> Handover:
        return msgspec.structs.replace(item, **changes) if item.to == step.member else item

    evidence = tuple(
        msgspec.structs.replace(item, handed=tuple(map(changed, item.handed))) if item.id == ident else item
        for item in found.evidence
    )
    return msgspec.structs.replace(found, evidence=evidence)


def standing(case: Case, evidence: Evidence, handover: Handover, now: str) -> str:
    """Say in a word where evidence stands with one party: answered, disputed, overdue, acknowledged, handed over (E6)."""
    due = clocks.extended(case, evidence.id, handover.due)
    if handover.answers:
        late = " (late)" if handover.answers[0].at >= due else ""
        return handover.answers[-1].answer + late
    if now and now >= due:
        return "overdue"
    return "acknowledged" if handover.received_at else "handed over"
