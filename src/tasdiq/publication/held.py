"""What statements come to, as plain data: propositions with their cells, and origins with their copies and bounds.

1. Topics stand in the order of their meaning: the mechanism first, for its own existence is the first point; then what was
   agreed, what it is about, how it is fought over and talked about; statements that share no point last. A topic nobody named
   here stands before those, by first appearance.
2. Within a topic: contested, common ground, one-sided, no own voice; then by first appearance.
3. A point without neutral wording is called by the words of its first statement, quoted, with their teller.
"""

from __future__ import annotations

from tasdiq.model.proposition import OPEN_SPEAKER, Origin, Position, Proposition, Row

from .framed import because, decisions, over_time, together
from .names import STATUS_MEANS, slug
from .passages import GAP
from .said import hull, in_order
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

    def place(item: Proposition) -> tuple[object, ...]:
        row = view.state.rows.get(item.id)
        standing = STANDINGS.index(row.status if row else "unattributed")
        return (_topic(item.topic), topics[item.topic], item.topic, standing, first(item), item.id)

    return [_proposition(view, item) for item in sorted(view.state.propositions.values(), key=place)]


TOPICS = (
    *("mechanism", "ceasefire", "agreement", "agreements", "persons", "crossings", "water", "relations"),
    *("armed groups", "use of force", "violence", "incidents", "talks", "foreign involvement"),
)
STANDINGS = ("contested", "common ground", "one-sided", "unattributed")
LONGEST_TITLE = 160


def _topic(topic: str) -> int:
    """Return the place of a topic (rule 1)."""
    if topic.startswith("other"):
        return len(TOPICS) + 1
    return TOPICS.index(topic) if topic in TOPICS else len(TOPICS)


def _quoted(view: View, item: Proposition) -> Plain | None:
    """Return the words of the first statement on a point without neutral wording, and their teller (rule 3)."""
    spoken = [view.state.statements[h.statement] for h in item.holdings if h.statement in view.state.statements]
    worded = item.method == "by hand" or any(d.kind in ("reworded", "split off") for d in item.decisions)
    if item.frame or worded or not spoken:
        return None
    text = view.shown.words(hull(view, spoken[0])).text.strip('“”"‘’ ')
    if len(text) > LONGEST_TITLE:
        text = f"{text[: text.rfind(' ', 0, LONGEST_TITLE)].removesuffix(GAP).rstrip()} {GAP}"
    return {"text": text, "teller": _voice(view, spoken[0].id), "language": view.language(spoken[0].document)}


def _proposition(view: View, item: Proposition) -> Plain:
    row = view.state.rows.get(item.id) or Row(proposition=item.id, status="unattributed", silent=tuple(view.parties))
    quoted = _quoted(view, item)
    held = {holding.statement for holding in item.holdings}
    own = {n for n in held if n in view.state.statements and view.state.statements[n].teller == "own"}
    return {
        "id": item.id,
        "page": f"p/{slug(item.id)}.html",
        "wording": f"“{quoted['text']}” ({quoted['teller']})" if quoted else item.wording,
        "quoted": quoted,
        "topic": item.topic,
        "frame": item.frame,
        "slots": dict(item.slots),
        "standing": row.status,
        "standing_means": STATUS_MEANS[row.status],
        "together": together(view, item),
        "holdings": [
            {"statement": h.statement, "stance": h.stance, "why": h.why, "because": because(view, item, h)}
            for h in item.holdings
        ],
        "decisions": decisions(view, item),
        "turns": over_time(view, row.turns),
        "positions": {
            "own": [_position(view, p) for p in row.own],
            "beside": [_position(view, p) for p in row.beside],
            "silent": list(row.silent),
            "asked": list(row.asked),
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
        *[{"label": p.label, "teller": _holder(view, p), "statements": list(p.statements)} for p in others],
        *[{"label": h.stance, "teller": _voice(view, h.statement), "statements": [h.statement]} for h in loose],
    ]


def _holder(view: View, position: Position) -> str:
    """Name who holds a position outside the parties' cells; of a speaker not named, through which outlet it reached us."""
    name = view.names.actor(position.party)
    return (
        f"{name}, through {view.names.actor(position.told_by)}"
        if position.party == OPEN_SPEAKER and position.told_by
        else name
    )


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
    voices = {s.speaker if s.parties else s.party for s in spoken if s.teller == "own" and (s.party or s.parties)}
    voices -= {o.party for o in origins}
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
