"""Sessions and their minutes, line by line: rules M1 to M8."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from talks.table import TALKS_CHARTER, Talk
from tasdiq.errors import MissingError, ProcedureError, RoleError
from tasdiq.model.meeting import Translation
from tasdiq.talks.minutes import text_sha256


@pytest.fixture
def talk() -> Talk:
    """A table with a session that was held."""
    talk = Talk()
    talk.hold()
    return talk


@pytest.mark.parametrize("by", ["kes", "vor", "obs"])
def test_m1_a_session_is_recorded_by_a_mediator(by: str) -> None:
    """Where there is none in the charter, by any seat."""
    with pytest.raises(RoleError, match="M1"):
        Talk().hold(by)
    alone = Talk(msgspec.structs.replace(TALKS_CHARTER, mediators=()))
    alone.hold(by, mediators=())
    assert alone.state.talks.meetings["round"].parties == ("kes", "vor")


@pytest.mark.parametrize(
    "changed",
    [
        {"ident": "truce talks"},
        {"title": ""},
        {"place": " "},
        {"start": ""},
        {"start": "2031-03-02T12:00:00Z"},
        {"start": "2031-03-01T11:00:00Z", "end": "2031-03-01T10:00:00Z"},
        {"parties": ("kes", "nla")},
        {"mediators": ("obs",)},
        {"languages": ("English",), "authentic": "English"},
        {"authentic": "ps"},
        {"languages": (), "authentic": ""},
    ],
    ids=str,
)
def test_m1_it_says_where_when_between_whom_and_in_which_languages(changed: dict[str, Any]) -> None:
    """Each misfit is refused."""
    with pytest.raises(ProcedureError, match="M1"):
        Talk().hold(**changed)


def test_m2_a_delegation_is_named_by_its_own_party(talk: Talk) -> None:
    """No mediator names one; a later naming stands in place of the earlier one."""
    with pytest.raises(RoleError, match="M2"):
        talk.name("med")
    with pytest.raises(ProcedureError, match="M2"):
        talk.name("kes", " ")
    with pytest.raises(MissingError, match="no session"):
        talk.name("kes", session="other")
    talk.name("kes")
    talk.name("vor", "Orlan Teves")
    talk.name("kes", "Mira Haldon")
    assert {d.party: d.head.name for d in talk.state.talks.meetings["round"].delegations} == {
        "kes": "Mira Haldon",
        "vor": "Orlan Teves",
    }


def test_m2_a_party_that_did_not_come_names_none() -> None:
    """Nor does it mark lines."""
    talk = Talk()
    talk.hold(parties=("kes",))
    talk.line()
    for step in (talk.name, talk.mark):
        with pytest.raises(RoleError, match=r"M2|M4"):
            step("vor")


@pytest.mark.parametrize("by", ["kes", "vor", "obs", "two"])
def test_m3_lines_come_from_who_keeps_the_minutes(talk: Talk, by: str) -> None:
    """Not from a delegation, nor from a mediator who did not sit there."""
    with pytest.raises(RoleError, match="M3"):
        talk.line(by=by)


@pytest.mark.parametrize(
    "changed",
    [
        {"text": " "},
        {"ident": "round"},
        {"translations": (Translation(language="en", text="x"),)},
        {"translations": (Translation(language="ps", text="x"),)},
        {"translations": (Translation(language="ur", text="x"),) * 2},
    ],
    ids=str,
)
def test_m3_a_line_is_in_words_and_in_the_sessions_languages(talk: Talk, changed: dict[str, Any]) -> None:
    """Each misfit is refused; lines are numbered in their order."""
    with pytest.raises(ProcedureError, match="M3"):
        talk.line(**changed)
    talk.line()
    talk.line(ident="line-2")
    assert [line.number for line in talk.state.talks.meetings["round"].lines] == [1, 2]
    with pytest.raises(ProcedureError, match="M3"):
        talk.line(ident="line-2")


@pytest.mark.parametrize("by", ["med", "two", "obs", "prot"])
def test_m4_nobody_answers_for_a_delegation(talk: Talk, by: str) -> None:
    """A mediator least of all."""
    talk.line()
    with pytest.raises(RoleError):
        talk.mark(by)


def test_m4_own_wording_gives_it(talk: Talk) -> None:
    """Without words it is refused; it is shown as such."""
    talk.line()
    with pytest.raises(ProcedureError, match="M4"):
        talk.mark("kes", "own wording")
    talk.mark("kes", "own wording", text="The ford opens at noon.")
    assert talk.standing() == "own wording"
    talk.mark("vor", "not agreed")
    assert talk.standing() == "not agreed"
    with pytest.raises(MissingError, match="no line"):
        talk.mark("kes", line="line-9")


@pytest.mark.parametrize("text", ["The ford opens", "The ford opens. ", "The ford opens.\n", "The fоrd opens."])
def test_m5_a_mark_is_for_the_exact_text(talk: Talk, text: str) -> None:
    """One letter, one blank or one look-alike more, and it is refused."""
    talk.line()
    with pytest.raises(ProcedureError, match="M5"):
        talk.mark("kes", sha256=text_sha256(text))
    talk.mark("kes", sha256=text_sha256("The ford opens."))


def test_m6_silence_is_not_consent(talk: Talk) -> None:
    """One mark is not enough, however long nobody says anything."""
    talk.line()
    talk.mark("kes")
    talk.later(days=365)
    assert talk.standing() == "waiting"
    assert talk.asked("vor")[-1] == "mark line 1 of First round line-1"
    talk.mark("vor", "not agreed")
    talk.mark("vor")
    assert talk.standing() == "agreed"


def test_m6_what_all_have_agreed_is_not_marked_again(talk: Talk) -> None:
    """Nobody can go back on it."""
    talk.line()
    talk.mark("kes")
    talk.mark("vor")
    with pytest.raises(ProcedureError, match="M6"):
        talk.mark("vor", "not agreed")


def test_m7_a_changed_line_is_a_new_line_with_new_marks(talk: Talk) -> None:
    """The earlier one takes no marks any more, and is replaced once."""
    talk.line()
    talk.mark("kes")
    talk.line("The ford opens at noon.", ident="line-2", replaces="line-1")
    assert (talk.standing(), talk.standing("line-2")) == ("replaced", "waiting")
    with pytest.raises(ProcedureError, match="M7"):
        talk.mark("vor")
    with pytest.raises(ProcedureError, match="M7"):
        talk.line(ident="line-3", replaces="line-1")
    with pytest.raises(MissingError, match="no line"):
        talk.line(ident="line-3", replaces="line-9")


def test_m7_an_agreed_line_is_not_replaced(talk: Talk) -> None:
    """What was agreed cannot be taken away by who writes the minutes."""
    talk.line()
    talk.mark("kes")
    talk.mark("vor")
    with pytest.raises(ProcedureError, match="M7"):
        talk.line(ident="line-2", replaces="line-1")


def test_m8_agreed_lines_open_when_every_party_says_so(talk: Talk) -> None:
    """One word is not enough; then exactly they are public, numbered anew, without delegations."""
    talk.name("kes")
    for number, answer in ((1, "not agreed"), (2, "agreed")):
        talk.line(f"Line {number}.", ident=f"line-{number}")
        talk.mark("kes", answer, f"line-{number}")
        talk.mark("vor", "agreed", f"line-{number}")
    assert not talk.state.talks.meetings["round"].opened_at
    assert talk.open("kes") == []
    assert talk.open("vor") == ["round/opened"]
    meeting = talk.state.talks.meetings["round"]
    assert [line.id for line in meeting.lines if line.opened_at] == ["line-2"]
    with pytest.raises(ProcedureError, match="M8"):
        talk.open("kes")


@pytest.mark.parametrize("by", ["med", "obs"])
def test_m8_nobody_but_the_parties_opens_minutes(talk: Talk, by: str) -> None:
    """And nothing is there to be opened while nothing is agreed."""
    talk.line()
    with pytest.raises(ProcedureError, match="M8"):
        talk.open("kes")
    talk.mark("kes")
    talk.mark("vor")
    with pytest.raises(RoleError, match="M8"):
        talk.open(by)


def test_m8_an_opening_shows_exactly_the_agreed_lines(talk: Talk) -> None:
    """One entry more or less is refused, and changes nothing."""
    talk.line()
    talk.mark("kes")
    talk.mark("vor")
    talk.open("kes")
    before = talk.state.talks.meetings["round"]
    for naming in ((), ("entry-1",), ("entry-1", "entry-2", "entry-3", "entry-4", "entry-5")):
        with pytest.raises(ProcedureError, match="M8"):
            talk.open("vor", naming=naming)
    assert talk.state.talks.meetings["round"] == before
    talk.open("vor", naming=("entry-1", "entry-2", "entry-3", "entry-4"))
    assert talk.state.talks.meetings["round"].opened_at


def test_m8_a_word_given_before_covers_nothing_that_was_agreed_since(talk: Talk) -> None:
    """Kestria wished the first line opened; the second, agreed since, needs its word again: silence opens nothing."""
    for ident in ("line-1", "line-2"):
        talk.line(f"The text of {ident}.", ident=ident)
    for party in ("kes", "vor"):
        talk.mark(party, "agreed", "line-1")
    talk.mark("kes", "agreed", "line-2")
    assert talk.open("kes") == []
    talk.mark("vor", "agreed", "line-2")
    assert talk.open("vor") == []
    assert not talk.state.talks.meetings["round"].opened_at
    assert talk.open("kes") == ["round/opened"]
