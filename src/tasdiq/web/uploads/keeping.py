"""What files an entry may name, and putting them among the record's attachments when it is entered.

1. Evidence names files that its member has handed in here and that arrived whole, or that its officer may read as evidence
   already; so does a document with the file of its words. Else whoever knows the hash of another's file could name it as its
   own, and read it.
2. They are put among the attachments just before the entry is entered, moved and not copied; a draft that is never signed
   leaves nothing there. An entry that is refused after that leaves a file that nothing names, which is no evidence of anything.
3. A file that is in its place already is not put there twice: entering again after an interruption does no harm.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from sqlalchemy import select, update

from tasdiq.errors import InputError
from tasdiq.model.entries import DocumentReceived
from tasdiq.model.steps import EvidenceSubmitted
from tasdiq.model.value import Value
from tasdiq.record.entry import Submission, parse_leaf
from tasdiq.secretariat.reviewing import opened
from tasdiq.web.room import Room
from tasdiq.web.seeing import sight
from tasdiq.web.uploads import staging
from tasdiq.web.uploads.tables import UPLOAD
from tasdiq.web.viewer import Viewer

_NAMING: dict[str, type[Value]] = {form.__name__: form for form in (EvidenceSubmitted, DocumentReceived)}
"""Kinds of entries that name files."""


def require_files(room: Room, viewer: Viewer, body: Value) -> None:
    """Raise `InputError` unless every file that a body names may be named by this viewer's member (rule 1)."""
    if isinstance(body, EvidenceSubmitted):
        _require(room, viewer, body.sha256)
    elif isinstance(body, DocumentReceived) and body.text_sha256:
        _require(room, viewer, [body.text_sha256])


def _require(room: Room, viewer: Viewer, named: Iterable[str]) -> None:
    mine = _whole(room, viewer).keys() | sight(room, viewer).evidence
    for sha256 in named:
        if sha256 not in mine:
            raise InputError(
                f"your member has not handed in a file with the SHA-256 {sha256[:16]}… in the last day: upload it first",
                field="sha256",
            )


def keep_files(room: Room, viewer: Viewer, body: Value) -> None:
    """Put the files that a body names among the record's attachments (rules 1 to 3)."""
    require_files(room, viewer, body)
    if not isinstance(body, EvidenceSubmitted):
        return
    whole = _whole(room, viewer)
    for sha256 in body.sha256:
        for ident in whole.get(sha256, ()):
            path = staging.place(room.home, ident)
            if path.is_file():
                room.writer.keep_file(path)
            with room.office.engine.begin() as connection:
                connection.execute(update(UPLOAD).where(UPLOAD.c.id == ident).values(state="kept"))


def keep_submitted(room: Room, viewer: Viewer, submissions: Iterable[Submission]) -> None:
    """Do as `keep_files` does for entries that were signed elsewhere; what names no files passes unread."""
    for submission in submissions:
        entry = parse_leaf(submission.leaf)
        if entry.header["access"] == "named":
            continue
        kind, content = opened(entry, submission)
        if form := _NAMING.get(kind):
            keep_files(room, viewer, _shaped(content, form))


def _shaped(content: object, form: type[Value]) -> Value:
    try:
        return msgspec.convert(content, form)
    except msgspec.ValidationError as error:
        raise InputError(f"the body does not have the form that {form.__name__} has: {error}", field="body") from error


def _whole(room: Room, viewer: Viewer) -> dict[str, list[str]]:
    """Return the files of a member that arrived whole, kept ones among them: SHA-256 -> ids."""
    chosen = (UPLOAD.c.member == viewer.member) & UPLOAD.c.state.in_(("whole", "kept"))
    found: dict[str, list[str]] = {}
    with room.office.engine.connect() as connection:
        for row in connection.execute(select(UPLOAD.c.id, UPLOAD.c.sha256).where(chosen)):
            found.setdefault(row.sha256, []).append(row.id)
    return found
