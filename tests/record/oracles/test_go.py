"""Go's own implementation of notes, trees and tiles agrees byte for byte (golang.org/x/mod, as Debian packages it)."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from record.records import LOG, ORIGIN, key
from tasdiq.errors import TasdiqError
from tasdiq.record import canonical, checkpoint, cosignature, merkle, note, tiles

GOPATH = Path("/usr/share/gocode")
MODULE = GOPATH / "src" / "golang.org" / "x" / "mod" / "sumdb"
SEED = hashlib.sha256(b"tests log").digest()
VERIFIER = note.Verifier(ORIGIN, LOG.public)
LEAVES = 300


@pytest.fixture(scope="module")
def oracle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program, built; without Go the tests are skipped, but never where continuous integration runs."""
    if not shutil.which("go") or not MODULE.is_dir():
        if os.environ.get("CI"):
            pytest.fail("expected Go and golang-golang-x-mod-dev here: continuous integration installs them")
        pytest.skip("Go and golang-golang-x-mod-dev are not installed")
    program = tmp_path_factory.mktemp("oracle") / "xmod"
    environment = {**os.environ, "GO111MODULE": "off", "GOPATH": str(GOPATH), "GOFLAGS": ""}
    source = Path(__file__).with_name("xmod") / "main.go"
    subprocess.run(["go", "build", "-o", program, source], check=True, env=environment, timeout=600)
    return program


def ask(oracle: Path, **question: Any) -> dict[str, Any]:
    """Return the program's answer."""
    done = subprocess.run(
        [oracle], input=json.dumps(question).encode(), stdout=subprocess.PIPE, check=True, timeout=300
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def signer_key(name: str, seed: bytes) -> str:
    """Return a private key as Go's package reads it."""
    verifier = str(note.Verifier(name, key("log").public))
    return f"PRIVATE+KEY+{name}+{verifier.split('+')[1]}+{canonical.b64(bytes([note.ED25519]) + seed)}"


def over(proofs: list[list[bytes]]) -> str:
    """Return SHA-256 over all hashes of all proofs."""
    return hashlib.sha256(b"".join(hashed for proof in proofs for hashed in proof)).hexdigest()


def test_trees_proofs_and_tiles_are_the_same(oracle: Path) -> None:
    """Roots of all sizes up to 300, every inclusion and consistency proof among them, and every tile."""
    chance = random.Random(300)
    leaves = [chance.randbytes(chance.randrange(1, 200)) for _ in range(LEAVES)]
    told = ask(oracle, Leaves=[canonical.b64(leaf) for leaf in leaves])
    tree, edge = tiles.TileTree([], lambda level, number: b"".join(filled[level, number])), merkle.RightEdge()
    filled: dict[tuple[int, int], list[bytes]] = {}
    for size, leaf in enumerate(leaves, 1):
        for level, number, hashes, _ in tree.push(merkle.leaf_hash(leaf)):
            filled[level, number] = [hashes]
        edge.push(merkle.leaf_hash(leaf))
        assert edge.root().hex() == told["Roots"][size - 1]
        records = [merkle.inclusion_proof(index, size, tree.node) for index in range(size)]
        assert over(records) == told["Records"][size - 1]
        trees = [merkle.consistency_proof(index + 1, size, tree.node) for index in range(size)]
        assert over(trees) == told["Trees"][size - 1]
    ours = {}
    for level, number, width in tiles.tiles_of(LEAVES):
        start = number * tiles.WIDTH
        nodes = [tree.node(level * tiles.HEIGHT, index) for index in range(start, start + width)]
        ours[tiles.tile_path(level, number, width)] = b"".join(nodes).hex()
    # Go lists the partial tiles of all smaller sizes too.
    assert ours.items() <= told["Tiles"].items()


def test_what_go_signs_is_what_is_signed_here(oracle: Path) -> None:
    """The same key and text give the same note, byte for byte, and each opens what the other signed."""
    text = checkpoint.Checkpoint(ORIGIN, 7, bytes(range(32))).text
    ours = note.sign(text, VERIFIER, LOG.sign)
    told = ask(
        oracle, Text=text, Signer=signer_key(ORIGIN, SEED), Notes=[{"Note": ours.decode(), "Keys": [str(VERIFIER)]}]
    )
    assert told["Note"].encode() == ours
    assert told["Texts"] == [text]
    assert checkpoint.open_checkpoint(told["Note"].encode(), [LOG.public]).size == 7


def test_cosignatures_are_strangers_to_go_and_do_no_harm(oracle: Path) -> None:
    """A checkpoint with cosignatures opens in Go under the log's key; the cosigners' lines are of unknown keys to it."""
    text = checkpoint.Checkpoint(ORIGIN, 7, bytes(range(32))).text
    signed = note.sign(text, VERIFIER, LOG.sign)
    for name in ("c1", "c2"):
        cosigner = note.Verifier(name, key(name).public, note.COSIGNATURE)
        signed += str(cosignature.cosign(text, cosigner, key(name).sign, 1_900_000_000)).encode()
    told = ask(oracle, Notes=[{"Note": signed.decode(), "Keys": [str(VERIFIER)]}])
    assert (told["Texts"], told["Strangers"]) == ([text], [2])


NOTE = note.sign("a made-up text\nof two lines\n", VERIFIER, LOG.sign)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(NOTE)),
            st.integers(0, 4),
            st.sampled_from(["", "\n", "—", " ", "A", "\u2028", "+", "\x00"]),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_damaged_notes_are_opened_by_both_or_neither(oracle: Path, damages: list[tuple[int, int, str]]) -> None:
    """Whatever Go's strict reader of notes opens or refuses under a key, so does ours."""
    whole = NOTE.decode()
    damaged = [whole[:at] + put + whole[at + cut :] for at, cut, put in damages]
    told = ask(oracle, Notes=[{"Note": text, "Keys": [str(VERIFIER)]} for text in damaged])
    for text, theirs in zip(damaged, told["Texts"], strict=True):
        try:
            ours = note.open_note(text.encode(), [VERIFIER])[0]
        except TasdiqError:
            ours = ""
        assert ours == theirs, text
