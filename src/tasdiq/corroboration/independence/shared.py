"""Passages that documents share whoever speaks in them, if anybody does: an agency's sentence, a list, a paragraph taken over.

Rules:

1. Sentences are worth comparing if they share two pairs of neighbouring telling words (`SHARED_PAIRS`); the same sentence is
   looked at in the first `SAME_SENTENCE` documents that have it, and a pair of words in `MOST_HOLDERS` sentences at most, so that
   work grows with the number of sentences.
2. A shared passage is the stretch in which two sentences align best, by their telling words in order. It counts if so many are the
   same (`LEAST`), enough of them (`LEAST_OWN`) no names, no frequent words and none that many documents have (`MANY_PERCENT`):
   names, formulas and the matter itself are shared without copying.
3. Documents that appeared far apart (`FAR_DAYS`) need twice as many words.
4. What tied statements show already is not shown again; what a person refused is not either. Nothing here ties statements: a
   narrator's words are nobody's statement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise

import numpy as np

from tasdiq.model.document import Document, Passage
from tasdiq.model.reuse import Copy, Pair
from tasdiq.model.state import State

from ..reuse import Local, Wording, align, align_locally, frequent, is_telling, read_wording
from .copies import METHOD, first_of
from .days import days_between, days_of
from .judged import copy_id
from .passages import sentences

WORDS_OF = ("title", "summary", "body", "bullet", "quote")
SHARED_PAIRS = 2
SAME_SENTENCE = 3
MOST_HOLDERS = 30
LEAST, LEAST_OWN = 4, 3
MANY, MANY_PERCENT = 3, 40
FAR_DAYS = 14
MOST = 1000
"""Pairs of documents that are written down, those that share most."""
OVERLAP = 0.5
SAME = 0.8
"""How many of the words of a shared passage must be the same to be called the same wording."""
WHY = "the same words in both, whoever speaks"

Sentence = tuple[int, int, int]
"""Number of the document, start, end."""


def shared_passages(state: State, known: Iterable[Copy]) -> list[Copy]:
    """Return what documents share beyond what copies of statements show, one copy for each pair of documents (rules 1-4)."""
    documents = list(state.documents.values())
    found: dict[tuple[int, int], list[tuple[Wording, Wording, Local]]] = {}
    pairs, common = _likely(state, documents)
    for one, other in pairs:
        a, b = _read(state, documents, one), _read(state, documents, other)
        local = align_locally(a, b)
        if local is not None and _counts(a, local, common, _apart(documents[one[0]], documents[other[0]])):
            found.setdefault((one[0], other[0]), []).append((a, b, local))
    shown = _shown(known)
    copies = (_copy(state, documents[a], documents[b], found[a, b], shown) for a, b in sorted(found))
    kept = [copy for copy in copies if copy is not None]
    most = sorted(kept, key=lambda copy: -sum(pair.one.end - pair.one.start for pair in copy.pairs))[:MOST]
    return most if len(kept) > MOST else kept


def _read(state: State, documents: list[Document], sentence: Sentence) -> Wording:
    document = documents[sentence[0]]
    return read_wording(document.id, state.text(document.id) or "", sentence[1:])


def _sentences(state: State, documents: list[Document]) -> Iterator[Sentence]:
    for number, document in enumerate(documents):
        text = state.text(document.id) or ""
        for paragraph in document.paragraphs:
            if paragraph.kind in WORDS_OF:
                yield from ((number, *span) for span in sentences(text, paragraph.start, paragraph.end))


def _likely(state: State, documents: list[Document]) -> tuple[list[tuple[Sentence, Sentence]], frozenset[str]]:
    """Return the pairs of sentences of two documents that are worth comparing (rule 1), and the words that many documents have."""
    holding: dict[str, tuple[int, int]] = {}
    known: Counter[int] = Counter()
    places: list[Sentence] = []
    hashes: list[np.ndarray[tuple[int], np.dtype[np.int64]]] = []
    holders: list[np.ndarray[tuple[int], np.dtype[np.int64]]] = []
    for sentence in _sentences(state, documents):
        wording = _read(state, documents, sentence)
        for form in wording.telling:
            last, count = holding.get(form, (-1, 0))
            holding[form] = (sentence[0], count + (last != sentence[0]))
        telling = [group for form, group in zip(wording.forms, wording.groups, strict=True) if is_telling(form)]
        pairs = {hash(pair) for pair in pairwise(telling)}
        whole = hash(tuple(telling))
        known[whole] += 1
        if len(pairs) >= SHARED_PAIRS and known[whole] <= SAME_SENTENCE:
            hashes.append(np.fromiter(pairs, np.int64, len(pairs)))
            holders.append(np.full(len(pairs), len(places), np.int64))
            places.append(sentence)
    shared = _share(np.concatenate(hashes), np.concatenate(holders)) if hashes else []
    most = max(MANY, len(documents) * MANY_PERCENT // 100)
    common = frozenset(form for form, (_, count) in holding.items() if count > most)
    return [(places[a], places[b]) for a, b in shared if places[a][0] != places[b][0]], common


def _share(
    hashes: np.ndarray[tuple[int], np.dtype[np.int64]], holders: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> list[tuple[int, int]]:
    """Return the pairs of holders that have enough hashes in common."""
    order = np.lexsort((holders, hashes))
    ends = np.flatnonzero(np.diff(hashes[order])) + 1
    groups = (group.tolist() for group in np.split(holders[order], ends) if 1 < len(group) <= MOST_HOLDERS)
    shared = Counter(pair for group in groups for pair in combinations(group, 2))
    return sorted(pair for pair, count in shared.items() if count >= SHARED_PAIRS)


def _counts(a: Wording, local: Local, common: frozenset[str], apart: int) -> bool:
    """Say whether what two sentences share is more than names, formulas and their common matter (rules 2 and 3)."""
    same = {a.forms[number] for number, _ in local.same}
    own = {form for form in same - common - frequent() if form[:1] not in "@#"}
    times = 2 if apart > FAR_DAYS else 1
    return len(same) >= LEAST * times and len(own) >= LEAST_OWN * times


def _apart(one: Document, other: Document) -> int:
    return days_between(days_of(None, one.published), days_of(None, other.published))


def _shown(known: Iterable[Copy]) -> dict[tuple[str, str], list[Pair]]:
    """Return the pairs of passages that copies of statements show, by documents, in either order."""
    shown: dict[tuple[str, str], list[Pair]] = {}
    for copy in known:
        shown.setdefault((min(copy.documents), max(copy.documents)), []).extend(copy.pairs)
    return shown


def _copy(
    state: State,
    one: Document,
    other: Document,
    found: list[tuple[Wording, Wording, Local]],
    shown: dict[tuple[str, str], list[Pair]],
) -> Copy | None:
    ident = copy_id(one.id, other.id)
    pairs = [_pair(a, b, local) for a, b, local in found]
    known = shown.get((min(one.id, other.id), max(one.id, other.id)), [])
    kept = tuple(pair for pair in pairs if not any(_covers(seen, pair) for seen in known))
    if not kept or ident in state.refused:
        return None
    ordered = tuple(sorted(kept, key=lambda pair: (pair.one.start, pair.other.start)))
    first = first_of(state, one.id, other.id)
    return Copy(id=ident, documents=(one.id, other.id), pairs=ordered, first=first, why=(WHY,), method=METHOD)


def _pair(a: Wording, b: Wording, local: Local) -> Pair:
    one, other = a.part(*local.one), b.part(*local.other)
    words = sum(map(is_telling, one.forms)) + sum(map(is_telling, other.forms))
    share = 2 * len(local.same) / words
    return Pair(
        one=one.passage,
        other=other.passage,
        how="same wording" if share >= SAME else "reworded",
        likely_ppm=min(round(share * 1_000_000), 1_000_000),
        runs=align(one, other),
    )


def _covers(seen: Pair, pair: Pair) -> bool:
    straight = _overlap(seen.one, pair.one) and _overlap(seen.other, pair.other)
    return straight or (_overlap(seen.one, pair.other) and _overlap(seen.other, pair.one))


def _overlap(seen: Passage, passage: Passage) -> bool:
    common = min(seen.end, passage.end) - max(seen.start, passage.start)
    return seen.document == passage.document and common >= OVERLAP * (passage.end - passage.start)
