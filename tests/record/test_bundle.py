"""A bundle proves what is in it, and nothing unproved rides along."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from record.records import LOG, TIME, desk_record, draft, key, signed
from record.sites import write_record
from tasdiq.errors import InputError, MissingError
from tasdiq.record import canonical
from tasdiq.record.audit.path import audit
from tasdiq.record.bundle import make_bundle
from tasdiq.record.entry import Draft
from tasdiq.record.log import Log
from tasdiq.record.reader import Reader


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with a second key event at index 12 and an entry after it."""
    directory = write_record(tmp_path_factory.mktemp("bundle") / "r")
    with Log.open(directory, log_key=LOG, newest=None) as log:
        certify = {
            "event": "certify",
            "member": "analyst",
            "name": "assistant",
            "key": canonical.b64url(key("assistant").public),
            "next": None,
        }
        log.append([signed(log, Draft("OfficerCertified", "analyst", TIME, keys=[certify]))])
        log.append([signed(log, draft(60), key("assistant"))])
        log.checkpoint()
    return directory


@pytest.fixture(scope="module")
def whole(record: Path) -> bytes:
    """A bundle of an early, a bulk, a sealed, a redacted and a late entry, with two rows and a card."""
    with Reader.open(record) as reader:
        ids = [reader[index].id for index in (2, 9, 10, 13)]
        rows = [f"{reader[7].id}/{number}" for number in (0, 3)]
        return make_bundle(reader, ids, row_ids=rows, card=reader[2].body)


def verdict_of(tmp_path: Path, value: Any) -> list[str]:
    """Return the codes found in a bundle."""
    path = tmp_path / "bundle.json"
    path.write_bytes(value if isinstance(value, bytes) else canonical.dumps(value))
    verdict = audit(path)
    assert all(problem.path == "bundle.json" for problem in verdict.problems)
    return [problem.code for problem in verdict.problems]


def test_a_bundle_holds_by_itself(tmp_path: Path, whole: bytes) -> None:
    """Entries, rows, card and the whole chain of keys check offline; the notice of a redaction came along."""
    path = tmp_path / "bundle.json"
    path.write_bytes(whole)
    verdict = audit(path)
    assert verdict.ok, verdict.problems
    assert (verdict.what, verdict.size, verdict.withheld, verdict.redacted) == ("bundle", 14, 1, 1)
    assert [item["index"] for item in json.loads(whole)["keys"]] == [0, 12]
    assert [item["index"] for item in json.loads(whole)["entries"]] == [2, 7, 9, 10, 11, 13]


def drop_key_event(value: dict[str, Any]) -> None:
    """Leave the newest key event out."""
    value["keys"].pop()


def drop_first_key_event(value: dict[str, Any]) -> None:
    """Leave entry 0 out."""
    value["keys"].pop(0)


def no_keys(value: dict[str, Any]) -> None:
    """Leave all key events out."""
    value["keys"] = []


def move(value: dict[str, Any]) -> None:
    """Claim another index."""
    value["entries"][0]["index"] = 3


def other_body(value: dict[str, Any]) -> None:
    """Give one entry another's body."""
    value["entries"][0]["body"] = value["entries"][1]["body"]
    value.pop("card")


def no_body(value: dict[str, Any]) -> None:
    """Withhold a public body."""
    value["entries"][0]["body"] = None
    value.pop("card")


def other_row(value: dict[str, Any]) -> None:
    """Alter a row."""
    value["entries"][1]["rows"][0]["row"] = '{"n":9}'


def other_card(value: dict[str, Any]) -> None:
    """Put unproved words on the card."""
    value["card"] = {"finding": "established"}


def more(value: dict[str, Any]) -> None:
    """Let another field ride along."""
    value["comment"] = "trust me"


def more_inside(value: dict[str, Any]) -> None:
    """Let another field ride along in an entry."""
    value["entries"][0]["comment"] = "trust me"


def reorder(value: dict[str, Any]) -> None:
    """Show the entries in another order."""
    value["entries"].reverse()


def repeat(value: dict[str, Any]) -> None:
    """Show an entry twice."""
    value["entries"].insert(0, value["entries"][0])


