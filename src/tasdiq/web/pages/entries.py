"""The entries of the record: their list, and each with who signed it, what it says, and the file that proves it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from tasdiq.errors import MissingError
from tasdiq.model.state import State
from tasdiq.record import checkpoint
from tasdiq.record.reader import Reader, Stored
from tasdiq.web.called import Called
from tasdiq.web.desks.paging import Before, part
from tasdiq.web.render import page
from tasdiq.web.room import InRoom, Room
from tasdiq.web.seeing import may_read_entry, not_there, seen
from tasdiq.web.viewer import AsViewer
from tasdiq.web.words import render

router = APIRouter()
_LONGEST_ID = 64
_LONGEST_SHOWN = 40_000
"""Bytes of a body that is written out in words; a longer one is fetched whole."""


@router.get("/entries", response_class=HTMLResponse)
def entries(request: Request, room: InRoom, viewer: AsViewer, before: Before = None) -> HTMLResponse:
    """List the entries, the latest first."""
    state = seen(room, viewer)
    return page(request, "entries.html", part=part(state.entries, before), names=Called(state))


@router.get("/entries/{ident}", response_class=HTMLResponse)
def entry(request: Request, room: InRoom, viewer: AsViewer, ident: str) -> HTMLResponse:
    """Show an entry, by its id or by its index."""
    state = seen(room, viewer)
    with room.live.reader() as reader:
        stored = _stored(reader, state, ident)
        readable = may_read_entry(room, viewer, stored.index)
        signed = reader.checkpoint()
        shown = _shown(room, reader, stored, state, readable)
    covered = checkpoint.parse(signed)[0].size if signed else 0
    return page(request, "entry.html", **shown, covered=covered > stored.index, names=Called(state))


def _stored(reader: Reader, state: State, ident: str) -> Stored:
    try:
        if ident.isascii() and ident.isdigit() and len(ident) < 16:
            found = reader[int(ident)] if int(ident) < state.size else None
        else:
            found = reader.entry(ident) if len(ident) == _LONGEST_ID else None
    except (MissingError, IndexError):
        found = None
    if found is None or found.index >= state.size:
        raise not_there()
    return found


def _shown(room: Room, reader: Reader, stored: Stored, state: State, readable: bool) -> dict[str, Any]:
    line = state.entries[stored.index]
    keys = reader.chain.keys.keys
    signers = [(keys.get(key), key) for key, _ in stored.sigs] if _names_signers(line.kind) else []
    committed = reader.committed(stored.index) if readable else None
    long = committed is not None and len(committed[1]) > _LONGEST_SHOWN
    words = render(stored.header, committed[1], (), []) if committed and not long else []
    return {
        "line": line,
        "stored": stored,
        "readable": readable,
        "signers": signers,
        "words": words,
        "long": long,
        "rows": len(reader.rows(stored.index)) if readable else 0,
        "refused": state.refused_steps.get(line.id, ""),
        "redacted": state.redacted.get(line.id, ""),
    }


def _names_signers(kind: str) -> bool:
    """Tell whether a line says whose it is: of a sealed one neither member nor key is told here."""
    return kind != "sealed"
