"""Custody of keys: what members sign so that officers, successors, encryption keys and cosigners come to serve.

Each change is one entry with key events in its header. It is signed wherever the member's key lies, against a record, a
mirror or a bundle, and entered by the host; who may bring which event is decided by `record.keys` and not repeated here.

1. An entry fits the record as it stands: its origin, its charter and the newest key event. Another key event that is
   entered first makes it stale; it is then signed again.
2. A rotation is signed by the successor, and, where it is a member's or an officer's key, by the old one while that may
   sign; for the log's or the publisher's key a member signs beside the successor.
3. Every new key commits to a successor of its own unless it is said that there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tasdiq.errors import InputError, MissingError, RoleError
from tasdiq.model.entries import KeysChanged
from tasdiq.model.value import to_plain
from tasdiq.record import canonical
from tasdiq.record.audit.path import audit
from tasdiq.record.chain import Chain
from tasdiq.record.entry import Draft, Submission, parse_leaf, sign_entry
from tasdiq.record.key_events import public_text, signing_public
from tasdiq.record.keys import Key
from tasdiq.record.reader import Reader
from tasdiq.record.secrecy.encryption import EncryptionKey
from tasdiq.record.signing import SigningKey, key_id_of


@dataclass(frozen=True)
class Change:
    """Key events that are entered together, and the kind of entry that brings them."""

    kind: str
    events: tuple[dict[str, Any], ...]


def read_chain(path: Path) -> Chain:
    """Return what the next entry must fit, read from a record or mirror folder, or from a bundle (rule 1)."""
    if path.is_dir():
        with Reader.open(path) as reader:
            return reader.chain
    verdict = audit(path)
    if verdict.what != "bundle" or not verdict.ok:
        raise InputError("expected a record, a mirror or a bundle that holds; see: tasdiq audit", file=path)
    value = canonical.loads(path.read_bytes())
    chain = Chain(str(verdict.origin))
    for item in value["keys"]:
        chain = chain.accept(parse_leaf(item["leaf"].encode()), item["index"])
    return chain


def served(chain: Chain, key_id: str) -> Key:
    """Return the key of this id, or of the only one that begins with it; MissingError if there is none."""
    found = [key for known, key in chain.keys.keys.items() if len(key_id) >= 8 and known.startswith(key_id)]
    if len(found) != 1:
        raise MissingError(f"no key {key_id[:16]}… in this record; list its keys with: tasdiq key list")
    return found[0]


def admit(role: str, name: str, public: str, successor: str | None) -> Change:
    """Admit a member, or a log or publisher that the record lacks."""
    event = {"event": "admit", "role": role, "name": name, "key": public, "next": successor}
    return Change("MemberAdmitted", (event,))


def certify(member: str, name: str, public: str, successor: str | None) -> Change:
    """Certify an officer of a member."""
    event = {"event": "certify", "member": member, "name": name, "key": public, "next": successor}
    return Change("OfficerCertified", (event,))


def rotate(old: Key, new: SigningKey, successor: str | None) -> Change:
    """Let the successor that `old` committed to take its place."""
    event = {"event": "rotate", "old": old.key_id, "key": public_text(new), "next": successor}
    return Change("KeyRotated", (event,))


def revoke(key: Key, start: int) -> Change:
    """Revoke a key: entries it signed from the index `start` on are disputed."""
    kind = "OfficerRevoked" if key.role == "officer" else "KeyRevoked"
    return Change(kind, ({"event": "revoke", "key": key.key_id, "from": start},))


def encrypt_to(of: Key, key: EncryptionKey) -> Change:
    """Name the key to which entries for the holder of `of` are encrypted."""
    return Change("EncryptionKeySet", ({"event": "encryption", "of": of.key_id, "key": public_text(key)},))


def cosigners(listed: Sequence[tuple[str, str]], quorum: int) -> Change:
    """Name the cosigners (name, public key) and how many of them make a checkpoint evidentiary."""
    keys = [{"name": name, "key": public} for name, public in listed]
    return Change("CosignersSet", ({"event": "cosigners", "keys": keys}, {"event": "quorum", "k": quorum}))


def sign_change(
    chain: Chain, change: Change, signers: Sequence[SigningKey], at: str, *, member: str = "", note: str = ""
) -> Submission:
    """Sign a change with all of `signers`, for `member` or else the member of the first signer that has one."""
    draft = Draft(
        kind=change.kind,
        member=member or member_of(chain, signers),
        claimed_time=at,
        body=canonical.dumps(to_plain(KeysChanged(note=note))),
        keys=list(change.events),
    )
    return sign_for(chain, draft, signers)


def sign_for(chain: Chain, draft: Draft, signers: Sequence[SigningKey]) -> Submission:
    """Sign a draft with all of `signers` for a record as it stands."""
    first, *others = signers
    return sign_entry(
        draft,
        signer=first,
        origin=chain.origin,
        charter=chain.charter,
        keys_at=chain.keys.keys_at,
        also=tuple(others),
        keys=chain.keys,
    )


def member_of(chain: Chain, signers: Sequence[SigningKey]) -> str:
    """Return the member of the first key that has one; RoleError if none is a member's or an officer's here."""
    for key in signers:
        known = chain.keys.keys.get(key.key_id)
        if known and known.member:
            return known.member
    raise RoleError(
        f"the key {signers[0].key_id[:16]}… belongs to no member of this record; see: tasdiq key list RECORD"
    )


def fingerprint_of(public: str) -> str:
    """Return the key id of a public key as `tasdiq key show` prints it."""
    return key_id_of(signing_public(public))
