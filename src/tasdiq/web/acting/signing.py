"""Take a signature that was made on an officer's own device, and enter the draft once it carries all it needs.

1. A signature counts when its key serves now as that of an officer, or of the member itself, whom the viewer belongs to, and
   when it holds over the draft's exact header.
2. A draft prepared before the newest key event is prepared anew, and must be read and signed again.
3. What R6 asks two devices for waits for the second; everything else enters at once.
4. The same signature twice enters once: what stands is answered with the receipt it got.
"""

from __future__ import annotations

from dataclasses import dataclass

from tasdiq.errors import InputError, ProcedureError, RoleError
from tasdiq.record import canonical, ed25519
from tasdiq.record.entry import message_of
from tasdiq.record.keys import Key, KeyState
from tasdiq.verification import devices
from tasdiq.web.acting.drafts import OF_ALL, Draft, add_signature, mark_entered, shown
from tasdiq.web.acting.preparing import again, chain_of, require_actor
from tasdiq.web.room import Room
from tasdiq.web.uploads.keeping import keep_submitted
from tasdiq.web.viewer import Viewer


@dataclass(frozen=True)
class Signed:
    """What became of a signature: the entry, or whose devices must still sign (members, each once a device)."""

    draft: str
    entry: str = ""
    index: int | None = None
    deadline: str = ""
    receipt: str = ""
    waiting: tuple[str, ...] = ()
    expires_at: str = ""

    @property
    def entered(self) -> bool:
        """Tell whether the entry stands in the record."""
        return bool(self.entry)


def sign(room: Room, viewer: Viewer, ident: str, key_id: str, sig: bytes) -> Signed:
    """Take a signature under a draft; enter it when nothing is missing. Raises what the rules, keys and writer raise."""
    require_actor(viewer)
    draft = shown(room, viewer, ident)
    if draft.entry:
        return entered_as(draft)
    _require_time(room, draft)
    keys = chain_of(room).keys
    if draft.keys_at != keys.keys_at:
        again(room, draft)
        raise ProcedureError(
            "the keys of this record changed after the draft was prepared, and it was prepared anew: read it and sign it again"
        )
    _require_signature(draft, viewer, keys, key_id, sig)
    draft = add_signature(room, draft, viewer, key_id, sig)
    if missing := missing_devices(draft, keys):
        return Signed(draft=ident, waiting=missing, expires_at=draft.expires_at)
    return _enter(room, viewer, draft)


def missing_devices(draft: Draft, keys: KeyState) -> tuple[str, ...]:
    """Return the members whose devices must still sign, one time for each device."""
    signers = [keys.keys[key] for key, _, _ in draft.signatures if key in keys.keys]
    members = keys.members if draft.kind == OF_ALL else (draft.member,)
    return tuple(member for member in members for _ in range(devices.missing(draft.kind, member, signers)))


def _enter(room: Room, viewer: Viewer, draft: Draft) -> Signed:
    keep_submitted(room, viewer, [draft.signed])
    entered = room.enter(viewer.account, [draft.signed])[0]
    mark_entered(room, draft.id, entered.id, entered.index, entered.deadline, entered.receipt.decode())
    return Signed(
        draft=draft.id,
        entry=entered.id,
        index=entered.index,
        deadline=entered.deadline,
        receipt=entered.receipt.decode(),
    )


def entered_as(draft: Draft) -> Signed:
    """Return where a draft that was entered stands."""
    return Signed(draft=draft.id, entry=draft.entry, index=draft.index, deadline=draft.deadline, receipt=draft.receipt)


def _require_time(room: Room, draft: Draft) -> None:
    if room.now() >= draft.expires_at:
        raise ProcedureError(
            f"this draft could be signed until {draft.expires_at}: a step is signed in the hour it is dated. Prepare it again"
        )


def _require_signature(draft: Draft, viewer: Viewer, keys: KeyState, key_id: str, sig: bytes) -> None:
    key = _serving(keys, key_id)
    if key.member != viewer.member:
        raise RoleError("this key belongs to another member: sign with a device of your own member")
    if not ed25519.verify(key.public, sig, message_of(draft.unsigned)):
        raise InputError("the signature does not hold over this draft: read it again and sign it again", field="sig")


def _serving(keys: KeyState, key_id: str) -> Key:
    key = keys.keys.get(key_id)
    if key is None or not key.member:
        raise RoleError(
            "this device's key is not certified in this record: your member certifies it offline, with its own key"
        )
    if key.until is not None:
        raise RoleError("this device's key was revoked or replaced: make a new one and have it certified")
    return key


def read_signature(text: str) -> bytes:
    """Read a signature as the browser sends it: unpadded base64url of 64 bytes."""
    return canonical.unb64url(text, ed25519.SIGNATURE_BYTES, "a signature")
