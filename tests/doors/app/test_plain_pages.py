"""What a page says is no more exact, no less plain, and no older than what it is made from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from doors.app import finding, talks
from doors.app.furnished import Furnished
from doors.app.seats import Seats
from tasdiq.clock import timestamp
from tasdiq.mechanism import Mechanism
from tasdiq.model import entries
from tasdiq.model.case import AccessRequest
from tasdiq.model.incident import Incident, IncidentReport
from tasdiq.record.reader import Reader
from tasdiq.web.search.index import Index

DAY = IncidentReport(
    report_id="r-day", source_id="post", time="2031-03-04T12:00:00Z", time_precision_min=720, type="ground/shelling",
    place="Salova", text="Shells fell",
)  # fmt: skip
HOUR = IncidentReport(
    report_id="r-hour",
    source_id="post",
    time="2031-03-05T06:30:00Z",
    type="ground/shelling",
    place="Brenk",
    text="Shells",
)


def tell(seats: Seats, *reports: IncidentReport, access: str = "public") -> None:
    """Enter reports, each an incident of its own."""
    with Mechanism.open(seats.home, seats.settings, key=seats.keys["ord"], clock=lambda: seats.at) as mechanism:
        mechanism.propose("report", "t.csv", "test", list(reports), access=access)
        incidents = [Incident(id=one.report_id, reports=(one.report_id,)) for one in reports]
        mechanism.propose("incident", "t.csv", "test", incidents, access=access)


def shown(page: str) -> str:
    """Return the words of a page, without what only screen readers are given apart."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.fixture
def busy(furnished: Furnished, tmp_path: Path) -> Iterator[Seats]:
    """A table with something on every desk."""
    seats = furnished.table(tmp_path)
    yield seats
    seats.close()


def test_a_day_is_told_as_a_day(table: Seats) -> None:
    """On the list, on the incident's own page and among answers of a search; a time of day only where one was told."""
    tell(table, DAY, HOUR)
    with Reader.open(table.home.path) as reader:
        Index(table.room.office).catch_up(reader)
    client = table.client("kes")
    for path in ("/incidents", "/incidents/r-day", "/search?q=fell"):
        text = shown(client.get(path).text)
        assert "4 March 2031" in text, path
        assert "12:00 UTC" not in text, path
    assert "06:30 UTC" in shown(client.get("/incidents").text)


def test_a_place_that_may_be_withheld_is_not_said_to_be_untold(table: Seats) -> None:
    """Anybody reads "withheld, if told" where a coarsened report names no district; officers read the place."""
    tell(table, DAY)
    table.later(days=90)
    with table.anybody() as client:
        page = client.get("/incidents").text
    assert "withheld, if told" in page
    assert not {"Salova", "not told"} & {word for word in ("Salova", "not told") if word in page}
    assert "Salova" in table.client("vor").get("/incidents").text


def test_links_of_a_list_have_names_of_their_own(table: Seats) -> None:
    """Two incidents of one kind are told apart by place and day, in the link itself."""
    tell(table, DAY, HOUR)
    page = table.client("kes").get("/incidents").text
    named = [shown(found) for found in re.findall(r'<a href="/incidents/r-[^"]*">(.*?)</a>', page)]
    assert named[0].startswith("Indirect-fire: shelling , Brenk, 5 March 2031"), named
    assert named[1].startswith("Indirect-fire: shelling , Salova, 4 March 2031"), named


def test_a_search_says_that_its_index_is_still_being_made(table: Seats) -> None:
    """Not that nothing was found; once all is in, the words are found."""
    tell(table, DAY)
    client = table.client("kes")
    page = client.get("/search?q=shells").text
    assert "The index is still being made" in page
    assert "Nothing was found" not in page
    with Reader.open(table.home.path) as reader:
        Index(table.room.office).catch_up(reader)
    page = client.get("/search?q=shells").text
    assert "index is still" not in page
    assert "Shells fell" in page


def test_a_page_has_the_number_of_entries_it_was_made_from(table: Seats) -> None:
    """By which its script tells news from a number that is older than the page."""
    page = table.client("kes").get("/desk").text
    assert f'data-size="{table.state().size}"' in page


def test_the_protection_body_is_told_that_no_step_is_open_to_it(table: Seats) -> None:
    """By its name, once, and with no links to forms that would be refused."""
    page = table.client("med").get("/do").text
    assert "No step is open to your member" in page
    assert "Medics of the Delta takes no step in cases or talks" in page
    assert 'href="/do/' not in page
    assert 'href="/do/CaseOpened"' in table.client("kes").get("/do").text


def test_requests_for_access_are_told_apart_by_place_and_day(table: Seats) -> None:
    """The button says which; a request that was answered keeps a plain link, beside the one that waits."""
    finding.take_up(table)
    for number, place in ((1, "The mill"), (2, "The ford")):
        asked = AccessRequest(id=f"access-{number}", asked_of="vor", place=place, asked_at=timestamp(table.at))
        table.step("ord", entries.AccessRequested(case="case-1", request=asked))
    denied = entries.AccessAnswered(
        case="case-1", request="access-1", answer="denied", reason="Mines.", at=timestamp(table.at)
    )
    table.step("vor", denied)
    page = table.client("vor").get("/cases/case-1").text
    buttons = [
        shown(one) for one in re.findall(r'<a class="button second" href="/do/AccessAnswered[^>]*>(.*?)</a>', page)
    ]
    plain = [shown(one) for one in re.findall(r'<a href="/do/AccessAnswered[^>]*>(.*?)</a>', page)]
    assert len(buttons) == len(plain) == 1
    assert "(The ford, asked 12 March 2031)" in buttons[0]
    assert "(The mill, asked 12 March 2031, denied)" in plain[0]


def test_what_is_due_next_says_about_what_and_in_every_zone(table: Seats) -> None:
    """Arrangements that run out are told apart, and times stand by every clock of the charter."""
    talks.hold_talks(table)
    client = table.client("kes")
    for path in ("/agreements", "/desk"):
        text = shown(client.get(path).text)
        assert "The local arrangement runs out: No fire at the ford" in text, path
        assert "12:00 UTC / 17:00 Asia/Karachi" in text, path
