"""The page of signing in a real browser: what is shown is what is signed, and what happened is said."""

from __future__ import annotations

import msgspec

from doors.app import finding
from doors.app.browsing import House, draft_of, press, told
from doors.browsers import look_at, marks
from tasdiq.model import entries
from tasdiq.record.key_events import public_text
from tasdiq.record.signing import SigningKey
from tasdiq.secretariat import custody

pytestmark = marks
HOSTILE = "Fire across the line \u202eneerg ton\u202c at\u00a0Sella <b>today</b>\nتصدیق می\u200cخواهم\nlast line"


def test_an_officer_reads_signs_and_gets_a_receipt(house: House) -> None:
    """The words are all there, the entry stands, and the receipt is offered as a file and kept in the browser."""
    device = house.device("kes")
    tab = device.signing(draft_of(house, "kes", finding.opening(house.seats, HOSTILE)))
    shown = tab.inner_text("#signing")
    assert "⟨U+202E right-to-left override⟩neerg ton⟨U+202C end of direction⟩" in shown
    assert "<b>today</b>" in shown
    assert "last line" in shown
    look_at(tab, "sign-read")
    press(tab)
    assert told(tab).startswith("Entered: it stands in the record as entry ")
    index = int(tab.inner_text("#sign-index"))
    assert house.seats.state().entries[index].id == tab.inner_text("#sign-id")
    with tab.expect_download() as download:
        tab.click("#sign-receipt")
    assert "tasdiq receipt v1" in download.value.path().read_text(encoding="utf-8")
    assert tab.evaluate("() => tasdiqSign.keys.receipts().then((kept) => kept.length)") == 1
    look_at(tab, "sign-entered")


def test_it_can_be_done_by_keyboard_and_is_heard(house: House) -> None:
    """Tab leads to the button, Enter signs; the live region says what happened, and the focus goes to the outcome."""
    tab = house.device("kes").signing(draft_of(house, "kes", finding.opening(house.seats)))
    assert told(tab).startswith("Read it to the end")
    assert tab.get_attribute("#sign-told", "aria-live") == "polite"
    for _ in range(40):
        tab.keyboard.press("Tab")
        if tab.evaluate("() => document.activeElement.id") == "sign-button":
            break
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#sign-entered:not([hidden])")
    assert tab.evaluate("() => document.activeElement.textContent") == "It is entered"


def test_a_double_click_enters_once(house: House) -> None:
    """However often the button is pressed, and in two windows at once."""
    device = house.device("kes")
    draft = draft_of(house, "kes", finding.opening(house.seats))
    tabs = [device.signing(draft) for _ in range(2)]
    for tab in tabs:
        tab.dblclick("#sign-button")
    for tab in tabs:
        tab.wait_for_selector("#sign-entered:not([hidden])")
    assert len({tab.inner_text("#sign-id") for tab in tabs}) == 1
    assert sum(line.kind == "CaseOpened" for line in house.seats.state().entries) == 1


def test_a_draft_is_left_taken_up_again_and_discarded(house: House) -> None:
    """It stands on the list; the list says until when; discarding it takes it away."""
    device = house.device("kes")
    draft_of(house, "kes", finding.opening(house.seats))
    tab = device.open("/sign")
    look_at(tab, "sign-list")
    tab.click("table a")
    tab.wait_for_selector("#signing[data-settled]", state="attached")
    tab.click("text=Leave it for later")
    tab.click("table a")
    tab.wait_for_selector("#signing[data-settled]", state="attached")
    tab.click("summary:has-text('Discard this draft')")
    tab.click("text=Discard it")
    assert "Nothing waits for your signature" in tab.inner_text("main")
    look_at(tab, "sign-list-empty")


def test_a_mark_takes_two_devices(heard: House) -> None:
    """The first says that it waits, and for whom and until when; a colleague's device reads who signed, and enters it."""
    first, second = heard.device("kes"), heard.device("kes", "team")
    draft = draft_of(heard, "kes", finding.mark(heard.seats))
    tab = first.signing(draft)
    assert "It takes the keys of two devices" in tab.inner_text("#sign-ready")
    press(tab)
    assert "another device must sign it" in told(tab)
    assert "09:00 UTC" in tab.inner_text("#sign-waiting")
    look_at(tab, "sign-waits")
    again = first.signing(draft)
    assert "This device has signed it" in told(again)
    there = second.open("/sign")
    there.click("table a")
    there.wait_for_selector("#signing[data-settled]", state="attached")
    assert "Signed already by: kes-liaison" in there.inner_text("#signing")
    assert "Prepared by another officer of your member: kes-liaison" in there.inner_text("#signing")
    press(there)
    assert told(there).startswith("Entered"), there.inner_text("#sign-refused")
    assert heard.seats.state().cases["case-1"].findings[0].signatures[0].mark == "dissents"


