"""Reused passages: the same wording, or the same thing in other words, in two statements.

Two translations of one statement share names, numbers and rare words, and differ in the rest; a copy differs in single words.
Rules:

1. Words are compared without case, accents, quotation marks and common endings. Common words of the language say nothing; the
   rarer a word is among all statements of the record, the more it says (inverse document frequency).
2. *Same wording*: the two word sequences align (share of aligned words at least `SAME_WORDING`).
3. *Reworded*: the shorter one shares enough of its telling weight, in enough telling words, with the longer (`REWORDED`).
4. *On one point*: less than that, but more than chance (`ON_ONE_POINT`); it shows something only where several come together.
5. Differences are taken word by word between aligned sequences, and only where they align at all (`ALIGNED`).

Embeddings are not used: they rank "violated" nearer to "respected" than true paraphrases to each other.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from rapidfuzz.distance import Indel

from tasdiq.model.document import Passage
from tasdiq.model.proposition import Difference

SAME_WORDING = 0.72
REWORDED = ((0.5, 5), (0.4, 8))
ON_ONE_POINT = (0.3, 3)
ALIGNED = 0.5
FEW = 3
MOST_WORDS = 12
WORD = re.compile(r"\w+(?:['’]\w+)*")
ENDINGS = (
    "ations", "ating", "ation", "ments", "ment", "ingly", "ities", "ated", "ates", "ings", "ions", "edly", "ness", "ing", "ion",
    "ity", "ies", "ied", "ate", "ed", "es", "ly", "s", "e", "y",
)  # fmt: skip
COMMON_WORDS = """
    a about after again against all also although am among an and any are as at be because been before being between both but
    by can could did do does doing down during each either else every few for from further had has have having he her here hers
    him himself his how however i if in instead into is it its itself just later long may me meanwhile might more most must my
    near neither never no nor not now of off often on once only or other our out over own per rather s same say says said she
    should since so some still such than that the their them themselves then there these they this those through thus to together
    too toward towards under until unto up upon us very was we were what when where whether which while who whom whose why will
    with within without would yet you your added adding stated stating told claimed claims claim
