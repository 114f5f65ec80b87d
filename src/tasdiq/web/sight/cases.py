"""What an officer of a member sees of a case (rules V4 to V7 of `web.seeing`). No input, no output.

A case is handed out with everything in it that the officer may see, and with the ids of the entries whose words it may not:
those of requests for access (whose line in the list of entries stays) and those that are not even to be seen in the list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import msgspec

from tasdiq.model.case import AccessRequest, Case, Finding, Happening, Recusal
from tasdiq.model.charter import Charter
from tasdiq.model.evidence import Evidence
from tasdiq.publication.coarsen import coarsen_access
from tasdiq.verification import roles

OF_EVIDENCE = ("EvidenceSubmitted", "EvidenceAcknowledged", "EvidenceAnswered")
CONFIDED = (*OF_EVIDENCE, "TeamAssigned", "Recused", "AccessRequested", "DeadlineExtended")
"""Kinds of entries that only those who must act read."""
UNNAMED = "an officer"
"""Stands in place of the name of an officer who is recused, for those who do not know the team."""


@dataclass(frozen=True)
class Officer:
    """Whose eyes these are: an officer of a member, named as `called` writes names; "" for any who sits on no team."""

    member: str
    name: str


@dataclass(frozen=True)
class CaseSeen:
    """A case as one officer sees it; `unread` entries are listed without words, `unlisted` ones only as sealed."""

    case: Case
    unread: frozenset[str]
    unlisted: frozenset[str]


def called(name: str) -> str:
    """Return a name in the form in which it is compared: seats are written by hand, accounts sign under a short form."""
    return re.sub(r"[^a-z0-9._]+", "-", name.casefold()).strip("-._")


def case_for(charter: Charter, case: Case, officer: Officer) -> CaseSeen:
    """Return what an officer sees of a case."""
    inside = _inside(charter, case, officer)
    evidence = tuple(item for item in case.evidence if inside or _holds(item, officer))
    requests = {asked.id for asked in case.access if inside or officer.member in (asked.asked_by, asked.asked_of)}
    team = inside or knows_team(charter, case, officer)
    hidden = {item.id for item in case.evidence} - {item.id for item in evidence}
    unread, unlisted = _kept_back(case, officer, hidden, requests, team)
    seen = msgspec.structs.replace(
        case,
        access=_access(case, requests),
        evidence=evidence,
        team=case.team if team else tuple(seat for seat in case.team if seat.member == officer.member),
        recusals=tuple(item if team or item.member == officer.member else _unnamed(item) for item in case.recusals),
        assents=tuple(item for item in case.assents if team or not item.what.startswith("team=")),
        extensions=tuple(item for item in case.extensions if item.item not in hidden),
        findings=tuple(_finding(item, hidden) for item in case.findings),
        history=tuple(item for item in case.history if item.entry not in unlisted),
    )
    return CaseSeen(seen, unread, unlisted)


def knows_team(charter: Charter, case: Case, officer: Officer) -> bool:
    """Tell whether an officer knows who sits on the team (V5)."""
    if officer.member in {who for asked in case.access for who in (asked.asked_by, asked.asked_of)}:
        return True
    deciding = not roles.mediators_of(charter, case)
    return _inside(charter, case, officer) or (deciding and officer.member in {p.id for p in charter.parties})


def _inside(charter: Charter, case: Case, officer: Officer) -> bool:
    """Tell whether an officer is a mediator's, or sits on the case's team."""
    if any(mediator.id == officer.member for mediator in charter.mediators):
        return True
    return bool(officer.name) and (officer.member, officer.name) in {
        (seat.member, called(seat.officer)) for seat in case.team
    }


def _holds(evidence: Evidence, officer: Officer) -> bool:
    return officer.member == evidence.submitted_by or officer.member in {item.to for item in evidence.handed}


def _access(case: Case, known: set[str]) -> tuple[AccessRequest, ...]:
    public = {asked.id: asked for asked in coarsen_access(case)}
    return tuple(asked if asked.id in known else public[asked.id] for asked in case.access)


def _unnamed(recusal: Recusal) -> Recusal:
    return msgspec.structs.replace(recusal, officer=UNNAMED, reason="") if recusal.officer else recusal


def _finding(finding: Finding, hidden: set[str]) -> Finding:
    return msgspec.structs.replace(finding, evidence=tuple(item for item in finding.evidence if item not in hidden))


def _kept_back(
    case: Case, officer: Officer, hidden: set[str], requests: set[str], team: bool
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the entries of a case that an officer may not read, and those it may not even see listed."""
    unread, unlisted = set[str](), set[str]()
    recusals = iter(case.recusals)
    for step in case.history:
        named = step.kind == "Recused" and bool(next(recusals).officer)
        if step.member == officer.member:
            continue
        if (named and not team) or (step.kind == "AccessRequested" and step.item not in requests):
            unread.add(step.entry)
        if _unlisted(step, hidden, team):
            unlisted.add(step.entry)
    return frozenset(unread), frozenset(unlisted)


def _unlisted(step: Happening, hidden: set[str], team: bool) -> bool:
    if step.kind == "TeamAssigned":
        return not team
    return step.item in hidden and step.kind in (*OF_EVIDENCE, "DeadlineExtended")
