"""A made-up dispute between Kestria and Vorland as a state: texts with marked statements, actors on both sides."""

from __future__ import annotations

import re

from tasdiq.model.charter import Charter, Member
from tasdiq.model.document import Document, Paragraph, Span
from tasdiq.model.source import Actor
from tasdiq.model.state import State
from tasdiq.model.statement import Hand, Statement
from tasdiq.model.when import When

KES, VOR = "kes", "vor"
ACTORS = (
    Actor(id="kes", name="Kestria", kind="party", party=KES),
    Actor(id="kes/trade", name="Ministry of Trade", kind="organ", party=KES),
    Actor(id="kes/foreign", name="Foreign Ministry", kind="organ", party=KES),
    Actor(id="person/lund", name="Ada Lund", kind="person", party=KES, member_of="kes/foreign", role="spokesperson"),
    Actor(id="person/berg", name="Olaf Berg", kind="person", party=KES, role="Defence Minister"),
    Actor(id="unnamed/kes/officials", name="officials", kind="unnamed", party=KES),
    Actor(id="vor", name="Vorland", kind="party", party=VOR),
    Actor(id="person/dorn", name="Ilse Dorn", kind="person", party=VOR, member_of="vor", role="spokesperson"),
    Actor(id="outlet/north", name="North News", kind="outlet"),
    Actor(id="outlet/ariel", name="Ariel TV", kind="outlet"),
)
MARK = re.compile(r"\{(\w+):([^{}]*)\}")
POST = Hand(who="X", how="post")
MAY_4 = When(start="2031-05-04", end="2031-05-04", precision="day")
MAY_3 = When(start="2031-05-03", end="2031-05-03", precision="day")


def said(speaker: str, *hands: Hand, **more: object) -> dict[str, object]:
    """What a marked statement is: speaker and hands, and whatever else differs from the default."""
    return {"speaker": speaker, "chain": hands, "teller": "own"} | more


def world(*documents: tuple[str, dict[str, dict[str, object]]]) -> State:
    """Build a state from texts in which {name:content} marks a statement's content; paragraphs are lines."""
    charter = Charter(title="t", form="desk", parties=(Member(id=KES, name="Kestria"), Member(id=VOR, name="Vorland")))
    state = State(charter=charter, actors={actor.id: actor for actor in ACTORS})
    for number, (marked, statements) in enumerate(documents):
        _add_document(state, f"d{number}", marked, statements)
    return state


def _add_document(state: State, ident: str, marked: str, statements: dict[str, dict[str, object]]) -> None:
    text, spans, last = "", {}, 0
    for found in MARK.finditer(marked):
        text += marked[last : found.start()]
        spans[found.group(1)] = Span(start=len(text), end=len(text) + len(found.group(2)))
        text, last = text + found.group(2), found.end()
    text += marked[last:]
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    paragraphs = tuple(Paragraph(start=a, end=b) for a, b in zip(starts, [*starts[1:], len(text)], strict=True))
    state.documents[ident] = Document(
        id=ident,
        file=f"{ident}.txt",
        sha256=ident,
        text_sha256=ident,
        kind="article",
        start=0,
        end=len(text),
        paragraphs=paragraphs,
    )
    state.texts[ident] = text
    for name, span in spans.items():
        fields = {"source": (), "cue": (), "act": "asserts", "quote": "indirect"} | statements[name]
        party = state.actors[str(fields["speaker"])].party
        inside = f"{ident}.{fields['inside']}" if fields.get("inside") else None
        fields |= {"id": f"{ident}.{name}", "document": ident, "content": (span,), "party": party, "inside": inside}
        state.statements[f"{ident}.{name}"] = Statement(**fields)  # type: ignore[arg-type]
