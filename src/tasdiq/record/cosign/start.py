"""How a cosigner is started from a command line: its key, the logs it knows, and its memory.

A log is given as its verifier key, or in a small file of such lines (`rules.known_logs`).

1. Only a new cosigner makes a memory, and only when it is told that it is new.
2. It does not start on a memory that was set back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tasdiq.errors import InputError, MissingError
from tasdiq.record.cosign import rules
from tasdiq.record.cosign.cosigner import Cosigner, verifier_of
from tasdiq.record.cosign.memory import Memory
from tasdiq.record.cosign.rules import DONE, STALE
from tasdiq.record.durable import write_durably
from tasdiq.record.signing import SigningKey

_ENCRYPTED = b"-----BEGIN ENCRYPTED PRIVATE KEY-----"


@dataclass(frozen=True)
class Given:
    """What a command line gave; `ask` asks for a passphrase, told what of; `apart` is where the newest is noted apart."""

    memory: Path
    key: Path
    name: str
    logs: Sequence[str]
    logs_file: Path | None
    new: bool
    ask: Callable[[str], str]
    apart: Path | None


def open_cosigner(given: Given) -> Cosigner:
    """Open the cosigner that a command line describes."""
    lines = list(given.logs)
    if given.logs_file:
        lines += _lines(given.logs_file)
    logs = rules.known_logs(lines)
    key = _load(given.key, given.ask)
    verifier = verifier_of(given.name, key)
    memory = Memory.create(given.memory, verifier) if given.new else Memory.open(given.memory, verifier)
    try:
        cosigner = Cosigner(given.name, key, logs, memory, apart=given.apart)
        cosigner.require_sound()
        return cosigner
    except BaseException:
        memory.close()
        raise


def answer_file(cosigner: Cosigner, request: Path, out: Path) -> tuple[bool, str]:
    """Answer a request file into `out`; return whether it was cosigned, and what to tell.

    InputError, and no answer file, if it is refused for good.
    """
    try:
        with request.open("rb") as file:
            data = file.read(rules.LARGEST_REQUEST + 1)
    except FileNotFoundError as error:
        raise MissingError(f"{request}: no request here") from error
    except OSError as error:
        raise InputError(f"expected a request: {error.strerror}", file=request) from error
    answer = cosigner.answer(data)
    said = answer.body.decode("utf-8", "replace").strip()
    if answer.status not in (DONE, STALE):
        raise InputError(f"nothing was cosigned ({answer.status}): {said}", file=request)
    write_durably(out, answer.body)
    if answer.status == STALE:
        stands = f"this cosigner stands at {said} entries; {out} says so, and the log asks from there"
        return False, f"nothing was cosigned: {stands}"
    return True, f"cosigned {answer.about}: {out}"


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError as error:
        raise MissingError(f"{path}: no file of logs here") from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"expected a verifier key a line: {error}", file=path) from error


def _load(path: Path, ask: Callable[[str], str]) -> SigningKey:
    try:
        encrypted = path.read_bytes().startswith(_ENCRYPTED)
    except OSError:
        encrypted = False  # what is wrong with the file is for SigningKey.load to say
    return SigningKey.load(path, ask(f"Passphrase of {path.name}") if encrypted else None)
