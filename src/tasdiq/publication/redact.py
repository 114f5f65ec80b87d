"""Decide what of a state may be published, before anything is rendered or exported.

The rules are R1 to R8 of `withheld`; their parameters come from the charter. The result holds no text of any document: the
words that may be shown are asked from `Shown`. What a signed public body of the record contains is decided when it is signed,
not here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

import msgspec

from tasdiq.model.case import Case
from tasdiq.model.document import Document
from tasdiq.model.incident import Incident, IncidentReport
from tasdiq.model.state import State
from tasdiq.model.statement import Statement
from tasdiq.model.value import Value

from .coarsen import coarsen_access, coarsen_report
from .passages import Piece, Shown, choose, count_cut
from .persons import Mask, make_mask
from .sealed import drop_named
from .wanted import wanted
from .withheld import Withheld

V = TypeVar("V", bound=Value)


@dataclass(frozen=True)
class Public:
    """What may be published: a state without texts, the shown words, and the list of what was left out."""

    state: State
    shown: Shown
    withheld: Withheld
    published_at: datetime


def make_public(state: State, published_at: datetime) -> Public:
    """Apply the rules of redaction to a state at a time of publication (aware, any zone)."""
    withheld = Withheld()
    state = drop_named(state, withheld)
    reports = public_reports(state, published_at, withheld)
    statements = public_statements(state, withheld)
    public = dataclasses.replace(
        state,
        reports=reports,
        incidents=public_incidents(state.incidents.values(), reports, withheld),
        statements=statements,
        cases={name: public_case(case, withheld) for name, case in state.cases.items()},
        documents={name: public_document(document, withheld) for name, document in state.documents.items()},
    )
    mask = make_mask(state)
    withheld.add("R4", "private persons under a pseudonym", len(mask.ids))
    shown = choose_words(public, mask, withheld)
    return Public(_masked(public, mask), shown, withheld, published_at)


def public_reports(state: State, published_at: datetime, withheld: Withheld) -> dict[str, IncidentReport]:
    """Return the reports that may be shown, coarsened."""
    rules = state.charter.publication
    until = (published_at - timedelta(hours=rules.embargo_hours)).strftime("%Y-%m-%dT%H:%M:%SZ")
    kept: dict[str, IncidentReport] = {}
    for name, report in state.reports.items():
        if (report.time or report.reported_at) > until:
            withheld.add("R1", "incident reports still under embargo")
        elif not report.redistribute:
            withheld.add("R5", "incident reports whose licence forbids passing them on")
        else:
            kept[name] = coarsen_report(report, rules)
    changed = sum(kept[n] != state.reports[n] for n in kept)
    withheld.add("R2", f"incident reports coarsened to the {rules.coarsen}", changed)
    small = sum(kept[n].killed_max != state.reports[n].killed_max for n in kept)
    withheld.add("R6", "small counts given as a range", small)
    return kept


def public_incidents(
    incidents: Iterable[Incident], reports: dict[str, IncidentReport], withheld: Withheld
) -> dict[str, Incident]:
    """Return the incidents of which a report may be shown, each with those alone."""
    kept: dict[str, Incident] = {}
    for incident in incidents:
        left = tuple(name for name in incident.reports if name in reports)
        if not left:
            withheld.add("R5" if len(incident.reports) > 1 else "R1", "incidents none of whose reports may be shown")
            continue
        origins = tuple(o for o in (tuple(n for n in group if n in reports) for group in incident.origins) if o)
        kept[incident.id] = msgspec.structs.replace(incident, reports=left, origins=origins)
    return kept


def public_statements(state: State, withheld: Withheld) -> dict[str, Statement]:
    """Return the statements without narration that nothing rests on."""
    used = {holding.statement for item in state.propositions.values() for holding in item.holdings}
    used |= {name for position in state.positions for name in position.statements}
    used |= {name for origin in state.origins.values() for name in origin.statements}
    used |= {told.telling.statement for told in state.told.values() if told.telling.statement}
    kept = {name: s for name, s in state.statements.items() if not s.narrated or name in used}
    withheld.add("R7", "narrated sentences that nothing rests on", len(state.statements) - len(kept))
    return kept


def public_case(case: Case, withheld: Withheld) -> Case:
    """Return a case without the places that access was asked to."""
    withheld.add("R2", "places that access was asked to", len(case.access))
    return msgspec.structs.replace(case, access=coarsen_access(case))


def public_document(document: Document, withheld: Withheld) -> Document:
    """Return a document without its byline."""
    withheld.add("R4", "bylines", int(bool(document.author)))
    return msgspec.structs.replace(document, author=None)


def choose_words(state: State, mask: Mask, withheld: Withheld) -> Shown:
    """Choose the words of every document that may be shown, of a state that is public but for names."""
    found = wanted(state)
    pieces: dict[str, list[Piece]] = {}
    texts: dict[str, str] = {}
    for name, document in state.documents.items():
        text = state.text(name)
        tiers = [tier.get(name, []) for tier in found]
        if text is not None:
            texts[name], pieces[name] = text, choose(document, text, tiers, state.charter.publication)
        what = "passages of withheld texts" if text is None else "passages shortened or not shown"
        withheld.add("R3", what, count_cut(pieces.get(name, ()), tiers[0] + tiers[1]))
    return Shown(texts, pieces, mask)


MASKED = (
    "documents", "actors", "statements", "told", "reports", "incidents", "origins", "copies", "propositions",
    "rows", "disagreements", "sessions", "crossings", "ceasefire", "cases", "conduct",
)  # fmt: skip


def _masked(state: State, mask: Mask) -> State:
    """Return the state without texts, every name and id of a private person replaced."""
    if mask.pattern is None and not mask.ids:
        return dataclasses.replace(state, texts={})
    changed: dict[str, Any] = {name: _masked_map(getattr(state, name), mask) for name in MASKED}
    changed["positions"] = [masked(item, mask) for item in state.positions]
    changed["rejected"] = [masked(item, mask) for item in state.rejected]
    changed["provenance"] = {mask.ids.get(name, name): where for name, where in state.provenance.items()}
    changed["entries"] = [dataclasses.replace(line, summary=mask.text(line.summary)) for line in state.entries]
    return dataclasses.replace(state, texts={}, **changed)


def _masked_map(values: dict[str, V], mask: Mask) -> dict[str, V]:
    return {mask.ids.get(name, name): masked(value, mask) for name, value in values.items()}


def masked(value: V, mask: Mask) -> V:
    """Return a value with every name and id of a private person replaced."""
    plain = mask.plain(msgspec.to_builtins(value))
    if plain.get("id") in mask.ids.values():
        return _pseudonymous(plain, type(value))
    return msgspec.convert(plain, type(value))


def _pseudonymous(plain: dict[str, Any], kind: type[V]) -> V:
    """Return a private person with nothing left but the pseudonym and the party."""
    number = plain["id"].rpartition("/")[2]
    kept: dict[str, Any] = {key: plain[key] for key in ("id", "kind", "party") if key in plain}
    return msgspec.convert(kept | {"name": f"Person {number}"}, kind)
