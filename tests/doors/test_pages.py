"""The published site in a real browser, opened from a disk: five questions, keyboard, filters, hostile text, accessibility.

Screenshots of every page go to `build/screenshots/` (1280 and 390 px, light and dark), to be looked at by people; the list of
defects they showed is in docs/design/pages.md. The picture of the README is taken from the sample's site; it is written anew
where it is missing or where PICTURES is set, so that a test run leaves the tree as it was.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

import world
from doors.browsers import marks, serious_faults
from publication import hostile
from tasdiq.journey import assess_folder
from tasdiq.publication.card import publish_card
from tasdiq.publication.pages import PAGES
from tasdiq.publication.site import publish
from tasdiq.settings import Settings

ROOT = Path(__file__).parents[2]
SCREENSHOTS = ROOT / "build" / "screenshots"
PICTURE = ROOT / "docs" / "images" / "positions.png"
SAMPLE = ROOT / "examples" / "istanbul-2025"
WIDTHS = {1280: 900, 390: 844}

pytestmark = marks


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The joint record's site, with one card."""
    out = tmp_path_factory.mktemp("site")
    publish(world.state(), out, published_at=world.CLOCK)
    publish_card(world.state(), "p-persons-offer-refused", out / "cards", published_at=world.CLOCK)
    return out


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's site, made as a reader makes it."""
    folder = tmp_path_factory.mktemp("sample")
    settings = Settings(folder / "state")
    return assess_folder(SAMPLE, folder / "out", None, settings, lambda _: None).site


