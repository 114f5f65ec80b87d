"""The order in which the stages of corroboration run over a state, and the method each proposal names.

Later stages read what earlier ones put into the state: incidents need the reports told in texts, positions need
propositions, disagreements need origins and propositions. Every stage is pure; the mechanism enters what comes out.

What is proposed of propositions and positions is as if nobody had decided anything: decisions are put to it by every fold (F9),
so that a rerun appends nothing because of them. What is made of propositions from here on follows the decisions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from tasdiq.corroboration import chronicle, decided, disagreement, independence, positions, propositions, reports
from tasdiq.corroboration.incremental import regroup
from tasdiq.model.incident import IncidentReport
from tasdiq.model.state import State
from tasdiq.model.value import Value

SUBJECT = "record"
VERSION = "v1"

Proposed = tuple[str, str, Sequence[Value]]


def proposals(state: State, progress: Callable[[str], None] = lambda _: None) -> Iterator[Proposed]:
    """Yield (type of row, method, rows) for every stage, filling `state` on the way; none of its containers is written to."""
    progress("counting independent origins")
    traced = independence.trace_all(state)
    state.copies = {item.id: item for item in traced.copies}
    state.origins = {item.id: item for item in traced.origins}
    yield "copy", f"reused passages {VERSION}", traced.copies
    yield "origin", f"reuse and chains {VERSION}", traced.origins

    progress("framing propositions")
    framed = propositions.frame(state)
    state.propositions = {item.id: item for item in framed}
    yield "proposition", f"frames of the field {VERSION}", framed

    progress("reading positions")
    state.positions = list(positions.propose(state))
    yield "position", f"acts and tellers {VERSION}", state.positions
    state.propositions = decided.decide(
        state.propositions, decided.standing(state.framings.values(), state.charter), state.origins
    )

    progress("grouping incidents")
    told, before = reports.from_told(state), state.reports
    state.reports = state.reports | {item.report_id: item for item in told}
    incidents = regroup(
        state.reports, state.incidents, _changed(state, before), state.confirmed.keys() & state.incidents.keys()
    )
    state.incidents = {item.id: item for item in incidents}
    yield "report", f"incidents told in texts {VERSION}", told
    yield "incident", f"space, time and actors {VERSION}", incidents

    progress("drawing up sessions, crossings and the ceasefire")
    yield from _chronicle(state)

    found = disagreement.find(state)
    state.disagreements = {item.id: item for item in found}
    yield "disagreement", f"values side by side {VERSION}", found


def _changed(state: State, before: Mapping[str, IncidentReport]) -> set[str]:
    """Return the reports that are not as they were when the incidents that stand were proposed."""
    since = max((found.index for name in state.incidents if (found := state.provenance.get(name))), default=-1)
    newer = {name for name in before if (found := state.provenance.get(name)) and found.index > since}
    return newer | {name for name, report in state.reports.items() if before.get(name) != report}


def _chronicle(state: State) -> Iterator[Proposed]:
    sessions = chronicle.sessions(state)
    state.sessions = {item.id: item for item in sessions}
    yield "session", f"rounds by place and date {VERSION}", sessions
    crossings = chronicle.crossings(state)
    state.crossings = {item.id: item for item in crossings}
    yield "crossing", f"intervals by crossing and traffic {VERSION}", crossings
    points = chronicle.ceasefire(state)
    state.ceasefire = {item.id: item for item in points}
    yield "ceasefire", f"turns by date {VERSION}", points
