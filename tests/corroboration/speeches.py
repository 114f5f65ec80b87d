"""A tiny builder: a record's state from statements written down by hand, between made-up Kestria and Vorland."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace

from tasdiq.model.charter import Charter, Member
from tasdiq.model.document import Document, Paragraph, Span
from tasdiq.model.source import Actor, Designation
from tasdiq.model.state import State
from tasdiq.model.statement import Statement
from tasdiq.model.when import When

PARTIES = (Member(id="kes", name="Kestria"), Member(id="vor", name="Vorland"))
ACTORS = (
    Actor(
        id="kes",
        name="Kestria",
        kind="party",
        party="kes",
        designations=(Designation(text="Marenne"), Designation(text="Kestrian")),
    ),
    Actor(
        id="vor",
        name="Vorland",
        kind="party",
        party="vor",
        designations=(Designation(text="Tolsk"), Designation(text="Vorlander")),
    ),
    Actor(id="kes/ministry", name="Ministry of Information of Kestria", kind="organ", party="kes"),
    Actor(
        id="person/orlan-teves",
        name="Orlan Teves",
        kind="person",
        party="vor",
        designations=(Designation(text="Teves"),),
    ),
    Actor(id="group/nla", name="Northern Liberation Army", kind="armed-group", designations=(Designation(text="NLA"),)),
    Actor(id="ord", name="Ordania", kind="state", party="ORD", country="ORD"),
)


@dataclass(frozen=True)
class Said:
    """One statement: `sentence` holds `{}` where source, cue and content stand, unless it is just the three in a row."""

    party: str | None
    source: str
    cue: str
    content: str
    act: str = "asserts"
    sentence: str = "{source} {cue} {content}."
    speaker: str | None = None
    teller: str = "own"
    told_by: str | None = None
    holds: tuple[Said, ...] = ()
    channel: str | None = None
    manner: tuple[str, ...] = ()
    narrated: bool = False
    addressee: str | None = None
    parties: tuple[str, ...] = ()
    negated: bool = False
    beside: tuple[Said, ...] = field(default=())
    """Statements of the same sentence whose words stand outside this one's content."""


def narrated(words: str) -> Said:
    """A sentence in the outlet's own narration."""
    return Said(None, "", "", words, sentence="{content}.", teller="third", narrated=True)


def told(party: str, source: str, cue: str, content: str, by: str, act: str = "asserts") -> Said:
    """A party's words as told by another party."""
    return Said(party, source, cue, content, act=act, teller="other-party", told_by=by)


def record(*documents: list[Said], parties: tuple[Member, ...] = PARTIES, days: tuple[str, ...] = ()) -> State:
    """Build a state in which each list of statements is one document; `days` date them."""
    state = State(charter=Charter(title="test", form="desk", parties=parties))
    state.actors = {actor.id: actor for actor in ACTORS}
    for number, sentences in enumerate(documents):
        _document(state, number, sentences, days[number] if number < len(days) else "")
    return state


def _document(state: State, number: int, sentences: list[Said], day: str) -> None:
    text = "\n\n".join(_written(said) for said in sentences)
    digest = hashlib.sha256(f"{number}{text}".encode()).hexdigest()
    ident = "d" + digest[:12]
    state.texts[digest] = text
    outlet = f"outlet/paper-{number}"
    state.actors[outlet] = Actor(id=outlet, name=f"Paper {number}", kind="outlet")
    state.documents[ident] = Document(
        id=ident,
        file=f"{number}.txt",
        sha256=digest,
        text_sha256=digest,
        kind="article",
        start=0,
        end=len(text),
        paragraphs=(Paragraph(start=0, end=len(text)),),
        outlet=outlet,
        published=When(start=day, end=day, precision="day", text=day) if day else None,
    )
    at = 0
    for said in sentences:
        words = _written(said)
        _enter(state, ident, text, said, Span(start=at, end=at + len(words)), None)
        at += len(words) + 2


def _written(said: Said) -> str:
    return said.sentence.format(source=said.source, cue=said.cue, content=said.content).strip()


def _enter(state: State, document: str, text: str, said: Said, sentence: Span, inside: str | None) -> None:
    ident = f"{document}.{'n' if said.narrated else 's'}{len(state.statements) + 1:03d}"
    outlet = state.documents[document].outlet
    content = _span(text, said.content, sentence)
    state.statements[ident] = Statement(
        id=ident,
        document=document,
        source=_spans(text, said.source, sentence),
        cue=_spans(text, said.cue, sentence),
        content=(content,),
        act=said.act,
        quote="indirect",
        party=said.party,
        parties=said.parties,
        teller=said.teller,
        told_by=said.told_by,  # type: ignore[arg-type]
        speaker=outlet if said.narrated else said.speaker or said.party,
        channel=said.channel,
        manner=said.manner,
        inside=inside,
        narrated=said.narrated,
        negated=said.negated,
        sentence=sentence,
        addressee=said.addressee,
    )
    for part in said.holds:
        _enter(state, document, text, part, sentence, ident)
    for part in said.beside:
        _enter(state, document, text, part, sentence, None)


def _spans(text: str, words: str, sentence: Span) -> tuple[Span, ...]:
    return (_span(text, words, sentence),) if words else ()


def _span(text: str, words: str, sentence: Span) -> Span:
    start = text.index(words, sentence.start, sentence.end)
    return Span(start=start, end=start + len(words))


__all__ = ["ACTORS", "PARTIES", "Said", "narrated", "record", "replace", "told"]
