"""How a cue is worded, read from its words alone, for statements the tagger finds and no parse has read.

Rules
1. The cue's first verb of saying names it, else its first noun of saying, else its first verb; auxiliaries never do, and a light
   verb ("expressed regret") leaves it to the noun after it.
2. The act is that of the lexicon for the construction the content's first word shows ("to", "whether", "that"); a refusal to
   comment refuses, an answer not given gives none.
3. Negation, passive, tense and manner follow `wording`, with words in the place of dependents.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tasdiq.intake.language import load_language
from tasdiq.model.statement import Act

from .lexicon import Cue, nouns, verbs
from .light import LIGHT
from .wording import DECLINING, MANNER

WORD = re.compile(r"[^\W\d_]+?(?=n['’]t\b)|n['’]t\b|[^\W\d_]+|['’](?:s|d|ll|ve|re)\b")
AUXILIARIES = frozenset(
    """am is are was were be been being has have had having do does did will would shall should can could may might must
    ’ll 'll ’ve 've ’s 's ’d 'd wo""".split()  # noqa: SIM905
)
BEING = frozenset({"am", "is", "are", "was", "were", "be", "been", "being"})
PERFECT = frozenset({"has", "have", "had", "’ve", "'ve"})
FUTURE = frozenset({"will", "shall", "wo", "’ll", "'ll"})
PAST = frozenset({"did", "was", "were"})
PRESENT = frozenset({"is", "are", "do", "does"})
NEGATIONS = frozenset({"not", "n't", "n’t", "never", "neither", "nor", "no", "cannot", "yet"})
ANSWERS = frozenset({"comment", "respond", "reply", "answer"})
CREDITED = "according"
NAMING = frozenset({"know", "term", "call", "dub", "name", "title", "entitle", "refer"})
"""Verbs that give names to things."""
REACH = 3


@dataclass(frozen=True)
class Worded:
    """What a cue's words say about the act."""

    lemma: str
    act: Act = "asserts"
    negated: bool = False
    passive: bool = False
    tense: str = ""
    manner: tuple[str, ...] = ()


def worded(cue: str, following: str) -> Worded:
    """Read a cue and what follows it (rules 1 to 3)."""
    words = [each.group().lower() for each in WORD.finditer(cue)]
    if words[:1] == [CREDITED]:
        return Worded("according to")
    verb, lemma, known = _head(words)
    after = cue.lower().partition(verb)[2] if verb else ""
    lemma, known = _light_noun(verb, f"{after} {following}") or (lemma, known)
    negated = any(word in NEGATIONS for word in words)
    declined = any(_stem(word) in DECLINING for word in words)
    passive = any(word in BEING for word in words) and _form(verb) == "past"
    return Worded(
        lemma or cue.strip(),
        _act(known, lemma, following, negated=negated, declined=declined),
        negated or (declined and lemma not in DECLINING),
        passive,
        _tense(words, verb),
        tuple(word for word in words if word in MANNER),
    )


def _head(words: list[str]) -> tuple[str, str, Cue | None]:
    """Return the word that names the cue, its lemma and what the lexicon knows of it (rule 1)."""
    own = [word for word in words if word not in AUXILIARIES and word not in MANNER and word not in NEGATIONS]
    for table, kind in ((verbs(), "verb"), (nouns(), "noun")):
        for word in own:
            lemma = next((each for each in lemmas(word, kind) if each in table), "")
            if lemma:
                return word, lemma, table[lemma]
    for word in own:
        if _stem(word):
            return word, _stem(word), None
    return "", "", None


def _light_noun(verb: str, following: str) -> tuple[str, Cue] | None:
    """Return the noun of saying that a light verb leaves the act to ("expressed regret")."""
    if LIGHT.isdisjoint(lemmas(verb, "verb")):
        return None
    near = following.lower().split()[:REACH]
    return next(((each, nouns()[each]) for word in near for each in lemmas(word, "noun") if each in nouns()), None)


def _act(known: Cue | None, lemma: str, following: str, *, negated: bool, declined: bool) -> Act:
    """Rule 2."""
    if lemma in ANSWERS and (negated or declined):
        return "refuses" if declined else "gives-no-reply"
    if known is None:
        return "asserts"
    first = following.split(maxsplit=1)[0].lower() if following.split() else ""
    return known.act_in(first if first in ("to", "for", "against", "of", "on") else "clause")


def _tense(words: list[str], verb: str) -> str:
    held = set(words)
    for tense, marks in (("future", FUTURE), ("perfect", PERFECT)):
        if held & marks:
            return tense
    if not held & AUXILIARIES and not _stem(verb):
        return ""
    if held & PAST or (_form(verb) == "past" and not held & PRESENT):
        return "past"
    return "" if _form(verb) == "participle" and not held & PRESENT else "present"


def _form(verb: str) -> str:
    """Return past, participle ("saying") or "" for a verb as written."""
    if verb.endswith("ing"):
        return "participle"
    return "past" if verb.endswith("ed") or (verb in _irregular() and not verb.endswith("s")) else ""


def _stem(word: str) -> str:
    return next(iter(lemmas(word, "verb")), "")


@cache
def lemmas(word: str, kind: str) -> tuple[str, ...]:
    """Return what a written word can be a form of, by the language model's tables; nothing where they do not know it."""
    found = list(_table("lemma_exc")[kind].get(word, ()))
    index = _table("lemma_index")[kind]
    found += [word] if word in index else []
    for rule in _table("lemma_rules")[kind]:
        form = word.removesuffix(rule[0]) + rule[1]
        if word.endswith(rule[0]) and form in index and form not in found:
            found.append(form)
    return tuple(found)


@cache
def _irregular() -> frozenset[str]:
    return frozenset(_table("lemma_exc")["verb"])


@cache
def _table(name: str) -> dict[str, dict[str, list[str]]]:
    lookups = load_language().get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
    table: dict[str, dict[str, list[str]]] = lookups.get_table(name)
    return table
