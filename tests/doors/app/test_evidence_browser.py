"""Handing in files and looking at evidence in a real browser: hashed there, sent in parts, interrupted, cancelled, by keyboard."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from doors.app.browsing import House, serving
from doors.app.evidence import CASE, handed_over, open_case, photograph
from doors.app.seats import Founded, Seats
from doors.browsers import look_at, marks

pytestmark = marks
PICTURE = photograph(b"canary")
SHA256 = hashlib.sha256(PICTURE).hexdigest()
PART = 8 * 2**20


@pytest.fixture(scope="module")
def house(founded: Founded, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A case with evidence handed over, on a port."""
    seats = Seats.copy(founded, tmp_path_factory.mktemp("evidence"))
    open_case(seats)
    with serving(seats, chromium) as started:
        handed_over(seats, PICTURE, b"Heard at the post: three impacts before dawn.\n" * 200)
        yield started
    seats.close()


def uploading(house: House) -> Page:
    """Return the page of uploading, as Kestria's officer sees it."""
    return house.device("kes", certified=False).open(f"/uploads?case={CASE}")


def test_pages_of_evidence_are_looked_at(house: House) -> None:
    """Evidence before and after its time has passed, a picture, a text, a copy without hidden data."""
    tab = house.device("vor", certified=False).open("/evidence/evidence-1")
    look_at(tab, "evidence")
    tab.get_by_role("link", name="File 1", exact=True).click()
    look_at(tab, "evidence-picture")
    tab.get_by_role("button", name="Make a copy without hidden data").click()
    look_at(tab, "evidence-copy")
    tab.goto("/evidence/evidence-1")
    tab.get_by_role("link", name="File 2", exact=True).click()
    look_at(tab, "evidence-text")
    tab.get_by_role("button", name="Make a copy without hidden data").click()
    look_at(tab, "evidence-refused")
    tab.context.close()


def test_a_file_is_hashed_here_and_arrives_whole(house: House, tmp_path: Path) -> None:
    """The browser's hash is the file's; it arrives in parts; the next page has it in its form already."""
    data = bytes(range(256)) * (3 * 2**12) * 7
    path = tmp_path / "recording.bin"
    path.write_bytes(data)
    tab = uploading(house)
    look_at(tab, "upload-empty")
    tab.set_input_files("#files", str(path))
    tab.wait_for_selector(".upload-told:has-text('Arrived whole')")
    sha256 = hashlib.sha256(data).hexdigest()
    assert sha256 in tab.inner_text(".upload-told")
    look_at(tab, "upload-arrived")
    tab.get_by_role("button", name="Go on: say what it is").click()
    tab.wait_for_url("**/do/EvidenceSubmitted?**")
    assert tab.input_value("#sha256") == sha256
    tab.context.close()


def test_an_interrupted_file_goes_on_where_it_was(house: House, tmp_path: Path) -> None:
    """The connection breaks after a part: the page tries again by itself, and nothing is sent twice."""
    path = tmp_path / "long.bin"
    path.write_bytes(b"\x07" * (2 * PART + 5))
    tab = uploading(house)
    offsets: list[str] = []

    def part(route: Route) -> None:
        offsets.append(route.request.url.rpartition("offset=")[2])
        if len(offsets) == 2:
            route.abort()
        else:
            route.continue_()

    tab.route("**/api/v1/uploads/*offset=*", part)
    tab.clock.resume()
    tab.set_input_files("#files", str(path))
    tab.wait_for_selector(".upload-told:has-text('Arrived whole')", timeout=20_000)
    assert offsets == ["0", str(PART), str(PART), str(2 * PART)]
    tab.context.close()


def test_a_file_is_cancelled(house: House, tmp_path: Path) -> None:
    """Cancelling stops it, tells so, and nothing of it stays at the server."""
    path = tmp_path / "unwanted.bin"
    path.write_bytes(b"\x08" * (2 * PART))
    tab = uploading(house)
    tab.route("**/api/v1/uploads/*offset=8*", lambda route: None)
    tab.set_input_files("#files", str(path))
    tab.wait_for_selector(".upload-told:has-text('Sending')")
    with tab.expect_response(lambda answer: answer.request.method == "DELETE"):
        tab.get_by_role("button", name="Cancel unwanted.bin").click()
    assert "Nothing of it is kept" in tab.inner_text(".upload-told")
    assert not [p for p in (house.seats.home.path / "uploads").iterdir() if p.stat().st_size == PART]
    tab.context.close()


def test_what_the_server_refuses_is_said_and_can_be_tried_again(house: House, tmp_path: Path) -> None:
    """An empty file is refused in words, beside a button to try again that has the focus."""
    path = tmp_path / "empty.bin"
    path.write_bytes(b"")
    tab = uploading(house)
    tab.set_input_files("#files", str(path))
    tab.wait_for_selector(".upload-told:has-text('a file has 1 to')")
    assert tab.evaluate("document.activeElement.textContent") == "Try again"
    tab.context.close()


def test_a_download_is_saved_and_not_shown(house: House) -> None:
    """The browser saves it under our own name; the page stays."""
    tab = house.device("vor", certified=False).open("/evidence/evidence-1")
    with tab.expect_download() as waiting:
        tab.get_by_role("link", name="Download file 1").click()
    saved = waiting.value
    assert saved.suggested_filename == f"evidence-1-1-{SHA256[:12]}.jpg"
    assert Path(str(saved.path())).read_bytes() == PICTURE
    tab.context.close()
