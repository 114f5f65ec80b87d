"""How near a document stands to the mouth of a statement (rules of `model.hands`)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from corroboration.spoken import said, world
from tasdiq.model.hands import AGENCY, reach
from tasdiq.model.statement import Hand

LAST = Hand(who="North News", how="quoted by", actor="outlet/north")
DORN = Hand(who="Ilse Dorn", how="told", actor="person/dorn")
ARIEL = Hand(who="Ariel TV", how="interview", actor="outlet/ariel")


@pytest.mark.parametrize(
    ("chain", "expected"),
    [
        ((DORN, LAST), "not told"),
        ((replace(DORN, how="post"), LAST), "first-hand"),
        ((replace(DORN, how="statement"), LAST), "first-hand"),
        ((replace(DORN, how="interview"), ARIEL, LAST), "second-hand"),
        ((DORN, Hand(who="a private channel", how="told"), LAST), "second-hand"),
        ((DORN, Hand(who="Delta Agency", how=AGENCY), LAST), "second-hand"),
        ((DORN, Hand(who="North News", how="interview", actor="outlet/north"), LAST), "first-hand"),
    ],
)
def test_a_chain_says_how_near_a_document_is(chain: tuple[Hand, ...], expected: str) -> None:
    """Own publications and the outlet's own interview are first-hand; another outlet or an agency between is second-hand."""
    state = world(("She said {s1:nothing new}.", {"s1": said("person/dorn", *chain)}))
    document = replace(state.documents["d0"], outlet="North News")
    assert reach(state.statements["d0.s1"], document) == expected


def test_what_another_party_tells_is_second_hand_and_narration_is_not_told() -> None:
    """Speech inside speech came through that speech; a narrator's summary says nothing of how it came."""
    state = world(
        ("It said {s1:much} and {s2:more}.", {"s1": said("kes", teller="third"), "s2": said("vor", inside="s1")})
    )
    assert reach(state.statements["d0.s1"], state.documents["d0"]) == "not told"
    assert reach(state.statements["d0.s2"], state.documents["d0"]) == "second-hand"


def test_a_document_that_is_the_speakers_post_is_first_hand() -> None:
    """A post needs no chain."""
    state = world(("{s1:Nothing new}.", {"s1": said("person/dorn", DORN, LAST)}))
    assert reach(state.statements["d0.s1"], replace(state.documents["d0"], kind="post")) == "first-hand"
