"""Officers at real browsers over the application: a server on a port of this machine, and a browser context for each device."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page

from doors.app.seats import Seats
from doors.app.serving import listening
from doors.browsers import DESK, tidied
from tasdiq.clock import timestamp
from tasdiq.model.value import Value
from tasdiq.secretariat import custody
from tasdiq.web import acting
from tasdiq.web.accounts import sessions
from tasdiq.web.acting.preparing import chain_of
from tasdiq.web.viewer import Viewer


@dataclass
class House:
    """The application on a port, with the table it serves and a browser."""

    seats: Seats
    address: str
    browser: Browser

    def device(self, member: str, role: str = "", *, certified: bool = True, **options: object) -> Device:
        """Sit an officer down at a device of its own; unless told otherwise its key is made there and certified."""
        context = self.browser.new_context(viewport=DESK, base_url=self.address, **options)  # type: ignore[arg-type]
        context.clock.set_system_time(self.seats.at)
        self.sign_in(context, member, role)
        officer = self.seats.officer(member, role)
        device = Device(self, member, officer.name, context)
        if certified:
            device.certify(device.make_key())
        return device

    def sign_in(self, context: BrowserContext, member: str, role: str = "") -> None:
        """Sign an officer in, in the place of whoever was."""
        value = sessions.start(self.seats.room.office, self.seats.account(member, role))
        name = sessions.cookie_name(self.seats.options)
        context.add_cookies([{"name": name, "value": value, "url": self.address}])

    def change(self, made: custody.Change, member: str) -> None:
        """Enter a key event that a member signs."""
        chain, at = chain_of(self.seats.room), timestamp(self.seats.at)
        signed = custody.sign_change(chain, made, [self.seats.keys[member]], at, member=member)
        self.seats.room.writer.enter([signed])


@dataclass
class Device:
    """A browser of its own, signed in as an officer."""

    house: House
    member: str
    officer: str
    context: BrowserContext

    def open(self, path: str) -> Page:
        """Open a page."""
        tab = self.context.new_page()
        tab.goto(path)
        return tab

    def make_key(self) -> dict[str, str]:
        """Make a key in this browser, by the script of the page of devices; return id, public key and the successor's id."""
        tab = self.open("/account/devices")
        chain = chain_of(self.house.seats.room)
        whom = {"origin": chain.origin, "charter": chain.charter, "member": self.member, "officer": self.officer}
        made: dict[str, str] = tab.evaluate(
            "async (whom) => { const made = await tasdiqSign.keys.make(whom);"
            " return { id: made.id, public: made.public, next: made.next.id }; }",
            whom,
        )
        tab.close()
        return made

    def certify(self, made: dict[str, str]) -> None:
        """Have the member certify a key, as it does offline."""
        self.house.change(custody.certify(self.member, self.officer, made["public"], made["next"]), self.member)

    def signing(self, draft: str) -> Page:
        """Open the page on which a draft is signed, and wait until its script has told how it stands."""
        tab = self.open(f"/sign/{draft}?next=/sign")
        tab.wait_for_selector("#signing[data-settled]", state="attached")
        return tab


def draft_of(house: House, member: str, body: Value, role: str = "") -> str:
    """Prepare an entry as an officer; return the draft's id."""
    officer, account = house.seats.officer(member, role), house.seats.account(member, role)
    viewer = Viewer(account, officer.name, member, officer.role, frozenset({"read", "act"}))  # type: ignore[arg-type]
    return acting.prepare(house.seats.room, viewer, body).id


def told(tab: Page) -> str:
    """Return what the live region of the page of signing says."""
    return tab.inner_text("#sign-told")


def press(tab: Page) -> None:
    """Press the button that signs and wait for what becomes of it."""
    tab.click("#sign-button")
    shown = ("#sign-entered", "#sign-waiting", "#sign-refused")
    tab.wait_for_selector(", ".join(f"{name}:not([hidden])" for name in shown))


@contextmanager
def serving(seats: Seats, browser: Browser) -> Iterator[House]:
    """Serve a table's application until the block ends; the devices at it are closed then."""
    with listening(seats) as address, tidied(browser):
        yield House(seats, address, browser)
