"""Requests for certification: an officer's new key shows that it is held, before a member's key is put to it.

The officer's browser (or command line) signs a statement of this server with the new key, and with the successor where there
is one; the two signatures and the statement are one file, which whoever holds the member's key checks offline.

1. The statement is canonical JSON of exactly `v, origin, member, officer, key, next, challenge`: a proof made for one record,
   member or name serves for no other.
2. What is signed is the DSSE encoding of `application/vnd.tasdiq.possession.v1+json` and the statement: a proof is no entry,
   checkpoint or cosignature, and none of these is a proof.
3. Key and successor are sound Ed25519 keys, and different.
4. A proof shows that somebody holds the key, not who: the fingerprint is compared with the officer, in person or by voice.
"""

from __future__ import annotations

from dataclasses import dataclass

from tasdiq.errors import InputError
from tasdiq.record import canonical, ed25519, shape
from tasdiq.record.key_events import signing_public
from tasdiq.record.signing import key_id_of

POSSESSION = "application/vnd.tasdiq.possession.v1+json"
TYPE = "tasdiq/certification-request/v1"
LARGEST = 16_384
CHALLENGE_BYTES = 32
_STATEMENT = {"v": int, "origin": str, "member": str, "officer": str, "key": str, "next": object, "challenge": str}


@dataclass(frozen=True)
class Statement:
    """What the new key signs; `key` and `next` are base64url as key events write them."""

    origin: str
    member: str
    officer: str
    key: str
    next: str | None
    challenge: str

    @property
    def text(self) -> str:
        """Return the canonical JSON that is signed (rule 1)."""
        return canonical.dumps({"v": 1, **{name: getattr(self, name) for name in _STATEMENT if name != "v"}}).decode()

    @property
    def message(self) -> bytes:
        """Return the bytes that are signed (rule 2)."""
        return ed25519.pae(POSSESSION, self.text.encode())

    @property
    def fingerprint(self) -> str:
        """Return the key's id, which is compared out of band (rule 4)."""
        return key_id_of(signing_public(self.key))

    @property
    def successor(self) -> str | None:
        """Return the id of the key that is to follow."""
        return key_id_of(signing_public(self.next)) if self.next else None


@dataclass(frozen=True)
class Request:
    """A statement with the signatures that prove it."""

    statement: Statement
    sig: str
    next_sig: str | None

    @property
    def data(self) -> bytes:
        """Return the file: canonical JSON."""
        value = {"type": TYPE, "statement": self.statement.text, "sig": self.sig, "next_sig": self.next_sig}
        return canonical.dumps(value)

    def require_proof(self) -> None:
        """Raise `InputError` unless both keys signed the statement."""
        said = self.statement
        proofs = [(said.key, self.sig, "sig")] + ([(said.next, self.next_sig, "next_sig")] if said.next else [])
        for key, sig, field in proofs:
            raw = canonical.unb64url(sig or "", ed25519.SIGNATURE_BYTES, "a signature")
            if not ed25519.verify(signing_public(str(key)), raw, said.message):
                raise InputError(
                    "expected a signature of the new key over the statement; make a new request", field=field
                )


def make_statement(
    origin: str, member: str, officer: str, key: str, following: str | None, challenge: str
) -> Statement:
    """Return the statement that a new key is to sign; InputError for keys that are not fit (rule 3)."""
    signing_public(key)
    if following is not None:
        signing_public(following)
        if following == key:
            raise InputError("expected a successor that is another key", field="next")
    shape.name(officer, "the name of an officer")
    return Statement(origin, member, officer, key, following, challenge)


def read_request(data: bytes) -> Request:
    """Read a request file and check its proof; raise `InputError` otherwise."""
    if len(data) > LARGEST:
        raise InputError(f"expected a request of at most {LARGEST} bytes, found {len(data)}")
    wanted: dict[str, type] = {"type": str, "statement": str, "sig": str, "next_sig": object}
    value = shape.fields(canonical.loads(data), wanted, where="the request")
    if value["type"] != TYPE:
        raise InputError(f"expected {TYPE}, found {value['type'][:40]!r}", field="type")
    request = Request(read_statement(value["statement"]), value["sig"], _text(value["next_sig"], "next_sig"))
    request.require_proof()
    return request


def read_statement(text: str) -> Statement:
    """Read a statement; InputError unless it is canonical and its fields are fit."""
    said = shape.fields(canonical.loads(text.encode()), _STATEMENT, where="the statement")
    canonical.unb64url(said["challenge"], CHALLENGE_BYTES, "a challenge")
    following = _text(said["next"], "next")
    made = make_statement(said["origin"], said["member"], said["officer"], said["key"], following, said["challenge"])
    if said["v"] != 1 or made.text != text:
        raise InputError("expected a statement of version 1 in canonical form")
    return made


def _text(value: object, field: str) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise InputError("expected a text or null", field=field)
