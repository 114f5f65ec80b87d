"""Officers at real browsers, who use the keyboard alone: they join, have their keys certified, fill in forms and sign.

Pages are opened by their address, as one types it; everything else is Tab, space, Enter, the arrows and letters.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pyotp
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from doors.app.browsing import DESK
from journey.premises import Premises

PASSWORD = "seven boats under one bridge"
_MOST_TABS = 400


@dataclass
class Device:
    """One browser of an officer's own, with the key that was made in it."""

    officer: Officer
    label: str
    context: BrowserContext
    tab: Page
    wrong: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Open a page by its address, and sign in again where the session has ended."""
        self.context.clock.set_system_time(self.officer.premises.now)
        address = path if path.startswith("http") else self.officer.premises.address + path
        self.tab.goto(address)
        if self.officer.login and self.tab.get_by_role("link", name="Sign in").count():
            self.tab.goto(f"{self.officer.premises.address}/sign-in")
            self.officer.sign_in(self)
            self.tab.goto(address)
        return self.tab

    def reach(self, wanted: Locator) -> None:
        """Press Tab until the focus is there."""
        for _ in range(_MOST_TABS):
            if wanted.evaluate("found => found === document.activeElement"):
                return
            self.tab.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {wanted} on {self.tab.url}")

    def press(self, name: str) -> None:
        """Reach a button or link of this name and press Enter."""
        for role in ("button", "link"):
            found = self.tab.get_by_role(role, name=name)  # type: ignore[arg-type]
            if found.count():
                self.reach(found.first)
                self.tab.keyboard.press("Enter")
                return
        raise AssertionError(f"there is no {name!r} on {self.tab.url}")

    def write(self, name: str, text: str) -> None:
        """Write into the field of this name, in place of what stood there."""
        wanted = self.tab.locator(f"[name='{name}']").first
        self.reach(wanted)
        if wanted.get_attribute("type") not in ("date", "time"):
            self.tab.keyboard.press("Control+A")
        self.tab.keyboard.type(text)

    def choose(self, name: str, value: str) -> None:
        """Choose among the answers of this name: in a list, of several, or one of them."""
        first = self.tab.locator(f"[name='{name}']").first
        wanted = self.tab.locator(f"[name='{name}'][value='{value}']")
        if first.evaluate("found => found.tagName") == "SELECT":
            self.reach(first)
            option = first.locator(f"option[value='{value}']")
            self.tab.keyboard.type(option.inner_text() if option.count() else value)
            assert first.input_value() == value
        elif first.get_attribute("type") == "checkbox":
            self.reach(wanted)
            if not wanted.is_checked():
                self.tab.keyboard.press("Space")
        else:
            self._turn_to(name, wanted)

    def _turn_to(self, name: str, wanted: Locator) -> None:
        """Turn to one of several with the arrows: Tab stops at the one that is chosen, or at the first."""
        group = self.tab.locator(f"[name='{name}']")
        chosen = self.tab.locator(f"[name='{name}']:checked")
        self.reach(chosen.first if chosen.count() else group.first)
        self.tab.keyboard.press("Space")
        for _ in range(group.count()):
            if wanted.is_checked():
                return
            self.tab.keyboard.press("ArrowDown")
        raise AssertionError(f"{wanted} cannot be chosen on {self.tab.url}")

    def fill(self, kind: str, query: str = "", **answers: object) -> None:
        """Fill in the form of a kind of step and send it."""
        self.open(f"/do/{kind}" + (f"?{query}" if query else ""))
        for name, answer in answers.items():
            field_name = name.replace("__", "-")
            for one in answer if isinstance(answer, tuple) else (answer,):
                kind_of = self.tab.locator(f"[name='{field_name}']").first.get_attribute("type")
                choice = kind_of in ("radio", "checkbox") or self.tab.locator(f"select[name='{field_name}']").count()
                (self.choose if choice else self.write)(field_name, str(one))
        self.press("Go on to sign")
        self.tab.wait_for_selector("#signing, .error-summary", state="attached")
        assert "/sign/" in self.tab.url, (kind, self.tab.locator(".error-summary").all_inner_texts())

    def sign(self) -> str:
        """Read what is to be signed, sign it, and return what the page says came of it."""
        self.tab.wait_for_selector("#signing[data-settled]", state="attached")
        self.press("Sign and enter")
        shown = ("#sign-entered", "#sign-waiting", "#sign-refused")
        self.tab.wait_for_selector(", ".join(f"{name}:not([hidden])" for name in shown))
        assert self.tab.is_hidden("#sign-refused"), self.tab.inner_text("#sign-refused")
        return self.tab.inner_text("#sign-told")

    def take(self, kind: str, query: str = "", **answers: object) -> int:
        """Take one step; return the index of its entry."""
        self.fill(kind, query, **answers)
        self.sign()
        return int(self.tab.inner_text("#sign-index"))

    def countersign(self) -> int:
        """Sign what waits for a second device; return the index of the entry."""
        tab = self.open("/sign")
        self.reach(tab.locator("main table a").first)
        tab.keyboard.press("Enter")
        tab.wait_for_url("**/sign/**")
        self.sign()
        return int(tab.inner_text("#sign-index"))


@dataclass
class Officer:
    """An officer of a member, with one device or several; `seed` makes the one-time codes."""

    premises: Premises
    browser: Browser
    member: str
    role: str
    name: str
    passkey: bool = False
    seed: str = ""
    login: str = ""
    devices: list[Device] = field(default_factory=list)

    def device(self, label: str) -> Device:
        """Sit down at another browser."""
        context = self.browser.new_context(viewport=DESK, accept_downloads=True)
        made = Device(self, label, context, context.new_page())
        made.tab.on("pageerror", lambda error: made.wrong.append(str(error)))
        made.tab.on("console", lambda said: made.wrong.append(said.text) if "Content Security" in said.text else None)
        if self.passkey:
            _keep_passkeys(made.tab)
        self.devices.append(made)
        return made

    def join(self, link: str) -> Device:
        """Follow the invitation, choose how to sign in, make a key here and have it certified."""
        here = self.device("first device")
        tab = here.open(link)
        self.login = tab.locator("input[name=username]").get_attribute("value") or ""
        if self.passkey:
            here.reach(tab.get_by_role("textbox", name="What do you call this device?"))
            tab.keyboard.type("first device")
            here.press("Make a passkey")
        else:
            self.seed = "".join(tab.locator("code.seed, [data-seed], code").first.inner_text().split())
            here.write("password", PASSWORD)
            here.write("code", self.code())
            here.press("Set password and codes")
        tab.wait_for_url("**/account?welcome=1")
        self.certify(here)
        return here

    def second(self) -> Device:
        """Sit down at a second device, sign in there, make its key and have it certified."""
        there = self.device("second device")
        there.open("/account/devices")
        self.certify(there)
        return there

    def code(self) -> str:
        """Return what the authenticator shows now."""
        return pyotp.TOTP(self.seed).at(self.premises.now)

    def sign_in(self, device: Device) -> None:
        """Sign in at a device, by the way that was chosen."""
        if self.passkey:
            device.press("Sign in with a passkey")
        else:
            device.write("name", self.login)
            device.write("password", PASSWORD)
            # A code serves once: time passes before the next.
            self.premises.later(seconds=31)
            device.context.clock.set_system_time(self.premises.now)
            device.write("code", self.code())
            device.tab.keyboard.press("Enter")
        device.tab.wait_for_url(lambda url: "/sign-in" not in url)

    def certify(self, device: Device) -> None:
        """Make a key, carry the request to the member's key, and bring back what it signed."""
        tab = device.open("/account/devices")
        device.reach(tab.get_by_role("textbox", name="What do you call this device?"))
        tab.keyboard.type(device.label)
        tab.keyboard.press("Enter")
        tab.get_by_text("not certified: signs nothing").first.wait_for()
        row = tab.locator("tr", has=tab.get_by_text("not certified: signs nothing"))
        told = "".join(row.locator("code.fingerprint").inner_text().split())
        request, out = self._file("request"), self._file("certified")
        with tab.expect_download() as download:
            device.press("Request for certification")
        download.value.save_as(request)
        asked = ("--key", f"{self.member}.key", "--request", request, "--fingerprint", told, "-o", out)
        self.premises.run("key", "certify", "record", *asked)
        # The system's own window for choosing a file is the browser's to make usable by keyboard.
        tab.locator("input[type=file]").set_input_files(out)
        device.press("Enter it")
        tab.locator("tr", has=tab.get_by_text(device.label)).get_by_text("certified", exact=True).wait_for()

    def _file(self, word: str) -> Path:
        return self.premises.base / f"{self.member}-{len(self.devices)}-{word}.json"


def _keep_passkeys(tab: Page) -> None:
    session = tab.context.new_cdp_session(tab)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
