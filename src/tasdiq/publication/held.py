"""What statements come to, as plain data: propositions with their cells, and origins with their copies and bounds."""

from __future__ import annotations

from tasdiq.model.proposition import Origin, Position, Proposition, Row

from .names import STATUS_MEANS, slug
from .said import in_order
from .view import Plain, View


def propositions(view: View) -> list[Plain]:
    """List the propositions by topic and first appearance, each with its row, origins and bounds."""
    order = {statement.id: number for number, statement in enumerate(in_order(view))}
    last = len(order)

    def first(item: Proposition) -> int:
        return min((order.get(holding.statement, last) for holding in item.holdings), default=last)

    topics: dict[str, int] = {}
    for item in view.state.propositions.values():
        topics[item.topic] = min(topics.get(item.topic, last), first(item))
    ordered = sorted(
        view.state.propositions.values(),
        key=lambda p: (p.topic.startswith("other"), topics[p.topic], p.topic, first(p), p.id),
    )
    return [_proposition(view, item) for item in ordered]


def _proposition(view: View, item: Proposition) -> Plain:
    row = view.state.rows.get(item.id) or Row(proposition=item.id, status="unattributed", silent=tuple(view.parties))
    held = {holding.statement for holding in item.holdings}
    own = {n for n in held if n in view.state.statements and view.state.statements[n].teller == "own"}
    return {
        "id": item.id,
        "page": f"p/{slug(item.id)}.html",
        "wording": item.wording,
        "topic": item.topic,
        "frame": item.frame,
        "slots": dict(item.slots),
        "standing": row.status,
        "standing_means": STATUS_MEANS[row.status],
        "holdings": [{"statement": h.statement, "stance": h.stance, "why": h.why} for h in item.holdings],
        "positions": {
            "own": [_position(view, p) for p in row.own],
            "beside": [_position(view, p) for p in row.beside],
            "silent": list(row.silent),
        },
        "told": _told(view, item, row),
        "objections": [{"party": party, "text": text} for party, text in item.objections],
        "origins": bounds(view, held),
        "own_origins": bounds(view, own),
        "method": item.method,
        **view.standing(item.id),
    }


def _told(view: View, item: Proposition, row: Row) -> list[Plain]:
    """List what stands in no party's cell: what outlets narrate and what others say in their own right."""
    held = (*row.own, *row.beside)
    placed = {name for position in held for name in position.statements}
    others = [p for p in held if p.party not in view.parties]
    loose = [h for h in item.holdings if h.statement not in placed and h.statement in view.state.statements]
    return [
        *[{"label": p.label, "teller": view.names.actor(p.party), "statements": list(p.statements)} for p in others],
        *[{"label": h.stance, "teller": _voice(view, h.statement), "statements": [h.statement]} for h in loose],
    ]


def _voice(view: View, name: str) -> str:
    statement = view.state.statements[name]
    outlet = view.names.outlet(statement.document)
    speaker = view.names.actor(statement.speaker)
    return outlet if statement.narrated or not speaker else f"{speaker}, through {outlet}"


def bounds(view: View, statements: set[str]) -> Plain:
    """Return the origins behind statements, with bounds.

    A statement that no origin names is at most one more; it is surely one more where no origin speaks for its party.
    """
    origins = [o for o in view.state.origins.values() if statements.intersection(o.statements)]
    loose = statements - {name for origin in origins for name in origin.statements}
    spoken = [view.state.statements[name] for name in loose if name in view.state.statements]
    voices = {s.party for s in spoken if s.teller == "own" and s.party} - {o.party for o in origins}
    within = {o.id: len(statements.intersection(o.statements)) for o in origins}
    lowest = sum(min(o.lowest, within[o.id]) for o in origins) + len(voices)
    highest = sum(min(o.highest, within[o.id]) for o in origins) + len(loose)
    lowest = max(lowest, 1 if statements else 0)
    return {"ids": [origin.id for origin in origins], "lowest": lowest, "highest": max(lowest, highest)}


def _position(view: View, position: Position) -> Plain:
    return {
        "party": position.party,
        "stance": position.stance,
        "teller": position.teller,
        "told_by": position.told_by,
        "label": position.label,
        "statements": [name for name in position.statements if name in view.state.statements],
        "when": view.when(position.when),
        "changed_from": position.changed_from,
    }


def origins(view: View) -> list[Plain]:
    """List the origins, those with most copies first."""
    order = {statement.id: number for number, statement in enumerate(in_order(view))}

    def place(origin: Origin) -> tuple[int, int, int, str]:
        first = min((order[name] for name in origin.statements if name in order), default=len(order))
        return (-len(set(origin.documents)), -len(origin.statements), first, origin.id)

    ordered = sorted(view.state.origins.values(), key=place)
    return [_origin(view, origin) for origin in ordered]


def _origin(view: View, origin: Origin) -> Plain:
    return {
        "id": origin.id,
        "label": origin.label,
        "speaker": origin.speaker,
        "speaker_name": view.names.actor(origin.speaker),
        "party": origin.party,
        "when": view.when(origin.when),
        "statements": [name for name in origin.statements if name in view.state.statements],
        "documents": list(origin.documents),
        "channels": list(origin.channels),
        "differences": [
            {"words": list(d.words), "passages": [view.passage(p) for p in d.passages]} for d in origin.differences
        ],
        "lowest": origin.lowest,
        "highest": origin.highest,
        "why": list(origin.why),
        "method": origin.method,
        **view.standing(origin.id),
    }
