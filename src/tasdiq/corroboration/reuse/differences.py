"""Two wordings side by side, word by word: what is the same, what is put otherwise, what stands in one alone.

Rules:

1. Words are aligned in their order by equal forms. What lies between two aligned words is put *otherwise* where both have
   something there, else it stands *only* in one.
2. Stretches parted by a single common word are one.
3. `differences` lists the stretches in which telling words differ, and only where the wordings align at all (`ALIGNED`).
"""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import Indel

from tasdiq.model.document import Passage, Span
from tasdiq.model.proposition import Difference
from tasdiq.model.reuse import Run

from .words import Wording, is_telling

ALIGNED = 0.5
MOST_WORDS = 12

Gap = tuple[range, range]


def align(one: Wording, other: Wording) -> tuple[Run, ...]:
    """Return both wordings as runs in their order: the same, put otherwise, or only in one (rules 1 and 2)."""
    runs, left, right = [], 0, 0
    for gap in [*_gaps(one, other), (_end(one), _end(other))]:
        if left < gap[0].start:
            runs.append(_run("same", one, range(left, gap[0].start), other, range(right, gap[1].start)))
        if gap[0] or gap[1]:
            kind = "otherwise" if gap[0] and gap[1] else "only one" if gap[0] else "only other"
            runs.append(_run(kind, one, gap[0], other, gap[1]))
        left, right = gap[0].stop, gap[1].stop
    return tuple(runs)


def _end(wording: Wording) -> range:
    return range(len(wording.forms), len(wording.forms))


def differences(one: Wording, other: Wording) -> list[Difference]:
    """List where two aligned wordings differ, word by word; empty where they do not align (rule 3)."""
    if Indel.normalized_similarity(one.forms, other.forms) < ALIGNED:
        return []
    found = []
    for left, right in _gaps(one, other):
        if not (_matters(one, left) or _matters(other, right)):
            continue
        words = (_words(one, left), _words(other, right))
        passages = tuple(p for p in (_passage(one, left), _passage(other, right)) if p is not None)
        if passages and any(words):
            found.append(Difference(passages=passages, words=words))
    return found


def _gaps(one: Wording, other: Wording) -> list[Gap]:
    """Return the unaligned stretches of both sequences, those parted by a single common word as one."""
    gaps: list[Gap] = []
    for left, right in _apart(one, other):
        if gaps and _joined(one, gaps[-1][0], left) and right.start - gaps[-1][1].stop <= 1:
            left, right = range(gaps[-1][0].start, left.stop), range(gaps[-1][1].start, right.stop)
            gaps.pop()
        gaps.append((left, right))
    return gaps


def _apart(one: Wording, other: Wording) -> Iterator[Gap]:
    """Yield the stretches between equal forms, deletion and insertion beside each other as one."""
    held: Gap | None = None
    for code in Indel.opcodes(one.keys, other.keys):
        if code.tag == "equal":
            if held:
                yield held
            held = None
            continue
        left, right = range(code.src_start, code.src_end), range(code.dest_start, code.dest_end)
        held = (range(held[0].start, left.stop), range(held[1].start, right.stop)) if held else (left, right)
    if held:
        yield held


def _joined(wording: Wording, before: range, after: range) -> bool:
    between = wording.forms[before.stop : after.start]
    return len(between) <= 1 and not any(map(is_telling, between))


def _matters(wording: Wording, stretch: range) -> bool:
    return any(is_telling(wording.forms[number]) for number in stretch)


def _run(kind: str, one: Wording, left: range, other: Wording, right: range) -> Run:
    return Run(kind=kind, one=_span(one, left), other=_span(other, right))  # type: ignore[arg-type]


def _span(wording: Wording, stretch: range) -> Span | None:
    return Span(start=wording.token(stretch[0]).start, end=wording.token(stretch[-1]).end) if stretch else None


def _words(wording: Wording, stretch: range) -> str:
    texts = [wording.words(number) for number in stretch]
    return " ".join(texts[:MOST_WORDS]) + (" …" if len(texts) > MOST_WORDS else "")


def _passage(wording: Wording, stretch: range) -> Passage | None:
    """Return where a stretch stands; where nothing stands in its place, the word before it."""
    if not wording.forms:
        return None
    first, last = (stretch[0], stretch[-1]) if stretch else (max(stretch.start - 1, 0),) * 2
    return Passage(document=wording.document, start=wording.token(first).start, end=wording.token(last).end)
