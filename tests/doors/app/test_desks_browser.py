"""Desks, cases, reading pages and forms in a real browser: looked at, read out, and used by keyboard alone.

What each looks like at phone and desktop width, light and dark, goes to `build/screenshots/`; the defects they showed are in
docs/design/pages.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from doors.app.browsing import DESK, PHONE, Device, House, serving
from doors.app.furnished import Furnished
from doors.app.places import PLACES
from doors.browsers import browsing, marks, serious_faults

pytestmark = marks
Devices = dict[tuple[str, str], Device]
SHOTS = Path(__file__).parents[3] / "build" / "screenshots"
DESKS = (("kes", ""), ("kes", "team"), ("ord", ""), ("ord", "team"), ("riv", ""), ("med", ""))
PAGES = {
    "cases": "/cases", "case-decided": "/cases/case-decided", "case-examined": "/cases/case-examined",
    "case-drafted": "/cases/case-drafted", "points": "/propositions", "incidents": "/incidents", "incident": "/incidents/report-1",
    "documents": "/documents", "entries": "/entries", "entry": "/entries/25", "review": "/review", "notices": "/notices",
    "do": "/do", "do-which": "/do/AccessRequested", "do-closed": "/do/CaseAssessed?case=case-opened",
}  # fmt: skip


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    """Debian's Chromium."""
    with browsing() as started:
        yield started


@pytest.fixture(scope="module")
def house(furnished: Furnished, chrome: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The furnished record on a port; these tests enter nothing in it."""
    table = furnished.table(tmp_path_factory.mktemp("looked-at"))
    with serving(table, chrome) as started:
        yield started
    table.close()


@pytest.fixture(scope="module")
def devices(house: House) -> Devices:
    """A signed-in browser for each officer, made once: signing in is no part of these tests."""
    officers = {*DESKS, ("vor", "")}
    return {(member, role): house.device(member, role, certified=False) for member, role in officers}


def shoot(tab: Page, name: str) -> None:
    """Keep what a page looks like in four ways; nothing is wider than the screen, and axe-core finds no fault."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    for scheme in ("light", "dark"):
        for size in (PHONE, DESK):
            tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            tab.set_viewport_size(size)  # type: ignore[arg-type]
            tab.screenshot(path=SHOTS / f"app-{name}-{size['width']}-{scheme}.png", full_page=True)
            assert tab.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"), (name, size)
            if (scheme == "dark") == (size == DESK):
                assert serious_faults(tab) == [], (name, scheme, size)


@pytest.mark.parametrize(("member", "role"), DESKS)
def test_every_desk_is_looked_at(devices: Devices, member: str, role: str) -> None:
    """Each role's desk in four ways, without a fault."""
    tab = devices[member, role].open("/desk")
    assert tab.get_by_role("heading", level=1).inner_text() == "What waits for you?"
    shoot(tab, f"desk-{member}{'-' + role if role else ''}")
    tab.close()


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_looked_at(devices: Devices, name: str) -> None:
    """As a liaison officer sees it."""
    tab = devices["kes", ""].open(PAGES[name])
    shoot(tab, name)
    tab.close()


@pytest.mark.parametrize("kind", PLACES)
def test_every_form_is_looked_at(devices: Devices, kind: str) -> None:
    """At first, and with what is wrong when it is sent empty; the focus is on what is wrong."""
    place = PLACES[kind]
    tab = devices[place.member, ""].open(place.address)
    shoot(tab, f"do-{kind}")
    for box in tab.query_selector_all("main input[type=checkbox]:checked"):
        box.uncheck()
    for text in tab.query_selector_all(
        "main form[action^='/do/'] input[type=text], main form[action^='/do/'] textarea"
    ):
        text.fill("")
    tab.get_by_role("button", name="Go on to sign").click()
    if "/sign/" not in tab.url:
        tab.wait_for_selector(".error-summary")
        assert tab.evaluate("() => document.activeElement.classList.contains('error-summary')")
        assert tab.title().startswith("Error: ")
        shoot(tab, f"do-{kind}-wrong")
    tab.close()
