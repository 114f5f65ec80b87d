"""The page on which a draft is read and signed, and the list of drafts that were left or wait for a second device.

What is signed is shown by the page's own script, from the bytes that are signed. What stands here from the server is only a
way there: its words are told apart, and whoever turns scripts off is told how to sign offline.
"""

from __future__ import annotations

import json
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from tasdiq.web import acting, words
from tasdiq.web.acting.preparing import of_draft
from tasdiq.web.forms.table import FORMS
from tasdiq.web.guard.hosts import safe_next
from tasdiq.web.render import page
from tasdiq.web.room import InRoom
from tasdiq.web.viewer import AsViewer

router = APIRouter()

FORMATS = (
    "errors", "bytes", "canonical", "shape", "folder", "ed25519", "merkle", "tiles", "note", "checkpoint", "body", "rows",
    "disclosure", "entry",
)  # fmt: skip
"""The scripts of the audit page that read the record's formats, in the order in which they need each other."""
KEYS = tuple(f"audit/{name}.js" for name in FORMATS) + tuple(f"sign/{name}.js" for name in ("words", "checks", "keys"))
"""What a page needs that makes or uses keys in the browser."""
SCRIPTS = (*KEYS, "sign/sign.js")


def address_of(draft: str, next_page: str = "") -> str:
    """Return the address at which a draft is signed, and goes on to `next_page` afterwards."""
    return f"/sign/{draft}" + (f"?next={quote(local(next_page), safe='')}" if next_page else "")


def local(path: str) -> str:
    """Return a path of this server, "/desk" for anything that leads elsewhere."""
    return safe_next(path)


@router.get("/sign", response_class=HTMLResponse)
def drafts(request: Request, room: InRoom, viewer: AsViewer) -> HTMLResponse:
    """List what waits for this officer's signature."""
    acting.preparing.require_actor(viewer)
    return page(request, "sign-list.html", drafts=acting.waiting(room, viewer), forms=FORMS)


@router.get("/sign/{draft}", response_class=HTMLResponse)
def sign(request: Request, room: InRoom, viewer: AsViewer, draft: str, next: str = "/desk") -> HTMLResponse:
    """Show a draft, to be read and signed."""
    found = acting.shown(room, viewer, draft)
    return page(
        request,
        "sign.html",
        draft=found,
        own=found.account == viewer.account and not found.entry,
        needs=of_draft(found).needs,
        sections=_told(found),
        scripts=SCRIPTS,
        names={member.id: member.name for member in room.live.state().charter.members},
        next=local(next),
    )


@router.post("/sign/{draft}/discard")
def discard(room: InRoom, viewer: AsViewer, draft: str) -> RedirectResponse:
    """Drop a draft."""
    acting.discard(room, viewer, draft)
    return RedirectResponse("/sign", 303)


def _told(draft: acting.Draft) -> list[words.Section]:
    if draft.entry:
        return []
    made = draft.unsigned
    rows = [row.content for row in made.rows if row]
    return words.render(json.loads(draft.header), made.plaintext, rows, [text for text in made.disclosures if text])
