"""Entries: the header that is hashed and signed, and the leaf that goes into the tree.

Decides (DESIGN, section 4):

1. A leaf is the canonical JSON of `{"header": H, "sigs": [{"key", "sig"}]}`, sigs sorted by key, at most 65,535 bytes.
2. H is at most 4 KiB and has exactly the fields `v, kind, member, claimed_time, access, refs, body_commit, nonce, origin,
   keys_at`, with `charter` in every entry but the first, and `keys` in key events. Its texts are NFC.
3. The id is hex SHA-256 of canonical H: no signature changes it.
4. A signature is Ed25519 over the DSSE encoding of type `application/vnd.tasdiq.entry.v1+json` and canonical H.
5. Unless public, H says kind `sealed`, no refs and the time to the day; the rest stands in the sealed body.
6. A body for named recipients leaves its author's hands in an envelope alone, addressed to the keys of each recipient and
   of the author's own member; it has no rows and no sealed fields.

Whether the signer may sign is left to `keys`, whether the entry fits the log at its index to `chain`.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from tasdiq.errors import InputError
from tasdiq.record import body, canonical, plain, rows, shape
from tasdiq.record.ed25519 import SIGNATURE_BYTES, pae
from tasdiq.record.header import NONCE_BYTES, SEALED_KIND, VERSION, read_header
from tasdiq.record.keys import KeyState
from tasdiq.record.plain import LARGEST_HEADER
from tasdiq.record.secrecy import disclosure, envelope
from tasdiq.record.signing import SigningKey
from tasdiq.record.tiles import LARGEST_ENTRY

PAYLOAD_TYPE = "application/vnd.tasdiq.entry.v1+json"
MOST_SIGNATURES = 64
_HEAD, _MIDDLE, _TAIL = b'{"header":', b',"sigs":', b"}"


@dataclass(frozen=True)
class Draft:
    """What a member wants to enter: `body` is canonical JSON; `officer` and `recipients` stand only in sealed bodies.

    `concealed` are JSON pointers to fields of the body that are sealed one by one; `recipients` are members' names.
    """

    kind: str
    member: str
    claimed_time: str
    body: bytes = b"{}"
    access: str = "public"
    refs: tuple[str, ...] = ()
    keys: list[dict[str, Any]] | None = None
    rows: tuple[bytes, ...] = ()
    officer: str = ""
    recipients: tuple[str, ...] = ()
    concealed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Submission:
    """A signed entry on its way to a record: the leaf, and what opens its commitment.

    A named entry brings its envelope instead of salt and plaintext. On its way to a mirror an entry may come without
    content, and rows or disclosures that were redacted are None; a log takes neither.
    """

    leaf: bytes
    salt: bytes
    plaintext: bytes
    rows: tuple[rows.Row | None, ...] = ()
    disclosures: tuple[str | None, ...] = ()
    envelope: bytes = b""

    @property
    def id(self) -> str:
        """Return the id the entry will have."""
        return parse_leaf(self.leaf).id


@dataclass(frozen=True)
class Entry:
    """A leaf whose form is right; `signed` is canonical H, `sigs` are (key id, signature)."""

    header: dict[str, Any]
    signed: bytes
    sigs: tuple[tuple[str, bytes], ...]
    leaf: bytes

    @cached_property
    def id(self) -> str:
        """Return hex SHA-256 of canonical H."""
        return hashlib.sha256(self.signed).hexdigest()

    @property
    def message(self) -> bytes:
        """Return the bytes that every signature covers."""
        return pae(PAYLOAD_TYPE, self.signed)


def sign_entry(
    draft: Draft,
    *,
    signer: SigningKey,
    origin: str,
    charter: str | None,
    keys_at: int,
    also: tuple[SigningKey, ...] = (),
    keys: KeyState | None = None,
) -> Submission:
    """Make and sign an entry for the log `origin`; `also` are further keys that sign the same header. Raises as `compose`."""
    made = compose(draft, origin=origin, charter=charter, keys_at=keys_at, keys=keys)
    for key in (signer, *also):
        made = countersign(made, key)
    return made


def compose(
    draft: Draft, *, origin: str, charter: str | None, keys_at: int, keys: KeyState | None = None
) -> Submission:
    """Make an entry for the log `origin` that nobody has signed yet: what `with_signature` takes its signatures into.

    An entry for named recipients takes the record's `keys`, to whose encryption keys it is addressed; InputError if one of
    the recipients has none.
    """
    named = draft.access == "named"
    if named:
        draft = replace(draft, recipients=tuple(sorted({draft.member, *draft.recipients})))
    made, plaintext, disclosures = _content(draft)
    salt = body.new_salt()
    commit = body.commit(salt, plaintext)
    header = _header(draft, commit.hex(), origin, charter, keys_at)
    read_header(header)
    signed = canonical.dumps(header)
    if len(signed) > LARGEST_HEADER:
        raise InputError(f"expected a header of at most {LARGEST_HEADER} bytes, found {len(signed)}")
    leaf = _join(signed, ())
    if named:
        sealed = envelope.seal_for(_addressees(draft, keys, keys_at), commit, salt, plaintext)
        return Submission(leaf, b"", b"", envelope=sealed)
    return Submission(leaf, salt, plaintext, made, disclosures)


def _content(draft: Draft) -> tuple[tuple[rows.Row, ...], bytes, tuple[str, ...]]:
    """Return rows, plaintext and disclosures of a draft."""
    concealed, disclosures = disclosure.conceal(draft.body, draft.concealed)
    made = rows.salted(draft.rows)
    plaintext = rows.with_listing(concealed, made)
    body.read(plaintext)
    if draft.access == "public":
        return made, plaintext, disclosures
    if draft.keys:
        raise InputError("key events are public: everyone must be able to check them")
    if draft.access == "named" and (made or disclosures):
        raise InputError("what is for named recipients is sealed as a whole: it takes no rows and no sealed fields")
    sealed = body.Sealed(draft.kind, draft.claimed_time, draft.refs, draft.officer, draft.recipients, plaintext)
    return made, body.seal(sealed), disclosures


def _addressees(draft: Draft, keys: KeyState | None, keys_at: int) -> list[bytes]:
    """Return the encryption keys of all recipients (rule 6)."""
    if keys is None or keys.keys_at != keys_at:
        raise InputError("expected the record's keys as of the newest key event, to encrypt to its recipients")
    listed = {member: keys.recipients(member) for member in draft.recipients}
    if missing := [member for member, publics in listed.items() if not publics]:
        raise InputError(
            f"no encryption key of {', '.join(missing)} stands in this record: nothing can be sent there yet"
        )
    return [public for publics in listed.values() for public in publics]


def countersign(submission: Submission, signer: SigningKey) -> Submission:
    """Add a signature to an entry; signing twice with one key changes nothing."""
    return with_signature(submission, signer.key_id, signer.sign(message_of(submission)))


def message_of(submission: Submission) -> bytes:
    """Return the bytes that every signature on a submission covers, whether it carries one already or not."""
    return _split(submission.leaf).message


def header_of(submission: Submission) -> bytes:
    """Return the canonical header of a submission, whether it is signed already or not."""
    return _split(submission.leaf).signed


def with_signature(submission: Submission, key_id: str, sig: bytes) -> Submission:
    """Put a signature made elsewhere into an entry, in the place of an earlier one by the same key.

    Whether it holds is not asked here: the record asks when the entry is handed in.
    """
    entry = _split(submission.leaf)
    sigs = {**dict(entry.sigs), shape.entry_id(key_id, "a key id"): sig}
    return replace(submission, leaf=_join(entry.signed, tuple(sorted(sigs.items()))))


def parse_leaf(leaf: bytes) -> Entry:
    """Read a leaf strictly; raise InputError on any form but the one `sign_entry` writes."""
    found = plain.read(leaf)
    return parse_in_full(leaf) if found is None else Entry(*found, leaf)


def parse_in_full(leaf: bytes) -> Entry:
    """Do what `parse_leaf` does the long way, whatever the form of the leaf."""
    entry = _split(leaf)
    read_header(entry.header)
    if len(entry.signed) > LARGEST_HEADER:
        raise InputError(f"expected a header of at most {LARGEST_HEADER} bytes, found {len(entry.signed)}")
    if not entry.sigs:
        raise InputError("expected a signature on the entry, found none", field="sigs")
    return entry


def _header(draft: Draft, commitment: str, origin: str, charter: str | None, keys_at: int) -> dict[str, Any]:
    public = draft.access == "public"
    shape.moment(draft.claimed_time)
    header = {
        "access": draft.access,
        "body_commit": commitment,
        "claimed_time": draft.claimed_time if public else draft.claimed_time[:10] + "T00:00:00Z",
        "keys_at": keys_at,
        "kind": draft.kind if public else SEALED_KIND,
        "member": draft.member,
        "nonce": secrets.token_hex(NONCE_BYTES),
        "origin": origin,
        "refs": list(draft.refs) if public else [],
        "v": VERSION,
    }
    if charter is not None:
        header["charter"] = charter
    if draft.keys:
        header["keys"] = draft.keys
    return header


def read_body(header: Mapping[str, Any], plaintext: bytes) -> Any:
    """Return the JSON of an entry's body, of the sealed one inside where the entry is not public."""
    return body.read(body.inner(header["access"], plaintext))


