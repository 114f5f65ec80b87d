"""Questions that stayed without an answer, in the fixed forms in which reports say so.

A party that gave no answer has said nothing: neither a denial nor a refusal. Rules

1. "X could not be reached (for comment)", "X was not available for comment", "X has yet to comment", "X did not return calls",
   "there was no comment from X": X is the source, the act `gives-no-reply`.
2. "Did not respond to …" is found as a verb with what was not answered (`verbs`); nothing is found twice.
3. "Declined to comment", "would not comment" is an answer: it refuses to comment, and is left to `verbs`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tasdiq.model.document import Paragraph, Span
from tasdiq.model.statement import Attribution

CONFIDENCE_PPM = 700_000
LEMMA = "no reply"
_WHO = r"(?P<who>[^,;:.\"“”]{2,90}?)"
_SOON = r"(?:immediately |yet |so far |publicly )?"
_FOR = r"(?P<what> (?:for|to|on) [^,;.]{2,60}?)?(?=[,;.]|$| (?:on|in|at|by) [A-Z]| and | but )"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_WHO} (?P<cue>(?:could|can) not {_SOON}be {_SOON}(?:reached|contacted)){_FOR}",
        rf"{_WHO} (?P<cue>(?:was|were|is|are) (?:not {_SOON}|un)available)(?P<what> (?:for|to) comment)",
        rf"{_WHO} (?P<cue>(?:did|has|have|had) not {_SOON}comment(?:ed)?){_FOR}",
        rf"{_WHO} (?P<cue>(?:has|have|had) yet to (?:publicly )?(?:comment|respond|reply|react|answer)){_FOR}",
        rf"{_WHO} (?P<cue>(?:did|has|have) not {_SOON}(?:return|returned))"
        r"(?P<what> (?:\w+ ){0,2}?(?:calls?|messages?|e-?mails?)[^,;.]{0,40}?)(?=[,;.]|$)",
        r"\b(?P<cue>[Nn]o (?:immediate |official |public |independent )?(?:comment|response|reply|reaction|word)"
        r" (?:(?:was|has been) )?(?:immediately )?(?:(?:available|received|forthcoming) )?from) (?P<who>[^,;:.\"“”]{2,80}?)"
        r"(?P<what> (?:on|to|about) [^,;.]{2,60}?)?(?=[,;.]|$)",
    )
)
_HINT = re.compile(r"\b(?:reached|contacted|(?:un)?available|comment|commented|yet to|return|returned|[Nn]o)\b")
"""A word of every form: most sentences have none and need not be searched."""
_SENTENCE = re.compile(r"[^.!?\n]+(?:\.(?=\w)[^.!?\n]*)*[.!?]?")
_LEAD = re.compile(r"^(?:and|but|while|although|though|when|as|that|where|because|however|meanwhile)\s+", re.IGNORECASE)


def silences(text: str, paragraphs: Iterable[Paragraph], found: Iterable[Attribution]) -> Iterator[Attribution]:
    """Yield a statement for each question without an answer that no verb of saying was found for (rules 1 and 2)."""
    taken = [span for each in found for span in each.cue]
    for paragraph in paragraphs:
        for sentence in _SENTENCE.finditer(text, paragraph.start, paragraph.end):
            if not _HINT.search(text, sentence.start(), sentence.end()):
                continue
            for form in _FORMS:
                match = form.search(text, sentence.start(), sentence.end())
                if match and not any(one.start < match.end("cue") and match.start("cue") < one.end for one in taken):
                    yield _silence(text, match, Span(start=sentence.start(), end=sentence.end()))
                    break


def _silence(text: str, match: re.Match[str], sentence: Span) -> Attribution:
    words = match["who"]
    start = match.start("who") + len(words) - len(words.lstrip())
    lead = _LEAD.match(text[start : match.end("who")])
    start += lead.end() if lead else 0
    what = match.span("what")
    return Attribution(
        source=(Span(start=start, end=match.end("who")),),
        cue=(Span(start=match.start("cue"), end=match.end("cue")),),
        content=(Span(start=what[0] + 1, end=what[1]),) if what[0] >= 0 else (),
        cue_lemma=LEMMA,
        act="gives-no-reply",
        negated=True,
        tense="past",
        sentence=sentence,
        confidence_ppm=CONFIDENCE_PPM,
        method="attribute.silence/1",
    )
