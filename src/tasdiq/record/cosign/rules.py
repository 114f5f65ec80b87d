"""What a cosigner answers to a request, and the form of requests.

Under tlog-witness (https://c2sp.org/tlog-witness), `add-checkpoint`. Decides from the request, the logs known and the
newest checkpoint cosigned; that the last is read and the next persisted in one step is left to `cosigner`.

1. A request is `old <size>`, at most 63 proof lines, an empty line, and the checkpoint's note. Another form is 400.
2. A log is known by its origin; an unknown one is 404.
3. One of the log's keys must have signed, and none badly; a note that cannot be read carries no such signature: 403.
4. An old size above the checkpoint's is 400.
5. An old size other than that of the newest checkpoint cosigned (0 if none) is 409, with that size as the body.
6. At the same size another root is 409 too: the log signed two histories.
7. The proof must lead from the newest cosigned to this one; from size 0 it must be empty. Otherwise 422.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tasdiq.errors import InputError
from tasdiq.record import canonical, checkpoint, merkle, note
from tasdiq.record.checkpoint import Checkpoint
from tasdiq.record.note import Note, Verifier

LARGEST_REQUEST = 64 * 1024
MOST_PROOF_LINES = 63
SIZE_TYPE = "text/x.tlog.size"
TEXT_TYPE = "text/plain; charset=utf-8"
DONE, MALFORMED, UNSIGNED, UNKNOWN, STALE, UNPROVED, FAILED = 200, 400, 403, 404, 409, 422, 500

Logs = Mapping[str, Sequence[Verifier]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back: an HTTP status, its body (what an answer file holds) and type; `about` names a known log's tree."""

    status: int
    body: bytes
    kind: str = TEXT_TYPE
    about: str = ""

    @classmethod
    def refuse(cls, status: int, why: str) -> Answer:
        """Make a refusal of one line."""
        return cls(status, f"{why}\n".encode())

    @classmethod
    def stale(cls, size: int) -> Answer:
        """Make the answer that names the size of the newest checkpoint cosigned."""
        return cls(STALE, f"{size}\n".encode(), SIZE_TYPE)


@dataclass(frozen=True, slots=True)
class Request:
    """A request whose form is right; no signature has been checked yet."""

    old: int
    proof: tuple[bytes, ...]
    note: bytes
    found: Checkpoint
    parsed: Note


def write_request(old: int, proof: Sequence[bytes], signed: bytes) -> bytes:
    """Write the body of `add-checkpoint`."""
    lines = [f"old {old}", *(canonical.b64(item) for item in proof)]
    return "".join(f"{line}\n" for line in lines).encode() + b"\n" + signed


def read_request(data: bytes) -> Request | Answer:
    """Read a request, or say why it cannot be answered (rules 1 and 3)."""
    if len(data) > LARGEST_REQUEST:
        return Answer.refuse(MALFORMED, f"expected at most {LARGEST_REQUEST} bytes")
    head, blank, signed = data.partition(b"\n\n")
    try:
        if not blank:
            raise InputError("expected an empty line before the checkpoint")
        old, proof = _head(head.decode("ascii").split("\n"))
    except (InputError, UnicodeDecodeError) as error:
        return Answer.refuse(MALFORMED, f"malformed request: {error}")
    try:
        found, parsed = checkpoint.parse(signed)
    except InputError as error:
        return Answer.refuse(UNSIGNED, f"invalid signature: the checkpoint cannot be read: {error}")
    return Request(old, proof, signed, found, parsed)


def _head(lines: list[str]) -> tuple[int, tuple[bytes, ...]]:
    word, _, size = lines[0].partition(" ")
    if word != "old":
        raise InputError("expected 'old' and a size in the first line")
    if len(lines) - 1 > MOST_PROOF_LINES:
        raise InputError(f"expected at most {MOST_PROOF_LINES} proof lines, found {len(lines) - 1}")
    proof = tuple(canonical.unb64(line, "a proof line") for line in lines[1:])
    if any(len(item) != merkle.HASH_BYTES for item in proof):
        raise InputError("expected proof lines of 32 bytes")
    return canonical.decimal(size, "the old size"), proof


def check_log(request: Request, logs: Logs) -> Answer | None:
    """Return the refusal of a checkpoint that no known log signed, None if one did (rules 2 to 4)."""
    known = logs.get(request.found.origin)
    if not known:
        return Answer.refuse(UNKNOWN, "unknown log")
    try:
        checkpoint.require_signed(request.found, request.parsed, known)
    except InputError as error:
        return Answer.refuse(UNSIGNED, f"invalid signature: {error}")
    if request.old > request.found.size:
        return Answer.refuse(MALFORMED, "the old size is above the checkpoint's")
    return None


def check_growth(request: Request, last: Checkpoint | None) -> Answer | None:
    """Return the refusal of a checkpoint that does not extend the newest one cosigned, None if it does (rules 5 to 7)."""
    found, size = request.found, last.size if last else 0
    if request.old != size:
        return Answer.stale(size)
    if last and found.size == size and found.root != last.root:
        return Answer.stale(size)
    try:
        _require_growth(request, last)
    except InputError as error:
        return Answer.refuse(UNPROVED, f"the consistency proof does not hold: {error}")
    return None


def _require_growth(request: Request, last: Checkpoint | None) -> None:
    if last is None or last.size == 0:
        if request.proof:
            raise InputError("expected no proof lines from size 0")
        return
    merkle.verify_consistency(last.size, request.found.size, last.root, request.found.root, request.proof)


def known_logs(lines: Sequence[str]) -> dict[str, list[Verifier]]:
    """Read the logs a cosigner knows: a verifier key a line, then the origin where the key's name is another.

    Empty lines and lines that begin with # say nothing. InputError names what is wrong with a line.
    """
    logs: dict[str, list[Verifier]] = {}
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        key, _, origin = line.strip().partition(" ")
        verifier = note.parse_verifier(key)
        if verifier.algorithm != note.ED25519:
            raise InputError(f"expected a log's key (type 1) of {verifier.name}, found type {verifier.algorithm}")
        known = logs.setdefault(checkpoint.note_origin(origin or verifier.name), [])
        if verifier not in known:
            known.append(verifier)
    if not logs:
        raise InputError("a cosigner cosigns only logs it knows: give the verifier key of at least one")
    return logs
