"""Prepare what an officer is about to sign: held against the rules as of now, composed, and kept as a draft.

1. A step is prepared only where the rules let the officer's member take it now, and is read by whom they say.
2. A sealed body names the officer; a public one carries no name of a person.
3. A draft that was prepared before the newest key event, or before a step that closed its own, is prepared anew under its id:
   the signatures it carried are void, for they were for other bytes.
4. What is for named recipients is sealed on its author's machine, and never prepared at the host.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from tasdiq import rules
from tasdiq.errors import InputError, RoleError
from tasdiq.model import entries, sealing
from tasdiq.model.value import Value, to_plain
from tasdiq.record import canonical
from tasdiq.record import entry as record
from tasdiq.record.chain import Chain
from tasdiq.record.secrecy import disclosure
from tasdiq.secretariat.current import read_openings
from tasdiq.secretariat.reviewing import NO_STEP
from tasdiq.verification import devices, procedure
from tasdiq.web.acting.drafts import Draft, expiry, keep
from tasdiq.web.room import Room
from tasdiq.web.seeing import require_seen
from tasdiq.web.uploads.keeping import require_files
from tasdiq.web.viewer import Viewer

NOT_HERE = frozenset({"CharterAdopted", "MessageSent", "ReportPublished", *entries.KEY_KINDS})
"""Kinds that are entered in other ways: at the founding, sealed by their author, by the publisher, offline by a member."""


@dataclass(frozen=True)
class Prepared:
    """A draft that is ready to be signed: the exact header and body, and how many devices must sign it."""

    id: str
    kind: str
    access: str
    header: str
    salt: str
    plaintext: str
    needs: int
    expires_at: str = ""
    rows: tuple[dict[str, Any], ...] = ()
    disclosures: tuple[str, ...] = ()
    decoys: tuple[str, ...] = ()


def prepare(
    room: Room,
    viewer: Viewer,
    body: Value,
    *,
    kind: str = "",
    refs: Sequence[str] = (),
    rows: Sequence[bytes] = (),
    access: str | None = None,
) -> Prepared:
    """Prepare an entry for the viewer's member and keep it as a draft; `kind` where the body alone does not tell it.

    `access` matters only for what is no step: a step is read by whom its rules say. Raise `ProcedureError`, `RoleError` or
    `MissingError` where the rules refuse it, `InputError` where it has not the form its kind has.
    """
    require_actor(viewer)
    kind = kind or type(body).__name__
    if kind in NOT_HERE or not isinstance(body, entries.BODIES.get(kind, ())):
        raise InputError(f"{kind} is not entered here", field="kind")
    require_files(room, viewer, body)
    require_seen(room, viewer, body)
    asked = {"body": to_plain(body), "kind": kind, "refs": list(refs), "rows": [row.decode() for row in rows]}
    if access:
        asked["access"] = access
    made, decoys = _compose(room, viewer.member, viewer.officer, asked)
    now = room.clock()
    draft = Draft(
        id=secrets.token_hex(16),
        account=viewer.account,
        officer=viewer.officer,
        member=viewer.member,
        kind=kind,
        access=canonical.loads(record.header_of(made))["access"],
        asked=canonical.dumps(asked),
        unsigned=made,
        decoys=decoys,
        keys_at=canonical.loads(record.header_of(made))["keys_at"],
        prepared_at=room.now(),
        expires_at=expiry(now),
    )
    keep(room, draft)
    return of_draft(draft)


def again(room: Room, draft: Draft) -> Draft:
    """Prepare a draft anew for the record as it is now (rule 3); its signatures are void."""
    asked = canonical.loads(draft.asked)
    asked["body"] = _dated(draft.kind, asked["body"], room.now())
    made, decoys = _compose(room, draft.member, draft.officer, asked)
    header = canonical.loads(record.header_of(made))
    fresh = replace(
        draft,
        access=header["access"],
        asked=canonical.dumps(asked),
        unsigned=made,
        decoys=decoys,
        keys_at=header["keys_at"],
        prepared_at=room.now(),
        expires_at=expiry(room.clock()),
        signatures=(),
    )
    keep(room, fresh)
    return fresh


def of_draft(draft: Draft) -> Prepared:
    """Return what is handed out of a draft."""
    made = draft.unsigned
    return Prepared(
        id=draft.id,
        kind=draft.kind,
        access=draft.access,
        header=draft.header,
        salt=made.salt.hex(),
        plaintext=made.plaintext.decode(),
        needs=devices.DEVICES if draft.kind in devices.KINDS else 1,
        expires_at=draft.expires_at,
        rows=tuple({"row": row.content.decode(), "salt": row.salt.hex()} for row in made.rows if row),
        disclosures=tuple(text for text in made.disclosures if text),
        decoys=draft.decoys,
    )


def chain_of(room: Room) -> Chain:
    """Return what the next entry must fit: origin, charter, and the keys as they stand."""
    with room.live.reader() as reader:
        return reader.chain


def require_actor(viewer: Viewer) -> None:
    """Raise `RoleError` unless the viewer is an officer of a member who may act."""
    if not viewer.is_member:
        raise RoleError("sign in as an officer of a member: only they enter anything")
    if "act" not in viewer.scopes:
        raise RoleError("this token only reads: take one with the scope act, or sign in")


def _compose(room: Room, member: str, officer: str, asked: dict[str, Any]) -> tuple[record.Submission, tuple[str, ...]]:
    kind, state, now = asked["kind"], room.live.state(), room.now()
    body: Value = msgspec.convert(asked["body"], entries.BODIES[kind])
    access = asked.get("access", "public")
    if not isinstance(body, NO_STEP) or rules.is_step(state, body):
        rules.check(state, member, body, now)
        access = rules.access_of(state, member, body, now)
    if access not in ("public", "joint"):
        raise InputError("what is for named recipients is sealed on your own machine: use tasdiq send", field="access")
    if isinstance(body, rules.OPENING):
        opened = read_openings(room.home, rules.to_open(state, member, body, now))
        body = msgspec.structs.replace(body, openings=opened)
    plain, pointers = sealing.plain(body)
    # Sealed here and not by the record, for the signer is to see what every digest stands for: a decoy, or what it is shown.
    sealed = disclosure.conceal_for_signing(canonical.dumps(plain), pointers)
    chain = chain_of(room)
    draft = record.Draft(
        kind=kind,
        member=member,
        claimed_time=now,
        body=sealed.plaintext,
        access=access,
        refs=tuple(asked["refs"]),
        rows=tuple(row.encode() for row in asked["rows"]),
        officer=officer if access != "public" else "",
    )
    made = record.compose(draft, origin=chain.origin, charter=chain.charter, keys_at=chain.keys.keys_at)
    return replace(made, disclosures=sealed.disclosures), sealed.decoys


def _dated(kind: str, body: dict[str, Any], now: str) -> dict[str, Any]:
    """Date a step of a case as of now; times of anything else are facts and stay."""
    if entries.BODIES[kind] not in procedure.STEPS:
        return body
    if "request" in body and isinstance(body["request"], dict):
        return {**body, "request": {**body["request"], "asked_at": now}}
    return {**body, "at": now} if "at" in body else body
