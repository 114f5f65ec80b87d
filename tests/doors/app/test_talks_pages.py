"""The pages of agreements, minutes and the contact line: what they say, to whom, and the answers given on them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from doors.app.clients import Client
from doors.app.evidence import ready
from doors.app.seats import Founded, Seats
from doors.app.talks import LINES, URDU, hold_talks


@pytest.fixture(scope="module")
def held(founded: Founded, tmp_path_factory: pytest.TempPathFactory) -> Founded:
    """A record with the talks in it, played once and copied for each test."""
    base: Path = tmp_path_factory.mktemp("talks")
    seats = Seats.copy(founded, base)
    hold_talks(seats)
    seats.close()
    return Founded(base, founded.keys, founded.officers)


@pytest.fixture
def seats(held: Founded, tmp_path: Path) -> Seats:
    """A table at a copy of that record."""
    return Seats.copy(held, tmp_path)


def text(client: Client, address: str) -> str:
    """Return a page, which is there."""
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.text


def test_agreements_show_form_and_who_says_so(seats: Seats) -> None:
    """What one side tells and another denies is claimed; the form it was told in is named, and that no answer was agreed."""
    page = text(seats.anybody(), "/agreements")
    for words in (
        "Understanding of the bridge",
        "claimed, not seen",
        "told as verbal only",
        "none agreed",
        "Truce of Sella",
    ):
        assert words in page
    page = text(seats.anybody(), "/agreements/crossing-hours")
    assert "Hours were spoken of, not agreed." in page
    assert "denies" in page


def test_a_commitment_is_counted_under_each_reading(seats: Seats) -> None:
    """Readings stand side by side, the same figures come to different results, and none is picked."""
    page = text(seats.client("kes"), "/commitments/trucks")
    for words in (
        "No day has fewer than 100.", "100 a day over the weeks, taken together.", "as an average", "for each day",
        "no result is picked", "Three days of fifty-seven.", "not rated", "carry out the programme".capitalize(),
    ):  # fmt: skip
        assert words in page


def test_the_review_of_engagement_stands_side_by_side(seats: Seats) -> None:
    """Each measure is claimed by somebody, and every party's own word stands in its own cell."""
    page = text(seats.client("kes"), "/engagement")
    for words in ("Visas for 2,000 patients of Vorland", "Fewer than 300 were given.", "Kestria says", "Vorland says"):
        assert words in page
    assert page.count("/do/MeasureAnswered") == 1


def test_minutes_show_each_delegations_mark(seats: Seats) -> None:
    """Agreed, own wording and no mark stand beside each other; silence is said to be no agreement."""
    page = text(seats.client("ord"), "/sessions/session-1")
    for words in (
        *LINES, URDU, "Wounded persons pass when both posts have been told.", "no mark yet, which is no agreement",
        "1 of 3 lines agreed", "Ada Norrin", "The wounded", "English",
    ):  # fmt: skip
        assert words in page
    assert "/do/MinuteLineAnswered" not in page


def test_a_delegation_answers_on_the_page_itself(seats: Seats) -> None:
    """The form beside a line leads to where the mark is signed; an agreed line takes none."""
    client = seats.client("vor")
    page = text(client, "/sessions/session-1")
    assert page.count('action="/do/MinuteLineAnswered') == 2
    answer = client.post(
        "/do/MinuteLineAnswered?session=session-1&line=line-3",
        data={"answer": "agreed", "text": ""},
        follow_redirects=False,
    )
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign/")
    assert "sessions%2Fsession-1" in answer.headers["location"]


def test_minutes_are_the_members_until_they_are_opened(seats: Seats) -> None:
    """Whoever is no member finds neither the list's line, nor the page, nor its exports."""
    anybody = seats.anybody()
    assert "Second round" not in text(anybody, "/sessions")
    for address in ("/sessions/session-1", "/sessions/session-1/minutes.pdf", "/sessions/session-1/minutes.json"):
        assert anybody.get(address).status_code == 404


def test_minutes_are_exported(seats: Seats) -> None:
    """A PDF to print and a file of signed entries that can be checked."""
    client = seats.client("kes")
    made = client.get("/sessions/session-1/minutes.pdf")
    assert made.content.startswith(b"%PDF-")
    assert made.headers["content-disposition"] == 'attachment; filename="minutes-session-1.pdf"'
    bundle = client.get("/sessions/session-1/minutes.json")
    assert bundle.headers["content-disposition"] == 'attachment; filename="minutes-session-1.tasdiq.json"'
    assert json.loads(bundle.content)


def test_the_log_shows_both_accounts_and_what_is_overdue_to_both(seats: Seats) -> None:
    """L4, L5: not confirmed, corrected, and an overdue call-back stand in both parties' view."""
    for member in ("kes", "vor", "ord"):
        page = text(seats.client(member), "/calls")
        for words in (
            "Wounded at the ford",
            "Overdue call-backs, of both sides",
            "not confirmed by Vorland",
            "corrected by Kestria",
        ):
            assert words in page
    page = text(seats.client("vor"), "/calls/call-2")
    assert "We were asked at 20:15, not before." in page
    assert "written on sheet S-17" in page


def test_only_the_other_side_confirms_and_in_one_tap(seats: Seats) -> None:
    """One button prepares the confirmation; whoever logged the call, and mediators, have none."""
    assert "/do/CallConfirmed" in text(seats.client("vor"), "/calls")
    for member in ("kes", "ord"):
        assert "/do/CallConfirmed?call=call-1" not in text(seats.client(member), "/calls")
    client = seats.client("vor")
    text(client, "/calls")
    answer = client.post("/do/CallConfirmed?call=call-1", data={"answer": "confirms"}, follow_redirects=False)
    assert answer.status_code == 303
    assert "calls%2Fcall-1" in answer.headers["location"]


def test_calls_stay_with_the_members(seats: Seats) -> None:
    """L8: whoever is no member sees that there is a log, nothing in it, and no sheet."""
    anybody = seats.anybody()
    assert "stays with the members" in text(anybody, "/calls")
    assert "ford" not in text(anybody, "/calls")
    assert anybody.get("/calls/call-1").status_code == anybody.get("/calls/call-x").status_code == 404
    assert (
        anybody.get(
            "/calls/sheet.pdf", params={"first": "en", "second": "ur"}, headers={"accept": "application/json"}
        ).status_code
        == 403
    )


def test_the_sheet_is_in_two_languages(seats: Seats) -> None:
    """It is a PDF under a number of its own; the same language twice is refused."""
    client = ready(seats.client("kes"))
    made = client.get("/calls/sheet.pdf", params={"first": "en", "second": "ur", "number": "S-18"})
    assert made.content.startswith(b"%PDF-")
    assert "contact-line-S-18.pdf" in made.headers["content-disposition"]
    assert client.get("/calls/sheet.pdf", params={"first": "en", "second": "en"}).status_code == 422
    assert client.get("/calls/sheet.pdf", params={"first": "en", "second": "ur", "number": 'x"y'}).status_code == 422


@pytest.mark.parametrize("address", ["/agreements/x", "/commitments/x", "/sessions/x", "/calls/x"])
def test_what_is_not_there_is_not_there(seats: Seats, address: str) -> None:
    """An unknown id is answered 404."""
    assert seats.client("kes").get(address).status_code == 404
