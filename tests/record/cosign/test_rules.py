"""What a cosigner answers: each rule, and the public sequence of requests."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from record.cosign.trees import FORK, LOG_KEY, TREE
from record.records import LOG, ORIGIN, key
from record.vectors import load_beside
from tasdiq.errors import InputError
from tasdiq.record import canonical, checkpoint, merkle, note
from tasdiq.record.checkpoint import Checkpoint
from tasdiq.record.cosign import rules
from tasdiq.record.cosign.cosigner import Cosigner, verifier_of
from tasdiq.record.cosign.memory import Memory
from tasdiq.record.cosign.rules import Answer, Request

SIGSUM_LOG = "ffdc2d4d98e4124d3feaf788c0c2f9abfd796083d1f0495437f302ec79cf100f"
OTHER_STATUS = {2: (404, "the specification of today says 404 for an unknown origin, the vector 403")}


def read(data: bytes) -> Request:
    """Read a request that must be well-formed."""
    request = rules.read_request(data)
    assert isinstance(request, Request), request
    return request


def test_the_published_sequence_of_requests(tmp_path: Path) -> None:
    """Nine published requests to one cosigner get the published answers; one is waived by name."""
    sequence = load_beside("witness/litewitness-sequence.json")
    origin = checkpoint.parse(sequence[0]["body"].split("\n\n", 1)[1].encode())[0].origin
    logs = {origin: [note.Verifier(origin, bytes.fromhex(SIGSUM_LOG))]}
    verifier = verifier_of("example.com/witness", key("witness"))
    with Cosigner("example.com/witness", key("witness"), logs, Memory.create(tmp_path, verifier)) as cosigner:
        for number, step in enumerate(sequence):
            answer = cosigner.answer(step["body"].encode())
            expected, _ = OTHER_STATUS.get(number, (step["status"], ""))
            assert answer.status == expected, (number, answer)
            for words in step["asserts"]:
                asked, _, quoted = words.partition(' "')
                text = quoted[:-1].replace("\\n", "\n")
                said = answer.body.decode()
                assert said == text if asked == "body ==" else text in said, (number, said)


def test_the_published_large_log(tmp_path: Path) -> None:
    """A log whose key bears another name than its origin, with spaces in it, is known by a line of a file."""
    text = load_text("witness/sumdb.txt")
    body = text.rpartition("```\n")[0].rpartition("```\n")[2].encode()
    line = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8 go.sum database tree"
    logs = rules.known_logs([line, "# a remark", ""])
    assert list(logs) == ["go.sum database tree"]
    memory = Memory.create(tmp_path, verifier_of("example.com/witness", key("witness")))
    with Cosigner("example.com/witness", key("witness"), logs, memory) as cosigner:
        assert cosigner.answer(body).status == 200


def load_text(name: str) -> str:
    """Return a public vector that is text, or skip."""
    path = Path(__file__).parents[4] / "shared" / "vectors" / name
    if not path.is_file():
        pytest.skip(f"../shared/vectors/{name} is not here; its licence does not let it into the repository")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.replace(b"old 2", b"old 02"),
        lambda data: data.replace(b"old 2", b"old  2"),
        lambda data: data.replace(b"old 2", b"new 2"),
        lambda data: data.replace(b"old 2", b"old 2\r"),
        lambda data: data.replace(b"old 2\n", b"old 2\nAAAA\n"),
        lambda data: data.replace(b"old 2\n", b"old 2\n" + b"QR==\n"),
        lambda data: data.replace(b"old 2\n", b"old 2\n" + (canonical.b64(bytes(32)) + "\n").encode() * 64),
        lambda data: data.partition(b"\n\n")[0],
        lambda data: data + b" " * rules.LARGEST_REQUEST,
        lambda data: b"",
    ],
)
def test_a_request_of_another_form_is_400(spoil) -> None:  # type: ignore[no-untyped-def]
    """Rule 1: another spelling, a short hash, too many lines or too many bytes."""
    answer = rules.read_request(spoil(TREE.request(2, 5)))
    assert isinstance(answer, Answer) and answer.status == 400


def test_unknown_logs_and_missing_signatures() -> None:
    """Rules 2 to 4: 404, 403 for nobody's or a spoilt signature, 400 for an old size above the new."""
    logs = {ORIGIN: [LOG_KEY]}
    assert rules.check_log(read(TREE.request(0, 4)), logs) is None
    unknown = rules.check_log(read(TREE.request(0, 4)), {"another.example": [LOG_KEY]})
    stranger = rules.write_request(0, [], TREE.note(4, note.Verifier(ORIGIN, key("x").public), key("x").sign))
    spoilt = rules.write_request(0, [], TREE.note(4, LOG_KEY, lambda message: LOG.sign(message + b"x")))
    above = rules.write_request(5, [], TREE.note(4))
    found = [rules.check_log(read(data), logs) for data in (stranger, spoilt, above)]
    assert [item.status if item else 200 for item in (unknown, *found)] == [404, 403, 403, 400]
    unreadable = rules.read_request(b"old 0\n\nnothing\n")
    assert isinstance(unreadable, Answer) and unreadable.status == 403


