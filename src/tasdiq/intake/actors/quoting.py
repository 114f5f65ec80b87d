"""Speech that comes through another's hands in one clause, and sources a cue does not name.

Rules
1. "Outlet quoted|cited M (as saying) that P", "Outlet quoted M, in a report that P": M is the source, P the content, the outlet a
   hand.
2. "Outlet attributed P to M", "P attributed to M": M is the source; an outlet before the verb is a hand.
3. Without a source, the words between the last clause boundary and the cue are the subject, less times, adverbs and helping
   verbs; a participle after a comma, and the passive, have none.
   "Said in a statement that …" has the subject of "said".
4. A cue noun without a source belongs to the party whose adjective stands before it ("a Kestrian proposal").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasdiq.model.document import Span
from tasdiq.model.statement import Attribution

from .directory import Directory
from .naming import NOT_NAMES
from .phrase import PRONOUNS

_PASSING_ON = frozenset({"quote", "cite", "attribute"})
_THAT = re.compile(r"\b(?:that|as saying(?: that)?|saying(?: that)?)\s")
_TO = re.compile(r"\bto ")
_BOUNDARY = re.compile(r"[,;:]\s|\b(?:that|while|but|and|as|after|when|because|although)\s")
_ASIDE = re.compile(
    r"(?i:(?:\s*\b(?:on (?:\w+day|\w+ \d+|\d+ \w+)|yesterday|today|last \w+|this \w+|also|further|again|later|earlier|then"
    r"|instead|now|has|have|had|is|was|were|be|been|did|do|does|will|would|(?-i:[a-z]\w*ly))\b,?)+\s*$)"
)
_SAID_IN = re.compile(
    r"([^,;:.]{2,80}?) (?:said|says|announced|claimed|declared|added|wrote)(?: on \w+day)? in (?:an?|its|their|another) (?:\w+ )?$"
)
_PHRASE_ENDS = re.compile(
    r"[.;\"]|, in a |, who|, as |, and | as saying| saying| that | in a | in an | regarding | during | over | about | on \w+day"
    r"|, [a-z]+ing "
)


@dataclass(frozen=True)
class Quoting:
    """The corrected source and content of a statement passed on, and the name of the outlet that passed it on."""

    source: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()
    outlet: str | None = None


def read_quoting(item: Attribution, text: str, directory: Directory) -> Quoting:
    """Return the real source of a statement that an outlet quotes or attributes (rules 1, 2)."""
    if not item.cue:
        return Quoting()
    if item.cue_lemma not in _PASSING_ON or not item.content:
        return Quoting()
    if item.source and item.source[0].start > item.cue[0].start:
        return Quoting(item.source, item.content, None if item.passive else _outlet(item, text, directory))
    if item.cue_lemma == "attribute":
        return _attributed(item, text, directory)
    span = item.content[0]
    who = _leading_phrase(text[span.start : span.end])
    if not who or directory.read(who).kind in ("other", "outlet", "pronoun", "joint"):
        return Quoting()
    end = _sentence_end(text, item, span.end)
    that = _THAT.search(text, span.start + len(who), end)
    content = (Span(start=that.end(), end=end),) if that else item.content
    return Quoting((Span(start=span.start, end=span.start + len(who)),), content, _outlet(item, text, directory))


def _attributed(item: Attribution, text: str, directory: Directory) -> Quoting:
    begin = item.cue[-1].end
    to = _TO.search(text, begin, _sentence_end(text, item, begin))
    if to is None:
        return Quoting()
    who = _leading_phrase(text[to.end() : _sentence_end(text, item, to.end())])
    if directory.read(who).kind in ("other", "joint", "pronoun"):
        return Quoting()
    source = (Span(start=to.end(), end=to.end() + len(who)),)
    rest = tuple(span for span in item.content if not span.start <= to.start() < span.end)
    return Quoting(source, rest or item.content, _outlet(item, text, directory))


def _outlet(item: Attribution, text: str, directory: Directory) -> str | None:
    """Return the outlet that passes a statement on: the source before the verb, or the clause's subject."""
    before = [span for span in item.source if span.start < item.cue[0].start]
    spans = before or _subject(item, text)
    words = " ".join(text[span.start : span.end] for span in spans)
    return words if words and directory.read(words).kind in ("outlet", "bystanders", "other", "name") else None


def _leading_phrase(words: str) -> str:
    """Return the noun phrase a clause begins with: up to a verb-like word, an apposition with a name kept."""
    cut = _PHRASE_ENDS.split(words)[0]
    return cut.rstrip(" ,")


def _sentence_end(text: str, item: Attribution, place: int) -> int:
    if item.sentence and item.sentence.start <= place <= item.sentence.end:
        end = item.sentence.end
    else:
        stop = re.search(r"[.!?][\"']?(?:\s|$)|\n", text[place:])
        end = place + (stop.start() if stop else len(text) - place)
    while end > place and text[end - 1] in " .\n":
        end -= 1
    return end


def source_of(item: Attribution, text: str, directory: Directory) -> tuple[Span, ...]:
    """Return an attribution's source; one that is missing, or no more than a preposition, by rules 3 and 4."""
    words = " ".join(text[span.start : span.end] for span in item.source).lower()
    return item.source if words and (words in PRONOUNS or words not in NOT_NAMES) else _missing(item, text, directory)


def _missing(item: Attribution, text: str, directory: Directory) -> tuple[Span, ...]:
    if not item.cue or item.passive or not item.sentence:
        return ()
    if not item.tense:
        said = _SAID_IN.match(text, item.sentence.start, item.cue[0].start)
        if said:
            return (Span(start=said.start(1), end=said.end(1)),)
        return _adjective_before(item.sentence.start, item.cue[0].start, text, directory)
    if re.search(r"ing\b", text[item.cue[0].start : item.cue[-1].end]):
        return ()
    return _subject(item, text)


def _subject(item: Attribution, text: str) -> tuple[Span, ...]:
    """Return the words between the last clause boundary and the cue, less times, adverbs and helping verbs."""
    if not item.sentence:
        return ()
    begin, end = item.sentence.start, item.cue[0].start
    before = text[begin:end]
    aside = _ASIDE.search(before)
    before = before[: aside.start()] if aside else before
    starts = [match.end() for match in _BOUNDARY.finditer(before)]
    start = starts[-1] if starts else 0
    words = before[start:].strip()
    offset = begin + before.find(words, start)
    return (Span(start=offset, end=offset + len(words)),) if words and len(words) < 90 else ()


def _adjective_before(begin: int, end: int, text: str, directory: Directory) -> tuple[Span, ...]:
    """Rule 4."""
    named = [each for each in directory.table.find(text, max(begin, end - 40), end) if each.party]
    if named and re.fullmatch(r"(?:'s)?(?: \w+)? ", text[named[-1].end : end]):
        return (Span(start=named[-1].start, end=named[-1].end),)
    return ()
