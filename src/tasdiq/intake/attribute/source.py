"""Whose words: the source of a cue verb, or nobody where the sentence does not say.

Rules
1. An active verb's source is its subject; a passive's is its agent.
2. A verb without a subject shares that of the verb it is joined to or hangs on ("said … and added …", "…, adding that …").
3. "Who said" has the noun before and the relative word; a participle after a noun has that noun ("a letter saying …"),
   unless the noun is what somebody issued ("X issued a statement saying …": X).
4. "Quoted X as saying", "cited X as saying" have X.
5. "It" of "it was reported" and other empty subjects are nobody; so is the subject of a passive that a participle hangs on.
6. A finite verb whose subject the parser lost takes the noun phrase that opens its clause after a comma.
7. A source ends before a participle of its own set off by a comma ("Kestria, expressing concern, …").
8. The day on which it was said is no part of it ("the army on Thursday accused …").
9. A shared subject does not count where a name stands right before the verb: the parser lost the real one.
"""

from __future__ import annotations

from itertools import takewhile

from spacy.tokens import Token

from .draft import tree
from .lexicon import verbs

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
SHARING = frozenset({"conj", "xcomp", "advcl", "pcomp", "prep", "dep"})
RELATIVE = frozenset({"which", "that", "who", "whom", "what"})
EMPTY = frozenset({"there"})
CONDUITS = frozenset({"quote", "cite"})
ISSUING = frozenset({"issue", "release", "publish", "make", "write", "send", "post", "put", "deliver", "share"})
UTTERANCES = frozenset(
    """statement letter post message note tweet release report video memo email communique communiqué ad editorial
    article""".split()  # noqa: SIM905
)
STEPS = 4
DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday"})
PHRASE = frozenset({"PROPN", "NOUN", "PRON", "DET", "ADJ", "NUM"})


def subject_of(verb: Token) -> Token | None:
    """Return the subject of a verb, its own or the one it shares (rule 2)."""
    seen = verb
    for _ in range(STEPS):
        own = own_subject(seen)
        if own is not None:
            return own
        if seen.dep_ not in SHARING or seen.head == seen:
            return None
        seen = seen.head
    return None


def own_subject(verb: Token) -> Token | None:
    """Return the subject that stands at the verb itself."""
    return next((child for child in verb.children if child.dep_ in SUBJECTS and child.i < verb.i + 20), None)


def agent_of(verb: Token) -> Token | None:
    """Return the noun after the "by" of a passive."""
    for child in verb.children:
        if child.dep_ in ("agent", "prep") and child.lower_ == "by":
            return next((each for each in child.children if each.dep_ == "pobj"), None)
    return None


def source_of(verb: Token, *, passive: bool) -> set[int]:
    """Return the token numbers of a verb's source, empty where nobody is named."""
    if passive:
        agent = agent_of(verb)
        return _phrase(agent, verb) if agent else set()
    quoted = _quoted(verb)
    if quoted is not None:
        return _phrase(quoted, verb)
    subject = subject_of(verb)
    if verb.dep_ == "advcl" and verb.lower_ == "asked" and (subject is None or subject.head != verb):
        return set()
    if subject is None:
        return _participle_source(verb) or _after_comma(verb)
    if subject.lower_ in EMPTY or (subject.dep_ == "nsubjpass" and subject.head != verb and verb.tag_ == "VBG"):
        return set()
    if subject.lower_ in RELATIVE and subject.head.dep_ == "relcl":
        antecedent = subject.head.head
        return _phrase(antecedent, subject.head) | {subject.i}
    if _is_interrupted(verb, subject):
        return set()
    return _up_to(verb, _phrase(subject, verb))


def _is_interrupted(verb: Token, subject: Token) -> bool:
    """Rule 9."""
    if subject.head == verb or verb.dep_ in ("dep", "xcomp") or verb.tag_ == "VBG":
        return False
    left = next((verb.doc[i] for i in range(verb.i - 1, subject.i, -1) if verb.doc[i].head != verb), None)
    return (
        left is not None
        and left.pos_ in ("PROPN", "PRON")
        and left.i not in tree(subject)
        and left.head.i >= left.i - 3
    )


