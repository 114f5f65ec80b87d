"""Cue verbs: which verbs of a parsed sentence report speech, with whom as source and what as content.

Rules
1. A verb of the lexicon is a cue where one of its dependents holds content in a construction the lexicon knows.
2. Its content is those dependents' whole subtrees, less the cue's and the source's own words ("Pakistan, they said, …").
3. Its source is its subject; a passive's is its agent; a verb without subject takes that of the verb it is joined to or
   depends on ("said … and added …", "…, adding that …"); a relative clause without object takes the noun before as content
   ("a charge X denies").
4. A verb set off by commas with a subject but no dependent that holds content ("…, X said, …") takes the clause around it.
5. Content ends before a participle of saying set off by a comma ("…, adding that …"): that is a statement of its own.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from .draft import Draft, tree
from .lexicon import LEAST_WEIGHT, Cue, verbs
from .wording import cue_group, is_passive, manner_of, negated, tense_of

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
PREPOSITIONS = frozenset({"prep", "agent", "dative"})
RELATIVE = frozenset({"which", "that", "who", "whom", "what"})
EMPTY_SUBJECTS = frozenset({"it", "there"})
OBJECTLESS = frozenset({"tell", "inform", "assure", "remind", "brief", "ask"})


def verb_drafts(doc: Doc) -> list[Draft]:
    """Return a draft for every cue verb of a parsed text, in text order."""
    found = []
    for token in doc:
        cue = _cue(token)
        if cue is None:
            continue
        draft = _draft(token, cue)
        if draft is not None:
            found.append(draft)
    _end_before_participles(found)
    return found


def frame_of(child: Token) -> str:
    """Return the name of the construction in which a dependent stands to its verb."""
    dep = child.dep_
    if dep in PREPOSITIONS:
        return f"prep-{child.lower_}" if child.lower_ == "to" else child.lower_
    if dep == "xcomp":
        return "ing" if child.tag_ == "VBG" and not _has_to(child) else "to"
    return {"ccomp": "clause", "dobj": "object", "oprd": "predicate"}.get(dep, "")


def _has_to(token: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in token.children)


def _cue(token: Token) -> Cue | None:
    if token.pos_ not in ("VERB", "AUX") or token.dep_ in ("amod", "compound", "aux", "auxpass"):
        return None
    return verbs().get(token.lemma_.lower())


def _draft(verb: Token, cue: Cue) -> Draft | None:
    passive = is_passive(verb)
    subject = _subject(verb)
    held, weight = _content(verb, cue, passive=passive)
    rule = "verb"
    aside: set[int] = set()
    if not held:
        aside, held, weight = _around(verb, cue)
        rule = "parenthesis"
    if not held and verb.dep_ == "relcl" and not passive:
        held, weight = _antecedent(verb, cue)
        rule = "relative"
    if not held:
        return None
    source = _source(verb, subject, passive=passive) or aside
    draft = Draft(verb, cue.lemma, cue.act, weight, rule, cue=cue_group(verb), source=source, passive=passive)
    own = [child for child in verb.children if child.dep_ in SUBJECTS and not passive]
    draft.content = held - draft.cue - source - {i for each in own for i in tree(each)}
    draft.negated, draft.tense, draft.manner = negated(verb), tense_of(verb), manner_of(verb)
    return draft if draft.content else None


def _content(verb: Token, cue: Cue, *, passive: bool) -> tuple[set[int], int]:
    accepted = [(child, cue.weight(frame_of(child))) for child in verb.children]
    accepted = [(child, weight) for child, weight in accepted if weight >= LEAST_WEIGHT]
    if cue.lemma in OBJECTLESS and any(frame_of(child) in ("clause", "to") for child, _ in accepted):
        accepted = [(child, weight) for child, weight in accepted if frame_of(child) != "object"]
    if passive:
        accepted += _passive_subject(verb, cue)
    accepted = [(child, weight) for child, weight in accepted if not _is_relative(child)]
    numbers = {i for child, _ in accepted for i in tree(child)}
    return numbers, max((weight for _, weight in accepted), default=0)


def _is_relative(child: Token) -> bool:
    return child.lower_ in RELATIVE and child.dep_ == "dobj" and child.i < child.head.i


def _passive_subject(verb: Token, cue: Cue) -> list[tuple[Token, int]]:
    """The subject of "was rejected by X" is content; "it" and the person told are not."""
    if cue.weight("object") < LEAST_WEIGHT or cue.lemma in OBJECTLESS or not _agent(verb):
        return []
    return [
        (child, cue.weight("object"))
        for child in verb.children
        if child.dep_ == "nsubjpass" and child.lower_ not in EMPTY_SUBJECTS
    ]


def _around(verb: Token, cue: Cue) -> tuple[set[int], set[int], int]:
    """Rule 4: a subject and its verb set off by punctuation take the rest of the sentence; returns source, content, weight."""
    weight = cue.weight("bare")
    sentence = verb.sent
    first = _opening(verb, sentence.start)
    last = _closing(verb, sentence.end)
    if weight < LEAST_WEIGHT or first is None or last is None:
        return set(), set(), 0
    rest = set(range(sentence.start, first)) | set(range(last, sentence.end))
    if not any(verb.doc[i].pos_ in ("VERB", "AUX") for i in rest):
        return set(), set(), 0
    source = {i for i in range(first, last) if i != verb.i and verb.doc[i].pos_ in NOMINAL}
    return source, rest, weight


def _opening(verb: Token, start: int) -> int | None:
    """Return where the set-off stretch that holds the verb begins, or None if other verbs or no stop come first."""
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


REACH = 14
STOPS = frozenset({",", "-", "--", "–", "—", ";", '"', "("})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM", "ADP", "PART"})


def _antecedent(verb: Token, cue: Cue) -> tuple[set[int], int]:
    """Rule 3: "a charge X denies" has the noun before as its content."""
    weight = max(cue.weight("object"), cue.weight("clause"))
    subject = _subject(verb)
    if weight < LEAST_WEIGHT or subject is None or subject.lower_ in RELATIVE:
        return set(), 0
    return tree(verb.head, without=[verb]), weight


def _subject(verb: Token) -> Token | None:
    """Return the subject of a verb, its own or the one it shares (rule 3)."""
    seen = verb
    for _ in range(4):
        for child in seen.children:
            if child.dep_ in SUBJECTS:
                return child
        if seen.dep_ not in ("conj", "xcomp", "advcl", "pcomp", "prep") or seen.head == seen:
            return None
        seen = seen.head
    return None


def _agent(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ in ("agent", "prep") and child.lower_ == "by":
            return next((each for each in child.children if each.dep_ == "pobj"), None)
    return None


def _source(verb: Token, subject: Token | None, *, passive: bool) -> set[int]:
    if passive:
        agent = _agent(verb)
        return tree(agent) if agent else set()
    if subject is None or subject.dep_ == "csubj":
        return _participle_source(verb)
    if subject.dep_ == "nsubjpass" and verb.dep_ == "advcl":
        return set()
    if subject.lower_ in RELATIVE and subject.head.dep_ == "relcl":
        antecedent = subject.head.head
        return tree(antecedent, without=[subject.head]) | {subject.i}
    return tree(subject, without=[verb]) if verb.i in tree(subject) else tree(subject)


def _participle_source(verb: Token) -> set[int]:
    """A participle after a noun ("a statement saying that …") has that noun as its source."""
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        return tree(verb.head, without=[verb])
    return set()


def _end_before_participles(drafts: list[Draft]) -> None:
    """Rule 5, also for a verb joined to the one before it ("… but alleged that …")."""
    for inner in drafts:
        verb = inner.head
        start = min(inner.cue | {verb.i})
        set_off = start > 0 and verb.doc[start - 1].text in (",", "-", "–", "—")
        if verb.tag_ != "VBG" or not set_off:
            continue
        for outer in drafts:
            if outer is not inner and outer.head.i < verb.i and start in outer.content and outer.head.sent == verb.sent:
                outer.content -= set(range(start - 1, verb.sent.end))
                if not inner.source or inner.rule == "verb":
                    inner.source = set(outer.source)
