"""Nouns that hold the content for their verb, and clauses the parser hung elsewhere.

Rules
1. "Expressed regret that …", "claimed responsibility for …": the noun after a light verb holds the content and gives the act.
2. "Quoted X in a report that …": the clause after a quoting verb is content, wherever the parser hung it.
3. A that-clause right after a noun is the noun's.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from .draft import tree
from .lexicon import LEAST_WEIGHT, nouns
from .source import CONDUITS

LIGHT = frozenset(
    {
        "express",
        "voice",
        "issue",
        "make",
        "give",
        "raise",
        "convey",
        "repeat",
        "reiterate",
        "renew",
        "extend",
        "lodge",
        "file",
    }
)
HOLDING = frozenset({"clause", "to", "of", "for", "over", "about", "at", "against", "in", "with"})


@dataclass
class Held:
    """What a verb holds: token numbers, weight, words that join the cue, and for a light verb the noun that names the act."""

    numbers: set[int] = field(default_factory=set)
    weight: int = 0
    rule: str = "verb"
    noun: Token | None = None
    joining: set[int] = field(default_factory=set)
    frame: str = ""


def light(verb: Token) -> Held | None:
    """Return what the noun after a light verb holds (rule 1)."""
    own = f"light-{verb.lemma_.lower()}"
    for noun in (child for child in verb.children if child.dep_ == "dobj"):
        cue = nouns().get(noun.lemma_.lower())
        weight = cue.weight(own, "light" if verb.lemma_.lower() in LIGHT else own) if cue is not None else 0
        if weight < LEAST_WEIGHT:
            continue
        holders = [each for each in (*noun.children, *verb.children) if each.i > noun.i and noun_frame(each) in HOLDING]
        numbers = {i for child in holders for i in tree(child)} or clause_after(noun)
        if numbers:
            joining = {each.i for each in holders if each.dep_ == "prep" and each.i == noun.i + 1}
            return Held(numbers - joining, weight, "light", noun, joining)
    return None


def quoted_clause(verb: Token) -> Held | None:
    """Return the that-clause a quoting verb governs (rule 2)."""
    if verb.lemma_.lower() not in CONDUITS or not any(child.dep_ == "dobj" for child in verb.children):
        return None
    for word in verb.subtree:
        if word.i > verb.i and word.lower_ == "that" and word.dep_ == "mark" and word.head.dep_ in ("acl", "ccomp"):
            return Held(set(range(word.i, word.head.right_edge.i + 1)), 70, "quoted")
    return None


def clause_after(noun: Token) -> set[int]:
    """Return the that-clause right after a noun (rule 3)."""
    doc = noun.doc
    if noun.i + 1 >= noun.sent.end:
        return set()
    mark = doc[noun.i + 1]
    if mark.lower_ != "that" or mark.dep_ != "mark" or mark.head.left_edge.i < mark.i:
        return set()
    clause = mark.head
    while clause.head != clause and clause.head != noun and clause.head.i > noun.i:
        clause = clause.head
    return set(range(mark.i, clause.right_edge.i + 1))


def noun_frame(child: Token) -> str:
    """Return the construction in which a dependent stands to a noun of saying."""
    if child.dep_ == "prep":
        return child.lower_
    if child.dep_ in ("acl", "ccomp", "relcl"):
        words = {each.lower_: each.dep_ for each in child.children}
        if words.get("that") == "mark":
            return "clause"
        if words.get("to") == "aux":
            return "to"
    return ""
