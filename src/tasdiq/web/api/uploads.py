"""Files handed in by program, as the page of uploading does it: announced, sent in parts, cancelled (rules U1 to U6)."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response

from tasdiq.errors import InputError
from tasdiq.web.api import shapes
from tasdiq.web.api.answering import answers, asks
from tasdiq.web.api.asked import asked
from tasdiq.web.room import InRoom
from tasdiq.web.uploads import uploading
from tasdiq.web.uploads.uploading import PART, Upload
from tasdiq.web.viewer import AsViewer

router = APIRouter(prefix="/api/v1/uploads", tags=["uploads"])


class NewUpload(msgspec.Struct, forbid_unknown_fields=True):
    """A file that is to be handed in: for which case, its name on the sender's machine, its size and its SHA-256."""

    case: str
    name: str
    size: int
    sha256: str


@router.post("", status_code=201)
@answers(shapes.UploadTold, 201)
@asks(NewUpload)
def begin(room: InRoom, viewer: AsViewer, new: Annotated[NewUpload, Depends(asked(NewUpload))]) -> JSONResponse:
    """Announce a file; the answer says from which byte on it is to be sent."""
    sha256 = uploading.require_sha256(new.sha256)
    made = uploading.begin(room, viewer, new.case, new.name, new.size, sha256)
    return JSONResponse(told(made), 201, {"Location": f"/api/v1/uploads/{made.id}"})


@router.get("/{ident}")
@answers(shapes.UploadTold)
def read(room: InRoom, viewer: AsViewer, ident: str) -> JSONResponse:
    """Tell how much of a file has come."""
    return JSONResponse(told(uploading.find(room, viewer, ident)))


async def part_of(request: Request) -> bytes:
    """Return the part that a request brings, of at most `PART` bytes."""
    parts, size = list[bytes](), 0
    async for piece in request.stream():
        size += len(piece)
        if size > PART:
            raise InputError(f"a part has at most {PART} bytes", field="offset")
        parts.append(piece)
    return b"".join(parts)


@router.put("/{ident}")
@answers(shapes.UploadTold)
@asks(bytes, "application/octet-stream")
def put(
    room: InRoom, viewer: AsViewer, ident: str, offset: int, part: Annotated[bytes, Depends(part_of)]
) -> JSONResponse:
    """Take the part of a file that begins at `offset`; the last one brings the answer whether all arrived as announced."""
    return JSONResponse(told(uploading.take(room, viewer, ident, offset, part)))


@router.delete("/{ident}", status_code=204)
@answers(None, 204)
def cancel(room: InRoom, viewer: AsViewer, ident: str) -> Response:
    """Give a file up."""
    uploading.cancel(room, viewer, ident)
    return Response(status_code=204)


def told(upload: Upload) -> dict[str, Any]:
    """Return an upload as JSON."""
    return {
        "id": upload.id,
        "case": upload.case_id,
        "name": upload.name,
        "size": upload.size,
        "sha256": upload.sha256,
        "received": upload.received,
        "state": upload.state,
        "type": upload.media,
        "part": PART,
    }
