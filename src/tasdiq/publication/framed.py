"""Why statements stand together, and what persons decided about a point, in words.

1. Of each statement it is said which of its words fit the point, what it answers, which places and days it names, and by whose
   decision it stands here; what may not be shown is said to be withheld, never left out silently.
2. Of a point it is said what its statements share: its kind, and whom it is about.
3. Every decision stands with its member, day, reason and entry; an objection and a party's own wording stand beside the point.
"""

from __future__ import annotations

from tasdiq.model.document import Passage
from tasdiq.model.proposition import Decision, Holding, Proposition, Turn

from .names import slug
from .passages import GAP
from .times import day
from .view import Plain, View

ROLES = {"x": "place", "on": "against", "g": "group"}


def together(view: View, item: Proposition) -> str:
    """Say what the statements under a point share (rule 2)."""
    if item.method == "by hand" or any(d.kind == "split off" for d in item.decisions):
        return "A person put these statements together; later ones that repeat them, or name the same place or day, join them."
    if not item.frame:
        return "No kind of point fits these statements: one answers the other, or the same words recur in several documents."
    about = [f"{ROLES.get(name, name)}: {_slot(view, name, value)}" for name, value in item.slots]
    told = f", about the same ({'; '.join(about)})" if about else ""
    return f"The words of each fit one kind of point, “{item.frame.replace('-', ' ')}”{told}."


def _slot(view: View, name: str, value: str) -> str:
    if name in ("place", "day"):
        return day(value)
    return view.names.actor(value) or value


def because(view: View, item: Proposition, holding: Holding) -> list[str]:
    """Say in sentences why a statement stands under a point (rule 1)."""
    said = [_decided(view, item, holding)] if holding.moved_by else []
    said += [_fits(view, holding)] if holding.words else []
    said += [_answers(view, holding)] if holding.answers else []
    if holding.why and not holding.answers:
        said.append(f"Its stance is taken to be “{holding.stance}”: {holding.why}.")
    if holding.names:
        said.append(f"It names {', '.join(_named(name) for name in holding.names)}.")
    return said


def _fits(view: View, holding: Holding) -> str:
    statement = view.state.statements.get(holding.statement)
    if statement is None:
        return "Words of it fit this point."
    found = [
        view.shown.words(Passage(document=statement.document, start=span.start, end=span.end)).text
        for span in holding.words
    ]
    words = " … ".join(text for text in found if text.strip(f"{GAP} "))
    return (
        f"Its words “{words}” fit this point." if words else "Words of it fit this point; they may not be shown here."
    )


def _answers(view: View, holding: Holding) -> str:
    other = view.state.statements.get(holding.answers)
    who = view.names.actor(other.speaker) if other else ""
    place = f", in {view.names.document(other.document)}" if other else ""
    return f"It answers a statement{f' by {who}' if who else ''}{place}: it {holding.why.partition(': ')[0]}."


def _named(name: str) -> str:
    kind, _, value = name.partition(":")
    return f"{day(value)}" if kind == "day" else value


def _decided(view: View, item: Proposition, holding: Holding) -> str:
    decision = next((d for d in item.decisions if d.entry == holding.moved_by), None)
    who = _member(view, decision.member) if decision else "A person"
    why = f": {decision.text}" if decision and decision.text else ""
    before = f" The program had put it under “{decision.before}”." if decision and decision.before else ""
    return f"{who} decided that it stands here{why.rstrip('.')}.{before}"


def decisions(view: View, item: Proposition) -> list[Plain]:
    """List what persons decided about a point, in order (rule 3)."""
    return [_decision(view, item, decision) for decision in item.decisions]


def _decision(view: View, item: Proposition, decision: Decision) -> Plain:
    return {
        "kind": decision.kind,
        "member": decision.member,
        "member_name": _member(view, decision.member),
        "at": decision.at,
        "at_words": day(decision.at),
        "entry": decision.entry,
        "index": next((line.index for line in view.state.entries if line.id == decision.entry), None),
        "says": _says(item, decision),
        "text": decision.text,
        "wording": decision.wording,
        "before": decision.before,
        "others": [
            {"id": name, "page": f"p/{slug(name)}.html"} for name in decision.others if name in view.state.propositions
        ],
        "statements": len(decision.statements),
        "later": decision.later,
    }


def _member(view: View, member: str) -> str:
    """Name who decided: a member of the charter, or in a desk record its compiler."""
    charter = view.state.charter
    return (charter.compiler or "The compiler") if charter.form == "desk" else view.names.actor(member)


def _says(item: Proposition, decision: Decision) -> str:
    number = len(decision.statements)
    held = f"{number} statement{'' if number == 1 else 's'}"
    match decision.kind:
        case "merged":
            return f"merged with “{decision.before}”"
        case "split":
            return f"{held} went to “{decision.wording}”"
        case "split off":
            return f"split off from “{decision.before}”"
        case "reworded":
            return f"reworded; before: “{decision.before}”"
        case "confirmed":
            verb = "is" if decision.later == 1 else "are"
            later = f"; {decision.later} came later and {verb} not covered" if decision.later else ""
            earlier = "" if decision.wording == item.wording else f", in an earlier wording: “{decision.wording}”"
            return f"confirmed with {held}{earlier}{later}"
        case _:
            return f"objects to the wording “{decision.before}”"


def over_time(view: View, turns: tuple[Turn, ...]) -> list[Plain]:
    """List what parties held in own voice over time."""
    return [
        {
            "party": turn.party,
            "name": view.names.actor(turn.party),
            "stance": turn.stance,
            "first": view.when(turn.first),
            "last": view.when(turn.last),
            "statements": [name for name in turn.statements if name in view.state.statements],
        }
        for turn in turns
    ]
