"""The audit page as its users meet it: dropped folders, the keyboard, a narrow or dark screen, refusals in words, hostile names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from doors.browsers import marks, serious_faults
from record.forging import World
from record.records import key
from tasdiq.record.audit.path import audit

pytestmark = marks

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """The page in a context of its own."""
    context = chromium.new_context()
    tab = context.new_page()
    tab.goto(address)
    yield tab
    context.close()


def drop(tab: Page, path: Path) -> None:
    """Drop a file or folder into the box, as from the desktop."""
    tab.wait_for_selector("#checker:not([hidden])")
    box = tab.locator("#drop").bounding_box()
    assert box
    session = tab.context.new_cdp_session(tab)
    data = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, "x": box["x"] + 50, "y": box["y"] + 20, "data": data})


def test_a_folder_can_be_dropped(page: Page, world: World) -> None:
    """Also on a page that was opened from a disk."""
    drop(page, world.base / "site")
    expect(page.locator("#chosen")).to_have_text("Chosen: the folder site with 19 files.")
    page.get_by_role("button", name="Check it").click()
    expect(page.locator("#report-head")).to_contain_text("Holds: this site of")


def test_a_file_can_be_dropped(page: Page, world: World) -> None:
    """One bundle."""
    drop(page, world.base / "bundle.json")
    expect(page.locator("#chosen")).to_have_text("Chosen: the file bundle.json.")
    page.get_by_role("button", name="Check it").click()
    expect(page.locator("#report-head")).to_contain_text("Holds: this bundle of")


def test_the_report_says_who_when_and_what_was_sealed(page: Page, world: World) -> None:
    """Cosigned by whom and when, each key trusted or unknown, what was disclosed, and what the check does not show."""
    page.set_input_files("#choose-file", world.base / "disclosing.json")
    own = f"member kestria {key('kestria').key_id}\n"
    page.set_input_files("#choose-trust", {"name": "keys.txt", "mimeType": "", "buffer": own.encode()})
    page.get_by_role("button", name="Check it").click()
    report = page.locator("#report")
    expect(report).to_contain_text("The keys are not those you know")
    keys = report.get_by_role("table", name="Whose keys")
    expect(keys.get_by_role("row", name="member kestria")).to_contain_text("trusted")
    expect(keys.get_by_role("row", name="member vorland")).to_contain_text("unknown")
    page.set_input_files("#choose-trust", [])
    page.get_by_role("button", name="Check it").click()
    expect(report).to_contain_text("mediator-one at 2031-05-07T10:00:00Z")
    expect(report).to_contain_text("evidentiary from quorum on: the quorum is met")
    expect(report.get_by_role("row", name="/witnesses/0")).to_contain_text("A. Made-Up")
    expect(report).to_contain_text("it does not show that it is true")
    expect(report).to_contain_text("later revocations are unknown")


def test_the_page_says_what_it_cannot_vouch_for(page: Page) -> None:
    """Before anything is chosen: the page's own publisher, and the command instead."""
    expect(page.get_by_role("main")).to_contain_text("A page cannot vouch for its own publisher")
    expect(page.get_by_role("main").get_by_role("link", name="tasdiq audit").first).to_be_visible()


def test_the_keyboard_is_enough(page: Page, world: World) -> None:
    """From what was chosen to the button by Tab, Enter checks, and the focus stands on the verdict."""
    page.set_input_files("#choose-file", world.base / "bundle.json")
    page.focus("#choose-file")
    for _ in range(4):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Check it"
    page.keyboard.press("Enter")
    expect(page.locator("#report-head")).to_be_focused()
    expect(page.locator("#told")).to_have_text("Checked.")
    assert page.locator("#told").get_attribute("aria-live") == "polite"


