"""Conduct follows from findings alone. Tests are named for the rules C1 to C8 of `conduct`."""

from __future__ import annotations

import msgspec

from tasdiq.compliance.conduct import assess_conduct
from tasdiq.model.agreement import Agreement, Commitment
from tasdiq.model.case import Case, Finding, FindingPart
from tasdiq.model.charter import Charter, Member
from tasdiq.model.hearing import Appeal
from tasdiq.model.state import State

COMMITMENT = Commitment(id="c1", agreement="a1", bearer="vor", text="No fire.", acknowledged_by=("vor",))


def conduct(*breaches: str, commitment: Commitment = COMMITMENT, signed: bool = True, today: str = "") -> str:
    """Return the conduct after findings with these outcomes of the part breach."""
    charter = Charter(
        title="t",
        form="joint",
        parties=(Member(id="kes", name="Kestria"), Member(id="vor", name="Vorland")),
        agreements=(Agreement(id="a1", title="Ceasefire", form="verbal"),),
        commitments=(commitment,),
    )
    findings = tuple(
        Finding(
            id=f"f{number}",
            case="case-1",
            standard="reasonable grounds",
            parts=(FindingPart(name="breach", outcome=outcome),),
            decision="signed" if signed else "no common finding",
        )
        for number, outcome in enumerate(breaches)
    )
    case = Case(
        id="case-1",
        subject="i1",
        subject_kind="incident",
        allegation="x",
        alleged_by="kes",
        commitment="c1",
        findings=findings,
    )
    return assess_conduct(State(charter=charter, cases={"case-1": case}), today=today)[0].status


def test_c1_an_allegation_is_not_a_violation() -> None:
    """A case without a signed finding leaves conduct not yet verified, also after `no common finding`."""
    assert conduct() == "not yet verified"
    assert conduct("breach", signed=False) == "not yet verified"


def test_c2_what_was_never_acknowledged_is_disputed() -> None:
    """A breach of a commitment its bearer never acknowledged is shown as disputed."""
    assert conduct("breach", commitment=msgspec.structs.replace(COMMITMENT, acknowledged_by=("kes",))) == "disputed"


def test_c3_what_starts_later_is_not_yet_due() -> None:
    """A commitment that starts after today is not yet due."""
    assert (
        conduct(commitment=msgspec.structs.replace(COMMITMENT, start="2030-06-01"), today="2030-05-01") == "not yet due"
    )


def test_c4_signed_breaches_count() -> None:
    """A signed breach is a breach; of both kinds, partly kept."""
    assert conduct("breach") == "breached"
    assert conduct("breach", "no breach") == "partly kept"


def test_c5_signed_findings_of_no_breach_mean_kept() -> None:
    """Signed findings of no breach and no other make it kept."""
    assert conduct("no breach") == "kept"


def findings(*outcomes: str, appealed: tuple[int, ...] = (), reopened: bool = False, today: str = "") -> str:
    """Return the conduct after findings of one case, some of them under an open appeal."""
    signed = tuple(
        Finding(
            id=f"f{number}",
            case="case-1",
            standard="reasonable grounds",
            parts=(FindingPart(name="breach", outcome=outcome),),
            decision="signed",
            appeals=(Appeal(by="vor", text="A new witness."),) if number in appealed else (),
        )
        for number, outcome in enumerate(outcomes)
    )
    case = Case(
        id="case-1",
        subject="i1",
        subject_kind="incident",
        allegation="x",
        alleged_by="kes",
        commitment="c1",
        findings=signed,
        reopened=("Access was granted.",) if reopened else (),
    )
    charter = Charter(
        title="t",
        form="joint",
        agreements=(Agreement(id="a1", title="Truce", form="verbal"),),
        commitments=(COMMITMENT,),
    )
    return assess_conduct(State(charter=charter, cases={"case-1": case}), today=today)[0].status


def test_c7_a_finding_under_appeal_counts_for_nothing() -> None:
    """Whichever way it went, until the appeal is answered."""
    assert findings("breach", appealed=(0,)) == findings("no breach", appealed=(0,)) == "not yet verified"
    assert findings("breach", "no breach", appealed=(0,)) == "kept"
    open_appeal = (Appeal(by="vor", text="A new witness."),)
    finding = Finding(id="f", case="case-1", standard="s", parts=(), decision="signed", appeals=open_appeal)
    appealed = Case(
        id="case-1", subject="i1", subject_kind="incident", allegation="x", alleged_by="kes", commitment="c1", findings=(finding,)
    )  # fmt: skip
    charter = Charter(title="t", form="joint", commitments=(COMMITMENT,))
    assert "under appeal" in assess_conduct(State(charter=charter, cases={"case-1": appealed}))[0].why


def test_c8_a_reopened_case_is_not_counted_twice() -> None:
    """Its last signed finding counts, whichever way the first one went."""
    assert findings("breach", "no breach", reopened=True) == "kept"
    assert findings("no breach", "breach", reopened=True) == "breached"
    assert findings("breach", "no breach") == "partly kept"


def test_c6_inconclusive_findings_leave_it_not_verifiable() -> None:
    """Inconclusive findings, or access denied, leave it not verifiable."""
    assert conduct("inconclusive") == "not verifiable"
