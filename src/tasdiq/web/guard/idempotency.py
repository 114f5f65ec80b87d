"""A request that is sent again is answered as the first was: the header `Idempotency-Key`.

Under draft-ietf-httpapi-idempotency-key-header.

1. A key is the caller's own: it counts for one account and one address. Requests of nobody in particular have no use for it.
2. The first answer below 500 is kept for a day, and given again for the same key and the same body. After a 5xx the request is
   made anew.
3. The same key with another body is refused (422); while the first request is under way, so is the second (409).
4. A worker that died in between leaves a key that is under way: after ten minutes the request is made anew. Entries are
   not entered twice even so, for the writer knows them by their ids.
5. An answer that is kept lies sealed in the office's database: it may say what a draft says.
6. Bodies up to 8 MiB are taken with a key. What is larger is an array of entries, which need none (rule 4), or is sent in parts.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, String, Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tasdiq.errors import InputError, ProcedureError, TasdiqError
from tasdiq.web import problems
from tasdiq.web.guard.replay import collect, replayed
from tasdiq.web.guard.requests import header, is_call
from tasdiq.web.office.database import Office
from tasdiq.web.office.metadata import METADATA
from tasdiq.web.room import Room
from tasdiq.web.viewer import ANYBODY, Viewer

LARGEST = 8 * 2**20
KEPT_S, UNDER_WAY_S = 86_400, 600
_KEY = re.compile(rb"[!-~]{1,200}")
_SENT_AGAIN = (b"content-type", b"location", b"cache-control")

IDEMPOTENCY = Table(
    "idempotency",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("asked", String(64), nullable=False),
    Column("at", BigInteger, nullable=False, index=True),
    Column("status", Integer),
    Column("headers", LargeBinary),
    Column("body", LargeBinary),
)
"""`id` is a hash of account, method, address and key, `asked` one of the body; without `status` the request is under way."""


@dataclass(frozen=True)
class Kept:
    """An answer that was given."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Idempotency:
    """The middleware."""

    def __init__(self, app: ASGIApp, room: Room) -> None:
        self.app, self.room = app, room

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request that was answered before as it was then; keep the answer of a new one."""
        key = header(scope, b"idempotency-key") if scope["type"] == "http" else b""
        viewer: Viewer = scope.get("state", {}).get("viewer", ANYBODY)
        if not key or scope["method"] != "POST" or not is_call(scope) or not viewer.account:
            return await self.app(scope, receive, send)
        try:
            messages = await _whole(key, receive)
            name = _hash(viewer.account, scope["path"], key.decode("ascii"))
            asked = hashlib.sha256(b"".join(m.get("body", b"") for m in messages)).hexdigest()
            kept = await run_in_threadpool(_begin, self.room.office, name, asked)
        except TasdiqError as error:
            return await problems.answer_error(Request(scope), error)(scope, receive, send)
        if kept is not None:
            again = Response(kept.body, kept.status, {**kept.headers, "Idempotency-Replayed": "true"})
            return await again(scope, receive, send)
        answer = _Heard(send)
        try:
            await self.app(scope, replayed(messages, receive), answer)
        finally:
            await run_in_threadpool(_end, self.room.office, name, answer)


async def _whole(key: bytes, receive: Receive) -> list[Message]:
    """Return the messages of a whole body; InputError for a key that is none, or a body too large to be kept (rule 6)."""
    if not _KEY.fullmatch(key):
        raise InputError("expected a key of 1 to 200 printable ASCII characters", field="Idempotency-Key")
    messages = await collect(receive, LARGEST)
    if sum(len(message.get("body", b"")) for message in messages) > LARGEST:
        raise InputError(
            f"expected at most {LARGEST} bytes with a key; send larger ones without", field="Idempotency-Key"
        )
    return messages


class _Heard:
    """A `send` that remembers what it sent."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status, self.headers, self.parts = 0, dict[str, str](), list[bytes]()

    async def __call__(self, message: Message) -> None:
        """Remember a part of the answer, and send it."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            found = [(name.lower(), value) for name, value in message["headers"]]
            self.headers = {n.decode("latin-1"): v.decode("latin-1") for n, v in found if n in _SENT_AGAIN}
        else:
            self.parts.append(message.get("body", b""))
        await self._send(message)


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _begin(office: Office, name: str, asked: str) -> Kept | None:
    """Return the answer that is kept, or None after noting that the request is under way."""
    now = office.now()
    with office.engine.begin() as connection:
        connection.execute(delete(IDEMPOTENCY).where(IDEMPOTENCY.c.at < now - KEPT_S))
        stuck = IDEMPOTENCY.c.status.is_(None) & (IDEMPOTENCY.c.at < now - UNDER_WAY_S)
        connection.execute(delete(IDEMPOTENCY).where(stuck & (IDEMPOTENCY.c.id == name)))
        row = connection.execute(select(IDEMPOTENCY).where(IDEMPOTENCY.c.id == name)).first()
        if row is None:
            try:
                with connection.begin_nested():
                    connection.execute(insert(IDEMPOTENCY).values(id=name, asked=asked, at=now))
                return None
            except IntegrityError as error:
                raise _under_way() from error
    return _kept(office, row, asked)


def _kept(office: Office, row: Any, asked: str) -> Kept:
    if row.asked != asked:
        raise InputError("this key was used with another body: take a new one", field="Idempotency-Key")
    if row.status is None:
        raise _under_way()
    pairs = [line.partition(": ") for line in row.headers.decode("latin-1").splitlines()]
    return Kept(row.status, {name: value for name, _, value in pairs}, office.secret.open(f"answer/{row.id}", row.body))


def _under_way() -> ProcedureError:
    return ProcedureError("the first request with this key is under way: wait for its answer")


def _end(office: Office, name: str, answer: _Heard) -> None:
    """Keep an answer, or forget that the request was made where it failed on this side (rule 2)."""
    mine = IDEMPOTENCY.c.id == name
    with office.engine.begin() as connection:
        if not 0 < answer.status < 500:
            connection.execute(delete(IDEMPOTENCY).where(mine))
            return
        headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items()).encode("latin-1")
        values = {
            "status": answer.status,
            "headers": headers,
            "body": office.secret.seal(f"answer/{name}", b"".join(answer.parts)),
        }
        connection.execute(update(IDEMPOTENCY).where(mine).values(**values))
