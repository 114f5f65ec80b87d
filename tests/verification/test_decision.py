"""How marks add up: rules D1 to D9. The order of marks never matters, and silence never counts for anything."""

from __future__ import annotations

from itertools import permutations, product

import pytest

from tasdiq.verification import clocks
from tasdiq.verification.decision import decide_part
from verification.play import START, Play, under

ALL = ("kes", "vor", "med", "two")


def outcome(play: Play, part: str = "occurrence") -> str:
    """Return what a part has come to as of now."""
    return dict(play.finding().decided).get(part, "open")


def test_d1_observers_and_the_recused_decide_nothing() -> None:
    """A majority is counted without them; a mediator who left after concurring no longer carries it."""
    play = Play(under(decision="majority with mediator")).heard()
    play.marks({"kes": "concurs", "obs": "concurs", "med": "concurs"})
    play.recuse("med", "med")
    play.recuse("two", "two")
    play.mark("vor", "dissents")
    assert outcome(play.later(days=14)) == "no common finding"


@pytest.mark.parametrize("silent", ["kes", "vor"])
@pytest.mark.parametrize("rule", ["consensus", "majority with mediator", "chair"])
def test_d2_a_party_that_is_silent_keeps_the_part_open(rule: str, silent: str) -> None:
    """While the period runs nothing is decided over it, whatever the rule."""
    play = Play(under(decision=rule)).heard()
    play.marks({who: "concurs" for who in ALL if who != silent})
    assert (outcome(play), play.finding().decision) == ("open", "draft")
    assert outcome(play.later(days=13)) == "open"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [("consensus", "no common finding"), ("majority with mediator", "carried"), ("chair", "carried")],
)
def test_d8_at_the_end_of_the_period_the_silent_did_not_concur(rule: str, expected: str) -> None:
    """Consensus fails; a majority that is one without the silent party, and the chair, carry. It is never counted for."""
    for silent in ("kes", "vor"):
        play = Play(under(decision=rule)).heard()
        play.marks({who: "concurs" for who in ALL if who != silent})
        ends = clocks.signing_ends(play.docket.charter, play.case, play.finding())
        play.later(days=14)
        assert outcome(play) == expected
        finding = play.finding()
        assert (finding.decided_by, finding.decided_at) == ("end of the signing period", ends)
        assert silent not in {mark.member for mark in finding.signatures}


@pytest.mark.parametrize("rule", ["consensus", "majority with mediator", "chair"])
def test_d8_nobody_marked_nothing_is_carried(rule: str) -> None:
    """Whatever the rule."""
    assert outcome(Play(under(decision=rule)).heard().later(days=14)) == "no common finding"


@pytest.mark.parametrize("rule", ["majority with mediator", "chair"])
def test_d7_nothing_is_decided_before_the_mediators_mark_the_rule_needs(rule: str) -> None:
    """Both parties' marks are not enough, whichever way they go; at the end of the period they carry nothing."""
    for mark in ("concurs", "dissents"):
        play = Play(under(decision=rule)).heard().marks({"kes": mark, "vor": mark, "obs": mark})  # type: ignore[dict-item]
        assert outcome(play) == "open"
        assert outcome(play.later(days=14)) == "no common finding"


def test_d7_without_the_quorum_nothing_is_carried() -> None:
    """Open while the period runs, even where the rule alone would carry it; no common finding at its end."""
    play = Play(under(decision="chair", quorum=5)).heard().marks(dict.fromkeys(ALL, "concurs"))
    assert outcome(play) == "open"
    late = Play(under(decision="chair", quorum=5)).heard().marks(dict.fromkeys(ALL, "concurs")).later(days=14)
    assert outcome(late) == "no common finding"
    play.mark("obs", "abstains")
    assert outcome(play) == "carried"


@pytest.mark.parametrize("rule", ["consensus", "majority with mediator", "chair"])
@pytest.mark.parametrize("dissenter", [None, *ALL])
def test_d7_the_order_of_marks_changes_nothing(rule: str, dissenter: str | None) -> None:
    """Every order of four members' marks comes to the same outcome."""
    outcomes = set()
    for order in permutations(ALL):
        play = Play(under(decision=rule)).heard()
        play.marks({who: "dissents" if who == dissenter else "concurs" for who in order})
        outcomes.add((outcome(play), play.finding().decision))
    assert len(outcomes) == 1


