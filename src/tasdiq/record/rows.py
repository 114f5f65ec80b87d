r"""Rows: what one bulk entry carries, each provable and redactable by itself.

Decides (DESIGN, section 3, Bulk): `SHA-256("tasdiq/row/v1\0" || salt32 || row)`, the RFC 6962 root over these
commitments (each commitment is a leaf), and the `rows` field of a bulk body, `{"commits": [hex, …], "root": hex}`.
The id of a row is `<entry id>/<n>`, n from 0.

1. A row is canonical JSON of at most 64 KiB; a bulk entry has 1-10,000 of them.
2. The listed root is that of the listed commitments.
3. A row's proof leads from its commitment to the root in the body, and the body to the tree.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tasdiq.errors import InputError
from tasdiq.record import body, canonical, merkle, shape
from tasdiq.record.flat import Flat

MOST_ROWS = 10_000
LARGEST_ROW = 65_536
_DOMAIN = b"tasdiq/row/v1\0"


@dataclass(frozen=True, slots=True)
class Row:
    """A row's content and its salt, as they lie off the tree."""

    salt: bytes
    content: bytes

    @property
    def commit(self) -> bytes:
        """Return the commitment to this row."""
        return hashlib.sha256(_DOMAIN + self.salt + self.content).digest()


def salted(contents: Sequence[bytes]) -> tuple[Row, ...]:
    """Salt the rows of a bulk entry, after checking that each is canonical JSON."""
    require_forms(contents)
    return tuple(map(Row, body.new_salts(len(contents)), contents))


def require_forms(contents: Iterable[bytes]) -> None:
    """Raise InputError unless each row is canonical JSON within the size limit (rule 1)."""
    flat = Flat()
    for content in contents:
        if len(content) > LARGEST_ROW:
            raise InputError(f"expected a row of at most {LARGEST_ROW} bytes, found {len(content)}")
        flat.require(content)


def listing(rows: Sequence[Row]) -> dict[str, Any]:
    """Return the `rows` field of a bulk body."""
    if not 0 < len(rows) <= MOST_ROWS:
        raise InputError(f"expected 1 to {MOST_ROWS} rows in one bulk entry, found {len(rows)}: split them")
    commits = [row.commit for row in rows]
    return {"commits": [commit.hex() for commit in commits], "root": root(commits).hex()}


def root(commits: Sequence[bytes]) -> bytes:
    """Return the RFC 6962 root over row commitments."""
    return merkle.root_of(merkle.leaf_hash(commit) for commit in commits)


def with_listing(plaintext: bytes, rows: Sequence[Row]) -> bytes:
    """Return a body with the `rows` field of these rows in it; a body without rows is returned as it is."""
    if not rows:
        return plaintext
    value = canonical.loads(plaintext)
    if not isinstance(value, dict) or "rows" in value:
        raise InputError("expected an object without the field 'rows' as the body of a bulk entry")
    return canonical.dumps({**value, "rows": listing(rows)})


def commits_in(value: Any) -> list[bytes]:
    """Return the row commitments that a body lists, none if it is no bulk body; refuse a listing that is wrong."""
    if not isinstance(value, dict) or "rows" not in value:
        return []
    listed = shape.fields(value["rows"], {"commits": list, "root": str}, where="the rows of a bulk body")
    if not 0 < len(listed["commits"]) <= MOST_ROWS:
        raise InputError(f"expected 1 to {MOST_ROWS} row commitments, found {len(listed['commits'])}")
    commits = [canonical.hex_bytes(str(item), 32, "a row commitment") for item in listed["commits"]]
    if root(commits).hex() != listed["root"]:
        raise InputError("the root in a bulk body is not that of the row commitments it lists")
    return commits


def proof(commits: Sequence[bytes], number: int) -> list[bytes]:
    """Return the inclusion proof of row `number` under the root of these commitments."""
    hashes = [merkle.leaf_hash(commit) for commit in commits]

    def node(level: int, index: int) -> bytes:
        return merkle.perfect_root(hashes[index << level : (index + 1) << level])

    return merkle.inclusion_proof(number, len(commits), node)


def verify(row: Row, number: int, size: int, path: Sequence[bytes], expected_root: bytes) -> None:
    """Raise InputError unless `row` is number `number` of `size` rows under the root."""
    merkle.verify_inclusion(number, size, merkle.leaf_hash(row.commit), path, expected_root)


def as_json(row: Row | None) -> dict[str, str] | None:
    """Return a row as `rows` files and bundles write it; None where it was redacted."""
    return None if row is None else {"row": row.content.decode(), "salt": row.salt.hex()}


def from_json(item: Any) -> Row:
    """Read a row as `rows` files and bundles write it."""
    value = shape.fields(item, {"row": str, "salt": str}, where="a row")
    return Row(canonical.hex_bytes(value["salt"], body.SALT_BYTES, "a salt"), value["row"].encode())


def listed(data: bytes) -> dict[int, Row | None]:
    """Read a `rows` file: the rows of one entry by number."""
    value = canonical.loads(data)
    if not isinstance(value, list) or not value:
        raise InputError("expected a list of rows with something in it, or no such file")
    return {number: None if item is None else from_json(item) for number, item in enumerate(value)}
