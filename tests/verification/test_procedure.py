"""The procedure of a case: which step is open when. Tests are named for the rules P1 to P9 of `procedure`."""

from __future__ import annotations

import msgspec
import pytest

from tasdiq.errors import MissingError, ProcedureError, RoleError
from tasdiq.model import entries
from tasdiq.model.agreement import Agreement, Commitment
from tasdiq.model.case import AccessRequest, FindingPart
from tasdiq.model.charter import Charter, Member, Procedure
from tasdiq.model.incident import Incident
from tasdiq.model.state import State
from tasdiq.model.value import Value
from tasdiq.verification import procedure

CHARTER = Charter(
    title="Kestria and Vorland",
    form="joint",
    parties=(Member(id="kes", name="Kestria"), Member(id="vor", name="Vorland")),
    mediators=(Member(id="med", name="Mediator", role="mediator"),),
    observers=(Member(id="obs", name="Observer", role="observer"),),
    agreements=(Agreement(id="a1", title="Ceasefire", form="verbal"),),
    commitments=(Commitment(id="c1", agreement="a1", bearer="vor", text="No fire.", acknowledged_by=("vor",)),),
)
AT = "2030-05-01T12:00:00Z"
OPENED = entries.CaseOpened(
    case="case-1",
    subject="i1",
    subject_kind="incident",
    allegation="Fire across the river",
    alleged_by="kes",
    alleged_against="vor",
    commitment="c1",
    at=AT,
)
REQUEST = AccessRequest(id="access-1", asked_of="vor", place="the ford", asked_at=AT)


def state_after(*steps: tuple[str, Value], charter: Charter = CHARTER) -> State:
    """Fold steps (member, body) into a state with one incident."""
    state = State(charter=charter, incidents={"i1": Incident(id="i1", reports=("r1",))})
    for number, (member, body) in enumerate(steps):
        for case in procedure.apply(state.cases, charter, member, f"entry-{number}", body):
            state.cases[case.id] = case
    return state


def drafted(
    occurrence: str, responsibility: str = "not examined", breach: str = "not examined"
) -> entries.FindingDrafted:
    """Return a draft with these outcomes."""
    parts = (
        FindingPart(name="occurrence", outcome=occurrence),
        FindingPart(name="responsibility", outcome=responsibility),
        FindingPart(name="breach", outcome=breach),
    )
    return entries.FindingDrafted(case="case-1", finding="f1", standard="reasonable grounds", parts=parts, at=AT)


def mark(part: str, given: str, text: str = "") -> entries.FindingSigned:
    """Return a mark under a part of the finding."""
    return entries.FindingSigned(finding="f1", part=part, mark=given, text=text, at=AT)  # type: ignore[arg-type]


def test_p1_a_case_needs_a_subject_in_the_record() -> None:
    """A case on an incident nobody recorded is refused."""
    with pytest.raises(MissingError, match="no incident i9"):
        procedure.check(state_after(), "kes", msgspec.structs.replace(OPENED, subject="i9"))


def test_p1_a_case_needs_words() -> None:
    """A case without an allegation in words is refused, citing the rule."""
    with pytest.raises(ProcedureError, match="P1"):
        procedure.check(state_after(), "kes", msgspec.structs.replace(OPENED, allegation="  "))


def test_p2_only_the_member_asked_answers_for_access() -> None:
    """Another member cannot answer an access request."""
    state = state_after(("kes", OPENED), ("med", entries.AccessRequested(case="case-1", request=REQUEST)))
    answer = entries.AccessAnswered(case="case-1", request="access-1", answer="denied", at=AT)
    with pytest.raises(RoleError, match="P2"):
        procedure.check(state, "kes", answer)
    procedure.check(state, "vor", answer)


def test_p3_an_observer_does_not_draft() -> None:
    """A finding drafted by an observer is refused."""
    with pytest.raises(RoleError, match="P3"):
        procedure.check(state_after(("kes", OPENED)), "obs", drafted("established"))


def test_p4_the_standard_is_the_charters() -> None:
    """A standard of proof the charter does not know is refused."""
    with pytest.raises(ProcedureError, match="P4"):
        procedure.check(
            state_after(("kes", OPENED)), "med", msgspec.structs.replace(drafted("established"), standard="certainty")
        )


def test_p5_access_denied_needs_a_denial() -> None:
    """The occurrence cannot be `access denied` in a case where nobody asked; it can after a denial or a long silence."""
    with pytest.raises(ProcedureError, match="P5"):
        procedure.check(state_after(("kes", OPENED)), "med", drafted("access denied"))
    asked = (("kes", OPENED), ("med", entries.AccessRequested(case="case-1", request=REQUEST)))
    with pytest.raises(ProcedureError, match="P5"):
        procedure.check(state_after(*asked), "med", drafted("access denied"))
    late = msgspec.structs.replace(drafted("access denied"), at="2030-05-04T12:00:00Z")
    procedure.check(state_after(*asked), "med", late)
    denied = entries.AccessAnswered(case="case-1", request="access-1", answer="denied", reason="mines", at=AT)
    state = state_after(*asked, ("vor", denied))
    procedure.check(state, "med", drafted("access denied"))
    assert state.cases["case-1"].access[0].reason == "mines"


