"""No input to any parser raises anything but our own errors, and none is accepted in two spellings."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from record.records import LOG, ORIGIN, PUBLISHER, TIME, draft, founding, key
from record.test_named import box, named_key
from tasdiq.errors import TasdiqError
from tasdiq.record import (
    body,
    canonical,
    checkpoint,
    key_events,
    manifest,
    merkle,
    note,
    redaction,
    rows,
    submission,
    tiles,
)
from tasdiq.record.chain import Chain
from tasdiq.record.entry import Draft, parse_leaf, sign_entry
from tasdiq.record.keys import KeyState, introduced
from tasdiq.record.secrecy import disclosure, envelope, pointer

LEAF = sign_entry(
    Draft("CharterAdopted", "analyst", TIME, keys=founding()),
    signer=key("analyst"),
    origin=ORIGIN,
    charter=None,
    keys_at=0,
).leaf
SEALED = sign_entry(
    draft(1, access="joint"), signer=key("analyst"), origin=ORIGIN, charter="ab" * 32, keys_at=0
).plaintext
NOTE = note.sign(checkpoint.Checkpoint(ORIGIN, 0, merkle.EMPTY_ROOT).text, note.Verifier(ORIGIN, LOG.public), LOG.sign)
LIST = note.sign(f"{'ab' * 32} 1 a\n", note.Verifier("p", PUBLISHER.public), PUBLISHER.sign)
FINDING, DISCLOSED = disclosure.conceal(
    b'{"at":{"place":"Brenk"},"witnesses":["A","B"]}', ["/witnesses", "/witnesses/0"]
)
NAMED_KEYS = KeyState().apply(0, [*founding(), named_key("analyst")], {key("analyst").key_id}, ORIGIN)
NAMED = sign_entry(
    draft(1, access="named"), signer=key("analyst"), origin=ORIGIN, charter="ab" * 32, keys_at=0, keys=NAMED_KEYS
)
SENT = submission.to_bytes(NAMED)
SEEDS = [LEAF, SEALED, NOTE, LIST, FINDING, *(text.encode() for text in DISCLOSED), NAMED.envelope, SENT]

PARSERS: list[Callable[[bytes], Any]] = [
    canonical.loads,
    parse_leaf,
    note.parse,
    checkpoint.parse,
    manifest.parse,
    body.unseal,
    rows.listed,
    lambda data: tiles.unpack_entries(data, 3),
    lambda data: tiles.parse_tile_path(data.decode("utf-8", "replace")),
    lambda data: note.parse_verifier(data.decode("utf-8", "replace")),
    lambda data: checkpoint.parse_text(data.decode("utf-8", "replace")),
    lambda data: canonical.unb64url(data.decode("latin-1"), 32),
    lambda data: canonical.hex_bytes(data.decode("latin-1"), 32),
    submission.from_bytes,
    envelope.require_form,
    lambda data: envelope.open_with(box("analyst"), parse_leaf(NAMED.leaf).header["body_commit"].encode()[:32], data),
    lambda data: disclosure.bare(canonical.dumps(canonical.loads(data))),
    lambda data: disclosure.reveal(data, DISCLOSED),
    lambda data: disclosure.reveal(FINDING, [data.decode("utf-8", "replace")]),
    lambda data: disclosure.conceal(data, ["/a", "/witnesses"]),
    lambda data: disclosure.select(FINDING, DISCLOSED, [data.decode("utf-8", "replace")]),
    lambda data: pointer.read_pointer(data.decode("utf-8", "replace")),
    lambda data: key_events.encryption_public(data.decode("utf-8", "replace")),
    lambda data: key_events.signing_public(data.decode("utf-8", "replace")),
]

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Draw something well-formed with a few bytes replaced, dropped or repeated."""
    data = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        end = min(len(data), at + draw(st.integers(0, 6)))
        data = data[:at] + draw(st.binary(max_size=4)) + data[end:]
    return data


def parse_all(data: bytes) -> None:
    """Give the same bytes to every parser; only our own errors may come out."""
    for parser in PARSERS:
        try:
            parser(data)
        except TasdiqError:
            continue


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400) | damaged())
@example(b"[" * 200_000)
@example(b'{"header":{},"sigs":[]}')
def test_parsers_raise_only_our_own_errors(data: bytes) -> None:
    """Random and damaged bytes are refused by every parser with a TasdiqError, or read."""
    parse_all(data)


@settings(max_examples=300, deadline=None)
@given(json_values)
def test_parsers_of_values_raise_only_our_own_errors(value: Any) -> None:
    """Any JSON value is refused by every reader of values with a TasdiqError, or read."""
    chain = Chain(ORIGIN)
    for read in (
        canonical.dumps,
        rows.commits_in,
        rows.from_json,
        lambda item: introduced([item]),
        lambda item: disclosure.conceal(canonical.dumps(item), ["/a"]),
        lambda item: disclosure.bare(canonical.dumps({"_sd": item, "_sd_alg": "sha-256", "a": [{"...": item}]})),
        lambda item: submission.from_bytes(canonical.dumps(item)),
        lambda item: key_events.read(item),
        lambda item: KeyState().apply(0, [item], set(), ORIGIN),
        lambda item: redaction.targets({"refs": []}, {"redacted_rows": item}),
        lambda item: redaction.targets({"refs": []}, item),
        lambda item: chain.accept(parse_leaf(canonical.dumps(item)), 0),
    ):
        try:
            read(value)
        except TasdiqError:
            continue


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_damaged_key_events_raise_only_our_own_errors(data: st.DataObject) -> None:
    """A field of a key event replaced by any JSON value is refused with a TasdiqError, or accepted as it stands."""
    events = json.loads(json.dumps([*founding(), named_key("analyst"), {"event": "redaction", "k": 1}]))
    event = data.draw(st.sampled_from(events))
    event[data.draw(st.sampled_from(sorted(event)))] = data.draw(json_values)
    try:
        KeyState().apply(0, events, {key("analyst").key_id}, ORIGIN)
        introduced(events)
    except TasdiqError:
        return


@settings(max_examples=200, deadline=None)
@given(damaged())
def test_no_damaged_leaf_is_accepted_as_the_same_entry(data: bytes) -> None:
    """What parses has exactly the bytes it was parsed from: there is no second spelling of a leaf."""
    try:
        entry = parse_leaf(data)
    except TasdiqError:
        return
    written = canonical.dumps(
        {"header": entry.header, "sigs": [{"key": k, "sig": canonical.b64url(sig)} for k, sig in entry.sigs]}
    )
    assert written == data


@settings(max_examples=200, deadline=None)
@given(damaged())
def test_no_damaged_checkpoint_keeps_its_signature(data: bytes) -> None:
    """A checkpoint that opens under the log's key has the text that was signed."""
    try:
        found = checkpoint.open_checkpoint(data, [LOG.public])
    except TasdiqError:
        return
    assert found == checkpoint.Checkpoint(ORIGIN, 0, merkle.EMPTY_ROOT)
