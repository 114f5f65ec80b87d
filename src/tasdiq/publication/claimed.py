"""What documents claim in passing, as plain data: figures, measures of engagement, agreements; each with its teller.

A figure is never averaged and never merged with another's; a party that gives none of its own is named.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from tasdiq.model.told import AgreementTold, FigureTold, MeasureTold, Told

from .names import no_figure
from .view import Plain, View

T = TypeVar("T", bound=Told)


def _of(view: View, kind: type[T]) -> list[T]:
    found = [told for told in view.state.told.values() if isinstance(told, kind)]
    return sorted(found, key=lambda t: (_file(view, t), t.telling.passage.document, t.telling.passage.start, t.id))


def _file(view: View, told: Told) -> str:
    document = view.state.documents.get(told.telling.passage.document)
    return document.file if document else ""


def figures(view: View) -> list[Plain]:
    """List every figure with its teller and the parties that give none of their own on its subject."""
    told = _of(view, FigureTold)
    return [_figure(view, item, told) for item in told]


def _figure(view: View, item: FigureTold, told: Iterable[FigureTold]) -> Plain:
    gave = {
        party
        for f in told
        if f.telling.teller == "own" and f.measure == item.measure and f.side == item.side
        for party in (f.telling.party, *f.telling.parties)
    }
    missing = [party for party in view.parties if party not in gave]
    members = {member.id: member for member in view.state.charter.parties}
    return {
        **view.claim(item),
        "subject": item.subject,
        "measure": item.measure,
        "side": item.side,
        "low": item.low,
        "high": item.high,
        "range": bounds_in_words(item.low, item.high),
        "words": item.words,
        "place": item.place,
        "caused_by": item.caused_by,
        "no_figure": missing,
        "no_figure_words": [no_figure(members[party], view.state.charter.form) for party in missing],
    }


def bounds_in_words(low: int | None, high: int | None) -> str:
    """Write a range: "14", "9–16", "31 or more", "up to 5", "no figure"."""
    if low is None and high is None:
        return "no figure"
    if high is None:
        return f"{low:,} or more"
    if low is None:
        return f"up to {high:,}"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def measures(view: View) -> list[Plain]:
    """List the measures of engagement claimed, dated and attributed."""
    return [{**view.claim(m), "kind": m.kind, "by": m.by, "by_name": view.names.actor(m.by), "words": m.words}
            for m in _of(view, MeasureTold)]  # fmt: skip


def agreements_told(view: View) -> list[Plain]:
    """List what documents say was agreed or not, and in what form."""
    return [{**view.claim(a), "subject": a.subject, "form": a.form, "parties": list(a.parties), "words": a.words}
            for a in _of(view, AgreementTold)]  # fmt: skip
