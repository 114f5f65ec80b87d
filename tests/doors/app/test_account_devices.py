"""Devices: a key is asked for with proof, certified offline by the member, and signs nothing before (A50 to A52)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from doors.app.account_scenes import person, signed_in, visitor
from doors.app.clients import Client
from doors.app.seats import Seats
from doors.conftest import Door
from tasdiq.record import canonical
from tasdiq.record.entry import parse_leaf
from tasdiq.record.key_events import public_text
from tasdiq.record.signing import SigningKey
from tasdiq.record.submission import from_bytes
from tasdiq.secretariat.certification import read_statement
from tasdiq.web.acting.preparing import chain_of

JSON = {"accept": "application/json"}


class Browser:
    """An officer's browser: it makes keys and proves to hold them, as the page's script does."""

    def __init__(self, table: Seats, name: str = "Officer-7", member: str = "kes") -> None:
        self.table, self.officer = table, person(table, name, member)
        self.client: Client = signed_in(table, self.officer.id)
        self.key, self.next = SigningKey.generate(), SigningKey.generate()

    def post(self, path: str, value: object) -> Any:
        """Send JSON as the script does."""
        return self.client.post(path, json=value, headers=JSON)

    def ask(self) -> dict[str, str]:
        """Ask for a statement to sign."""
        answer = self.post("/account/devices/challenge", {"key": public_text(self.key), "next": public_text(self.next)})
        assert answer.status_code == 200, answer.text
        found: dict[str, str] = answer.json()
        return found

    def prove(self, asked: dict[str, str], **changes: object) -> Any:
        """Send the proof, with changes."""
        message = read_statement(asked["statement"]).message
        sigs = {"sig": canonical.b64url(self.key.sign(message)), "next_sig": canonical.b64url(self.next.sign(message))}
        return self.post("/account/devices", {"id": asked["id"], "label": "laptop", **sigs, **changes})

    def request(self, base: Path) -> Path:
        """Make a key, download the request, and return its file."""
        assert self.prove(self.ask()).status_code == 201
        path = base / "request.json"
        path.write_bytes(self.client.get(f"/account/devices/{self.key.key_id}/request.json").content)
        return path

    def page(self) -> str:
        """Return the page of devices."""
        return self.client.get("/account/devices").text

    def upload(self, path: Path) -> Any:
        """Upload what the member signed."""
        return self.client.post("/account/devices/submission", files={"file": path.open("rb")}, follow_redirects=False)


@pytest.fixture
def browser(table: Seats) -> Browser:
    """A browser of a liaison officer of Kestria."""
    return Browser(table)


def certified(browser: Browser, door: Door, base: Path, member: str = "kes", **options: str) -> Path:
    """Sign the certification offline with a member's key; return the submission."""
    key = base / f"{member}.key"
    if not key.exists():
        browser.table.keys[member].save(key)
    out = base / "certify.json"
    told = options.get("told", browser.key.key_id[:16])
    done = door(
        "key", "certify", browser.table.home.path, "--key", key, "--request", browser.request(base),
        "--fingerprint", told, "-o", out,
    )  # fmt: skip
    assert done.code == 0, done.err
    return out


def test_a_key_is_certified_offline_and_shown_so(browser: Browser, door: Door, tmp_path: Path) -> None:
    """A51: asked for with proof, it stands as signing nothing; certified and uploaded, with the entry that certified it."""
    assert "You have no key yet" in browser.page()
    out = certified(browser, door, tmp_path)
    assert "not certified: signs nothing" in browser.page()
    assert browser.upload(out).status_code == 303
    keys = chain_of(browser.table.room).keys.keys
    key = keys[browser.key.key_id]
    assert (key.member, key.name, key.next) == ("kes", "Officer-7", browser.next.key_id)
    assert f'/entries/{key.since}"' in browser.page() and "not certified" not in browser.page()


def test_a_revocation_is_shown(browser: Browser, door: Door, tmp_path: Path) -> None:
    """A52: a key that its member revoked is shown as revoked, with the entry from which it is disputed."""
    browser.upload(certified(browser, door, tmp_path))
    since = chain_of(browser.table.room).keys.keys[browser.key.key_id].since
    out = tmp_path / "revoke.json"
    place, key = browser.table.home.path, tmp_path / "kes.key"
    door("key", "revoke", place, browser.key.key_id, "--from", since + 1, "--key", key, "-o", out)
    assert browser.upload(out).status_code == 303
    assert "revoked" in browser.page() and "is disputed" in browser.page()


