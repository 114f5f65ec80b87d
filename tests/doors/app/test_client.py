"""The client of the interface: it reads by turns, signs what it has checked, and refuses to sign anything else (K1 to K7)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from doors.app.onlookers import with_token
from doors.app.scene import Scene, now
from doors.app.seats import Seats
from tasdiq.client import Client, Prepared, check
from tasdiq.client.calls import Calls
from tasdiq.client.checking import WITH_MEMBERS, Asked
from tasdiq.clock import timestamp
from tasdiq.errors import InputError, MissingError, ProcedureError, RecordError, RoleError
from tasdiq.record import body, canonical
from tasdiq.record.entry import Draft, compose, header_of
from tasdiq.talks.steps import STEPS
from tasdiq.verification import release

ALL = "read act admin"


@pytest.fixture
def seats(scene: Scene, tmp_path: Path) -> Any:
    """A table at a copy of it."""
    table = scene.table(tmp_path)
    yield table
    table.close()


def client_of(seats: Seats, member: str, role: str, **more: Any) -> Client:
    """Return a client with a token and the key of an officer."""
    officer = seats.officer(member, role)
    http = with_token(seats, ALL, member, role)
    return Client("http://testserver", key=officer.keys[0], http=http, clock=lambda: seats.at, **more)


def _answered(seats: Seats) -> dict[str, str]:
    return {
        "case": "case-1",
        "request": "access-1",
        "answer": "granted",
        "reason": "by the river road",
        "at": now(seats),
    }


def test_lists_are_read_to_their_end(seats: Seats) -> None:
    """Every entry, each once, in order; and an item by itself."""
    with client_of(seats, "kes", "liaison") as desk:
        found = [line["index"] for line in desk.every("entries", limit=7)]
        assert found == list(range(seats.state().size))
        assert desk.get("cases/case-1")["case"]["id"] == "case-1"
        assert desk.data("exports/reports.csv").startswith(b"incident,report_id")


def test_a_step_is_prepared_checked_signed_and_entered(seats: Seats) -> None:
    """The answer to a request for access stands, under the officer's key, and its receipt names it."""
    with client_of(seats, "vor", "liaison") as desk:
        entered = desk.step("AccessAnswered", _answered(seats))
        told = desk.get(f"entries/{entered.entry}")
        assert told["line"]["index"] == entered.index
        assert told["signatures"][0]["key"] == seats.officer("vor", "liaison").keys[0].key_id
        assert told["body"]["reason"] == "by the river road"


def test_a_sealed_field_is_accounted_for(seats: Seats) -> None:
    """A draft with sealed witnesses passes the checks; with a digest nobody told of, it does not."""
    seats.later(days=1)
    parts = [
        {"name": "occurrence", "outcome": "inconclusive"},
        {"name": "responsibility", "outcome": "not examined"},
        {"name": "breach", "outcome": "not examined"},
    ]
    drafted = {
        "case": "case-2", "finding": "finding-9", "standard": "reasonable grounds", "parts": parts,
        "witnesses": ["A. Witness"], "at": now(seats),
    }  # fmt: skip
    with client_of(seats, "ord", "mediator") as desk:
        prepared = desk.prepare("FindingDrafted", drafted)
        assert prepared.disclosures and prepared.decoys
        with pytest.raises(InputError, match="K4"):
            check(
                replace(prepared, decoys=prepared.decoys[1:]),
                _asked(desk, "FindingDrafted", drafted, "ord"),
                desk._header_of,
            )


def _asked(desk: Client, kind: str, asked: dict[str, Any], member: str = "vor") -> Asked:
    return Asked(kind, asked, (), desk.record["origin"], desk.record["charter_entry"], member, desk.now())


def _header(prepared: Prepared, **changes: object) -> Prepared:
    return replace(prepared, header=canonical.dumps({**json.loads(prepared.header), **changes}).decode())


def _other_body(prepared: Prepared) -> Prepared:
    text = prepared.plaintext.replace("granted", "denied")
    commit = body.commit(bytes.fromhex(prepared.salt), text.encode()).hex()
    return _header(replace(prepared, plaintext=text), body_commit=commit)


FORGED: dict[str, tuple[Callable[[Prepared], Prepared], str]] = {
    "a header that is not canonical": (lambda p: replace(p, header=p.header.replace(":", ": ", 1)), "canonical"),
    "another origin": (lambda p: _header(p, origin="tasdiq.invalid/joint/other"), "K1"),
    "another member": (lambda p: _header(p, member="kes"), "K1"),
    "another charter": (lambda p: _header(p, charter="0" * 64), "K1"),
    "key events": (lambda p: _header(p, keys=[{"event": "revoke", "key": "0" * 64, "from": 1}]), "K1"),
    "another body": (lambda p: replace(p, plaintext=p.plaintext.replace("granted", "denied")), "K2"),
    "another body under its own commitment": (_other_body, "K4"),
    "another kind": (lambda p: _header(p, kind="FindingSigned"), "K3"),
    "references": (lambda p: _header(p, refs=["0" * 64]), "K3"),
    "rows": (lambda p: replace(p, rows=({"row": "{}", "salt": "00" * 32},)), "K4"),
}


