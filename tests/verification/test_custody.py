"""Evidence from hand to hand: rules E1 to E6."""

from __future__ import annotations

from typing import Any

import pytest

from tasdiq.errors import MissingError, ProcedureError, RoleError
from tasdiq.model.evidence import Custody
from tasdiq.verification import clocks, custody
from verification.play import START, Play


def link(holder: str = "kes", at: str = "2031-02-01T08:00:00Z", how: str = "photographed") -> Custody:
    """Return one link of a chain."""
    return Custody(holder=holder, at=at, how=how)


@pytest.mark.parametrize(
    "changed", [{"title": " "}, {"sha256": ("AB" * 32,)}, {"sha256": ("ab",)}, {"evidence": "case-1"}], ids=str
)
def test_e1_evidence_has_a_title_files_by_hash_and_an_id_of_its_own(changed: dict[str, Any]) -> None:
    """Each misfit is refused."""
    play = Play()
    play.open()
    with pytest.raises(ProcedureError, match="E1"):
        play.submit(**changed)


@pytest.mark.parametrize(
    "chain",
    [
        (),
        (link("a private person"),),
        (link(at="2031-02-02T08:00:00Z"), link(at="2031-02-01T08:00:00Z")),
        (link(at="2031-03-02T12:00:00Z"),),
        (link(holder=" ", how="found"), link()),
        (link(how=" "),),
    ],
    ids=["none", "another holds it", "out of order", "after the submission", "nobody", "no how"],
)
def test_e2_the_chain_of_custody_is_whole(chain: tuple[Custody, ...]) -> None:
    """A chain with a gap, out of time, or that ends in other hands is refused."""
    play = Play()
    play.open()
    with pytest.raises(ProcedureError, match="E2"):
        play.submit(custody=chain)


def test_e2_several_hands_are_a_chain() -> None:
    """Found by one, handed to the member who submits it."""
    play = Play()
    play.open()
    chain = (link("a farmer", how="found"), link("kes", "2031-02-03T08:00:00Z", "handed over by the farmer"))
    assert play.submit(custody=chain).evidence[0].custody == chain


@pytest.mark.parametrize(("by", "to"), [("kes", ["vor"]), ("vor", ["kes"]), ("obs", ["kes", "vor"])])
def test_e3_it_is_handed_to_the_other_parties_to_the_case(by: str, to: list[str]) -> None:
    """Whoever submits it; a member may be named besides, a stranger not."""
    play = Play()
    play.open()
    assert [item.to for item in play.submit(by).evidence[0].handed] == to
    more = play.submit(by, "evidence-2", to=("two",)).evidence[1]
    assert [item.to for item in more.handed] == [*to, "two"]
    with pytest.raises(MissingError, match="none"):
        play.submit(by, "evidence-3", to=("zzz",))


def test_e3_without_anybody_to_hand_it_to_it_is_refused() -> None:
    """A party that alleges against a group alone names who is to receive it."""
    play = Play()
    play.open(alleged_against="group/nla", commitment="")
    with pytest.raises(ProcedureError, match="E3"):
        play.submit()
    assert play.submit(to=("med",)).evidence[0].handed[0].to == "med"


def test_e4_a_receipt_is_the_receivers_once_for_exactly_these_files() -> None:
    """Another's, one for other files, and a second one are refused."""
    play = Play()
    play.open()
    play.submit()
    with pytest.raises(RoleError, match="E4"):
        play.acknowledge("obs")
    with pytest.raises(ProcedureError, match="E4"):
        play.acknowledge(sha256=("cd" * 32,))
    with pytest.raises(MissingError, match="no evidence"):
        play.acknowledge(ident="evidence-9")
    assert play.acknowledge().evidence[0].handed[0].receipt == f"entry-{play.count}"
    with pytest.raises(ProcedureError, match="E4"):
        play.acknowledge()


def test_e5_an_answer_follows_the_receipt_in_words() -> None:
    """Before it, or empty, it is refused; a second answer stands beside the first."""
    play = Play()
    play.open()
    play.submit()
    with pytest.raises(ProcedureError, match="E5"):
        play.reply_to_evidence()
    play.acknowledge()
    with pytest.raises(ProcedureError, match="E5"):
        play.reply_to_evidence(text=" ")
    play.reply_to_evidence(answer="answered")
    answers = play.reply_to_evidence().evidence[0].handed[0].answers
    assert [item.answer for item in answers] == ["answered", "disputed"]


def test_e6_without_an_answer_it_is_overdue_and_neither_accepted_nor_disputed() -> None:
    """Handed over, acknowledged, overdue; a late answer is marked late."""
    play = Play()
    play.open()
    play.submit()

    def standing() -> str:
        (evidence,) = play.case.evidence
        return custody.standing(play.case, evidence, evidence.handed[0], play.at)

    assert standing() == "handed over"
    play.later(days=6).acknowledge()
    assert standing() == "acknowledged"
    assert play.later(days=1).at == clocks.after(START, days=7)
    assert standing() == "overdue"
    play.reply_to_evidence()
    assert standing() == "disputed (late)"
