"""Debian's Chromium without a network, and axe-core: what the tests of pages share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
AXE = Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js"
SHOTS = Path(__file__).parents[2] / "build" / "screenshots"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}

marks = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM.exists() and not os.environ.get("CI"), reason="no /usr/bin/chromium: apt install chromium"
    ),
]
_running: list[Browser] = []


@contextmanager
def browsing() -> Iterator[Browser]:
    """Lend the browser of this process; where none runs, start it, and stop it in the end."""
    if _running:
        with tidied(_running[0]):
            yield _running[0]
        return
    with sync_playwright() as playwright:
        _running.append(playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS))
        try:
            yield _running[0]
        finally:
            _running.pop().close()


@contextmanager
def tidied(browser: Browser) -> Iterator[None]:
    """Close the contexts that were opened while the block ran: the browser serves other tests after it."""
    before = set(browser.contexts)
    try:
        yield
    finally:
        for context in set(browser.contexts) - before:
            context.close()


def serious_faults(tab: Page) -> list[str]:
    """Return what axe-core finds serious or critical on the page as it stands."""
    if not tab.evaluate("() => 'axe' in window"):
        tab.evaluate(AXE.read_text(encoding="utf-8"))
    result = tab.evaluate("axe.run(document, {resultTypes: ['violations'], preload: false})")
    return [
        f"{found['id']}: {found['nodes'][0]['html'][:160]}"
        for found in result["violations"]
        if found["impact"] in ("serious", "critical")
    ]


def look_at(tab: Page, name: str) -> None:
    """Look at a page at phone and desktop width, light and dark, as it stands: it fits, and axe-core finds no serious fault.

    Captures go to `build/screenshots/`. Axe-core runs once in each width and each theme: light on the phone, dark at the desk.
    """
    SHOTS.mkdir(parents=True, exist_ok=True)
    schemes: tuple[Any, ...] = ("light", "dark")
    for size in (PHONE, DESK):
        tab.set_viewport_size(size)  # type: ignore[arg-type]
        for scheme in schemes:
            tab.emulate_media(color_scheme=scheme)
            tab.screenshot(path=SHOTS / f"{name}-{size['width']}-{scheme}.png", full_page=True)
            if (scheme == "dark") == (size == DESK):
                assert serious_faults(tab) == [], (name, scheme, size)
        assert tab.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"), (name, size)