@pytest.mark.parametrize("what", FORGED)
def test_k1_to_k4_nothing_else_is_signed_than_what_was_asked_for(seats: Seats, what: str) -> None:
    """A draft that differs from what was asked for is refused, and says by which rule."""
    forge, rule = FORGED[what]
    with client_of(seats, "vor", "liaison") as desk:
        prepared = desk.prepare("AccessAnswered", _answered(seats))
        with pytest.raises(InputError, match=rule):
            check(forge(prepared), _asked(desk, "AccessAnswered", _answered(seats)), desk._header_of)


def test_k6_nothing_is_made_public_that_stays_with_the_members(seats: Seats) -> None:
    """A host that prepares a confirmed call as public is refused, and one that opens to all what was to be joint."""
    said = {"call": "call-1", "answer": "confirms", "at": now(seats)}
    with client_of(seats, "vor", "liaison") as desk:
        asked = _asked(desk, "CallConfirmed", said)
        keys_at = desk.record["keys_at"]
        draft = Draft("CallConfirmed", "vor", now(seats), body=canonical.dumps(said), access="public")
        made = compose(draft, origin=asked.origin, charter=asked.charter, keys_at=keys_at)
        text, header = made.plaintext.decode(), header_of(made).decode()
        with pytest.raises(InputError, match="K6"):
            check(Prepared("", "CallConfirmed", "public", header, made.salt.hex(), text, 1), asked, desk._header_of)
        slip = {"item": "case-9", "reason": "a slip of the pen"}
        prepared = desk.prepare("EntryCorrected", slip, access="joint")
        with pytest.raises(InputError, match="K6"):
            check(prepared, replace(_asked(desk, "EntryCorrected", slip), access="public"), desk._header_of)


def test_k6_names_the_kinds_that_the_rules_keep_with_the_members() -> None:
    """The client knows no rules; its list is held to them here."""
    of_talks = {form.__name__ for form, (_, access, _) in STEPS.items() if access.__name__ == "always_joint"}
    of_cases = {form.__name__ for form in release.WITH_MEMBERS}
    assert of_talks | of_cases | {"MessageSent"} == WITH_MEMBERS


def test_k7_no_host_dates_what_says_no_time(seats: Seats) -> None:
    """A body without a time is dated by its entry: by this machine's clock, or nothing is signed."""
    slip = {"item": "case-9", "reason": "a slip of the pen"}
    with client_of(seats, "vor", "liaison") as desk:
        prepared, asked = desk.prepare("EntryCorrected", slip), _asked(desk, "EntryCorrected", slip)
        with pytest.raises(InputError, match="K7"):
            check(prepared, replace(asked, now=timestamp(seats.at + timedelta(days=3))), desk._header_of)


def test_problems_come_as_the_errors_of_this_house(seats: Seats) -> None:
    """404, 403, 409 and 422, with what to mend."""
    with client_of(seats, "vor", "liaison") as desk:
        with pytest.raises(MissingError):
            desk.get("cases/no-such-case")
        with pytest.raises(InputError, match="kind"):
            desk.step("NoSuchKind", {})
        with pytest.raises((RoleError, ProcedureError)):
            desk.step(
                "EvidenceAcknowledged", {"case": "case-1", "evidence": "evidence-1", "sha256": [], "at": now(seats)}
            )
    with Client("http://testserver", http=seats.anybody()) as nobody, pytest.raises(RoleError):
        nobody.step("AccessAnswered", _answered(seats))


def test_another_record_than_expected_is_refused(seats: Seats) -> None:
    """Whoever was told the origin from elsewhere signs for no other."""
    other = client_of(seats, "vor", "liaison", origin="tasdiq.invalid/joint/other")
    with other as desk, pytest.raises(InputError, match="right server"):
        desk.step("AccessAnswered", _answered(seats))


def test_a_lost_answer_is_asked_for_again_and_nothing_is_done_twice(seats: Seats) -> None:
    """The first answer to each call is lost on its way back; one draft is made, and one entry."""
    inside = with_token(seats, ALL, "vor", "liaison")
    lost = set[str]()

    def carry(request: httpx.Request) -> httpx.Response:
        headers = {
            name: value for name, value in request.headers.items() if name in ("content-type", "idempotency-key")
        }
        answer = inside.request(
            request.method, str(request.url.raw_path.decode()), content=request.content, headers=headers
        )
        name = f"{request.method} {request.url.path}"
        if name not in lost:
            lost.add(name)
            raise httpx.ReadError("the line went dead")
        return httpx.Response(
            answer.status_code, content=answer.content, headers={"content-type": answer.headers["content-type"]}
        )

    http = httpx.Client(transport=httpx.MockTransport(carry), base_url="http://testserver")
    key = seats.officer("vor", "liaison").keys[0]
    with Client("http://testserver", key=key, http=http) as desk:
        desk._calls._pause = lambda _: None
        before = seats.state().size
        entered = desk.step("AccessAnswered", _answered(seats))
    assert (entered.index, seats.state().size) == (before, before + 1)
    assert len(lost) > 3


def test_a_server_that_cannot_be_reached_is_an_error_of_ours() -> None:
    """After a few tries it is said, with the address."""

    def never(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no route")

    http = httpx.Client(transport=httpx.MockTransport(never), base_url="http://testserver")
    with pytest.raises(RecordError, match="cannot be reached"):
        Calls("", http=http, pause=lambda _: None).get("record")