def test_p6_no_breach_without_an_occurrence() -> None:
    """Responsibility and breach stay unexamined unless the occurrence is established."""
    with pytest.raises(ProcedureError, match="P6"):
        procedure.check(state_after(("kes", OPENED)), "med", drafted("inconclusive", "Vorland"))


def test_p7_no_breach_without_a_commitment() -> None:
    """A breach is not examined in a case that names no commitment."""
    state = state_after(("kes", msgspec.structs.replace(OPENED, commitment="")))
    with pytest.raises(ProcedureError, match="P7"):
        procedure.check(state, "med", drafted("established", "Vorland", "breach"))


def test_p8_a_dissent_carries_its_text() -> None:
    """A dissent without words is refused; with words it stands with the finding."""
    steps = (("kes", OPENED), ("med", drafted("established")))
    with pytest.raises(ProcedureError, match="P8"):
        procedure.check(state_after(*steps), "vor", mark("occurrence", "dissents"))
    state = state_after(*steps, ("vor", mark("occurrence", "dissents", "It was thunder.")))
    assert state.cases["case-1"].findings[0].signatures[0].text == "It was thunder."


def test_p9_a_desk_record_has_no_procedure() -> None:
    """In a desk record no case is opened and nobody signs."""
    with pytest.raises(RoleError, match="P9"):
        procedure.check(state_after(charter=msgspec.structs.replace(CHARTER, form="desk")), "kes", OPENED)


def test_a_stranger_takes_no_step() -> None:
    """Somebody who is no member is refused."""
    with pytest.raises(RoleError, match="no member"):
        procedure.check(state_after(), "zzz", OPENED)


def test_a_withdrawn_finding_is_marked_no_more() -> None:
    """Marks under a withdrawn finding are refused; the finding stays in the case."""
    withdrawn = entries.FindingWithdrawn(finding="f1", reason="wrong place", at=AT)
    state = state_after(("kes", OPENED), ("med", drafted("established")), ("med", withdrawn))
    assert state.cases["case-1"].findings[0].decision == "withdrawn"
    with pytest.raises(ProcedureError, match="withdrawn"):
        procedure.check(state, "vor", mark("occurrence", "concurs"))


@pytest.mark.parametrize(
    ("rule", "marks", "outcome"),
    [
        ("consensus", {"kes": "concurs"}, "open"),
        ("consensus", {"kes": "concurs", "vor": "reserves"}, "open"),
        ("consensus", {"kes": "concurs", "vor": "reserves", "med": "abstains"}, "carried"),
        ("consensus", {"kes": "concurs", "vor": "dissents"}, "no common finding"),
        ("consensus", {"kes": "concurs", "vor": "abstains"}, "no common finding"),
        ("consensus", {"kes": "concurs", "vor": "concurs", "med": "dissents"}, "no common finding"),
        ("majority with mediator", {"kes": "concurs", "vor": "dissents"}, "open"),
        ("majority with mediator", {"kes": "concurs", "vor": "dissents", "med": "concurs"}, "carried"),
        ("majority with mediator", {"kes": "concurs", "vor": "concurs", "obs": "concurs"}, "open"),
        ("majority with mediator", {"kes": "dissents", "vor": "abstains", "med": "concurs"}, "no common finding"),
        ("chair", {"kes": "dissents", "vor": "dissents", "med": "concurs"}, "carried"),
    ],
)
def test_d1_to_d5_marks_add_up_by_the_charters_rule(rule: str, marks: dict[str, str], outcome: str) -> None:
    """Each rule of decision carries, leaves open or refuses as D1 to D5 say; silence is not consent."""
    charter = msgspec.structs.replace(CHARTER, procedure=Procedure(decision=rule))  # type: ignore[arg-type]
    steps = [("kes", OPENED), ("med", drafted("established"))]
    steps += [(member, mark("occurrence", given, "because")) for member, given in marks.items()]
    finding = state_after(*steps, charter=charter).cases["case-1"].findings[0]
    assert dict(finding.decided)["occurrence"] == outcome if finding.decided else outcome == "open"


def test_a_finding_is_signed_when_every_part_carries() -> None:
    """Once parties and mediator concur under all parts the finding is signed and the case decided."""
    steps: list[tuple[str, Value]] = [("kes", OPENED), ("med", drafted("established", "Vorland", "breach"))]
    for part in ("occurrence", "responsibility", "breach"):
        steps += [(member, mark(part, "concurs")) for member in ("kes", "vor", "med")]
    case = state_after(*steps).cases["case-1"]
    assert (case.stage, case.findings[0].decision) == ("decided", "signed")
