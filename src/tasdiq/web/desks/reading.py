"""What the reading pages show of points, incidents and documents: each with whose word it is and the entry it stands in.

1. Only a party's own voice fills its cell; what others tell of it stands beside, marked as hearsay.
2. Every figure keeps its teller; none is averaged. An incident is alleged until a finding says otherwise.
3. Words of documents are shown as far as this viewer may read them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tasdiq.model.incident import Incident, IncidentReport
from tasdiq.model.proposition import Proposition, Row
from tasdiq.model.state import State
from tasdiq.model.statement import Statement
from tasdiq.model.taxonomy import current
from tasdiq.publication.claimed import bounds_in_words
from tasdiq.publication.framed import because
from tasdiq.publication.names import TELLERS
from tasdiq.publication.said import hull
from tasdiq.publication.view import View
from tasdiq.web.called import Called


@dataclass(frozen=True)
class Place:
    """Where an item stands in the record: its status in a word, its entry and row."""

    status: str
    entry: str
    index: int | None
    row: int | None


@dataclass(frozen=True)
class PartyCell:
    """A party's cell: what it holds in its own voice, what stands beside, and what is said where it holds nothing."""

    party: str
    name: str
    own: tuple[str, ...]
    beside: tuple[str, ...]
    none: str


@dataclass(frozen=True)
class Said:
    """A statement in words: who, how, whose telling, the passage, and where it stands."""

    id: str
    speaker: str
    act: str
    stance: str
    teller: str
    words: str
    document: str
    called: str
    language: str
    place: Place
    because: tuple[str, ...] = ()


def place(state: State, ident: str) -> Place:
    """Return where an item stands in the record."""
    where = state.provenance.get(ident)
    if ident in state.corrected:
        status = "corrected"
    elif ident in state.confirmed:
        status = "confirmed"
    else:
        item = state.propositions.get(ident)
        by_hand = item is not None and item.method == "by hand"
        made = where is None or (not by_hand and where.kind.endswith(("Proposed", "Framed")))
        status = "proposed by machine" if made else "recorded"
    return Place(status, where.entry if where else "", where.index if where else None, where.row if where else None)


def cells(state: State, row: Row | None, order: list[str]) -> list[PartyCell]:
    """Return the cells of a point, in the order of the day (rule 1)."""
    names = Called(state)
    found = []
    for party in order:
        own = tuple(item.label for item in row.own if item.party == party) if row else ()
        beside = tuple(item.label for item in row.beside if item.party == party) if row else ()
        asked = row is not None and party in row.asked
        found.append(
            PartyCell(party, names.actor(party), own, beside, "asked, no reply" if asked else "no statement of its own")
        )
    return found


def statements(view: View, proposition: Proposition) -> list[Said]:
    """Return every statement on a point, as far as it may be shown."""
    held = [(holding, view.state.statements.get(holding.statement)) for holding in proposition.holdings]
    return [
        replace(said(view, statement, holding.stance), because=tuple(because(view, proposition, holding)))
        for holding, statement in held
        if statement
    ]


def said(view: View, statement: Statement, stance: str = "") -> Said:
    """Return a statement in words."""
    passage = view.passage(hull(view, statement))
    document = view.state.documents.get(statement.document)
    teller = TELLERS[statement.teller]
    if statement.teller != "own" and (who := statement.told_by or (document.outlet if document else None)):
        teller = f"as told by {view.names.actor(who)}"
    return Said(
        id=statement.id,
        speaker=view.names.actor(statement.speaker) or "speaker not named",
        act=statement.act,
        stance=stance,
        teller=teller,
        words=passage["text"],
        document=statement.document,
        called=passage["called"],
        language=passage["language"],
        place=place(view.state, statement.id),
    )


@dataclass(frozen=True)
class Happened:
    """An incident in a row: kind, earliest time and how exact it is, place, figures as a range, how many origins it has."""

    id: str
    type: str
    time: str
    time_precision_min: int | None
    where: str
    killed: str
    injured: str
    reports: tuple[IncidentReport, ...]
    origins: str
    found: bool


def happened(state: State, incident: Incident, found: bool = False) -> Happened:
    """Return an incident as a row (rule 2)."""
    reports = tuple(state.reports[name] for name in incident.reports if name in state.reports)
    low, high = incident.origins_min, incident.origins_max
    first = min((report for report in reports if report.time), key=lambda report: report.time, default=None)
    return Happened(
        id=incident.id,
        type=max((current(report.type) for report in reports), key=lambda kind: (kind.count("/"), kind), default=""),
        time=first.time if first else "",
        time_precision_min=first.time_precision_min if first else None,
        where=next((where(report) for report in reports if where(report)), ""),
        killed=_figure(reports, "killed"),
        injured=_figure(reports, "injured"),
        reports=reports,
        origins=str(low) if low == high else f"{low}–{high}",
        found=found,
    )


def where(report: IncidentReport) -> str:
    """Return where a report says that it happened, as exactly as this viewer may know."""
    return ", ".join(dict.fromkeys(name for name in (report.place, report.admin2, report.admin1) if name))


def figure(report: IncidentReport, name: str) -> str:
    """Return one report's figure in words."""
    return _figure((report,), name)


def _figure(reports: tuple[IncidentReport, ...], name: str) -> str:
    lows = [low for report in reports if (low := getattr(report, f"{name}_min")) is not None]
    highs = [high for report in reports if (high := getattr(report, f"{name}_max")) is not None]
    return bounds_in_words(min(lows, default=None), max(highs, default=None))
