"""Signed notes, checkpoints and cosignatures agree with the public vectors."""

from __future__ import annotations

import base64

import pytest

from record.records import key
from record.vectors import load, load_beside
from tasdiq.errors import InputError
from tasdiq.record import checkpoint, cosignature, merkle, note

NOTES, COSIGNED = load("sumdb-note.json"), load("cosignature-kat.json")


@pytest.mark.parametrize("case", NOTES["cases"], ids=lambda case: case["desc"])
def test_published_notes(case: dict) -> None:
    """Every published note opens, or is refused, as published, and names the keys that verified it."""
    known = [note.parse_verifier(text) for text in case["vkeys"]]
    data = base64.b64decode(case["note_b64"])
    if case["ok"]:
        _, signed = note.open_note(data, known)
        assert [verifier.name for verifier in signed] == case["verified"]
    else:
        with pytest.raises(InputError):
            note.open_note(data, known)


@pytest.mark.parametrize("encoded", NOTES["bad_vkeys_b64"])
def test_malformed_verifier_keys_are_refused(encoded: str) -> None:
    """None of the 68 published malformations of a key is read."""
    with pytest.raises(InputError):
        note.parse_verifier(base64.b64decode(encoded).decode("utf-8", "surrogateescape"))


@pytest.mark.parametrize("case", COSIGNED["cases"], ids=lambda case: f"size {case['size']}")
def test_published_cosignatures(case: dict) -> None:
    """Log signature, root and both cosignatures of every known answer hold."""
    log = note.parse_verifier(COSIGNED["log_vkey"])
    found = checkpoint.open_checkpoint(case["note"].encode(), [log.public])
    leaves = [merkle.leaf_hash(b"entry %d" % index) for index in range(case["size"])]
    assert (found.size, found.root) == (case["size"], merkle.root_of(leaves))
    _, parsed = checkpoint.parse(case["note"].encode())
    for text in COSIGNED["witness_vkeys"]:
        assert cosignature.cosigned_at(parsed, note.parse_verifier(text)) is not None


def test_a_cosignature_we_make_holds_and_one_bit_breaks_it() -> None:
    """A cosignature is read back with its time; a changed time or text refuses the note."""
    signer = key("cosigner")
    verifier = note.Verifier("w.example", signer.public, note.COSIGNATURE)
    text = checkpoint.Checkpoint("log.example", 0, merkle.EMPTY_ROOT).text
    line = cosignature.cosign(text, verifier, signer.sign, 1_900_000_000)
    assert cosignature.cosigned_at(note.parse(f"{text}\n{line}".encode()), verifier) == 1_900_000_000
    later = note.SignatureLine(line.name, line.key_hash, (1).to_bytes(8, "big") + line.signature[8:])
    with pytest.raises(InputError, match="does not hold"):
        cosignature.cosigned_at(note.parse(f"{text}\n{later}".encode()), verifier)
    stranger = note.Verifier("other.example", key("another cosigner").public, note.COSIGNATURE)
    assert cosignature.cosigned_at(note.parse(f"{text}\n{line}".encode()), stranger) is None


@pytest.mark.parametrize("number", range(9))
def test_published_cosigner_requests_are_checkpoints(number: int) -> None:
    """The checkpoints in the published requests are read; number 1, whose signature is spoilt, is refused as base64."""
    body = load_beside("witness/litewitness-sequence.json")[number]["body"]
    data = body.split("\n\n", 1)[1].encode()
    if number == 1:
        with pytest.raises(InputError, match="one spelling of base64"):
            checkpoint.parse(data)
        return
    found, parsed = checkpoint.parse(data)
    assert found.origin == parsed.lines[0].name


@pytest.mark.parametrize(
    "text",
    [
        "log.example\n1\n",
        "log.example\n01\n" + "A" * 43 + "=\n",
        "log.example\n1\nAAAA\n",
        "\n1\n" + "A" * 43 + "=\n",
        "log.example\n0\n" + "A" * 43 + "=\n",
        "log.example\n1\n" + "A" * 43 + "=\nextension\n",
        "log.example\n1_0\n" + "A" * 43 + "=\n",
        "log.example\n٣\n" + "A" * 43 + "=\n",
    ],
)
def test_malformed_checkpoints_are_refused(text: str) -> None:
    """A missing line, another spelling of the size, a short root or an extension is refused."""
    with pytest.raises(InputError):
        checkpoint.parse_text(text)


def test_the_text_ends_at_the_last_blank_line() -> None:
    """Rule 1: a text may hold blank lines itself."""
    signer = key("log")
    verifier = note.Verifier("log.example", signer.public)
    text = "first\n\nsecond\n"
    assert note.open_note(note.sign(text, verifier, signer.sign), [verifier])[0] == text


def test_two_known_keys_with_one_hash_are_refused() -> None:
    """Rule 4: the same verifier twice would leave open who signed."""
    verifier = note.Verifier("log.example", key("log").public)
    with pytest.raises(InputError, match="share"):
        note.open_note(note.sign("text\n", verifier, key("log").sign), [verifier, verifier])
