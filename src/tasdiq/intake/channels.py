"""Through which hands a statement came: interview, post, statement, briefing; the outlets between speaker and reader.

Rules
1. A channel is named in the statement's sentence, outside its content: "in an interview with NAME", "told NAME", "speaking to
   NAME", "writing on PLATFORM", "in a post", "in a statement", "at a press conference".
2. An outlet without a name keeps its description and is marked "(unnamed)".
3. An outlet that quotes or attributes stands between the speaker and the document.
4. An agency that a document credits in its byline or dateline stands before the document's own outlet.
5. The chain runs from the speaker to the document's outlet; one that is not printed is an unnamed outlet.
6. What a speaker says next in the same document goes on in the same channel until another is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tasdiq.intake.actors import Directory
from tasdiq.intake.actors.naming import plain
from tasdiq.intake.actors.outlets import PLATFORM
from tasdiq.model.document import Document, Passage
from tasdiq.model.hands import AGENCY
from tasdiq.model.statement import Hand

_WHO = r"(?P<who>(?:an? |the |state |local )?[^,.;:\x00\"()]{2,60}?)"
_WHO += r"(?=[,.;:\x00\"()]|$| that | on \w+day| in which| during| after| and | in )"
_TALK = (
    (re.compile(rf"(?i:\binterview (?:with|to|on|given to) ){_WHO}"), "interview"),
    (re.compile(rf"(?i:\b(?:speaking|talking|spoke|talked) (?:to|with|on) ){_WHO}"), "told"),
    (re.compile(rf"(?i:\btold ){_WHO}"), "told"),
)
_ON = rf"(?P<platform>{PLATFORM.pattern})"
_PAPERS = (
    (re.compile(rf"(?i:\bstatement (?:\w+ )?(?:issued |posted |released |shared |published )?on )(?-i:{_ON})"), "statement"),
    (re.compile(rf"(?i:\b(?:writing|posting|posted|wrote|message|post|thread) on )(?-i:{_ON})"), "post"),
    (re.compile(r"(?i:\b(?:social[- ]media (?:post|message)|in a (?:\w+ )?(?:post|tweet)|tweeted|in a tweet)\b)"), "post"),
    (re.compile(r"(?i:\b(?:press|news|media|weekly|televised|video) (?:conference|briefing|talk|address|message)\b)"), "briefing"),
    (re.compile(r"(?i:\bin a(?:n|nother)? (?:\w+ ){0,3}?(?:statement|communiqu[eé]|press release|letter|note|readout)\b"
                r"|\bstatement (?:issued|released)\b)"), "statement"),
    (re.compile(rf"(?i:,? on )(?-i:{_ON})"), "post"),
)  # fmt: skip
_UNNAMED = re.compile(
    r"(?i:\b(?:channels?|outlets?|broadcasters?|newspapers?|television|tv|media|radio|reporters|journalists|agenc(?:y|ies)|newsmen|press)$)"
)
_AGENCY = re.compile(
    r"(?:[A-Z][\w.&-]+ ){0,3}?(?:AFP|AP|APP|Reuters|REUTERS|ANI|IANS|PTI|UPI|dpa|EFE|TASS|IRNA|Xinhua|Anadolu|Bloomberg"
    r"|(?:News |Press |Wire )?(?:Agency|Agencies|Service|Wire)|Associated Press|Agence France-Presse)(?: (?:Agency|News))?"
)


@dataclass(frozen=True)
class Channel:
    """How a statement was made (`how`), in words, and the outlet it was made to, if any."""

    how: str
    words: str
    outlet: str | None = None
    actor: str | None = None
    start: int = 0
    end: int = 0


def read_channel(sentence: str, offset: int, directory: Directory) -> Channel | None:
    """Return the channel a sentence names outside its content (blanked), or None."""
    words = plain(sentence)
    for pattern, how in _TALK:
        for match in pattern.finditer(words):
            channel = _outlet(match, how, offset, directory)
            if channel is not None:
                return channel
    for pattern, how in _PAPERS:
        if found := pattern.search(words):
            platform = (found.groupdict().get("platform") or "").split(" (")[0]
            said = found[0].strip(" ,") if how == "briefing" else how
            text = f"{said} on {platform}" if platform else said
            return Channel(
                how, text.lower() if how == "briefing" else text, start=offset + found.start(), end=offset + found.end()
            )
    return None


def _outlet(match: re.Match[str], how: str, offset: int, directory: Directory) -> Channel | None:
    who = match["who"].strip()
    start, end = offset + match.start("who"), offset + match.end("who")
    reading = directory.read(who)
    prefix = "interview with " if how == "interview" else ""
    if reading.kind == "outlet" and reading.actor:
        name = directory.actors[reading.actor].name
        return Channel(how, prefix + name, name, reading.actor, start, end)
    if _UNNAMED.search(who):
        bare = re.sub(r"(?i:^(?:an?|the|some|several) )", "", who)
        return Channel(how, f"{prefix}{bare} (unnamed)", who, None, start, end)
    return None


def quoted_by(outlet: str, directory: Directory) -> Channel:
    """Return the channel of a statement that an outlet quotes."""
    reading = directory.read(outlet)
    actor = directory.actors.get(reading.actor or "")
    if reading.kind == "outlet" and actor:
        return Channel("quoted by", f"report by {actor.name}", actor.name, actor.id)
    bare = re.sub(r"(?i:^(?:an?|the) )", "", outlet.strip())
    return Channel("quoted by", f"report by {bare} (unnamed)", outlet.strip())


def make_chain(
    document: Document, speaker: str | None, words: str, channel: Channel | None, directory: Directory
) -> tuple[Hand, ...]:
    """Return the hands from the speaker (an actor id, or `words`) to the document's outlet (rules 4 and 5)."""
    return tuple(_hands(document, speaker, words, channel, directory))


def _hands(
    document: Document, speaker: str | None, words: str, channel: Channel | None, directory: Directory
) -> Iterable[Hand]:
    actor = directory.actors.get(speaker or "")
    if actor or words:
        first = "told" if channel is None or channel.how == "quoted by" else channel.how
        yield Hand(who=actor.name if actor else words, how=first, actor=actor.id if actor else None)
    if channel and channel.outlet:
        place = Passage(document=document.id, start=channel.start, end=channel.end) if channel.end else None
        yield Hand(who=channel.outlet, how=channel.how, actor=channel.actor, passage=place)
    outlet = directory.outlets.get(document.id)
    if document.author and document.author != document.outlet and _AGENCY.fullmatch(document.author):
        credit = directory.read(document.author)
        yield Hand(who=document.author, how=AGENCY, actor=credit.actor if credit.kind == "outlet" else None)
    yield Hand(who=document.outlet or "unnamed outlet", how="quoted by", actor=outlet)
