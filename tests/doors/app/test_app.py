"""The application as anybody and as officers first meet it."""

from __future__ import annotations

import pytest

from doors.app.clients import Client
from doors.app.seats import MEMBERS, NAMES, Seats


def test_the_front_page_names_the_record_and_offers_to_sign_in(anybody: Client) -> None:
    """Anybody sees what this is, and where officers sign in."""
    found = anybody.get("/")
    assert (found.status_code, "Joint mechanism of Kestria and Vorland" in found.text) == (200, True)
    assert 'href="/sign-in"' in found.text


@pytest.mark.parametrize("member", MEMBERS)
def test_every_page_says_as_whom_one_is_signed_in(table: Seats, member: str) -> None:
    """An officer reads its name, role and member at the top, and can sign out."""
    text = table.client(member).get("/").text
    assert (f"of {NAMES[member]}</p>" in text, table.officer(member).name in text) == (True, True)
    assert 'action="/sign-out"' in text
