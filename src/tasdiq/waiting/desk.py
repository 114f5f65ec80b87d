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

from . import cases, points, talks
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
    found = [item for case in state.cases.values() for item in of_case(state.charter, case, member, now)]
    return arranged((*found, *talks.waiting(state, now), *points.waiting(state)), member)


def of_case(charter: Charter, case: Case, member: str, now: str) -> tuple[Waiting, ...]:
    """Return everything of one case that stands on a member's desk at a time (W13, W14, W16)."""
    recused = roles.recused(case)
    asked = (item for item in cases.of_case(charter, case, now) if item.of not in recused)
    return (*(item for item in asked if _concerns(item, member)), *_may_sign(charter, case, member, now))


def _concerns(item: Waiting, member: str) -> bool:
    return member in (item.of, item.by) or item.standing == "overdue"


def arranged(found: Iterable[Waiting], member: str) -> Desk:
    """Return a desk with these on it, in their order (W3)."""
    whole = in_order(found)
    return Desk(
        ours=tuple(item for item in whole if item.of == member),
        theirs=tuple(item for item in whole if item.by == member and item.of != member),
        overdue=tuple(item for item in whole if item.standing == "overdue" and not item.free),
    )


def _may_sign(charter: Charter, case: Case, member: str, now: str) -> Iterator[Waiting]:
    """Yield the drafts that an observer may sign (W14)."""
    if not case.findings or member not in {observer.id for observer in charter.observers} - roles.recused(case):
        return
    for finding in case.findings:
        opens = clocks.signing_opens(charter, case, finding) if finding.decision == "draft" else ""
        given = {mark.part for mark in finding.signatures if mark.member == member}
        left = [part.name for part in finding.parts if part.outcome != NOT_EXAMINED and part.name not in given]
        if opens and now >= opens and left:
            ends = clocks.signing_ends(charter, case, finding)
            yield Waiting(
                f"You may mark the draft: {', '.join(left)}", "FindingSigned", (("finding", finding.id),), member,
                finding.drafted_by, ends, standing(ends, now), case.id, finding.id, free=True,
            )  # fmt: skip


def on_team(charter: Charter, found: Iterable[Case], member: str, officer: str) -> list[Case]:
    """Return the cases on whose team an officer sits and that have not ended, the latest first (W15)."""
    mine = [case for case in found if any((seat.member, seat.officer) == (member, officer) for seat in case.team)]
    return sorted(mine, key=lambda case: (case.stage == "decided", _reversed(case.opened_at), case.id))


def _reversed(at: str) -> tuple[int, ...]:
    return tuple(-ord(letter) for letter in at)
