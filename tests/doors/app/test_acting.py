"""Preparing, signing and entering through the interface for programs; what is refused, and in which words."""

from __future__ import annotations

import pytest

from doors.app import finding
from doors.app.seats import Seats
from doors.app.signing import SLIP, at, change, prepared, sign, signature
from tasdiq.clock import timestamp
from tasdiq.model.value import to_plain
from tasdiq.record import canonical
from tasdiq.record.entry import Draft
from tasdiq.record.key_events import public_text
from tasdiq.record.keys import SigningKey
from tasdiq.record.submission import to_bytes
from tasdiq.secretariat import custody
from tasdiq.web.acting.preparing import chain_of


def test_a_draft_is_prepared_signed_and_entered(table: Seats) -> None:
    """What an officer prepares and signs stands in the record, and is answered with the log's receipt."""
    with at(table, "kes") as client:
        draft = prepared(client, "EntryCorrected", SLIP)
        answer = sign(client, draft, table.officer("kes").keys[0])
        assert answer.status_code == 201, answer.text
        entered = answer.json()["entered"]
        assert table.state().entries[entered["index"]].id == entered["id"]
        assert "tasdiq receipt v1" in entered["receipt"]
        assert client.get(f"/api/v1/drafts/{draft['id']}").json()["entered"]["entered"] == entered


def test_the_same_signature_twice_enters_once(table: Seats) -> None:
    """A double click, a repeated request and another device's signature afterwards are answered with the one entry."""
    first, second = table.officer("kes").keys
    with at(table, "kes") as client:
        draft = prepared(client, "EntryCorrected", SLIP)
        answers = [sign(client, draft, key) for key in (first, first, second)]
    assert [answer.status_code for answer in answers] == [201, 201, 201]
    assert len({answer.text for answer in answers}) == 1
    assert sum(line.kind == "EntryCorrected" for line in table.state().entries) == 1


def test_a_sealed_body_names_the_officer_and_a_public_one_nobody(table: Seats) -> None:
    """The name of a person stands only where the members alone read it."""
    with at(table, "kes") as client:
        public = prepared(client, "EntryCorrected", SLIP)
        answer = client.post("/api/v1/drafts", json={"kind": "EntryCorrected", "body": SLIP, "access": "joint"})
    assert "kes-liaison" not in public["plaintext"] + public["header"]
    assert canonical.loads(answer.json()["plaintext"].encode())["officer"] == "kes-liaison"


def test_somebody_elses_draft_is_not_there(table: Seats) -> None:
    """Another officer of the same member, another member and nobody are answered exactly as for a draft that never was."""
    with at(table, "kes") as client:
        draft = prepared(client, "EntryCorrected", SLIP)
    for who in (("kes", "team"), ("vor", "liaison"), ("ord", "mediator")):
        with at(table, *who) as other:
            for path in ("", "/submission"):
                there, not_there = (other.get(f"/api/v1/drafts/{i}{path}") for i in (draft["id"], "0" * 32))
                assert (there.status_code, there.text) == (not_there.status_code, not_there.text) == (404, there.text)
            there, not_there = (other.get(f"/sign/{ident}") for ident in (draft["id"], "0" * 32))
            assert there.status_code == not_there.status_code == 404
            assert there.text.replace(draft["id"], "") == not_there.text.replace("0" * 32, "")
            assert sign(other, draft, table.officer(*who).keys[0]).status_code == 404
            assert other.delete(f"/api/v1/drafts/{draft['id']}").status_code == 404
            assert other.get("/api/v1/drafts").json()["drafts"] == []
    with at(table) as nobody:
        assert nobody.get(f"/api/v1/drafts/{draft['id']}").status_code in (401, 403, 404)


def test_only_keys_that_serve_the_officers_member_sign(table: Seats) -> None:
    """Uncertified, revoked, another member's: each is refused in words that say what to do."""
    change(table, custody.revoke(chain_of(table.room).keys.keys[table.officer("kes").keys[1].key_id], 3), "kes")
    with at(table, "kes") as client:
        draft = prepared(client, "EntryCorrected", SLIP)
        for key, words in (
            (SigningKey.generate(), "not certified"),
            (table.officer("kes").keys[1], "revoked"),
            (table.officer("vor").keys[0], "another member"),
        ):
            answer = sign(client, draft, key)
            assert (answer.status_code, words in answer.json()["detail"]) == (403, True), answer.text
        forged = {**signature(draft, table.officer("kes").keys[0]), "sig": canonical.b64url(bytes(64))}
        assert client.post(f"/api/v1/drafts/{draft['id']}/signatures", json=forged).status_code == 422
        assert sign(client, draft, table.officer("kes").keys[0]).status_code == 201


def test_a_signature_serves_for_no_other_draft(table: Seats) -> None:
    """A replayed signature holds over its own header alone, though both say the same."""
    key = table.officer("kes").keys[0]
    with at(table, "kes") as client:
        first, second = (prepared(client, "EntryCorrected", SLIP) for _ in range(2))
        answer = client.post(f"/api/v1/drafts/{second['id']}/signatures", json=signature(first, key))
    assert (answer.status_code, answer.json()["field"]) == (422, "sig")


def test_a_draft_expires_after_its_hour_and_is_gone_from_the_list(table: Seats) -> None:
    """Until then it can be left and taken up again; afterwards the answer says until when it could be signed."""
    with at(table, "kes") as client:
        draft = prepared(client, "EntryCorrected", SLIP)
        table.later(minutes=59)
        assert [line["id"] for line in client.get("/api/v1/drafts").json()["drafts"]] == [draft["id"]]
        table.later(minutes=1)
        assert client.get("/api/v1/drafts").json()["drafts"] == []
        answer = sign(client, draft, table.officer("kes").keys[0])
    assert (answer.status_code, draft["expires_at"] in answer.json()["detail"]) == (409, True)


