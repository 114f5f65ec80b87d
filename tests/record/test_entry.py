"""An entry has one form, one id, and seals what is not public."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from record.records import ORIGIN, TIME, draft, key
from tasdiq.errors import InputError
from tasdiq.record import body, canonical, ed25519
from tasdiq.record.entry import Draft, Submission, countersign, parse_leaf, sign_entry

CHARTER = "ab" * 32


def make(made: Draft | None = None) -> Submission:
    """Sign a draft by the analyst."""
    return sign_entry(made or draft(1), signer=key("analyst"), origin=ORIGIN, charter=CHARTER, keys_at=0)


def changed(leaf: bytes, **fields: Any) -> bytes:
    """Return the leaf with fields of its header replaced, canonical again."""
    value = json.loads(leaf)
    value["header"] = {name: item for name, item in {**value["header"], **fields}.items() if item is not ...}
    return canonical.dumps(value)


def test_a_signed_entry_reads_back() -> None:
    """Rules 1, 3 and 4: id, header and signature come out as they went in."""
    submission = make()
    entry = parse_leaf(submission.leaf)
    assert entry.header["kind"] == "DocumentReceived"
    assert entry.signed == canonical.dumps(entry.header)
    assert entry.sigs[0][0] == key("analyst").key_id
    assert ed25519.verify(key("analyst").public, entry.sigs[0][1], entry.message)
    assert body.commit(submission.salt, submission.plaintext).hex() == entry.header["body_commit"]


def test_a_second_signature_changes_no_id() -> None:
    """Rule 3: countersigning adds a signature, sorted by key, and leaves the id alone."""
    once = make()
    twice = countersign(once, key("mediator"))
    assert twice.id == once.id
    keys = [key_id for key_id, _ in parse_leaf(twice.leaf).sigs]
    assert keys == sorted({key("analyst").key_id, key("mediator").key_id})
    assert countersign(twice, key("mediator")).leaf == twice.leaf


@pytest.mark.parametrize(
    "fields",
    [
        {"v": 2},
        {"v": True},
        {"access": "secret"},
        {"kind": "sealed"},
        {"kind": "Doc Received"},
        {"kind": ""},
        {"claimed_time": "2031-02-30T10:00:00Z"},
        {"claimed_time": "2031-05-04T10:00:00+00:00"},
        {"claimed_time": "2031-05-04T10:00:60Z"},
        {"member": ""},
        {"member": "a b"},
        {"refs": ["ab"]},
        {"refs": ["ab" * 32] * 2},
        {"refs": [f"{n:064x}" for n in range(17)]},
        {"body_commit": "AB" * 32},
        {"nonce": "ab"},
        {"origin": "with space"},
        {"origin": "with+plus"},
        {"keys_at": -1},
        {"keys_at": "0"},
        {"keys": []},
        {"charter": "x"},
        {"id": "ab" * 32},
        {"nonce": ...},
        {"access": "joint"},
        {"access": "joint", "kind": "sealed", "refs": ["ab" * 32]},
        {"member": "a" * 65},
    ],
)
def test_headers_of_another_form_are_refused(fields: dict[str, Any]) -> None:
    """Rule 2: unknown, missing, mistyped and misspelt fields are refused."""
    with pytest.raises(InputError):
        parse_leaf(changed(make().leaf, **fields))


def test_leaves_of_another_form_are_refused() -> None:
    """Rule 1: unsorted or repeated signatures, none at all, further fields and other spellings are refused."""
    leaf = countersign(make(), key("mediator")).leaf
    value = json.loads(leaf)
    for sigs in ([], value["sigs"][::-1], value["sigs"][:1] * 2, [{**value["sigs"][0], "by": "x"}]):
        with pytest.raises(InputError):
            parse_leaf(canonical.dumps({**value, "sigs": sigs}))
    for other in (leaf + b" ", json.dumps(value).encode(), canonical.dumps({**value, "id": "x"}), b"[]", b"{}"):
        with pytest.raises(InputError):
            parse_leaf(other)


def test_a_header_over_four_kilobytes_is_refused() -> None:
    """Rule 2: key events are bounded like everything in a header."""
    with pytest.raises(InputError, match="4096"):
        parse_leaf(changed(make().leaf, keys=[{"event": "x" * 5000}]))


def test_what_is_not_public_hides_kind_refs_and_hour() -> None:
    """Rule 5: the header of a sealed entry says nothing but who, on which day; the body says the rest."""
    made = replace(draft(1), access="joint", refs=(CHARTER,), officer="desk-2", recipients=("vorland",))
    submission = make(made)
    header = parse_leaf(submission.leaf).header
    assert (header["kind"], header["refs"], header["claimed_time"]) == ("sealed", [], TIME[:10] + "T00:00:00Z")
    assert b"DocumentReceived" not in submission.leaf
    sealed = body.unseal(submission.plaintext)
    assert (sealed.kind, sealed.refs, sealed.claimed_time) == ("DocumentReceived", (CHARTER,), TIME)
    assert (sealed.officer, sealed.recipients, sealed.body) == ("desk-2", ("vorland",), made.body)


@pytest.mark.parametrize("length", [0, 1, 500, 700, 5000, 70_000])
def test_sealed_bodies_are_padded_to_a_power_of_two(length: int) -> None:
    """Rule 5: the length of a sealed body tells only its order of magnitude, at least 1 KiB."""
    plaintext = make(replace(draft(1), access="joint", body=canonical.dumps("x" * length))).plaintext
    assert len(plaintext) >= max(1024, length)
    assert len(plaintext) & (len(plaintext) - 1) == 0


def test_a_sealed_body_padded_otherwise_is_refused() -> None:
    """Another length, another padding or another field could carry what nobody sees."""
    plaintext = make(replace(draft(1), access="joint")).plaintext
    value = json.loads(plaintext)
    for other in (
        {**value, "pad": value["pad"][1:]},
        {**value, "pad": "1" + value["pad"][1:]},
        {**value, "extra": 1, "pad": value["pad"][10:]},
    ):
        with pytest.raises(InputError):
            body.unseal(canonical.dumps(other))


def test_key_events_are_never_sealed() -> None:
    """Rule 5: whoever checks must see the keys."""
    with pytest.raises(InputError, match="public"):
        make(replace(draft(1), access="joint", keys=[{"event": "quorum", "k": 0}]))


@pytest.mark.parametrize("content", [b"", b"{", b"{ }", b"1.5", b"\xff", b'{"a":' + b"9" * 9_000_000 + b"}"])
def test_bodies_that_are_not_canonical_json_are_refused(content: bytes) -> None:
    """What members sign over is JSON with one spelling, within the limit."""
    with pytest.raises(InputError):
        make(replace(draft(1), body=content))
