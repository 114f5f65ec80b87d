"""What was said, as plain data: documents with their shown passages, statements, propositions, origins, disagreements, actors."""

from __future__ import annotations

from collections.abc import Iterable

from tasdiq.model.document import Document, Passage
from tasdiq.model.proposition import Origin, Position, Proposition, Row
from tasdiq.model.source import Actor
from tasdiq.model.statement import Hand, Statement

from .marks import document_blocks
from .names import STATUS_MEANS, TELLERS, slug
from .view import Plain, View


def documents(view: View) -> list[Plain]:
    """List the documents in the order of their files, each with its shown passages and statements."""
    ordered = sorted(view.state.documents.values(), key=lambda d: (d.file, d.start, d.id))
    return [_document(view, document) for document in ordered]


def _document(view: View, document: Document) -> Plain:
    spoken = [s.id for s in in_order(view) if s.document == document.id]
    return {
        "id": document.id,
        "page": f"d/{slug(document.id)}.html",
        "file": document.file,
        "kind": document.kind,
        "title": document.title,
        "label": document.label,
        "outlet": document.outlet,
        "outlet_name": view.names.actor(document.outlet) or "outlet not named",
        "url": document.url if document.url.startswith(("http://", "https://")) else "",
        "dateline": document.dateline,
        "published": view.when(document.published),
        "language": document.language,
        "parent": document.parent,
        "start": document.start,
        "end": document.end,
        "sha256": document.sha256,
        "text_sha256": document.text_sha256,
        "notes": list(document.notes),
        "length": document.end - document.start,
        "shown": view.shown.length(document.id),
        "statements": spoken,
        "blocks": document_blocks(view, document, spoken),
        **view.standing(document.id),
    }


def in_order(view: View) -> list[Statement]:
    """Return the statements in the order of files and places in them."""
    found = view.state.documents

    def place(statement: Statement) -> tuple[str, str, int, str]:
        document = found.get(statement.document)
        first = min((s.start for s in (*statement.source, *statement.cue, *statement.content)), default=0)
        return (document.file if document else "", statement.document, first, statement.id)

    return sorted(view.state.statements.values(), key=place)


def statements(view: View) -> list[Plain]:
    """List the statements with their words, tellers, chains and what rests on them."""
    held: dict[str, list[Plain]] = {}
    for item in view.state.propositions.values():
        for holding in item.holdings:
            held.setdefault(holding.statement, []).append(
                {"proposition": item.id, "stance": holding.stance, "why": holding.why}
            )
    origins = {name: origin.id for origin in view.state.origins.values() for name in origin.statements}
    return [_statement(view, s, held.get(s.id, []), origins.get(s.id)) for s in in_order(view)]


def hull(statement: Statement) -> Passage:
    """Return the passage from a statement's first word to its last."""
    spans = (*statement.source, *statement.cue, *statement.content)
    start, end = min((s.start for s in spans), default=0), max((s.end for s in spans), default=0)
    return Passage(document=statement.document, start=start, end=end)


def _statement(view: View, statement: Statement, held: list[Plain], origin: str | None) -> Plain:
    outlet = view.state.documents[statement.document].outlet if statement.document in view.state.documents else None
    return {
        "id": statement.id,
        "document": statement.document,
        "act": statement.act,
        "quote": statement.quote,
        "negated": statement.negated,
        "manner": list(statement.manner),
        "speaker": statement.speaker,
        "speaker_name": view.names.actor(statement.speaker) or "speaker not named",
        "party": statement.party,
        "teller": statement.teller,
        "teller_words": told_by(
            view, statement.teller, statement.told_by or (outlet if statement.teller == "third" else None)
        ),
        "told_by": statement.told_by,
        "channel": statement.channel,
        "chain": [_hand(view, hand) for hand in statement.chain],
        "addressee": statement.addressee,
        "when": view.when(statement.when),
        "inside": statement.inside,
        "narrated": statement.narrated,
        "basis": statement.basis,
        "distance": list(statement.distance),
        "source": view.spans(statement.document, statement.source),
        "cue": view.spans(statement.document, statement.cue),
        "content": view.spans(statement.document, statement.content),
        "passage": view.passage(hull(statement)),
        "confidence_ppm": statement.confidence_ppm,
        "method": statement.method,
        "holdings": held,
        "origin": origin,
        **view.standing(statement.id),
    }


def told_by(view: View, teller: str, who: str | None) -> str:
    """Say whose telling it is: "own voice", "as told by Kestria", "as told by Harbour Times"."""
    return f"as told by {view.names.actor(who)}" if teller != "own" and who else TELLERS[teller]


def _hand(view: View, hand: Hand) -> Plain:
    return {
        "who": hand.who,
        "how": hand.how,
        "actor": hand.actor,
        "passage": view.passage(hand.passage) if hand.passage else None,
    }


def propositions(view: View) -> list[Plain]:
    """List the propositions by topic and first appearance, each with its row, origins and bounds."""
    order = {statement.id: number for number, statement in enumerate(in_order(view))}
    last = len(order)

    def first(item: Proposition) -> int:
        return min((order.get(holding.statement, last) for holding in item.holdings), default=last)

    topics: dict[str, int] = {}
    for item in view.state.propositions.values():
        topics[item.topic] = min(topics.get(item.topic, last), first(item))
    ordered = sorted(view.state.propositions.values(), key=lambda p: (topics[p.topic], p.topic, first(p), p.id))
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
        "objections": [{"party": party, "text": text} for party, text in item.objections],
        "origins": bounds(view, held),
        "own_origins": bounds(view, own),
        "method": item.method,
        **view.standing(item.id),
    }


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
    ordered = sorted(view.state.origins.values(), key=lambda o: (-len(set(o.documents)), -len(o.statements), o.id))
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


def disagreements(view: View) -> list[Plain]:
    """List the points on which documents give different values, each value with its passages."""
    return [
        {
            "id": item.id,
            "subject": item.subject,
            "aspect": item.aspect,
            "values": [{"value": v, "passages": [view.passage(p) for p in ps]} for v, ps in item.values],
            "method": item.method,
            **view.standing(item.id),
        }
        for item in sorted(view.state.disagreements.values(), key=lambda d: (d.aspect, d.id))
    ]


def actors(view: View) -> list[Plain]:
    """List the actors with every designation and who uses it; charter and groups included."""
    return [_actor(view, actor) for actor in sorted(_all_actors(view), key=lambda a: (a.kind, a.id))]


def _all_actors(view: View) -> Iterable[Actor]:
    yield from view.state.actors.values()
    for group in view.state.charter.groups:
        if group.id not in view.state.actors:
            yield Actor(id=group.id, name=group.name, kind="organisation" if group.kind == "organ" else "armed-group",
                        party=group.party, designations=group.designations)  # fmt: skip


def _actor(view: View, actor: Actor) -> Plain:
    spoken = sum(s.speaker == actor.id and not s.narrated for s in view.state.statements.values())
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "party": actor.party,
        "role": actor.role,
        "member_of": actor.member_of,
        "statements": spoken,
        "designations": [
            {
                "text": d.text,
                "used_by": list(d.used_by),
                "used_by_names": [view.names.actor(user) for user in d.used_by],
                "passages": [view.passage(p) for p in d.passages[:8]],
            }
            for d in actor.designations
        ],
        "method": actor.method,
        **view.standing(actor.id),
    }
