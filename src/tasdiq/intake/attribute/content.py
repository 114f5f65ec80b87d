"""What was said: the content of a cue verb, by the constructions its lexicon entry knows.

Rules
1. A dependent is content where the lexicon gives its construction weight: its whole subtree. A preposition right after the verb
   joins the cue ("called for", "warned against"); so does nothing else.
2. With a predicate the object belongs to it ("terming the argument absurd"); with a clause the person told does not.
3. Prepositions that tell of the object belong to it ("proposed their handover through …"), those of time and occasion do not.
4. The subject of a passive with an agent is content ("was rejected by X"); so is that of "is said to", "was accused of".
5. A relative clause without an object has the noun before as content ("a proposal Kestria rejected").
6. Content has no hole after the cue and never stops before a finite verb: where the parser cut a clause, it is made whole.
7. A condition or reason after the verb ("…, provided that …", "because …") belongs to what was said.
8. An answer not given ("did not respond to a request for comment") has what was not answered.
"""

from __future__ import annotations

from spacy.tokens import Token

from .draft import tree
from .lexicon import LEAST_WEIGHT, Cue, nouns
from .light import Held, clause_after, light, quoted_clause
from .source import RELATIVE, agent_of, own_subject, subject_of
from .wording import negated

PREPOSITIONS = frozenset({"prep", "agent", "dative"})
ADDRESSING = frozenset({"tell", "inform", "assure", "remind", "brief", "ask", "notify", "promise", "warn"})
RAISED = frozenset({"accuse", "say", "allege", "report", "believe", "blame", "claim", "charge", "estimate"})
ANSWERING = frozenset({"respond", "reply", "answer", "comment"})
NOT_PASSIVE = frozenset({"threaten", "warn", "see", "know"})
PASSIVE_LEAST = 20
ANSWER_WEIGHT = 60
CONDITIONS = frozenset({"if", "unless", "because", "provided", "providing", "lest", "despite"})
OUTSIDE = frozenset({"on", "during", "before", "after", "since", "following", "under", "until", "amid", "upon"})
OCCASIONS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december morning afternoon evening night week month year day interview statement speech rally twitter
    email tweet conference news facebook debate post press briefing meeting remark letter message""".split()  # noqa: SIM905
)
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
NOMINAL = frozenset({"PROPN", "NOUN", "PRON", "DET", "ADJ", "NUM"})


def content_of(verb: Token, cue: Cue, *, passive: bool) -> Held:
    """Return what the verb holds, empty where no dependent fits."""
    held = light(verb) or quoted_clause(verb) or _unanswered(verb) or _dependents(verb, cue, passive=passive)
    if not held.numbers and cue.weight("clause") >= LEAST_WEIGHT:
        held = _behind_manner(verb, cue)
    if all(verb.doc[i].lower_ in RELATIVE for i in held.numbers) and verb.dep_ == "relcl" and not passive:
        held = _antecedent(verb, cue)
    if held.numbers:
        held.numbers = _to_clause_end(verb, held.numbers)
        if held.frame == "clause" and not passive and cue.lemma not in ADDRESSING:
            held.numbers |= _hole(verb, held.numbers)
    return held


def frame_of(child: Token) -> str:
    """Return the name of the construction in which a dependent stands to its verb."""
    dep = child.dep_
    if dep in PREPOSITIONS:
        return "prep-to" if child.lower_ == "to" else child.lower_
    if dep == "xcomp":
        return "ing" if child.tag_ == "VBG" and not _has_to(child) else "to"
    return {"ccomp": "clause", "dobj": "object", "oprd": "predicate"}.get(dep, "")


def _has_to(token: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in token.children)


def _dependents(verb: Token, cue: Cue, *, passive: bool) -> Held:
    fitting = {child: _weight(cue, child) for child in verb.children if not _is_relative(child)}
    fitting = {child: weight for child, weight in fitting.items() if weight >= LEAST_WEIGHT}
    frames = {frame_of(child) for child in fitting}
    if cue.lemma in ADDRESSING and frames & {"clause", "to"}:
        fitting = {child: weight for child, weight in fitting.items() if frame_of(child) != "object"}
    elif "predicate" in frames:
        fitting.update({each: LEAST_WEIGHT for each in verb.children if each.dep_ == "dobj" and each not in fitting})
    if passive:
        fitting.update(_passive_subject(verb, cue, frames))
    if not fitting:
        return Held()
    numbers = {i for child in fitting for i in tree(child)}
    numbers |= _following(verb, numbers, frames)
    best = max(fitting, key=lambda child: fitting[child])
    joining = {each.i for each in fitting if each.dep_ == "prep" and _adjoins(verb, each)}
    return Held(numbers - joining, fitting[best], joining=joining, frame=frame_of(best))


def _adjoins(verb: Token, word: Token) -> bool:
    between = [verb.doc[i] for i in range(verb.i + 1, word.i)]
    return word.i > verb.i and all(each.dep_ == "prt" for each in between)


def _weight(cue: Cue, child: Token) -> int:
    frame = frame_of(child)
    said = frame == "object" and child.lemma_.lower() in nouns()
    return max(cue.weight(frame), cue.weight("object-said") if said else 0)


def _is_relative(child: Token) -> bool:
    return child.lower_ in RELATIVE and child.dep_ == "dobj" and child.i < child.head.i


def _following(verb: Token, numbers: set[int], frames: set[str]) -> set[int]:
    """Rules 3 and 7, and the infinitive of "called on X to …"."""
    added: set[int] = set()
    for child in verb.children:
        if child.dep_ not in ("prep", "advcl") or child.i < verb.i or child.i in numbers:
            continue
        comma = child.doc[child.left_edge.i - 1].text == ","
        directly = child.left_edge.i == max(numbers | added) + 1 and not comma
        to_do = child.dep_ == "advcl" and _has_to(child) and bool(frames & {"on", "for"})
        if _conditional(child) or (directly and (to_do or ("object" in frames and _belongs_to_object(child)))):
            added |= tree(child)
    return added


def _conditional(child: Token) -> bool:
    marks = [each.lower_ for each in child.children if each.dep_ == "mark"]
    return child.lower_ in CONDITIONS or any(mark in CONDITIONS for mark in marks)


def _belongs_to_object(child: Token) -> bool:
    if child.dep_ != "prep" or child.lower_ in OUTSIDE:
        return False
    held = [word for each in child.children if each.dep_ == "pobj" for word in each.subtree]
    return not any(word.like_num or word.lemma_.lower() in OCCASIONS for word in held)


def _passive_subject(verb: Token, cue: Cue, frames: set[str]) -> dict[Token, int]:
    """Rule 4."""
    subject = own_subject(verb)
    agent = agent_of(verb) is not None and cue.lemma not in NOT_PASSIVE
    by_agent = agent and max(cue.weight("object"), cue.weight("clause") // 2) >= PASSIVE_LEAST
    raised = cue.lemma in RAISED and bool(frames & {"to", "of", "for"})
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


def _behind_manner(verb: Token, cue: Cue) -> Held:
    """Rule 6: a that-clause the parser hung on "with concern" or "in a statement"."""
    for child in verb.children:
        noun = next((each for each in child.children if each.dep_ == "pobj"), None) if child.dep_ == "prep" else None
        numbers = clause_after(noun) if noun is not None and noun.i > verb.i else set()
        if numbers:
            return Held(numbers, cue.weight("clause"), frame="clause")
    return Held()


def _unanswered(verb: Token) -> Held | None:
    """Rule 8."""
    if verb.lemma_.lower() not in ANSWERING or not negated(verb):
        return None
    held = [
        each for each in verb.children if each.dep_ == "dobj" or (each.dep_ == "prep" and each.lower_ in ("to", "on"))
    ]
    joining = {each.i for each in held if each.dep_ == "prep"}
    numbers = {i for child in held for i in tree(child)} - joining
    return Held(numbers, ANSWER_WEIGHT, "unanswered", joining=joining) if numbers else None


def _to_clause_end(verb: Token, numbers: set[int]) -> set[int]:
    """Rule 6: run on to the finite verb the parser left out."""
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


def _hole(verb: Token, numbers: set[int]) -> set[int]:
    """Rule 6: words of the clause's subject that the parser gave to the verb ("insisted his country remains …")."""
    after = {i for i in numbers if i > verb.i}
    gap = [verb.doc[i] for i in range(verb.i + 1, min(after))] if after else []
    fits = gap and all(word.pos_ in NOMINAL or word.text == '"' for word in gap) and gap[0].dep_ != "npadvmod"
    return {word.i for word in gap} if fits and any(word.dep_ == "dobj" for word in gap) else set()
