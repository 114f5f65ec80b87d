"""The pages of evidence: who sees it, what they say of it, how its files are shown and handed out, copies without hidden data."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest

from doors.app.clients import Client
from doors.app.evidence import CASE, handed_over, open_case, photograph, ready
from doors.app.seats import Seats
from tasdiq.clock import timestamp
from tasdiq.model import steps

PICTURE = photograph(b"canary")
SHA256 = hashlib.sha256(PICTURE).hexdigest()
FILE = f"/evidence/evidence-1/files/{SHA256}"


@pytest.fixture
def handed(table: Seats) -> Iterator[Seats]:
    """The table, with a photograph that Kestria has handed over in a case."""
    open_case(table)
    handed_over(table, PICTURE, title="Craters <b>by</b> the well")
    yield table


def _text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_the_page_says_who_handed_what_to_whom(handed: Seats) -> None:
    """Title, custody from hand to hand, file with size, hash and type, and to whom it was handed; hostile titles stay text."""
    page = _text(handed.client("vor"), "/evidence/evidence-1")
    for words in (
        "Craters &lt;b&gt;by&lt;/b&gt; the well",
        "photographed by its border guard",
        SHA256,
        "JPEG picture",
        "handed over",
    ):
        assert words in page
    assert "<b>by</b>" not in page


def test_what_was_not_answered_in_time_is_overdue_and_no_consent(handed: Seats) -> None:
    """Overdue is said plainly, in words that take silence for nothing."""
    handed.later(days=40)
    page = _text(handed.client("kes"), "/evidence/evidence-1")
    assert "overdue" in page
    assert "neither acceptance nor dispute, and no consent" in page


def test_receipt_and_answers_stand_beside_it(handed: Seats) -> None:
    """What the party it was handed to said stands there in its words, with its entries."""
    at = timestamp(handed.at)
    handed.step("vor", steps.EvidenceAcknowledged(case=CASE, evidence="evidence-1", sha256=(SHA256,), at=at))
    said = steps.EvidenceAnswered(case=CASE, evidence="evidence-1", answer="disputed", text="Another valley.", at=at)
    handed.step("vor", said)
    page = _text(handed.client("kes"), "/evidence/evidence-1")
    assert "disputed" in page
    assert "Another valley." in page


@pytest.mark.parametrize(
    ("member", "role", "may"),
    [("kes", "", True), ("vor", "", True), ("ord", "", True), ("riv", "", True), ("med", "", False), ("", "", False)],
)
def test_only_those_who_may_find_it(handed: Seats, member: str, role: str, may: bool) -> None:
    """V6: submitter, receivers, team and mediators; for everyone else it is answered like what does not exist."""
    client = handed.client(member, role) if member else handed.anybody()
    made_up = client.get("/evidence/evidence-x")
    for address in ("/evidence/evidence-1", FILE, f"{FILE}/download"):
        answer = client.get(address)
        assert (answer.status_code == 200) is may
        if not may:
            assert (answer.status_code, answer.headers.get("content-type")) == (
                404,
                made_up.headers.get("content-type"),
            )
            assert "evidence-1" not in answer.text.replace(address, "")


def test_a_download_is_the_original_and_nothing_a_browser_would_run(handed: Seats) -> None:
    """Byte for byte, as an attachment of no type, in a sandbox, under a name of our own."""
    answer = handed.client("vor").get(f"{FILE}/download")
    assert answer.content == PICTURE
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == f'attachment; filename="evidence-1-1-{SHA256[:12]}.jpg"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["cache-control"] == "no-store"


def test_an_altered_file_is_not_handed_out(handed: Seats) -> None:
    """What is not what its hash says is a failure of the record, and no byte of it leaves."""
    (handed.home.path / "attachment" / SHA256).write_bytes(b"another")
    assert handed.client("vor").get(f"{FILE}/download").status_code == 503


def test_the_file_says_of_itself_when_and_where(handed: Seats) -> None:
    """EXIF in words, and the warning that anyone can write it; a preview made anew, never the original."""
    page = _text(handed.client("vor"), FILE)
    for words in ("45.12344° N, 21.34567° E", "2031:03:05 09:12:33 +03:00", "Acme Snap 3", "shows nothing by itself"):
        assert words in page
    assert "data:image/jpeg;base64," in page
    assert "None were found" in page


def test_a_public_copy_carries_nothing_but_the_picture(handed: Seats) -> None:
    """Chosen by a person; what was stripped is told; the original stays; the new hash stands beside the old one."""
    client = ready(handed.client("vor"))
    made = client.post(f"{FILE}/copies", follow_redirects=True)
    assert made.status_code == 200
    for words in ("EXIF data", "XMP data", "the position where it says it was taken", SHA256):
        assert words in made.text
    copy = client.get(f"{made.url.path}/download").content
    assert hashlib.sha256(copy).hexdigest() in made.text
    for hidden in (b"canary", b"Acme", b"Exif", b"2031:03:05", b"xpacket"):
        assert hidden not in copy
    assert (handed.home.path / "attachment" / SHA256).read_bytes() == PICTURE


def test_a_copy_is_its_makers(handed: Seats) -> None:
    """Another officer does not find it."""
    address = ready(handed.client("vor")).post(f"{FILE}/copies", follow_redirects=True).url.path
    assert handed.client("kes").get(address).status_code == 404
    assert handed.client("kes").get(f"{address}/download").status_code == 404


def test_the_page_of_uploading_is_for_those_who_may_submit(handed: Seats) -> None:
    """Members of the case see it; the protection body is told that it is for somebody else."""
    assert handed.client("kes").get("/uploads", params={"case": CASE}).status_code == 200
    assert handed.client("kes").get("/uploads", params={"case": "case-x"}).status_code == 404
    assert handed.client("med").get("/uploads", params={"case": CASE}).status_code == 403
