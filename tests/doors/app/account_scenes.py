"""Officers who sign in with a password and one-time codes, and the host's clock, for the tests of accounts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

import pyotp
from httpx import Response
from sqlalchemy import update

from doors.app.clients import Client
from doors.app.seats import Seats
from tasdiq.web.accounts import codes, invitations, office, passwords, sessions
from tasdiq.web.accounts.tables import ACCOUNT
from tasdiq.web.office.database import Office

PASSWORD = "four sheep on a green hill"
START = datetime(2031, 3, 12, 8, 0, tzinfo=UTC)


@dataclass
class HostTime:
    """The host's clock, which moves when a test says so."""

    at: datetime = START

    def __call__(self) -> datetime:
        return self.at

    def later(self, **lapse: float) -> None:
        """Move the clock: `later(minutes=10)`."""
        self.at += timedelta(**lapse)


def stop_clock(table: Seats) -> HostTime:
    """Let the office of a table go by a clock of the test's own."""
    time = HostTime()
    table.room.office.clock = time
    return time


@dataclass
class Person:
    """An officer with a password; `code` is what its authenticator shows now."""

    office: Office
    id: str
    sign_in: str
    seed: str = field(default_factory=codes.new_seed)

    def code(self, ahead: int = 0) -> str:
        """Return the code of this half minute, or of one so many further."""
        return pyotp.TOTP(self.seed).at(self.office.now() + ahead * codes.STEP_S)

    def form(self, **changes: str) -> dict[str, str]:
        """Return what the person types to sign in, with changes."""
        return {"name": self.sign_in, "password": PASSWORD, "code": self.code(), **changes}


def person(table: Seats, name: str = "Officer-7", member: str = "kes", role: str = "liaison") -> Person:
    """Make an officer that signs in with a password."""
    kept, seed = table.room.office, codes.new_seed()
    ident = office.make_account(kept, member, role, name, totp=seed)
    with kept.engine.begin() as connection:
        connection.execute(update(ACCOUNT).where(ACCOUNT.c.id == ident).values(password=_hash()))
    return Person(kept, ident, f"{member}/{name}".lower(), seed)


@cache
def _hash() -> str:
    # Made once: it takes long on purpose.
    return passwords.hash_password(PASSWORD)


def visitor(table: Seats) -> Client:
    """Return a browser that nobody signed in with, which has seen a page."""
    client = table.anybody()
    client.get("/sign-in")
    return client


def signed_in(table: Seats, account: str) -> Client:
    """Return a browser in which an account is signed in."""
    client = table.anybody()
    client.cookies.set(sessions.cookie_name(table.options), sessions.start(table.room.office, account))
    client.get("/sign-in?again=1")
    return client


def who(client: Client) -> str:
    """Return the name under which a browser is signed in, "" for nobody."""
    answer = client.get("/account", follow_redirects=False)
    found = re.search(r'<p class="who"><b>([^<]*)</b>', answer.text)
    return found[1] if answer.status_code == 200 and found else ""


def invited(table: Seats, name: str = "Officer 3", member: str = "kes", role: str = "liaison") -> tuple[str, str]:
    """Have the host invite an officer; return the account's id and the path of the link."""
    account, secret = invitations.invite(table.room.office, table.state().charter, member, role, name)
    return account.id, f"/invited/{secret}"


def join(client: Client, path: str, password: str = PASSWORD, code: str = "") -> Response:
    """Use a link with a password; the seed is read from the page, as a person would."""
    return client.post(f"{path}/password", data={"password": password, "code": code or seed_code(client, path)})


def seed_code(client: Client, path: str) -> str:
    """Return the code that an authenticator shows which took the seed from a page."""
    found = re.search(r"Seed: <code>([A-Z2-7 ]+)</code>", client.get(path).text)
    assert found
    room = client.app.state.room  # type: ignore[attr-defined]
    return pyotp.TOTP(found[1].replace(" ", "")).at(room.office.now())
