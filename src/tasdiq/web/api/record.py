"""The record itself: its keys, its checkpoint, its entries with their proofs, its tiles as any log's client reads them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from tasdiq.errors import InputError
from tasdiq.model.state import EntryLine
from tasdiq.record import bundle, canonical, checkpoint, cosignature, note, tiles
from tasdiq.record.publish import tile_hashes
from tasdiq.record.reader import Reader, Stored
from tasdiq.web.api import shapes
from tasdiq.web.api.answering import After, Limit, Listed, answers, give, tell, turn
from tasdiq.web.room import InRoom, Room
from tasdiq.web.seeing import may_read_entry, not_there, seen
from tasdiq.web.viewer import AsViewer

router = APIRouter(prefix="/api/v1", tags=["record"])
public = APIRouter(prefix="/record", include_in_schema=False)
"""The files of a site's `record/` that a log's client follows: the checkpoint and the tiles, for anybody."""
Id = Annotated[str, Path(pattern="^[0-9a-f]{64}$", description="The entry's id.")]
OCTETS, TEXT, BUNDLE = "application/octet-stream", "text/plain; charset=utf-8", "application/vnd.tasdiq.bundle+json"


@router.get("/record")
@answers(shapes.RecordTold)
def record(request: Request, room: InRoom, viewer: AsViewer) -> Response:
    """Tell what this record is: origin, size, charter, keys, and its newest checkpoint."""
    state = seen(room, viewer)
    with room.live.reader() as reader:
        keys, signed = reader.chain.keys, reader.checkpoint()
        held = cosignature.held_by(note.parse(signed), keys.cosigners) if signed else []
        covered = checkpoint.parse(signed)[0] if signed else None
        told = shapes.RecordTold(
            origin=reader.origin,
            charter_entry=reader.chain.charter or "",
            size=state.size,
            keys_at=keys.keys_at,
            form=keys.form,
            checkpoint_size=covered.size if covered else 0,
            root=covered.root.hex() if covered else "",
            cosigned=shapes.Cosigned(len(held), len(keys.cosigners), keys.quorum, [name for name, _ in held]),
            charter=state.charter,
            keys=[
                shapes.KeyOf(key.key_id, key.role, key.name, key.member, key.since, key.until)
                for key in keys.keys.values()
            ],
            time=room.now(),
        )
    return tell(request, told)


@router.get("/checkpoint")
@answers(str, media=TEXT)
def newest(request: Request, room: InRoom) -> Response:
    """Give the newest checkpoint: a signed note, with its cosignatures."""
    return _checkpoint(request, room)


@public.get("/checkpoint")
def published(request: Request, room: InRoom) -> Response:
    """Give the newest checkpoint where a log's client looks for it."""
    return _checkpoint(request, room)


def _checkpoint(request: Request, room: Room) -> Response:
    with room.live.reader() as reader:
        signed = reader.checkpoint()
    if signed is None:
        raise not_there()
    return give(request, signed, TEXT)


@public.get("/tile/{path:path}")
def tile(request: Request, room: InRoom, path: str) -> Response:
    """Give a tile of hashes, or of entries, that the newest checkpoint covers."""
    try:
        level, number, width = tiles.parse_tile_path(f"tile/{path}")
    except InputError as error:
        raise not_there() from error
    with room.live.reader() as reader:
        signed = reader.checkpoint()
        size = checkpoint.parse(signed)[0].size if signed else 0
        start, span = number * tiles.WIDTH, tiles.WIDTH ** (level or 0)
        if (start + width) * span > size:
            raise not_there()
        if level is None:
            data = tiles.pack_entries(list(reader.leaves(start, start + width)))
        else:
            data = b"".join(tile_hashes(reader, level, number, width))
    return give(request, data, OCTETS)


@router.get("/entries")
@answers(Listed[EntryLine])
def entries(
    request: Request,
    room: InRoom,
    viewer: AsViewer,
    limit: Limit = 100,
    after: Annotated[int, Query(ge=-1, le=2**53)] = -1,
    kind: Annotated[str, Query(max_length=60)] = "",
) -> Response:
    """List the entries in their order, of one kind if one is named; `after` is an index."""
    lines = seen(room, viewer).entries
    if kind:
        listed = [line for line in lines if line.kind == kind]
        part = [line for line in listed if line.index > after]
    else:
        listed, part = lines, lines[after + 1 : after + 2 + limit]
    more = len(part) > limit
    return tell(request, Listed(part[:limit], len(listed), str(part[limit - 1].index) if more else None))


@router.get("/entries/{entry}")
@answers(shapes.EntryTold)
def entry(request: Request, room: InRoom, viewer: AsViewer, entry: Id) -> Response:
    """Give an entry: header, signatures and leaf, and what is in it where the caller may read that."""
    state = seen(room, viewer)
    with room.live.reader() as reader:
        stored = _stored(reader, entry, state.size)
        readable = may_read_entry(room, viewer, stored.index)
        committed = reader.committed(stored.index) if readable else None
        body = canonical.loads(stored.body) if readable and stored.body else None
        told = shapes.EntryTold(
            line=state.entries[stored.index],
            header=stored.header,
            signatures=[shapes.SignedBy(key, canonical.b64url(sig)) for key, sig in stored.sigs],
            leaf=reader.leaf(stored.index).decode(),
            readable=readable,
            body=body,
            opening=shapes.Opened(committed[0].hex(), committed[1].decode()) if committed else None,
            rows=len(reader.rows(stored.index)) if body else 0,
        )
    return tell(request, told)


@router.get("/entries/{entry}/rows")
@answers(Listed[shapes.RowTold])
def rows(
    request: Request, room: InRoom, viewer: AsViewer, entry: Id, limit: Limit = 100, after: After = ""
) -> Response:
    """List the rows of a bulk entry, where the caller may read it."""
    with room.live.reader() as reader:
        stored = _stored(reader, entry, seen(room, viewer).size)
        if not may_read_entry(room, viewer, stored.index):
            raise not_there()
        held = sorted(reader.rows(stored.index).items())
    found = [
        shapes.RowTold(number, row.content.decode() if row else None, row.salt.hex() if row else None)
        for number, row in held
    ]
    return tell(request, turn(found, lambda row: str(row.n), limit, after))


@router.get("/entries/{entry}/proof")
@answers(dict, media=BUNDLE)
def proof(request: Request, room: InRoom, entry: Id) -> Response:
    """Give the bundle that proves an entry offline (`tasdiq audit`); of entries that are not public, the leaf alone."""
    with room.live.reader() as reader:
        stored = _stored(reader, entry, reader.size)
        data = bundle.make_bundle(reader, [stored.id])
    return give(request, data, BUNDLE)


def _stored(reader: Reader, entry: str, size: int) -> Stored:
    found = reader.entry(entry)
    if found.index >= size:
        raise not_there()
    return found


@router.get("/me")
@answers(shapes.Me)
def me(request: Request, viewer: AsViewer) -> Response:
    """Tell the caller who it is to the server, and what its token allows."""
    return tell(request, shapes.Me(viewer.account, viewer.officer, viewer.member, viewer.role, sorted(viewer.scopes)))
