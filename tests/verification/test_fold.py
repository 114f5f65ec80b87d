"""The same rules when the record is read: rule P30, and who is a party to a case (R4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args, get_origin

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasdiq import register, timing
from tasdiq.errors import TasdiqError
from tasdiq.model import entries, steps
from tasdiq.model.charter import Charter
from tasdiq.model.state import State
from tasdiq.model.value import Value
from tasdiq.record import canonical
from tasdiq.record.keys import Key
from tasdiq.verification import clocks, procedure, roles
from tasdiq.verification.docket import Step
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

    @property
    def signers(self) -> tuple[Key, ...]:
        """Return the member's own key, whichever it is."""
        return (Key(bytes(32), "member", self.member, self.member, None, 0),)


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
    before, after = (timing.as_of(state, clocks.after(START, days=days)) for days in (13, 14))
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


WORDS = st.sampled_from(
    ("", "case-1", "f1", "access-1", "evidence-1", "notice-vor-f1", "kes", "vor", "med", "obs", "nla", "c1", "denied", "delayed",
     START, clocks.LAST, "0001-01-01T00:00:00Z", "soon", "established", "not examined", "breach", "reasonable grounds", "ab" * 32)
)  # fmt: skip


def anything(kind: Any) -> st.SearchStrategy[Any]:
    """Return values of a field's type: ids and times of the case, and whatever else could stand there."""
    if kind in (str, bool, int):
        return {str: WORDS, bool: st.booleans(), int: st.integers(-1, 10)}[kind]
    if get_origin(kind) is tuple:
        return st.lists(anything(get_args(kind)[0]), max_size=3).map(tuple)
    if isinstance(kind, type) and issubclass(kind, Value):
        return body_of(kind)
    return st.sampled_from(get_args(kind))


def body_of(kind: type[Value]) -> st.SearchStrategy[Value]:
    """Return bodies of a kind, made of anything."""
    types = msgspec.structs.fields(kind)
    return st.builds(kind, **{field.name: anything(field.type) for field in types})


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.one_of(*(body_of(kind) for kind in procedure.STEPS)), max_size=6),
    st.sampled_from(("open", "begun", "heard")),
)
def test_p30_whatever_stands_in_a_body_only_our_errors_come_of_it(bodies: list[Value], until: str) -> None:
    """A record with hostile steps is read like any other, and what is due can be listed at any time."""
    play = Play()
    getattr(play, until)()
    for number, body in enumerate(bodies):
        for member in ("kes", "med", "obs"):
            at = procedure.time_of(body, play.at)
            try:
                procedure.take(play.docket, Step(member, body, at, f"hostile-{number}"))
            except TasdiqError:
                continue
    for case in procedure.as_of(CHARTER, play.docket.cases.values(), clocks.LAST).values():
        clocks.due(CHARTER, case, clocks.LAST)


def test_p30_a_refused_step_of_a_later_time_does_not_end_a_signing_period() -> None:
    """Somebody who dates a step far ahead, and is refused, has not made the others late."""
    play = Play().heard()
    play.mark("kes", "concurs")
    before = play.docket.cases["case-1"]
    body = entries.FindingSigned(finding="f1", part="occurrence", mark="concurs", at=clocks.LAST)
    with pytest.raises(TasdiqError, match="P21"):
        procedure.take(play.docket, Step("vor", body, clocks.LAST, "late"))
    assert play.docket.cases["case-1"] == before
