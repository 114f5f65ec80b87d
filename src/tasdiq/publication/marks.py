"""Cut the shown passages of a document into blocks with the statements marked in them.

A block is a paragraph (of its kind) or a gap. Its runs carry the words and, where a statement stands, its number, its id and
the part (source, cue, content); nested statements mark the same run several times. Words outside every shown piece are
counted, never included.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from tasdiq.model.document import Document, Paragraph

from .passages import Piece
from .view import Plain, View

Mark = tuple[int, int, int, str, str]
"""start, end, number of the statement on its page, statement id, part."""


def document_blocks(view: View, document: Document, statements: list[str]) -> list[Plain]:
    """Return the blocks of a document in order: paragraphs with their runs, and gaps with their length."""
    marks = _marks(view, statements)
    blocks: list[Plain] = []
    at = document.start
    for paragraph in _paragraphs(document):
        pieces = _within(view.shown.pieces(document.id), paragraph)
        if not pieces:
            continue
        blocks += _gap(at, pieces[0].start if pieces[0].start == paragraph.start else paragraph.start)
        blocks.append({"kind": paragraph.kind, "runs": _paragraph(view, document, paragraph, pieces, marks)})
        at = paragraph.end
    return blocks + _gap(at, document.end)


def _paragraphs(document: Document) -> Iterable[Paragraph]:
    """Yield paragraphs that cover the document without overlap; what lies between them counts to the one before."""
    own = sorted(document.paragraphs, key=lambda p: p.start) or [Paragraph(start=document.start, end=document.end)]
    starts = [min(document.start, own[0].start), *(p.start for p in own[1:])]
    ends = [*starts[1:], document.end]
    for paragraph, start, end in zip(own, starts, ends, strict=True):
        if end > start:
            yield Paragraph(start=start, end=end, kind=paragraph.kind)


def _within(pieces: Iterable[Piece], paragraph: Paragraph) -> list[Piece]:
    cut = [Piece(max(p.start, paragraph.start), min(p.end, paragraph.end)) for p in pieces]
    return [piece for piece in cut if piece.start < piece.end]


def _gap(start: int, end: int) -> list[Plain]:
    return [{"kind": "gap", "length": end - start}] if end - start > 2 else []


def _marks(view: View, statements: list[str]) -> list[Mark]:
    marks: list[Mark] = []
    for number, name in enumerate(statements, 1):
        statement = view.state.statements[name]
        for part, spans in (("source", statement.source), ("cue", statement.cue), ("content", statement.content)):
            marks += [(span.start, span.end, number, name, part) for span in spans]
    return marks


def _paragraph(
    view: View, document: Document, paragraph: Paragraph, pieces: list[Piece], marks: list[Mark]
) -> list[Plain]:
    runs: list[Plain] = []
    at = paragraph.start
    for piece in pieces:
        if piece.start - at > 1:
            runs.append({"gap": piece.start - at})
        runs += _runs(view, document.id, piece, marks)
        at = piece.end
    if paragraph.end - at > 3:
        runs.append({"gap": paragraph.end - at})
    return runs


def _runs(view: View, document: str, piece: Piece, marks: list[Mark]) -> list[Plain]:
    here = [mark for mark in marks if mark[0] < piece.end and mark[1] > piece.start]
    edges = {edge for mark in here for edge in mark[:2]} | view.points.get(document, set())
    cuts = sorted({piece.start, piece.end} | {edge for edge in edges if piece.start < edge < piece.end})
    return [_run(view, document, start, end, here) for start, end in pairwise(cuts)]


def _run(view: View, document: str, start: int, end: int, marks: list[Mark]) -> Plain:
    over = [mark for mark in marks if mark[0] <= start and mark[1] >= end]
    return {
        "start": start,
        "end": end,
        "text": view.shown.text(document, start, end),
        "marks": [{"number": m[2], "statement": m[3], "part": m[4], "first": m[0] == start} for m in over],
    }
