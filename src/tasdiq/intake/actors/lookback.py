"""Whom a text named before a place, where nobody spoke yet: the fallback of memory.

Rules
1. "The ministry", "the army": the last organ of that kind that the text named with its party, at most `REACH` before, if it named
   no other party's there.
2. "He", "she": the last person the text named, if in the sentence before and the only one there; not one whose words are only
   spoken of.
3. Somebody who opened a sentence since "he" spoke last is who "he" is now.
"""

from __future__ import annotations

import re

from .directory import Directory
from .phrase import Reading
from .resolution import LIKELY, Resolution
from .roles import organ_slug

REACH = 600
"""Code points; about two paragraphs."""
NAMED_SINCE = "named since"
OPENING = 120
"""Code points of a sentence within which the person who opens it is named."""
_SENTENCE_START = re.compile(r"[.!?][\"']?\s+(?=[^\Wa-z])|\n")


def look_back(reading: Reading, text: str, place: int, begin: int, directory: Directory) -> Resolution | None:
    """Return whom an unowned organ or a pronoun means by what `text[begin:place]` names, or None."""
    if reading.kind == "organ" and not reading.party:
        return _organ(reading, text, place, max(begin, place - REACH), directory)
    if reading.kind == "pronoun" and reading.text in ("he", "she"):
        return _person(text, place, max(begin, place - REACH), directory)
    return None


def opening_before(text: str, place: int, begin: int, directory: Directory) -> Resolution | None:
    """Return the organ or party that the sentence before `place` opens with, within its paragraph, or None."""
    start = max(begin, text.rfind("\n", begin, place) + 1, place - REACH)
    sentences = [start, *(match.end() for match in _SENTENCE_START.finditer(text, start, place + 1))]
    if len(sentences) < 2:
        return None
    opening = sentences[-2]
    mention = next(directory.table.find(text, opening, min(opening + 40, place)), None)
    if mention is None or not mention.party or text[opening : mention.start].strip() not in ("", "The", "the"):
        return None
    organ = organ_slug(text[mention.end : mention.end + 40].removeprefix("'s").split(",")[0])
    if organ and organ[1] <= 1:
        return directory.settle(Reading("organ", party=mention.party, slug=organ[0]), None, LIKELY)
    return Resolution(mention.known[0].actor, mention.party, LIKELY, rule="opened")


def named_since(text: str, begin: int, end: int, directory: Directory) -> Resolution | None:
    """Return the last person who opens a sentence in `text[begin:end]`, its first sentence apart (rule 3); none if `begin` < 0."""
    found: Resolution | None = None
    for match in _SENTENCE_START.finditer(text, begin, end) if begin >= 0 else ():
        start, stop = match.end(), min(match.end() + OPENING, end)
        person = next((each for each in directory.table.find(text, start, stop) if each.sort == "person"), None)
        if person is None or person.possessive:
            continue
        opened = directory.read(text[start : person.end])
        if opened.kind == "person" and opened.actor:
            settled = directory.settle(opened)
            found = Resolution(settled.actor, settled.party, LIKELY, rule=NAMED_SINCE)
    return found


def _organ(reading: Reading, text: str, place: int, begin: int, directory: Directory) -> Resolution | None:
    found: dict[str, Resolution] = {}
    for mention in directory.table.find(text, begin, place):
        if not mention.party:
            continue
        following = text[mention.end : min(mention.end + 60, place)].removeprefix("'s").split(",")[0]
        organ = organ_slug(following)
        if organ and organ[1] <= 1 and _is_kind(organ[0], reading.slug):
            named = Reading("organ", party=mention.party, slug=organ[0])
            found[mention.party] = directory.settle(named, None, LIKELY)
    return next(iter(found.values())) if len(found) == 1 else None


def _is_kind(slug: str, wanted: str) -> bool:
    return slug == wanted or (wanted == "ministry" and (slug.startswith("ministry-of-") or slug == "foreign-office"))


def _person(text: str, place: int, begin: int, directory: Directory) -> Resolution | None:
    sentences = [match.end() for match in _SENTENCE_START.finditer(text, begin, place + 1)]
    start = sentences[-2] if len(sentences) > 1 else begin
    people = {
        mention.known[0].actor
        for mention in directory.table.find(text, start, place)
        if mention.sort == "person" and not mention.possessive
    }
    if len(people) != 1:
        return None
    actor = directory.actors[next(iter(people))]
    return Resolution(actor.id, actor.party, LIKELY, rule="named before")
