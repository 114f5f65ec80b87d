"""Drafts by program: prepare one, read it, sign it, drop it. What the page of signing does, it does through here."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse, Response

from tasdiq.errors import InputError, MissingError
from tasdiq.model import entries
from tasdiq.model.value import Value
from tasdiq.record import canonical
from tasdiq.record.submission import to_bytes
from tasdiq.web import acting
from tasdiq.web.acting.preparing import of_draft
from tasdiq.web.acting.signing import Signed, entered_as, read_signature
from tasdiq.web.api import shapes
from tasdiq.web.api.answering import answers, asks
from tasdiq.web.api.asked import asked
from tasdiq.web.room import InRoom
from tasdiq.web.viewer import AsViewer

router = APIRouter(prefix="/api/v1/drafts", tags=["drafts"])


class NewDraft(msgspec.Struct, forbid_unknown_fields=True):
    """What is to be prepared: a kind of entry, its body, and what it refers to."""

    kind: str
    body: dict[str, Any]
    refs: tuple[str, ...] = ()
    access: str | None = None


class Signature(msgspec.Struct, forbid_unknown_fields=True):
    """A signature over the header of a draft: the key's id, and base64url of the signature."""

    key: str
    sig: str


@router.post("", status_code=201)
@answers(acting.Prepared, 201)
@asks(NewDraft)
def prepare(room: InRoom, viewer: AsViewer, new: Annotated[NewDraft, Depends(asked(NewDraft))]) -> JSONResponse:
    """Prepare an entry and keep it as a draft."""
    body = shaped(new.kind, new.body)
    made = acting.prepare(room, viewer, body, kind=new.kind, refs=new.refs, access=new.access)
    return JSONResponse(asdict(made), 201, {"Location": f"/api/v1/drafts/{made.id}"})


@router.get("")
@answers(shapes.DraftsTold)
def waiting(room: InRoom, viewer: AsViewer) -> JSONResponse:
    """List the drafts that wait for the caller's signature."""
    return JSONResponse({"drafts": [asdict(line) for line in acting.waiting(room, viewer)]})


@router.get("/{ident}")
@answers(shapes.DraftTold)
def read(room: InRoom, viewer: AsViewer, ident: str) -> JSONResponse:
    """Return a draft with the exact bytes that are to be signed, or where it stands since it was entered."""
    draft = acting.shown(room, viewer, ident)
    content = asdict(of_draft(draft)) | {
        "member": draft.member,
        "officer": draft.officer,
        "own": draft.account == viewer.account,
        "prepared_at": draft.prepared_at,
        "signed": [{"key": key, "officer": officer} for key, _, officer in draft.signatures],
        "entered": told(entered_as(draft)) if draft.entry else None,
    }
    return JSONResponse(content, headers={"Cache-Control": "no-store"})


@router.post("/{ident}/signatures", status_code=201)
@answers(shapes.SignedOff, 201)
@answers(shapes.SignedInPart, 202)
@asks(Signature)
def sign(
    room: InRoom, viewer: AsViewer, ident: str, given: Annotated[Signature, Depends(asked(Signature))]
) -> JSONResponse:
    """Take a signature: 201 with the entry where it stands now, 202 where another device must sign."""
    done = acting.sign(room, viewer, ident, given.key, read_signature(given.sig))
    return JSONResponse(told(done), 201 if done.entered else 202)


@router.get("/{ident}/submission")
@answers(dict, media="application/vnd.tasdiq.submission+json")
def submission(room: InRoom, viewer: AsViewer, ident: str) -> Response:
    """Return a draft that waits for a second signature as a submission file, to be signed offline."""
    draft = acting.shown(room, viewer, ident)
    if draft.entry or not draft.signatures:
        raise MissingError("only a draft that carries a signature, and is not entered, is handed out as a file")
    named = {"Content-Disposition": 'attachment; filename="draft.json"'}
    return Response(to_bytes(draft.signed), media_type="application/vnd.tasdiq.submission+json", headers=named)


@router.delete("/{ident}", status_code=204)
@answers(None, 204)
def discard(room: InRoom, viewer: AsViewer, ident: str) -> Response:
    """Drop a draft that was not entered."""
    acting.discard(room, viewer, ident)
    return Response(status_code=204)


def shaped(kind: str, body: dict[str, Any]) -> Value:
    """Return a body of its kind's type; InputError names the field that does not fit."""
    form = entries.BODIES.get(kind)
    if form is None:
        raise InputError(f"expected a kind of entry, found {kind[:40]!r}", field="kind")
    try:
        canonical.dumps(body)
        found: Value = msgspec.convert(body, form)
    except msgspec.ValidationError as error:
        raise InputError(f"the body does not have the form that {kind} has: {error}", field="body") from error
    return found


def told(done: Signed) -> dict[str, Any]:
    """Return what became of a signature, as JSON."""
    if not done.entered:
        return {"draft": done.draft, "waiting": list(done.waiting), "expires_at": done.expires_at}
    return {
        "draft": done.draft,
        "entered": {"id": done.entry, "index": done.index, "deadline": done.deadline, "receipt": done.receipt},
    }
