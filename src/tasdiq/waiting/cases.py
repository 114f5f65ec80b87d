"""What cases ask of members: deadlines, marks, agreements between the parties, decisions of the mechanism.

Rules (cited by tests as W4 to W8):

W4. What a clock of the procedure counts (T1 to T6) waits for the member that owes it. Marks under several parts of one finding are
    one thing to do.
W5. What every party must enter for itself waits, once one of them has entered it, for each of the others.
W6. What the mechanism decides without a clock waits for the mediators who sit on the case; for every party where none does: the
    assessment of a competent case, the team of one that is pursued.
W7. A draft waits to be handed to the parties that were not told, for the mediators and whoever drafted it.
W8. A decided finding under embargo waits for the mediators from the hour in which they may lift it, and while no appeal is open.
"""

from __future__ import annotations

from collections.abc import Iterator

from tasdiq.model.case import Case, Due, Finding
from tasdiq.model.charter import Charter
from tasdiq.model.state import State
from tasdiq.verification import clocks, release, roles
from tasdiq.verification.docket import Docket
from tasdiq.verification.review import DECIDED, under_appeal

from .item import Waiting, standing

_MARK, _APPEAL = "mark the part ", "answer the appeal of "
_STEPS = {
    "decide competence": "CompetenceDecided",
    "answer the request for access": "AccessAnswered",
    "acknowledge and answer the evidence": "EvidenceAcknowledged",
    "answer the evidence": "EvidenceAnswered",
    "reply to the draft": "PartyResponded",
}
_AGREED = {
    "competence": ("CompetenceDecided", "Another party has entered its word on competence"),
    "assessment": ("CaseAssessed", "Another party has entered its assessment"),
    "team": ("TeamAssigned", "Another party has proposed a team"),
    "reopen": ("CaseReopened", "Another party asks that the case be reopened"),
    "lift": ("EmbargoLifted", "Another party asks that the finding be opened"),
    "withdraw": ("FindingWithdrawn", "Another party asks that the finding be withdrawn"),
    "dismiss": ("AppealDismissed", "Another party has entered that the appeal be dismissed"),
    "extend": ("DeadlineExtended", "Another party asks for more time"),
}


def waiting(state: State, now: str) -> Iterator[Waiting]:
    """Yield everything that the cases of a state ask of anybody at a time."""
    for case in state.cases.values():
        yield from of_case(state.charter, case, now)


def of_case(charter: Charter, case: Case, now: str) -> Iterator[Waiting]:
    """Yield everything that one case asks of anybody at a time."""
    yield from _clocks(charter, case, now)
    yield from _agreements(charter, case)
    yield from _decisions(charter, case)
    for finding in case.findings:
        yield from _handing_over(charter, case, finding)
        yield from _lifting(charter, case, finding, now)


def _clocks(charter: Charter, case: Case, now: str) -> Iterator[Waiting]:
    marks: dict[tuple[str, str], list[Due]] = {}
    for due in clocks.due(charter, case, now):
        if due.what.startswith(_MARK):
            marks.setdefault((due.item, due.owed_by), []).append(due)
        else:
            yield _of_clock(case, due, now)
    for (finding, _), dues in marks.items():
        parts = ", ".join(due.what.removeprefix(_MARK) for due in dues)
        asked = (("finding", finding),)
        what = f"Mark the draft: {parts}"
        drafter = next((item.drafted_by for item in case.findings if item.id == finding), "")
        yield _timed(dues[0], now, what=what, kind="FindingSigned", asked=asked, case=case.id, by=drafter)


def _of_clock(case: Case, due: Due, now: str) -> Waiting:
    if due.what.startswith(_APPEAL):
        who = due.what.removeprefix(_APPEAL)
        finding = due.item.removesuffix("/appeal")
        return _timed(
            due,
            now,
            what="Answer the appeal",
            kind="AppealDismissed",
            asked=(("finding", finding),),
            case=case.id,
            by=who,
        )
    kind = _STEPS[due.what]
    what = due.what[:1].upper() + due.what[1:]
    return _timed(
        due, now, what=what, kind=kind, asked=_asked(case, kind, due), case=case.id, by=_asker(case, kind, due)
    )


def _timed(
    due: Due, now: str, *, what: str, kind: str, asked: tuple[tuple[str, str], ...], case: str, by: str
) -> Waiting:
    return Waiting(
        what, kind, asked, due.owed_by, by, due.due, standing(due.due, now), case, due.item, extended=due.extended
    )