def _open(browser: Browser, width: int = 1280, scheme: str = "light") -> tuple[BrowserContext, Page, list[str]]:
    context = browser.new_context(viewport={"width": width, "height": WIDTHS.get(width, 900)}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on(
        "request", lambda request: None if request.url.startswith("file:") else heard.append(f"fetched {request.url}")
    )
    return context, page, heard


def _names(site: Path) -> list[str]:
    own = [f"{page.name}.html" for page in PAGES]
    folders = [
        sorted(f"{name}/{p.name}" for p in (site / name).iterdir()) for name in ("p", "d") if (site / name).is_dir()
    ]
    cards = ["cards/p-persons-offer-refused.html"] if (site / "cards").is_dir() else []
    return [*own, *(name for folder in folders for name in folder[:2]), *cards]


@pytest.mark.parametrize(
    ("question", "page", "shows"),
    [
        ("What was agreed, and in what form?", "agreed.html", "Truce of 9 March"),
        (
            "What does each side say about each point, in its own voice?",
            "positions.html",
            "no statement of its own in this record",
        ),
        (
            "How many independent origins stand behind it?",
            "origins.html",
            "Statement of the Ministry of Information of Kestria",
        ),
        ("What happened, and which crossings are open?", "incidents.html", "Indirect-fire: shelling"),
        ("What has been verified so far?", "cases.html", "no common finding"),
    ],
)
def test_five_questions_are_one_click_away(chromium: Browser, site: Path, question: str, page: str, shows: str) -> None:
    """From the overview each question opens its page, which shows the answer."""
    context, tab, heard = _open(chromium)
    tab.goto((site / "index.html").as_uri())
    tab.get_by_role("link", name=question).click()
    tab.wait_for_url(f"**/{page}")
    assert tab.get_by_role("main").locator("*:visible", has_text=shows).count()
    assert heard == []
    context.close()


def test_crossings_are_one_click_away(chromium: Browser, site: Path) -> None:
    """The second half of the fourth question has its own link."""
    context, tab, _ = _open(chromium)
    tab.goto((site / "index.html").as_uri())
    tab.get_by_role("main").get_by_role("link", name="Crossings", exact=True).click()
    assert tab.get_by_role("heading", level=1).inner_text() == "Which crossings are open?"
    context.close()


def test_a_position_leads_to_passage_entry_and_check(chromium: Browser, site: Path) -> None:
    """From a cell to the point, from there to the marked words, from there to the entry."""
    context, tab, heard = _open(chromium)
    tab.goto((site / "positions.html").as_uri())
    tab.get_by_role("link", name="denies").first.click()
    tab.wait_for_url("**/p/*.html#pos-*")
    tab.locator(".statement .source a").first.click()
    tab.wait_for_url("**/d/*.html#*")
    assert tab.locator(":target").count() == 1
    tab.locator(".statements .trail a").first.click()
    tab.wait_for_url("**/record.html#e*")
    assert tab.locator("tr:target").is_visible()
    assert heard == []
    context.close()


def test_filters_work_without_a_network(chromium: Browser, site: Path) -> None:
    """Choosing a standing and typing a word leaves the rows that fit, and says how many."""
    context, tab, _ = _open(chromium)
    tab.goto((site / "positions.html").as_uri())
    tab.get_by_label("Standing").select_option("contested")
    assert tab.get_by_role("status").inner_text() == "3 of 11 points"
    tab.get_by_label("Find words").fill("orm")
    assert tab.get_by_role("status").inner_text() == "1 of 11 points"
    assert tab.locator("section.topic:visible").count() == 1
    context.close()


def test_everything_reads_without_script(chromium: Browser, site: Path) -> None:
    """With script off the tables are whole and no dead control is shown."""
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto((site / "positions.html").as_uri())
    assert tab.locator("tr[data-standing]:visible").count() == 11
    assert not tab.locator("form").is_visible()
    assert not tab.locator("[data-theme-switch]").is_visible()
    context.close()


def test_the_keyboard_reaches_the_answer_first(chromium: Browser, site: Path) -> None:
    """The first Tab offers to skip to the answer, and Enter goes there; focus is always visible."""
    context, tab, _ = _open(chromium)
    tab.goto((site / "positions.html").as_uri())
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Skip to the answer"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"
    tab.keyboard.press("Tab")
    assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    context.close()


def test_the_theme_can_be_chosen(chromium: Browser, site: Path) -> None:
    """The switch goes from the system's theme to light to dark, and the choice is kept."""
    context, tab, _ = _open(chromium)
    tab.goto((site / "index.html").as_uri())
    switch = tab.locator("[data-theme-switch]")
    switch.click()
    switch.click()
    assert switch.inner_text() == "Theme: dark"
    tab.goto((site / "about.html").as_uri())
    assert tab.locator("html").get_attribute("data-theme") == "dark"
    context.close()


def test_data_are_there_as_a_script(chromium: Browser, site: Path, tmp_path: Path) -> None:
    """A page opened from a disk gets the site's data through the classic script."""
    context, tab, _ = _open(chromium)
    probe = site / "probe.html"
    probe.write_text('<script src="data/site.js"></script>', encoding="utf-8")
    tab.goto(probe.as_uri())
    assert tab.evaluate("window.TASDIQ.schema") == "tasdiq/site/v1"
    probe.unlink()
    context.close()


def test_hostile_documents_do_not_run(chromium: Browser, tmp_path: Path) -> None:
    """On no page of a hostile record does any of its text run, load or move the page."""
    publish(hostile.state(), tmp_path / "site", published_at=world.CLOCK)
    context, tab, heard = _open(chromium)
    for path in sorted((tmp_path / "site").rglob("*.html")):
        tab.goto(path.as_uri())
        assert tab.evaluate("window.ran") is None, path.name
    assert heard == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("record", ["world", "sample"])
def test_pages_have_no_serious_fault(
    chromium: Browser, request: pytest.FixtureRequest, record: str, width: int, scheme: str
) -> None:
    """axe-core finds nothing serious or critical, nothing overflows, nothing is heard on the console; each page is captured.

    Axe-core runs once in each width and each theme: light on the phone, dark at the desk.
    """
    folder: Path = request.getfixturevalue("site" if record == "world" else "sample")
    context, tab, heard = _open(chromium, width, scheme)
    found: list[str] = []
    for name in _names(folder):
        tab.goto((folder / name).as_uri())
        if tab.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{name}: wider than {width} px")
        _capture(tab, f"{record}-{name.replace('/', '-').removesuffix('.html')}-{width}-{scheme}")
        if (width == 1280) == (scheme == "light"):
            continue
        found += [f"{name}: {fault}" for fault in serious_faults(tab)]
    assert found == []
    assert heard == []
    context.close()


def test_the_picture_of_the_readme_is_taken_from_the_sample(chromium: Browser, sample: Path, tmp_path: Path) -> None:
    """The positions on persons of the sample, 1280 px wide, under 200 KB; written where it is missing or asked for."""
    context, tab, _ = _open(chromium)
    tab.goto((sample / "positions.html").as_uri())
    tab.get_by_label("Topic").select_option("persons")
    bottom = tab.locator("tr[data-standing]:visible").nth(4).bounding_box()
    assert bottom
    taken = tab.screenshot(
        full_page=True, clip={"x": 0, "y": 0, "width": 1280, "height": bottom["y"] + bottom["height"] + 12}
    )
    context.close()
    assert len(taken) < 200_000
    if os.environ.get("PICTURES") or not PICTURE.exists():
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        PICTURE.write_bytes(taken)


def test_pages_hold_at_twice_the_size(chromium: Browser, site: Path) -> None:
    """At 200 % zoom of a 1280 px window (640 px) no page scrolls sideways."""
    context, tab, _ = _open(chromium, 640)
    wide = []
    for name in _names(site):
        tab.goto((site / name).as_uri())
        if tab.evaluate("document.documentElement.scrollWidth") > 640:
            wide.append(name)
    assert wide == []
    context.close()


def _capture(tab: Page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    tab.screenshot(path=str(SCREENSHOTS / f"{name}.png"), full_page=True)