def other_size(value: dict[str, Any]) -> None:
    """Claim another size in the checkpoint."""
    value["checkpoint"] = value["checkpoint"].replace("\n14\n", "\n15\n")


def no_notice(value: dict[str, Any]) -> None:
    """Leave the notice out that explains a missing body."""
    value["entries"] = [item for item in value["entries"] if item["index"] != 11]


@pytest.mark.parametrize(
    ("tamper", "code"),
    [
        (drop_key_event, "entry-refused"),
        (drop_first_key_event, "key-chain"),
        (no_keys, "key-chain"),
        (move, "proof-invalid"),
        (other_body, "body-changed"),
        (no_body, "body-missing"),
        (other_row, "proof-invalid"),
        (other_card, "card-unproved"),
        (more, "bundle-malformed"),
        (more_inside, "bundle-malformed"),
        (reorder, "bundle-malformed"),
        (repeat, "bundle-malformed"),
        (other_size, "checkpoint-signature"),
        (no_notice, "body-missing"),
    ],
)
def test_a_bundle_that_was_altered_is_told(
    tmp_path: Path, whole: bytes, tamper: Callable[[dict[str, Any]], None], code: str
) -> None:
    """Every part of a bundle is proved: what is dropped, moved, swapped, added or repeated is told."""
    value = json.loads(whole)
    tamper(value)
    assert code in verdict_of(tmp_path, value)


def test_any_changed_byte_of_a_bundle_is_told(tmp_path: Path, whole: bytes) -> None:
    """Two hundred random bytes changed, one at a time: not one goes unnoticed."""
    chance = random.Random(5)
    for _ in range(200):
        at = chance.randrange(len(whole))
        altered = whole[:at] + bytes([whole[at] ^ (1 << chance.randrange(8))]) + whole[at + 1 :]
        assert verdict_of(tmp_path, altered), at


def replace_somewhere(chance: random.Random, value: Any) -> Any:
    """Replace one random part of a value by another kind of value."""
    if isinstance(value, dict) and value and chance.random() < 0.8:
        name = chance.choice(sorted(value))
        return {**value, name: replace_somewhere(chance, value[name])}
    if isinstance(value, list) and value and chance.random() < 0.8:
        at = chance.randrange(len(value))
        return [*value[:at], replace_somewhere(chance, value[at]), *value[at + 1 :]]
    others = [None, True, -1, 0, 2**53 - 1, "", "\u0000", "ab" * 32, [], {}, [None], {"a": None}, [[]], "A" * 43]
    return chance.choice([other for other in others if other != value])


def test_any_replaced_part_of_a_bundle_is_told(tmp_path: Path, whole: bytes) -> None:
    """Three hundred random parts replaced by another kind of value: each is told, nothing is raised."""
    chance = random.Random(6)
    for _ in range(300):
        altered = canonical.dumps(replace_somewhere(chance, json.loads(whole)))
        assert verdict_of(tmp_path, altered), altered[:2000]


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\xff" * 50, b"[" * 50_000, b'{"type":"tasdiq/bundle/v1"}'])
def test_files_that_are_no_bundle_are_told(tmp_path: Path, data: bytes) -> None:
    """Whatever the bytes are, the audit gives a problem and no traceback."""
    assert verdict_of(tmp_path, data) == ["bundle-malformed"]


def test_a_bundle_is_refused_what_is_not_there(record: Path) -> None:
    """Unknown entries, redacted rows and cards of other words cannot be bundled."""
    with Reader.open(record) as reader:
        with pytest.raises(MissingError):
            make_bundle(reader, ["ab" * 32])
        with pytest.raises(MissingError, match="redacted"):
            make_bundle(reader, [], row_ids=[f"{reader[7].id}/2"])
        with pytest.raises(InputError, match="card"):
            make_bundle(reader, [reader[2].id], card=b'{"finding":"established"}')


def test_entries_newer_than_the_checkpoint_wait(tmp_path: Path) -> None:
    """Proofs are made against the checkpoint's size, not the current tree."""
    directory = desk_record(tmp_path / "r")
    with Log.open(directory, log_key=LOG, newest=None) as log:
        (receipt,) = log.append([signed(log, draft(9))])
    with Reader.open(directory) as reader, pytest.raises(MissingError, match="under the checkpoint"):
        make_bundle(reader, [receipt.id])
