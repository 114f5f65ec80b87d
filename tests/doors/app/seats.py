"""A table with four members and the protection body: a real joint record, officers with certified keys, a client for each.

`Seats` is what the fixture `table` gives. Its keys are held in this process, as officers hold theirs in a browser; its clock
moves when a test says so.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from doors.app.clients import Client
from journey.constitution import CONSTITUTION
from tasdiq.clock import timestamp
from tasdiq.intake.charter import read_charter
from tasdiq.mechanism import Mechanism
from tasdiq.model.state import State
from tasdiq.model.value import Value
from tasdiq.record.key_events import public_text
from tasdiq.record.signing import SigningKey
from tasdiq.secretariat import custody
from tasdiq.secretariat.founding import Home, found_joint
from tasdiq.secretariat.live import Live
from tasdiq.settings import Settings
from tasdiq.web.accounts import office as accounts
from tasdiq.web.accounts import sessions
from tasdiq.web.app import build
from tasdiq.web.office.database import Office
from tasdiq.web.room import Options, Room
from tasdiq.web.writer import Writer

CHARTER = f"""time_zones = ["UTC", "Asia/Karachi", "Asia/Kabul"]
{CONSTITUTION}[protection_body]
id = "med"
name = "Medics of the Delta"
[procedure]
decision = "majority with mediator"
"""
MEMBERS = ("kes", "vor", "ord", "riv", "med")
NAMES = {"kes": "Kestria", "vor": "Vorland", "ord": "Ordania", "riv": "Union of Rivers", "med": "Medics of the Delta"}
ROLES = {
    "kes": ("liaison", "team"), "vor": ("liaison", "team"), "ord": ("mediator", "team"), "riv": ("observer",),
    "med": ("protection",),
}  # fmt: skip
START = datetime(2031, 3, 12, 8, 0, tzinfo=UTC)
ADDRESS = "http://testserver"


@dataclass(frozen=True)
class Officer:
    """An officer of a member: the name it is certified under, and the keys of its devices (two, where two must sign)."""

    member: str
    role: str
    keys: tuple[SigningKey, ...]

    @property
    def name(self) -> str:
        """Return the name as the record knows it."""
        return f"{self.member}-{self.role}"


@dataclass(frozen=True)
class Founded:
    """A record as it was founded, which each test has a copy of: nothing in it is ever changed."""

    base: Path
    keys: Mapping[str, SigningKey]
    officers: tuple[Officer, ...]


def found(base: Path, database: str | None = None) -> Founded:
    """Found the record under its members' keys, and certify the keys of every officer."""
    (base / "charter.toml").write_text(CHARTER, encoding="utf-8")
    keys = {name: SigningKey.generate() for name in MEMBERS}
    home, settings = Home(base / "record"), Settings(base / "state")
    with home.building() as place:
        founding = found_joint(place, read_charter(base / "charter.toml"), timestamp(START), keys)
        Mechanism.found(place, founding, settings, database)
    officers = tuple(
        Officer(member, role, tuple(SigningKey.generate() for _ in range(2)))
        for member, roles in ROLES.items()
        for role in roles
    )
    with Mechanism.open(home, settings, clock=lambda: START) as mechanism:
        for officer in officers:
            for number, key in enumerate(officer.keys, 1):
                change = custody.certify(officer.member, f"{officer.name}.{number}", public_text(key), None)
                signers = [keys[officer.member]]
                mechanism.submit(custody.sign_change(mechanism.log.chain, change, signers, timestamp(START)))
    return Founded(base, keys, officers)


@dataclass
class Seats:
    """The table: its record and room, the members' keys, officers, and clients that are signed in as them."""

    founded: Founded
    base: Path
    at: datetime = START
    options: Options = field(default_factory=lambda: Options(address=ADDRESS))
    entries: dict[str, str] = field(default_factory=dict)
    _accounts: dict[str, str] = field(default_factory=dict)

    @classmethod
    def copy(cls, founded: Founded, base: Path) -> Seats:
        """Take a copy of a founded record (SQLite) to `base`."""
        for name in ("record", "state"):
            shutil.copytree(founded.base / name, base / name)
        return cls(founded, base)

    @property
    def home(self) -> Home:
        """Return where the record lies."""
        return Home(self.base / "record")

    @property
    def settings(self) -> Settings:
        """Return the settings the record is opened with."""
        return Settings(self.base / "state")

    @property
    def keys(self) -> Mapping[str, SigningKey]:
        """Return the members' own keys."""
        return self.founded.keys

    def officer(self, member: str, role: str = "") -> Officer:
        """Return an officer of a member: the first, or the one of that role."""
        return next(o for o in self.founded.officers if o.member == member and role in ("", o.role))

    @cached_property
    def room(self) -> Room:
        """Return the room over the record, with this table's clock."""
        home = self.home
        live, office, writer = Live(home), Office.open(home), Writer(home, self.settings, clock=lambda: self.at)
        return Room(home, self.settings, live, office, writer, self.options, clock=lambda: self.at)

    @cached_property
    def app(self) -> FastAPI:
        """Return the application over the room."""
        return build(self.room)

    def anybody(self) -> Client:
        """Return the client of somebody who did not sign in."""
        return Client(self.app, base_url=self.options.address)

    def account(self, member: str, role: str = "") -> str:
        """Return the id of an officer's account, made when it is first asked for; it signs entries under the same name."""
        officer = self.officer(member, role)
        if officer.name not in self._accounts:
            self._accounts[officer.name] = accounts.make_account(self.room.office, member, officer.role, officer.name)
        return self._accounts[officer.name]

    def client(self, member: str, role: str = "") -> Client:
        """Return a client signed in as an officer of a member."""
        return self.client_of(self.account(member, role))

    def client_of(self, account: str) -> Client:
        """Return a client signed in to an account."""
        client = self.anybody()
        value = sessions.start(self.room.office, account)
        client.cookies.set(sessions.cookie_name(self.options), value)
        return client

    def step(self, member: str, body: Value, officer: Officer | None = None) -> str:
        """Take a step now with the member's key, or an officer's; return its entry's id."""
        key = officer.keys[0] if officer else self.keys[member]
        with Mechanism.open(self.home, self.settings, key=key, clock=lambda: self.at) as mechanism:
            return mechanism.step(type(body).__name__, body).id

    def later(self, **lapse: Any) -> None:
        """Move the clock: `later(days=3)`."""
        self.at += timedelta(**lapse)

    def state(self) -> State:
        """Return all that stands in the record, unfiltered: for setting a scene, never for what a page may show."""
        return self.room.live.state()

    def with_options(self, **changes: Any) -> Seats:
        """Set how the server was started; before `room` or `app` is used."""
        self.options = replace(self.options, **changes)
        return self

    def close(self) -> None:
        """Close what was opened."""
        if "room" in self.__dict__:
            self.room.writer.close()
            self.room.live.close()
            self.room.office.close()
