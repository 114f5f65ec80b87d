"""`tasdiq case`: every step from the shell, what `show` tells of a case, and what is due from whom."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from doors.conftest import Door
from doors.joint import CHARTER, TRUCE, Seat, found, receive
from tasdiq.mechanism import Mechanism, timestamp
from tasdiq.model import entries
from tasdiq.model.case import AccessRequest
from tasdiq.record.keys import SigningKey
from tasdiq.secretariat.founding import Home
from tasdiq.settings import Settings

RULES = CHARTER + TRUCE + "[publication]\nembargo_hours = 0\n"
HELD = ("2025-03-05T09:00:00Z", "taken by its border guard")


def ident(printed: str) -> str:
    """Return the id a command printed first."""
    return printed.split(":")[0]


class Shell:
    """A case in a joint record, one command a step."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        subject = seat.run("case", "subjects", seat.record).out.split()[0]
        alleged = ("--by", "kes", "--against", "vor", "--commitment", "no-fire", "--allegation", "Fire at Brenk")
        self.case = ident(self.do("kes", "open", "--subject", subject, *alleged))

    def do(self, member: str, step: str, *arguments: object) -> str:
        """Take a step as a member; return what was printed."""
        return self.seat.run("case", step, self.seat.record, *arguments, "--key", self.seat.key(member)).out

    def begin(self) -> None:
        """Competence, assessment, team."""
        self.do("ord", "competence", self.case, "--commitment", "no-fire", "--bearer", "vor")
        self.do("ord", "assess", self.case, "--text", "Two reports.")
        self.do("ord", "team", self.case, "--seat", "kes", "officer 1", "--seat", "vor", "officer 2")

    def show(self) -> str:
        return self.seat.run("case", "show", self.seat.record, self.case).out


@pytest.fixture
def shell(door: Door, tmp_path: Path) -> Shell:
    """A joint record with an open case."""
    seat = found(door, tmp_path, RULES)
    receive(seat)
    return Shell(seat)


def test_a_case_from_the_shell(shell: Shell, tmp_path: Path) -> None:
    """Evidence with a file, recusal of an officer, an extension by both, draft, hearing, marks, embargo, appeal, reopening."""
    photograph = tmp_path / "craters.jpg"
    photograph.write_bytes(b"\xff\xd8 craters")
    shell.begin()
    shell.do("vor", "recuse", shell.case, "--member", "vor", "--officer", "officer 2", "--reason", "A relative.")
    evidence = ident(
        shell.do(
            "kes", "submit-evidence", shell.case, "--title", "Craters", "--file", photograph, "--held", "kes", *HELD
        )
    )
    until = timestamp(datetime.now(UTC) + timedelta(days=30))
    assert "when the other parties" in shell.do("kes", "extend", shell.case, evidence, "--until", until)
    assert f"due {until} now" in shell.do("vor", "extend", shell.case, evidence, "--until", until)
    assert f"by {until} (extended by agreement)" in shell.show()
    assert hashlib.sha256(photograph.read_bytes()).hexdigest() in shell.do("vor", "acknowledge", shell.case, evidence)
    shell.do("vor", "answer-evidence", shell.case, evidence, "--answer", "disputed", "--text", "Another valley.")
    first = ident(shell.do("kes", "draft", shell.case, "--occurrence", "established", "--evidence", evidence))
    shell.do("kes", "withdraw", first, "--reason", "The wrong post.")
    finding = ident(shell.do("ord", "draft", shell.case, "--occurrence", "established", "--evidence", evidence))
    shell.do("ord", "notify", finding)
    for party in ("kes", "vor"):
        shell.do(party, "respond", finding, "--text", "Seen.")
    for member in ("kes", "vor", "ord"):
        named = (finding, "--part", "occurrence", "--mark", "concurs")
        shell.seat.run("sign", shell.seat.record, *named, "--key", shell.seat.key(member))
    shell.do("vor", "appeal", finding, "--text", "A new witness.")
    shell.do("ord", "dismiss-appeal", finding, "--by", "vor", "--text", "It was heard.")
    assert "public from now on" in shell.do("ord", "lift-embargo", finding)
    shell.do("ord", "reopen", shell.case, "--reason", "Access was granted.")
    told = shell.show()
    for words in (
        "reopened",
        "disputed: Another valley.",
        "withdrawn",
        "signed",
        "(dismissed)",
        "ord made a finding public",
    ):
        assert words in told, words
    assert "recused: officer 2 of vor" in told


