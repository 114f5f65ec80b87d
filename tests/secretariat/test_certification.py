"""Requests for certification: the proof holds for one record, member, officer and pair of keys, and for nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasdiq.errors import InputError
from tasdiq.record import canonical
from tasdiq.record.ed25519 import pae
from tasdiq.record.entry import PAYLOAD_TYPE
from tasdiq.record.key_events import public_text
from tasdiq.record.signing import SigningKey
from tasdiq.secretariat.certification import Request, Statement, make_statement, read_request, read_statement

CHALLENGE = canonical.b64url(bytes(range(32)))
KEY, NEXT = SigningKey.generate(), SigningKey.generate()


def statement(**changes: object) -> Statement:
    """Return a statement, with changes."""
    said = {"origin": "tasdiq.invalid/joint/x", "member": "kes", "officer": "post-3", "challenge": CHALLENGE}
    return Statement(**{**said, "key": public_text(KEY), "next": public_text(NEXT), **changes})  # type: ignore[arg-type]


def proved(said: Statement) -> Request:
    """Return the request for a statement, signed by both keys."""
    return Request(said, canonical.b64url(KEY.sign(said.message)), canonical.b64url(NEXT.sign(said.message)))


def test_a_request_is_read_as_it_was_written() -> None:
    """A request file gives back statement and proof, and both fingerprints."""
    found = read_request(proved(statement()).data)
    assert found == proved(statement())
    assert (found.statement.fingerprint, found.statement.successor) == (KEY.key_id, NEXT.key_id)


def test_without_a_successor_one_proof_is_enough() -> None:
    """A key that commits to no successor brings one signature."""
    said = statement(next=None)
    assert read_request(Request(said, canonical.b64url(KEY.sign(said.message)), None).data).statement.successor is None


@pytest.mark.parametrize(
    "changes",
    [
        {"origin": "tasdiq.invalid/joint/y"},
        {"member": "vor"},
        {"officer": "post-4"},
        {"challenge": canonical.b64url(bytes(32))},
    ],
)
def test_a_proof_for_something_else_does_not_hold(changes: dict[str, object]) -> None:
    """Rule 1: signatures made for another record, member, officer or challenge are refused."""
    made = proved(statement(**changes))
    with pytest.raises(InputError, match="signature of the new key"):
        Request(statement(), made.sig, made.next_sig).require_proof()


def test_the_successor_must_be_held_too() -> None:
    """A key cannot commit to a successor that somebody else holds."""
    made = proved(statement())
    for wrong in (made.sig, None, ""):
        with pytest.raises(InputError):
            Request(made.statement, made.sig, wrong).require_proof()


def test_a_signature_under_an_entry_is_no_proof() -> None:
    """Rule 2: what was signed as an entry proves nothing here."""
    said = statement(next=None)
    sig = canonical.b64url(KEY.sign(pae(PAYLOAD_TYPE, said.text.encode())))
    with pytest.raises(InputError):
        Request(said, sig, None).require_proof()


def test_unfit_keys_are_refused() -> None:
    """Rule 3: a key of low order, one that is its own successor, and what is no key."""
    low = canonical.b64url(bytes(31) + b"\x80")
    for key, following in ((low, None), (public_text(KEY), public_text(KEY)), ("x", None), (public_text(KEY), low)):
        with pytest.raises(InputError):
            make_statement("o", "kes", "post-3", key, following, CHALLENGE)


def test_a_statement_has_one_spelling() -> None:
    """Rule 1: spaces, another order and further fields are refused."""
    text = statement().text
    assert read_statement(text) == statement()
    for other in (text.replace(":", ": ", 1), text.replace('"v":1', '"v":2'), text.replace("{", '{"a":1,', 1)):
        with pytest.raises(InputError):
            read_statement(other)


@given(st.binary(max_size=400))
def test_anything_else_is_an_input_error(data: bytes) -> None:
    """No bytes raise anything but our error."""
    with pytest.raises(InputError):
        read_request(data)
