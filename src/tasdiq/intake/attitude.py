"""How surely a statement is made and how far its teller stands from it: distance, hedges, modality.

Decides nothing about truth. Only words of this module's lists are kept, never words of a report: a statement's public body
holds none.

Rules
1. Distance is the teller's: an adverb of hearsay at the cue ("reportedly"), a cue that leaves the truth open ("claims", "alleges"),
   and in the teller's own wording "so-called", "alleged", "purported" and the like.
2. Quotation marks around at most `SHORT` words within indirect speech keep distance too (`QUOTED`): they may be the speaker's
   very words or the teller's doubt, which nobody but a reader can tell apart.
3. Hedges are the speaker's: words of the content that make it less than certain ("may", "appears", "probably"), outside what
   another speech within it holds.
4. Modality is that of the first modal of the content there: necessity ("must"), possibility ("could"), intention ("will").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from tasdiq.intake.joint_voice import HEARSAY
from tasdiq.model.document import Span
from tasdiq.model.statement import Attribution

Modality = Literal["", "necessity", "possibility", "intention"]
QUOTED = "in quotation marks"
SHORT = 3
_OPEN = {"claim": "claim", "allege": "allege", "purport": "purport", "allegation": "allegation"}
_DOUBTED = re.compile(
    r"(?i:\b(so-called|self-styled|self-proclaimed|alleged|purported|supposed|ostensible|allegedly|purportedly|supposedly"
    r"|reportedly)\b)"
)
_MARKED = re.compile(r"[\"“‘](?=\w)([^\"“”‘\n]{1,60}?)[\"”]|(?<!\w)[‘']([\w -]{1,40}?)[’'](?!\w)")
_HEDGE = re.compile(
    r"(?i:\b(may|might|could|perhaps|possibly|probably|presumably|apparently|likely|unlikely|potentially|appears?|appeared|seems?"
    r"|seemed|suspected|suspects?|believed to|thought to|understood to|as far as|possible|probable)\b)"
)
_MODALS: tuple[tuple[re.Pattern[str], Modality], ...] = (
    (re.compile(r"(?i:\b(?:must|should|ought to|ha(?:s|ve|d) to|needs? to|shall)\b)"), "necessity"),
    (re.compile(r"(?i:\b(?:may|might|could|can|cannot)\b)"), "possibility"),
    (
        re.compile(r"(?i:\b(?:will|would|won't|(?:is|are|was|were) (?:going to|ready to|prepared to|willing to))\b)"),
        "intention",
    ),
)


def distance_of(item: Attribution, content: Sequence[Span], inner: Sequence[Span], text: str) -> tuple[str, ...]:
    """Return the marks of distance with which a statement is told (rules 1 and 2); `inner` is what others say within it."""
    found = [word for word in item.manner if word in HEARSAY]
    if word := _OPEN.get(item.cue_lemma):
        found.append(word)
    for words in _outside(content, inner, text):
        if item.quote == "direct":
            break
        found += [match[1].lower() for match in _DOUBTED.finditer(_without_quotes(words))]
        if any(len((match[1] or match[2]).split()) <= SHORT for match in _MARKED.finditer(words)):
            found.append(QUOTED)
    return tuple(dict.fromkeys(found))


def hedges_of(content: Sequence[Span], inner: Sequence[Span], text: str) -> tuple[str, ...]:
    """Return the words that make a content less than certain (rule 3), each once, in text order."""
    found = (match[1].lower() for words in _outside(content, inner, text) for match in _HEDGE.finditer(words))
    return tuple(dict.fromkeys(found))


def modality_of(content: Sequence[Span], inner: Sequence[Span], text: str) -> Modality:
    """Return the modality of a content (rule 4), or an empty string."""
    for words in _outside(content, inner, text):
        placed = [(match.start(), kind) for pattern, kind in _MODALS if (match := pattern.search(words))]
        if placed:
            return min(placed)[1]
    return ""


def _without_quotes(words: str) -> str:
    return _MARKED.sub(" ", words)


def _outside(content: Sequence[Span], inner: Sequence[Span], text: str) -> list[str]:
    """Return the pieces of a content with what others say within it left blank."""
    pieces = []
    for span in content:
        letters = list(text[span.start : span.end])
        for other in inner:
            if (other.start, other.end) != (span.start, span.end):
                for place in range(max(other.start, span.start), min(other.end, span.end)):
                    letters[place - span.start] = " "
        pieces.append("".join(letters))
    return pieces
