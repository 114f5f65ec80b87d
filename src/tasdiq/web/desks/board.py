"""What a desk shows, by role: the same for both parties, and nothing that this officer may not see.

1. A liaison's desk opens on what is asked of its member, then on what it asked of others, then on what is due next.
2. A mediator's opens on what it decides and signs, then on what is overdue of anybody, then on where positions meet and part.
3. A team officer's opens on its cases, with where access stands; an observer's on what it may sign.
4. The protection body has no step in cases: its desk says what will stand there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tasdiq.compliance.due import due_next
from tasdiq.model.case import Case, Due
from tasdiq.model.state import State
from tasdiq.verification import clocks
from tasdiq.waiting.desk import Desk, on_team
from tasdiq.waiting.item import Waiting
from tasdiq.web.called import Called
from tasdiq.web.desks.lines import Line, lines, matter, short
from tasdiq.web.desks.paging import Stretch, stretch
from tasdiq.web.viewer import Viewer

IsOpen = Callable[[str, str], bool]
"""Kind of step, id of a case -> whether the rules let this officer take it now."""
MOST_NEXT, MOST_POINTS, MOST_CASES = 8, 6, 20
UNDER_WAY = (
    "opened",
    "reopened",
    "competent",
    "assessed",
    "team",
    "access",
    "drafted",
    "notified",
    "signing",
    "appealed",
)


@dataclass(frozen=True)
class CaseLine:
    """A case as a desk lists it: with where access stands, in words."""

    id: str
    allegation: str
    stage: str
    access: tuple[str, ...]
    steps: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Coming:
    """Something dated that comes next: what, whom it concerns, when, and what it is about."""

    what: str
    who: str
    due: str
    overdue: bool
    href: str
    about: str = ""


@dataclass(frozen=True)
class Board:
    """Everything on a desk; what a role has no part of is empty."""

    ours: Stretch[Line]
    theirs: Stretch[Line]
    overdue: Stretch[Line]
    late: int
    cases: list[CaseLine]
    coming: list[Coming]
    points: list[tuple[str, int, list[tuple[str, str]]]]


def board(
    state: State,
    found: Desk,
    viewer: Viewer,
    now: str,
    is_open: IsOpen = lambda _kind, _case: True,
    starts: tuple[int, int, int] = (0, 0, 0),
) -> Board:
    """Return what stands on a viewer's desk, of the state as the viewer sees it.

    `is_open` asks the rules about a step; `starts` is where what is shown of ours, theirs and of what is overdue begins.
    """
    member = viewer.member
    mediator = viewer.role == "mediator"
    everybody = [item for item in found.overdue if item.of != member] if mediator else []

    def of_others(items: Sequence[Waiting]) -> list[Line]:
        return lines(state, items, member, who="of")

    return Board(
        ours=stretch(found.ours, starts[0], lambda items: lines(state, items, member)),
        theirs=stretch(found.theirs, starts[1], of_others),
        overdue=stretch(everybody, starts[2], of_others),
        late=found.late,
        cases=_cases(state, viewer, now, is_open),
        coming=_coming(state, now),
        points=_points(state) if mediator else [],
    )


def _cases(state: State, viewer: Viewer, now: str, is_open: IsOpen) -> list[CaseLine]:
    if viewer.role == "team":
        mine = on_team(state.charter, state.cases.values(), viewer.member, viewer.officer)
        return [_case(state, case, now, [act for act in _FIELD if is_open(act[1], case.id)]) for case in mine]
    if viewer.role in ("mediator", "observer"):
        open_ones = [case for case in reversed([*state.cases.values()]) if case.stage in UNDER_WAY]
        return [_case(state, case, now) for case in open_ones[:MOST_CASES]]
    return []


_FIELD = (
    ("Ask for access", "AccessRequested"),
    ("Submit evidence", "EvidenceSubmitted"),
    ("Draft a finding", "FindingDrafted"),
)
"""What a team does in the field, as large links; files come first, then the form about them."""
_UPLOAD = "uploads"


def _case(state: State, case: Case, now: str, steps: Iterable[tuple[str, str]] = ()) -> CaseLine:
    names = Called(state)
    access = tuple(_access(case, number, names, now) for number in range(len(case.access)))
    reached = tuple(
        (words, f"/{_UPLOAD if kind == 'EvidenceSubmitted' else f'do/{kind}'}?case={case.id}") for words, kind in steps
    )
    return CaseLine(case.id, short(case.allegation), case.stage, access, reached)


def _access(case: Case, number: int, names: Called, now: str) -> str:
    asked = case.access[number]
    due = clocks.extended(case, asked.id, asked.due)
    late = asked.answer in clocks.PENDING_ACCESS and bool(due) and now >= due
    where = f"{short(asked.place, 60)}: " if asked.place else ""
    return f"{where}{names.actor(asked.asked_of)}, {asked.answer}{', overdue' if late else ''}"


def _coming(state: State, now: str) -> list[Coming]:
    names = Called(state)
    grouped: dict[tuple[str, str, str], list[Due]] = {}
    for due in due_next(state, now):
        grouped.setdefault((due.what, due.item, due.due), []).append(due)
    found = [
        Coming(
            what,
            ", ".join(names.actor(due.owed_by) for due in dues),
            when,
            dues[0].overdue,
            _page(state, item),
            matter(state, item),
        )
        for (what, item, when), dues in grouped.items()
    ]
    return found[:MOST_NEXT]


def _page(state: State, item: str) -> str:
    if item in state.talks.commitments:
        return f"/commitments/{item}"
    return f"/calls/{item}" if item in state.talks.calls else "/sessions"


def _points(state: State) -> list[tuple[str, int, list[tuple[str, str]]]]:
    """Return common ground and contested points: how many, and the first of them."""
    found = []
    for status in ("contested", "common ground"):
        rows = [row.proposition for row in state.rows.values() if row.status == status]
        told = [
            (ident, state.propositions[ident].wording) for ident in rows[:MOST_POINTS] if ident in state.propositions
        ]
        found.append((status, len(rows), told))
    return found
