"""A server that shows one thing and asks for the signature of another: refused by the script of the page, and nothing is sent."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from doors.app import finding
from doors.app.browsing import Device, House, draft_of, press, serving
from doors.app.seats import Founded, Seats
from doors.browsers import marks
from tasdiq.clock import timestamp
from tasdiq.model import entries
from tasdiq.model.value import to_plain
from tasdiq.record import body, canonical, rows
from tasdiq.record.entry import Draft, compose, header_of
from tasdiq.record.secrecy import disclosure
from tasdiq.web.acting.preparing import chain_of

pytestmark = marks
Draw = dict[str, Any]
Attack = Callable[[Draw, House], None]


def header(**changes: Any) -> Attack:
    """Return what changes fields of the header; None takes one out."""

    def change(draft: Draw, _: House) -> None:
        value = {**json.loads(draft["header"]), **changes}
        draft["header"] = canonical.dumps({key: one for key, one in value.items() if one is not None}).decode()

    return change


def anew(kind: str, value: Any, access: str = "public", later_s: int = 0, **more: Any) -> Attack:
    """Return what puts a whole other entry in the draft's place, in itself in order."""

    def change(draft: Draw, house: House) -> None:
        chain = chain_of(house.seats.room)
        claimed = timestamp(house.seats.at.fromtimestamp(house.seats.at.timestamp() + later_s, house.seats.at.tzinfo))
        made = compose(
            Draft(kind, "kes", claimed, canonical.dumps(value), access=access, officer="kes-liaison" if access != "public" else ""),
            origin=chain.origin, charter=chain.charter, keys_at=chain.keys.keys_at,
        )  # fmt: skip
        draft |= {
            "header": header_of(made).decode(),
            "salt": made.salt.hex(),
            "plaintext": made.plaintext.decode(),
        } | more

    return change


def put(**changes: Any) -> Attack:
    """Return what changes what is told beside the header."""
    return lambda draft, _: draft.update(changes)


def plaintext(draft: Draw, _: House) -> None:
    """Show other words than those the header commits to."""
    draft["plaintext"] = draft["plaintext"].replace("Fire across", "Calm along")


def spelling(draft: Draw, _: House) -> None:
    """Spell the header otherwise."""
    draft["header"] = draft["header"].replace(",", ", ")


def hidden_field(draft: Draw, house: House) -> None:
    """Seal something in the body that is neither shown nor a decoy: the officer would have signed what it never saw."""
    value = {**to_plain(finding.drafting(house.seats)), "witnesses": ["Mira"], "promise": "We withdraw."}
    sealed = disclosure.conceal_for_signing(canonical.dumps(value), ["/witnesses", "/witnesses/0", "/promise"])
    made = json.loads(sealed.plaintext)
    anew("FindingDrafted", made, disclosures=list(sealed.disclosures[:2]), decoys=list(sealed.decoys))(draft, house)


def false_decoy(draft: Draw, house: House) -> None:
    """Call what is sealed a decoy."""
    hidden_field(draft, house)
    draft["decoys"].append(secrets.token_urlsafe(40))


def hidden_row(draft: Draw, house: House) -> None:
    """List rows in a body that are not shown."""
    listed = {"commits": ["ab" * 32], "root": rows.root([bytes.fromhex("ab" * 32)]).hex()}
    value = {"method": "m", "rows_of": "proposition", "rows": listed}
    anew("PropositionFramed", value)(draft, house)


def day(draft: Draw, house: House) -> None:
    """Write another day into the header than into the sealed body."""
    anew("EntryCorrected", {"item": "x", "reason": "y"}, "joint")(draft, house)
    header(claimed_time="2031-03-11T00:00:00Z")(draft, house)


def padding(draft: Draw, house: House) -> None:
    """Pad a sealed body to another size."""
    anew("EntryCorrected", {"item": "x", "reason": "y"}, "joint")(draft, house)
    value = json.loads(draft["plaintext"])
    value["pad"] += "0"
    draft["plaintext"] = canonical.dumps(value).decode()
    header(body_commit=body.commit(bytes.fromhex(draft["salt"]), draft["plaintext"].encode()).hex())(draft, house)


SAID = {"item": "x", "reason": "y"}
DAY = "2031-03-12T00:00:00Z"
ATTACKS: dict[str, tuple[Attack, str]] = {
    "other words": (plaintext, "not what the header commits to"),
    "another salt": (put(salt="00" * 32), "not what the header commits to"),
    "another commitment": (header(body_commit="ab" * 32), "not what the header commits to"),
    "another spelling": (spelling, "another spelling"),
    "another record": (header(origin="evil.example/joint/x"), "made for the record"),
    "another charter": (header(charter="ab" * 32), "made for the charter"),
    "no charter": (header(charter=None), "made for the charter"),
    "another member": (header(member="vor"), "made for the member kes"),
    "older keys": (header(keys_at=1), "has seen those of entry"),
    "a key event": (header(keys=[{"event": "quorum", "k": 0}]), "key events are signed offline"),
    "an unknown field": (header(also="this"), "expected only the fields"),
    "another version": (header(v=2), "expected version 1"),
    "for named recipients": (header(access="named", kind="sealed", claimed_time=DAY), "sealed on your own machine"),
    "too large a header": (header(refs=[f"{n:064x}" for n in range(16)], nonce="0" * 3000), "larger than a header can be"),
    "a kind without words": (anew("Surrender", {"to": "vor"}), "no words for entries of the kind Surrender"),
    "an hour ago": (anew("EntryCorrected", SAID, later_s=-4000), "by the clock of this device"),
    "in the future": (anew("EntryCorrected", SAID, later_s=400), "by the clock of this device"),
    "an hour ago, sealed": (anew("EntryCorrected", SAID, "joint", later_s=-4000), "by the clock of this device"),
    "another day outside": (day, "not that of the sealed time"),
    "other padding": (padding, "padded with zeros"),
    "something sealed and not shown": (hidden_field, "sealed in this draft that is not shown"),
    "something sealed called a decoy": (false_decoy, "a decoy in this draft is none"),
    "rows not shown": (hidden_row, "not those the body commits to"),
    "rows beside a body without": (put(rows=[{"row": "{}", "salt": "00" * 32}]), "not those the body commits to"),
    "a disclosure beside a body without": (put(disclosures=["WyJhIiwiYiJd"]), "_sd_alg"),
    "no body": (put(plaintext=None), "expected a body as text"),
    "no list of rows": (put(rows=None), "expected a list of rows"),
}  # fmt: skip


