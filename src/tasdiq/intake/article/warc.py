"""A web archive: WARC (ISO 28500, https://iipc.github.io/warc-specifications/), plain or gzip, and WACZ, a ZIP of them.

1. Each `response` record whose HTTP status is 200, and each `resource` record, is opened by its content type: pages, plain
   text, feeds and PDF. Other kinds (pictures, scripts, styles) are passed over and counted in a note.
2. The address is the record's `WARC-Target-URI`. A date of release is the page's own; where it gives none, the day of capture
   stands in its place, marked approximate. Nothing is fetched, and links are not followed.
3. The file is a stream: one record at a time is in memory. At most `MOST_UNPACKED` bytes are unpacked, or `MOST_RATIO` times the
   file's size if that is more, `LARGEST` from a record and `MOST_RECORDS` records read. What
   is larger or broken is refused with the record's number; after broken framing, what follows cannot be found and is left.
4. Of a WACZ only members under `archive/` that end as WARC are read, as streams: no name in it becomes a path.
"""

from __future__ import annotations

import gzip
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import IO, cast

from msgspec import structs

from .answer import LARGEST, read_answer
from .html import Page
from .parts import Found, Note, Open, Part, Refusal, nested, one_line, read_stamp

NOTE = "read from a web archive: offsets count code points of the extracted text"
MOST_UNPACKED = 300_000_000
MOST_RATIO = 20
MOST_RECORDS = 100_000
MOST_MEMBERS = 20_000
LONGEST_LINE = 64_000
MOST_HEADERS = 200
ENDINGS = {"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "application/pdf": ".pdf",
           "application/rss+xml": ".rss", "application/atom+xml": ".atom", "application/rdf+xml": ".rdf"}  # fmt: skip
WARCS = re.compile(r"(?:^|/)archive/[^/]+\.warc(?:\.gz)?$", re.IGNORECASE)


class _BrokenError(Exception):
    """The framing of records is lost, or more was unpacked than is allowed; the text says which."""


@dataclass
class _Bounded:
    """A stream that says so when more comes out of it than is allowed, over all streams that share `left`."""

    stream: IO[bytes]
    left: list[int]

    def read(self, size: int) -> bytes:
        """Read up to `size` bytes."""
        return self._counted(self.stream.read(size))

    def line(self) -> bytes:
        """Read one line of bounded length."""
        return self._counted(self.stream.readline(LONGEST_LINE))

    def _counted(self, data: bytes) -> bytes:
        self.left[0] -= len(data)
        if self.left[0] < 0:
            raise _BrokenError(f"more than {self.left[1]:,} bytes unpacked; split the archive")
        return data


@dataclass(frozen=True)
class _Record:
    """One record: its headers in lower case, and its block, None if it was too large to keep."""

    headers: dict[str, str]
    block: bytes | None


def read_warc(data: bytes | IO[bytes], inside: Open) -> Found:
    """Yield the parts of a WARC's responses, from its bytes or as a stream that can be wound back."""
    stream, left = _opened_stream(data)
    yield from _responses(stream, inside, left)


def _opened_stream(data: bytes | IO[bytes]) -> tuple[IO[bytes], list[int]]:
    """Return a file as a stream, and how many bytes may still be unpacked from it, of how many (rule 3)."""
    stream: IO[bytes] = io.BytesIO(data) if isinstance(data, bytes) else data
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    allowed = max(MOST_UNPACKED, MOST_RATIO * size)
    return stream, [allowed, allowed]


def _members_in(stream: IO[bytes]) -> int:
    """Count what a ZIP's directory lists, before anything is built of it."""
    count, before = 0, b""
    while piece := stream.read(1_048_576):
        count += (before + piece).count(b"PK\x01\x02")
        before = piece[-3:]
    stream.seek(0)
    return count


def read_wacz(data: bytes | IO[bytes], inside: Open) -> Found:
    """Yield the parts of the responses in a WACZ's WARC files, from its bytes or as a stream."""
    stream, left = _opened_stream(data)
    if _members_in(stream) > MOST_MEMBERS:
        yield Refusal(f"expected at most {MOST_MEMBERS:,} files in a WACZ; give its WARC files one by one")
        return
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, struct.error) as error:
        yield Refusal(f"the ZIP archive cannot be read ({one_line(str(error), 120)}); expected a WACZ")
        return
    with archive:
        members = [member for member in archive.infolist() if WARCS.search(member.filename)]
        if not members:
            yield Refusal("expected a WACZ with WARC files under archive/, found none; unpack it and give its pages")
        for member in members:
            place = f"file {one_line(member.filename, 200)}"
            held = _member(archive, member, inside, left)
            yield from (item.within(place) if isinstance(item, Refusal) else item for item in held)


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, inside: Open, left: list[int]) -> Found:
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        yield Refusal("expected a file stored or deflated; pack the WACZ again")
        return
    try:
        stream = archive.open(member)
    except (
        zipfile.BadZipFile,
        RuntimeError,
        OSError,
        EOFError,
        ValueError,
        NotImplementedError,
        struct.error,
    ) as error:
        yield Refusal(f"cannot be unpacked ({one_line(str(error), 120)})")
        return
    with stream:
        yield from _responses(stream, inside, left)


