"""Cosigning by files carried by hand, for a cosigner whose machine has no network.

A request file is byte for byte the body of `add-checkpoint`, an answer file the body of its answer: any cosigner that
speaks tlog-witness (https://c2sp.org/tlog-witness) can be asked so. Where cosigners answer over HTTP is remembered in
`cosigners.txt` in the record's directory, `<name> <url>` a line.

1. An answer is lines that hold under keys the record names as cosigners', or a size: then the request must start there.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tasdiq.errors import InputError, RecordError
from tasdiq.record import canonical, shape
from tasdiq.record.cosign.client import LARGEST_ANSWER, line_of
from tasdiq.record.durable import write_durably
from tasdiq.record.note import SignatureLine, Verifier, parse

REMEMBERED = "cosigners.txt"


def read_answer(signed: bytes, cosigners: Sequence[Verifier], answer: bytes) -> list[SignatureLine]:
    """Return the cosignatures in an answer file; RecordError if it names a size to start from, InputError if nothing holds."""
    if len(answer) > LARGEST_ANSWER:
        raise InputError(f"expected an answer of at most {LARGEST_ANSWER} bytes, found {len(answer)}")
    if answer.rstrip(b"\n").isdigit():
        size = canonical.decimal(answer.decode().removesuffix("\n"), "the size in the answer")
        raise RecordError(
            f"the cosigner stands at {size} entries: carry it a request that starts there (--from {size})"
        )
    written = {(line.name, line.key_hash) for line in parse(parse(signed).text.encode() + b"\n" + answer).lines}
    known = [verifier for verifier in cosigners if (verifier.name, verifier.key_hash) in written]
    if not known:
        raise InputError("no cosigner whom this record names wrote a line of this answer")
    return [line_of(signed, verifier, answer) for verifier in known]


def read_addresses(directory: Path) -> dict[str, str]:
    """Return the remembered addresses of cosigners by name; none if there is no file."""
    path = directory / REMEMBERED
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"expected '<name> <url>' a line: {error}", file=path) from error
    addresses: dict[str, str] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, url = line.strip().partition(" ")
        try:
            addresses[shape.name(name, "a cosigner")] = url
        except InputError as error:
            raise InputError(error.message, file=path, line=number) from error
    return addresses


def remember_addresses(directory: Path, addresses: dict[str, str]) -> None:
    """Write the addresses of cosigners, all of them."""
    lines = [f"{name} {url}\n" for name, url in sorted(addresses.items())]
    write_durably(directory / REMEMBERED, "".join(lines).encode())
