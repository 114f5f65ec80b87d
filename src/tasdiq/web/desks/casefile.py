"""A case on one page: everything a viewer sees of it, in the order of the procedure, with what can be done now and by whom.

1. Marks stand in one table, each member's latest under each part, with every text in full below; who did not mark is named.
2. What is open is asked of the rules, for each member alike, and about nothing but what the viewer sees.
3. Denied and delayed access stands as an outcome of its own.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from tasdiq.corroboration.decided import successor
from tasdiq.model.case import Case, Finding, Mark, Signature
from tasdiq.model.charter import Member
from tasdiq.model.state import State
from tasdiq.publication.names import rotate, title
from tasdiq.verification import roles
from tasdiq.verification.drafting import NOT_EXAMINED
from tasdiq.waiting.cases import of_case
from tasdiq.waiting.item import in_order
from tasdiq.web.called import Called
from tasdiq.web.desks.lines import Line, lines
from tasdiq.web.forms import offers
from tasdiq.web.forms.offers import Offer
from tasdiq.web.forms.setting import Setting
from tasdiq.web.viewer import Viewer


@dataclass(frozen=True)
class Cell:
    """One member's mark under one part: the latest, the ones before it, or why there is none."""

    mark: Mark | None
    before: tuple[Mark, ...]
    none: str


@dataclass(frozen=True)
class Marks:
    """The table of marks of one finding: a row a member, a cell a part; and every text, in the order of time."""

    rows: list[tuple[Member, list[Cell]]]
    texts: list[Signature]


@dataclass(frozen=True)
class Open:
    """What an officer can do now in a case, what the rules refuse and why, and what other members can do."""

    ours: list[Offer]
    refused: list[Offer]
    others: list[tuple[str, list[str]]]


def deadlines(state: State, case: Case, member: str, now: str) -> list[Line]:
    """Return everything that waits in a case, of whomever, the most urgent first."""
    return lines(state, in_order(of_case(state.charter, case, now)), member, who="of")


def marks(state: State, case: Case, finding: Finding, now: str) -> Marks:
    """Return the marks under a finding, members in the order of the day (rule 1)."""
    rows = [(member, _cells(state, case, finding, member)) for member in signing(state, now)]
    return Marks(rows, [mark for mark in finding.signatures if mark.text])


def signing(state: State, now: str) -> list[Member]:
    """Return the members who sign: parties in the order of the day, mediators, observers."""
    charter = state.charter
    known = {party.id: party for party in charter.parties}
    parties = [known[ident] for ident in rotate(list(known), "the table", int(now[:10].replace("-", "")))]
    return [*parties, *charter.mediators, *charter.observers]


def _cells(state: State, case: Case, finding: Finding, member: Member) -> list[Cell]:
    owing = member.id in roles.waiting_for_marks(state.charter, case)
    found = []
    for part in finding.parts:
        given = [mark.mark for mark in finding.signatures if (mark.member, mark.part) == (member.id, part.name)]
        if part.outcome == NOT_EXAMINED and not given:
            none = "not examined"
        elif member.id in roles.recused(case):
            none = "recused"
        else:
            none = "has not marked" if owing else "may mark"
        found.append(Cell(given[-1] if given else None, tuple(given[:-1]), none))
    return found


def open_now(whole: State, state: State, viewer: Viewer, case: Case, now: str) -> Open:
    """Return what can be done in a case, by the viewer and by others (rule 2); nothing for who is no officer."""
    if not viewer.is_member:
        return Open([], [], [])
    setting = Setting(state, viewer, now)
    found = offers.of_case(whole, setting, case)
    refused: dict[str, Offer] = {}
    open_kinds = {offer.form.kind for offer in found if not offer.refusal}
    for offer in found:
        if offer.refusal and offer.form.kind not in open_kinds:
            refused[offer.form.kind] = offer
    return Open([offer for offer in found if not offer.refusal], [*refused.values()], _others(whole, setting, case))


def _others(whole: State, setting: Setting, case: Case) -> list[tuple[str, list[str]]]:
    found = []
    for member in signing(setting.state, setting.now):
        if member.id != setting.member:
            there = dataclasses.replace(setting, viewer=Viewer(member=member.id, officer="…"))
            acts = [offer.form.act for offer in offers.of_case(whole, there, case) if not offer.refusal]
            found.append((member.name, [*dict.fromkeys(acts)]))
    return found


def subject(state: State, case: Case) -> tuple[str, str]:
    """Return what a case is on, in words, and its page; "" where this viewer does not see it."""
    if case.subject_kind == "proposition":
        ident = successor(state.framings.values(), state.charter, case.subject)
        proposition = state.propositions.get(case.subject) or state.propositions.get(ident)
        return (proposition.wording, f"/propositions/{proposition.id}") if proposition else ("", "")
    incident = state.incidents.get(case.subject)
    report = state.reports.get(incident.reports[0]) if incident else None
    if report is None:
        return "", ""
    where = report.place or report.admin2 or report.admin1 or "place not told"
    kind = (report.type or "incident").replace("/", ": ")
    return title(f"{kind}, {where}"), f"/incidents/{case.subject}"


def commitment(state: State, case: Case) -> tuple[str, str]:
    """Return the commitment a case touches, in words with its bearer, and its page."""
    held = state.talks.commitments.get(case.commitment)
    told = held.commitment if held else next((c for c in state.charter.commitments if c.id == case.commitment), None)
    if told is None:
        return "", ""
    return f"{told.text} (binds {Called(state).actor(told.bearer)})", f"/commitments/{told.id}"
