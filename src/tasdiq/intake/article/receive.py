"""Receive one file: check its size, open it by its kind, join what it holds into one text, cut that into documents.

1. At most `LARGEST` bytes; `opening` says which kinds are read, `parts` how much is taken of one file.
2. Plain text: offsets count the code points of the decoded file. Everything else: those of the extracted text, named by its
   SHA-256.
3. A file that cannot be read is a value, `Received` with `rejected`; so is what cannot be read inside a file (`field` says
   where), and a line without end, while the rest goes on. Nothing escapes but `TasdiqError`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from tasdiq.model.document import Received, Rejected

from .documents import File, cut_documents
from .marks import is_endless
from .opening import open_file
from .parts import Refusal, gather

LARGEST = 20_000_000
"""Bytes; a press article is a thousandth of this."""
LINE_END = re.compile(r"\r\n|\r|\n")


def receive_file(name: str, data: bytes, *, largest: int = LARGEST) -> Received:
    """Return the documents of one file with the text their offsets point into, or why it was rejected."""
    digest = hashlib.sha256(data).hexdigest()
    if len(data) > largest:
        reason = f"{len(data):,} bytes; expected at most {largest:,}: split the file, or leave it out"
        return Received(file=name, sha256=digest, rejected=(_rejected(name, Refusal(reason)),))
    held = gather(open_file(name, data))
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