def test_the_json_can_be_copied(page: Page, world: World) -> None:
    """What lands on the clipboard is what the command prints."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.set_input_files("#choose-folder", world.base / "site")
    page.get_by_role("button", name="Check it").click()
    page.get_by_role("button", name="Copy the JSON").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    copied = json.loads(page.evaluate("navigator.clipboard.readText()"))
    assert copied == audit(world.base / "site").as_json()


@pytest.mark.parametrize(
    ("chosen", "trust", "says"),
    [
        (None, None, "choose a folder or a file first"),
        ("backup", None, "record directory"),
        ("site/data", None, "expected a published site (manifest.note) in this folder"),
        ("bundle.json", b"member kestria\n", "keys.txt:1: expected '<role> <name> <key id>'"),
        ("bundle.json", b"\xff", "keys.txt: expected a text file of trusted keys in UTF-8"),
    ],
)
def test_what_cannot_be_checked_is_refused_in_words(
    page: Page, world: World, chosen: str | None, trust: bytes | None, says: str
) -> None:
    """A refusal says what to do and is no verdict."""
    if chosen:
        path = world.base / chosen
        page.set_input_files("#choose-folder" if path.is_dir() else "#choose-file", path)
    if trust:
        page.set_input_files("#choose-trust", {"name": "keys.txt", "mimeType": "", "buffer": trust})
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_role("alert")).to_contain_text(says)
    assert not page.locator("#report").is_visible()


def test_a_browser_without_ed25519_says_so(chromium: Browser, address: str) -> None:
    """An older browser is told before anything is chosen."""
    context = chromium.new_context()
    context.add_init_script("crypto.subtle.importKey = () => Promise.reject(new DOMException('', 'NotSupportedError'))")
    tab = context.new_page()
    tab.goto(address)
    expect(tab.locator("#report")).to_contain_text("cannot check Ed25519 signatures")
    assert not tab.locator("#checker").is_visible()
    context.close()


def test_a_fault_of_the_page_is_no_verdict(page: Page, world: World) -> None:
    """What was not foreseen is told as a fault."""
    page.evaluate("() => { tasdiqAudit.check = async () => undefined.nothing; }")
    page.set_input_files("#choose-file", world.base / "bundle.json")
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_role("alert")).to_contain_text("The page failed, so there is no verdict")
    assert not page.locator("#report").is_visible()


def test_without_script_the_page_says_what_to_do(chromium: Browser, address: str) -> None:
    """No dead control, and the command instead."""
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(address)
    assert tab.locator("noscript .empty").is_visible()
    assert not tab.locator("#checker").is_visible()
    context.close()


def test_names_of_files_do_not_become_part_of_the_page(page: Page, world: World, tmp_path: Path) -> None:
    """Markup in a name, or in what a file says, is shown as it is."""
    site = world.site(tmp_path)
    (site / "<img src=x onerror=window.ran=1>.html").write_text("x", encoding="utf-8")
    (site / "manifest.note").write_text("<script>window.ran=1</script>", encoding="utf-8")
    page.set_input_files("#choose-folder", site)
    page.get_by_role("button", name="Check it").click()
    expect(page.locator("#report-head")).to_contain_text("Does not hold")
    assert page.evaluate("window.ran") is None
    assert page.locator("#report img, #report script").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_report_has_no_serious_fault(
    chromium: Browser, address: str, world: World, width: int, scheme: str
) -> None:
    """A verdict with problems and keys: axe-core finds nothing serious, nothing runs wider than the screen."""
    context = chromium.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)  # type: ignore[arg-type]
    tab = context.new_page()
    tab.goto(address)
    tab.set_input_files("#choose-folder", world.base / "fork_site")
    tab.set_input_files("#choose-kept", world.base / "kept.checkpoint")
    tab.get_by_role("button", name="Check it").click()
    expect(tab.locator("#report")).to_contain_text("Two contradicting histories were signed")
    tab.locator("#report summary").click()
    assert serious_faults(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    tab.screenshot(path=SCREENSHOTS / f"audit-report-{width}-{scheme}.png", full_page=True)
    context.close()