def _quoted(verb: Token) -> Token | None:
    """Rule 4, from the verb under "as" or from the quoting verb itself."""
    above = verb.head.head if verb.dep_ in ("pcomp", "advcl", "xcomp") and verb.head.lower_ == "as" else verb
    if above is not verb and above.lemma_ not in CONDUITS:
        return None
    if above is verb and (verb.lemma_ not in CONDUITS or not any(each.lower_ == "that" for each in verb.subtree)):
        return None
    return next((child for child in above.children if child.dep_ in ("dobj", "nsubjpass") and child.i != verb.i), None)


def _participle_source(verb: Token) -> set[int]:
    if verb.dep_ != "acl" or verb.tag_ != "VBG":
        return set()
    noun, above = verb.head, verb.head.head
    if noun.lemma_.lower() in UTTERANCES and noun.dep_ == "dobj" and above.lemma_.lower() in ISSUING:
        issuer = subject_of(above)
        return _phrase(issuer, verb) if issuer is not None else set()
    return _phrase(noun, verb)


def _phrase(noun: Token, verb: Token) -> set[int]:
    """Return the noun phrase as written, on its side of the verb, less what is not its own (rules 7 and 8)."""
    left_out = [child for child in noun.children if _is_foreign(child, verb)]
    numbers = tree(noun, without=[*left_out, *([verb] if verb.i in tree(noun) else [])])
    before = noun.i < verb.i
    return _without_day(noun, {i for i in numbers if (i < verb.i) == before})


def _without_day(noun: Token, numbers: set[int]) -> set[int]:
    """Take "on Monday" off the end, however deep the parser hung it (rule 8)."""
    last = max(numbers, default=0)
    if not numbers or noun.doc[last].lower_ not in DAYS or last == noun.i:
        return numbers
    return numbers - {last} - ({last - 1} if noun.doc[last - 1].lower_ == "on" else set())


def _is_foreign(child: Token, verb: Token) -> bool:
    if child.dep_ in ("acl", "relcl", "advcl"):
        return verb.i in tree(child) or _is_cue_participle(child)
    return child.dep_ in ("prep", "npadvmod") and any(word.lower_ in DAYS for word in child.subtree)


def _is_cue_participle(child: Token) -> bool:
    first = child.left_edge.i
    return child.tag_ == "VBG" and first > 0 and child.doc[first - 1].text == "," and child.lemma_.lower() in verbs()


def _up_to(verb: Token, numbers: set[int]) -> set[int]:
    """Close the gap to a verb the parser hung on a word of its own subject ("Sources privy to the talks also denied")."""
    if verb.dep_ != "dep" or not numbers or max(numbers) > verb.i:
        return numbers
    gap = [verb.doc[i] for i in range(max(numbers) + 1, verb.i) if verb.doc[i].head != verb]
    if any(word.is_punct or word.dep_ in ("mark", "cc") for word in gap):
        return numbers
    return numbers | {word.i for word in gap}


def _after_comma(verb: Token) -> set[int]:
    """Rule 6."""
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or verb.dep_ not in ("ROOT", "ccomp", "advcl"):
        return set()
    doc, start = verb.doc, verb.sent.start
    first = next((place for place in range(verb.i - 1, start, -1) if doc[place - 1].text == ","), None)
    if first is None or doc[first].pos_ not in ("PROPN", "PRON", "DET"):
        return set()
    between = range(first, verb.i)
    if all(_in_name(doc[place]) for place in between):
        return set(between)
    return set(takewhile(lambda place: doc[place].pos_ in PHRASE, between))


def _in_name(word: Token) -> bool:
    """Tell whether a word can stand inside "the Ministry of Foreign Affairs (MoFA)"."""
    return word.pos_ in PHRASE or word.lower_ in ("of", "for", "and", "(", ")")
