"""The page of signing in a real browser: what is shown is what is signed, and what happened is said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from doors.app import finding
from doors.app.browsing import House, serving
from doors.app.seats import Seats
from doors.browsers import browsing, marks, serious_faults
from tasdiq.web import acting
from tasdiq.web.viewer import Viewer

pytestmark = marks
HOSTILE = "Fire across the line \u202eneerg ton\u202c at\u00a0Sella <b>today</b>\nتصدیق می\u200cخواهم\nlast line"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests here."""
    with browsing() as started:
        yield started


@pytest.fixture
def house(table: Seats, browser: Browser) -> Iterator[House]:
    """The application on a port, over a record in which a case can be opened."""
    finding.propose(table)
    with serving(table, browser) as started:
        yield started


def viewer(house: House, member: str, role: str = "") -> Viewer:
    """Return who an officer is to the application."""
    officer, account = house.seats.officer(member, role), house.seats.account(member, role)
    return Viewer(account, officer.name, member, officer.role, frozenset({"read", "act"}))  # type: ignore[arg-type]


def opened(house: House, allegation: str = "Fire across the line at Sella") -> str:
    """Prepare the opening of a case by Kestria's liaison officer; return the draft's id."""
    return acting.prepare(house.seats.room, viewer(house, "kes"), finding.opening(house.seats, allegation)).id


def told(tab: Page) -> str:
    """Return what the page's live region says."""
    return tab.inner_text("#sign-told")


def signed(tab: Page) -> None:
    """Press the button and wait for what becomes of it."""
    tab.click("#sign-button")
    shown = ("#sign-entered", "#sign-waiting", "#sign-refused")
    tab.wait_for_selector(", ".join(f"{name}:not([hidden])" for name in shown))


def test_an_officer_reads_signs_and_gets_a_receipt(house: House) -> None:
    """The words are all there, the entry stands, and the receipt is offered as a file and kept in the browser."""
    device = house.device("kes")
    tab = device.signing(opened(house, HOSTILE))
    shown = tab.inner_text("#signing")
    assert "⟨U+202E right-to-left override⟩neerg ton⟨U+202C end of direction⟩" in shown
    assert "<b>today</b>" in shown
    assert "last line" in shown
    assert serious_faults(tab) == []
    signed(tab)
    assert told(tab).startswith("Entered: it stands in the record as entry ")
    index = int(tab.inner_text("#sign-index"))
    assert house.seats.state().entries[index].id == tab.inner_text("#sign-id")
    with tab.expect_download() as download:
        tab.click("#sign-receipt")
    assert "tasdiq receipt v1" in download.value.path().read_text(encoding="utf-8")
    assert tab.evaluate("tasdiqSign.keys.receipts().then((kept) => kept.length)") == 1
    assert serious_faults(tab) == []
