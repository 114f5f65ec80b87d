"""Statements that punctuation shows better than a parse: verbs set off by commas, denials in passing, headlines.

Rules
1. A finite verb of saying with its subject between punctuation ("Vorland, the officials said, continues …") takes the rest of
   the sentence as content.
2. ", which X denies", ", a charge X denies" deny the statement before them in the sentence, with their own noun if there is one.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from .draft import Draft
from .lexicon import LEAST_WEIGHT, Cue, nouns

REACH = 14
STOPS = frozenset({",", "-", "--", "–", "—", ";", '"', "("})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM", "ADP", "PART"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN"})
PASSING_LEAST = 40
OPENERS = frozenset({"a", "an", "the", "something", "this"})


@dataclass
class Aside:
    """A stretch between punctuation that holds a verb of saying."""

    source: set[int]
    content: set[int]
    weight: int


def set_off(verb: Token, cue: Cue) -> Aside | None:
    """Return what a verb set off by punctuation says and whose words it is (rule 1)."""
    weight = cue.weight("bare")
    if weight < LEAST_WEIGHT or verb.tag_ not in FINITE:
        return None
    sentence = verb.sent
    first, last = _opening(verb, sentence.start), _closing(verb, sentence.end)
    if first is None or last is None:
        return None
    rest = set(range(sentence.start, first)) | set(range(last, sentence.end))
    if not any(verb.doc[i].pos_ in ("VERB", "AUX") for i in rest):
        return None
    before = {i for i in range(first, verb.i) if verb.doc[i].pos_ in NOMINAL}
    after = {i for i in range(verb.i + 1, last) if verb.doc[i].pos_ in NOMINAL}
    return Aside(before or after, rest, weight)


def denied_in_passing(verb: Token, cue: Cue, earlier: list[Draft]) -> Aside | None:
    """Return the statement before that ", which X denies" or ", a charge X denies" answers (rule 2)."""
    weight = max(cue.weight("object"), cue.weight("clause"))
    first, last = _opening(verb, verb.sent.start), _closing(verb, verb.sent.end)
    if weight < PASSING_LEAST or verb.tag_ not in FINITE or not earlier or first is None or last is None:
        return None
    words = [verb.doc[i] for i in range(first, verb.i) if verb.doc[i].pos_ in NOMINAL]
    noun, source = _denier(verb.doc[first], words)
    if not source:
        return None
    content = earlier[-1].content - set(range(first, last))
    called = set(range(verb.i + 1, _end_of_name(verb, last)))
    return Aside({word.i for word in source}, content | {word.i for word in noun} | called, weight)


def _end_of_name(verb: Token, last: int) -> int:
    """Return where "… dismissed as “absurd”" ends: past the marks of what it is called."""
    doc, end = verb.doc, verb.sent.end
    if last >= end or doc[last].text != '"':
        return last
    return next((place for place in range(last + 1, end) if doc[place].text in (",", ";", ".")), end)


def _denier(opener: Token, words: list[Token]) -> tuple[list[Token], list[Token]]:
    """Split the words before the verb into the noun that stands for the statement and the one who denies it."""
    if opener.lower_ == "which":
        return [], [word for word in words if word != opener]
    noun = _phrase_before_subject(words)
    if not noun or not (opener.lower_ in OPENERS or noun[-1].lemma_.lower() in nouns()):
        return [], []
    rest = words[len(noun) :]
    return noun, rest[1:] if rest[0].lower_ in ("that", "which") else rest


def _phrase_before_subject(words: list[Token]) -> list[Token]:
    """Split "a charge Vorland" after its common noun; nothing where the two cannot be told apart."""
    for place, word in enumerate(words[:-1]):
        if (word.pos_ == "NOUN" or word.lower_ == "something") and words[place + 1].pos_ in ("PROPN", "DET", "PRON"):
            return words[: place + 1]
    return []


def _opening(verb: Token, start: int) -> int | None:
    """Return where the set-off stretch that holds the verb begins, or None if another verb comes first."""
    for place in range(verb.i - 1, max(start, verb.i - REACH) - 1, -1):
        word = verb.doc[place]
        if word.text in STOPS:
            return place + 1
        if word.pos_ in ("VERB", "SCONJ", "CCONJ") and place + 1 != verb.i:
            return None
    return start if verb.i - start < REACH else None


def _closing(verb: Token, end: int) -> int | None:
    for place in range(verb.i + 1, min(end, verb.i + REACH)):
        word = verb.doc[place]
        if word.text in STOPS or word.text in ".?!":
            return place
        if word.pos_ in ("VERB", "SCONJ", "CCONJ", "AUX"):
            return None
    return end if end - verb.i < REACH else None