def _asked(case: Case, kind: str, due: Due) -> tuple[tuple[str, str], ...]:
    match kind:
        case "AccessAnswered":
            return (("case", case.id), ("request", due.item))
        case "EvidenceAcknowledged" | "EvidenceAnswered":
            return (("case", case.id), ("evidence", due.item))
        case "PartyResponded":
            return (("finding", _noticed(case, due.item).id), ("notice", due.item))
    return (("case", case.id),)


def _asker(case: Case, kind: str, due: Due) -> str:
    match kind:
        case "AccessAnswered":
            return next(item.asked_by for item in case.access if item.id == due.item)
        case "EvidenceAcknowledged" | "EvidenceAnswered":
            return next(item.submitted_by for item in case.evidence if item.id == due.item)
        case "PartyResponded":
            return _noticed(case, due.item).drafted_by
    return case.alleged_by


def _noticed(case: Case, notice: str) -> Finding:
    return next(item for item in case.findings if any(told.id == notice for told in item.notices))


def _agreements(charter: Charter, case: Case) -> Iterator[Waiting]:
    """Yield what one party has entered and others must enter too (W5)."""
    said = {(item.member, item.what) for item in case.assents}
    for assent in case.assents:
        subject = assent.what.partition("=")[0].partition(" ")[0]
        kind, words = _AGREED[subject]
        parties = roles.agreeing(charter, case) if subject == "extend" else _parties(charter)
        for party in parties:
            if party != assent.member and (party, assent.what) not in said:
                asked = _asked_for(case, subject, assent.what)
                yield Waiting(
                    words, kind, asked, party, assent.member, case=case.id, about=asked[-1][1], since=assent.at
                )


def _asked_for(case: Case, subject: str, what: str) -> tuple[tuple[str, str], ...]:
    before, _, value = what.partition("=")
    match subject:
        case "lift" | "withdraw":
            return (("finding", value),)
        case "dismiss":
            return (("finding", before.partition(" ")[2]),)
        case "extend":
            return (("case", case.id), ("item", before.partition(" ")[2]))
    return (("case", case.id),)


def _decisions(charter: Charter, case: Case) -> Iterator[Waiting]:
    """Yield what the mechanism decides next without a clock (W6)."""
    if (
        case.competence is None
        or not case.competence.competent
        or case.stage not in ("competent", "assessed", "reopened")
    ):
        return
    if case.assessment is None:
        what, kind, since = "Assess the case", "CaseAssessed", case.competence.at
    elif case.stage == "assessed":
        what, kind, since = "Assign a team", "TeamAssigned", case.assessment.at
    else:
        return
    for member in _deciding(charter, case):
        yield Waiting(what, kind, (("case", case.id),), member, case=case.id, about=case.id, since=since)


def _handing_over(charter: Charter, case: Case, finding: Finding) -> Iterator[Waiting]:
    """Yield the drafts that parties were not told of yet (W7)."""
    if finding.decision != "draft" or charter.procedure.steps != "full":
        return
    told = {notice.party for notice in finding.notices} | {finding.drafted_by}
    if set(_parties(charter)) <= told:
        return
    for member in dict.fromkeys((*(item.id for item in roles.mediators_of(charter, case)), finding.drafted_by)):
        yield Waiting(
            "Hand the draft to the parties", "PartyNotified", (("finding", finding.id),), member, case=case.id,
            about=finding.id, since=finding.drafted_at,
        )  # fmt: skip


def _lifting(charter: Charter, case: Case, finding: Finding, now: str) -> Iterator[Waiting]:
    """Yield the findings whose embargo may be lifted (W8)."""
    if finding.release != "embargoed" or finding.decision not in DECIDED or under_appeal(finding):
        return
    since = release.embargo_ends(Docket(charter), finding)
    if now >= since:
        for mediator in roles.mediators_of(charter, case):
            yield Waiting(
                "The embargo may be lifted", "EmbargoLifted", (("finding", finding.id),), mediator.id, case=case.id,
                about=finding.id, since=since,
            )  # fmt: skip


def _deciding(charter: Charter, case: Case) -> tuple[str, ...]:
    return tuple(item.id for item in roles.mediators_of(charter, case)) or _parties(charter)


def _parties(charter: Charter) -> tuple[str, ...]:
    return tuple(party.id for party in charter.parties)
