"""Web archives: each captured page is a document with its address and day, and no bytes make anything but a value."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasdiq.intake.article import receive_file, receive_path
from tasdiq.intake.folder import read_folder

PAGE = (
    "<html><head><title>Kestria reopens the Oster bridge</title></head><body><article><p>VELM: The ministry of Kestria said "
    "the Oster bridge was open.</p><p>Vorland denied that it had ever been closed – by anybody.</p></article></body></html>"
)


def answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """Return an HTTP answer."""
    lines = [f"HTTP/1.1 {status}", *(headers or ("Content-Type: text/html; charset=utf-8",)), "", ""]
    return "\r\n".join(lines).encode() + body


def record(block: bytes, kind: str = "response", address: str = "https://courier.example/1", **more: str) -> bytes:
    """Return a WARC record."""
    fields = {"WARC-Type": kind, "WARC-Target-URI": address, "WARC-Date": "2031-03-04T10:00:00Z"}
    fields |= {"Content-Length": str(len(block))} | {name.replace("_", "-"): value for name, value in more.items()}
    head = "WARC/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return head.encode() + b"\r\n" + block + b"\r\n\r\n"


INFO = record(b"software: made up\r\n", "warcinfo", "")
PICTURE = record(answer(b"\x89PNG", "Content-Type: image/png"), address="https://courier.example/p.png")
WHOLE = INFO + record(answer(PAGE.encode())) + PICTURE + record(answer(PAGE.replace("Oster", "Vell").encode()))


def wacz(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.warc", WHOLE),
        ("a.warc.gz", gzip.compress(WHOLE)),
        ("a.warc.gz", gzip.compress(INFO) + gzip.compress(WHOLE[len(INFO) :])),
        ("a.wacz", wacz(("archive/data.warc.gz", gzip.compress(WHOLE)), ("pages/pages.jsonl", b"{}"))),
    ],
)
def test_each_captured_page_is_a_document(name: str, data: bytes) -> None:
    """Address and day of capture stand with it; what is no page is passed over and counted."""
    received = receive_file(name, data)
    first, second = received.documents
    assert first.title == "Kestria reopens the Oster bridge" and "Vell bridge" in second.title
    assert first.url == "https://courier.example/1" and "Vorland denied" in received.text[first.start : first.end]
    assert first.published and first.published.start == "2031-03-04" and first.published.approximate
    assert "captured 2031-03-04T10:00:00Z" in first.notes and not received.rejected
    assert any("1 captured files of other kinds" in note for note in received.notes)


def test_the_pages_own_date_goes_before_the_day_of_capture() -> None:
    """A page that declares when it was released was released then."""
    page = PAGE.replace("<head>", '<head><meta property="article:published_time" content="2031-02-27T08:00:00Z">')
    (document,) = receive_file("a.warc", record(answer(page.encode()))).documents
    assert document.published and (document.published.start, document.published.approximate) == ("2031-02-27", False)


CHUNKED = (
    b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (PAGE.encode()[:50], PAGE.encode()[50:])) + b"0\r\n\r\n"
)


@pytest.mark.parametrize(
    "block",
    [
        answer(gzip.compress(PAGE.encode()), "Content-Type: text/html", "Content-Encoding: gzip"),
        answer(CHUNKED, "Content-Type: text/html", "Transfer-Encoding: chunked"),
        answer(PAGE.encode(), "Content-Type: text/html", "Transfer-Encoding: chunked"),
        answer(PAGE.encode("utf-16"), "Content-Type: text/html; charset=utf-16"),
    ],
)
def test_transfer_and_content_codings_are_undone(block: bytes) -> None:
    """Chunked (or said to be), compressed and otherwise encoded answers give the same words."""
    assert "ever been closed – by anybody" in receive_file("a.warc", record(block)).text


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.warc", b"", "found none"),
        ("a.warc", b"hello", "begins with WARC/1.0"),
        ("a.warc", record(b"", Content_Length="many"), "Content-Length"),
        ("a.warc", record(b"abc", Content_Length="999"), "cut off"),
        ("a.warc", record(answer(b"x", "Content-Type: text/html", "Content-Encoding: br")), "found 'br'"),
        ("a.warc", record(b"no http at all"), "HTTP answer"),
        ("a.warc.gz", gzip.compress(WHOLE)[:60], "broken compression"),
        ("a.wacz", b"PK\x03\x04", "cannot be read"),
        ("a.wacz", wacz(("pages/p.jsonl", b"{}"), ("../archive/x.txt", b"")), "found none"),
        ("a.wacz", wacz(("archive/d.warc", WHOLE), method=zipfile.ZIP_BZIP2), "stored or deflated"),
    ],
)
def test_what_is_no_archive_is_rejected(name: str, data: bytes, words: str) -> None:
    """The reason says what was expected, and where."""
    received = receive_file(name, data)
    assert not received.documents and words in received.rejected[0].reason


def test_what_stands_before_a_break_is_kept() -> None:
    """A record cut off is named by its number; the pages before it are documents."""
    received = receive_file("a.warc", WHOLE[:-40])
    assert len(received.documents) == 1 and received.rejected[0].field == "record 4"


def test_bombs_are_refused() -> None:
    """Neither a compressed record without end nor a compressed answer is unpacked beyond the bounds."""
    zeros = bytes(30_000_000)
    packed = record(answer(gzip.compress(zeros), "Content-Type: text/html", "Content-Encoding: gzip"))
    assert "bytes unpacked" in receive_file("a.warc", packed).rejected[0].reason
    large = record(answer(zeros))
    received = receive_file("a.warc.gz", gzip.compress(large * 12, 1))
    assert "300,000,000 bytes unpacked" in received.rejected[-1].reason
    blank = gzip.compress(b"\r\n" * 1_000_000)
    assert receive_file("a.warc.gz", blank).rejected


@given(st.binary(max_size=100), st.integers(0, len(WHOLE)), st.integers(0, 60), st.booleans())
@settings(max_examples=60, deadline=None)
def test_no_bytes_raise(noise: bytes, at: int, dropped: int, zipped: bool) -> None:
    """An archive with anything put into it or taken out of it is read or rejected."""
    whole = wacz(("archive/d.warc.gz", gzip.compress(WHOLE))) if zipped else WHOLE
    at %= len(whole)
    receive_file("any.wacz" if zipped else "any.warc", whole[:at] + noise + whole[at + dropped :])
    receive_file("any.warc", record(answer(noise)) + record(noise))


@pytest.mark.parametrize("ending", [".warc", ".warc.gz", ".wacz"])
def test_an_archive_is_read_where_it_lies(tmp_path: Path, ending: str) -> None:
    """Beyond 20 MB pages are found as in a small archive, and no more than a record of it is in memory."""
    picture = record(answer(bytes(range(256)) * 12_000, "Content-Type: image/png"))
    path = tmp_path / f"large{ending}"
    with path.open("wb") as file:
        if ending == ".wacz":
            file.write(wacz(("archive/data.warc", picture * 8 + WHOLE), method=zipfile.ZIP_STORED))
        else:
            packed = (lambda data: gzip.compress(data, 0)) if ending == ".warc.gz" else bytes
            for _ in range(8):
                file.write(packed(picture))
            file.write(packed(WHOLE))
    assert path.stat().st_size > 24_000_000
    (found,) = read_folder(tmp_path).files
    assert found.in_place == path
    tracemalloc.start()
    try:
        received = receive_path(path.name, path)
        assert tracemalloc.get_traced_memory()[1] < 16_000_000
    finally:
        tracemalloc.stop()
    assert len(received.documents) == 2 and received.sha256 == found.sha256
    assert any("9 captured files of other kinds" in note for note in received.notes)


def test_an_archive_larger_than_an_attachment_is_refused(tmp_path: Path) -> None:
    """What a record cannot keep is not read; the folder says so without opening it."""
    path = tmp_path / "huge.warc"
    with path.open("wb") as file:
        file.truncate(300 * 2**20)
    assert "at most" in read_folder(tmp_path).rejected[0].reason
