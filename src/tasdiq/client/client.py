"""The client: everything the pages do, for a program that holds its own key.

1. It knows whose record it is from the first answer of `record`, or from `origin` and `charter` where they were told it from
   elsewhere: then another record is refused.
2. It signs nothing it has not checked by itself (`checking`), and takes no entry for entered whose receipt does not name it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx

from tasdiq.client.calls import Calls
from tasdiq.client.checking import Asked, Prepared, check
from tasdiq.clock import Clock, timestamp, utc_now
from tasdiq.errors import InputError, RoleError
from tasdiq.record import canonical, receipt
from tasdiq.record.entry import parse_leaf
from tasdiq.record.header import read_header
from tasdiq.record.signing import SigningKey

Json = dict[str, Any]
SUBMISSION = "application/vnd.tasdiq.submission+json"
PART = 8 * 2**20


@dataclass(frozen=True)
class Entered:
    """An entry that stands, with the log's signed receipt; `index` is None while another device must sign first."""

    entry: str
    index: int | None
    receipt: str = ""
    draft: str = ""
    waiting: tuple[str, ...] = ()


class Client:
    """A program's place at the table. Use it in a `with` block."""

    def __init__(
        self, address: str, token: str = "", *, key: SigningKey | None = None, origin: str = "", charter: str = "",
        http: httpx.Client | None = None, clock: Clock = utc_now,
    ) -> None:  # fmt: skip
        self._calls = Calls(address, token, http=http)
        self._key, self._origin, self._charter, self._clock = key, origin, charter, clock

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._calls.close()

    def now(self) -> str:
        """Return the time now as steps write it."""
        return timestamp(self._clock())

    # read

    def get(self, path: str, **params: object) -> Any:
        """Read an address under /api/v1: `get("cases/case-1")`; raise `MissingError` where there is nothing to be seen."""
        return self._calls.get(path, params).json()

    def data(self, path: str, **params: object) -> bytes:
        """Read a file under /api/v1: `data("exports/incidents.csv")`, `data(f"entries/{entry}/proof")`."""
        return self._calls.get(path, params).content

    def every(self, path: str, **params: object) -> Iterator[Json]:
        """Yield every item of a list, turn by turn: `every("reports", since="2031-01-01")`."""
        after: str | None = None
        while True:
            part = self._calls.get(path, {"limit": 200, **params, **({"after": after} if after else {})}).json()
            yield from part["items"]
            after = part["next"]
            if not after:
                return

    @cached_property
    def record(self) -> Json:
        """What record this is, as it was when it was first asked; `InputError` if it is another than was expected."""
        found: Json = self.get("record")
        for name, expected in (("origin", self._origin), ("charter_entry", self._charter)):
            if expected and found[name] != expected:
                raise InputError(
                    f"expected the {name} {expected[:80]}, found {str(found[name])[:80]}: is this the right server?"
                )
        return found

    # act

    def step(self, kind: str, body: Mapping[str, Any], refs: Sequence[str] = (), access: str = "") -> Entered:
        """Take a step: have it prepared, check it, sign it, and have it entered. Raise what the rules or the checks refuse.

        With `access`, "public" or "joint", nothing is signed that others would read than that says.
        """
        return self.sign(self.prepare(kind, body, refs, access))

    def prepare(self, kind: str, body: Mapping[str, Any], refs: Sequence[str] = (), access: str = "") -> Prepared:
        """Have an entry prepared, and return it once it is what was asked for (`checking`)."""
        asked = {"kind": kind, "body": dict(body), **({"refs": list(refs)} if refs else {})}
        asked |= {"access": access} if access else {}
        whose = self.record["origin"], self.record["charter_entry"], self._member
        made = Prepared.read(self._calls.post("drafts", json.dumps(asked).encode()).json())
        check(made, Asked(kind, body, refs, *whose, self.now(), access), self._header_of)
        return made

    def sign(self, prepared: Prepared) -> Entered:
        """Sign a draft that `prepare` gave, and hand the signature in; return where the entry stands, or who must sign too."""
        key = self._signing_key()
        given = {"key": key.key_id, "sig": canonical.b64url(key.sign(prepared.message))}
        told = self._calls.post(f"drafts/{prepared.id}/signatures", json.dumps(given).encode()).json()
        if "entered" not in told:
            return Entered(prepared.entry, None, draft=prepared.id, waiting=tuple(told["waiting"]))
        return self._entered(prepared.entry, told["entered"], prepared.id)

    def enter(self, submissions: Sequence[bytes]) -> list[Entered]:
        """Hand in submission files that were signed elsewhere (`tasdiq … -o`); they are entered together or not at all."""
        data = b"[" + b",".join(submissions) + b"]"
        told = self._calls.post("entries", data).json()["entered"]
        ids = [parse_leaf(json.loads(one)["leaf"].encode()).id for one in submissions]
        return [self._entered(entry, found) for entry, found in zip(ids, told, strict=True)]

    def upload(self, case: str, path: Path) -> str:
        """Hand in a file for a case, in parts; return its SHA-256, for the body of `EvidenceSubmitted`."""
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        begun = {"case": case, "name": path.name, "size": path.stat().st_size, "sha256": sha256}
        told = self._calls.post("uploads", json.dumps(begun).encode()).json()
        with path.open("rb") as file:
            while told["received"] < told["size"]:
                file.seek(told["received"])
                part = file.read(min(PART, told["part"]))
                told = self._calls.put(f"uploads/{told['id']}", part, {"offset": told["received"]}).json()
        if told["sha256"] != sha256:
            raise InputError(f"expected the server to have {sha256}, it has {told['sha256']}", file=path)
        return sha256

    @cached_property
    def _member(self) -> str:
        member = str(self.get("me")["member"])
        if not member:
            raise RoleError("the server takes this client for nobody: give it a token that is in force")
        return member

    def _signing_key(self) -> SigningKey:
        if self._key is None:
            raise RoleError("this client was given no key to sign with: Client(…, key=SigningKey.load(FILE))")
        return self._key

    def _header_of(self, entry: str) -> bytes:
        return canonical.dumps(read_header(self.get(f"entries/{entry}")["header"]))

    def _entered(self, entry: str, told: Mapping[str, Any], draft: str = "") -> Entered:
        """Return where an entry stands, once its receipt names it there (rule 2)."""
        promised = receipt.parse(str(told["receipt"]).encode())
        if (told["index"], entry) not in promised.entries or promised.origin != self.record["origin"]:
            raise InputError(f"the receipt does not name the entry {entry[:16]}…: keep it, and ask the host")
        return Entered(entry, int(told["index"]), str(told["receipt"]), draft)
