"""What of the talks is public: sealed things are left out of state, conduct and what is due (G6, G11, M8, L8)."""

from __future__ import annotations

from typing import Any

import msgspec

from talks.table import Talk
from tasdiq import timing
from tasdiq.model.state import State
from tasdiq.model.value import to_plain


def public(talk: Talk) -> State:
    """Return the state as anybody may see it now."""
    return timing.in_public(talk.state, talk.at)


def words(state: State) -> str:
    """Return everything a state's talks say, with what was derived from them."""
    held = state.talks
    parts: list[dict[str, Any]] = [
        held.agreements,
        held.commitments,
        held.measures,
        held.meetings,
        held.calls,
        state.conduct,
        state.progress,
    ]
    return str([to_plain(value) for part in parts for value in part.values()]) + str(to_plain(state.upcoming))


def test_g6_nothing_of_a_sealed_agreement_is_public() -> None:
    """Neither it nor what stands under it, nor that anything is due."""
    talk = Talk()
    talk.agree(sealed=True, title="A secret truce")
    talk.commit(text="Secret trucks", until="2031-04-01")
    talk.word("vor")
    talk.figure("kes", 7, "2031-03-01")
    found = words(public(talk))
    assert "ecret" not in found and "trucks" not in found
    assert "trucks" in words(talk.now)


def test_g11_sealed_figures_and_measures_are_not_counted_in_public() -> None:
    """The members' count has them; the public one does not, and says that days have no figure."""
    talk = Talk().agreed().later(days=2)
    talk.figure("kes", 10, "2031-03-01")
    talk.figure("kes", 13, "2031-03-02", sealed=True)
    talk.claim(sealed=True)
    assert [count.total for count in talk.now.progress["trucks"].counts] == [23, 23]
    shown = public(talk)
    assert [(count.total, count.result) for count in shown.progress["trucks"].counts] == [(10, "not known")] * 2
    assert not shown.talks.measures


def test_l8_calls_and_their_arrangements_are_nowhere_in_public() -> None:
    """Nor what is due for them."""
    talk = Talk()
    talk.call()
    found = words(public(talk))
    assert "ford" not in found and "call-1" not in found
    assert "call-1" in words(talk.now)


def test_m8_only_opened_lines_are_public_and_numbered_anew() -> None:
    """How many lines there are besides, who came, and what was not agreed stay with the members."""
    talk = Talk()
    talk.hold()
    talk.name("kes", "Mira Haldon")
    talk.line("A refused line.")
    talk.mark("kes", "own wording", text="A wording of our own.")
    talk.line("The bridge opens.", ident="line-2")
    talk.mark("kes", "not agreed", "line-2", "Not today.")
    for party in ("kes", "vor"):
        talk.mark(party, line="line-2")
    assert "round" not in public(talk).talks.meetings
    for party in ("kes", "vor"):
        talk.open(party)
    shown = public(talk)
    (line,) = shown.talks.meetings["round"].lines
    assert (line.text, line.number, [item.answer for item in line.answers]) == ("The bridge opens.", 1, ["agreed"] * 2)
    assert list(shown.talks.where) == ["line-2"]
    for hidden in ("Mira", "refused", "wording of our own", "Not today"):
        assert hidden not in words(shown)


def test_a_snapshot_does_not_change_with_what_is_folded_later() -> None:
    """`Talks.copy` gives dicts of its own."""
    talk = Talk()
    before = talk.state.talks.copy()
    talk.agree()
    assert "truce" not in before.agreements and "truce" in talk.state.talks.agreements
    assert msgspec.json.encode(before.commitments["c1"]) == msgspec.json.encode(talk.state.talks.commitments["c1"])
