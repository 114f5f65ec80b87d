"""What stands above a form: the facts of what it is about, and who will read what is entered."""

from __future__ import annotations

from collections.abc import Callable

from tasdiq import rules
from tasdiq.errors import TasdiqError
from tasdiq.model import framing
from tasdiq.model.framing import Framing
from tasdiq.model.state import State
from tasdiq.verification import clocks
from tasdiq.web.forms import hearing
from tasdiq.web.forms.form import Form
from tasdiq.web.forms.moments import echo
from tasdiq.web.forms.offers import narrowed, probe
from tasdiq.web.forms.setting import Setting, known

Facts = list[tuple[str, str]]
EVERYBODY = "Everybody will read this: it is public from the moment it is entered."
MEMBERS = (
    "The members will read this, and those among them who must act on it; the public sees only that there is an entry. "
    "The host of the record can read it too."
)


def readers(whole: State, setting: Setting, form: Form) -> str:
    """Say who will read what is entered with this form, as the rules have it."""
    try:
        access = rules.access_of(narrowed(whole, setting), setting.member, probe(form, setting), setting.now)
    except TasdiqError:
        return MEMBERS
    return EVERYBODY if access == "public" else MEMBERS


def of(form: Form, setting: Setting) -> Facts:
    """Return the facts of what a form is about, as pairs of a name and words."""
    found: Facts = []
    for name in form.about:
        found += _FACTS[name](setting) if name in _FACTS else []
    if form.kind == "DeadlineExtended":
        found += _agreed_so_far(setting)
    return found


def _subject(setting: Setting) -> Facts:
    ident, state = setting.the("subject"), setting.state
    if ident in state.propositions:
        return [("The point", state.propositions[ident].wording)]
    report = state.reports.get(state.incidents[ident].reports[0]) if ident in state.incidents else None
    if report is None:
        return [("The incident", ident)]
    where = report.place or report.admin2 or report.admin1 or "place not told"
    return [
        (
            "The incident",
            f"{(report.type or 'incident').replace('/', ': ')}, {where}, {echo(report.time, setting.zones) or 'time not told'}",
        )
    ]


def _case(setting: Setting) -> Facts:
    case, names = setting.case, setting.names
    against = f", against {names.actor(case.alleged_against)}" if case.alleged_against else ""
    return [("Alleged", case.allegation), ("By", f"{names.actor(case.alleged_by)}{against}"), ("Stage", case.stage)]


def _finding(setting: Setting) -> Facts:
    finding = setting.finding
    parts = [(part.name[:1].upper() + part.name[1:], _part(part.outcome, part.text)) for part in finding.parts]
    return [*_case(setting), ("Standard of proof", finding.standard), *parts]


def _part(outcome: str, text: str) -> str:
    return f"{outcome}. {text}" if text else outcome


def _request(setting: Setting) -> Facts:
    asked, names = setting.request, setting.names
    due = clocks.extended(setting.case, asked.id, asked.due)
    return [
        ("Access to", asked.place or "kept with those who must act"),
        ("Asked by", names.actor(asked.asked_by)),
        ("Answer due", echo(due, setting.zones)),
        ("Answer so far", asked.answer),
    ]


def _evidence(setting: Setting) -> Facts:
    evidence, names = setting.evidence, setting.names
    files = [(f"File {number}", sha256) for number, sha256 in enumerate(evidence.sha256, 1)]
    return [("Evidence", evidence.title), ("Submitted by", names.actor(evidence.submitted_by)), *(
        files or [("Files", "none: words alone")]
    )]  # fmt: skip


def _commitment(setting: Setting) -> Facts:
    told = setting.commitment.commitment
    return [("Commitment", told.text), ("Binds", setting.names.actor(told.bearer))]


def _agreement(setting: Setting) -> Facts:
    held = setting.agreement
    return [("Agreement", held.agreement.title), ("Form", held.form)]


