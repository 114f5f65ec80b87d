"""Archives: the one spelling of an uncompressed tar in which a parcel travels, written and read as a stream.

Under POSIX ustar (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html), narrowed until nothing is left to
choose, so that the same content is the same bytes and any tar program can open it:

1. A member is a plain file of mode 0600, owner 0, time 0; its name is lower-case ASCII words with / between them, at most
   100 bytes, and never leads out of a folder.
2. Its header is exactly the block that `header` writes for its name and size; its content is padded with zeros to 512.
3. Two blocks of zeros end the archive, and nothing follows them.
4. Whoever reads a member says which one must come and how large it may be: nothing is held that was not asked for.
"""

from __future__ import annotations

import hashlib
import re
from typing import BinaryIO

from tasdiq.errors import InputError

BLOCK = 512
_END = bytes(2 * BLOCK)
_PIECE = 1 << 20
_NAME = re.compile(r"[a-z0-9]+(?:\.[a-z0-9]+)?(?:/[a-z0-9]+(?:\.[a-z0-9]+)?)*", re.ASCII)
_LONGEST_NAME = 100
_LARGEST = 8**11 - 1


def header(name: str, size: int) -> bytes:
    """Return the block that stands before a member of this name and size."""
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME or not 0 <= size <= _LARGEST:
        raise InputError(f"expected a plain name and a size below 8 GiB of a member, found {name[:80]!r} of {size}")
    numbers = b"0000600\0" + b"0000000\0" * 2 + b"%011o\0" % size + b"00000000000\0"
    before = name.encode().ljust(100, b"\0") + numbers
    after = b"0" + bytes(100) + b"ustar\x0000" + bytes(64) + b"0000000\0" * 2 + bytes(155 + 12)
    total = sum(before) + 8 * ord(" ") + sum(after)
    return before + b"%06o\0 " % total + after


def write_member(file: BinaryIO, name: str, content: bytes) -> None:
    """Write one member."""
    file.write(header(name, len(content)))
    file.write(content)
    file.write(bytes(-len(content) % BLOCK))


def write_end(file: BinaryIO) -> None:
    """Write what ends an archive."""
    file.write(_END)


class Archive:
    """An archive that is read from first to last; `upcoming` is the name of the member that comes next, "" at the end."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.upcoming, self._size = "", 0
        self._advance()

    def take(self, name: str, most: int) -> bytes:
        """Return the content of the next member, which must be `name` of at most `most` bytes."""
        self._require(name, most)
        content = self._read(self._size)
        self._advance()
        return content

    def take_hashed(self, name: str, most: int) -> tuple[str, int, int]:
        """Pass the next member by in small pieces; return its hex SHA-256, where it begins, and its size."""
        self._require(name, most)
        hashed, start, size = hashlib.sha256(), self._file.tell(), self._size
        for at in range(0, size, _PIECE):
            hashed.update(self._exactly(min(_PIECE, size - at)))
        self._pad(size)
        self._advance()
        return hashed.hexdigest(), start, size

    def _require(self, name: str, most: int) -> None:
        if self.upcoming != name:
            raise InputError(f"expected {name} next, found {self.upcoming or 'the end of the file'}")
        if self._size > most:
            raise InputError(f"expected at most {most} bytes in {name}, found {self._size}")

    def _advance(self) -> None:
        block = self._exactly(BLOCK)
        if block == bytes(BLOCK):
            if self._exactly(BLOCK) != block or self._file.read(1):
                raise InputError("expected two blocks of zeros and nothing more at the end of the file")
            self.upcoming, self._size = "", 0
            return
        name = block[:100].rstrip(b"\0").decode("ascii", "replace")
        size = block[124:135]
        if not re.fullmatch(rb"[0-7]{11}", size) or header(name, int(size, 8)) != block:
            raise InputError(f"expected the header of a member, found another spelling or other bytes: {name[:80]!r}")
        self.upcoming, self._size = name, int(size, 8)

    def _read(self, size: int) -> bytes:
        content = self._exactly(size)
        self._pad(size)
        return content

    def _pad(self, size: int) -> None:
        if any(self._exactly(-size % BLOCK)):
            raise InputError(f"expected zeros after the content of {self.upcoming}, found other bytes")

    def _exactly(self, size: int) -> bytes:
        # In pieces: a file that announces gigabytes and holds none must not make room for them first.
        pieces, left = [], size
        while left:
            piece = self._file.read(min(left, _PIECE))
            if not piece:
                raise InputError("the file ends before it is whole: fetch it again")
            pieces.append(piece)
            left -= len(piece)
        return b"".join(pieces)
