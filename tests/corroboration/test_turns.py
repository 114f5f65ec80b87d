"""What each party held over time. Tests are named for the rules of `turns`."""

from __future__ import annotations

import pytest

from corroboration.speeches import Said, narrated, record, told
from tasdiq.corroboration import positions, propositions
from tasdiq.model.proposition import Row
from tasdiq.model.state import State

ASSERTS = Said("kes", "Kestria", "said", "the ceasefire was holding")
DENIES = Said("kes", "Kestria", "said", "the ceasefire had collapsed")
OTHER = Said("vor", "Vorland", "said", "the ceasefire was holding")


def row(state: State) -> Row:
    """Return the row of the ceasefire's holding."""
    state.propositions = {item.id: item for item in propositions.frame(state)}
    state.positions = positions.propose(state)
    return next(row for row in positions.tabulate(state) if "holding" in row.proposition)


def over_time(state: State) -> list[tuple[str, str, str, str]]:
    """Return party, stance, first and last day of each turn."""
    found = row(state).turns
    return [(t.party, t.stance, *(when.key if when else "" for when in (t.first, t.last))) for t in found]


DAYS = ("2031-04-01", "2031-04-03", "2031-04-05", "2031-04-09")


def test_rule_8_asserted_denied_and_asserted_again() -> None:
    """A party that comes back to its first stance has three turns; the other party's stand between them."""
    state = record([ASSERTS], [OTHER, ASSERTS], [DENIES], [ASSERTS], days=DAYS)
    assert over_time(state) == [
        ("kes", "asserts", "2031-04-01", "2031-04-03"),
        ("vor", "asserts", "2031-04-03", "2031-04-03"),
        ("kes", "denies", "2031-04-05", "2031-04-05"),
        ("kes", "asserts", "2031-04-09", "2031-04-09"),
    ]


def test_rule_8_only_own_voice_has_turns() -> None:
    """What the other party or an outlet tells of it is no turn."""
    hearsay = told("kes", "Kestria", "said", "the ceasefire had collapsed", by="vor")
    state = record([ASSERTS], [hearsay], [narrated("The ceasefire collapsed")], days=DAYS)
    assert [(party, stance) for party, stance, *_ in over_time(state)] == [("kes", "asserts")]


@pytest.mark.parametrize("days", [("2031-04-01", "2031-04-01", "2031-04-05"), ("", "", "2031-04-05")])
def test_rule_9_what_has_one_time_or_none_stands_side_by_side(days: tuple[str, ...]) -> None:
    """It is not known which came first; turns without a time stand last."""
    found = over_time(record([ASSERTS], [DENIES], [ASSERTS], days=days))
    assert {(stance, first) for _, stance, first, _ in found} == {
        ("asserts", days[0]),
        ("denies", days[0]),
        ("asserts", days[2]),
    }
    assert found[-1][2] == (days[2] if days[0] else "")


def test_exchanging_the_parties_exchanges_their_turns() -> None:
    """Nothing depends on who a party is."""
    state = record([ASSERTS], [DENIES], days=DAYS)
    swapped = record(*([Said("vor", "Vorland", said.cue, said.content)] for said in (ASSERTS, DENIES)), days=DAYS)
    assert [turn[1:] for turn in over_time(state)] == [turn[1:] for turn in over_time(swapped)]