"""
COMMON = frozenset(COMMON_WORDS.split())

Kind = Literal["same wording", "reworded", "on one point"]


@dataclass(frozen=True)
class Token:
    """One word where it stands: `form` is what is compared."""

    form: str
    text: str
    start: int
    end: int
    part: int


@dataclass(frozen=True)
class Wording:
    """The words of one passage (or several parts of one) of a document."""

    document: str
    tokens: tuple[Token, ...]

    @cached_property
    def forms(self) -> list[str]:
        """The compared forms, in order."""
        return [token.form for token in self.tokens]

    @cached_property
    def telling(self) -> frozenset[str]:
        """The forms that say something: no common words."""
        return frozenset(token.form for token in self.tokens if is_telling(token.form))


@dataclass(frozen=True)
class Reuse:
    """That two wordings agree, how, and how much (0 to 1)."""

    kind: Kind
    share: float


def read_wording(document: str, text: str, spans: Iterable[tuple[int, int]]) -> Wording:
    """Cut the words out of `spans` of a document's text; offsets count code points of the text."""
    tokens = [
        Token(fold(found.group()), found.group(), start + found.start(), start + found.end(), part)
        for part, (start, end) in enumerate(spans)
        for found in WORD.finditer(text[start:end])
    ]
    return Wording(document, tuple(tokens))


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Return what of a word is compared: no case, no accents, no possessive, no common ending (rule 1)."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    plain = re.sub(r"['’]s?$", "", plain)
    if plain in COMMON or plain.isdigit():
        return plain
    plain = plain.replace("our", "or") if len(plain) > 5 else plain
    ending = next((one for one in ENDINGS if plain.endswith(one) and len(plain) - len(one) >= 4), "")
    stem = plain.removesuffix(ending)
    return stem[:-1] if ending and len(stem) > 4 and stem[-1] == stem[-2] else stem


def weigh(wordings: Sequence[Wording]) -> dict[str, float]:
    """Return each telling form's weight among all wordings: 0 for one that stands everywhere."""
    seen = Counter(form for wording in wordings for form in wording.telling)
    return {form: math.log((len(wordings) + 1) / count) for form, count in seen.items()}


def is_telling(form: str) -> bool:
    """Say whether a form says something: no common word, no single letter."""
    return form not in COMMON and (len(form) > 1 or form.isdigit())


def compare_wording(one: Wording, other: Wording, weight: Mapping[str, float]) -> Reuse | None:
    """Say whether two wordings reuse one another (rules 2-4)."""
    shared = len(one.telling & other.telling)
    if shared < FEW:
        return None
    share = shared_weight(one, other, weight)
    if share < ON_ONE_POINT[0]:
        return None
    aligned = Indel.normalized_similarity(one.forms, other.forms) if shared > FEW else 0.0
    if aligned >= SAME_WORDING:
        return Reuse("same wording", aligned)
    reworded = any(share >= least and shared >= words for least, words in REWORDED)
    return Reuse("reworded" if reworded else "on one point", share)


def shared_weight(one: Wording, other: Wording, weight: Mapping[str, float]) -> float:
    """Return how much of the shorter wording's telling weight stands in the longer one too, from 0 to 1."""
    total = min(sum(weight.get(form, 0.0) for form in wording.telling) for wording in (one, other))
    return sum(weight.get(form, 0.0) for form in one.telling & other.telling) / total if total else 0.0


def differences(one: Wording, other: Wording) -> list[Difference]:
    """List where two aligned wordings differ, word by word; empty where they do not align (rule 5)."""
    if Indel.normalized_similarity(one.forms, other.forms) < ALIGNED:
        return []
    found = []
    for left, right in _gaps(one, other):
        words = (_words(one, left), _words(other, right))
        passages = tuple(p for p in (_passage(one, left), _passage(other, right)) if p is not None)
        if passages and any(words):
            found.append(Difference(passages=passages, words=words))
    return found


def _gaps(one: Wording, other: Wording) -> list[tuple[range, range]]:
    """Return the unaligned stretches of both sequences; stretches parted by a single common word are one."""
    gaps: list[tuple[range, range]] = []
    for code in Indel.opcodes(one.forms, other.forms):
        if code.tag == "equal":
            continue
        left, right = range(code.src_start, code.src_end), range(code.dest_start, code.dest_end)
        if gaps and _joined(one, gaps[-1][0], left) and right.start - gaps[-1][1].stop <= 1:
            left, right = range(gaps[-1][0].start, left.stop), range(gaps[-1][1].start, right.stop)
            gaps.pop()
        gaps.append((left, right))
    return [gap for gap in gaps if _matters(one, gap[0]) or _matters(other, gap[1])]


def _joined(wording: Wording, before: range, after: range) -> bool:
    between = wording.tokens[before.stop : after.start]
    return len(between) <= 1 and not any(is_telling(token.form) for token in between)


def _matters(wording: Wording, stretch: range) -> bool:
    return any(is_telling(wording.tokens[number].form) for number in stretch)


def _words(wording: Wording, stretch: range) -> str:
    texts = [wording.tokens[number].text for number in stretch]
    return " ".join(texts[:MOST_WORDS]) + (" …" if len(texts) > MOST_WORDS else "")


def _passage(wording: Wording, stretch: range) -> Passage | None:
    """Return where a stretch stands; where nothing stands in its place, the word before it; parts are not bridged."""
    if not wording.tokens:
        return None
    tokens = [wording.tokens[number] for number in stretch] or [wording.tokens[max(stretch.start - 1, 0)]]
    same = [token for token in tokens if token.part == tokens[0].part]
    return Passage(document=wording.document, start=same[0].start, end=same[-1].end)