def test_an_amended_charter_goes_round_the_members(house: House) -> None:
    """What one member's officer prepared and signed is signed on another member's device; anything else of theirs is not."""
    ours, theirs = house.device("kes"), house.device("vor")
    charter = msgspec.structs.replace(house.seats.state().charter, title="Joint mechanism, second wording")
    draft = draft_of(house, "kes", entries.CharterAmended(charter=charter, reason="a clearer title"))
    press(ours.signing(draft))
    tab = theirs.signing(draft)
    assert "second wording" in tab.inner_text("#signing")
    press(tab)
    assert "another device must sign it" in told(tab)
    assert "Vorland" in tab.inner_text("#sign-waiting-who")


def test_a_browser_without_a_key_reads_and_cannot_sign(house: House) -> None:
    """The words are shown all the same, and the page says where a key is made."""
    tab = house.device("kes", certified=False).signing(draft_of(house, "kes", finding.opening(house.seats)))
    assert "Fire across the line at Sella" in tab.inner_text("#signing")
    assert tab.is_hidden("#sign-ready")
    assert "holds no key of kes-liaison" in tab.inner_text("#sign-keyless")
    look_at(tab, "sign-keyless")


def test_a_browser_without_ed25519_says_so(house: House) -> None:
    """It names what is missing and which browsers have it."""
    device = house.device("kes", certified=False)
    device.context.add_init_script("crypto.subtle.generateKey = () => Promise.reject(new Error('no such algorithm'));")
    tab = device.signing(draft_of(house, "kes", finding.opening(house.seats)))
    assert "This browser has no Ed25519 keys" in tab.inner_text("#sign-keyless")


def test_an_uncertified_key_is_told_what_to_do(house: House) -> None:
    """The server's refusal is shown in its words, and nothing is entered."""
    device = house.device("kes", certified=False)
    device.make_key()
    tab = device.signing(draft_of(house, "kes", finding.opening(house.seats)))
    press(tab)
    assert "your member certifies it offline" in tab.inner_text("#sign-refused")
    assert not house.seats.state().cases.get("case-2")


def test_a_stale_draft_is_read_and_signed_again(house: House) -> None:
    """A key event in between: the page says that it was prepared anew, and the next reading enters it."""
    device = house.device("kes")
    draft = draft_of(house, "kes", finding.opening(house.seats))
    tab = device.signing(draft)
    house.change(custody.certify("vor", "vor-third", public_text(SigningKey.generate()), None), "vor")
    press(tab)
    assert "prepared anew" in tab.inner_text("#sign-refused")
    tab.click("text=Read it again")
    tab.wait_for_selector("#signing[data-settled]", state="attached")
    press(tab)
    assert told(tab).startswith("Entered")


def test_without_scripts_the_server_tells_and_nothing_is_signed(house: House) -> None:
    """The words are marked as the server's, and the way to sign offline is named."""
    device = house.device("kes", certified=False, java_script_enabled=False)
    tab = device.open(f"/sign/{draft_of(house, 'kes', finding.opening(house.seats))}")
    shown = tab.inner_text("main")
    assert "as the server tells it" in shown
    assert "Fire across the line at Sella" in shown
    assert "tasdiq countersign" in shown
    assert tab.is_hidden("#sign-button")


def test_several_officers_of_one_browser_keep_their_keys_apart(house: House) -> None:
    """Each finds its own key, and no page of one signs with that of the other."""
    device = house.device("kes")
    first = device.signing(draft_of(house, "kes", entries.EntryCorrected(item="x", reason="y"))).inner_text("#sign-key")
    house.sign_in(device.context, "kes", "team")
    draft = draft_of(house, "kes", entries.EntryCorrected(item="x", reason="y"), "team")
    tab = device.signing(draft)
    assert "holds no key of kes-team" in tab.inner_text("#sign-keyless")
    device.officer = "kes-team"
    device.certify(device.make_key())
    tab = device.signing(draft)
    assert tab.inner_text("#sign-key") != first
    press(tab)
    # The new key is certified after the draft was prepared: the server prepares it anew first.
    assert "prepared anew" in tab.inner_text("#sign-refused")


def test_the_secret_key_cannot_be_read_out(house: House) -> None:
    """Not even by a script of this server, in whichever form."""
    device = house.device("kes", certified=False)
    device.make_key()
    tab = device.open("/account/devices")
    read = "async (form) => { const [key] = await tasdiqSign.keys.listed(); return crypto.subtle.exportKey(form, key.secret)"
    for form in ("pkcs8", "jwk", "raw"):
        assert tab.evaluate(read + ".then(() => 'read', () => 'refused'); }", form) == "refused", form
