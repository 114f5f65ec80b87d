"""Where one statement ends and the next begins within a sentence.

Rules
1. A participle of saying set off by a comma or after "while" (", adding that …", "while urging …") ends the content before it
   and has the source of the statement it follows.
2. A verb of saying joined by "and" or "but" to a verb inside the content, without a subject of its own, belongs outside where
   a comma or "but" comes before, or its tense is the outer verb's and not the inner one's.
3. A verb of saying with a subject of its own after ", while", ", but", ", and", ", hours after" or ";" ends the content before it.
   So does a denial in passing (", a charge X denies"): it is the narrator's, not the speaker's.
4. Content before a cue does not reach back across a semicolon.
"""

from __future__ import annotations

from collections import defaultdict

from spacy.tokens import Token

from .draft import Draft
from .source import own_subject

DASHES = frozenset({",", "-", "--", "–", "—"})
JOINING = frozenset({"while", "but", "and", "although", "though", "whereas"})
NOMINAL_RULES = frozenset({"noun", "according"})
TIMING = frozenset({"after", "before"})
NAMING_RULES = frozenset({"passing", "parenthesis", "credited", "quoted"})
POINTING = frozenset({"this", "that", "it", "there"})


def separate(drafts: list[Draft]) -> None:
    """Cut contents where another statement of the same rank begins, and hand on sources (rules 1-3)."""
    quoting = [draft for draft in drafts if draft.rule == "quoted"]
    drafts[:] = [draft for draft in drafts if not _is_repeated(draft, quoting)]
    sentences: dict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        _stay_within_semicolons(draft)
        sentences[draft.head.sent.start].append(draft)
    for together in sentences.values():
        _separate_sentence(together)


def _separate_sentence(drafts: list[Draft]) -> None:
    for inner in drafts:
        if inner.rule in NOMINAL_RULES:
            continue
        cut = [outer for outer in drafts if _cut(outer, inner)]
        outermost = next((outer for outer in cut if outer.source and outer.rule not in NOMINAL_RULES), None)
        if outermost is not None and own_subject(inner.head) is None and inner.rule not in NAMING_RULES:
            inner.source = set(outermost.source)


def _is_repeated(draft: Draft, quoting: list[Draft]) -> bool:
    """Tell whether a noun without a source only repeats what a verb says ("quoted X in a report that …")."""
    nobody = draft.rule in NOMINAL_RULES and not draft.source
    return nobody and any(draft.content <= other.content for other in quoting)


def _cut(outer: Draft, inner: Draft) -> bool:
    """End the outer content where the inner statement begins outside it; tell whether it did."""
    if outer is inner or outer.head.i >= inner.head.i:
        return False
    start = _boundary(inner, outer)
    if start is None or start <= max(outer.cue):
        return False
    outer.content -= set(range(start, inner.head.sent.end))
    return True


def _boundary(inner: Draft, outer: Draft) -> int | None:
    verb = inner.head
    first = min(inner.cue)
    if inner.rule == "passing":
        return min(inner.source) if outer.content & inner.source else None
    if first not in outer.content and verb.i not in outer.content:
        return None
    doc = verb.doc
    before = doc[first - 1]
    if verb.tag_ == "VBG":
        if before.text in DASHES or before.lower_ == "while":
            return first - 1
        return None
    if before.lower_ in ("and", "but") and own_subject(verb) is None:
        return first - 1 if _belongs_outside(verb, outer.head, before) else None
    return _own_clause(verb, outer)


def _belongs_outside(verb: Token, outer: Token, joining: Token) -> bool:
    doc = verb.doc
    if joining.lower_ == "but" or doc[joining.i - 1].text in DASHES:
        return verb.tag_ == outer.tag_ or verb.tag_ in ("VBD", "VBZ")
    head = verb.head
    subject = own_subject(head)
    pointing = subject is not None and subject.lower_ in POINTING
    return verb.dep_ == "conj" and (pointing or (verb.tag_ == outer.tag_ != head.tag_))


def _own_clause(verb: Token, outer: Draft) -> int | None:
    """Rule 3."""
    subject = own_subject(verb)
    if subject is None or subject.i > verb.i or verb.tag_ != outer.head.tag_:
        return None
    first = subject.left_edge.i
    doc = verb.doc
    if first >= 1 and doc[first - 1].text == ";":
        return first - 1
    if first >= 2 and doc[first - 1].lower_ in TIMING:
        return next((place for place in range(first - 2, max(first - 5, 0), -1) if doc[place].text == ","), None)
    if first >= 2 and doc[first - 1].lower_ in JOINING and doc[first - 2].text in DASHES:
        return first - 1
    return None


def _stay_within_semicolons(draft: Draft) -> None:
    """Rule 4."""
    sentence = draft.head.sent
    marks = [word.i for word in sentence if word.text == ";" and word.i < min(draft.cue)]
    if marks:
        draft.content -= set(range(sentence.start, marks[-1] + 1))