def _item(setting: Setting) -> Facts:
    ident, held = setting.item, setting.state.talks
    if ident in held.agreements:
        told = held.agreements[ident].agreement
        return [("Agreement", told.title), ("Text", told.text or "no text in this record")]
    return [("Commitment", held.commitments[ident].commitment.text)]


def _measure(setting: Setting) -> Facts:
    told, names = setting.measure, setting.names
    return [
        ("Claimed", told.text),
        ("By whom it was done", names.actor(told.by)),
        ("Claimed by", names.actor(told.claimed_by)),
    ]


def _session(setting: Setting) -> Facts:
    held = setting.meeting
    return [("Session", held.title), ("Held at", f"{held.place}, {echo(held.start, setting.zones)}")]


def _line(setting: Setting) -> Facts:
    line = setting.line
    return [(f"Line {line.number}", line.text), *((item.language, item.text) for item in line.translations)]


def _call(setting: Setting) -> Facts:
    told, names = setting.call, setting.names
    reached = echo(told.reached_at, setting.zones) or "nobody was reached"
    pairs = [
        ("Call", f"{names.actor(told.caller)} to {names.actor(told.called)}, {echo(told.tried_at, setting.zones)}"),
        ("Reached", reached),
        ("About", told.subject),
        ("Asked", told.asked),
        ("Read back", told.read_back),
        ("Arranged", told.arrangement),
        ("Until", echo(told.until, setting.zones)),
        ("Logged by", names.actor(told.logged_by)),
    ]
    return [(name, words) for name, words in pairs if words]


def _proposition(setting: Setting) -> Facts:
    item, names = setting.proposition, setting.names
    beside = [
        (f"{names.actor(d.member)} words it", d.wording) for d in item.decisions if d.kind == "objected" and d.wording
    ]
    if "like" in setting.asked:
        beside += [("Entered by another party", _decided(known(setting.state.framings, setting.asked["like"])))]
    return [("The point", item.wording), *beside, ("Statements under it", str(len(item.holdings)))]


def _decided(held: Framing) -> str:
    """Say in words what another party has entered, and what the same entry of this one would come to."""
    match held.body:
        case framing.PropositionsMerged() as body:
            opposite = f"; the opposite of it: {', '.join(body.opposite)}" if body.opposite else ""
            return f"merge with it: {', '.join(body.merged)}{opposite}"
        case framing.PropositionSplit() as body:
            return f"split off {len(body.statements)} statements: {body.wording}"
        case framing.PropositionReworded() as body:
            return f"reword it: {body.wording}"
    return type(held.body).__name__


def _decision(setting: Setting) -> Facts:
    held = setting.decision
    said = {
        "PropositionsMerged": "points were merged",
        "PropositionSplit": "a point was split",
        "PropositionReworded": "a point was reworded",
        "PropositionConfirmed": "a point was confirmed",
        "WordingObjected": "an objection to a wording",
    }[type(held.body).__name__]
    words = getattr(held.body, "reason", "") or getattr(held.body, "text", "") or getattr(held.body, "note", "")
    told = [("Decided", said), ("By", setting.names.actor(held.member)), ("When", echo(held.at, setting.zones))]
    return [*told, *([("In words", words)] if words else [])]


def _agreed_so_far(setting: Setting) -> Facts:
    names = setting.names
    said = [
        (names.actor(who), f"has entered {echo(until, setting.zones)} for {item}")
        for who, item, until in hearing.proposed(setting)
    ]
    parties = ", ".join(names.actor(party) for party in hearing.agreeing(setting))
    return [("Moves when all have entered the same", parties), *said]


_FACTS: dict[str, Callable[[Setting], Facts]] = {
    "subject": _subject, "case": _case, "finding": _finding, "request": _request, "evidence": _evidence,
    "agreement": _agreement, "item": _item, "commitment": _commitment, "measure": _measure, "session": _session,
    "line": _line, "call": _call, "proposition": _proposition, "decision": _decision,
}  # fmt: skip
