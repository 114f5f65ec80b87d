"""What was said: the content of a cue verb, by the constructions its lexicon entry knows.

Rules
1. A dependent is content where the lexicon gives its construction weight: its whole subtree.
2. With a predicate the object belongs to it ("terming the argument absurd"); with a clause the person told does not.
3. Prepositions that follow an object directly belong to it ("proposed their handover through …").
4. The subject of a passive with an agent is content ("was rejected by X"); so is that of "is said to", "was accused of".
5. A relative clause without an object has the noun before as content ("a proposal Kestria rejected").
6. Content never stops before a finite verb: where the parser cut a clause short, it runs to the clause's end.
7. "Expressed regret that …", "issued a warning that …": the noun holds the content and gives the act.
8. A condition or reason after the verb ("…, provided that …", "because …") belongs to what was said.
9. "Quoted X in a report that …": the clause after a quoting verb is content, wherever the parser hung it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from .draft import tree
from .lexicon import LEAST_WEIGHT, Cue, nouns
from .source import CONDUITS, RELATIVE, agent_of, own_subject, subject_of

PREPOSITIONS = frozenset({"prep", "agent", "dative"})
ADDRESSING = frozenset({"tell", "inform", "assure", "remind", "brief", "ask", "notify", "promise", "warn"})
RAISED = frozenset({"accuse", "say", "allege", "report", "believe", "blame", "claim", "charge", "estimate"})
LIGHT = frozenset(
    {"express", "voice", "issue", "make", "give", "raise", "convey", "repeat", "reiterate", "renew", "extend"}
)
PASSIVE_LEAST = 20
HOLDING = frozenset({"clause", "to", "of", "for", "over", "about", "at", "against", "in", "with"})
CONDITIONS = frozenset({"if", "unless", "because", "provided", "providing", "lest"})
OUTSIDE = frozenset(
    {"on", "during", "before", "after", "since", "following", "despite", "under", "until", "amid", "upon"}
)
OCCASIONS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december morning afternoon evening night week month year day interview statement speech rally twitter
    email tweet conference news facebook debate post press briefing meeting remark letter message""".split()  # noqa: SIM905
)
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


@dataclass
class Held:
    """What a verb holds: token numbers, weight, and for a light verb the noun that names the act."""

    numbers: set[int] = field(default_factory=set)
    weight: int = 0
    rule: str = "verb"
    noun: Token | None = None


def frame_of(child: Token) -> str:
    """Return the name of the construction in which a dependent stands to its verb."""
    dep = child.dep_
    if dep in PREPOSITIONS:
        return "prep-to" if child.lower_ == "to" else child.lower_
    if dep == "xcomp":
        return "ing" if child.tag_ == "VBG" and not _has_to(child) else "to"
    return {"ccomp": "clause", "dobj": "object", "oprd": "predicate"}.get(dep, "")


def content_of(verb: Token, cue: Cue, *, passive: bool) -> Held:
    """Return what the verb holds, empty where no dependent fits."""
    held = _light(verb) or _quoted_clause(verb)
    if held is None:
        held = _dependents(verb, cue, passive=passive)
    if not held.numbers and verb.dep_ == "relcl" and not passive:
        held = _antecedent(verb, cue)
    if held.numbers:
        held.numbers = _to_clause_end(verb, held.numbers)
    return held


def _has_to(token: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in token.children)


def _dependents(verb: Token, cue: Cue, *, passive: bool) -> Held:
    fitting = {child: _weight(cue, child) for child in verb.children if not _is_relative(child)}
    fitting = {child: weight for child, weight in fitting.items() if weight >= LEAST_WEIGHT}
    frames = {frame_of(child) for child in fitting}
    if cue.lemma in ADDRESSING and frames & {"clause", "to"}:
        fitting = {child: weight for child, weight in fitting.items() if frame_of(child) != "object"}
    elif "predicate" in frames:
        fitting.update(
            {child: LEAST_WEIGHT for child in verb.children if child.dep_ == "dobj" and child not in fitting}
        )
    if passive:
        fitting.update(_passive_subject(verb, cue, frames))
    numbers = {i for child in fitting for i in tree(child)}
    if numbers:
        numbers |= _following(verb, numbers, held_object="object" in frames)
    return Held(numbers, max(fitting.values(), default=0))


def _weight(cue: Cue, child: Token) -> int:
    frame = frame_of(child)
    said = frame == "object" and child.lemma_.lower() in nouns()
    return max(cue.weight(frame), cue.weight("object-said") if said else 0)