def test_show_says_what_is_due_and_overdue_is_no_answer(shell: Shell) -> None:
    """Access that was asked for long ago is overdue, in words and as JSON, and has no answer still."""
    past = datetime.now(UTC) + timedelta(days=-5)
    shell.begin()
    seat, at = shell.seat, timestamp(past)
    key = SigningKey.load(seat.key("ord"), None)
    with (
        Mechanism.open(Home(seat.record), Settings(seat.base / "state"), key=key, clock=lambda: past) as mechanism,
        pytest.raises(Exception, match="T2"),
    ):
        request = AccessRequest(id="access-1", asked_of="vor", place="Brenk", asked_at=at)
        mechanism.step("AccessRequested", entries.AccessRequested(case=shell.case, request=request))
    shell.do("ord", "request-access", shell.case, "--of", "vor", "--place", "Brenk")
    assert "vor: answer the request for access" in shell.show()
    value = json.loads(seat.run("case", "show", seat.record, shell.case, "--json").out)
    assert set(value) == {"as_of", "case", "due"}
    assert [(item["owed_by"], item.get("overdue", False)) for item in value["due"]] == [("vor", False)]


def test_an_overdue_deadline_is_marked(door: Door, tmp_path: Path) -> None:
    """A case that was opened long ago and whose competence nobody decided."""
    seat = found(door, tmp_path, RULES)
    receive(seat)
    subject = seat.run("case", "subjects", seat.record).out.split()[0]
    past = datetime.now(UTC) + timedelta(days=-9)
    key = SigningKey.load(seat.key("kes"), None)
    with Mechanism.open(Home(seat.record), Settings(tmp_path / "state"), key=key, clock=lambda: past) as mechanism:
        kind = "proposition" if subject in mechanism.state().propositions else "incident"
        body = entries.CaseOpened(
            case="case-1", subject=subject, subject_kind=kind, allegation="Fire", alleged_by="kes", at=timestamp(past)
        )
        mechanism.step("CaseOpened", body)
    shown = seat.run("case", "show", seat.record, "case-1").out
    assert "ord: decide competence case-1" in shown
    assert "OVERDUE: no answer, which is not consent" in shown
    (due,) = json.loads(seat.run("case", "show", seat.record, "case-1", "--json").out)["due"]
    assert (due["owed_by"], due["overdue"]) == ("ord", True)


def test_not_competent_and_not_pursued_are_outcomes(shell: Shell) -> None:
    """Each ends the case with its reasons; what comes after it is refused with its rule."""
    shell.do("ord", "competence", shell.case, "--not-competent", "--text", "It was before the truce.")
    assert "not competent: It was before the truce." in shell.show()
    key = ("--key", shell.seat.key("ord"))
    shell.seat.refused("P11", "case", "assess", shell.seat.record, shell.case, "--text", "Late.", *key)
    shell.do("ord", "reopen", shell.case, "--reason", "The day was wrong.")
    shell.do("ord", "competence", shell.case, "--commitment", "no-fire", "--bearer", "vor")
    shell.do("ord", "assess", shell.case, "--not-pursued", "--text", "No place is named.")
    assert "not pursued: No place is named." in shell.show()


def test_refusals_name_what_is_missing(shell: Shell, tmp_path: Path) -> None:
    """A case, finding, notice or file that is not there is named, and nothing is entered."""
    seat, key = shell.seat, ("--key", shell.seat.key("vor"))
    size = seat.size(seat.record)
    seat.refused("no case case-9", "case", "show", seat.record, "case-9", code=2)
    seat.refused("no finding f-9", "case", "notify", seat.record, "f-9", *key, code=2)
    seat.refused("no case case-9", "case", "acknowledge", seat.record, "case-9", "evidence-9", *key, code=2)
    gone = ("--title", "Craters", "--file", tmp_path / "gone.jpg", "--held", "vor", *HELD)
    seat.refused("cannot be read", "case", "submit-evidence", seat.record, shell.case, *gone, *key, code=2)
    wrong = ("--title", "Craters", "--held", "kes", *HELD)
    seat.refused("E2", "case", "submit-evidence", seat.record, shell.case, *wrong, *key)
    assert seat.size(seat.record) == size