def test_a_challenge_serves_once_and_for_its_officer(browser: Browser) -> None:
    """A50: a proof cannot be sent twice, nor for another officer's challenge."""
    asked = browser.ask()
    other = Browser(browser.table, "Officer-8")
    assert other.prove(asked).status_code == 422
    assert browser.prove(asked).status_code == 201
    again = browser.prove(asked)
    assert (again.status_code, again.headers["content-type"]) == (422, "application/problem+json")


@pytest.mark.parametrize("field", ["sig", "next_sig"])
def test_a_key_that_is_not_held_is_not_taken(browser: Browser, field: str) -> None:
    """A50: without the signature of the key, or of its successor, nothing is kept."""
    other = canonical.b64url(SigningKey.generate().sign(b"x"))
    assert browser.prove(browser.ask(), **{field: other}).status_code == 422
    assert "You have no key yet" in browser.page()


def test_a_key_that_served_is_not_asked_for(browser: Browser) -> None:
    """A50: a key that the record knows, another officer's or revoked, is refused before any proof."""
    known = browser.table.officer("vor").keys[0]
    answer = browser.post("/account/devices/challenge", {"key": public_text(known), "next": None})
    assert answer.status_code == 422 and "already" in answer.json()["detail"]


def test_requests_are_the_officers_own(browser: Browser, tmp_path: Path) -> None:
    """Another officer, of the same member too, neither downloads nor drops a request; its owner drops it."""
    browser.request(tmp_path)
    path = f"/account/devices/{browser.key.key_id}"
    for client in (Browser(browser.table, "Officer-8").client, Browser(browser.table, "Officer-7", "vor").client):
        assert client.get(f"{path}/request.json").status_code == 404
        assert client.post(f"{path}/drop").status_code == 404
    assert visitor(browser.table).get(f"{path}/request.json", follow_redirects=False).status_code == 303
    browser.client.post(f"{path}/drop")
    assert "You have no key yet" in browser.page()


@pytest.mark.parametrize("told", ["0" * 16, "", "12345678"])
def test_nothing_is_certified_unless_the_fingerprint_was_told(
    browser: Browser, door: Door, tmp_path: Path, told: str
) -> None:
    """A51: another fingerprint, a short one, or none at all where nobody can be asked: no submission is written."""
    browser.table.keys["kes"].save(tmp_path / "kes.key")
    arguments = ["key", "certify", browser.table.home.path, "--key", tmp_path / "kes.key", "--request"]
    done = door(*arguments, browser.request(tmp_path), "--fingerprint", told, "-o", tmp_path / "out.json")
    assert done.code != 0 and not (tmp_path / "out.json").exists()


def test_a_member_certifies_its_own_officers_for_its_own_record(browser: Browser, door: Door, tmp_path: Path) -> None:
    """A51: another member's key, and a request that was altered, are refused with a reason."""
    request = browser.request(tmp_path)
    browser.table.keys["vor"].save(tmp_path / "vor.key")
    place, told = browser.table.home.path, browser.key.key_id[:16]
    done = door("key", "certify", place, "--key", tmp_path / "vor.key", "--request", request, "--fingerprint", told)
    assert done.code == 2 and "expected a request of an officer of vor" in done.err
    value = json.loads(request.read_bytes())
    value["statement"] = value["statement"].replace("Officer-7", "Officer-9")
    request.write_bytes(canonical.dumps(value))
    browser.table.keys["kes"].save(tmp_path / "kes.key")
    done = door("key", "certify", place, "--key", tmp_path / "kes.key", "--request", request, "--fingerprint", told)
    assert done.code == 2 and "signature of the new key" in done.err


def test_only_ones_own_members_key_events_are_uploaded(browser: Browser, door: Door, tmp_path: Path) -> None:
    """What another member signed, and what is no submission, is refused on the page, and nothing is entered."""
    size = browser.table.state().size
    out = certified(browser, door, tmp_path)
    assert parse_leaf(from_bytes(out.read_bytes()).leaf).header["member"] == "kes"
    foreign = Browser(browser.table, "Officer-8", "vor")
    nothing = tmp_path / "nothing.json"
    nothing.write_text("{}")
    for client, path in ((foreign, out), (browser, nothing)):
        answer = client.upload(path)
        assert answer.status_code == 422 and "There is a problem" in answer.text
    assert browser.client.post("/account/devices/submission").status_code == 422
    assert browser.table.room.live.state().size == size