def _is_relative(child: Token) -> bool:
    return child.lower_ in RELATIVE and child.dep_ == "dobj" and child.i < child.head.i


def _following(verb: Token, numbers: set[int], *, held_object: bool) -> set[int]:
    """Rules 3 and 8."""
    added: set[int] = set()
    for child in verb.children:
        if child.dep_ not in ("prep", "advcl") or child.i < verb.i or child.i in numbers:
            continue
        comma = child.doc[child.left_edge.i - 1].text == ","
        directly = child.left_edge.i == max(numbers | added) + 1
        if _conditional(child) or (held_object and directly and not comma and _belongs_to_object(child)):
            added |= tree(child)
    return added


def _conditional(child: Token) -> bool:
    return child.lower_ in CONDITIONS or any(
        each.lower_ in CONDITIONS for each in child.children if each.dep_ == "mark"
    )


def _belongs_to_object(child: Token) -> bool:
    """Tell whether a preposition tells of the object and not of when, where or how it was said."""
    if child.dep_ != "prep" or child.lower_ in OUTSIDE:
        return False
    held = [word for each in child.children if each.dep_ == "pobj" for word in each.subtree]
    return not any(word.like_num or word.lemma_.lower() in OCCASIONS for word in held)


def _passive_subject(verb: Token, cue: Cue, frames: set[str]) -> dict[Token, int]:
    """Rule 4."""
    subject = own_subject(verb)
    by_agent = agent_of(verb) is not None and max(cue.weight("object"), cue.weight("clause") // 2) >= PASSIVE_LEAST
    raised = cue.lemma in RAISED and bool(frames & {"to", "of", "for"})
    if subject is None and verb.dep_ == "acl" and (by_agent or raised):
        return {}
    if subject is None or subject.lower_ == "it" or cue.lemma in ADDRESSING or not (by_agent or raised):
        return {}
    return {subject: max(cue.weight("object"), 50)}


def _antecedent(verb: Token, cue: Cue) -> Held:
    """Rule 5."""
    weight = max(cue.weight("object"), cue.weight("clause"))
    subject = subject_of(verb)
    if weight < LEAST_WEIGHT or subject is None or subject.lower_ in RELATIVE or subject.head != verb:
        return Held()
    return Held(tree(verb.head, without=[verb]), weight, "relative")


def _light(verb: Token) -> Held | None:
    """Rule 7."""
    if verb.lemma_.lower() not in LIGHT:
        return None
    for noun in (child for child in verb.children if child.dep_ == "dobj"):
        cue = nouns().get(noun.lemma_.lower())
        if cue is None or cue.weight("light") < LEAST_WEIGHT:
            continue
        holders = [
            child for child in (*noun.children, *verb.children) if child.i > noun.i and noun_frame(child) in HOLDING
        ]
        numbers = {i for child in holders for i in tree(child)} or clause_after(noun)
        if numbers:
            return Held(numbers, cue.weight("light"), "light", noun)
    return None


def _quoted_clause(verb: Token) -> Held | None:
    """Rule 9."""
    if verb.lemma_.lower() not in CONDUITS or not any(child.dep_ == "dobj" for child in verb.children):
        return None
    for word in verb.subtree:
        if word.i > verb.i and word.lower_ == "that" and word.dep_ == "mark" and word.head.dep_ in ("acl", "ccomp"):
            return Held(set(range(word.i, word.head.right_edge.i + 1)), 70, "quoted")
    return None


def clause_after(noun: Token) -> set[int]:
    """Return the that-clause right after a noun, wherever the parser hung it."""
    doc = noun.doc
    if noun.i + 1 >= noun.sent.end:
        return set()
    mark = doc[noun.i + 1]
    if mark.lower_ != "that" or mark.dep_ != "mark" or mark.head.left_edge.i < mark.i:
        return set()
    return set(range(mark.i, mark.head.right_edge.i + 1))


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


def _to_clause_end(verb: Token, numbers: set[int]) -> set[int]:
    """Rule 6."""
    doc, last = verb.doc, max(numbers)
    if last < verb.i or last + 1 >= verb.sent.end:
        return numbers
    following = doc[last + 1]
    if following.is_punct and following.text == '"' and last + 2 < verb.sent.end:
        following = doc[last + 2]
    if following.tag_ not in FINITE or following.pos_ not in ("VERB", "AUX") or own_subject(following) is not None:
        return numbers
    end = following if following.pos_ == "VERB" or following.dep_ not in ("aux", "auxpass") else following.head
    return numbers | set(range(last + 1, max(end.right_edge.i, following.i) + 1))
