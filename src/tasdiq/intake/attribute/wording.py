"""How a cue is worded: the words that belong to its group, negation, passive, tense, and manner.

Rules
1. The cue group is the verb with its auxiliaries, negation, particles and the adverbs between them.
2. A cue is negated by "not", "never", "no longer" on itself, or by a verb of declining it depends on ("declined to say").
3. Manner words say how often or how surely ("repeatedly", "long", "traditionally", "reportedly", "allegedly").
"""

from __future__ import annotations

from spacy.tokens import Token

GROUP = frozenset({"aux", "auxpass", "neg", "prt"})
NEGATIONS = frozenset({"not", "n't", "never", "no", "neither", "nor"})
DECLINING = frozenset({"decline", "refuse", "fail", "stop", "avoid"})
MANNER = frozenset(
    """traditionally repeatedly reportedly allegedly long always consistently again once previously earlier often frequently
    routinely regularly publicly privately openly officially formally strongly categorically flatly purportedly apparently
    supposedly largely partly effectively immediately initially later already also still now further instead continuously
    continually persistently insistently anonymously tacitly implicitly explicitly""".split()  # noqa: SIM905
)


def cue_group(verb: Token) -> set[int]:
    """Return the token numbers of a verb's cue group (rule 1)."""
    numbers = {verb.i} | {child.i for child in verb.children if child.dep_ in GROUP and abs(child.i - verb.i) <= 6}
    place = verb.i - 1
    while place >= 0 and (place in numbers or _inside_group(verb, verb.doc[place])):
        numbers.add(place)
        place -= 1
    return numbers


def _inside_group(verb: Token, word: Token) -> bool:
    return (
        word.head == verb
        and word.dep_ in ("advmod", "neg", "aux", "auxpass", "preconj")
        and word.pos_ in ("ADV", "PART", "AUX", "CCONJ")
    )


def is_passive(verb: Token) -> bool:
    """Tell whether a verb stands in the passive, with or without an auxiliary."""
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children):
        return True
    if (
        verb.tag_ in ("VBN", "VBD")
        and not _auxiliaries(verb)
        and not any(child.dep_ == "dobj" for child in verb.children)
    ):
        return verb.dep_ == "acl" or any(child.lower_ == "by" and child.dep_ == "agent" for child in verb.children)
    return False


def negated(verb: Token) -> bool:
    """Tell whether the speech act is denied to have taken place (rule 2)."""
    if any(child.dep_ == "neg" or child.lower_ in NEGATIONS for child in verb.children if child.i < verb.i):
        return True
    if verb.dep_ == "pcomp" and verb.head.lower_ == "without":
        return True
    return verb.dep_ == "xcomp" and verb.head.lemma_.lower() in DECLINING


def tense_of(verb: Token) -> str:
    """Return past, present, perfect or future; a participle takes that of the verb it depends on."""
    words = {each.lower_ for each in _auxiliaries(verb)}
    if words & {"will", "shall", "'ll", "wo"}:
        return "future"
    if words & {"has", "have", "had", "'ve"}:
        return "perfect"
    if words & {"did", "was", "were"} or verb.tag_ == "VBD":
        return "past"
    if verb.tag_ in ("VBZ", "VBP") or words & {"is", "are", "do", "does"}:
        return "present"
    return tense_of(verb.head) if verb.head != verb and verb.head.pos_ in ("VERB", "AUX") else ""


def manner_of(verb: Token) -> tuple[str, ...]:
    """Return the manner words of a verb, in text order (rule 3)."""
    return tuple(
        child.lower_ for child in verb.children if child.dep_ in ("advmod", "npadvmod") and child.lower_ in MANNER
    )


def _auxiliaries(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
