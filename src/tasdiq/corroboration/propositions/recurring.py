"""Statements that fit no frame: grouped where their words recur, or where a rejection answers them.

No words are invented for anybody: the wording names the speaker and leads to the passage. Candidates are found by shared rare
words of the same speaker, so that cost follows repetition and not the square of the number of statements; likeness is rapidfuzz's
token-set ratio of stems, 0 to 100.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz

from tasdiq.model.proposition import Holding, Proposition
from tasdiq.model.state import State
from tasdiq.model.statement import Statement

from .bearing import Bearings
from .denial import Unframed
from .mentions import Names
from .reading import Line

METHOD = "propositions/recurring 1"
LIKENESS = 80
FEWEST_WORDS = 5
_RARE = 4
_MOST_TOGETHER = 200


def answered(state: State, unframed: Iterable[Unframed]) -> list[Proposition]:
    """Return a proposition for each claim without a frame that a rejection answers."""
    by_claim: dict[str, tuple[Statement, dict[str, Holding]]] = {}
    for item in unframed:
        claim, rejection = item.claim, item.rejection
        start = {claim.id: Holding(statement=claim.id, stance="asserts", why="the claim itself")}
        held = by_claim.setdefault(claim.id, (claim, start))[1]
        held[rejection.id] = Holding(
            statement=rejection.id, stance="denies", why="rejects the claim told in the same sentence", answers=claim.id
        )
    return [_named(state, claim, "claim", held.values()) for claim, held in by_claim.values()]


def recurring(state: State, names: Names, bearings: Bearings) -> list[Proposition]:
    """Return a proposition for each set of like statements of one party's speaker in at least two documents."""
    loose = [line for line in bearings.lines.values() if _loose(line, names, bearings)]
    groups = [group for group in _groups(loose) if len({line.statement.document for line in group}) > 1]
    return [_repeated(state, group) for group in groups]


def _loose(line: Line, names: Names, bearings: Bearings) -> bool:
    known = line.party in names.parties and not bearings.of.get(line.statement.id)
    return known and len(_words(line)) >= FEWEST_WORDS


def _words(line: Line) -> list[str]:
    return [word for word in line.said if len(word) > 3]


def _groups(lines: list[Line]) -> Iterator[list[Line]]:
    """Join lines with a like one before them, found by their rarest words."""
    often = Counter(word for line in lines for word in set(_words(line)))
    at: dict[tuple[str | None, str], list[int]] = {}
    group_of: dict[int, int] = {}
    for number, line in enumerate(lines):
        keys = [(line.party, w) for w in sorted(set(_words(line)), key=lambda w: (often[w], w)) if often[w] > 1][:_RARE]
        near = sorted({n for key in keys for n in at.get(key, ())[-_MOST_TOGETHER:]})
        alike = next((n for n in near if _alike(lines[n], line)), number)
        group_of[number] = group_of.get(alike, alike)
        for key in keys:
            at.setdefault(key, []).append(number)
    groups: dict[int, list[Line]] = {}
    for number, group in group_of.items():
        groups.setdefault(group, []).append(lines[number])
    yield from groups.values()


def _alike(a: Line, b: Line) -> bool:
    return fuzz.token_sort_ratio(" ".join(_words(a)), " ".join(_words(b))) >= LIKENESS


def _repeated(state: State, group: list[Line]) -> Proposition:
    held = [
        Holding(
            statement=line.statement.id,
            stance="denies" if line.statement.act in ("denies", "rejects") else "asserts",
            why="the same words recur in several documents",
        )
        for line in group
    ]
    return _named(state, group[0].statement, "statement", held)


def _named(state: State, first: Statement, kind: str, holdings: Iterable[Holding]) -> Proposition:
    actor = state.actors.get(first.speaker or first.party or "")
    name = actor.name if actor else "a speaker"
    ident = hashlib.sha256(first.id.encode()).hexdigest()[:8]
    title = f"{kind.capitalize()} by {name}, without a neutral wording yet: see the passage"
    slots = (("passage", first.id),)
    return Proposition(
        id=f"p-{kind}-{ident}", wording=title, topic="other statements", frame="", slots=slots,
        holdings=tuple(holdings), method=METHOD,
    )  # fmt: skip