def test_a_draft_is_discarded_by_its_officer(table: Seats) -> None:
    """It is gone from the list and for good; what was entered is not discarded."""
    with at(table, "kes") as client:
        draft = prepared(client, "EntryCorrected", SLIP)
        assert client.delete(f"/api/v1/drafts/{draft['id']}").status_code == 204
        assert sign(client, draft, table.officer("kes").keys[0]).status_code == 404
        kept = prepared(client, "EntryCorrected", SLIP)
        sign(client, kept, table.officer("kes").keys[0])
        assert client.delete(f"/api/v1/drafts/{kept['id']}").status_code == 409


def test_a_key_event_makes_a_draft_stale_and_it_is_signed_again(table: Seats) -> None:
    """The host prepares it anew under its id, for the newer keys; the signature over the old bytes serves no more."""
    key = table.officer("kes").keys[0]
    with at(table, "kes") as client:
        draft = prepared(client, "EntryCorrected", SLIP)
        change(table, custody.certify("vor", "vor-third", public_text(SigningKey.generate()), None), "vor")
        answer = sign(client, draft, key)
        assert (answer.status_code, "prepared anew" in answer.json()["detail"]) == (409, True)
        fresh = client.get(f"/api/v1/drafts/{draft['id']}").json()
        assert fresh["header"] != draft["header"]
        assert sign(client, draft, key).status_code == 422
        assert sign(client, fresh, key).status_code == 201


def test_a_step_is_refused_by_its_rules_when_it_is_prepared(table: Seats) -> None:
    """A case on nothing, a kind that is entered elsewhere, a body of another form: nothing becomes a draft."""
    with at(table, "kes") as client:
        for kind, body, status in (
            ("CaseOpened", to_plain(finding.opening(table)), 404),
            ("OfficerCertified", {"note": ""}, 422),
            ("MessageSent", {"title": "t", "text": "x"}, 422),
            ("EntryCorrected", {"item": 7}, 422),
            ("Nothing", {}, 422),
        ):
            assert client.post("/api/v1/drafts", json={"kind": kind, "body": body}).status_code == status, kind
        sent = {"kind": "EntryCorrected", "body": SLIP, "access": "named"}
        assert "tasdiq send" in client.post("/api/v1/drafts", json=sent).json()["detail"]
        assert client.get("/api/v1/drafts").json()["drafts"] == []


def test_many_submissions_come_in_one_request(table: Seats) -> None:
    """An array of submission files is answered with a receipt for each; what is no submission is refused, and nothing entered."""
    chain, key = chain_of(table.room), table.officer("kes").keys[0]
    made = [
        custody.sign_for(chain, Draft("EntryCorrected", "kes", timestamp(table.at), canonical.dumps(SLIP)), [key])
        for _ in range(3)
    ]
    with at(table, "kes") as client:
        answer = client.post("/api/v1/entries", content=b"[" + b", ".join(map(to_bytes, made)) + b"]")
        assert [one["id"] for one in answer.json()["entered"]] == [one.id for one in made]
        size = table.state().size
        for bad in (b"[]", b"[1]", b"{}", b"", b"[" + to_bytes(made[0]) + b",{}]"):
            assert client.post("/api/v1/entries", content=bad).status_code == 422, bad
        assert table.state().size == size
    with at(table) as nobody:
        assert nobody.post("/api/v1/entries", content=to_bytes(made[0])).status_code in (401, 403)


@pytest.mark.parametrize(
    "next_page", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:1", "/a\nb"]
)
def test_signing_leads_on_to_no_other_server(table: Seats, next_page: str) -> None:
    """An address elsewhere, however it is written, becomes the desk."""
    with at(table, "kes") as client:
        draft = prepared(client, "EntryCorrected", SLIP)
        found = client.get(f"/sign/{draft['id']}", params={"next": next_page})
    assert found.status_code == 200
    assert "evil" not in found.text
    assert "javascript" not in found.text.replace("/static/", "").split("<main")[1]


def test_sealed_fields_are_prepared_so_that_the_signer_sees_all_of_them(table: Seats) -> None:
    """Every digest of a draft is of a disclosure or of a decoy that is handed along."""
    finding.take_up(table)
    with at(table, "ord") as client:
        draft = prepared(client, "FindingDrafted", to_plain(finding.drafting(table)))
        assert (len(draft["disclosures"]), len(draft["decoys"]) >= 4) == (3, True)
        assert sign(client, draft, table.officer("ord").keys[0]).status_code == 201
    assert len(table.state().cases["case-1"].findings) == 1


def test_what_a_draft_says_lies_sealed_at_rest(table: Seats) -> None:
    """Drafts, rule 4, and idempotency, rule 5: neither draft nor kept answer is read in the database's files."""
    said = {"item": "case-9", "reason": "canaryinadraft"}
    with at(table, "kes") as client:
        sent = {"kind": "EntryCorrected", "body": said, "access": "joint"}
        answers = [client.post("/api/v1/drafts", json=sent, headers={"Idempotency-Key": "k1"}) for _ in range(2)]
        assert (
            answers[0].status_code == 201 and answers[0].text == answers[1].text and "canaryinadraft" in answers[0].text
        )
        assert "canaryinadraft" in client.get(f"/api/v1/drafts/{answers[0].json()['id']}").text
    held = [path for path in table.home.path.rglob("*") if path.is_file()]
    assert any(path.name.startswith("office.sqlite") for path in held)
    assert not [path.name for path in held if b"canaryinadraft" in path.read_bytes()]
