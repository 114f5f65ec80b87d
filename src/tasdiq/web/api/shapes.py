"""What calls are told, as types: the document of the interface and its answers are made from the same ones.

What stands in the record comes as the types of `tasdiq.model`; what is said about it (where it stands, what its status is, which
words of it may be shown) stands around it.
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar

import msgspec

from tasdiq.model.case import Case, Due, Finding
from tasdiq.model.charter import Charter
from tasdiq.model.state import EntryLine, Provenance
from tasdiq.web.acting import Waiting

T = TypeVar("T")


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """What went wrong (RFC 9457): `field` names what to mend, `paragraph` the rule that refuses."""

    type: str
    title: str
    status: int
    detail: str
    field: str | None = None
    line: int | None = None
    paragraph: str | None = None
    correlation: str | None = None


class Stated(msgspec.Struct, Generic[T], frozen=True):
    """Something the record says: its status in words, where it stands, and the words of its passages that may be shown."""

    item: T
    status: str
    where: Provenance | None
    words: dict[str, list[str]]


class KeyOf(msgspec.Struct, frozen=True):
    """A key and whose it is: its id is the fingerprint that is compared with one from elsewhere."""

    key: str
    role: str
    name: str
    member: str
    since: int
    until: int | None


class Cosigned(msgspec.Struct, frozen=True):
    """How many cosigners have cosigned the newest checkpoint, of how many, and how many make it evidentiary."""

    k: int
    n: int
    quorum: int
    by: list[str]


class RecordTold(msgspec.Struct, frozen=True):
    """The record as a whole: what a program needs to sign for it, and to check it."""

    origin: str
    charter_entry: str
    size: int
    keys_at: int
    form: str
    checkpoint_size: int
    root: str
    cosigned: Cosigned
    charter: Charter
    keys: list[KeyOf]
    time: str


class SignedBy(msgspec.Struct, frozen=True):
    """A signature on an entry: whose key, and the signature in base64url."""

    key: str
    sig: str


class Opened(msgspec.Struct, frozen=True):
    """What opens an entry's commitment: its salt (hex) and the exact text committed to."""

    salt: str
    content: str


class EntryTold(msgspec.Struct, frozen=True):
    """An entry: its header as everyone sees it, and what is in it where the caller may read that."""

    line: EntryLine
    header: dict[str, Any]
    signatures: list[SignedBy]
    leaf: str
    readable: bool
    body: dict[str, Any] | None
    opening: Opened | None
    rows: int


class RowTold(msgspec.Struct, frozen=True):
    """A row of a bulk entry: its number, its exact text and its salt; null where it was redacted."""

    n: int
    row: str | None
    salt: str | None


class CaseTold(msgspec.Struct, frozen=True):
    """A case with what is due in it."""

    case: Case
    dues: list[Due]
    status: str
    where: Provenance | None


class FindingTold(msgspec.Struct, frozen=True):
    """A finding, where it stands, and the name of the file that proves it, if it is public."""

    finding: Finding
    status: str
    where: Provenance | None


class Owed(msgspec.Struct, frozen=True):
    """Something due, and the case it is due in ("" where it is due in none)."""

    due: Due
    case: str


class Me(msgspec.Struct, frozen=True):
    """Who the caller is to the server: empty where it did not say."""

    account: str
    officer: str
    member: str
    role: str
    scopes: list[str]


class Received(msgspec.Struct, frozen=True):
    """An entry that stands: its id, its index, and the log's signed receipt."""

    id: str
    index: int
    deadline: str
    receipt: str


class EnteredTold(msgspec.Struct, frozen=True):
    """What was entered, each with the log's receipt."""

    entered: list[Received]


class DraftsTold(msgspec.Struct, frozen=True):
    """The drafts that wait for the caller's signature."""

    drafts: list[Waiting]


class SignedOff(msgspec.Struct, frozen=True):
    """A draft that was entered, and where it stands."""

    draft: str
    entered: Received


class SignedInPart(msgspec.Struct, frozen=True):
    """A draft that still waits for signatures, and until when."""

    draft: str
    waiting: list[str]
    expires_at: str


class SignedWith(msgspec.Struct, frozen=True):
    """A signature that a draft carries: the key, and the officer it is certified for."""

    key: str
    officer: str


class DraftTold(msgspec.Struct, frozen=True):
    """A draft: the exact bytes that are to be signed, whose it is, and what became of it."""

    id: str
    kind: str
    access: str
    header: str
    salt: str
    plaintext: str
    needs: int
    expires_at: str
    rows: list[dict[str, Any]]
    disclosures: list[str]
    decoys: list[str]
    member: str
    officer: str
    own: bool
    prepared_at: str
    signed: list[SignedWith]
    entered: SignedOff | None


class UploadTold(msgspec.Struct, frozen=True):
    """A file on its way: how much of it has come, and whether it is whole."""

    id: str
    case: str
    name: str
    size: int
    sha256: str
    received: int
    state: str
    type: str
    part: int