def test_d5_when_the_chair_is_recused_the_next_mediator_takes_it() -> None:
    """And the mark of the one who left counts no more."""
    play = Play(under(decision="chair")).heard()
    play.mark("med", "concurs")
    play.recuse("med", "med")
    play.marks({"kes": "concurs", "vor": "concurs"})
    assert outcome(play) == "open"
    play.mark("two", "dissents")
    assert outcome(play) == "no common finding"


def test_d6_parts_that_are_not_examined_ask_for_no_marks() -> None:
    """Access denied, signed by all under the occurrence, is a signed finding."""
    play = Play().begun()
    play.ask()
    play.answer("denied")
    play.draft(occurrence="access denied")
    for party in ("kes", "vor"):
        play.notify(party)
        play.respond(party)
    play.marks(dict.fromkeys(ALL, "concurs"))
    finding = play.finding()
    assert (finding.decision, finding.parts[0].outcome) == ("signed", "access denied")
    assert dict(finding.decided)["breach"] == "not examined"


def test_d9_a_decision_names_the_time_of_the_mark_that_made_it() -> None:
    """And that marks made it."""
    play = Play().heard().later(days=2).marks(dict.fromkeys(ALL, "concurs"))
    assert (play.finding().decided_at, play.finding().decided_by) == (clocks.after(START, days=2), "marks")


def test_parts_are_decided_each_by_itself() -> None:
    """Occurrence carried, breach not: the finding as a whole is no common one, and says so part by part."""
    play = Play().heard(responsibility="Vorland", breach="breach")
    play.marks(dict.fromkeys(ALL, "concurs"), "occurrence", "responsibility")
    assert play.finding().decision == "draft"
    play.marks({"kes": "concurs", "vor": "dissents", "med": "concurs", "two": "abstains"}, "breach")
    assert dict(play.finding().decided) == {
        "occurrence": "carried",
        "responsibility": "carried",
        "breach": "no common finding",
    }
    assert (play.finding().decision, play.case.stage) == ("no common finding", "decided")


def test_d7_a_recusal_can_be_what_a_decision_waited_for() -> None:
    """Both parties and one mediator concurred; when the other leaves, nobody is left to wait for."""
    play = Play().heard().marks({"kes": "concurs", "vor": "concurs", "med": "concurs"})
    assert play.finding().decision == "draft"
    play.later(hours=5).recuse("two", "two")
    assert (play.finding().decision, play.finding().decided_at) == ("signed", play.at)
    assert play.later(days=30).finding().decided_at != play.at


SAID = (None, "concurs", "reserves", "dissents", "abstains")


@pytest.mark.parametrize("rule", ["consensus", "majority with mediator", "chair"])
@pytest.mark.parametrize("quorum", [0, 4])
@pytest.mark.parametrize("over", [False, True])
def test_d2_to_d8_every_way_four_members_can_mark(rule: str, quorum: int, over: bool) -> None:
    """All 625 ways, held against the rules in plain words; with the parties exchanged each comes to the same."""
    charter = under(decision=rule, quorum=quorum)
    play = Play(charter)
    play.open()
    for given in product(SAID, repeat=4):
        marks = {who: mark for who, mark in zip(ALL, given, strict=True) if mark}
        found = decide_part(charter, play.case, marks, over=over)  # type: ignore[arg-type]
        assert found == _expected(rule, quorum, marks, over), (marks, found)
        exchanged = {{"kes": "vor", "vor": "kes"}.get(who, who): mark for who, mark in marks.items()}
        assert decide_part(charter, play.case, exchanged, over=over) == found  # type: ignore[arg-type]


def _expected(rule: str, quorum: int, marks: dict[str, str], over: bool) -> str:
    """Say by the rules' words what a part comes to."""
    agree = {who for who, mark in marks.items() if mark in ("concurs", "reserves")}
    against = {who for who, mark in marks.items() if mark == "dissents"}
    silent = set(ALL) - set(marks)
    if rule == "consensus":
        carried = {"kes", "vor"} <= agree and not against & {"med", "two"}
        lost = bool({"kes", "vor"} - agree - silent) or bool(against & {"med", "two"})
        settled = lost or (carried and not silent)
        needed = True
    elif rule == "majority with mediator":
        carried = len(agree) >= 3 and bool(agree & {"med", "two"})
        could = len(agree | silent) >= 3 and bool((agree | silent) & {"med", "two"})
        settled = carried or not could
        needed = bool(set(marks) & {"med", "two"})
    else:
        carried = "med" in agree
        settled = needed = "med" in marks
    there = len(marks) >= quorum and needed
    if over:
        return "carried" if carried and there else "no common finding"
    if not there or not settled or silent & {"kes", "vor"}:
        return "open"
    return "carried" if carried else "no common finding"
