"""From attributions to statements: who speaks, for which party, in whose telling, to whom, when, through which hands.

Decides only how the answers are joined: voices come from `intake.actors`, tellings from `intake.tellers`, channels from
`intake.channels`, times from `intake.when`.

Rules
1. Statements are numbered in text order. `inside` is the statement whose content holds this one.
2. A statement's time is that named in its sentence outside its content; what the same speaker says next shares it; else, in an
   own voice and not "earlier", the day of publication, approximately.
3. The addressee is named after the cue ("told the Vorlandish delegation"), or opens what is accused, asked or demanded.
4. A statement inside another's speech came through that speaker's hands.
5. Somebody who says what they saw, heard or counted has witnessed it; who speaks inside another's speech is told of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from tasdiq.intake.actors import Directory, Voice, read_voices
from tasdiq.intake.actors.naming import plain
from tasdiq.intake.channels import Channel, make_chain, quoted_by, read_channel
from tasdiq.intake.tellers import HABITS, HEARSAY, Told, decide_tellers, outside
from tasdiq.intake.when import read_times
from tasdiq.model.document import Document, Span
from tasdiq.model.statement import Attribution, Hand, Statement
from tasdiq.model.when import When

METHOD = "intake.speakers/1"
_ADDRESSED = frozenset({"accuses", "demands", "asks", "warns"})
_OPENS = re.compile(r"^(?:on |against |upon )?(?P<who>[^,;:\"]{2,60}?) (?:of|to|for|not to|over|that|against)\b")
_SAW = re.compile(r"\b(?:saw|seen|heard|witnessed|watched|counted)\b")


@dataclass
class _Course:
    """What earlier statements of the document leave for later ones, by speaker."""

    channels: dict[str, Channel] = field(default_factory=dict)
    times: dict[str, When] = field(default_factory=dict)


def resolve(
    document: Document, text: str, attributions: Sequence[Attribution], directory: Directory
) -> list[Statement]:
    """Return the statements of one document, one for each attribution, in text order; offsets into `text`."""
    voices, main = read_voices(document, text, attributions, directory)
    tellings = decide_tellers(document, text, attributions, voices, directory, main)
    course = _Course()
    made: list[Statement] = []
    for number, (item, voice, told) in enumerate(zip(attributions, voices, tellings, strict=True)):
        channel = _channel(item, voice, text, directory, course)
        ident = f"{document.id}.s{number + 1}"
        made.append(
            Statement(
                id=ident,
                document=document.id,
                source=voice.source,
                cue=item.cue,
                content=voice.content,
                act=item.act,
                quote=item.quote,
                speaker=voice.resolution.actor,
                party=voice.resolution.party,
                teller=told.teller,
                told_by=told.told_by,
                channel=channel.words if channel else None,
                chain=_chain(document, text, number, attributions, voices, channel, directory),
                addressee=_addressee(item, voice, text, directory),
                when=_when(document, item, voice, told, text, course),
                inside=f"{document.id}.s{voice.outer + 1}" if voice.outer is not None else None,
                negated=item.negated,
                manner=item.manner,
                distance=tuple(word for word in item.manner if word in HEARSAY),
                basis=_basis(voice, text),
                sentence=item.sentence,
                confidence_ppm=_confidence(item, voice),
                method=f"{item.method}; {METHOD} {voice.resolution.rule or 'open'}; tellers rule {told.rule}",
            )
        )
    return made


def _channel(item: Attribution, voice: Voice, text: str, directory: Directory, course: _Course) -> Channel | None:
    if voice.outer is not None:
        return None
    speaker = voice.resolution.actor
    found = quoted_by(voice.quoted_by, directory) if voice.quoted_by else None
    if found is None and item.sentence is not None:
        found = read_channel(outside(item, voice.content, text), item.sentence.start, directory)
    if speaker is None:
        return found
    if found is not None:
        course.channels[speaker] = found
    return course.channels.get(speaker)


def _chain(
    document: Document,
    text: str,
    number: int,
    items: Sequence[Attribution],
    voices: Sequence[Voice],
    channel: Channel | None,
    directory: Directory,
) -> tuple[Hand, ...]:
    """Rule 4: the speaker's hands, then those of the speeches around, then the outlet's."""
    voice = voices[number]
    hands: list[Hand] = []
    outer, seen = voice.outer, {number}
    while outer is not None and outer not in seen:
        seen.add(outer)
        around = voices[outer]
        known = directory.actors.get(around.resolution.actor or "")
        if known is not None:
            hands.append(Hand(who=known.name, how="told", actor=known.id))
        outer = around.outer
    chain = make_chain(document, voice.resolution.actor, _text(voice.source, text), channel, directory)
    return (*chain[:-1], *hands, chain[-1])


def _text(spans: Sequence[Span], text: str) -> str:
    return " ".join(text[span.start : span.end] for span in spans)


def _addressee(item: Attribution, voice: Voice, text: str, directory: Directory) -> str | None:
    """Rule 3; a speaker's own party is never the addressee."""
    if not item.cue or not voice.content:
        return None
    between = text[item.cue[-1].end : voice.content[0].start] if item.cue[-1].end < voice.content[0].start else ""
    opening = _OPENS.match(plain(_text(voice.content, text))) if item.act in _ADDRESSED else None
    for words in (between.strip(), opening["who"] if opening else ""):
        found = directory.resolve(words) if 1 < len(words) < 80 else None
        if found and found.actor and found.party and found.party != voice.resolution.party:
            return found.actor
    return None


def _when(document: Document, item: Attribution, voice: Voice, told: Told, text: str, course: _Course) -> When | None:
    """Rule 2."""
    speaker = voice.resolution.actor or ""
    if voice.outer is None and item.sentence is not None:
        mentions = read_times(outside(item, voice.content, text).replace("\x00", " "), document.published)
        if mentions and told.teller != "third":
            course.times[speaker] = mentions[0].when
        if mentions:
            return mentions[0].when
    if document.kind == "post":
        return document.published
    if told.teller != "own" or voice.outer is not None or set(item.manner) & (HABITS | {"earlier", "previously"}):
        return None
    if speaker in course.times:
        return course.times[speaker]
    day = document.published
    return When(start=day.start, end=day.end, precision=day.precision, text=day.text, approximate=True) if day else None


def _basis(voice: Voice, text: str) -> Literal["witnessed", "told", "unknown"]:
    if voice.outer is not None:
        return "told"
    return "witnessed" if voice.reading.kind == "bystanders" and _SAW.search(_text(voice.content, text)) else "unknown"


def _confidence(item: Attribution, voice: Voice) -> int:
    """The cut's confidence times the speaker's; an open speaker leaves the cut as it is."""
    sure = voice.resolution.confidence_ppm
    return item.confidence_ppm * sure // 1_000_000 if sure else item.confidence_ppm
