"""The stretch in which two wordings align best, by their telling words in order (after Smith and Waterman, 1981).

Common words neither count nor break the stretch. The same word scores 1, one of its meaning `ALIKE`; another word in its place
costs `OTHER`, one left out `LEFT_OUT`.
"""

from __future__ import annotations

from dataclasses import dataclass

from .words import Wording, is_telling

ALIKE, OTHER, LEFT_OUT = 0.8, -0.45, -0.3


@dataclass(frozen=True)
class Local:
    """The best stretch: first and last word (by number) in either wording, and the pairs of words that are alike."""

    one: tuple[int, int]
    other: tuple[int, int]
    same: tuple[tuple[int, int], ...]


def align_locally(a: Wording, b: Wording) -> Local | None:
    """Return the best stretch two wordings share, None if they have no telling word in common."""
    ones = [number for number, form in enumerate(a.forms) if is_telling(form)]
    others = [number for number, form in enumerate(b.forms) if is_telling(form)]
    table, best = _fill(a, b, ones, others)
    if best == (0, 0):
        return None
    same = tuple(reversed([(ones[i], others[j]) for i, j in _trace(a, b, ones, others, table, best)]))
    return Local((same[0][0], same[-1][0]), (same[0][1], same[-1][1]), same)


def _score(a: Wording, b: Wording, one: int, other: int) -> float:
    if a.forms[one] == b.forms[other]:
        return 1.0
    return ALIKE if a.groups[one] == b.groups[other] else OTHER


def _fill(a: Wording, b: Wording, ones: list[int], others: list[int]) -> tuple[list[list[float]], tuple[int, int]]:
    table = [[0.0] * (len(others) + 1) for _ in range(len(ones) + 1)]
    highest, best = 0.0, (0, 0)
    for i, one in enumerate(ones, 1):
        row, above = table[i], table[i - 1]
        for j, other in enumerate(others, 1):
            reached = max(above[j - 1] + _score(a, b, one, other), above[j] + LEFT_OUT, row[j - 1] + LEFT_OUT)
            if reached > 0:
                row[j] = reached
                if reached > highest:
                    highest, best = reached, (i, j)
    return table, best


def _trace(
    a: Wording, b: Wording, ones: list[int], others: list[int], table: list[list[float]], best: tuple[int, int]
) -> list[tuple[int, int]]:
    """Return the words that are alike on the way back from the best place, the last first."""
    i, j = best
    same = []
    while i and j and table[i][j] > 0:
        score = _score(a, b, ones[i - 1], others[j - 1])
        if abs(table[i][j] - table[i - 1][j - 1] - score) < 1e-9:
            if score > 0:
                same.append((i - 1, j - 1))
            i, j = i - 1, j - 1
        elif abs(table[i][j] - table[i - 1][j] - LEFT_OUT) < 1e-9:
            i -= 1
        else:
            j -= 1
    return same
