"""Desks, cases, reading pages and forms in a real browser: looked at, read out, and used by keyboard alone.

What each looks like at phone and desktop width, light and dark, goes to `build/screenshots/`; the defects they showed are in
docs/design/pages.md.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from doors.app.browsing import House, serving
from doors.app.furnished import Furnished
from doors.app.places import PLACES
from doors.browsers import PHONE, look_at, marks, serious_faults

pytestmark = marks
Tabs = dict[tuple[str, str], Page]
WHOLE = bool(os.environ.get("TASDIQ_CAPTURES"))
"""Set by `make soak`: forms are captured with what is wrong in them, where else they are only looked at."""
DESKS = (("kes", ""), ("kes", "team"), ("ord", ""), ("ord", "team"), ("riv", ""), ("med", ""))
PAGES = {
    "cases": "/cases", "case-decided": "/cases/case-decided", "case-examined": "/cases/case-examined",
    "case-drafted": "/cases/case-drafted", "points": "/propositions", "incidents": "/incidents", "incident": "/incidents/report-1",
    "documents": "/documents", "entries": "/entries", "entry": "/entries/25", "review": "/review", "notices": "/notices",
    "do": "/do", "do-which": "/do/AccessRequested", "do-closed": "/do/CaseAssessed?case=case-opened",
}  # fmt: skip


@pytest.fixture(scope="module")
def house(furnished: Furnished, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The furnished record on a port; these tests enter nothing in it."""
    table = furnished.table(tmp_path_factory.mktemp("looked-at"))
    with serving(table, chromium) as started:
        yield started
    table.close()


@pytest.fixture(scope="module")
def tabs(house: House) -> Tabs:
    """A tab of a signed-in browser for each officer, made once: neither signing in nor opening it is part of these tests."""
    officers = {*DESKS, ("vor", "")}
    return {(member, role): house.device(member, role, certified=False).open("/") for member, role in officers}


@pytest.mark.parametrize(("member", "role"), DESKS)
def test_every_desk_is_looked_at(tabs: Tabs, member: str, role: str) -> None:
    """Each role's desk in four ways, without a fault."""
    tab = tabs[member, role]
    tab.goto("/desk")
    assert tab.get_by_role("heading", level=1).inner_text() == "What waits for you?"
    look_at(tab, f"app-desk-{member}{'-' + role if role else ''}")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_looked_at(tabs: Tabs, name: str) -> None:
    """As a liaison officer sees it."""
    tab = tabs["kes", ""]
    tab.goto(PAGES[name])
    look_at(tab, f"app-{name}")


@pytest.mark.parametrize("kind", PLACES)
def test_every_form_is_looked_at(tabs: Tabs, kind: str) -> None:
    """At first, and with what is wrong when it is sent empty; the focus is on what is wrong. `make soak` captures that, too."""
    place = PLACES[kind]
    tab = tabs[place.member, ""]
    tab.goto(place.address)
    look_at(tab, f"app-do-{kind}")
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
        look_at(tab, f"app-do-{kind}-wrong") if WHOLE else _look_once(tab)


def _look_once(tab: Page) -> None:
    """Look at what is wrong in a form without capturing it: read in the dark at the desk, and no wider than a phone."""
    assert serious_faults(tab) == []
    tab.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert tab.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")


def _press_until(tab: Page, label: str, key: str = "Tab", most: int = 120) -> None:
    """Press Tab until what is focused has this name; whoever has no mouse does the same."""
    for _ in range(most):
        tab.keyboard.press(key)
        named = "() => (document.activeElement.labels?.[0] || document.activeElement).innerText?.trim() || ''"
        if tab.evaluate(named).startswith(label):
            return
    raise AssertionError(f"no way to {label!r} by keyboard")


def test_a_whole_step_by_keyboard_alone(furnished: Furnished, chromium: Browser, tmp_path: Path) -> None:
    """From the desk to the form, a mistake, its mending, and the signature: Tab, space, arrows, Enter and letters."""
    table = furnished.table(tmp_path)
    with serving(table, chromium) as house:
        tab = house.device("vor").open("/desk")
        _press_until(tab, "Answer the request for access")
        tab.keyboard.press("Enter")
        tab.wait_for_url("**/do/AccessAnswered?*")
        _press_until(tab, "Go on to sign")
        tab.keyboard.press("Enter")
        tab.wait_for_selector(".error-summary:focus")
        tab.keyboard.press("Tab")
        tab.keyboard.press("Enter")
        assert tab.evaluate("() => document.activeElement.name") == "answer"
        tab.keyboard.press("Space")
        _press_until(tab, "Reason, or the conditions")
        tab.keyboard.type("From Monday on.")
        _press_until(tab, "Go on to sign")
        tab.keyboard.press("Enter")
        tab.wait_for_selector("#signing[data-settled]", state="attached")
        size = table.state().size
        _press_until(tab, "Sign and enter")
        tab.keyboard.press("Enter")
        tab.wait_for_selector("#sign-entered:not([hidden])")
        assert table.room.live.state(at_least=size + 1).size == size + 1
    table.close()


def test_twice_as_large_and_without_motion(house: House, chromium: Browser) -> None:
    """At 200 % nothing is cut off or wider than the window; who wants no motion gets none."""
    context = chromium.new_context(
        viewport={"width": 640, "height": 450}, base_url=house.address, reduced_motion="reduce", device_scale_factor=2
    )
    house.sign_in(context, "kes")
    tab = context.new_page()
    for path in ("/desk", "/cases/case-decided", PLACES["CallLogged"].address, "/entries"):
        tab.goto(path)
        assert tab.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"), path
        assert tab.evaluate("() => getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    context.close()


def test_every_control_of_a_form_has_a_name_that_is_read_out(tabs: Tabs) -> None:
    """Fields in rows and the parts of a time as well, and errors are tied to their fields."""
    tab = tabs["kes", ""]
    tab.goto(PLACES["EvidenceSubmitted"].address)
    names = tab.evaluate(
        "() => [...document.querySelectorAll('main input:not([type=hidden]), main select, main textarea')]"
        ".map((control) => control.labels.length ? control.labels[0].innerText.trim() : '')"
    )
    assert len(names) > 8 and all(names)
    tab.get_by_role("button", name="Go on to sign").click()
    tab.wait_for_selector(".error-summary")
    tied = tab.get_attribute("#title", "aria-describedby") or ""
    assert "title-error" in tied and tab.get_attribute("#title", "aria-invalid") == "true"