def besieged(device: Device, draft: str, attack: Attack) -> tuple[Page, list[str]]:
    """Open the page of signing behind a server that alters what it hands out; return it and what was sent from there."""
    sent: list[str] = []

    def alter(route: Route) -> None:
        if route.request.method != "GET":
            sent.append(route.request.post_data or "")
            return route.continue_()
        found = route.fetch().json()
        attack(found, device.house)
        return route.fulfill(json=found)

    device.context.route("**/api/v1/drafts/**", alter)
    return device.signing(draft), sent


@pytest.fixture(scope="module")
def victim(founded: Founded, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Device]:
    """An officer's device that has signed one entry: it has seen the keys of today."""
    seats = Seats.copy(founded, tmp_path_factory.mktemp("siege"))
    finding.propose(seats)
    with serving(seats, chromium) as house:
        device = house.device("kes")
        press(device.signing(draft_of(house, "kes", entries.EntryCorrected(item="a", reason="b"))))
        yield device
    seats.close()


@pytest.mark.parametrize("name", ATTACKS)
def test_what_is_not_shown_is_not_signed(victim: Device, name: str) -> None:
    """The page says what is wrong, offers no button, and sends nothing."""
    attack, words = ATTACKS[name]
    tab, sent = besieged(victim, draft_of(victim.house, "kes", finding.opening(victim.house.seats)), attack)
    refused = tab.inner_text("#sign-refused")
    assert refused.startswith("Nothing was signed: "), refused
    assert words in refused
    assert tab.is_hidden("#sign-ready")
    assert sent == []
    tab.close()
    victim.context.unroute_all()


def test_another_entry_in_order_is_shown_as_what_it_is(house: House) -> None:
    """A server may put another entry in a draft's place; then its words stand on the page, not those that were expected."""
    attack = anew("CaseReopened", {"case": "case-9", "reason": "not what was asked for"})
    tab, _ = besieged(house.device("kes"), draft_of(house, "kes", finding.opening(house.seats)), attack)
    shown = tab.inner_text("#signing")
    assert "CaseReopened" in shown
    assert "not what was asked for" in shown
    assert "Fire across" not in shown


def test_a_signature_is_over_exactly_what_was_shown(house: House) -> None:
    """What the server answers after the reading changes nothing: the bytes were fetched once."""
    device, turns = house.device("kes"), iter(range(9))
    later = lambda draft, at: plaintext(draft, at) if next(turns) else None  # noqa: E731
    tab, sent = besieged(device, draft_of(house, "kes", finding.opening(house.seats)), later)
    press(tab)
    assert tab.is_visible("#sign-entered")
    assert len(sent) == 1


def test_a_server_that_names_another_entry_is_told_on(house: House) -> None:
    """The page knows the id of what it signed, and says so when the receipt is for another."""
    device = house.device("kes")
    tab = device.signing(draft_of(house, "kes", finding.opening(house.seats)))
    false = {"draft": "x", "entered": {"id": "ab" * 32, "index": 5, "deadline": "", "receipt": "forged"}}
    device.context.route("**/signatures", lambda route: route.fulfill(status=201, json=false))
    press(tab)
    assert "but you signed" in tab.inner_text("#sign-refused")
    assert tab.is_hidden("#sign-entered")


def test_a_proof_of_possession_for_another_is_refused(house: House) -> None:
    """A key proves itself only for the record, member and name it was made for."""
    device = house.device("kes", certified=False)
    made = device.make_key()
    tab = device.open("/account/devices")
    chain = chain_of(house.seats.room)
    keys = tab.evaluate("() => tasdiqSign.keys.listed().then(([key]) => [key.public, key.next.public])")
    said = {
        "v": 1, "origin": chain.origin, "member": "kes", "officer": "kes-liaison", "key": keys[0], "next": keys[1],
        "challenge": canonical.b64url(bytes(32)),
    }  # fmt: skip
    prove = (
        "([id, text]) => tasdiqSign.keys.prove(id, text)"
        ".then((proof) => Object.keys(proof).join(), (error) => error.message)"
    )
    assert tab.evaluate(prove, [made["id"], canonical.dumps(said).decode()]) == "sig,next_sig"
    for name, value in (
        ("origin", "evil.example/x"),
        ("member", "vor"),
        ("officer", "kes-team"),
        ("key", keys[1]),
        ("v", 2),
    ):
        told = tab.evaluate(prove, [made["id"], canonical.dumps({**said, name: value}).decode()])
        assert f"another {name}" in told, told