def last(size: int, tree=TREE) -> Checkpoint:  # type: ignore[no-untyped-def]
    """Return a checkpoint as it was cosigned."""
    return Checkpoint(ORIGIN, size, tree.root(size))


def test_growth_is_proved_from_the_newest_cosigned() -> None:
    """Rules 5 to 7: 409 with the size, 409 for another root of the same size, 422 for a proof that does not hold."""
    assert rules.check_growth(read(TREE.request(0, 4)), None) is None
    assert rules.check_growth(read(TREE.request(4, 4)), last(4)) is None
    assert rules.check_growth(read(TREE.request(4, 9)), last(4)) is None
    stale = rules.check_growth(read(TREE.request(2, 9)), last(4))
    assert stale == Answer(409, b"4\n", "text/x.tlog.size")
    same = rules.check_growth(read(FORK.request(4, 4)), last(4))
    assert same == Answer(409, b"4\n", "text/x.tlog.size")
    for tree, old, seen in ((FORK, 4, last(4)), (TREE, 4, last(4, FORK))):
        refused = rules.check_growth(read(tree.request(old, 9)), seen)
        assert refused and refused.status == 422
    unasked = rules.write_request(0, [bytes(32)], TREE.note(4))
    refused = rules.check_growth(read(unasked), None)
    assert refused and refused.status == 422


def test_the_empty_log_is_cosigned_and_grows() -> None:
    """Size 0 is handled above the proofs: from it no proof lines are sent."""
    empty = Checkpoint(ORIGIN, 0, merkle.EMPTY_ROOT)
    signed = note.sign(empty.text, LOG_KEY, LOG.sign)
    assert rules.check_growth(read(rules.write_request(0, [], signed)), None) is None
    assert rules.check_growth(read(rules.write_request(0, [], signed)), empty) is None
    assert rules.check_growth(read(TREE.request(0, 7)), empty) is None


@given(st.integers(1, 40), st.integers(0, 40), st.booleans())
def test_only_true_growth_passes(old: int, more: int, forked: bool) -> None:
    """Whatever the sizes, a tree that shares the cosigned prefix passes and a fork inside it does not."""
    tree = FORK if forked else TREE
    refused = rules.check_growth(read(tree.request(old, old + more)), last(old))
    assert (refused is None) == (not forked or old <= 3)


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_bytes_raise(data: bytes) -> None:
    """Any bytes are answered with a refusal, none raises."""
    assert isinstance(rules.read_request(b"old 0\n\n" + data), Answer)
    assert isinstance(rules.read_request(data), Answer)


@pytest.mark.parametrize("lines", [[], ["# nothing"], ["nonsense"], [str(note.Verifier("c", LOG.public, 4))]])
def test_known_logs_are_logs(lines: list[str]) -> None:
    """No line, no key, or a cosigner's key: refused."""
    with pytest.raises(InputError):
        rules.known_logs(lines)
