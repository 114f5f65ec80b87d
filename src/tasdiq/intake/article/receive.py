"""Receive one file: check its size, open it by its kind, join what it holds into one text, cut that into documents.

1. At most `LARGEST` bytes, of an export of posts `LARGEST_EXPORT`; an archive may be as large as `LARGEST_ARCHIVE` and is read
   where it lies, piece by piece. `opening` says which kinds are read, `parts` how much is taken of one file.
2. Plain text: offsets count the code points of the decoded file. Everything else: those of the extracted text, named by its
   SHA-256.
3. A file that cannot be read is a value, `Received` with `rejected`; so is what cannot be read inside a file (`field` says
   where), and a line without end, while the rest goes on. Nothing escapes but `TasdiqError`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from tasdiq.errors import InputError
from tasdiq.model.document import Received, Rejected

from .documents import File, cut_documents
from .marks import is_endless
from .opening import open_file, open_stream
from .parts import MANY_IN_ONE, ONE_FILE, Gathered, Refusal, gather

LARGEST = 20_000_000
"""Bytes; a press article is a thousandth of this."""
LARGEST_EXPORT = 40_000_000
LARGEST_ARCHIVE = 256 * 2**20
"""What a record keeps as one attachment."""
ARCHIVES = (".warc", ".warc.gz", ".wacz", ".zip")
EXPORTS = (".js", ".json", ".jsonl", ".ndjson", ".csv")
LINE_END = re.compile(r"\r\n|\r|\n")


def largest_of(name: str) -> int:
    """Return how many bytes a document file of this name may have."""
    if name.lower().endswith(ARCHIVES):
        return LARGEST_ARCHIVE
    return LARGEST_EXPORT if name.lower().endswith(EXPORTS) else LARGEST


def receive_file(name: str, data: bytes, *, largest: int | None = None) -> Received:
    """Return the documents of one file with the text their offsets point into, or why it was rejected."""
    digest, allowed = hashlib.sha256(data).hexdigest(), largest_of(name) if largest is None else largest
    if len(data) > allowed:
        return _too_large(name, digest, len(data), allowed)
    room = MANY_IN_ONE if name.lower().endswith(ARCHIVES + EXPORTS) else ONE_FILE
    return _received(name, digest, gather(open_file(name, data), room))


def receive_path(name: str, path: Path) -> Received:
    """Return the same of a file where it lies; of an archive only one record at a time is in memory.

    Raise `InputError` if the file cannot be read.
    """
    try:
        if not name.lower().endswith(ARCHIVES):
            return receive_file(name, path.read_bytes())
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            size = stream.tell()
            if size > LARGEST_ARCHIVE:
                return _too_large(name, digest, size, LARGEST_ARCHIVE)
            stream.seek(0)
            return _received(name, digest, gather(open_stream(name, stream), MANY_IN_ONE))
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", file=path) from error


def _too_large(name: str, digest: str, size: int, allowed: int) -> Received:
    reason = f"{size:,} bytes; expected at most {allowed:,}: split the file, or leave it out"
    return Received(file=name, sha256=digest, rejected=(_rejected(name, Refusal(reason)),))


def _received(name: str, digest: str, held: Gathered) -> Received:
    refused = tuple(_rejected(name, refusal) for refusal in held.refused)
    if not held.parts:
        return Received(file=name, sha256=digest, rejected=refused)
    file = File(name, digest, held.text)
    return Received(
        file=name,
        sha256=digest,
        text=held.text,
        text_sha256=file.text_sha256,
        documents=tuple(cut_documents(file, held.parts)),
        rejected=(*refused, *_unread(file)),
        notes=held.notes,
    )


def _rejected(name: str, refusal: Refusal) -> Rejected:
    return Rejected(file=name, reason=refusal.reason, line=refusal.line, field=refusal.place)


def _unread(file: File) -> Iterator[Rejected]:
    for number, line in enumerate(LINE_END.split(file.text), 1):
        if is_endless(line):
            reason = (
                f"a line of {len(line):,} characters is longer than any paragraph, or has a word longer than any: "
                "left unread; put line ends between paragraphs"
            )
            yield Rejected(file=file.name, line=number, reason=reason)
