"""The pictures of the guides are made by playing their scenes: officers at a furnished table, in a real browser.

A run writes them to `build/guides/` and holds the committed ones against them, roughly; `TASDIQ_PICTURES=write` replaces those in
`docs/guides/images/`. Look at them before committing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from doors.app.browsing import House, press, serving
from doors.app.furnished import Furnished
from doors.app.picturing import GUIDES, KEPT, MOST_BYTES, NARROW, Picture, size, take
from doors.browsers import marks
from tasdiq.web.accounts import invitations

REFERENCE = re.compile(r"!\[([^\]]*)\]\(images/([a-z-]+)\.png\)")
Scene = Callable[["Table"], Page]
_SEATS = (("kes", ""), ("vor", ""), ("ord", ""), ("ord", "team"), ("riv", ""), ("med", ""))
_HERE = {"locale": "en-GB", "timezone_id": "UTC"}


class Table:
    """The house with a device of each officer; all are certified before the first picture."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._devices = {seat: house.device(*seat, **_HERE) for seat in _SEATS}
        with house.seats.room.live.reader() as reader:
            house.seats.room.live.state(at_least=len(reader))

    def open(self, path: str, member: str = "", role: str = "") -> Page:
        """Open a page as an officer, or as anybody."""
        if member:
            return self._devices[member, role].open(path)
        tab = self.house.browser.new_context(base_url=self.house.address, **_HERE).new_page()  # type: ignore[arg-type]
        tab.goto(path)
        return tab

    def prepare(self, path: str, member: str, answers: dict[str, str], words: dict[str, str]) -> Page:
        """Fill in a form: what is chosen, and what is written."""
        tab = self.open(path, member)
        for name, value in answers.items():
            tab.check(f"[name='{name}'][value='{value}']")
        for name, text in words.items():
            tab.fill(f"[name='{name}']", text)
        return tab


def _go_on(tab: Page) -> Page:
    tab.get_by_role("button", name="Go on to sign").first.click()
    tab.wait_for_selector("#signing[data-settled]", state="attached")
    return tab


def _page(path: str, member: str = "", role: str = "") -> Scene:
    return lambda table: table.open(path, member, role)


def _answer(table: Table) -> Page:
    words = {"reason": "By daylight, with an escort from the gate."}
    return table.prepare(
        "/do/AccessAnswered?case=case-examined&request=access-3", "vor", {"answer": "conditional"}, words
    )


def _files(role: str) -> Scene:
    def scene(table: Table) -> Page:
        tab = table.open("/uploads?case=case-examined", "kes" if not role else "ord", role)
        tab.set_input_files(
            "input[type=file]", {"name": "roof.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8 a roof" * 900}
        )
        tab.get_by_text("Arrived whole. SHA-256").first.wait_for()
        return tab

    return scene


def _waiting(table: Table) -> Page:
    """Mark a part of a draft; it waits for the member's second device."""
    address = "/do/FindingSigned?finding=finding-drafted"
    tab = _go_on(table.prepare(address, "kes", {"part": "breach", "mark": "concurs"}, {}))
    press(tab)
    return tab


def _opened(table: Table) -> Page:
    """Lift the embargo from a decided finding, and read the case as anybody."""
    press(_go_on(table.prepare("/do/EmbargoLifted?finding=finding-decided", "ord", {"sure": "yes"}, {})))
    return table.open("/cases/case-decided")


def _invited(table: Table) -> Page:
    room = table.house.seats.room
    charter = table.house.seats.state().charter
    _, secret = invitations.invite(room.office, charter, "kes", "liaison", "Officer 1")
    return table.open(f"/invited/{secret}")


def _devices(table: Table) -> Page:
    tab = table.house.device("kes", "team", certified=False, **_HERE).open("/account/devices")
    tab.get_by_role("textbox", name="What do you call this device?").fill("office laptop")
    tab.keyboard.press("Enter")
    tab.get_by_text("not certified: signs nothing").first.wait_for()
    return tab