def _responses(stream: IO[bytes], inside: Open, left: list[int]) -> Found:
    number = passed = 0
    try:
        for number, record in enumerate(_records(_Bounded(_unpacked(stream), left)), 1):
            if record.headers.get("warc-type") not in ("response", "resource"):
                continue
            ending, opened = _opened(record, inside)
            passed += not ending
            yield from nested(opened, f"record {number}")
        if not number:
            yield Refusal("expected WARC records, found none")
    except _BrokenError as error:
        yield Refusal(str(error), f"record {number + 1}")
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        reason = f"broken compression ({one_line(str(error), 120)}): what follows cannot be read"
        yield Refusal(reason, f"record {number + 1}")
    if passed:
        yield Note(f"{passed:,} captured files of other kinds (pictures, scripts, failed requests) were passed over")


def _unpacked(stream: IO[bytes]) -> IO[bytes]:
    """Return the stream, unpacked if it is gzip; raise what unpacking raises."""
    head = stream.read(2)
    stream.seek(0)
    return cast("IO[bytes]", gzip.GzipFile(fileobj=stream)) if head == b"\x1f\x8b" else stream


def _records(stream: _Bounded) -> Iterator[_Record]:
    """Yield the records; raise `_BrokenError` where the next cannot be found."""
    for _ in range(MOST_RECORDS):
        line = stream.line()
        while line in (b"\r\n", b"\n"):
            line = stream.line()
        if not line:
            return
        if not line.startswith(b"WARC/"):
            raise _BrokenError("expected a record that begins with WARC/1.0 or WARC/1.1: what follows cannot be read")
        headers = _headers(stream)
        length = headers.get("content-length", "")
        if not re.fullmatch(r"[0-9]{1,15}", length):
            raise _BrokenError(
                f"expected a Content-Length, found {one_line(length, 40)!r}: what follows cannot be read"
            )
        yield _Record(headers, _block(stream, int(length)))
    raise _BrokenError(f"expected at most {MOST_RECORDS:,} records; split the archive")


def _headers(stream: _Bounded) -> dict[str, str]:
    found: dict[str, str] = {}
    for _ in range(MOST_HEADERS):
        line = stream.line()
        if line in (b"\r\n", b"\n", b""):
            return found
        key, _, value = line.decode("utf-8", "replace").partition(":")
        found.setdefault(key.strip().lower(), one_line(value, 4000))
    raise _BrokenError(f"expected at most {MOST_HEADERS} header lines: what follows cannot be read")


def _block(stream: _Bounded, length: int) -> bytes | None:
    kept: list[bytes] = []
    read = 0
    while read < length:
        piece = stream.read(min(65536, length - read))
        if not piece:
            raise _BrokenError(f"the record is cut off: expected {length:,} bytes, found {read:,}")
        read += len(piece)
        if length <= LARGEST:
            kept.append(piece)
    return b"".join(kept) if length <= LARGEST else None


def _opened(record: _Record, inside: Open) -> tuple[str, Found]:
    """Return the ending of what a record holds ("" if it is passed over), and its parts."""
    if record.block is None:
        return "large", iter([Refusal(f"more than {LARGEST:,} bytes; expected a page")])
    if record.headers.get("warc-type") == "resource":
        kind, body = record.headers.get("content-type", ""), record.block
    else:
        answer = read_answer(record.block)
        if isinstance(answer, Refusal):
            return "broken", iter([answer])
        kind, body = answer
    ending = ENDINGS.get(kind.partition(";")[0].strip().lower(), "")
    if not ending:
        return "", iter(())
    return ending, (_captured(item, record) for item in inside("capture" + ending, body))


def _captured(item: Part | Refusal | Note, record: _Record) -> Part | Refusal | Note:
    """Return a part with its address and day of capture (rule 2)."""
    if not isinstance(item, Part):
        return item
    captured = read_stamp(record.headers.get("warc-date", ""))
    page = item.page or Page(text=item.text)
    known = page.published or page.at_latest
    at_latest = structs.replace(captured, approximate=True) if captured and not known else page.at_latest
    address = record.headers.get("warc-target-uri", "").strip("<>")
    notes = (f"captured {captured.text}",) if captured else ()
    return replace(item, page=replace(page, url=address or page.url, at_latest=at_latest), notes=(*item.notes, *notes))
