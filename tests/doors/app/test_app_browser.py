"""The ground of every page in a real browser: the front page, and what stands where something is not there.

Captures go to `build/screenshots/` (390 and 1280 px, light and dark). Defects they showed, and what mended them: see the end.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from doors.app.browsing import House, serving
from doors.app.furnished import Furnished
from doors.browsers import DESK, look_at, marks

pytestmark = marks
PAGES = {"front": "/", "nothing-here": "/nowhere"}


@pytest.fixture(scope="module")
def house(furnished: Furnished, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The application over a record with something in it."""
    seats = furnished.table(tmp_path_factory.mktemp("ground"))
    with serving(seats, chromium) as started:
        yield started
    seats.close()


def opened(house: House, who: str) -> BrowserContext:
    """Open a browser of somebody: "anybody", or a member's first officer."""
    context = house.browser.new_context(viewport=DESK, color_scheme="light", base_url=house.address)  # type: ignore[arg-type]
    if who != "anybody":
        house.sign_in(context, who)
    return context


def watched(context: BrowserContext) -> tuple[Page, list[str]]:
    """Return a tab, and what its console and network complain about: a forbidden script or style would stand there."""
    tab, complaints = context.new_page(), list[str]()
    tab.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    return tab, complaints


@pytest.mark.parametrize("who", ["anybody", "kes", "vor", "ord", "riv"])
def test_the_ground_of_every_page(house: House, who: str) -> None:
    """No serious fault of accessibility, nothing wider than the screen, no word from the policy against inline code."""
    context = opened(house, who)
    for name, path in PAGES.items():
        tab, complaints = watched(context)
        tab.goto(path)
        look_at(tab, f"app-{name}-{who}")
        assert [words for words in complaints if "404" not in words] == []
    context.close()


def test_the_keyboard_comes_to_the_content_first(house: House) -> None:
    """The first press of Tab offers to skip to the content, and Enter goes there."""
    context = opened(house, "kes")
    tab = context.new_page()
    tab.goto("/")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Skip to the content"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"
    context.close()


def test_the_theme_is_chosen_once_for_all_pages(house: House) -> None:
    """The switch goes from the system's to light to dark, and another page has it too."""
    context = opened(house, "anybody")
    tab = context.new_page()
    tab.goto("/")
    for _ in range(2):
        tab.click("[data-theme-switch]")
    assert tab.inner_text("[data-theme-switch]") == "Theme: dark"
    tab.goto("/nowhere")
    assert tab.get_attribute("html", "data-theme") == "dark"
    context.close()


def test_whoever_reads_is_told_that_the_record_has_grown(house: House) -> None:
    """A line appears; the page is loaded again only when its reader asks for it."""
    context = opened(house, "vor")
    tab = context.new_page()
    tab.goto("/")
    assert not tab.is_visible("#grown")
    tab.wait_for_timeout(1500)
    house.seats.room.writer.enter([_entry(house)])
    tab.wait_for_selector("#grown:not([hidden])", timeout=20_000)
    context.close()


def _entry(house: House) -> object:
    from tasdiq.model import entries
    from tasdiq.model.value import to_plain
    from tasdiq.record import canonical
    from tasdiq.record.entry import Draft
    from tasdiq.secretariat.custody import sign_for
    from tasdiq.web.acting.preparing import chain_of

    body = canonical.dumps(to_plain(entries.KeysChanged(note="")))
    draft = Draft(kind="Unheard", member="ord", claimed_time="2031-03-12T08:00:00Z", body=body)
    return sign_for(chain_of(house.seats.room), draft, [house.seats.keys["ord"]])


@pytest.mark.parametrize("who", ["kes", "anybody"])
def test_without_scripts_everything_is_there(house: House, who: str) -> None:
    """The page reads the same, signing out is a form; what needs a script is not shown."""
    context = house.browser.new_context(java_script_enabled=False, base_url=house.address)
    if who != "anybody":
        house.sign_in(context, who)
    tab = context.new_page()
    tab.goto("/")
    assert tab.is_visible("h1")
    assert not tab.is_visible("[data-theme-switch]")
    assert tab.locator("form[action='/sign-out'] button").count() == (1 if who == "kes" else 0)
    context.close()
