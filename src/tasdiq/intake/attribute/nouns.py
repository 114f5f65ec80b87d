"""Cue nouns and prepositions: "X's claim that …", "claims by X that …", "according to X", "the claim attributed to X".

Rules
1. A noun of the lexicon is a cue where something of it holds content; its source is its possessor, the noun after "by" or
   "from", or a name right before it ("a Kestrian proposal"). Without a source it counts only with a clause, and surely less.
2. "According to X" attributes the clause it stands in.
3. "Reportedly", "allegedly" attribute their clause to nobody, where no verb of saying carries them.
"""

from __future__ import annotations

from collections.abc import Set

from spacy.tokens import Doc, Token

from .draft import Draft, tree
from .lexicon import LEAST_WEIGHT, Cue, nouns
from .light import clause_after, noun_frame
from .names import NAME
from .source import own_subject

HEARSAY = frozenset({"reportedly", "allegedly", "purportedly", "supposedly"})
HEARSAY_WEIGHT = 45
SOURCELESS_PENALTY = 30
SOURCELESS_LEAST = 80
ADJACENT = frozenset({"amod", "compound", "nmod"})


def noun_drafts(doc: Doc, spoken: Set[int]) -> list[Draft]:
    """Return a draft for every cue noun and every "according to" of a parsed text; `spoken` are tokens of other cues."""
    found = []
    for token in doc:
        if token.i in spoken:
            continue
        if token.lower_ in HEARSAY:
            draft = _hearsay(token, spoken)
        else:
            draft = _according(token) if token.lower_ == "according" else _noun(token)
        if draft is not None:
            found.append(draft)
    return found


def _noun(token: Token) -> Draft | None:
    cue = nouns().get(token.lemma_.lower()) if token.pos_ == "NOUN" else None
    if cue is None:
        return None
    source, by = _noun_source(token)
    held, weight = _content(token, cue, named=bool(source))
    if not held or (not source and (weight < SOURCELESS_LEAST or cue.weight("light") >= SOURCELESS_LEAST)):
        return None
    words = {token.i} | by
    return Draft(
        token,
        cue.lemma,
        cue.act,
        weight if source else weight - SOURCELESS_PENALTY,
        "noun",
        cue=words,
        source=source,
        content=held - source - words,
    )


def _content(noun: Token, cue: Cue, *, named: bool) -> tuple[set[int], int]:
    frames = {child: noun_frame(child) for child in noun.children if child.i > noun.i}
    accepted = {
        child: cue.weight(frame) for child, frame in frames.items() if frame and (named or frame in ("clause", "to"))
    }
    accepted = {child: weight for child, weight in accepted.items() if weight >= LEAST_WEIGHT}
    if not accepted and named and cue.weight("clause") >= LEAST_WEIGHT and (clause := clause_after(noun)):
        return clause, cue.weight("clause")
    numbers = {i for child in accepted for i in tree(child)}
    for child in noun.children:
        if numbers and child.left_edge.i == max(numbers) + 1:
            numbers |= tree(child)
    return numbers, max(accepted.values(), default=0)


def _noun_source(noun: Token) -> tuple[set[int], set[int]]:
    """Return the source of a noun of saying and the preposition that names it."""
    for child in noun.children:
        if child.dep_ == "poss":
            return {i for i in tree(child) if noun.doc[i].dep_ != "case" or noun.doc[i].head != child}, set()
    for child in noun.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from"):
            held = next((each for each in child.children if each.dep_ == "pobj"), None)
            if held is not None:
                return _name(held), {child.i}
    return {child.i for child in noun.children if child.text == NAME and child.dep_ in ADJACENT}, set()


def _name(noun: Token) -> set[int]:
    """Return a noun phrase without a clause the parser hung on it ("claims by X that …")."""
    return tree(noun, without=[child for child in noun.children if noun_frame(child) == "clause"])


def _according(token: Token) -> Draft | None:
    to = next((child for child in token.children if child.lower_ == "to"), None)
    if to is None and token.i + 1 < len(token.doc) and token.doc[token.i + 1].lower_ == "to":
        to = token.doc[token.i + 1]
    held = next((child for child in to.children if child.dep_ == "pobj"), None) if to is not None else None
    if to is None or held is None:
        return None
    words, source = {token.i, to.i}, tree(held)
    clause = _clause_of(token)
    content = tree(clause, without=[token]) - words - source
    if not content:
        return None
    return Draft(token, "according to", "asserts", 90, "according", cue=words, source=source, content=content)


def _hearsay(adverb: Token, spoken: Set[int]) -> Draft | None:
    """Rule 3."""
    clause = adverb.head
    if clause.pos_ not in ("VERB", "AUX") or clause.i in spoken or own_subject(clause) is None:
        return None
    content = tree(clause) - {adverb.i}
    return Draft(adverb, adverb.lower_, "asserts", HEARSAY_WEIGHT, "hearsay", {adverb.i}, set(), content)


def _clause_of(token: Token) -> Token:
    """Return the head of the clause a phrase stands in: the nearest verb above that has a subject, else the sentence."""
    above = token.head
    while above.head != above and not any(child.dep_ in ("nsubj", "nsubjpass", "expl") for child in above.children):
        above = above.head
    return above
