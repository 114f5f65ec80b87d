"""The same rules when the record is read: rule P30, and who is a party to a case (R4)."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
import pytest

from tasdiq import register
from tasdiq.model import entries, steps
from tasdiq.model.charter import Charter
from tasdiq.model.state import State
from tasdiq.model.value import Value
from tasdiq.record import canonical
from tasdiq.verification import clocks, roles
from verification.play import CHARTER, START, Play, under


@dataclass(frozen=True)
class Entry:
    """An entry as the record's reader gives it."""

    index: int
    id: str
    kind: str
    body: bytes
    member: str
    access: str = "public"
    claimed_time: str = START
    status: str = "present"
    refs: tuple[str, ...] = ()


def fold(*taken: tuple[str, Value], charter: Charter = CHARTER) -> State:
    """Fold a record of a charter and steps, whoever entered them, at noon of one day."""
    adopted = ("kes", entries.CharterAdopted(charter=charter))
    stored = [
        Entry(number, f"{number:064x}", type(body).__name__, canonical.dumps(msgspec.to_builtins(body)), member)
        for number, (member, body) in enumerate((adopted, *taken))
    ]
    return register.fold(stored, lambda _: [], lambda _: None)


OPENED = entries.CaseOpened(
    case="case-1", subject="p", subject_kind="proposition", allegation="Fire", alleged_by="kes", alleged_against="vor",
    commitment="c1",
)  # fmt: skip


def test_p30_a_step_that_came_past_the_host_changes_nothing() -> None:
    """Competence by an observer, a draft without its parts, a mark of a stranger: listed with the reason, and without effect."""
    draft = entries.FindingDrafted(case="case-1", finding="f1", standard="reasonable grounds", parts=())
    state = fold(
        ("kes", OPENED),
        ("obs", steps.CompetenceDecided(case="case-1", competent=False, text="No.")),
        ("vor", draft),
        ("zzz", entries.FindingSigned(finding="f1", part="occurrence", mark="concurs")),
    )
    assert (state.cases["case-1"].stage, state.cases["case-1"].findings) == ("opened", ())
    assert [state.refused_steps[f"{number:064x}"].rpartition("(")[2] for number in (2, 3)] == ["R2)", "charter, P3)"]
    assert set(state.provenance) == {"case-1"}
    assert len(state.refused_steps) == 3


def test_p30_a_step_without_a_time_is_taken_when_it_was_signed() -> None:
    """The header's time counts then; a body's own time that is none is refused."""
    bad = entries.AccessAnswered(case="case-1", request="access-1", answer="denied", at="soon")
    state = fold(("kes", OPENED), ("vor", bad))
    assert state.cases["case-1"].opened_at == START
    assert "T1" in state.refused_steps[f"{2:064x}"]


def test_p30_what_lapse_of_time_decides_depends_on_the_time_it_is_read_at() -> None:
    """The fold itself decides nothing by a clock; as of the end of the signing period it does."""
    play = Play(under(steps="short"))
    play.open()
    play.draft(responsibility="Vorland", breach="breach")
    state = State(charter=play.docket.charter, cases=play.docket.cases)
    before, after = (register.as_of(state, clocks.after(START, days=days)) for days in (13, 14))
    assert [item.cases["case-1"].findings[0].decision for item in (before, after)] == ["draft", "no common finding"]
    assert after.conduct["c1"].status == "not yet verified"


@pytest.mark.parametrize(
    ("opened", "expected"),
    [
        ({}, ("kes", "vor")),
        ({"alleged_against": "nla"}, ("kes", "vor")),
        ({"alleged_against": "group/nla", "commitment": ""}, ("kes",)),
        ({"alleged_by": "med", "alleged_against": "kes", "commitment": ""}, ("kes",)),
    ],
)
def test_r4_parties_to_a_case_allege_are_alleged_against_or_bear(
    opened: dict[str, str], expected: tuple[str, ...]
) -> None:
    """An armed group is none, whatever it is accused of; a mediator who records an allegation becomes none by it."""
    play = Play()
    play.open("med", **opened)
    assert roles.parties_to(CHARTER, play.case) == expected
    assert roles.agreeing(CHARTER, play.case) == ("kes", "vor")
