"""Who may see what, and embargoes: rules P27 to P29."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tasdiq.errors import ProcedureError, RoleError
from tasdiq.model import entries, steps
from tasdiq.model.charter import PublicationRules
from tasdiq.model.state import State
from tasdiq.model.value import Value
from tasdiq.verification import procedure, release
from tasdiq.verification.docket import Docket, Step
from verification.play import CHARTER, Play, under

JOINT: tuple[type[Value], ...] = (
    entries.AccessRequested, steps.TeamAssigned, steps.Recused, steps.EvidenceSubmitted, steps.EvidenceAcknowledged,
    steps.EvidenceAnswered, steps.PartyNotified, steps.PartyResponded, steps.DeadlineExtended,
)  # fmt: skip
OF_FINDING = (entries.FindingSigned, entries.FindingWithdrawn, steps.FindingAppealed, steps.AppealDismissed)
PUBLIC = (entries.CaseOpened, steps.CompetenceDecided, steps.CaseAssessed, entries.AccessAnswered, steps.CaseReopened)


def access(kind: type[Value], docket: Docket, **fields: Any) -> str:
    """Return the access of a body of a kind that holds nothing but these fields."""
    bare = {field.name: "" for field in msgspec.structs.fields(kind) if field.required}
    body = kind(**(bare | fields))
    return release.access_of(docket, Step("med", body, "2031-03-01T12:00:00Z"))


def test_p27_every_kind_of_step_has_its_readers() -> None:
    """What goes between members is joint, what the mechanism decides is public, and no kind is forgotten."""
    known = {*JOINT, *OF_FINDING, *PUBLIC, entries.FindingDrafted, steps.EmbargoLifted}
    assert known == set(procedure.STEPS)
    docket = Play().decided().docket
    assert {access(kind, docket) for kind in JOINT} == {"joint"}
    assert {access(kind, docket) for kind in PUBLIC} == {"public"}
    assert {access(kind, docket, finding="f1") for kind in OF_FINDING} == {"joint"}


@pytest.mark.parametrize(
    ("named", "sealed", "expected"), [("full", False, "joint"), ("short", False, "public"), ("short", True, "joint")]
)
def test_p28_a_draft_is_joint_where_everyone_is_heard_first(named: str, sealed: bool, expected: str) -> None:
    """Under short steps it is public at once, unless it was drafted sealed."""
    docket = Play(under(steps=named)).docket
    assert access(entries.FindingDrafted, docket, sealed=sealed) == expected


def test_p28_a_mediator_lifts_an_embargo_after_its_hours() -> None:
    """Not before the decision, not within the hours, not an observer, not under an appeal; not twice."""
    with pytest.raises(ProcedureError, match="only a decided one"):
        Play().heard().lift()
    play = Play().decided()
    with pytest.raises(ProcedureError, match="lasts until"):
        play.later(hours=71).lift()
    with pytest.raises(RoleError, match="P29"):
        play.later(hours=1).lift("obs")
    play.appeal("vor")
    with pytest.raises(ProcedureError, match="appeal"):
        play.lift()
    play.dismiss()
    play.lift()
    assert (play.finding().release, play.finding().released_at) == ("public", play.at)
    with pytest.raises(ProcedureError, match="public already"):
        play.lift()


@pytest.mark.parametrize("sealed", [False, True])
@pytest.mark.parametrize("first", ["kes", "vor"])
def test_p28_p29_every_party_together_opens_a_finding_at_any_time(first: str, sealed: bool) -> None:
    """One party's word opens nothing and is itself not public; the last one's opens it."""
    play = Play().decided(sealed=sealed)
    body = steps.EmbargoLifted(finding="f1", at=play.at)
    assert release.access_of(play.docket, Step(first, body, play.at)) == "joint"
    assert play.lift(first).findings[0].release == ("sealed" if sealed else "embargoed")
    second = "vor" if first == "kes" else "kes"
    assert release.access_of(play.docket, Step(second, body, play.at)) == "public"
    assert play.lift(second).findings[0].release == "public"


@pytest.mark.parametrize("sealed", [False, True])
def test_p28_an_appeal_voids_the_words_given_before_it(sealed: bool) -> None:
    """Kestria wished the finding opened, then appealed: Vorland's word opens it neither during the appeal nor alone after it."""
    play = Play().decided(sealed=sealed)
    play.lift("kes")
    play.appeal("kes")
    with pytest.raises(ProcedureError, match="P28"):
        play.lift("vor")
    play.dismiss(of="kes")
    assert play.lift("vor").findings[0].release != "public"
    assert play.lift("kes").findings[0].release == "public"


