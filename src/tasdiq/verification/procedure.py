"""The procedure of a case, as one table: every kind of step, what it needs, and what it changes.

    allegation          opening     P1              evidence    custody    E1 to E6
    competence          opening     P10             draft       drafting   P3, P4, P6, P7, P14 to P17
    assessment          opening     P11             hearing     hearing    P18 to P20
    team, recusal       team        P12, P13        marks       signing    P8, P21, P22
    access              access      P2, P5          decision    decision   D1 to D9
    roles               roles       R1 to R5        afterwards  review     P23 to P26
    clocks              clocks      T1 to T6        release     release    P27 to P29
    second signatures   devices     R6

Every refusal names its rule. Of this module itself:

P9.  In a desk record nobody signs: no party has a key there.
P30. The same rules hold when a member takes a step and when the record is read: a step that they refuse changes nothing, for
     whoever reads it, however it came into the record.

A rule is a paragraph of the charter's procedure; [procedure] in a rule's text names the key of `charter.toml` that sets it.
No input, no output: time comes with the step, keys were checked by the record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from tasdiq.errors import RoleError, TasdiqError
from tasdiq.model import entries, steps
from tasdiq.model.case import Case, Happening
from tasdiq.model.charter import Charter
from tasdiq.model.state import State
from tasdiq.model.value import Value

from . import access, clocks, custody, drafting, hearing, opening, release, review, signing, team
from .decision import settle
from .docket import Docket, Step

Check = Callable[[Docket, Step, Any], None]
Change = Callable[[Docket, Step, Any], Case]
STEPS: dict[type[Value], tuple[Check, Change]] = {
    entries.CaseOpened: (opening.check_opening, opening.open_case),
    steps.CompetenceDecided: (opening.check_competence, opening.decide_competence),
    steps.CaseAssessed: (opening.check_assessment, opening.assess),
    steps.TeamAssigned: (team.check_team, team.assign),
    steps.Recused: (team.check_recusal, team.recuse),
    entries.AccessRequested: (access.check_request, access.ask),
    entries.AccessAnswered: (access.check_answer, access.answer),
    steps.EvidenceSubmitted: (custody.check_submission, custody.submit),
    steps.EvidenceAcknowledged: (custody.check_receipt, custody.acknowledge),
    steps.EvidenceAnswered: (custody.check_answer, custody.answer),
    entries.FindingDrafted: (drafting.check_draft, drafting.draft),
    steps.PartyNotified: (hearing.check_notice, hearing.notify),
    steps.PartyResponded: (hearing.check_reply, hearing.respond),
    steps.DeadlineExtended: (hearing.check_extension, hearing.extend),
    entries.FindingSigned: (signing.check_mark, signing.sign),
    entries.FindingWithdrawn: (review.check_withdrawal, review.withdraw),
    steps.FindingAppealed: (review.check_appeal, review.appeal),
    steps.AppealDismissed: (review.check_dismissal, review.dismiss),
    steps.CaseReopened: (review.check_reopening, review.reopen),
    steps.EmbargoLifted: (release.check_lifting, release.lift),
}
"""Every kind of step: what it needs, and what the case is after it."""


def check(state: State, member: str, body: Value, now: str = "", claimed: str = "") -> None:
    """Raise `ProcedureError`, `RoleError` or `MissingError` unless `member` may take this step now.

    `claimed` is the time that its entry claims: that of a step that says none.
    """
    at = time_of(body, claimed or now)
    if state.charter.form == "desk":
        raise RoleError("a desk record has one author and no signing parties: open cases in a joint record (P9)")
    if now:
        clocks.require_now(at, now)
    if isinstance(body, entries.CaseOpened):
        opening.check_subject(state, body)
    if isinstance(body, entries.FindingDrafted):
        drafting.check_evidence(state, body)
    docket = Docket.over(state)
    _require(docket, Step(member, body, at))


def access_of(state: State, member: str, body: Value, now: str = "") -> str:
    """Return the access with which a step that `check` allows is entered: `public` or `joint` (P27)."""
    return release.access_of(Docket.over(state), Step(member, body, time_of(body, now)))


def to_open(state: State, member: str, body: Value) -> tuple[str, ...]:
    """Return the ids of the sealed entries that a step opens to everybody; none unless it lifts an embargo (P29)."""
    if not isinstance(body, steps.EmbargoLifted):
        return ()
    docket = Docket.over(state)
    step = Step(member, body, body.at)
    return release.sealed_entries(docket, body.finding) if release.lifts(docket, step, body) else ()


def take(docket: Docket, step: Step) -> Case | None:
    """Take a step in the docket and return its case; None for bodies that are no step of a case.

    Raise, and change nothing, where the rules refuse it (P30).
    """
    if type(step.body) not in STEPS:
        return None
    ident = _case_of(docket, step.body)
    before = docket.cases.get(ident)
    try:
        _require(docket, step)
        case = STEPS[type(step.body)][1](docket, step, step.body)
    except TasdiqError:
        if before is not None:
            docket.put(before)
        raise
    taken = Happening(
        kind=type(step.body).__name__, member=step.member, at=step.at, item=item_of(step.body), entry=step.entry
    )
    case = msgspec.structs.replace(case, history=(*case.history, taken))
    docket.put(case)
    return case


def apply(
    cases: Mapping[str, Case], charter: Charter, member: str, entry: str, body: Value, access: str = "public"
) -> list[Case]:
    """Return the cases a body changes, in their new form; nothing for bodies that concern no case."""
    case = take(Docket(charter, cases.values()), Step(member, body, time_of(body, ""), entry, access))
    return [case] if case else []


def as_of(charter: Charter, cases: Iterable[Case], now: str) -> dict[str, Case]:
    """Return cases as of a time: what the end of a signing period decides is decided (D8)."""
    return {case.id: settle(charter, case, now) for case in cases}


def _require(docket: Docket, step: Step) -> None:
    if type(step.body) not in STEPS:
        return
    if (ident := _case_of(docket, step.body)) and ident in docket.cases:
        if step.at:
            docket.put(settle(docket.charter, docket.cases[ident], step.at))
        clocks.require_order(docket.cases[ident], step.at)
    else:
        clocks.read(step.at)
    STEPS[type(step.body)][0](docket, step, step.body)


def _case_of(docket: Docket, body: Value) -> str:
    finding = "" if isinstance(body, entries.FindingDrafted) else getattr(body, "finding", "")
    return docket.finding(finding)[0].id if finding else getattr(body, "case", "")


def time_of(body: Value, default: str) -> str:
    """Return the time a step says it was taken at; steps that say none are taken now."""
    asked = body.request.asked_at if isinstance(body, entries.AccessRequested) else getattr(body, "at", "")
    return asked or default


def item_of(body: Value) -> str:
    """Return the id of what a step is about: the finding, request, notice or evidence, else the case."""
    if isinstance(body, entries.AccessRequested):
        return body.request.id
    for name in ("notice", "evidence", "request", "finding", "item", "case"):
        if isinstance(found := getattr(body, name, None), str):
            return found
    return ""


def introduces(body: Value) -> list[str]:
    """Return the ids a step brings into the record.

    An answer stands as `<request>/<answer>`; what is decided about a case or finding as `<case>/competence`,
    `<finding>/lifted` and so on.
    """
    match body:
        case entries.AccessAnswered():
            return [f"{body.request}/{body.answer}"]
        case steps.EmbargoLifted():
            return [f"{body.finding}/lifted"] if body.openings else []
        case entries.FindingDrafted() | entries.CaseOpened() | entries.AccessRequested():
            return [item_of(body)]
        case steps.EvidenceSubmitted() | steps.PartyNotified():
            return [item_of(body)]
    word = _DECIDED.get(type(body))
    return [f"{item_of(body)}/{word}"] if word else []


_DECIDED = {
    steps.CompetenceDecided: "competence",
    steps.CaseAssessed: "assessment",
    steps.CaseReopened: "reopened",
}
