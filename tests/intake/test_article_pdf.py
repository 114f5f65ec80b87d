"""PDFs: the text layer is one article whose pages are kept apart, and no bytes make anything but a value."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from tasdiq.intake.article import receive_file
from tasdiq.intake.attribute import attribute

ONE = [
    "Vorland Courier", "Kestria reopens the Oster bridge", "Published 4 March 2031",
    "VELM: The ministry of Kestria said on Tuesday that the Oster bridge had been opened again after a cease-",
    "fire of eleven days, and that its engineers had found neither mines nor other damage on the eastern side.",
    "Nobody was hurt.",
    "“The bridge is open to everybody who carries papers,” the ministry's spokesman Ivo Tann said, and Vorland", "1",
]  # fmt: skip
TWO = ["Vorland Courier", "denied that it had ever closed the bridge. The ceasefire holds, it said.", "2"]
THREE = ["Vorland Courier", "Talks go on in Velm.", "3"]


def pdf(*pages: Sequence[str] | bytes, info: str = "") -> bytes:
    """Return a minimal PDF; a page is its lines, or the bytes of its drawing."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{5 + 2 * n} 0 R' for n in range(len(pages)))}] >>".encode(),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        4: f"<< {info} >>".encode(),
    }
    for n, page in enumerate(pages):
        drawing = zlib.compress(page if isinstance(page, bytes) else drawn(page))
        objects[5 + 2 * n] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * n} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        ).encode()
        objects[6 + 2 * n] = (
            b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(drawing) + drawing + b"\nendstream"
        )
    made, places = b"%PDF-1.7\n", []
    for number, held in sorted(objects.items()):
        places.append(len(made))
        made += b"%d 0 obj\n" % number + held + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    tail = b"xref\n0 %d\n0000000000 65535 f \n" % size + table
    return made + tail + b"trailer << /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(made))


def drawn(lines: Sequence[str]) -> bytes:
    """Return the drawing of lines of text."""
    said = b"".join(b"(%s) Tj T*\n" % _escaped(line) for line in lines)
    return b"BT /F1 11 Tf 50 780 Td 14 TL\n" + said + b"ET"


def _escaped(line: str) -> bytes:
    return line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


WHOLE = pdf(ONE, TWO, THREE, info="/CreationDate (D:20310305120000Z)")


def test_the_text_layer_is_an_article() -> None:
    """Title and date are those the text prints; lines are joined to paragraphs, and the digest is the extracted text's."""
    received = receive_file("a.pdf", WHOLE)
    (document,) = received.documents
    assert document.title == "Kestria reopens the Oster bridge"
    assert document.published and document.published.start == "2031-03-04" and document.dateline == "VELM"
    body = [received.text[p.start : p.end] for p in document.paragraphs if p.kind == "body"]
    assert body[0].startswith("The ministry of Kestria") and body[0].endswith("Nobody was hurt.")
    assert "a ceasefire of eleven days" in body[0] and received.text_sha256 != received.sha256


def test_pages_are_kept_as_places() -> None:
    """The form feeds before an offset count its page; a paragraph runs over the end of a page."""
    text = receive_file("a.pdf", WHOLE).text
    pages = {word: 1 + text.count("\f", 0, text.index(word)) for word in ("engineers", "denied", "Talks")}
    assert pages == {"engineers": 1, "denied": 2, "Talks": 3}
    assert "and Vorland\fdenied that" in text


def test_page_numbers_and_running_heads_are_left_out() -> None:
    """What the printer put on every page is none of the article's words, and a note says so."""
    received = receive_file("a.pdf", WHOLE)
    assert "Courier" not in received.text and "\n1" not in received.text
    assert any("Vorland Courier" in note for note in received.documents[0].notes)


def test_statements_are_found_with_offsets_into_the_text() -> None:
    """Who said what is read as in any other document, over the end of a page too."""
    received = receive_file("a.pdf", WHOLE)
    found = [item for items in attribute(received.text, received.documents).values() for item in items]
    contents = [received.text[span.start : span.end] for item in found for span in item.content]
    assert any("open to everybody" in content for content in contents)
    assert any("it had ever closed the bridge" in content for content in contents)


def test_the_day_it_was_made_stands_in_where_no_date_is_printed() -> None:
    """It is marked approximate: the article was released by then."""
    (document,) = receive_file("a.pdf", pdf(THREE, info="/CreationDate (D:20310305120000Z)")).documents
    assert document.published and (document.published.start, document.published.approximate) == ("2031-03-05", True)


def test_without_a_text_layer_it_is_rejected() -> None:
    """A scan says what to do; among pages with text a page without is noted."""
    (rejected,) = receive_file("scan.pdf", pdf(b"0 0 595 842 re f", b"")).rejected
    assert rejected.reason.startswith("no text layer")
    assert any("no text was found on pages 2" in note for note in receive_file("a.pdf", pdf(THREE, b"", THREE)).notes)


def test_a_pdf_under_another_name_is_read() -> None:
    """A .txt file that is a PDF is read as one."""
    assert "Talks go on in Velm." in receive_file("a.txt", WHOLE).text


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"words", WHOLE[:300]])
def test_what_is_no_pdf_is_rejected(data: bytes) -> None:
    """The reason says so, and what to do."""
    received = receive_file("a.pdf", data)
    assert not received.documents and ".txt" in received.rejected[0].reason


def test_a_locked_pdf_is_rejected() -> None:
    """One that opens only with a password is refused; one locked against changes alone is read."""
    for password, read in (("secret", False), ("", True)):
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(WHOLE)))
        writer.encrypt(password, owner_password="owner", algorithm="AES-256")
        writer.write(made := io.BytesIO())
        received = receive_file("a.pdf", made.getvalue())
        assert bool(received.documents) is read
        assert read or "password" in received.rejected[0].reason


def test_bombs_are_refused_by_page() -> None:
    """A page of too much drawing is named, and the others are read; a form drawn in itself ends."""
    received = receive_file("a.pdf", pdf(b"% " + b"a" * 5_000_000, THREE))
    assert received.rejected[0].field == "page 1" and "drawing" in received.rejected[0].reason
    assert "Talks go on" in received.text
    assert receive_file("a.pdf", pdf(*[THREE] * 1_001)).rejected[-1].field == "page 1001"


@given(st.binary(max_size=60), st.integers(0, len(WHOLE)), st.integers(0, 60))
@settings(max_examples=100, deadline=None)
def test_no_bytes_raise(noise: bytes, at: int, dropped: int) -> None:
    """A PDF with anything put into it or taken out of it, or drawn on its page, is read or rejected."""
    receive_file("any.pdf", WHOLE[:at] + noise + WHOLE[at + dropped :])
    receive_file("any.pdf", pdf(drawn(ONE)[: at % 400] + noise, noise))
