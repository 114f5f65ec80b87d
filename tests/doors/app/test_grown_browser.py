"""The line that says that the record has grown, in a real browser: news is what came after the page was made, and not by it."""

from __future__ import annotations

from doors.app import finding
from doors.app.browsing import House, draft_of, press
from doors.browsers import marks

pytestmark = marks


def test_ones_own_entry_is_no_news(house: House) -> None:
    """Neither on the page of signing nor on the next one; what another enters is, on both."""
    device = house.device("kes")
    waiting = device.open("/desk")
    tab = device.signing(draft_of(house, "kes", finding.opening(house.seats)))
    waiting.wait_for_timeout(2500)
    press(tab)
    waiting.wait_for_selector("#grown:not([hidden])", timeout=20_000)
    tab.wait_for_timeout(1500)
    assert tab.is_hidden("#grown")
    tab.goto("/desk")
    tab.wait_for_timeout(2500)
    assert tab.is_hidden("#grown")


def test_an_officers_sections_stand_in_one_line(house: House) -> None:
    """From 1000 pixels on."""
    tab = house.device("kes", certified=False).open("/desk")
    tab.set_viewport_size({"width": 1000, "height": 700})
    tops = tab.evaluate("() => [...document.querySelectorAll('.sections li')].map((one) => one.offsetTop)")
    assert len(tops) == 11
    assert len(set(tops)) == 1, tops


def test_the_page_of_signing_names_members(house: House) -> None:
    """Who is still to sign stands there by name, not by id."""
    tab = house.device("kes").signing(draft_of(house, "kes", finding.opening(house.seats)))
    names = tab.evaluate("() => JSON.parse(document.getElementById('signing').dataset.names)")
    assert names["vor"] == "Vorland"
