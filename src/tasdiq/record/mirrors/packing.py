"""What a copy of a record puts into a parcel, for its members or for everyone.

1. A parcel stands under the newest checkpoint; what was entered after it is not signed for yet and stays behind.
2. For members: every body, row, disclosure and envelope that is here and readable, and the attachments they name. For the
   public: bodies and rows of public entries alone, no disclosure and no attachment.
3. A redaction that is not under the checkpoint yet would leave a gap nobody can explain: sign a checkpoint first.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from tasdiq.errors import InputError, MissingError, RecordError, SettingsError
from tasdiq.record import checkpoint, merkle
from tasdiq.record.durable import sync_directory
from tasdiq.record.entry import parse_leaf
from tasdiq.record.mirrors import parcel
from tasdiq.record.mirrors.parcel import Content, Head
from tasdiq.record.reader import Reader
from tasdiq.record.rows import Row
from tasdiq.record.tiles import WIDTH

_SHA256 = re.compile(rb"[0-9a-f]{64}")


def pack(reader: Reader, out: Path, *, since: int = 0, public: bool = False) -> checkpoint.Checkpoint:
    """Write a parcel to the new file `out` (mode 0600); return the checkpoint it stands under."""
    note = reader.checkpoint()
    if note is None:
        raise MissingError("this record has no checkpoint yet: there is nothing signed to hand on")
    signed, _ = checkpoint.parse(note)
    if not 0 <= since <= signed.size:
        raise InputError(
            f"expected --since from 0 to {signed.size}, the entries under the newest checkpoint, found {since}"
        )
    start = Head(reader.origin, since, signed.size).start
    before = merkle.edge_from(start, reader.node).peaks
    head = Head(reader.origin, since, signed.size, before)
    packing = _Packing(reader, signed.size, public, reader.attachments())
    unfinished = out.with_name(f"{out.name}.{os.getpid()}.unfinished")
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            leaves = reader.leaves(start, signed.size)
            parcel.write(file, head, note, leaves, packing.content, reader.attachment)
            file.flush()
            os.fsync(file.fileno())
        _put(unfinished, out)
    except OSError as error:
        raise SettingsError(f"{out}: the parcel cannot be written: {error.strerror}") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return signed


def _put(unfinished: Path, out: Path) -> None:
    try:
        os.link(unfinished, out)
    except FileExistsError as error:
        raise SettingsError(f"{out}: there is a file here already; choose another -o") from error
    sync_directory(out.parent)


@dataclass
class _Packing:
    reader: Reader
    size: int
    public: bool
    files: frozenset[str]
    _stretch: range = range(0)
    _divided: set[int] = field(default_factory=set)

    def content(self, index: int, leaf: bytes) -> Content:
        """Return what goes along with the entry at `index` (rule 2)."""
        if self.public and parse_leaf(leaf).header["access"] != "public":
            return Content()
        envelope, committed = self.reader.envelope(index), self.reader.committed(index)
        if envelope is not None:
            return Content(envelope=envelope)
        rows = self.reader.rows(index) if committed and self._is_divided(index) else {}
        if committed is None or None in rows.values():
            self._require_signed_notices(index)
        if committed is None or self.public:
            return Content(committed, rows)
        disclosures = tuple(self.reader.disclosures(index)) if self._is_divided(index) else ()
        return Content(committed, rows, disclosures, attachments=self._named(committed[1], rows))

    def _named(self, plaintext: bytes, rows: dict[int, Row | None]) -> tuple[str, ...]:
        text = b" ".join([plaintext, *(row.content for row in rows.values() if row)])
        return tuple(sorted(self.files & {name.decode() for name in _SHA256.findall(text)}))

    def _is_divided(self, index: int) -> bool:
        if not self._stretch.start <= index < self._stretch.stop:
            self._stretch = range(index, index + WIDTH)
            self._divided = self.reader.divided(index, index + WIDTH)
        return index in self._divided

    def _require_signed_notices(self, index: int) -> None:
        if late := [at for at in self.reader.notices_on(index) if at >= self.size]:
            raise RecordError(
                f"entry {late[0]}, a notice of redaction, is not under a checkpoint yet: have the host publish or export "
                "first, which signs one"
            )
