"""What a sealed entry tells to whoever sees the log: who, on which day, and a size to the power of two.

What is public besides is in the threat model: the key that signed (an officer's own key names the officer), and the place
of the entry in the log.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from record.records import ORIGIN, draft, founding, key
from record.test_named import named_key
from tasdiq.errors import InputError
from tasdiq.record import body, canonical
from tasdiq.record.entry import Draft, Submission, parse_leaf, sign_entry
from tasdiq.record.keys import KeyState

CHARTER = "ab" * 32
EVENTS = [*founding("joint", ("kestria", "vorland")), named_key("kestria"), named_key("vorland")]
KEYS = KeyState().apply(0, EVENTS, {key(name).key_id for name in ("kestria", "vorland")}, ORIGIN)
ALONE = {"nonce": "", "body_commit": ""}

drafts = st.builds(
    lambda kind, time, content, refs, officer: Draft(
        kind,
        "kestria",
        f"2031-05-04T{time:02d}:00:00Z",
        canonical.dumps(content),
        refs=tuple(refs),
        officer=officer,
        recipients=("vorland",),
    ),
    st.sampled_from(["DocumentReceived", "FindingDrafted", "A"]),
    st.integers(0, 23),
    st.text(max_size=3000),
    st.lists(st.integers(0, 2**64).map(lambda n: f"{n:064x}"), max_size=16, unique=True),
    st.sampled_from(["", "deputy-1"]),
)


def seal(made: Draft, access: str) -> Submission:
    """Sign a draft that is not public."""
    return sign_entry(
        replace(made, access=access), signer=key("kestria"), origin=ORIGIN, charter=CHARTER, keys_at=0, keys=KEYS
    )


@settings(max_examples=100, deadline=None)
@given(drafts, drafts, st.sampled_from(["joint", "named"]))
def test_two_sealed_headers_of_a_day_differ_in_random_bits_alone(one: Draft, other: Draft, access: str) -> None:
    """Kind, refs, hour, officer, recipients and content change nothing but nonce and commitment."""
    first, second = (parse_leaf(seal(made, access).leaf) for made in (one, other))
    assert {**first.header, **ALONE} == {**second.header, **ALONE}
    assert [key_id for key_id, _ in first.sigs] == [key_id for key_id, _ in second.sigs]
    assert len(first.leaf) == len(second.leaf)


@settings(max_examples=100, deadline=None)
@given(drafts)
def test_the_length_is_that_of_the_next_power_of_two(made: Draft) -> None:
    """Body and envelope tell a power of two, and the envelope a range of recipients."""
    joint, named = seal(made, "joint"), seal(made, "named")
    size = len(joint.plaintext)
    assert size >= 1024 and size & (size - 1) == 0
    fixed = len(b"tasdiq/envelope/v1\0") + 1 + 4 * 80 + 32 + 16
    assert body.is_sealed_size(len(named.envelope) - fixed)


def test_more_padding_than_needed_is_a_second_spelling() -> None:
    """A sealed body has one length; one that was padded further is refused."""
    plaintext = seal(draft(1, member="kestria"), "joint").plaintext
    value = json.loads(plaintext)
    longer = canonical.dumps({**value, "pad": value["pad"] + "0" * len(plaintext)})
    assert len(longer) == 2 * len(plaintext)
    with pytest.raises(InputError, match="next power of two"):
        body.unseal(longer)


def test_a_body_too_large_to_be_read_again_is_not_sealed() -> None:
    """What would be padded beyond the largest body is refused before it is signed."""
    with pytest.raises(InputError, match="sealed body"):
        seal(draft(1, member="kestria", body=canonical.dumps("x" * (body.LARGEST_BODY - 100))), "joint")


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_sealed_body_has_one_spelling(data: st.DataObject) -> None:
    """What reads as a sealed body is written exactly so."""
    plaintext = seal(draft(1, member="kestria"), "joint").plaintext
    value: dict[str, Any] = json.loads(plaintext)
    field = data.draw(st.sampled_from(sorted(value)))
    value[field] = data.draw(st.text(max_size=4) | st.integers(0, 9) | st.lists(st.text(max_size=3), max_size=2))
    if field != "pad":
        bare = len(canonical.dumps({**value, "pad": ""}))
        value["pad"] = "0" * (max(1024, 1 << (bare - 1).bit_length()) - bare)
    try:
        sealed = body.unseal(canonical.dumps(value))
    except InputError:
        return
    assert body.seal(sealed) == canonical.dumps(value)
