"""Who speaks together: the parties behind "both sides", "Kestria and Vorland", "the joint communiqué".

A joint phrase has several parties and no single one; who signs is not who publishes. Rules

1. A phrase stands for parties if its head is a paper ("the joint statement"), organs ("both delegations"), or the sides
   themselves. "Officials in both capitals", "residents on both sides" and a bare "both" stand for nobody: who said what is open.
2. The parties are those the phrase names; of a paper those named after "of", "by", "between", "from", "on behalf of".
3. A paper that names no signatories has those that were named together in the last sentence that speaks of a joint paper.
4. "Both sides", "the two countries", "the parties", and a paper without signatories, mean the record's own two parties, unless
   the polities named together last before are one of them and others, or the sentence before speaks of two others, by their
   persons too: then it stays open.
5. "The communiqué" is joint where the last one the text named was ("published a joint communiqué … the communiqué said"), and
   "it" after a sentence that opens with a joint paper.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from .directory import Directory
from .phrase import Reading
from .roles import BYSTANDERS, ITSELF_HEAD, OFFICIALS, ROLE, organ_slug
from .together import JOINT, JOINT_PAPER

Head = Literal["paper", "organs", "sides"]
REACH = 800
"""Code points in which two polities named together are looked for; about two paragraphs."""
_SIGNED = re.compile(r"\b(?:on behalf of|signed by|agreed by|of|by|between|from)\b", re.IGNORECASE)
_TOGETHER = re.compile(r"(?:'s)?(?: \w+){0,3}?,? (?:and|or|&|with) (?:the |in )?(?:\w+ )?|[-–/]|, ")
_TWO = re.compile(
    r"(?i:^(?:both|the two|the neighbou?ring|the (?:sides|parties|countries|neighbou?rs)|all (?:the )?(?:sides|parties)"
    r"|they)\b|\b(?:both|the two) (?:sides|countries|nations|parties|governments|capitals|neighbou?rs)\b)"
)
_SIDES = re.compile(
    r"(?i:^(?:both|the two|two|the|all)(?: \w+)? (?:sides?|countries|nations|neighbou?rs|parties|governments|states|capitals)\b"
    r"|^they$)"
)
_ORGANS = re.compile(r"(?i:\b(?:delegations|leaders|ministers|forces|teams|militaries|armies|foreign ministers)$)")
_SENTENCE = re.compile(r"[.!?]\"? +|\n+")
_PREPOSITION = re.compile(r" (?:of|in|for|from|at|on|to|with|between) ", re.IGNORECASE)
_ROLES = re.compile(rf"(?:{ROLE})s?$")
_PAPER_NOUN = r"(?:statement|communiqu[eé]|declaration|text|document|readout|press release)"
_LAST_PAPER = re.compile(rf"(?i:\b((?:joint|common) (?:\w+ )?)?{_PAPER_NOUN}\b)")


def read_joint(reading: Reading, text: str, place: int, begin: int, directory: Directory) -> Reading:
    """Return a joint reading with its parties, and a paper that is joint as one; any other reading as it is.

    `place` is where the phrase stands in `text`, `begin` where its document begins.
    """
    papery = reading.kind == "paper" and reading.party is None and _was_joint(text, place, begin)
    if papery or (reading.text == "it" and _opened_joint(text, place, begin)):
        reading = Reading("joint", slug="paper", text=reading.text)
    if reading.kind != "joint" or head_of(reading) is None:
        return reading
    return replace(reading, parties=_parties(reading, text, place, begin, directory))


def head_of(reading: Reading) -> Head | None:
    """Return what the head of a joint phrase is, or None if it stands for no party (rule 1)."""
    if reading.slug == "paper" or reading.kind == "paper" or reading.text in ("it", "its"):
        return "paper"
    preposition = _PREPOSITION.search(reading.text)
    core = reading.text[: preposition.start()] if preposition else reading.text
    if OFFICIALS.search(core) or (BYSTANDERS.search(core) and not JOINT.match(core)):
        return None
    if _ORGANS.search(core) or _ROLES.search(core) or _is_organ(core):
        return "organs"
    named = ITSELF_HEAD.sub("", core)
    bare = _SIDES.match(reading.text) or re.fullmatch(
        r"(?:[Tt]he )?(?:[A-Z][\w'’-]*(?:,? and (?:the )?|, | )?)+", named
    )
    return "sides" if bare else None


def _is_organ(core: str) -> bool:
    organ = organ_slug(re.sub(r"(?<![sc])s\b", "", re.sub(r"ies\b", "y", core)))
    return organ is not None and organ[0] != "office"


def _was_joint(text: str, place: int, begin: int) -> bool:
    """Rule 5."""
    papers = list(_LAST_PAPER.finditer(text, max(begin, place - REACH), place))
    return bool(papers) and papers[-1][1] is not None


def _opened_joint(text: str, place: int, begin: int) -> bool:
    """Tell whether "it" begins a sentence after one that opens with a joint paper (rule 5)."""
    ends = [match.end() for match in _SENTENCE.finditer(text, max(begin, place - REACH), place)]
    if not ends or text[ends[-1] : place].strip():
        return False
    start = ends[-2] if len(ends) > 1 else max(begin, place - REACH)
    paper = JOINT_PAPER.search(text, start, ends[-1])
    return paper is not None and text[start : paper.start()].strip().lower() in ("", "the", "a", "their")


def _parties(reading: Reading, text: str, place: int, begin: int, directory: Directory) -> tuple[str, ...]:
    paper = reading.slug == "paper"
    named = _signatories(reading.text, directory) if paper else _named(reading.text, directory)
    if len(named) > 1:
        return named
    before = text[max(begin, place - REACH) : place]
    if paper and (signed := _signed_before(before, directory)):
        return signed
    own = tuple(polity.id for polity in directory.polities.values() if polity.role == "party")
    if len(own) != 2 or not (paper or _TWO.search(reading.text)):
        return ()
    met = _met_before(before, directory)
    others = _together_before(before, directory)
    return () if len(set(others) & set(own)) == 1 or (len(met) == 2 and met != set(own)) else own


def _met_before(before: str, directory: Directory) -> set[str]:
    """Return the parties of everybody named in the last whole sentence ("in his talk with Brel, the Norwegian envoy …")."""
    sentences = [part for part in _SENTENCE.split(before) if part and part.strip()]
    named = directory.table.find(sentences[-1]) if sentences else ()
    return {party for mention in named if (party := mention.party or mention.known[0].party) in directory.polities}


def _named(words: str, directory: Directory) -> tuple[str, ...]:
    found = (mention.party for mention in directory.table.find(words))
    return tuple(dict.fromkeys(party for party in found if party in directory.polities))


def _signatories(words: str, directory: Directory) -> tuple[str, ...]:
    """Rule 2: whoever is named after the last word of signing; who only publishes a paper need not have signed it."""
    for match in reversed(list(_SIGNED.finditer(words))):
        named = _named(words[match.end() :], directory)
        if len(named) > 1:
            return named
    return ()


def _signed_before(before: str, directory: Directory) -> tuple[str, ...]:
    """Rule 3."""
    for sentence in reversed(re.split(r"(?<=[.!?\"])\s+", before)):
        paper = JOINT_PAPER.search(sentence)
        if paper:
            return _signatories(sentence[paper.end() :], directory) or _together_before(sentence, directory)
    return ()


def _together_before(before: str, directory: Directory) -> tuple[str, ...]:
    """Return the polities that a text names together last ("Kestria, Vorland and Norway"), or nothing."""
    named = [mention for mention in directory.table.find(before) if mention.party in directory.polities]
    found: list[str] = []
    for one, other in reversed(list(pairwise(named))):
        if one.party != other.party and _TOGETHER.fullmatch(before[one.end : other.start]):
            found = [str(one.party), *(found or [str(other.party)])]
        elif found:
            break
    return tuple(dict.fromkeys(found))
