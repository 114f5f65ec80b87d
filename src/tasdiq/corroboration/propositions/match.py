"""Where frames are found in a line, and whether the words there are negated, hoped for or another's.

Rules:

1. A match is tried only where a line holds a word of every set its pattern needs (an index, so cost follows the words present).
2. Words of negation in the gaps of a match, or at most three words before it in its clause, turn it round; so do verbs such as
   "fail" and "avoid", and an object right after it that is nobody or nothing ("attacked nobody"). Two of them cancel; "neither …
   nor" is one, "not untrue" none.
3. A match after a word of wishing, demanding, supposing or obliging, in its clause, tells no fact (`unreal`).
4. A match after "X says" or "X's claim that", in the same clause, is X's (`teller`), not the speaker's.
5. A frame may overrule more general ones (`over`) where their matches overlap or nearly so.
6. A party right after a preposition is not the subject of a frame; "officials in" a capital are.
7. A clause of consequence after reported speech (", leaving the talks …") is the narrator's addition (`added`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, pairwise

from .pattern import GAP, Frame, Pattern, Table, word_class
from .reading import Line
from .words import stem

NOT = frozenset(map(stem, ("not", "no", "never", "without", "neither", "nor", "none", "nobody", "nothing")))
_NOBODY = frozenset(map(stem, ("no", "none", "nobody", "nothing")))
_BUT_COUNTED = frozenset(map(stem, ("fewer", "less", "more", "other", "longer", "doubt", "matter")))
_ONLY = frozenset(("only", "just", "merely"))
_STOPS = frozenset((";", ".", ","))
_PREPOSITIONS = frozenset(("against", "from", "with", "into", "between", "over", "inside", "through", "to", "than"))
_WINDOW = 8
_NEAR = 4
_JOINING = frozenset(("and", "but", "instead", "while", "becaus", "after", "although", "though"))


@dataclass
class Match:
    """One frame found in a line: from stem `start` to before `end`, slots filled by parties, and what surrounds it."""

    frame: Frame
    slots: dict[str, str]
    start: int
    end: int
    verb: int = 0
    line: Line = field(repr=False, kw_only=True)
    positive: bool = True
    granted: bool = False
    unreal: bool = False
    teller: str | None = None
    claimed: bool = False
    added: bool = False


def find(line: Line, frames: Table) -> list[Match]:
    """Return every match in a line, at most one for a frame, slots and start; earliest first."""
    found: dict[tuple[str, tuple[tuple[str, str], ...]], Match] = {}
    text = line.text
    for frame, pattern in _likely(line, frames):
        for hit in pattern.regex.finditer(text):
            match = _match(line, frame, pattern, hit)
            if match is None:
                continue
            key = (frame.id, tuple(sorted(match.slots.items())))
            if key not in found or _rank(match) < _rank(found[key]):
                found[key] = match
    return sorted(found.values(), key=lambda m: (m.start, -m.end, m.frame.id))


def overruled(match: Match, others: Iterable[Match]) -> bool:
    """Whether a more special frame covers the words of a match (rule 5)."""
    return any(
        match.frame.id in other.frame.over and other.start < match.end and match.start < other.end + _NEAR
        for other in others
    )


def _rank(match: Match) -> tuple[bool, bool, int, int, int]:
    """Prefer what is said over what is taken for granted, then what comes first, then the longer match."""
    return (match.granted, match.unreal, match.start, match.verb, -match.end)


def _likely(line: Line, frames: Table) -> Iterator[tuple[Frame, Pattern]]:
    seen: set[int] = set()
    kinds = line.kinds
    for word in kinds:
        for frame, pattern in frames.index.get(word, ()):
            if id(pattern) not in seen:
                seen.add(id(pattern))
                if not any(map(kinds.isdisjoint, pattern.needs)):
                    yield frame, pattern


def _match(line: Line, frame: Frame, pattern: Pattern, hit: re.Match[str]) -> Match | None:
    start, end = line.place(hit.start() + 1), line.place(hit.end())
    before = _before(line, start)
    if frame.without and any(_voids(frame, word) for word in (*before[-3:], *line.stems[start:end])):
        return None
    if line.stems[start][0] == "@" and _no_subject(frame, before):
        return None
    groups = hit.groupdict()
    slots = {name: value for name, value in groups.items() if value and not name.startswith(GAP)}
    gaps = [value.split() for name, value in groups.items() if name.startswith(GAP) and value]
    negations = _negations(_clause(before)[-3:], [word for gap in gaps for word in _clause(gap)])
    negations += _negated_object(line.stems[end : end + 2])
    match = Match(frame=frame, slots=slots, start=start, end=end, line=line, granted=pattern.granted)
    match.verb = line.place(_verb(hit, groups) + 1)
    match.positive = (negations % 2 == 0) != pattern.opposite
    unreal = word_class("UNREAL")
    match.unreal = any(word in unreal for word in (*before, *chain(*gaps))) or _not_to(
        line.stems[max(0, start - 4) : end]
    )
    match.teller, match.claimed = _teller(line, start)
    match.added = _added(line, start)
    return match


def _voids(frame: Frame, word: str) -> bool:
    return word in frame.without or (word[0] == "#" and "#" in frame.without)


def _no_subject(frame: Frame, before: list[str]) -> bool:
    """Rule 6: a party after a preposition ("against Kestria and hosted") is no subject, but "officials in Kestria" are."""
    if "by" not in frame.slots or not before:
        return False
    if before[-1] == "in":
        return not any(word in word_class("OFFICE") for word in before[-3:-1])
    return before[-1] in _PREPOSITIONS


def _verb(hit: re.Match[str], groups: dict[str, str | None]) -> int:
    """Return where the first word that is neither the subject nor in a gap begins in the line's text."""
    at = hit.start() + 1
    spans = {hit.start(name): hit.end(name) for name, value in groups.items() if value and name.startswith(GAP)}
    slots = {
        hit.start(name) - 1: hit.end(name) + 1 for name, value in groups.items() if value and not name.startswith(GAP)
    }
    while at in spans or at in slots:
        at = spans.get(at) or slots[at]
    return at - 1