# In the order in which they are played: what is entered on the way shows in the scenes after it.
SCENES: dict[str, tuple[Scene, Picture]] = {
    "overview": (_page("/"), Picture(680)),
    "answer-access": (_answer, Picture(660, "main fieldset")),
    "sign": (lambda table: _go_on(_answer(table)), Picture(760, "main h1")),
    "overdue": (_page("/cases/case-examined", "kes"), Picture(400, "section:has(#clocks)")),
    "reply-overdue": (_page("/cases/case-drafted", "kes"), Picture(190, "#finding-drafted h4")),
    "evidence-files": (_files(""), Picture(600, "main h1")),
    "evidence-answers": (_page("/evidence/evidence-vor", "kes"), Picture(452, "main h1")),
    "minutes": (_page("/sessions/session-1", "kes"), Picture(620, "#line-2")),
    "contact-line": (_page("/calls", "kes"), Picture(560, "section:has(#ours)")),
    "desk": (_page("/desk", "kes"), Picture(700)),
    "call-sheet": (_page("/calls", "kes"), Picture(400, "section:has(#sheet)")),
    "mediator-desk": (_page("/desk", "ord"), Picture(700)),
    "positions": (_page("/desk", "ord"), Picture(600, "#points")),
    "team-desk": (_page("/desk", "ord", "team"), Picture(840, width=NARROW)),
    "team-files": (_files("team"), Picture(760, "main h1", NARROW)),
    "observer-desk": (_page("/desk", "riv"), Picture(640)),
    "place-withheld": (_page("/cases/case-examined", "kes"), Picture(520, "section:has(#access)")),
    "protection-desk": (_page("/desk", "med"), Picture(560)),
    "recover": (_page("/recover"), Picture(640)),
    "invited": (_invited, Picture(720)),
    "devices": (_devices, Picture(620, "main h1")),
    "second-device": (_waiting, Picture(330, "#sign-waiting")),
    "second-device-desk": (_page("/desk", "kes"), Picture(440, "main h1")),
    "finding": (_opened, Picture(405, "#findings")),
    "dissent": (_page("/cases/case-decided"), Picture(560, "#finding-decided h4:has-text('Marks')")),
}


@pytest.fixture(scope="module")
def at_table(furnished: Furnished, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    """The furnished record on a port, at which all the scenes are played."""
    seats = furnished.table(tmp_path_factory.mktemp("pictured"))
    with serving(seats, chromium) as house:
        yield Table(house)
    seats.close()


def _alike(made: Path, kept: Path) -> bool:
    """Tell whether the committed picture is of the same size, and of about as many bytes."""
    if not kept.is_file() or size(kept) != size(made):
        return False
    return abs(kept.stat().st_size - made.stat().st_size) <= 0.3 * made.stat().st_size


@pytest.mark.browser
@pytest.mark.skipif(marks[1].args[0], reason=marks[1].kwargs["reason"])
def test_the_pictures_are_those_that_the_run_makes(at_table: Table) -> None:
    """Each is made by playing its scene; it is small, and the committed one is of its size."""
    far = []
    for name, (scene, picture) in SCENES.items():
        tab = scene(at_table)
        made = take(tab, name, picture)
        tab.close()
        assert made.stat().st_size <= MOST_BYTES, (name, made.stat().st_size)
        if not _alike(made, KEPT / made.name):
            far.append(name)
    assert far == [], "their pages changed: look at build/guides, then run again with TASDIQ_PICTURES=write"


def test_guides_show_the_pictures_that_are_made_and_say_what_is_on_them() -> None:
    """No picture is missing, none is left over, and each has words for those who do not see it."""
    shown = {
        (guide.name, name, words)
        for guide in GUIDES.glob("*.md")
        for words, name in REFERENCE.findall(guide.read_text(encoding="utf-8"))
    }
    assert {name for _, name, _ in shown} == set(SCENES) == {path.stem for path in KEPT.glob("*.png")}
    assert [(guide, name) for guide, name, words in shown if len(words) < 30] == []
