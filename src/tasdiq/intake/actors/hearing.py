"""Hear one document after another and keep little of each: what its speakers add to the directory of the whole folder.

Hearing changes nothing, so that documents can be heard in any order and in several processes; `build` takes what was heard in
the order of the documents. Rules

1. First hearing: which party each person without one was found to speak for, and the names a party's own speakers call it by.
2. Second hearing: everybody who speaks, under the words they are called by, and who uses which name.
3. A folder's every document names many of the same: of one name at most `MOST_PASSAGES` are kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from msgspec.structs import replace

from tasdiq.model.document import Document, Passage, Received
from tasdiq.model.source import Actor, Designation
from tasdiq.model.statement import Attribution

from .authorities import own_names
from .directory import Directory
from .usage import MOST_PASSAGES, Used, uses_in
from .voices import Voice, read_voices

Item = tuple[Document, str, Sequence[Attribution]]
"""A document, its file's text, and its attributions."""
Context = TypeVar("Context")
Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


class Each(Protocol):
    """Apply a function of this module, or one like it, to many items under one context; answers in the items' order."""

    def __call__(  # noqa: D102
        self, function: Callable[[Context, Asked], Answer], context: Context, items: Iterable[Asked]
    ) -> Iterator[Answer]: ...


def here(function: Callable[[Context, Asked], Answer], context: Context, items: Iterable[Asked]) -> Iterator[Answer]:
    """Apply a function to each item in this process."""
    return (function(context, item) for item in items)


def items_of(received: Iterable[Received], attributions: Mapping[str, Sequence[Attribution]]) -> Iterator[Item]:
    """Yield the documents of a folder with what hearing them needs."""
    for file in received:
        for document in file.documents:
            yield document, file.text, attributions.get(document.id, ())


@dataclass(frozen=True)
class FirstHeard:
    """Rule 1: (person, party) for each time a person without party spoke for one; party by its own name for itself."""

    parties: tuple[tuple[str, str], ...]
    names: Mapping[str, str]


@dataclass(frozen=True)
class Speaker:
    """One who speaks: by id, if in a speech of their own; the actor to be entered, and the words it is called by."""

    speaks: str | None = None
    actor: Actor | None = None
    words: str = ""
    passage: Passage | None = None


@dataclass(frozen=True)
class Heard:
    """Rule 2: the speakers in their order, and who uses which name."""

    speakers: tuple[Speaker, ...]
    used: Used = field(default_factory=dict)


def hear_first(directory: Directory, item: Item) -> FirstHeard:
    """Return what a document's speakers say of persons' parties and of parties' names."""
    document, text, attributions = item
    voices = read_voices(document, text, attributions, directory).voices
    return FirstHeard(
        tuple(_parties(directory, voices)), own_names({document.id: text}, {document.id: voices}, directory)
    )


def _parties(directory: Directory, voices: Sequence[Voice]) -> Iterator[tuple[str, str]]:
    for voice in voices:
        actor = directory.actors.get(voice.resolution.actor or "")
        if actor and actor.kind == "person" and actor.party is None and voice.resolution.party:
            yield actor.id, voice.resolution.party


def hear(directory: Directory, item: Item) -> Heard:
    """Return who speaks in a document and who uses which name in it."""
    document, text, attributions = item
    voices = read_voices(document, text, attributions, directory).voices
    speakers = tuple(_speaker(directory, document.id, voice, text) for voice in voices)
    return Heard(speakers, uses_in(directory, document, text, voices))


def _speaker(directory: Directory, document: str, voice: Voice, text: str) -> Speaker:
    """Return who speaks; an organ, office or unnamed source with the words it is called by."""
    own = voice.outer is None and voice.act not in ("claims-responsibility", "gives-no-reply")
    speaks = voice.resolution.actor if own else None
    made = directory.actor_for(voice.reading, voice.resolution.party)
    if made is None or voice.resolution.actor != made.id or made.kind in ("party", "state"):
        return Speaker(speaks)
    if made.kind == "person" and voice.reading.kind != "name":
        return Speaker(speaks)
    actor = directory.actors.get(made.id, made)
    if not voice.source or voice.resolution.parties or actor.kind not in ("organ", "armed-forces", "unnamed"):
        return Speaker(speaks, made)
    span = voice.source[0]
    words = re.split(r", | who\b", re.sub(r"^(?:[Tt]he|[Aa]n?) ", "", text[span.start : span.end]))[0]
    start = text.index(words, span.start)
    return Speaker(speaks, made, words, Passage(document=document, start=start, end=start + len(words)))


def called(actor: Actor, words: str, passage: Passage) -> Actor:
    """Return an actor with one more place where it is called by some words (rule 3)."""
    known = next((each for each in actor.designations if each.text.lower() == words.lower()), None)
    if known is None:
        return replace(actor, designations=(*actor.designations, Designation(text=words, passages=(passage,))))
    if len(known.passages) >= MOST_PASSAGES:
        return actor
    more = replace(known, passages=(*known.passages, passage))
    return replace(actor, designations=tuple(more if each is known else each for each in actor.designations))
