"""What arrives broken: each file gives a clear message with its line, and nothing but our own errors ever escapes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasdiq.intake.article import receive_file

SENTENCE = (
    "The ministry said that the café at the bridge – “La Rive” – had been open all week, and that nobody was hurt. "
)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \r\n\t \n", "empty"),
        ("a.txt", b"\xef\xbb\xbf", "empty"),
        ("a.txt", b"%PDF-1.7 ...", "a PDF"),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "a picture"),
        ("a.txt", b"PK\x03\x04...", "office document"),
        ("a.txt", b"line one\nline \x07 two", "control character U+0007"),
        ("a.txt", bytes(range(128, 256)) * 4, "not UTF-8"),
        ("a.txt", "Ситуация на мосту ".encode("koi8-r") * 20, "not UTF-8"),
        ("a.txt", b"\xff\xfea\x00\x00", "broken UTF-16"),
        ("a.txt", b"\x7fELF" + b"\x00\x00\x00\xd8" * 40, "binary"),
        ("a.pdf", b"%PDF", "save its text"),
        ("a.docx", b"PK", "plain text"),
        ("noending", b"words", "expected .txt"),
        ("a.html", b"<html></html>", "no text of an article"),
    ],
)
def test_what_is_no_document_is_rejected_with_a_remedy(name: str, data: bytes, words: str) -> None:
    """Empty, binary and wrongly encoded files say what was expected and what to do."""
    received = receive_file(name, data)
    assert not received.documents and received.text == ""
    (rejected,) = received.rejected
    assert rejected.file == name and words in rejected.reason


def test_the_line_of_a_bad_byte_is_told() -> None:
    """A wrongly encoded file names the line the trouble starts in."""
    received = receive_file("a.txt", b"one\ntwo\nthr\x81\x8dee\n")
    assert received.rejected[0].line == 3


@pytest.mark.parametrize(
    ("encoding", "note"),
    [("utf-8-sig", "byte order mark"), ("utf-16", "UTF-16"), ("cp1252", "Windows-1252"), ("utf-16-le", "UTF-16")],
)
def test_other_encodings_are_recognised_and_noted(encoding: str, note: str) -> None:
    """UTF-16 and Windows-1252 are decoded; the notes say so."""
    received = receive_file("a.txt", (SENTENCE * 4).encode(encoding))
    assert note in received.notes[0]
    assert received.text.removeprefix("\ufeff") == SENTENCE * 4
    document = received.documents[0]
    assert received.text[document.paragraphs[0].start :].startswith("The ministry")


def test_bidi_overrides_are_flagged() -> None:
    """A text that could look other than it reads is kept and noted."""
    assert "bidirectional" in receive_file("a.txt", (SENTENCE + "\u202e" + SENTENCE).encode()).notes[0]


def test_a_file_too_large_is_refused() -> None:
    """50 MB are refused before anything is read."""
    received = receive_file("a.txt", bytes(50_000_000))
    assert "50,000,000 bytes; expected at most 20,000,000" in received.rejected[0].reason


@pytest.mark.parametrize(
    "text", ["a" * 2_000_000, SENTENCE * 15_000, "(" * 300_000, "— @(" * 100_000, "\n" * 500_000 + SENTENCE]
)
def test_a_line_without_end_is_read(text: str) -> None:
    """Two million characters in one line, and lines made to trip patterns, take seconds at most."""
    begun = time.process_time()
    received = receive_file("a.txt", text.encode())
    assert received.text == text
    assert time.process_time() - begun < 5


@pytest.mark.parametrize("line", ["a" * 3_000_000, SENTENCE * 2_000, "x" * 2_000 + " " + SENTENCE * 20])
def test_a_line_without_end_is_not_the_articles_words(line: str) -> None:
    """Later stages never meet a line longer than any paragraph; it is kept as furniture and noted."""
    received = receive_file("a.txt", f"{line}\n\n{SENTENCE * 3}".encode())
    (document,) = received.documents
    assert [paragraph.kind for paragraph in document.paragraphs] == ["furniture", "body"]
    assert any("longer than any" in note for note in document.notes)
    assert [(rejected.line, "longer than any" in rejected.reason) for rejected in received.rejected] == [(1, True)]


def test_many_short_lines_are_read() -> None:
    """A hundred thousand lines take time in proportion."""
    begun = time.process_time()
    receive_file(
        "a.txt",
        ("Title of a thing that happened\n\nUpdated 01 May 2031\n\nKETTA: " + SENTENCE * 4 + "\n\n").encode() * 8_000,
    )
    assert time.process_time() - begun < 20


@given(st.sampled_from(["a.txt", "a.html", "a.csv", "x"]), st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_received_or_rejected(name: str, data: bytes) -> None:
    """No bytes raise anything: they are documents or a rejection with a reason."""
    received = receive_file(name, data)
    assert received.documents or received.rejected
    assert all(rejected.reason for rejected in received.rejected)


MARKUP = st.sampled_from(
    [*"<>/&;\"'= abp", "script", "<p>", "</p>", "<!ENTITY", "<!DOCTYPE [", "]]>", "&#0;", "<figcaption>"]
)


@given(st.lists(MARKUP, max_size=60).map("".join))
@settings(max_examples=150, deadline=None)
def test_any_markup_is_received_or_rejected(markup: str) -> None:
    """Broken markup raises nothing, and no script's text comes through."""
    received = receive_file("a.html", f"<html><body>{markup}<script>steal()</script>".encode())
    assert received.documents or received.rejected
