"""Agreements, minutes and the contact line in a real browser: looked at, read out, answered on a phone and by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from doors.app.browsing import House, serving
from doors.app.seats import Founded, Seats
from doors.app.talks import hold_talks
from doors.browsers import PHONE, look_at, marks

pytestmark = marks
PAGES = {
    "agreements": "/agreements", "agreement": "/agreements/crossing-hours", "commitment": "/commitments/trucks",
    "sessions": "/sessions", "session": "/sessions/session-1", "calls": "/calls", "call": "/calls/call-1",
    "call-corrected": "/calls/call-2",
}  # fmt: skip


@pytest.fixture(scope="module")
def house(founded: Founded, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The talks on a port; these tests prepare drafts and enter nothing."""
    seats = Seats.copy(founded, tmp_path_factory.mktemp("talks"))
    hold_talks(seats)
    with serving(seats, chromium) as started:
        yield started
    seats.close()


def opened(house: House, member: str, path: str) -> Page:
    """Return a page as an officer's browser shows it."""
    return house.device(member, certified=False).open(path)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_looked_at(house: House, name: str) -> None:
    """In four ways, without a serious fault in either theme; nothing is wider than the screen."""
    tab = opened(house, "vor", PAGES[name])
    look_at(tab, f"talks-{name}")
    tab.context.close()


@pytest.mark.parametrize("name", ["agreements", "sessions", "calls"])
def test_empty_pages_teach(house: House, name: str) -> None:
    """Who did not sign in is told what would stand there, and how it comes there."""
    context = house.browser.new_context(viewport=PHONE, base_url=house.address)  # type: ignore[arg-type]
    tab = context.new_page()
    tab.goto(PAGES[name])
    look_at(tab, f"talks-{name}-anybody")
    context.close()


def test_a_call_is_confirmed_in_one_tap(house: House) -> None:
    """On a phone the button is as wide as the screen, and leads to what is signed."""
    tab = opened(house, "vor", "/calls")
    tab.set_viewport_size(PHONE)  # type: ignore[arg-type]
    button = tab.get_by_role("button", name="Confirm call call-1 as logged")
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 48
    assert box["width"] >= 300
    button.click()
    tab.wait_for_url("**/sign/**")
    tab.context.close()


def test_a_line_is_refused_by_keyboard_alone(house: House) -> None:
    """From the top of the page: to the third line's form, a mark, a reason, and on to sign."""
    tab = opened(house, "vor", "/sessions/session-1")
    for _ in range(200):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.id").startswith("mark-3-"):
            break
    tab.keyboard.press("Space")
    tab.keyboard.press("ArrowDown")
    assert tab.evaluate("document.activeElement.value") == "not agreed"
    tab.keyboard.press("Tab")
    tab.keyboard.type("Once a month is enough.")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/sign/**")
    tab.context.close()
