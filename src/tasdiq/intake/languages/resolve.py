"""From attributions of another language to statements: speaker, party, teller, chain, as `intake.speakers` makes them of English.

Rules
1. What a source says by itself is `source`'s. Its English office is resolved by the folder's directory, so that an organ is one
   actor whatever the language; whoever holds an office under a name is a person of that party.
2. A name alone means the person whom the document introduced under it with an office; an office or organ alone the one that spoke
   last, at most one paragraph before, if it is the same. A pronoun, or no source, means who spoke last, no farther before, unless
   another country or member is named between: somebody else may have begun to speak in a form that no frame has.
3. An organ, office, official or delegation of a party speaks in its own voice. A party as such does where it is quoted or said to
   have spoken in the body, not in a bare headline and not by what it "says" in general. Everybody else is told by a third.
4. Where the folder has no such member or country yet, the country is entered under its ISO code.
5. The time is the day of publication, approximately; times named in the text are left for a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from tasdiq.intake.actors import Directory
from tasdiq.intake.actors.entering import add_polities
from tasdiq.intake.actors.naming import slug
from tasdiq.intake.actors.polities import Polity
from tasdiq.intake.channels import Channel, make_chain
from tasdiq.model.document import Document, Span
from tasdiq.model.source import Actor, Designation
from tasdiq.model.statement import Attribution, Statement, Teller
from tasdiq.model.when import When

from .fold import fold, folded
from .names import NameIndex, country_name
from .source import Speaker, read_source

METHOD = "intake.languages.resolve/1"
OFFICIAL = frozenset({"organ", "office", "officials"})
INHERITED = 0.7
"""Convention: how much surer a named source is than one taken from what stands before."""


@dataclass(frozen=True)
class _Who:
    actor: str | None = None
    party: str | None = None
    kind: str = "other"
    inherited: bool = False


@dataclass
class _Memory:
    """Who spoke in the document so far: by name, and last, in which role and paragraph."""

    names: dict[str, _Who] = field(default_factory=dict)
    last: _Who | None = None
    role: str = ""
    paragraph: int = -9
    end: int = 0


def resolve(
    document: Document, text: str, attributions: Sequence[Attribution], directory: Directory, index: NameIndex
) -> list[Statement]:
    """Return the statements of one document, one for each attribution, in text order."""
    memory, made = _Memory(), list[Statement]()
    for number, item in enumerate(attributions, 1):
        if item.method.startswith("attribute.post"):
            who, source = _author(document, directory), " ".join(_texts(item.source, text))
        else:
            source = " ".join(_texts(item.source, text))
            _forget_if_another(memory, text, item, index)
            who = _who(read_source(source, index), directory, memory, _paragraph(document, item))
            memory.end = max(span.end for span in (*item.source, *item.cue, *item.content))
        made.append(_statement(document, number, item, who, source, directory))
    return made


def _forget_if_another(memory: _Memory, text: str, item: Attribution, index: NameIndex) -> None:
    """Forget who spoke last where another party is named between that and this (rule 2)."""
    start = min(span.start for span in (*item.source, *item.cue, *item.content))
    between = fold(text[memory.end : start], turkish=index.rules.turkish).text if memory.end < start else ""
    if memory.last and any(named.whose != memory.last.party for named in index.find(between)):
        memory.last = None


def _texts(spans: Sequence[Span], text: str) -> list[str]:
    return [text[span.start : span.end] for span in spans]


def _paragraph(document: Document, item: Attribution) -> int:
    place = item.content[0].start
    return next((n for n, each in enumerate(document.paragraphs) if each.start <= place < each.end), 0)


def _who(speaker: Speaker, directory: Directory, memory: _Memory, paragraph: int) -> _Who:
    who = _recalled(speaker, memory, paragraph) or _named(speaker, directory)
    if speaker.kind in ("pronoun", "none") and who.actor is None:
        return who
    memory.last, memory.paragraph = who, paragraph
    memory.role = speaker.role or (memory.role if who.inherited else "")
    if who.actor and speaker.key:
        for key in {speaker.key, speaker.key.split()[-1]}:
            known = memory.names.setdefault(key, who)
            if known.actor != who.actor:
                memory.names[key] = _Who(kind="person")
    return who


def _recalled(speaker: Speaker, memory: _Memory, paragraph: int) -> _Who | None:
    """Rule 2."""
    near = memory.last if paragraph - memory.paragraph <= 1 else None
    if speaker.kind in ("pronoun", "none"):
        return _again(near) if near else _Who(kind="pronoun")
    if speaker.kind in ("organ", "office") and near and not speaker.whose and not speaker.name:
        return _again(near) if speaker.role == memory.role and not speaker.unclear else None
    if speaker.kind == "person":
        return _again(memory.names.get(speaker.key, _Who(kind="person")))
    return None


def _again(who: _Who) -> _Who:
    return _Who(who.actor, who.party, who.kind, inherited=True)


def _named(speaker: Speaker, directory: Directory) -> _Who:
    """Rules 1 and 4."""
    if speaker.kind in ("other", "person"):
        return _Who(kind=speaker.kind)
    if not speaker.whose:
        return _open(speaker, directory)
    polity = _polity(speaker.whose, directory)
    if speaker.kind == "party":
        return _Who(polity.actor, polity.id, "party")
    if speaker.name:
        return _Who(_holder(speaker, polity, directory), polity.id, "office")
    reading = directory.read(f"{polity.name}'s {speaker.role}")
    actor = directory.actor_for(reading, polity.id)
    if actor is None or actor.party != polity.id:
        return _Who(None, polity.id, speaker.kind)
    directory.actors.setdefault(actor.id, actor)
    return _Who(actor.id, polity.id, speaker.kind)


def _open(speaker: Speaker, directory: Directory) -> _Who:
    """Return an unnamed source of nobody's side; an office or organ whose owner is not named stays open."""
    if speaker.kind not in ("officials", "sources"):
        return _Who(kind=speaker.kind)
    actor = directory.actor_for(directory.read(speaker.role))
    if actor is not None:
        directory.actors.setdefault(actor.id, actor)
    return _Who(actor.id if actor else None, None, "unnamed")


