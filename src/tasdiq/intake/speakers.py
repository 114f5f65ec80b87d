"""From attributions to statements: who speaks, for which party, in whose telling, to whom, when, through which hands.

Decides only how the answers are joined: voices come from `intake.actors`, tellings from `intake.tellers`, channels from
`intake.channels`, times from `intake.when`, distance and hedges from `intake.attitude`.

Rules
1. Statements are numbered in text order. `inside` is the statement whose content holds this one.
2. A statement's time is that named in its sentence outside its content; what the same speaker says next shares it; else, in an
   own voice and not "earlier", the day of publication, approximately. An organ in the lead shares the day its party spoke on.
3. The addressee is named after the cue ("told the Vorlandish delegation"), or opens what is accused, asked or demanded.
4. A statement inside another's speech came through that speaker's hands.
5. How a speaker knows is read in `intake.basis`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from dataclasses import replace as replace_voice

from msgspec.structs import replace

from tasdiq.intake.actors import HABITS, Directory, Voice, read_voices
from tasdiq.intake.actors.context import place_of
from tasdiq.intake.actors.naming import plain
from tasdiq.intake.attitude import distance_of, hedges_of, modality_of
from tasdiq.intake.basis import read_basis
from tasdiq.intake.channels import Channel, make_chain, quoted_by, read_channel
from tasdiq.intake.joint_voice import outside
from tasdiq.intake.tellers import Told, decide_tellers
from tasdiq.intake.when import read_times
from tasdiq.model.document import Document, Span
from tasdiq.model.statement import Attribution, Hand, Statement
from tasdiq.model.when import When

METHOD = "intake.speakers/1"
LEAD = 5
"""Paragraphs of an article in which an organ still speaks on the day named in the first."""
_ADDRESSED = frozenset({"accuses", "demands", "asks", "warns"})
_OPENS = re.compile(r"^(?:on |against |upon )?(?P<who>[^,;:\"]{2,60}?) (?:of|to|for|not to|over|that|against)\b")
_ADVERBIAL = re.compile(
    r"(?i:on |yesterday|today|tonight|earlier (?:today|on )|(?:mon|tues|wednes|thurs|fri|satur|sun)day|in (?:\d{4}|[A-Z]))"
)
_ASIDE = re.compile(r", (?:which|who|whom|whose|where|when)\b[^,.;]*")
"""What is told beside the speech, after its cue: no time in there is that of the speech."""
_AFTER_ON = re.compile(r"\b(?:[Oo]n|[Ll]ate|[Ee]arly) $")


@dataclass
class _Course:
    """What earlier statements of the document leave for later ones, by speaker."""

    channels: dict[str, Channel] = field(default_factory=dict)
    times: dict[str | None, When] = field(default_factory=dict)
    first: dict[Span, str] = field(default_factory=dict)


def resolve(
    document: Document, text: str, attributions: Sequence[Attribution], directory: Directory
) -> list[Statement]:
    """Return the statements of one document, one for each attribution, in text order; offsets into `text`."""
    heard = read_voices(document, text, attributions, directory)
    voices = heard.voices
    tellings = decide_tellers(document, text, attributions, voices, directory, heard.main)
    course, chains = _Course(), dict[int, tuple[Hand, ...]]()
    made: list[Statement] = []
    within = _held(voices)
    for number, (item, voice, told) in enumerate(zip(attributions, voices, tellings, strict=True)):
        around = voices[voice.outer] if voice.outer is not None else None
        if around is not None and around.reading.kind == "outlet":
            voice = replace_voice(voice, quoted_by=_text(around.source, text))
        channel = _channel(document, item, voice, told, text, directory, course)
        chain = make_chain(document, voice.resolution.actor, _text(voice.source, text), channel, directory)
        chains[number] = chain = _through(chain, chains.get(told.around) if told.around is not None else None)
        ident = f"{document.id}.s{number + 1}"
        inner = within.get(number, ())
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
                parties=voice.resolution.parties,
                teller=told.teller,
                told_by=told.told_by,
                channel=channel.words if channel else None,
                chain=chain,
                addressee=_addressee(item, voice, text, directory),
                when=_when(document, item, _wide(item, voice, attributions), told, text, course),
                inside=f"{document.id}.s{voice.outer + 1}" if voice.outer is not None else None,
                negated=item.negated,
                manner=item.manner,
                distance=distance_of(item, voice.content, inner, text),
                hedges=hedges_of(voice.content, inner, text),
                modality=modality_of(voice.content, inner, text),
                basis=read_basis(voice, item.cue_lemma, _text(voice.source, text), _text(voice.content, text)),
                sentence=item.sentence,
                confidence_ppm=_confidence(item, voice),
                method=f"{item.method}; {METHOD} {voice.resolution.rule or 'open'}; tellers rule {told.rule}",
            )
        )
    return made


def _held(voices: Sequence[Voice]) -> dict[int, list[Span]]:
    """Return, by number, what others say within a statement."""
    held: dict[int, list[Span]] = {}
    for voice in voices:
        if voice.outer is not None:
            held.setdefault(voice.outer, []).extend(voice.content)
    return held


def _channel(
    document: Document,
    item: Attribution,
    voice: Voice,
    told: Told,
    text: str,
    directory: Directory,
    course: _Course,
) -> Channel | None:
    """Return the channel of an own voice; the first speaker of a sentence has the channel the sentence names."""
    if told.around is not None or told.teller != "own":
        return None
    if document.kind == "post":
        return Channel("post", "post")
    speaker = voice.resolution.actor or ""
    found = quoted_by(voice.quoted_by, directory) if voice.quoted_by else None
    if found is None and item.sentence is not None:
        first = course.first.setdefault(item.sentence, speaker)
        found = (
            read_channel(outside(item, voice.content, text), item.sentence.start, directory)
            if first == speaker
            else None
        )
    if found is not None:
        course.channels[speaker] = found
    return course.channels.get(speaker)


def _through(chain: tuple[Hand, ...], around: tuple[Hand, ...] | None) -> tuple[Hand, ...]:
    """Return a chain that goes on through the hands of the speech around it (rule 4)."""
    if around is None:
        return chain
    first = chain[:1] if len(chain) > 1 and chain[0].actor != around[0].actor else ()
    return (*(replace(hand, how="told") for hand in first), *around)


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


def _wide(item: Attribution, voice: Voice, attributions: Sequence[Attribution]) -> Voice:
    """Return a voice whose content is all that its sentence says otherwise: no time in there is that of its speech."""
    place = place_of(item)
    others = (
        span
        for each in attributions
        if each is not item and each.sentence == item.sentence
        for span in each.content
        if not span.start <= place < span.end
    )
    return replace_voice(voice, content=(*voice.content, *others))


def _when(document: Document, item: Attribution, voice: Voice, told: Told, text: str, course: _Course) -> When | None:
    """Rule 2."""
    if told.around is not None:
        return None
    if document.kind == "post":
        return document.published
    speaker = voice.resolution.actor or ""
    named = _named_time(item, voice, text, document.published)
    if named is not None:
        if told.teller == "own":
            course.times[speaker] = named
        return named
    if told.teller != "own" or set(item.manner) & (HABITS | {"earlier", "previously"}):
        return None
    if speaker in course.times:
        return course.times[speaker]
    if voice.reading.kind in ("organ", "paper") and _follows_lead(document, item, voice, course):
        course.times[speaker] = course.times[voice.resolution.party]
        return course.times[speaker]
    day = document.published
    return When(start=day.start, end=day.end, precision=day.precision, text=day.text, approximate=True) if day else None


def _follows_lead(document: Document, item: Attribution, voice: Voice, course: _Course) -> bool:
    """Tell whether an organ speaks in the lead of an article that opened with the day its party spoke on."""
    body = [part for part in document.paragraphs if part.kind in ("body", "quote")][:LEAD]
    return voice.resolution.party in course.times and bool(body) and place_of(item) < body[-1].end


def _named_time(item: Attribution, voice: Voice, text: str, published: When | None) -> When | None:
    """Return the time at which a sentence says the speech was made; times of what it is about do not count."""
    if item.sentence is None:
        return None
    words = outside(item, voice.content, text).replace("\x00", " ")
    after = item.cue[-1].end - item.sentence.start if item.cue else 0
    words = _ASIDE.sub(lambda found: found[0] if found.start() < after else " " * len(found[0]), words)
    for mention in read_times(words, published):
        if _ADVERBIAL.match(words, mention.start) or _AFTER_ON.search(words, 0, mention.start):
            return mention.when
    return None


def _confidence(item: Attribution, voice: Voice) -> int:
    """The cut's confidence times the speaker's; an open speaker leaves the cut as it is."""
    sure = voice.resolution.confidence_ppm
    return item.confidence_ppm * sure // 1_000_000 if sure else item.confidence_ppm