def _join(signed: bytes, sigs: tuple[tuple[str, bytes], ...]) -> bytes:
    listed = [{"key": key, "sig": canonical.b64url(sig)} for key, sig in sigs]
    leaf = _HEAD + signed + _MIDDLE + canonical.dumps(listed) + _TAIL
    if len(leaf) > LARGEST_ENTRY:
        raise InputError(f"expected a leaf of at most {LARGEST_ENTRY} bytes, found {len(leaf)}")
    return leaf


def _split(leaf: bytes) -> Entry:
    if len(leaf) > LARGEST_ENTRY:
        raise InputError(f"expected a leaf of at most {LARGEST_ENTRY} bytes, found {len(leaf)}")
    value = shape.fields(canonical.loads(leaf), {"header": dict, "sigs": list}, where="the leaf")
    if len(value["sigs"]) > MOST_SIGNATURES:
        raise InputError(f"expected at most {MOST_SIGNATURES} signatures, found {len(value['sigs'])}", field="sigs")
    sigs = tuple(_signature(item) for item in value["sigs"])
    keys = [key for key, _ in sigs]
    if keys != sorted(set(keys)):
        raise InputError("expected the signatures sorted by key, each key once", field="sigs")
    # The leaf is canonical, so canonical H stands in it as it is; and no key id or signature holds what _MIDDLE is.
    return Entry(value["header"], leaf[len(_HEAD) : leaf.rindex(_MIDDLE)], sigs, leaf)


def _signature(item: Any) -> tuple[str, bytes]:
    value = shape.fields(item, {"key": str, "sig": str}, where="a signature")
    return shape.entry_id(value["key"], "a key id"), canonical.unb64url(value["sig"], SIGNATURE_BYTES, "a signature")
