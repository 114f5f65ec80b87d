"""Access asked, answered and refused: rules P2 and P5."""

from __future__ import annotations

from typing import Any

import pytest

from tasdiq.errors import MissingError, ProcedureError, RoleError
from verification.play import Play


def test_p2_a_team_is_there_to_go() -> None:
    """Under the full procedure access is asked for a team."""
    play = Play()
    play.open()
    with pytest.raises(ProcedureError, match="P2"):
        play.ask()
    play.competent()
    with pytest.raises(ProcedureError, match="a team comes first"):
        play.ask()


@pytest.mark.parametrize(
    "asked",
    [
        {"of": "zzz"},
        {"place": "  "},
        {"ident": "case-1"},
        {"answer": "granted"},
        {"answered_at": "2031-03-01T12:00:00Z"},
    ],
)
def test_p2_a_request_is_bare_and_asks_a_member(asked: dict[str, Any]) -> None:
    """Nobody to ask, no place, an id in use, an answer brought along: each is refused."""
    with pytest.raises(ProcedureError, match="P2"):
        Play().begun().ask(**asked)


def test_p2_the_member_that_was_asked_answers_as_often_as_things_change() -> None:
    """Another's answer is refused; denied twice and then granted, all three stand."""
    play = Play().begun()
    play.ask()
    with pytest.raises(RoleError, match="P2"):
        play.answer("granted", by="kes")
    with pytest.raises(MissingError, match="no access request"):
        play.answer("granted", ident="access-9")
    with pytest.raises(ProcedureError, match="P2"):
        play.answer("perhaps")
    for said in ("denied", "denied", "granted"):
        play.later(hours=1).answer(said, reason="mines")
    request = play.case.access[0]
    assert [item.answer for item in request.answers] == ["denied", "denied", "granted"]
    assert (request.answer, request.asked_by) == ("granted", "med")


def test_p2_a_delay_may_name_its_end() -> None:
    """An end in the past, or with another answer, is refused; the clock runs until it."""
    play = Play().begun()
    play.ask()
    for said, until in (("delayed", "2031-02-01T12:00:00Z"), ("granted", "2031-03-05T12:00:00Z")):
        with pytest.raises(ProcedureError, match="P2"):
            play.answer(said, until=until)
    assert play.answer("delayed", until="2031-03-09T12:00:00Z").access[0].due == "2031-03-09T12:00:00Z"


def test_p5_access_denied_is_an_outcome_of_its_own() -> None:
    """After a denial it can be found, and says nothing about what happened: the other parts stay unexamined."""
    play = Play().begun()
    with pytest.raises(ProcedureError, match="P5"):
        play.draft(occurrence="access denied")
    play.ask()
    play.answer("denied", reason="a military area")
    with pytest.raises(ProcedureError, match="P6"):
        play.draft(occurrence="access denied", responsibility="Vorland")
    play.draft(occurrence="access denied")


def test_p5_silence_and_delay_count_when_their_days_are_over() -> None:
    """Before, neither is a denial; a delay runs until the day it named."""
    silent, delayed = Play().begun(), Play().begun()
    silent.ask()
    delayed.ask()
    delayed.answer("delayed", until="2031-03-09T12:00:00Z")
    for play in (silent.later(days=2), delayed.later(days=7)):
        with pytest.raises(ProcedureError, match="P5"):
            play.draft(occurrence="access denied")
    silent.later(days=1).draft(occurrence="access denied")
    delayed.later(days=1).draft(occurrence="access denied")


def test_p5_a_later_grant_for_the_same_place_ends_the_denial() -> None:
    """Denied, asked again and granted: access was had; another place that stays denied still counts."""
    play = Play().begun()
    play.ask("access-1")
    play.answer("denied")
    play.ask("access-2", place="The ford ")
    play.answer("granted", ident="access-2")
    with pytest.raises(ProcedureError, match="P5"):
        play.draft(occurrence="access denied")
    play.ask("access-3", place="the mill")
    play.answer("denied", ident="access-3")
    play.draft(occurrence="access denied")
