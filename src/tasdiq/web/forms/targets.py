"""What a form can be about, where its address does not say; and which page follows when its step is taken."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar
from urllib.parse import quote, urlencode

from tasdiq.errors import MissingError
from tasdiq.model import entries
from tasdiq.model.framing import Framing
from tasdiq.model.state import State
from tasdiq.model.value import Value
from tasdiq.verification.drafting import NOT_EXAMINED
from tasdiq.web.forms.form import Form
from tasdiq.web.forms.offers import refusal
from tasdiq.web.forms.points import digest
from tasdiq.web.forms.setting import Setting

T = TypeVar("T")
MOST = 60
"""So many are offered; the rest is reached from its own page, or by search."""


@dataclass(frozen=True)
class Candidate:
    """One thing a form can be about."""

    label: str
    hint: str
    href: str


def candidates(whole: State, setting: Setting, form: Form, name: str) -> list[Candidate]:
    """Return what a form can be about under a name, of what this officer sees and the rules allow, the latest first."""
    found = []
    for ident, label, hint, more in islice(_things(setting, name), 10 * MOST):
        asked = {**setting.asked, **more, name: ident}
        here = dataclasses.replace(setting, asked=asked)
        if set(form.about) <= set(asked) and refusal(whole, here, form):
            continue
        found.append(Candidate(label, hint, f"/do/{form.kind}?{urlencode(asked)}"))
        if len(found) == MOST:
            break
    return found


Thing = tuple[str, str, str, dict[str, str]]


def _things(setting: Setting, name: str) -> Iterator[Thing]:
    state = setting.state
    match name:
        case "subject":
            yield from _subjects(state)
        case "case" | "finding" | "request" | "evidence":
            yield from _in_cases(setting, name)
        case "agreement" | "item" | "commitment":
            yield from _agreed(state, name)
        case "measure":
            yield from ((m.id, m.text, m.start, {}) for m in _latest(state.talks.measures.values()))
        case "session":
            yield from ((m.id, m.title, m.place, {}) for m in _latest(state.talks.meetings.values()))
        case "line":
            for held in _latest(state.talks.meetings.values()):
                yield from (
                    (li.id, f"Line {li.number}: {li.text}", held.title, {"session": held.id}) for li in held.lines
                )
        case "proposition" | "decision":
            yield from _points(state, name)
        case "call":
            yield from (
                (c.id, c.subject or c.asked or c.id, c.tried_at, {}) for c in _latest(state.talks.calls.values())
            )


def _points(state: State, name: str) -> Iterator[Thing]:
    if name == "proposition":
        yield from ((item.id, item.wording, item.topic, {"seen": digest(item)}) for item in state.propositions.values())
    else:
        yield from ((held.entry, _decided(held), held.at[:10], {}) for held in _latest(state.framings.values()))


def _decided(held: Framing) -> str:
    words = getattr(held.body, "reason", "") or getattr(held.body, "text", "") or getattr(held.body, "note", "")
    return words or type(held.body).__name__


def _subjects(state: State) -> Iterator[Thing]:
    for proposition in islice(state.propositions.values(), MOST // 2):
        yield proposition.id, proposition.wording, "a point", {}
    for incident in _latest(state.incidents.values()):
        report = state.reports.get(incident.reports[0])
        if report:
            yield incident.id, f"{report.type or 'incident'}, {report.place or 'place not told'}", report.time, {}


def _in_cases(setting: Setting, name: str) -> Iterator[Thing]:
    for case in _latest(setting.state.cases.values()):
        match name:
            case "case":
                yield case.id, case.allegation, case.stage, {}
            case "finding":
                yield from ((f.id, f"Finding {f.id}", case.allegation, {}) for f in case.findings)
            case "request":
                yield from (
                    (r.id, f"Access asked of {setting.names.actor(r.asked_of)}", case.allegation, {"case": case.id})
                    for r in case.access
                )
            case _:
                yield from ((e.id, e.title, case.allegation, {"case": case.id}) for e in case.evidence)


def _agreed(state: State, name: str) -> Iterator[Thing]:
    if name in ("agreement", "item"):
        yield from ((a.id, a.agreement.title, "an agreement", {}) for a in _latest(state.talks.agreements.values()))
    if name in ("commitment", "item"):
        yield from ((c.id, c.commitment.text, "a commitment", {}) for c in _latest(state.talks.commitments.values()))


def _latest(items: Iterable[T]) -> Iterator[T]:
    return reversed([*items])


def goes_on(setting: Setting, body: Value | None = None) -> str:
    """Return the page that a step leads to, and from where its form can be left."""
    if isinstance(body, entries.FindingSigned) and (part := _next_part(setting, body.part)):
        return f"/do/FindingSigned?{urlencode({'finding': body.finding, 'part': part})}"
    if isinstance(body, entries.CaseOpened):
        return f"/cases/{body.case}"
    asked = setting.asked
    try:
        if asked.get("case") or asked.get("finding"):
            return f"/cases/{setting.case.id}"
        if asked.get("session") or asked.get("line"):
            return f"/sessions/{setting.meeting.id}"
        if asked.get("call"):
            return f"/calls/{setting.call.id}"
    except MissingError:
        return "/desk"
    return _made(setting, body)


def _made(setting: Setting, body: Value | None) -> str:
    asked = setting.asked
    if agreement := asked.get("agreement"):
        return f"/agreements/{agreement}"
    if item := asked.get("commitment") or asked.get("item"):
        return f"/agreements/{item}" if item in setting.state.talks.agreements else f"/commitments/{item}"
    if point := asked.get("proposition"):
        return f"/propositions/{quote(point)}"
    if asked.get("decision"):
        return "/propositions"
    if asked.get("measure") or hasattr(body, "measure"):
        return "/review"
    for name in ("session", "call"):
        if isinstance(made := getattr(body, name, None), str):
            return f"/{name}s/{made}"
    told = getattr(body, "agreement", None)
    return f"/agreements/{told.id}" if told is not None else "/desk"


def _next_part(setting: Setting, part: str) -> str:
    finding = setting.finding
    given = {mark.part for mark in finding.signatures if mark.member == setting.member} | {part}
    return next((p.name for p in finding.parts if p.outcome != NOT_EXAMINED and p.name not in given), "")
