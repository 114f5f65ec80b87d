"""Key events: who may sign what, valid by index, so that an audit needs no other knowledge.

Decides what follows from the `keys` field of a header; its form is left to `key_events`.

1. Entry 0 constitutes the record, admits at least one member (a desk record exactly one) and exactly one log, and is
   signed by every member it admits.
2. Later, to admit a member, log or publisher and to set cosigners, quorum or redaction takes a key of every member; a new
   member signs too. A desk record admits no second member.
3. A member certifies its own officers.
4. A key rotates only to the successor it committed to, and the successor signs; a revoked key may still rotate. Nobody
   commits to a key that has served, or that another has committed to.
5. A member revokes its own keys and its officers'; every other member together, two at least, may revoke a member's keys;
   all members together the log's and the publisher's. A key that signs no longer may be revoked too, and a revoked one
   again from an earlier index: entries from there on are disputed, and never dropped.
6. No public key serves twice, in any role, at any time; an encryption key is no signing key in its other form.
7. A key signs from the index of the entry that brings it up to and including the one that rotates or revokes it.
8. The holder of a member's or officer's key in use, or its member, names its encryption key; the newest stands. A
   rotation takes it along, unless the old key was revoked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from tasdiq.errors import InputError, RoleError
from tasdiq.record import canonical, key_events, shape
from tasdiq.record.checkpoint import require_origin
from tasdiq.record.key_events import introduced, public_text
from tasdiq.record.note import COSIGNATURE, Verifier
from tasdiq.record.secrecy.encryption import other_form
from tasdiq.record.signing import SigningKey, key_id_of

__all__ = ["Key", "KeyState", "SigningKey", "introduced", "key_id_of", "public_text"]

FORMS = ("desk", "joint")
ROLES = ("member", "log", "publisher")


@dataclass(frozen=True, slots=True)
class Key:
    """A key in its role; `member` is whom its signatures count for, "" for log and publisher."""

    public: bytes
    role: str
    name: str
    member: str
    next: str | None
    since: int
    until: int | None = None
    disputed_from: int | None = None
    rotated: bool = False

    @property
    def key_id(self) -> str:
        """Return hex SHA-256 of the public key."""
        return key_id_of(self.public)

    def valid_at(self, index: int) -> bool:
        """Tell whether the key may sign the entry at `index`."""
        return self.since <= index and (self.until is None or index <= self.until)


@dataclass(frozen=True)
class KeyState:
    """The outcome of all key events up to index `keys_at`.

    `cosigned` are all keys that ever were a cosigner's, `encryption` the encryption key of each key id, `encrypted_to` all
    that ever were one, `redaction` how many members must sign a notice of redaction.
    """

    form: str = ""
    compiler: str = ""
    keys: dict[str, Key] = field(default_factory=dict)
    cosigners: tuple[Verifier, ...] = ()
    cosigned: frozenset[bytes] = frozenset()
    quorum: int = 0
    keys_at: int = 0
    encryption: dict[str, bytes] = field(default_factory=dict)
    encrypted_to: frozenset[bytes] = frozenset()
    redaction: int = 0

    @property
    def members(self) -> tuple[str, ...]:
        """Return the members with a key that may sign now, in the order of their admission."""
        return tuple(key.name for key in self.keys.values() if key.role == "member" and key.until is None)

    def in_role(self, role: str, index: int | None = None) -> list[Key]:
        """Return the keys of a role, or those of them valid at an index."""
        return [key for key in self.keys.values() if key.role == role and (index is None or key.valid_at(index))]

    def recipients(self, member: str) -> list[bytes]:
        """Return the encryption keys of a member and its officers whose keys are in use, in the order of admission."""
        in_use = [key.key_id for key in self.keys.values() if key.member == member and key.until is None]
        return [self.encryption[key_id] for key_id in in_use if key_id in self.encryption]

    def disputed(self, key_ids: set[str], index: int) -> bool:
        """Tell whether an entry at `index` carries a signature of a key later revoked from there on."""
        starts = [key.disputed_from for key_id in key_ids if (key := self.keys.get(key_id))]
        return any(start is not None and start <= index for start in starts)

    def apply(self, index: int, events: list[Any], signers: set[str], origin: str) -> KeyState:
        """Return the state after the key events of the entry at `index`, whose verified signers are `signers`."""
        state = replace(self, keys=dict(self.keys), keys_at=index)
        for number, raw in enumerate(events):
            event = key_events.read(raw)
            if (event["event"] == "constitute") != (index == 0 and number == 0):
                raise InputError("expected the event 'constitute' first in entry 0 and nowhere else", field="keys")
            state = _STEPS[event["event"]](state, event, _Context(index, signers, origin, self))
        if index == 0:
            _require_founding(state, signers)
        return state


@dataclass(frozen=True)
class _Context:
    index: int
    signers: set[str]
    origin: str
    before: KeyState

    def require_members(self, doing: str, *, besides: str = "") -> None:
        """Refuse unless every member signed; without the member `besides`, two others at least (rule 5).

        Entry 0 is checked as a whole (rule 1).
        """
        if self.index == 0:
            return
        wanted = [key for key in self.before.in_role("member", self.index) if key.name != besides]
        missing = [key.name for key in wanted if key.key_id not in self.signers]
        if missing or len(wanted) < (2 if besides else 1):
            whose = f"all members but {besides}, two at least" if besides else "all members"
            raise RoleError(
                f"{doing} takes the signatures of {whose}; missing: {', '.join(missing) or 'another member'}"
            )


def _with_key(state: KeyState, key: Key) -> KeyState:
    _require_unused(state, key.public)
    taken = {key.key_id, *state.keys, *(item.next for item in state.keys.values())}
    if key.next is not None and key.next in taken:
        raise InputError(f"expected a successor for {key.name} that never served and that nobody else committed to")
    return replace(state, keys={**state.keys, key.key_id: key})


def _require_unused(state: KeyState, public: bytes) -> None:
    if key_id_of(public) in state.keys or public in state.cosigned or other_form(public) in state.encrypted_to:
        raise InputError(
            f"the key {key_id_of(public)[:16]}… already serves in this record: every role needs its own key"
        )


def _constitute(state: KeyState, event: dict[str, Any], at: _Context) -> KeyState:
    if event["form"] not in FORMS:
        raise InputError(f"expected the form desk or joint, found {event['form'][:20]!r}", field="keys")
    if not 0 < len(event["compiler"]) <= 200 or not canonical.is_printable(event["compiler"]):
        raise InputError("expected 1-200 printable characters as the compiler", field="keys")
    if not canonical.is_nfc(event["compiler"]):
        raise InputError("expected the compiler's name in Unicode form NFC", field="keys")
    return replace(state, form=event["form"], compiler=event["compiler"])


def _admit(state: KeyState, event: dict[str, Any], at: _Context) -> KeyState:
    role, name = event["role"], event["name"]
    if role not in ROLES:
        raise InputError(f"expected the role member, log or publisher, found {role[:20]!r}", field="keys")
    if role == "log" and require_origin(name) != at.origin:
        raise InputError(f"expected the log's key under the name of the origin {at.origin}, found {name[:80]!r}")
    if role != "log":
        shape.name(name, f"the name of a {role}")
    at.require_members(f"to admit a {role}")
    if any(key.role == role and key.name == name and key.until is None for key in state.keys.values()):
        raise InputError(f"the {role} {name} already has a key: rotate it instead", field="keys")
    public = key_events.signing_public(event["key"])
    if role == "member" and (at.index and state.form == "desk"):
        raise RoleError("a desk record has one author: nobody else can be admitted")
    if role == "member" and key_id_of(public) not in at.signers:
        raise RoleError(f"the member {name} must sign its own admission")
    member = name if role == "member" else ""
    return _with_key(state, Key(public, role, name, member, event["next"], at.index))


def _certify(state: KeyState, event: dict[str, Any], at: _Context) -> KeyState:
    member = shape.name(event["member"], "member")
    name = shape.name(event["name"], "the name of an officer")
    if not _owner_signed(state, member, at):
        raise RoleError(f"an officer of {member} is certified by {member}'s own key, which has not signed")
    return _with_key(
        state, Key(key_events.signing_public(event["key"]), "officer", name, member, event["next"], at.index)
    )


def _rotate(state: KeyState, event: dict[str, Any], at: _Context) -> KeyState:
    old = _known(state, event["old"])
    public = key_events.signing_public(event["key"])
    if old.rotated or old.next is None or old.next != key_id_of(public):
        raise RoleError(f"the key of {old.name} rotates only to the successor it committed to")
    if key_id_of(public) not in at.signers:
        raise RoleError(f"the successor of {old.name}'s key must sign the rotation")
    retired = replace(old, rotated=True, until=at.index if old.until is None else old.until)
    encryption = dict(state.encryption)
    if old.until is None and old.key_id in encryption:
        encryption[key_id_of(public)] = encryption.pop(old.key_id)
    state = replace(state, keys={**state.keys, old.key_id: retired}, encryption=encryption)
    return _with_key(state, Key(public, old.role, old.name, old.member, event["next"], at.index))


def _revoke(state: KeyState, event: dict[str, Any], at: _Context) -> KeyState:
    key = _known(state, event["key"])
    latest = at.index if key.until is None else key.until if key.disputed_from is None else key.disputed_from - 1
    if not key.since <= event["from"] <= latest:
        raise InputError(
            f"expected a key revoked from an index between {key.since} and {latest}, found {event['from']}",
            field="keys",
        )
    if not (key.member and _owner_signed(state, key.member, at)):
        at.require_members(f"to revoke the key of {key.name}", besides=key.member)
    revoked = replace(key, until=at.index if key.until is None else key.until, disputed_from=event["from"])
    return replace(state, keys={**state.keys, key.key_id: revoked})


def _encryption(state: KeyState, event: dict[str, Any], at: _Context) -> KeyState:
    key = _known(state, event["of"])
    if not key.member or key.until is not None:
        raise InputError("expected the key id of a member or officer whose key is in use", field="keys")
    if key.key_id not in at.signers and not _owner_signed(state, key.member, at):
        raise RoleError(f"the encryption key of {key.name} is named by its own key or by {key.member}'s")
    public = key_events.encryption_public(event["key"])
    signing = (*(item.public for item in state.keys.values()), *state.cosigned)
    if public in state.encrypted_to or public in map(other_form, signing):
        raise InputError("this encryption key already serves in this record: every role needs its own key")
    return replace(
        state,
        encryption={**state.encryption, key.key_id: public},
        encrypted_to=state.encrypted_to | {public},
    )


def _cosigners(state: KeyState, event: dict[str, Any], at: _Context) -> KeyState:
    at.require_members("to set the cosigners")
    listed = tuple(_cosigner(item) for item in event["keys"])
    if len({item.public for item in listed}) != len(listed) or len({item.name for item in listed}) != len(listed):
        raise InputError("expected every cosigner once, with its own name and key", field="keys")
    for verifier in listed:
        if verifier not in state.cosigners:
            _require_unused(state, verifier.public)
    publics = frozenset(verifier.public for verifier in listed)
    return replace(state, cosigners=listed, cosigned=state.cosigned | publics, quorum=min(state.quorum, len(listed)))


def _cosigner(item: Any) -> Verifier:
    value = shape.fields(item, {"name": str, "key": str}, where="a cosigner")
    return Verifier(shape.name(value["name"], "a cosigner"), key_events.signing_public(value["key"]), COSIGNATURE)


def _quorum(state: KeyState, event: dict[str, Any], at: _Context) -> KeyState:
    at.require_members("to set the quorum")
    if not 0 <= event["k"] <= len(state.cosigners):
        raise InputError(f"expected a quorum of at most {len(state.cosigners)} cosigners, found {event['k']}")
    return replace(state, quorum=event["k"])


def _redaction(state: KeyState, event: dict[str, Any], at: _Context) -> KeyState:
    at.require_members("to set how many sign a redaction")
    if not 0 <= event["k"] <= len(state.members):
        raise InputError(f"expected at most {len(state.members)} members to sign a redaction, found {event['k']}")
    return replace(state, redaction=event["k"])


def _known(state: KeyState, key_id: str) -> Key:
    key = state.keys.get(shape.entry_id(key_id, "a key id"))
    if key is None:
        raise InputError(f"the key {key_id[:16]}… never served in this record", field="keys")
    return key


def _owner_signed(state: KeyState, member: str, at: _Context) -> bool:
    return any(key.name == member and key.key_id in at.signers for key in state.in_role("member", at.index))


def _require_founding(state: KeyState, signers: set[str]) -> None:
    members, logs = state.in_role("member"), state.in_role("log")
    if not members or len(logs) != 1 or (state.form == "desk" and len(members) != 1):
        raise InputError("expected entry 0 to admit its members (a desk record: one) and exactly one log", field="keys")
    if missing := [key.name for key in members if key.key_id not in signers]:
        raise RoleError(f"entry 0 must be signed by every member it admits; missing: {', '.join(missing)}")


_STEPS: dict[str, Callable[[KeyState, dict[str, Any], _Context], KeyState]] = {
    "constitute": _constitute,
    "admit": _admit,
    "certify": _certify,
    "rotate": _rotate,
    "revoke": _revoke,
    "encryption": _encryption,
    "cosigners": _cosigners,
    "quorum": _quorum,
    "redaction": _redaction,
}