def _before(line: Line, start: int) -> list[str]:
    """Return the words before a match in its clause, at most eight."""
    found: list[str] = []
    for at in range(start - 1, max(-1, start - 1 - _WINDOW), -1):
        if line.stems[at] in _STOPS:
            break
        found.append(line.stems[at])
    return found[::-1]


def _clause(words: list[str]) -> list[str]:
    """Return the words after the last conjunction: what is negated before "and instead" ends there."""
    last = max((at for at, word in enumerate(words) if word in _JOINING), default=-1)
    return words[last + 1 :]


def _negations(before: list[str], gaps: list[str]) -> int:
    """Count what negates; "without telling it, …" negates nothing beyond its comma."""
    words, negating = [*before, *gaps], word_class("NEGATING")
    count = sum(word in NOT or word in negating for word in words)
    count -= sum(word == "without" and "," in words[at:] for at, word in enumerate(words))
    count -= "neither" in words and "nor" in words
    count -= sum(a in NOT and b in word_class("FALSE") for a, b in pairwise(words))
    return count + sum((a == "yet" and b == "to") - (a in NOT and b in _ONLY) for a, b in pairwise(words))


def _negated_object(words: list[str]) -> bool:
    """Whether what follows is nobody or nothing: "attacked nobody", "closed no crossing", but not "no fewer than"."""
    return words[:1] != [] and words[0] in _NOBODY and not set(words[1:]) & _BUT_COUNTED


def _not_to(words: list[str]) -> bool:
    """Whether the words hold "not to", which asks and does not tell."""
    return any(a in NOT and b == "to" for a, b in pairwise(words))


def _added(line: Line, start: int) -> bool:
    """Rule 7: whether a match stands in a clause of consequence after what was said."""
    at = next((n for n in range(start - 1, line.content, -1) if line.stems[n] in _STOPS), 0)
    reported = line.statement.quote == "indirect" and line.statement.cue
    return bool(reported) and line.stems[at] == "," and line.stems[at + 1] in word_class("CONSEQUENCE")


def _teller(line: Line, start: int) -> tuple[str | None, bool]:
    """Rule 4: return (whose words the match stands in, whether a noun of claiming introduces it)."""
    stems, saying, claiming = line.stems, word_class("SAYING"), word_class("CLAIMING")
    claimed = False
    for at in range(start - 1, line.content - 1, -1):
        if stems[at] in _STOPS:
            break
        if stems[at] in claiming and start - at <= 6:
            claimed = True
        if stems[at] in saying or stems[at] in claiming:
            named = next((s for s in reversed(stems[max(line.content, at - 6) : at]) if s[0] == "@"), None)
            if named:
                return named[1:], claimed
    return None, claimed
