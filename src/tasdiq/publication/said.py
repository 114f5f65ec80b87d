"""What was said, as plain data: documents with their shown passages, and statements with speaker, teller and chain."""

from __future__ import annotations

from tasdiq.model.document import Document, Passage, Span
from tasdiq.model.hands import reach
from tasdiq.model.statement import Hand, Statement

from .marks import document_blocks
from .names import TELLERS, slug
from .passages import GAP
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
        "called": view.names.document(document.id),
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


def hull(view: View, statement: Statement) -> Passage:
    """Return the passage of a statement's content, with source and cue where no gap lies between."""
    content = _around(statement, statement.content or (*statement.source, *statement.cue))
    whole = _around(statement, (*statement.source, *statement.cue, *statement.content))
    inner, outer = (view.shown.words(passage).text for passage in (content, whole))
    cut = inner.startswith(GAP) or inner.endswith(GAP)
    return content if cut or outer.count(GAP) > inner.count(GAP) else whole


def _around(statement: Statement, spans: tuple[Span, ...]) -> Passage:
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
        "parties": list(statement.parties),
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
        "reach": reach(statement, view.state.documents.get(statement.document)),
        "distance": list(statement.distance),
        "hedges": list(statement.hedges),
        "modality": statement.modality,
        "source": view.spans(statement.document, statement.source),
        "cue": view.spans(statement.document, statement.cue),
        "content": view.spans(statement.document, statement.content),
        "passage": view.passage(hull(view, statement)),
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