def test_p29_a_sealed_finding_is_not_for_a_mediator_to_open() -> None:
    """However long ago it was decided."""
    with pytest.raises(RoleError, match="P29"):
        Play().decided(sealed=True).later(days=400).lift("med")


def test_p29_lifting_opens_exactly_the_entries_behind_the_finding() -> None:
    """Draft and marks, and neither replies nor evidence; without them the finding stays closed."""
    play = Play().decided()
    opened = [item.kind for item in play.case.history if item.entry in play.finding().entries]
    assert opened == ["FindingDrafted", *["FindingSigned"] * 4]
    with pytest.raises(ProcedureError, match="P29"):
        play.later(days=4).take("med", steps.EmbargoLifted(finding="f1"))
    state = State(charter=CHARTER, cases=play.docket.cases)
    named = procedure.to_open(state, "med", steps.EmbargoLifted(finding="f1", at=play.at))
    assert named == play.finding().entries
    assert procedure.to_open(state, "kes", steps.EmbargoLifted(finding="f1", at=play.at)) == ()
    assert procedure.to_open(state, "kes", entries.FindingWithdrawn(finding="f1", reason="x")) == ()


def test_an_embargo_of_no_hours_is_lifted_at_once() -> None:
    """The charter says how long it lasts; somebody still lifts it."""
    charter = msgspec.structs.replace(CHARTER, publication=PublicationRules(embargo_hours=0))
    play = Play(charter).decided()
    assert play.finding().release == "embargoed"
    assert play.lift().findings[0].release == "public"


def test_a_finding_that_was_set_aside_under_embargo_is_never_public() -> None:
    """Nor does it hide that the case was decided afresh, once the new finding is public."""
    play = Play().decided()
    play.appeal("vor")
    play.reopen()
    play.draft(finding="f2")
    for party in ("kes", "vor"):
        play.notify(party, finding="f2")
        play.respond(party, finding="f2")
    for member in ("kes", "vor", "med", "two"):
        play.mark(member, "concurs", finding="f2")
    assert release.public_part(play.case).stage == "under examination"
    play.later(days=3).lift(finding="f2")
    shown = release.public_part(play.case)
    assert (shown.stage, [finding.id for finding in shown.findings]) == ("decided", ["f2"])


def test_what_is_public_of_a_case_holds_nothing_of_its_members() -> None:
    """No evidence, team, recusal, notice or step; a finding under embargo is not there, nor that there is one."""
    play = Play().begun()
    play.submit()
    play.recuse("two", "two")
    play.draft()
    for party in ("kes", "vor"):
        play.notify(party)
        play.respond(party)
    play.marks(dict.fromkeys(("kes", "vor", "med"), "concurs"))
    shown = release.public_part(play.case)
    assert (shown.stage, shown.findings, shown.evidence, shown.team, shown.history) == (
        "under examination",
        (),
        (),
        (),
        (),
    )
    assert (shown.recusals, shown.assents, shown.extensions) == ((), (), ())
    play.later(days=4).lift()
    shown = release.public_part(play.case)
    assert (shown.stage, shown.findings[0].notices) == ("decided", ())
    assert len(shown.findings[0].signatures) == 3
