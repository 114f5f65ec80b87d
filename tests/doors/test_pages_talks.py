"""What the site shows of the talks, in a real browser: readings, counts, ratings, opened minutes in two scripts, claimed measures.

Screenshots go to `build/screenshots/`, as those of the other pages do.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from doors.browsers import marks, serious_faults
from talks.table import Talk
from tasdiq import timing
from tasdiq.model.meeting import Translation
from tasdiq.publication.site import publish

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"
URDU = "برینک کا پل 14 مارچ کو کھلے گا۔"

pytestmark = marks


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a table at which everything was done once."""
    talk = Talk().agreed()
    talk.word("vor", "denies", text="Nothing was agreed about trucks.", item="trucks")
    talk.read("kes", "each", "Ten trucks on each single day.")
    talk.read("vor", "average", "Ten trucks a day over the month.")
    talk.hold(title="First round at Sella", authentic="ur")
    talk.line(URDU, translations=(Translation(language="en", text="The bridge at Brenk opens on 14 March."),))
    for party in ("kes", "vor"):
        talk.mark(party)
    for party in ("kes", "vor"):
        talk.open(party)
    talk.later(days=3)
    talk.figure("kes", 20, "2031-03-01")
    talk.figure("vor", 25, "2031-03-01", "2031-03-02")
    for member, level in (("kes", 1), ("vor", 3)):
        talk.rate(member, level, f"As {member} sees it.")
    talk.claim()
    talk.answer("vor", "denies", "Fewer than a thousand.")
    out = tmp_path_factory.mktemp("talks")
    publish(timing.in_public(talk.state, talk.at), out, published_at=datetime.fromisoformat(talk.at).astimezone(UTC))
    return out


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", ["agreed", "engagement"])
def test_pages_of_the_talks_have_no_serious_fault(
    chromium: Browser, site: Path, name: str, width: int, scheme: str
) -> None:
    """axe-core finds nothing serious, nothing overflows; the page is captured."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    tab = context.new_page()
    tab.goto((site / f"{name}.html").as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert serious_faults(tab) == []
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    tab.screenshot(path=SCREENSHOTS / f"talks-{name}-{width}-{scheme}.png", full_page=True)
    context.close()


def test_both_readings_stand_beside_each_other_and_none_is_picked(chromium: Browser, site: Path) -> None:
    """Each teller's figures under each way of counting, with who reads it so."""
    tab = chromium.new_page()
    tab.goto((site / "agreed.html").as_uri())
    text = tab.inner_text("#trucks")
    for words in ("as an average", "for each day", "no result is picked", "Nothing was agreed about trucks."):
        assert words in text, text
    assert text.count("Kestria") >= 3 and text.count("Vorland") >= 3
    tab.close()


def test_an_opened_line_stands_in_its_own_direction(chromium: Browser, site: Path) -> None:
    """The authentic text first, right to left, in its language."""
    tab = chromium.new_page()
    tab.goto((site / "agreed.html").as_uri())
    line = tab.locator('[lang="ur"]')
    assert line.inner_text() == URDU
    assert line.evaluate("e => getComputedStyle(e).direction") == "rtl"
    tab.close()
