"""Cosigners as processes of their own: quorum, crashes, TLS, files carried by hand, and a split view found out."""

from __future__ import annotations

import datetime
import ipaddress
import json
import random
import shutil
import subprocess
import threading
import time
from functools import partial
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from doors.cosigning import LOG_KEY, MODULE, Running, command, grow, running, start, write_record, write_site
from doors.folders import TASDIQ, tasdiq
from record.records import key
from tasdiq.record import checkpoint, merkle, note
from tasdiq.record.audit.copy import read_copy
from tasdiq.record.cosign import client
from tasdiq.record.cosign.cosigner import verifier_of

KILLS = 20


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A joint record with the cosigners c1 and c2 and a quorum of 2."""
    return write_record(tmp_path, ("c1", "c2"), 2)


def test_two_cosigners_and_a_quorum_of_two(tmp_path: Path, record: Path) -> None:
    """Collected to the quorum it is evidentiary, in record and site; with one cosigner away, collect exits 1 and says so."""
    with running(tmp_path, "c1") as one, running(tmp_path, "c2", program=(TASDIQ,)) as two:
        done = tasdiq(tmp_path, "cosign", "collect", record, "--at", f"c1={one.url}", "--at", f"c2={two.url}")
        assert done.returncode == 0, done.stderr
        assert "cosigned 2 of 2 (quorum 2): the quorum is met" in done.stdout
        site = write_site(record, tmp_path / "site")
        for place in (record, site):
            verdict = json.loads(command(tmp_path, "audit", place, "--trust", tmp_path / "keys.txt", "--json").stdout)
            cosigned = verdict["cosigned"]
            assert verdict["ok"] and (cosigned["k"], cosigned["n"], cosigned["quorum"]) == (2, 2, 2)
            assert cosigned["by"] == ["c1", "c2"] and len(cosigned["at"]) == 2
            moments = [datetime.datetime.fromisoformat(at).timestamp() for at in cosigned["at"]]
            assert all(abs(at - time.time()) < 600 for at in moments)
        assert "evidentiary from quorum on: the quorum is met" in command(tmp_path, "audit", site).stdout
        again = command(tmp_path, "cosign", "collect", record)
        assert (again.returncode, again.stdout.count("collected earlier")) == (0, 2)
        grow(record, 3)
        two.kill()
        missed = command(tmp_path, "cosign", "collect", record)
        assert missed.returncode == 1
        assert "c1: cosigned" in missed.stdout and "c2: unreachable" in missed.stderr
        assert "1 missing" in missed.stdout
        assert "evidentiary from quorum on: 1 missing" in command(tmp_path, "audit", record).stdout
    with running(tmp_path, "c2") as two:
        caught_up = command(tmp_path, "cosign", "collect", record, "--at", f"c2={two.url}")
        assert (caught_up.returncode, "c2: cosigned" in caught_up.stdout) == (0, True), caught_up.stderr


def test_sigterm_ends_it_gracefully_and_nothing_personal_is_logged(tmp_path: Path, record: Path) -> None:
    """Exit 0, "stopped", a line a request; no address in the log."""
    cosigner = start(tmp_path, "c1")
    assert client.asking(cosigner.url)(b"nonsense").status == 400
    command(tmp_path, "cosign", "collect", record, "--at", f"c1={cosigner.url}")
    code, logged = cosigner.stop()
    assert code == 0 and logged.rstrip().endswith("stopped")
    assert " 400\n" in logged and " 200 records.example/kestria-vorland 2\n" in logged
    assert "127.0.0.1" not in logged


def ask(cosigner: Running, name: str, directory: Path) -> client.Outcome:
    """Ask a cosigner for the newest checkpoint of a record, with proofs from that record."""
    here = read_copy(directory)
    node = here.node()
    assert node
    prove = partial(merkle.consistency_proof, node=node)
    return client.obtain(here.note, verifier_of(name, key(name)), client.asking(cosigner.url), prove)


def test_after_kill_9_no_older_and_no_other_tree_is_cosigned(tmp_path: Path, record: Path) -> None:
    """A cosigner killed after its answer remembers: an older copy and a fork of the log get nothing from it."""
    older = Path(shutil.copytree(record, tmp_path / "older"))
    fork = Path(shutil.copytree(record, tmp_path / "fork"))
    grow(record, 3)
    grow(fork, 5, word=1000)
    cosigner = start(tmp_path, "c1")
    assert ask(cosigner, "c1", record).result == "cosigned"
    cosigner.kill()
    with running(tmp_path, "c1") as cosigner:
        assert ask(cosigner, "c1", older).result == "ahead"
        assert ask(cosigner, "c1", fork).result == "other-history"
        assert ask(cosigner, "c1", record).result == "cosigned"
    told = command(tmp_path, "cosign", "contradictions", tmp_path / "c1.memory", "-o", tmp_path / "proof")
    assert (told.returncode, "not proved" in told.stdout) == (1, True)
    kept = tmp_path / "proof" / "unproved-1.note"
    against = command(tmp_path, "audit", fork, "--against", kept)
    assert against.returncode == 0  # the fork's own note; it is the true record that shows what it is
    shown = command(tmp_path, "audit", fork, "--against", record, "--json")
    assert "split-view" in {problem["code"] for problem in json.loads(shown.stdout)["problems"]}


def test_killed_at_random_it_never_cosigns_a_fork(tmp_path: Path, record: Path) -> None:
    """Killed twenty times while two histories compete for its signature, it has cosigned one history alone."""
    chance = random.Random(3)
    fork = Path(shutil.copytree(record, tmp_path / "fork"))
    got: list[bytes] = []
    for turn in range(KILLS):
        cosigner = start(tmp_path, "c1")
        killer = threading.Timer(chance.uniform(0.0, 0.03), cosigner.process.kill)
        killer.start()
        for directory, word in sorted(((record, 0), (fork, 1000)), key=lambda _: chance.random()):
            with_growth = grow(directory, 1, word=word + turn) if turn % 4 == 0 else read_copy(directory).note
            outcome = ask(cosigner, "c1", directory)
            if outcome.line:
                got.append(note.parse(with_growth).text.encode())
        killer.join()
        cosigner.kill()
    with running(tmp_path, "c1") as cosigner:
        results = {ask(cosigner, "c1", directory).result for directory in (record, fork)}
    assert results == {"cosigned", "other-history"}
    assert got
    histories = {directory: read_copy(directory) for directory in (record, fork)}
    seen = [checkpoint.parse_text(text.decode()) for text in got]
    sizes = {found.size for found in seen}
    belongs = [
        {found.root == copy.roots(sizes)[found.size] for found in seen if found.size > 2} <= {True}
        for copy in histories.values()
    ]
    assert any(belongs)


def test_a_memory_from_a_backup_does_not_start(tmp_path: Path, record: Path) -> None:
    """What was cosigned last is noted apart: an older copy of the memory is refused, and says what to do."""
    with running(tmp_path, "c1", program=(TASDIQ,)) as cosigner:
        assert ask(cosigner, "c1", record).result == "cosigned"
    shutil.copytree(tmp_path / "c1.memory", tmp_path / "backup")
    grow(record, 2)
    with running(tmp_path, "c1", program=(TASDIQ,)) as cosigner:
        assert ask(cosigner, "c1", record).result == "cosigned"
    shutil.rmtree(tmp_path / "c1.memory")
    shutil.copytree(tmp_path / "backup", tmp_path / "c1.memory")
    with pytest.raises(AssertionError, match=r"was set back.*retire its key"):
        start(tmp_path, "c1", program=(TASDIQ,))


def test_beyond_loopback_only_with_tls(tmp_path: Path, record: Path) -> None:
    """Without TLS files it does not start there; with them it is asked over https, and only by who trusts the certificate."""
    refused = command(
        tmp_path, "cosign", "serve", tmp_path / "m", "--new", "--key", tmp_path / "c1.key", "--name", "c1",
        "--log", LOG_KEY, "--listen", "0.0.0.0",
    )  # fmt: skip
    assert (refused.returncode, "only with TLS" in refused.stderr) == (2, True)
    assert not (tmp_path / "m").exists()
    certificate, private = write_certificate(tmp_path)
    tls = ("--listen", "0.0.0.0", "--tls-cert", certificate, "--tls-key", private)
    with running(tmp_path, "c1", *tls) as cosigner:
        url = cosigner.url.replace("0.0.0.0", "127.0.0.1")
        assert url.startswith("https://")
        stranger = command(tmp_path, "cosign", "collect", record, "--at", f"c1={url}")
        assert (stranger.returncode, "c1: unreachable" in stranger.stderr) == (1, True)
        trusting = command(tmp_path, "cosign", "collect", record, "--ca", certificate)
        assert "c1: cosigned" in trusting.stdout


def write_certificate(base: Path) -> tuple[Path, Path]:
    """Write a certificate for 127.0.0.1 that signs itself, and its key."""
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "made up")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(private.public_key()), False)
        .add_extension(x509.KeyUsage(True, False, False, False, False, True, False, False, False), True)
        .sign(private, hashes.SHA256())
    )
    certificate, key_file = base / "tls.pem", base / "tls.key"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return certificate, key_file


def test_by_file_for_a_machine_without_a_network(tmp_path: Path, record: Path) -> None:
    """Request, answer, accept; an answer that names a size is followed by a request from there."""
    asked, answered = tmp_path / "request", tmp_path / "answer"
    cosigner = (tmp_path / "c1.memory", "--key", tmp_path / "c1.key", "--name", "c1", "--log", LOG_KEY)
    told = command(tmp_path, "cosign", "request", record, "--for", "c1", "-o", asked)
    assert (told.returncode, LOG_KEY in told.stderr) == (0, True)
    assert command(tmp_path, "cosign", "answer", *cosigner, "--new", asked, "-o", answered).returncode == 0
    accepted = command(tmp_path, "cosign", "accept", record, answered)
    assert (accepted.returncode, "cosigned 1 of 2" in accepted.stdout) == (1, True)
    grow(record, 4)
    old = command(tmp_path, "cosign", "accept", record, answered)
    assert old.returncode == 2  # the answer is for an earlier checkpoint
    command(tmp_path, "cosign", "request", record, "--from", "0", "-o", asked)
    stale = command(tmp_path, "cosign", "answer", *cosigner, asked, "-o", answered)
    assert (stale.returncode, answered.read_bytes()) == (1, b"2\n")
    assert "--from 2" in command(tmp_path, "cosign", "accept", record, answered).stderr
    command(tmp_path, "cosign", "request", record, "--for", "c1", "-o", asked)
    words = [*MODULE, "cosign", "answer", *cosigner, asked, "-o", answered]
    subprocess.run([str(word) for word in words], check=True, capture_output=True)
    assert "c1: cosigned" in command(tmp_path, "cosign", "accept", record, answered).stdout
    verdict = json.loads(command(tmp_path, "audit", record, "--json").stdout)
    assert verdict["ok"] and verdict["cosigned"]["by"] == ["c1"]


def test_a_split_view_is_found_out_from_end_to_end(tmp_path: Path, record: Path) -> None:
    """A host shows each cosigner another history: neither reaches the quorum, and one file proves it to anyone."""
    fork = Path(shutil.copytree(record, tmp_path / "fork"))
    grow(record, 4)
    grow(fork, 4, word=1000)
    with running(tmp_path, "c1") as one, running(tmp_path, "c2") as two:
        assert ask(one, "c1", record).result == "cosigned"
        assert ask(two, "c2", fork).result == "cosigned"
        addresses = ("--at", f"c1={one.url}", "--at", f"c2={two.url}")
        for directory in (record, fork):
            done = command(tmp_path / directory.name, "cosign", "collect", directory, *addresses)
            assert (done.returncode, done.stderr.count("other-history")) == (1, 1), done.stderr
    for name in ("c1", "c2"):
        told = command(tmp_path, "cosign", "contradictions", tmp_path / f"{name}.memory", "-o", tmp_path / name)
        assert (told.returncode, "signed two histories" in told.stdout) == (1, True)
        proof = tmp_path / name / "split-view-1.json"
        checked = command(tmp_path, "audit", proof, "--trust", tmp_path / "keys.txt")
        assert (checked.returncode, checked.stdout.startswith("PROVES a split view of")) == (1, True)
    site = write_site(fork, tmp_path / "site")
    kept = write_site(record, tmp_path / "kept") / "record" / "checkpoint"
    reader = json.loads(command(tmp_path, "audit", site, "--against", kept, "--json").stdout)
    assert [problem["code"] for problem in reader["problems"]] == ["split-view"]
    host = command(tmp_path, "cosign", "contradictions", record, "--against", site, "-o", tmp_path / "proved")
    assert (host.returncode, (tmp_path / "proved" / "split-view-1.json").is_file()) == (1, True)
    again = command(tmp_path, "cosign", "contradictions", record)
    assert (again.returncode, "signed two histories" in again.stdout) == (1, True)


def test_what_collect_cannot_use(tmp_path: Path, record: Path) -> None:
    """A name the record does not know, an address that is none, a record without cosigners, a set-back record."""
    for arguments, words in (
        (("--at", "c9=http://127.0.0.1:1"), "names no cosigner c9"),
        (("--at", "c1"), "expected NAME=URL"),
        (("--at", "c1=ftp://x"), "expected a cosigner's address"),
    ):
        done = command(tmp_path, "cosign", "collect", record, *arguments)
        assert (done.returncode, words in done.stderr) == (2, True), done.stderr
    (tmp_path / "other").mkdir()
    lonely = write_record(tmp_path / "other", (), 0)
    assert "names no cosigners" in command(tmp_path / "other", "cosign", "collect", lonely).stderr
    older = Path(shutil.copytree(record, tmp_path / "older"))
    grow(record, 2)
    with running(tmp_path, "c1") as one:
        command(tmp_path, "cosign", "collect", record, "--at", f"c1={one.url}")
        done = command(tmp_path / "elsewhere", "cosign", "collect", older, "--at", f"c1={one.url}")
        assert (done.returncode, "c1: ahead" in done.stderr) == (1, True), done.stderr
