"""Accounts in a real browser, by keyboard alone: passkeys with a virtual authenticator, passwords, keys made on a device."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from doors import browsers
from doors.app.account_scenes import PASSWORD, Person, invited, person, signed_in
from doors.app.seats import Seats
from doors.app.serving import listening
from doors.browsers import look_at
from doors.conftest import Door
from tasdiq.web.accounts import passkeys, recovery, sessions
from tasdiq.web.acting.preparing import chain_of

pytestmark = browsers.marks


@pytest.fixture
def address(table: Seats) -> Iterator[str]:
    """Where the table's application listens."""
    with listening(table) as found:
        yield found


@pytest.fixture
def tab(chromium: Browser, address: str) -> Iterator[Page]:
    """A tab of a browser that was never here; errors of its scripts fail the test."""
    context = chromium.new_context(base_url=address)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    context.close()
    assert wrong == []


def authenticator(tab: Page, *, verifies: bool = True) -> str:
    """Give the tab a device that keeps passkeys, and verifies its owner or does not."""
    session = tab.context.new_cdp_session(tab)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": verifies, "automaticPresenceSimulation": True,
    }  # fmt: skip
    return str(session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"])


def reach(tab: Page, role: str, name: str, most: int = 60) -> None:
    """Press Tab until the thing of this role and name has the focus, as somebody without a mouse does."""
    wanted = tab.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]
    for _ in range(most):
        tab.keyboard.press("Tab")
        if wanted.evaluate("found => found === document.activeElement"):
            return
    raise AssertionError(f"the keyboard does not reach {role} {name!r}")


def let_in(tab: Page, table: Seats, account: str) -> None:
    """Sign the tab in without its pages."""
    value = sessions.start(table.room.office, account, method="passkey", agent="Chrome on Linux")
    tab.context.add_cookies([{"name": sessions.COOKIE, "value": value, "url": table.options.address}])


def test_an_officer_joins_and_signs_in_with_a_passkey_by_keyboard(table: Seats, tab: Page) -> None:
    """A4, A16: the link, a passkey made, signed out, signed in again with it, and a second one added: no mouse, no name typed."""
    authenticator(tab)
    _, path = invited(table, "Officer 5")
    tab.goto(path)
    look_at(tab, "account-choose")
    tab.goto(path)
    reach(tab, "textbox", "What do you call this device?")
    tab.keyboard.type("field phone")
    reach(tab, "button", "Make a passkey")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", name="Your account")).to_be_visible()
    assert "field phone" in tab.content()
    reach(tab, "button", "Sign out")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/")
    tab.goto("/sign-in?next=/account/officers")
    reach(tab, "button", "Sign in with a passkey")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", name="Who acts for Kestria?")).to_be_visible()


def test_a_device_that_does_not_verify_its_owner_lets_nobody_in(
    table: Seats, tab: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A16: without PIN, finger or face no passkey is made, the page says so, and the link still serves."""
    # The browser waits for the owner for as long as the server says, ten seconds at least.
    monkeypatch.setattr(passkeys, "WAITS_MS", 10_000)
    authenticator(tab, verifies=False)
    _, path = invited(table, "Officer 5")
    tab.goto(path)
    tab.get_by_role("button", name="Make a passkey").click()
    expect(tab.locator("#passkey-told")).to_be_focused(timeout=70_000)
    assert "did not answer" in tab.locator("#passkey-told").inner_text()
    tab.goto(path)
    expect(tab.get_by_role("heading", name="How do you want to sign in?")).to_be_visible()


def test_a_passkey_that_nobody_has_here_is_refused(table: Seats, tab: Page) -> None:
    """A17: a passkey that was removed from the account signs in to nothing."""
    authenticator(tab)
    officer = person(table)
    tab.goto("/sign-in")
    let_in(tab, table, officer.id)
    tab.goto("/account")
    tab.get_by_role("button", name="Add a passkey").click()
    tab.get_by_role("button", name="Remove Passkey").click()
    expect(tab.get_by_text("You have no passkey.")).to_be_visible()
    tab.goto("/sign-in?again=1")
    tab.get_by_role("button", name="Sign in with a passkey").click()
    expect(tab.locator("#passkey-told")).to_contain_text("opens no account here")


def test_an_officer_signs_in_with_a_password_by_keyboard(table: Seats, tab: Page) -> None:
    """A10, A24: wrong first, which the page says where it is read aloud; then right."""
    officer: Person = person(table)
    tab.goto("/sign-in?next=/account")
    look_at(tab, "account-sign-in")
    tab.goto("/sign-in?next=/account")
    for code in ("000000", officer.code()):
        for name, text in (("Sign-in name", officer.sign_in), ("Password", PASSWORD), ("One-time code", code)):
            reach(tab, "textbox", name) if name != "Password" else tab.keyboard.press("Tab")
            tab.keyboard.press("Control+A")
            tab.keyboard.type(text)
        tab.keyboard.press("Enter")
        if code == "000000":
            expect(tab.get_by_role("alert").first).to_be_focused()
            look_at(tab, "account-sign-in-wrong")
    expect(tab.get_by_role("heading", name="Your account")).to_be_visible()


def test_a_key_is_made_certified_and_marked_in_this_browser(
    table: Seats, tab: Page, door: Door, tmp_path: Path
) -> None:
    """A50, A51: made in the browser, proved to the server, downloaded, certified by the command line, uploaded, and in force."""
    let_in(tab, table, person(table).id)
    tab.goto("/account/devices")
    reach(tab, "textbox", "What do you call this device?")
    tab.keyboard.type("office laptop")
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("not certified: signs nothing")).to_be_visible()
    look_at(tab, "account-devices")
    told = "".join(tab.locator("code.fingerprint").inner_text().split())
    with tab.expect_download() as download:
        tab.get_by_role("link", name="Request for certification").click()
    request, out = tmp_path / "request.json", tmp_path / "certify.json"
    download.value.save_as(request)
    table.keys["kes"].save(tmp_path / "kes.key")
    place = table.home.path
    arguments = ("--key", tmp_path / "kes.key", "--request", request, "--fingerprint", told, "-o", out)
    assert door("key", "certify", place, *arguments).code == 0
    tab.locator("input[type=file]").set_input_files(out)
    tab.get_by_role("button", name="Enter it").click()
    expect(tab.get_by_text("certified", exact=True)).to_be_visible()
    expect(tab.get_by_text("in this browser", exact=True)).to_be_visible()
    assert chain_of(table.room).keys.keys[told].name == "Officer-7"
    look_at(tab, "account-devices-certified")


def test_every_page_is_clean_and_fits(table: Seats, tab: Page) -> None:
    """Pages of the account have no serious fault by axe-core and fit phone and desktop, light and dark."""
    officer, other = person(table), person(table, "Officer-8")
    let_in(tab, table, officer.id)
    invited(table, "Officer 9")
    secret, _ = recovery.ask(table.room.office, other.sign_in)
    _, link = invited(table, "Officer 10")
    pages = {
        "account": "/account", "account-officers": "/account/officers", "account-tokens": "/account/tokens",
        "account-password": "/account/password", "account-recover": "/recover", "account-link-over": "/invited/x",
        "account-recovering": f"/recovering/{secret}", "account-choose-again": link,
    }  # fmt: skip
    for name, path in pages.items():
        tab.goto(path)
        look_at(tab, name)
    client = signed_in(table, officer.id)
    assert client.post("/account/tokens", data={"name": "x", "scopes": "read", "days": "1"}).status_code == 201
