"""E-mail files: the message is a document, its attachments are documents of their own, and no bytes make anything but a value."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasdiq.intake.article import receive_file

WORDS = (
    "VELM: The ministry of Kestria said on Tuesday that the Oster bridge was open again.\n\nNobody was hurt, it said.\n"
)
PAGE = "<html><head><title>Vorland denies</title></head><body><p>Vorland denied that it had closed the bridge.</p></body></html>"


def message(text: str = WORDS, subject: str = "Bridge – open again") -> EmailMessage:
    """Return a made-up message."""
    made = EmailMessage()
    made["From"] = "Ana Belk <ana@courier.example>"
    made["Date"] = "Tue, 04 Mar 2031 23:10:00 +0500"
    made["Subject"] = subject
    made.set_content(text)
    return made


def test_headers_and_plain_text_make_a_document() -> None:
    """From, Date and Subject are the document's author, date and title."""
    received = receive_file("a.eml", message().as_bytes())
    (document,) = received.documents
    assert (document.title, document.author) == ("Bridge – open again", "Ana Belk")
    assert document.published and document.published.start == "2031-03-04"
    assert "Nobody was hurt, it said." in received.text and not received.rejected
    assert received.text_sha256 != received.sha256


def test_plain_text_goes_before_html_and_html_before_nothing() -> None:
    """Of two versions the plain one is read; a message of HTML alone is read through the page's extraction."""
    both = message()
    both.add_alternative(PAGE, subtype="html")
    assert "denied" not in receive_file("a.eml", both.as_bytes()).text
    alone = message()
    alone.set_content(PAGE, subtype="html")
    received = receive_file("a.eml", alone.as_bytes())
    assert "Vorland denied that it had closed the bridge." in received.text and len(received.documents) == 1


def test_attachments_are_documents_of_their_own() -> None:
    """A page, a text, a feed and an attached message are read; a picture is refused by name, without its folders."""
    made = message()
    made.add_attachment(PAGE.encode(), maintype="text", subtype="html", filename="denial.html")
    made.add_attachment(WORDS.encode(), maintype="text", subtype="plain", filename="../../etc/copy.txt")
    made.add_attachment(b"\x89PNG\r\n", maintype="image", subtype="png", filename="..\\map.png")
    made.add_attachment(message("Talks go on, Vorland said.\n", "Talks"))
    received = receive_file("a.eml", made.as_bytes())
    titles = [document.title for document in received.documents]
    assert len(titles) == 4 and {"Bridge – open again", "Vorland denies", "Talks"} <= set(titles)
    assert (
        "attachment denial.html" in received.documents[1].notes and "attachment copy.txt" in received.documents[2].notes
    )
    (rejected,) = received.rejected
    assert rejected.field == "attachment map.png"


def test_messages_in_messages_end() -> None:
    """Three deep are read; what lies deeper is refused with where it is."""
    made = message()
    for number in range(6):
        outer = message(f"Forwarded for the {number}th time.\n", f"Fwd {number}")
        outer.add_attachment(made)
        made = outer
    received = receive_file("a.eml", made.as_bytes())
    assert len(received.documents) == 3 and "deep" in received.rejected[0].reason


def test_quoted_lines_are_left_out_and_counted() -> None:
    """What an earlier message said is not put into this sender's mouth."""
    received = receive_file(
        "a.eml", message("We deny this.\n\n> Vorland shelled the valley.\n> It did so twice.\n").as_bytes()
    )
    assert "shelled" not in received.text
    assert any("2 lines quoted" in note for note in received.documents[0].notes)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "begins with headers"),
        (b"Words without any header at all.\n", "begins with headers"),
        (b"From: a@b.example\nSubject: x\n\n", "no text"),
        (b"From: a@b.example\nSubject: =?utf-8?b?!!!?=\nContent-Transfer-Encoding: base64\n\n####", "no text"),
    ],
)
def test_what_is_no_message_is_rejected(data: bytes, words: str) -> None:
    """The reason says what was expected."""
    received = receive_file("a.eml", data)
    assert not received.documents and words in received.rejected[0].reason


def test_unknown_and_wrong_encodings_are_read() -> None:
    """A charset that does not exist, and one the bytes do not keep to, lose nothing else."""
    for charset in (b"no-such", b"us-ascii", b"utf-16", b"idna", b"hex"):
        head = b"From: a@b.example\nSubject: Bridge\nContent-Type: text/plain; charset=" + charset
        assert receive_file("a.eml", head + b"\n\n" + WORDS.replace("hurt", "hürt").encode()).sha256


def test_thousands_of_attachments_are_cut() -> None:
    """At most 200 parts are opened."""
    part = b"--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nVorland said so.\n"
    head = b"From: a@b.example\nSubject: Many\nContent-Type: multipart/mixed; boundary=b\n\n"
    received = receive_file("a.eml", head + part * 3000 + b"--b--\n")
    assert len(received.documents) <= 200 and "3,000 parts" in received.rejected[0].reason


WHOLE = message()
WHOLE.add_attachment(PAGE.encode(), maintype="text", subtype="html", filename="denial.html")
WHOLE.add_attachment(message("Talks go on.\n", "Talks"))


@given(st.binary(max_size=200), st.integers(0, len(WHOLE.as_bytes())), st.integers(0, 60))
@settings(max_examples=80, deadline=None)
def test_no_bytes_raise(noise: bytes, at: int, dropped: int) -> None:
    """A message with anything put into it or taken out of it is read or rejected."""
    whole = WHOLE.as_bytes()
    receive_file("any.eml", whole[:at] + noise + whole[at + dropped :])
    receive_file("any.eml", b"From: a\nSubject: " + noise)
