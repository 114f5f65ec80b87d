"""Notices in the application and by mail: rules N1 to N4, and that mail says nothing."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler

from doors.app.furnished import Furnished
from doors.app.seats import Seats
from tasdiq.errors import InputError, SettingsError
from tasdiq.settings import Settings, read_settings
from tasdiq.web.accounts import office as accounts
from tasdiq.web.notices import choice, mail, post
from tasdiq.web.notices.tables import NOTICE


class Kept(MessageHandler):
    """A mail server that keeps what it is handed."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[Message] = []

    def handle_message(self, message: Message) -> None:
        self.messages.append(message)


@pytest.fixture
def seats(furnished: Furnished, tmp_path: Path) -> Iterator[Seats]:
    """A table at a copy of it."""
    table = furnished.table(tmp_path)
    yield table
    table.close()


@pytest.fixture
def kept() -> Iterator[tuple[Kept, mail.Server]]:
    """A real mail server on this machine."""
    handler = Kept()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, mail.server_of(f"smtp://127.0.0.1:{port}", "mechanism@table.example")
    controller.stop()


def test_n1_n3_the_badge_counts_what_is_not_read(seats: Seats) -> None:
    """Marking as read empties it; what waits stays listed."""
    client = seats.client("vor")
    assert "not read" in client.get("/notices/badge").text
    assert "Confirm the call or correct it" in client.get("/notices").text
    client.post("/notices/read")
    assert client.get("/notices/badge").text.strip() == ""
    assert "Confirm the call or correct it" in client.get("/notices").text


def test_n2_what_becomes_overdue_is_told_again(seats: Seats) -> None:
    """Also to the one who asked."""
    client = seats.client("ord")
    client.get("/notices")
    client.post("/notices/read")
    seats.later(days=30)
    page = client.get("/notices").text
    assert "You wait for Vorland: answer the request for access" in page
    assert "not read" in client.get("/notices/badge").text


def test_n4_the_office_keeps_hashes(seats: Seats) -> None:
    """No id of a case, request or finding stands in its table."""
    client = seats.client("vor")
    client.get("/notices")
    client.post("/notices/read")
    with seats.room.office.reading() as connection:
        rows = [tuple(row) for row in connection.execute(NOTICE.select())]
    assert rows and not any("case" in str(row) or "access" in str(row) or "finding" in str(row) for row in rows)


def test_anybody_has_no_notices(seats: Seats) -> None:
    """The badge is empty, the list asks to sign in."""
    anybody = seats.anybody()
    assert anybody.get("/notices/badge").text.strip() == ""
    assert anybody.get("/notices", follow_redirects=False).status_code == 303


def test_mail_says_only_that_something_waits(seats: Seats, kept: tuple[Kept, mail.Server]) -> None:
    """Once for all that is new; the same words to everybody; nothing of the record in them."""
    handler, server = kept
    account = seats.account("vor")
    choice.choose(seats.room, account, "officer@vorland.example")
    assert post.send_round(seats.room, server) == 1
    seats.later(minutes=20)
    assert post.send_round(seats.room, server) == 0
    (message,) = handler.messages
    text = message.get_payload()
    assert message["Subject"] == mail.SUBJECT and message["To"] == "officer@vorland.example"
    assert "Sign in to see it: http://testserver/desk" in str(text)
    for word in ("Vorland", "Kestria", "case", "call", "evidence", "finding", "overdue"):
        assert word not in str(text)


def test_mail_is_for_those_who_chose_it_and_may_still_sign_in(seats: Seats, kept: tuple[Kept, mail.Server]) -> None:
    """Nobody who has not chosen it, nobody who left it, nobody whose account is disabled."""
    handler, server = kept
    assert post.send_round(seats.room, server) == 0
    account = seats.account("vor")
    choice.choose(seats.room, account, "officer@vorland.example")
    with seats.room.office.engine.begin() as connection:
        accounts.disable(connection, seats.room.office, account)
    assert post.send_round(seats.room, server) == 0
    choice.choose(seats.room, account, "")
    assert choice.chosen(seats.room, account) == "" and handler.messages == []


def test_what_cannot_be_handed_in_is_tried_again(seats: Seats, kept: tuple[Kept, mail.Server]) -> None:
    """A server that is away loses nobody's notice."""
    handler, server = kept
    choice.choose(seats.room, seats.account("kes"), "officer@kestria.example")
    away = mail.server_of("smtp://127.0.0.1:1", "mechanism@table.example")
    assert post.send_round(seats.room, away) == 0
    assert post.send_round(seats.room, server) == 1 and len(handler.messages) == 1


def test_one_process_has_the_round(seats: Seats) -> None:
    """Who comes second in the same minute leaves it."""
    assert post.take_round(seats.room)
    assert not post.take_round(seats.room)
    seats.later(minutes=2)
    assert post.take_round(seats.room)


def test_an_address_is_an_address(seats: Seats) -> None:
    """What could be a second header or recipient is refused, beside its field."""
    client = seats.client("kes")
    client.get("/notices")
    for address in ("a@b.example\r\nBcc: c@d.example", "a@b.example, c@d.example", "no address"):
        answer = client.post("/notices/mail", data={"address": address})
        assert answer.status_code == 422 and "name@example.org" in answer.text
    assert client.post("/notices/mail", data={"address": "a@b.example"}, follow_redirects=False).status_code == 303
    assert 'value="a@b.example"' in client.get("/notices").text
    with pytest.raises(InputError):
        mail.require_address("x" * 300 + "@b.example")


@pytest.mark.parametrize(
    ("url", "sender"),
    [("http://x", "a@b.example"), ("smtp://", "a@b.example"), ("smtp://x:y", "a@b"), ("smtp://x", "")],
)
def test_settings_that_cannot_be_used_are_refused(url: str, sender: str) -> None:
    """When the server starts, not when the first mail is due."""
    with pytest.raises(SettingsError, match="TASDIQ_"):
        mail.server_of(url, sender)


def test_settings_of_mail_are_read(tmp_path: Path) -> None:
    """Without them no mail is sent."""
    assert read_settings({"TASDIQ_STATE": str(tmp_path)}) == Settings(tmp_path)
    told = read_settings({"TASDIQ_STATE": str(tmp_path), "TASDIQ_SMTP_URL": "smtps://h", "TASDIQ_MAIL_FROM": "a@b.c"})
    assert (told.smtp_url, told.mail_from) == ("smtps://h", "a@b.c")
    server = mail.server_of("smtps://user:p%40ss@mail.example", "a@b.c")
    assert (server.port, server.tls, server.password) == (465, True, "p@ss")
