"""Copies as plain data: two documents with one statement, side by side, word by word; what one origin has in many documents.

1. Of a pair of passages every run of words is given with where it stands: the same in both, put otherwise, or only in one. The
   words are what may be shown of each document (R3), so that a run may be shortened or left out.
2. Where passages are only on one point, their words are not held against each other: what is alike there is not the wording.
"""

from __future__ import annotations

from tasdiq.model.document import Passage, Span
from tasdiq.model.reuse import Copy, Pair, Run

from .view import Plain, View

HOW = {
    "same wording": "the same wording",
    "reworded": "put in other words",
    "on one point": "on one point, in words of its own",
    "one quotation": "one quotation in both",
}


def copies(view: View) -> list[Plain]:
    """List the copies in the order of their documents and places, each with its origin."""
    homes = {name: origin.id for origin in view.state.origins.values() for name in origin.statements}
    known = (
        copy for copy in view.state.copies.values() if all(name in view.state.documents for name in copy.documents)
    )
    ordered = sorted(known, key=lambda copy: (_files(view, copy), _place(copy), copy.id))
    return [_copy(view, copy, homes) for copy in ordered]


def _files(view: View, copy: Copy) -> tuple[str, ...]:
    return tuple(view.state.documents[name].file for name in copy.documents)


def _place(copy: Copy) -> tuple[int, ...]:
    return tuple(pair.one.start for pair in copy.pairs)


def _copy(view: View, copy: Copy, homes: dict[str, str]) -> Plain:
    return {
        "id": copy.id,
        "origin": next((homes[name] for name in copy.statements if name in homes), None),
        "documents": list(copy.documents),
        "called": [view.names.document(name) for name in copy.documents],
        "statements": [name for name in copy.statements if name in view.state.statements],
        "first": copy.first,
        "first_called": view.names.document(copy.first) if copy.first else None,
        "sure": copy.sure,
        "why": list(copy.why),
        "pairs": [_pair(view, pair) for pair in copy.pairs],
        "method": copy.method,
        **view.standing(copy.id),
    }


def _pair(view: View, pair: Pair) -> Plain:
    return {
        "how": pair.how,
        "how_words": HOW[pair.how],
        "likely_ppm": pair.likely_ppm,
        "one": view.passage(pair.one),
        "other": view.passage(pair.other),
        "runs": [] if pair.how == "on one point" else [_run(view, pair, run) for run in pair.runs],
    }


def _run(view: View, pair: Pair, run: Run) -> Plain:
    return {
        "kind": run.kind,
        "one": _words(view, pair.one.document, run.one),
        "other": _words(view, pair.other.document, run.other),
    }


def _words(view: View, document: str, span: Span | None) -> Plain | None:
    if span is None:
        return None
    words = view.shown.words(Passage(document=document, start=span.start, end=span.end))
    return {"start": span.start, "end": span.end, "text": words.text, "complete": words.complete}
