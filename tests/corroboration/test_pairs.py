"""Contradiction and agreement between two parties' statements, judged by expressed denial, negation, antonymy and act."""

from __future__ import annotations

from corroboration.pairs import AGREE, CONTRADICT, HELD, NEITHER, WORKED, Pair, said
from corroboration.speeches import record
from tasdiq.corroboration.propositions import frame

YES, NO = {"asserts", "acknowledges"}, {"denies"}
FOR, AGAINST = {"calls for", "offers", "conditions"}, {"refuses", "denies"}


def judged(pair: Pair) -> str:
    """Return what the program says of a pair: what both hold on one proposition, opposite stances first."""
    _, first, second = pair
    found = set()
    for proposition in frame(record([said("vor", first), said("kes", second)])):
        stances = [holding.stance for holding in proposition.holdings]
        if len(stances) == 2:
            found.add(_relation(*stances))
    return CONTRADICT if CONTRADICT in found else AGREE if AGREE in found else NEITHER


def _relation(one: str, other: str) -> str:
    for some, others in ((YES, NO), (FOR, AGAINST)):
        if (one in some and other in others) or (other in some and one in others):
            return CONTRADICT
    alike = any(one in kind and other in kind for kind in (YES, NO, FOR, AGAINST))
    return AGREE if alike else NEITHER


def measured(pairs: tuple[Pair, ...]) -> dict[str, tuple[int, int, int]]:
    """Return, of contradictions and agreements: how many were judged rightly, judged at all, and are there."""
    told = [(pair[0], judged(pair)) for pair in pairs]
    return {
        what: (
            sum(a == b == what for a, b in told),
            sum(b == what for _, b in told),
            sum(a == what for a, _ in told),
        )
        for what in (CONTRADICT, AGREE)
    }


def test_what_was_worked_on_is_told_apart() -> None:
    """No contradiction or agreement is made up; of what is there at most one contradiction is missed."""
    found = measured(WORKED)
    assert found == {CONTRADICT: (15, 15, 16), AGREE: (8, 8, 8)}


def test_what_was_held_back_is_told_apart() -> None:
    """Precision at least .9; four contradictions are missed, and two days at one crossing are taken for one."""
    found = measured(HELD)
    assert found[CONTRADICT][0] >= 14 and found[AGREE][0] >= 7
    assert sum(judged_so - right for right, judged_so, _ in found.values()) <= 1