def _polity(whose: str, directory: Directory) -> Polity:
    if whose not in directory.polities:
        made = Polity(id=whose, actor=whose.lower(), name=country_name(whose), country=whose)
        made.words.append((made.name, "country"))
        add_polities(directory, [made])
    return directory.polities[whose]


def _holder(speaker: Speaker, polity: Polity, directory: Directory) -> str:
    """Return the person who holds an office, the same in every language whose letters say the same name."""
    ident = f"person/{slug(folded(speaker.name))}"
    known = directory.actors.get(ident)
    if known is not None and known.party != polity.id:
        ident = f"{ident}-{slug(polity.actor)}"
        known = directory.actors.get(ident)
    called = Designation(text=speaker.name)
    if known is None:
        directory.actors[ident] = Actor(
            id=ident,
            name=speaker.name,
            kind="person",
            party=polity.id,
            country=polity.country,
            role=speaker.role,
            member_of=polity.actor,
            office_holder=True,
            designations=(called,),
            method=METHOD,
        )
    elif all(each.text != speaker.name for each in known.designations):
        directory.actors[ident] = replace(known, designations=(*known.designations, called))
    return ident


def _author(document: Document, directory: Directory) -> _Who:
    found = directory.resolve(document.author or "")
    return _Who(found.actor, found.party, "office" if found.party else "person")


def _statement(
    document: Document, number: int, item: Attribution, who: _Who, source: str, directory: Directory
) -> Statement:
    teller = _teller(who, item)
    channel = Channel("post", "post") if document.kind == "post" and teller == "own" else None
    sure = item.confidence_ppm if who.actor and not who.inherited else int(item.confidence_ppm * INHERITED)
    return Statement(
        id=f"{document.id}.s{number}",
        document=document.id,
        source=item.source,
        cue=item.cue,
        content=item.content,
        act=item.act,
        quote=item.quote,
        speaker=who.actor,
        party=who.party,
        teller=teller,
        told_by=None if teller == "own" else directory.outlets.get(document.id),
        channel=channel.words if channel else None,
        chain=make_chain(document, who.actor, source, channel, directory),
        when=_when(document, teller),
        sentence=item.sentence,
        confidence_ppm=sure,
        method=f"{item.method}; {METHOD} {who.kind}{' again' if who.inherited else ''}",
    )


def _teller(who: _Who, item: Attribution) -> Teller:
    """Rule 3."""
    if who.party is None:
        return "third"
    if who.kind in OFFICIAL:
        return "own"
    told = item.quote == "indirect" and (item.method.endswith("headline") or item.tense == "present")
    return "third" if told or who.kind != "party" else "own"


def _when(document: Document, teller: Teller) -> When | None:
    """Rule 5; a post is as old as it says."""
    day = document.published
    if document.kind == "post" or day is None:
        return day
    if teller != "own":
        return None
    return When(start=day.start, end=day.end, precision=day.precision, text=day.text, approximate=True)
