"""Check by oneself what one is given to sign: nothing of it is taken on the server's word.

Before a key is used, all of this holds; the first that does not is said, and nothing is signed:

K1. The header is canonical JSON in the one form of headers, for the origin and charter this client was told, and its member.
K2. The body's text is what the header commits to: SHA-256 with its salt.
K3. Kind and refs are those that were asked for, in the header or, where the entry is not public, in the sealed body.
K4. The body says what was asked for, and nothing else; sealed fields are opened first, and every digest is accounted for, as a
    disclosure or as a decoy, so that nothing can be hidden in the entry.
K5. An opening that the server adds (a lifted embargo, opened minutes) opens what that entry's own header commits to.
K6. What stays with the members under every charter (`WITH_MEMBERS`) is not made public, nor is anything else entered with
    another access than was asked for, where one was.
K7. A body that says no time of its own is dated by its entry: within ten minutes of this machine's clock.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tasdiq.errors import InputError
from tasdiq.record import body, canonical
from tasdiq.record.ed25519 import pae
from tasdiq.record.entry import PAYLOAD_TYPE
from tasdiq.record.header import read_header
from tasdiq.record.plain import LARGEST_HEADER
from tasdiq.record.secrecy import disclosure

ADDED = "openings"
CLOCKS_DIFFER = timedelta(minutes=10)
WITH_MEMBERS = frozenset({
    "AccessRequested", "TeamAssigned", "Recused", "EvidenceSubmitted", "EvidenceAcknowledged", "EvidenceAnswered",
    "PartyNotified", "PartyResponded", "DeadlineExtended", "SessionHeld", "DelegationNamed", "MinuteLineRecorded",
    "MinuteLineAnswered", "CallLogged", "CallConfirmed", "CallReturned", "MessageSent",
})  # fmt: skip
HeaderOf = Callable[[str], bytes]
"""Returns the canonical header of an entry by its id."""


@dataclass(frozen=True)
class Prepared:
    """A draft as the server prepared it."""

    id: str
    kind: str
    access: str
    header: str
    salt: str
    plaintext: str
    needs: int
    disclosures: tuple[str, ...] = ()
    decoys: tuple[str, ...] = ()
    rows: tuple[Mapping[str, str], ...] = ()

    @classmethod
    def read(cls, value: Mapping[str, Any]) -> Prepared:
        """Read what the server answered; InputError if it has not the form."""
        try:
            return cls(
                id=str(value["id"]),
                kind=str(value["kind"]),
                access=str(value["access"]),
                header=str(value["header"]),
                salt=str(value["salt"]),
                plaintext=str(value["plaintext"]),
                needs=int(value["needs"]),
                disclosures=tuple(value.get("disclosures", ())),
                decoys=tuple(value.get("decoys", ())),
                rows=tuple(value.get("rows", ())),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(f"expected a draft, found no {error}") from error

    @property
    def message(self) -> bytes:
        """Return the bytes that a signature covers."""
        return pae(PAYLOAD_TYPE, self.header.encode())

    @property
    def entry(self) -> str:
        """Return the id the entry will have."""
        return hashlib.sha256(self.header.encode()).hexdigest()


@dataclass(frozen=True)
class Asked:
    """What was asked for, and of whom: origin and charter of the record, the member one signs for; when, and for whose eyes."""

    kind: str
    body: Mapping[str, Any]
    refs: Sequence[str]
    origin: str
    charter: str
    member: str
    now: str
    access: str = ""


def check(prepared: Prepared, asked: Asked, header_of: HeaderOf) -> None:
    """Raise `InputError` unless a draft is what was asked for (K1 to K7)."""
    header = _header(prepared, asked)
    text, salt = prepared.plaintext.encode(), canonical.hex_bytes(prepared.salt, body.SALT_BYTES, "a salt")
    _require(body.commit(salt, text).hex() == header["body_commit"], "the body is not what the header commits to (K2)")
    if header["access"] == "public":
        kind, refs, content, claimed = header["kind"], header["refs"], text, header["claimed_time"]
    else:
        sealed = body.unseal(text)
        kind, refs, content, claimed = sealed.kind, list(sealed.refs), sealed.body, sealed.claimed_time
        _require(sealed.recipients == (), "the entry names recipients that nobody asked for (K3)")
    _require(kind == asked.kind == prepared.kind, f"this is {kind}, and {asked.kind} was asked for (K3)")
    _require(list(refs) == list(asked.refs), "the entry refers to other entries than was asked for (K3)")
    _require(not prepared.rows, "the entry has rows that nobody asked for (K4)")
    _check_body(prepared, asked, content, header_of)
    _require(
        asked.access in ("", header["access"]), f"it is entered as {header['access']}, asked was {asked.access} (K6)"
    )
    _require(
        header["access"] != "public" or kind not in WITH_MEMBERS,
        f"{kind} stays with the members, and is made public (K6)",
    )
    _require(
        _is_dated(asked.body) or _near(claimed, asked.now), f"it is dated {claimed}, and it is {asked.now} here (K7)"
    )


def _is_dated(asked: Mapping[str, Any]) -> bool:
    """Tell whether a body says its own time, itself or in the request for access that it brings."""
    request = asked.get("request")
    return bool(asked.get("at")) or (isinstance(request, Mapping) and bool(request.get("asked_at")))


def _near(claimed: str, now: str) -> bool:
    return abs(datetime.fromisoformat(claimed) - datetime.fromisoformat(now)) <= CLOCKS_DIFFER


def _header(prepared: Prepared, asked: Asked) -> dict[str, Any]:
    data = prepared.header.encode()
    _require(len(data) <= LARGEST_HEADER, "the header is too large (K1)")
    header = read_header(canonical.loads(data))
    expected = {"origin": asked.origin, "charter": asked.charter, "member": asked.member, "access": prepared.access}
    for name, value in expected.items():
        _require(header.get(name) == value, f"the header says {name} {header.get(name)!r}, expected {value!r} (K1)")
    _require("keys" not in header, "the header changes keys (K1)")
    return header


def _check_body(prepared: Prepared, asked: Asked, content: bytes, header_of: HeaderOf) -> None:
    if disclosure.is_concealed(content):
        _check_digests(content, prepared)
    found = canonical.loads(disclosure.reveal(content, prepared.disclosures))
    openings = [] if ADDED in asked.body else found.pop(ADDED, [])
    wanted = canonical.dumps(_without_empty(asked.body))
    _require(canonical.dumps(_without_empty(found)) == wanted, "the body does not say what was asked for (K4)")
    for opening in openings:
        _check_opening(opening, header_of)


def _check_digests(content: bytes, prepared: Prepared) -> None:
    """Raise unless every digest is that of a disclosure or of a decoy that was told (K4)."""
    for text in prepared.decoys:
        _require(text.startswith(disclosure.DECOY), "what is called a decoy is none (K4)")
    told = {disclosure.digest_of(text) for text in (*prepared.disclosures, *prepared.decoys)}
    shown = (canonical.unb64url(text, len(text) * 3 // 4, "a disclosure") for text in prepared.disclosures)
    found = {digest for value in (content, *shown) for digest in _digests(canonical.loads(value))}
    _require(found <= told, "a field of the body is sealed and was not shown (K4)")


def _digests(value: Any) -> set[str]:
    if isinstance(value, dict):
        own = {*value.get("_sd", ()), *([value["..."]] if "..." in value else ())}
        return own.union(*map(_digests, value.values()))
    return set[str]().union(*map(_digests, value)) if isinstance(value, list) else set()


def _check_opening(opening: Mapping[str, Any], header_of: HeaderOf) -> None:
    data = header_of(str(opening["entry"]))
    _require(hashlib.sha256(data).hexdigest() == opening["entry"], "an opening is of an entry that is not there (K5)")
    salt = canonical.hex_bytes(str(opening["salt"]), body.SALT_BYTES, "a salt")
    commit = body.commit(salt, str(opening["content"]).encode()).hex()
    _require(canonical.loads(data)["body_commit"] == commit, "an opening is not what its entry commits to (K5)")


def _without_empty(value: Any) -> Any:
    """Return a body without what is empty: bodies leave out what stands at its default."""
    if isinstance(value, Mapping):
        return {name: _without_empty(item) for name, item in value.items() if item not in ("", [], (), None)}
    return [_without_empty(item) for item in value] if isinstance(value, list | tuple) else value


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise InputError(f"nothing was signed: {otherwise}; tell the host, and keep what you were given")
