"""What a desk opens on: of everything that waits, what concerns this member.

Rules (cited by tests as W13 to W16):

W13. *Asked of us* is what the member owes. *We asked* is what others owe after a step of the member's own. *All overdue* is what is
     overdue of anybody, mediators included: nobody is told of another's delay who would not see the request itself.
W14. An observer owes no mark; a draft that is open for marks is put before it as something it may sign.
W15. An officer of a team has the cases on whose team it sits, with the requests for access in them.
W16. Nothing waits for the recused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tasdiq.model.case import Case
from tasdiq.model.charter import Charter
from tasdiq.model.state import State
from tasdiq.verification import clocks, roles
from tasdiq.verification.drafting import NOT_EXAMINED

from . import cases, talks
from .item import Waiting, in_order, standing


@dataclass(frozen=True)
class Desk:
    """What waits around one member, the most urgent first."""

    ours: tuple[Waiting, ...]
    theirs: tuple[Waiting, ...]
    overdue: tuple[Waiting, ...]

    @property
    def late(self) -> int:
        """Return how many of the member's own are overdue."""
        return sum(item.standing == "overdue" for item in self.ours)


def desk(state: State, member: str, now: str) -> Desk:
    """Return what waits around a member, of a state as one of its officers sees it, at a time (W13)."""
    found = [item for item in everything(state, now) if not _is_recused(state, item)]
    return Desk(
        ours=tuple(in_order((*(item for item in found if item.of == member), *_may_sign(state, member, now)))),
        theirs=tuple(in_order(item for item in found if item.by == member and item.of != member)),
        overdue=tuple(in_order(item for item in found if item.standing == "overdue")),
    )


def everything(state: State, now: str) -> Iterator[Waiting]:
    """Yield everything that waits for anybody, in no order."""
    yield from cases.waiting(state, now)
    yield from talks.waiting(state, now)


def _is_recused(state: State, item: Waiting) -> bool:
    return bool(item.case) and item.of in roles.recused(state.cases[item.case])


def _may_sign(state: State, member: str, now: str) -> Iterator[Waiting]:
    """Yield the drafts that an observer may sign (W14)."""
    if member not in {observer.id for observer in state.charter.observers}:
        return
    for case in state.cases.values():
        if member in roles.recused(case):
            continue
        for finding in case.findings:
            opens = clocks.signing_opens(state.charter, case, finding) if finding.decision == "draft" else ""
            given = {mark.part for mark in finding.signatures if mark.member == member}
            left = [part.name for part in finding.parts if part.outcome != NOT_EXAMINED and part.name not in given]
            if opens and now >= opens and left:
                ends = clocks.signing_ends(state.charter, case, finding)
                yield Waiting(
                    f"You may mark the draft: {', '.join(left)}", "FindingSigned", (("finding", finding.id),), member,
                    finding.drafted_by, ends, standing(ends, now), case.id, finding.id,
                )  # fmt: skip


def on_team(charter: Charter, found: Iterable[Case], member: str, officer: str) -> list[Case]:
    """Return the cases on whose team an officer sits and that have not ended, the latest first (W15)."""
    mine = [case for case in found if any((seat.member, seat.officer) == (member, officer) for seat in case.team)]
    return sorted(mine, key=lambda case: (case.stage == "decided", _reversed(case.opened_at), case.id))


def _reversed(at: str) -> tuple[int, ...]:
    return tuple(-ord(letter) for letter in at)
