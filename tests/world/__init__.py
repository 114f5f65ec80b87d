"""A small ceasefire in memory, between the made-up countries Kestria and Vorland, with a fixed clock.

`state()` is a joint record with cases; `desk()` the record of one compiler, where no party has signed; `empty()` a record
that holds only its charter. Tests use these instead of mocks. The texts were written for this purpose.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from tasdiq.model.document import Rejected
from tasdiq.model.state import EntryLine, Provenance, State

from .corroborated import DISAGREEMENTS, ORIGINS, POSITIONS, PROPOSITIONS, ROWS
from .events import CEASEFIRE, CROSSINGS, INCIDENTS, REPORTS, SESSIONS, TOLD
from .events import SHELLING as _SHELLING
from .people import ACTORS, charter
from .procedure import CASES, CONDUCT
from .speech import STATEMENTS
from .texts import DOCUMENTS, FILES, text_hash

CLOCK = datetime(2031, 4, 10, 12, 0, tzinfo=UTC)
SHELLING = _SHELLING.id
"""The incident report a newspaper tells; it carries the id of its telling."""
ORIGIN = "kestria-vorland.example/record"


def state() -> State:
    """Build the joint record: everything there is, with cases, conduct and one confirmation."""
    built = _corroborated("joint")
    built.cases, built.conduct = dict(CASES), dict(CONDUCT)
    _enter(built, "CaseOpened", built.cases)
    _enter(built, "FindingDrafted", {f.id: f for case in CASES.values() for f in case.findings})
    built.confirmed["p-ceasefire-committed"] = _confirm(built)
    return _close(built)


def desk() -> State:
    """Build the desk record of one compiler: no party has signed, nothing is confirmed, there are no cases."""
    return _close(_corroborated("desk"))


def empty(form: str = "desk") -> State:
    """Build a record that holds only its charter."""
    built = State(charter=charter(form), origin=ORIGIN)
    _enter(built, "CharterAdopted", {"charter": None})
    return _close(built)


def _corroborated(form: str) -> State:
    built = empty(form)
    built.actors = {a.id: a for a in ACTORS}
    built.texts = {text_hash(text): text for text in FILES.values()}
    built.documents = {d.id: d for d in DOCUMENTS}
    built.rejected = [Rejected(file="blank.txt", reason="the file is empty"),
                      Rejected(file="events.csv", line=7, field="lat", reason="latitude 200 is outside -90..90",
                               content="t-006,200,21.3")]  # fmt: skip
    for document in DOCUMENTS:
        _enter(built, "DocumentReceived", {document.id: document})
        _enter(built, "StatementsProposed", {n: x for n, x in STATEMENTS.items() if x.document == document.id})
    built.statements, built.told = dict(STATEMENTS), dict(TOLD)
    built.reports, built.incidents = dict(REPORTS), dict(INCIDENTS)
    built.propositions, built.positions, built.rows = dict(PROPOSITIONS), list(POSITIONS), dict(ROWS)
    built.origins, built.disagreements = dict(ORIGINS), dict(DISAGREEMENTS)
    built.sessions, built.crossings, built.ceasefire = dict(SESSIONS), dict(CROSSINGS), dict(CEASEFIRE)
    for items in (TOLD, REPORTS):
        _enter(built, "ReportsProposed", items)
    for items in (INCIDENTS, SESSIONS, CROSSINGS, CEASEFIRE, ORIGINS, DISAGREEMENTS):
        _enter(built, "GroupingProposed", items)
    _enter(built, "PropositionFramed", PROPOSITIONS)
    return built


def _enter(built: State, kind: str, items: object) -> str:
    """Append one entry that brings `items` (a mapping by local id) as its rows, and return its id."""
    index = len(built.entries)
    ident = hashlib.sha256(f"{kind}/{index}".encode()).hexdigest()
    names = list(items)  # type: ignore[call-overload]
    bulk = kind.endswith(("Proposed", "Framed"))
    built.entries.append(EntryLine(
        index=index, id=ident, kind=kind, member="compiler" if built.charter.form == "desk" else "ilm",
        claimed_time=f"2031-04-10T0{index // 60}:{index % 60:02d}:00Z", access="public", status="proposed" if bulk else "recorded",
        summary=f"{len(names)} rows" if bulk else ", ".join(names),
    ))  # fmt: skip
    for row, name in enumerate(names):
        built.provenance.setdefault(name, Provenance(entry=ident, index=index, row=row if bulk else None, kind=kind))
    return ident


def _confirm(built: State) -> str:
    return _enter(built, "ProposalConfirmed", {"confirmation": None})


def _close(built: State) -> State:
    built.size = len(built.entries)
    return built
