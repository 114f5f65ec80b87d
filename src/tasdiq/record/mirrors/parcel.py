"""Parcels: entries on their way from one holder of a record to another, in one file and without a network.

A parcel is an `archive` with these members, in this order:

    parcel.json           {"type": "tasdiq/parcel/v1", "origin", "since", "size", "before": [base64, …]}
    checkpoint            the log-signed note over `size` entries, with the cosignatures collected for it
    entries/<n>           the tlog-tiles entry bundle n, from the one that holds `since` on; after each, for its entries
                          from `since` on, in order and where there is any:
      body/<index>            salt32 || body
      rows/<index>            the rows of a bulk entry, null where one was redacted
      disclosures/<index>     the disclosures of its sealed fields, null where one was redacted
      envelope/<index>        the body of a named entry, encrypted to its recipients
      attachment/<sha256>     files the body or its rows name, in order, each once in the parcel

1. There is one spelling: what is read is exactly what `write` writes for it.
2. `before` are the roots of the perfect subtrees over the entries before the first bundle, largest first: with them the
   entries must give the root under the checkpoint, so that a parcel is whole or refused by itself.
3. An attachment has the SHA-256 that is its name, and the body or a row before it names that.
4. Members are read one at a time, none larger than its kind may be.

Who signed what, and whether bodies are those committed to, is for `mirror` to check. A parcel for members holds what only
members may read; one for the public holds nothing else than public bodies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TypeVar

from tasdiq.errors import InputError, MissingError
from tasdiq.record import body, canonical, checkpoint, merkle, rows, shape
from tasdiq.record.mirrors.archive import Archive, write_end, write_member
from tasdiq.record.note import Note
from tasdiq.record.rows import Row
from tasdiq.record.tiles import LARGEST_ENTRY, WIDTH, pack_entries, unpack_entries

TYPE = "tasdiq/parcel/v1"
_HEAD = {"type": str, "origin": str, "since": int, "size": int, "before": list}
_MEBI = 2**20
_LARGEST_TEXT = _MEBI // 4
_LARGEST_BUNDLE = WIDTH * (LARGEST_ENTRY + 2)
_LARGEST_ROWS = 64 * _MEBI
_LARGEST_SECRET = 16 * _MEBI
_LARGEST_ATTACHMENT = 256 * _MEBI
Anything = TypeVar("Anything")


@dataclass(frozen=True)
class Head:
    """Which entries a parcel brings: those in [since, size) whole, those before `since` in its bundle as leaves."""

    origin: str
    since: int
    size: int
    before: tuple[bytes, ...] = ()

    @property
    def start(self) -> int:
        """Return the index of the first leaf."""
        return self.since // WIDTH * WIDTH


@dataclass(frozen=True)
class Content:
    """What lies off the tree for one entry, as far as a parcel brings it."""

    committed: tuple[bytes, bytes] | None = None
    rows: dict[int, Row | None] = field(default_factory=dict)
    disclosures: tuple[str | None, ...] = ()
    envelope: bytes = b""
    attachments: tuple[str, ...] = ()

    def names(self, sha256: str) -> bool:
        """Tell whether the body or one of the rows names this file."""
        name = sha256.encode()
        held = [self.committed[1]] if self.committed else []
        return any(name in text for text in (*held, *(row.content for row in self.rows.values() if row)))


@dataclass(frozen=True)
class Carried:
    """One entry of a parcel; `content` is None before `since`, where a parcel brings leaves alone."""

    index: int
    leaf: bytes
    content: Content | None


@dataclass(frozen=True)
class Attached:
    """An attachment of a parcel, already checked, and where in the file it lies."""

    sha256: str
    start: int
    size: int


def write(
    file: BinaryIO,
    head: Head,
    note: bytes,
    leaves: Iterable[bytes],
    content: Callable[[int, bytes], Content],
    attachment: Callable[[str], bytes],
) -> None:
    """Write a parcel: `leaves` begin at `head.start`; `content` gives what to bring for an entry, by index and leaf."""
    value = {
        "type": TYPE,
        "origin": head.origin,
        "since": head.since,
        "size": head.size,
        "before": [canonical.b64(item) for item in head.before],
    }
    write_member(file, "parcel.json", canonical.dumps(value))
    write_member(file, "checkpoint", note)
    written: set[str] = set()
    for number, bundle in _bundles(head, leaves):
        write_member(file, f"entries/{number}", pack_entries(bundle))
        for index, leaf in enumerate(bundle, number * WIDTH):
            if index >= head.since:
                found = content(index, leaf)
                _write_content(file, index, found)
                for name in sorted(set(found.attachments) - written):
                    write_member(file, f"attachment/{name}", attachment(name))
                    written.add(name)
    write_end(file)


def _bundles(head: Head, leaves: Iterable[bytes]) -> Iterator[tuple[int, list[bytes]]]:
    bundle: list[bytes] = []
    for index, leaf in enumerate(leaves, head.start):
        bundle.append(leaf)
        if len(bundle) == WIDTH or index == head.size - 1:
            yield index // WIDTH, bundle
            bundle = []


def _write_content(file: BinaryIO, index: int, found: Content) -> None:
    if found.committed:
        write_member(file, f"body/{index}", b"".join(found.committed))
    if found.rows:
        listed = canonical.dumps([rows.as_json(found.rows[number]) for number in sorted(found.rows)])
        if len(listed) > _LARGEST_ROWS:
            raise InputError(
                f"the rows of entry {index} are more than {_LARGEST_ROWS} bytes: a parcel cannot bring them"
            )
        write_member(file, f"rows/{index}", listed)
    if found.disclosures:
        write_member(file, f"disclosures/{index}", canonical.dumps(list(found.disclosures)))
    if found.envelope:
        write_member(file, f"envelope/{index}", found.envelope)


@contextmanager
def opened(path: Path) -> Iterator[Parcel]:
    """Open the parcel at `path`; MissingError if there is none, InputError with its name if it is not whole."""
    try:
        file = path.open("rb")
    except FileNotFoundError as error:
        raise MissingError(f"{path}: no parcel here; one is made with: tasdiq export") from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", file=path) from error
    with file:
        try:
            yield Parcel(file)
        except InputError as error:
            raise InputError(error.message, file=error.file or path, line=error.line, field=error.field) from error
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror}", file=path) from error


class Parcel:
    """A parcel that is read from first to last; its head and checkpoint are read at once."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._archive = Archive(file)
        self.head = _read_head(self._archive.take("parcel.json", _LARGEST_TEXT))
        self.note = self._archive.take("checkpoint", _LARGEST_TEXT)
        self.signed: checkpoint.Checkpoint
        self.signatures: Note
        self.signed, self.signatures = checkpoint.parse(self.note)
        if (self.signed.origin, self.signed.size) != (self.head.origin, self.head.size):
            raise InputError("expected the checkpoint over the entries of the parcel, found another")
        self.before = merkle.RightEdge(self.head.start, self.head.before)

    def __iter__(self) -> Iterator[Carried | Attached]:
        edge, attached = self.before.copy(), set[str]()
        for number in range(self.head.start // WIDTH, -(-self.head.size // WIDTH)):
            width = min(WIDTH, self.head.size - number * WIDTH)
            for index, leaf in enumerate(self._bundle(number, width), number * WIDTH):
                edge.push(merkle.leaf_hash(leaf))
                content = self._content(index) if index >= self.head.since else None
                yield Carried(index, leaf, content)
                if content:
                    yield from self._attached(content, attached)
        if self._archive.upcoming:
            raise InputError(f"expected the end of the parcel, found {self._archive.upcoming}")
        if edge.root() != self.signed.root:
            raise InputError("the entries of the parcel are not those under its checkpoint: fetch it again")

    def read(self, attached: Attached) -> bytes:
        """Return an attachment, once the parcel has been read through."""
        self._file.seek(attached.start)
        return self._file.read(attached.size)

    def _bundle(self, number: int, width: int) -> list[bytes]:
        return unpack_entries(self._archive.take(f"entries/{number}", _LARGEST_BUNDLE), width)

    def _content(self, index: int) -> Content:
        committed = self._optional("body", index, body.SALT_BYTES + body.LARGEST_BODY)
        listed = self._optional("rows", index, _LARGEST_ROWS)
        disclosed = self._optional("disclosures", index, _LARGEST_SECRET)
        envelope = self._optional("envelope", index, _LARGEST_SECRET)
        if committed is not None and len(committed) < body.SALT_BYTES:
            raise InputError(f"expected a salt of 32 bytes before the body of entry {index}")
        return Content(
            committed=(committed[: body.SALT_BYTES], committed[body.SALT_BYTES :]) if committed is not None else None,
            rows={} if listed is None else rows.listed(listed),
            disclosures=() if disclosed is None else _read_disclosures(disclosed),
            envelope=b"" if envelope is None else _not_empty(envelope, "an envelope"),
        )

    def _optional(self, kind: str, index: int, most: int) -> bytes | None:
        name = f"{kind}/{index}"
        return self._archive.take(name, most) if self._archive.upcoming == name else None

    def _attached(self, content: Content, earlier: set[str]) -> Iterator[Attached]:
        before = ""
        while self._archive.upcoming.startswith("attachment/"):
            name = shape.entry_id(self._archive.upcoming.removeprefix("attachment/"), "the SHA-256 of an attachment")
            if name <= before or name in earlier or not content.names(name):
                raise InputError(f"the attachment {name[:16]}… is not named by the entry before it, or comes twice")
            found, start, size = self._archive.take_hashed(f"attachment/{name}", _LARGEST_ATTACHMENT)
            if found != name:
                raise InputError(f"the attachment {name[:16]}… was altered: its SHA-256 is another")
            before = name
            earlier.add(name)
            yield Attached(name, start, size)


def _read_head(data: bytes) -> Head:
    value = shape.fields(canonical.loads(data), _HEAD, where="parcel.json")
    if value["type"] != TYPE:
        raise InputError(f"expected a parcel of type {TYPE}, found {value['type'][:40]!r}")
    if not 0 <= value["since"] <= value["size"] or not 0 < value["size"] < 2**48:
        raise InputError("expected sizes 0 <= since <= size of a parcel with at least one entry")
    before = tuple(canonical.unb64(item, "a hash") for item in value["before"] if isinstance(item, str))
    head = Head(checkpoint.require_origin(value["origin"]), value["since"], value["size"], before)
    if (
        len(value["before"]) != len(before)
        or len(before) != head.start.bit_count()
        or any(len(item) != merkle.HASH_BYTES for item in before)
    ):
        raise InputError(f"expected {head.start.bit_count()} hashes of the entries before the first bundle")
    return head


def _read_disclosures(data: bytes) -> tuple[str | None, ...]:
    value = canonical.loads(data)
    if not isinstance(value, list) or not all(item is None or isinstance(item, str) for item in value):
        raise InputError("expected a list of disclosures")
    return _not_empty(tuple(value), "a list of disclosures")


def _not_empty(value: Anything, what: str) -> Anything:
    if not value:
        raise InputError(f"expected {what} with something in it, or none")
    return value
