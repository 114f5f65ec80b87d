"""A captured HTTP answer (RFC 9112) as its content type and body, unpacked and in UTF-8.

1. An answer whose status is not 200 holds no page.
2. Chunks and the codings gzip and deflate are undone, up to `LARGEST` bytes; a body stored without the chunks that its headers
   promise is taken as it stands. Any other coding is refused.
3. Text in an encoding that the answer names, and that fits, is given in UTF-8.
"""

from __future__ import annotations

import io
import re
import zlib
from http.client import HTTPException, HTTPResponse

from .parts import Refusal, one_line

LARGEST = 8_000_000


class _Wire:
    """What `HTTPResponse` asks of a socket."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def makefile(self, *_: object) -> io.BytesIO:
        """Return the bytes as a stream."""
        return io.BytesIO(self.data)


def read_answer(block: bytes) -> tuple[str, bytes] | Refusal:
    """Return an HTTP answer's content type and body; a type of "" for one without a page."""
    try:
        response = HTTPResponse(_Wire(block))  # type: ignore[arg-type]
        response.begin()
        if response.status != 200:
            return "", b""
        kind, coding = response.getheader("Content-Type") or "", response.getheader("Content-Encoding") or ""
        return kind, _in_utf8(_decompressed(_body(response, block), coding.strip().lower()), kind)
    except (HTTPException, OSError, ValueError, zlib.error) as error:
        what = one_line(str(error), 120) or type(error).__name__
        return Refusal(f"the captured HTTP answer cannot be read ({what})")


def _body(response: HTTPResponse, block: bytes) -> bytes:
    try:
        return response.read(LARGEST)
    except (HTTPException, ValueError):  # some archivers store the body without the chunks its headers promise
        return block.partition(b"\r\n\r\n")[2]


def _in_utf8(body: bytes, kind: str) -> bytes:
    """Return text in the encoding every door reads, where the answer's header names another that fits."""
    named = re.search(r"charset=[\"']?([\w.:-]{1,40})", kind, re.IGNORECASE)
    if named is None or not kind.lower().startswith("text/"):
        return body
    try:
        return body.decode(named[1]).encode("utf-8")
    except (LookupError, ValueError):
        return body


def _decompressed(body: bytes, coding: str) -> bytes:
    if coding in ("identity", "none", ""):
        return body
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise ValueError(f"expected gzip, deflate or no content coding, found {coding[:40]!r}")
    bits = 47 if coding != "deflate" or body[:1] == b"\x78" else -15
    unpacking = zlib.decompressobj(bits)
    found = unpacking.decompress(body, LARGEST)
    if unpacking.unconsumed_tail:
        raise ValueError(f"more than {LARGEST:,} bytes unpacked")
    return found
