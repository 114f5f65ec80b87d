"""Cue verbs: which verbs of a parsed sentence report speech.

Rules
1. A verb of the lexicon is a cue where it holds content (`content`) or is set off by punctuation (`aside`).
2. An imperative, an infinitive or participle without anybody to say it, and a verb after "whether" or "if" report nothing.
3. "Attributed the claim to X", "the claim attributed to X" have X as their source.
4. A verb joined to a cue before its object shares the object ("acknowledged and welcomed the offer").
5. The construction may name another act: "asked whether" asks, "asked to" demands; "insisted that X be …" demands.
6. No sentence of prose has more than `MOST_IN_A_SENTENCE` verbs of saying: the rest is not read, so that time stays bounded.
7. A verb before a colon that ends the paragraph announces the quotation that begins the next ("the statement read:").
8. "Did not respond to", "did not comment on" gives no reply; "declined to respond", "would not comment on" refuses one.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from tasdiq.model.statement import Act

from .aside import Aside, denied_in_passing, set_off
from .content import content_of
from .draft import Draft, tree
from .lexicon import LEAST_WEIGHT, Cue, nouns, verbs
from .light import Held
from .source import RELATIVE, agent_of, own_subject, source_of
from .wording import DECLINING, cue_group, is_passive, manner_of, negated, tense_of

NOT_CUES = frozenset({"amod", "compound", "aux", "auxpass"})
CREDITING = frozenset({"attribute", "credit"})
GOING_ON = frozenset({"continue", "begin", "start", "go", "come", "try", "seek", "decline", "refuse", "fail"})
DEEDS = frozenset(
    {"attack", "bombing", "assault", "blast", "explosion", "ambush", "killing", "strike", "raid", "shooting"}
)
OPEN = frozenset({"whether", "if"})
UNSAID = 60
ANNOUNCED = 75
ANNOUNCING_REACH = 20
MOST_IN_A_SENTENCE = 24
MANDATING = frozenset({"insist", "say", "stress", "maintain", "emphasize", "emphasise", "reiterate"})


def verb_drafts(doc: Doc) -> list[Draft]:
    """Return a draft for every cue verb of a parsed text, in text order."""
    found: list[Draft] = []
    for sentence in doc.sents:
        own: list[Draft] = []
        for token in sentence:
            cue = _cue(token) if len(own) < MOST_IN_A_SENTENCE else None
            draft = _draft(token, cue, own) if cue else None
            if draft is not None:
                own.append(draft)
        found += own
    return found + _announced(doc, found)


def _announced(doc: Doc, found: list[Draft]) -> list[Draft]:
    """Rule 7: the last verb of saying before a colon that ends the text, with nothing said yet."""
    if not doc.text.rstrip().endswith(":") or not len(doc):
        return []
    for token in reversed(list(doc)[-ANNOUNCING_REACH:]):
        cue = _cue(token)
        if cue is None or cue.weight("bare") < LEAST_WEIGHT:
            continue
        if any(token.i in draft.cue for draft in found) or own_subject(token) is None:
            return []
        source = source_of(token, passive=False)
        return [
            _worded(Draft(token, cue.lemma, cue.act, ANNOUNCED, "announced", cue_group(token), source), passive=False)
        ]
    return []


def _cue(token: Token) -> Cue | None:
    if token.pos_ not in ("VERB", "AUX") or token.dep_ in NOT_CUES:
        return None
    return verbs().get(token.lemma_.lower())


def _draft(verb: Token, cue: Cue, found: list[Draft]) -> Draft | None:
    passive = is_passive(verb)
    if verb.lemma_.lower() in CREDITING:
        draft = _credited(verb, cue)
        if draft is not None:
            return draft
    passing = denied_in_passing(verb, cue, found)
    if passing is not None:
        return _worded(_from_aside(verb, cue, passing, "passing"), passive=passive)
    held = content_of(verb, cue, passive=passive)
    if not held.numbers:
        held = _shared(verb)
    if not held.numbers:
        aside = set_off(verb, cue)
        return _worded(_from_aside(verb, cue, aside, "parenthesis"), passive=passive) if aside else None
    draft = _from_held(verb, cue, held, source_of(verb, passive=passive))
    if passive:
        _take_charge(draft, cue)
    if not draft.content or not _is_said(draft, passive=passive):
        return None
    return _worded(draft, passive=passive)


def _from_held(verb: Token, cue: Cue, held: Held, source: set[int]) -> Draft:
    draft = Draft(verb, cue.lemma, _act(verb, cue, held), held.weight, held.rule, cue=cue_group(verb), source=source)
    draft.cue |= held.joining
    if held.noun is not None:
        draft.cue |= set(range(verb.i, held.noun.i + 1))
        draft.act = nouns()[held.noun.lemma_.lower()].act
    subject = own_subject(verb)
    own = tree(subject, without=[verb]) if subject is not None and subject.i not in held.numbers else set()
    draft.content = held.numbers - draft.cue - source - own
    return draft


def _act(verb: Token, cue: Cue, held: Held) -> Act:
    """Rule 5."""
    if held.rule == "unanswered":
        return "refuses" if _declines(verb) else "gives-no-reply"
    if cue.lemma == "claim" and any(each.dep_ == "dobj" and each.lemma_.lower() in DEEDS for each in verb.children):
        return "claims-responsibility"
    act = cue.act_in(held.frame)
    if act == "asserts" and cue.lemma in MANDATING and held.frame == "clause" and _is_mandate(verb):
        return "demands"
    return act


def _declines(verb: Token) -> bool:
    """Rule 8."""
    refused = any(child.lower_ in ("would", "will", "wo", "'d") for child in verb.children)
    return refused or (verb.dep_ == "xcomp" and verb.head.lemma_.lower() in DECLINING)


def _is_mandate(verb: Token) -> bool:
    clause = next((child for child in verb.children if child.dep_ == "ccomp"), None)
    if clause is None:
        return False
    helpers = [child for child in clause.children if child.dep_ in ("aux", "auxpass")]
    first = min((clause, *helpers), key=lambda word: word.i)
    return first.lower_ == "be" or (first.tag_ == "VB" and not any(each.tag_ == "MD" for each in helpers))


def _from_aside(verb: Token, cue: Cue, aside: Aside, rule: str) -> Draft:
    group = cue_group(verb)
    return Draft(verb, cue.lemma, cue.act, aside.weight, rule, group, aside.source - group, aside.content - group)


def _worded(draft: Draft, *, passive: bool) -> Draft:
    verb = draft.head
    draft.passive, draft.negated = passive, negated(verb)
    draft.tense, draft.manner = tense_of(verb), manner_of(verb)
    if verb.lemma_ == "claim" and passive and draft.source:
        draft.act = "claims-responsibility"
    return draft


def _is_said(draft: Draft, *, passive: bool) -> bool:
    """Rule 2."""
    verb = draft.head
    if any(child.dep_ == "mark" and child.lower_ in OPEN for child in verb.children):
        return False
    infinitive = verb.tag_ == "VB" and not any(child.tag_ == "MD" or child.lemma_ == "do" for child in verb.children)
    if infinitive:
        above = verb.head.lemma_.lower()
        return bool(draft.source) and verb.dep_ in ("xcomp", "conj") and (above in GOING_ON or above not in verbs())
    if not draft.source and passive:
        return draft.weight >= UNSAID and verb.lemma_.lower() != "expect"
    return bool(draft.source) or verb.tag_ != "VBG" or draft.weight >= 80


def _take_charge(draft: Draft, cue: Cue) -> None:
    """Give "of using …" in "was accused by X of using …" to the content, where the parser gave it to X."""
    agent = agent_of(draft.head)
    for child in agent.children if agent is not None else ():
        if child.dep_ == "prep" and cue.weight(child.lower_) and any(each.dep_ == "pcomp" for each in child.children):
            draft.source -= tree(child)
            draft.content |= tree(child)


def _shared(verb: Token) -> Held:
    """Rule 4."""
    for child in verb.children:
        cue = _cue(child) if child.dep_ == "conj" and child.i - verb.i <= 3 else None
        if cue is not None and child.tag_ == verb.tag_:
            held = content_of(child, cue, passive=False)
            return Held(held.numbers, min(held.weight, 60), "shared")
    return Held()


def _credited(verb: Token, cue: Cue) -> Draft | None:
    """Rule 3."""
    to = next((each for each in verb.subtree if each.i > verb.i and each.lower_ == "to"), None)
    if to is None:
        return None
    person = next((tree(child) for child in to.children if child.dep_ == "pobj"), set())
    person = person or (tree(to.head) - {to.i} if to.head.i > to.i else set())
    subject = own_subject(verb)
    if verb.tag_ == "VBN" and verb.dep_ == "acl":
        content = tree(_whole_phrase(verb.head), without=[verb])
    elif is_passive(verb):
        content = tree(subject) if subject is not None else set()
    else:
        content = {i for child in verb.children if child.dep_ == "dobj" for i in tree(child, without=[to])}
    content -= person
    if not person or not content or any(verb.doc[i].lower_ in RELATIVE for i in content):
        return None
    draft = Draft(verb, cue.lemma, cue.act, 70, "credited", cue_group(verb) | {to.i}, person, content)
    return _worded(draft, passive=False)


def _whole_phrase(noun: Token) -> Token:
    """Return the noun above a chain of "of": "a distortion of facts attributed to X" is the distortion."""
    while noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.pos_ in ("NOUN", "PROPN", "VERB"):
        noun = noun.head.head
    return noun
