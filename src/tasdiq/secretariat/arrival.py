"""What arrives: the bodies that enter files and tables, and what is new, changed or gone in a folder since it was last read.

Rules:

1. A file whose body stands in the record is not entered again: the same bytes, read the same way.
2. A file of a folder that changed, or that is read otherwise than before, is corrected first and then entered anew.
3. A table that is imported again under its name takes the place of the earlier; what it changes is told by key. One that could
   not be read at all takes nobody's place.
4. A file that the record holds and the folder does not any more is corrected: it stays in the record and leaves the state.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

import msgspec

from tasdiq.intake.table import Changes, Table, compare
from tasdiq.model import entries
from tasdiq.model.charter import Charter
from tasdiq.model.document import Document, Received
from tasdiq.model.incident import IncidentReport
from tasdiq.model.state import State
from tasdiq.model.value import Value
from tasdiq.record import canonical
from tasdiq.record.rows import MOST_ROWS
from tasdiq.secretariat.grouping import Proposed
from tasdiq.standing import FILE, Subject

Arrival = entries.DocumentReceived | entries.TableReceived


def document_body(received: Received) -> entries.DocumentReceived:
    """Return the body that enters a received file."""
    return entries.DocumentReceived(
        file=received.file,
        sha256=received.sha256,
        text_sha256=received.text_sha256,
        documents=received.documents,
        rejected=received.rejected,
        notes=received.notes,
    )


def table_body(table: Table) -> entries.TableReceived:
    """Return the body that enters a table."""
    return entries.TableReceived(
        file=table.file,
        sha256=table.sha256,
        mapping=table.mapping,
        licence=table.licence,
        credit=table.credit,
        accepted=len(table.reports),
        rejected=tuple(table.rejected),
    )


def body_bytes(body: Value) -> bytes:
    """Return a body as it is signed: canonical JSON."""
    return canonical.dumps(msgspec.to_builtins(body))


def row_bytes(row: Value) -> bytes:
    """Return a row as it is committed to: canonical JSON, as `canonical.dumps` writes it, which a test holds to the byte."""
    data = msgspec.json.encode(row, order="sorted")
    # Bytes below a space are escaped in several ways, and the two writers differ in some; so would they past U+FFFF in keys.
    return data if b"\\" not in data else canonical.dumps(msgspec.to_builtins(row))


def access_of(proposed: Proposed, charter: Charter) -> str:
    """Reports and tellings carry exact places: where the charter coarsens, they stay with the members (DESIGN 2.8)."""
    exact = proposed.rows_of in ("report", "told") and charter.publication.coarsen != "none"
    return proposed.access or ("joint" if exact else "public")


def parts_of(proposed: Proposed, lines: Sequence[bytes]) -> Iterator[tuple[entries.Proposal, Sequence[bytes]]]:
    """Yield the bodies of a proposal with the rows of each: one, or as many as its rows take."""
    parts = [lines[start : start + MOST_ROWS] for start in range(0, len(lines), MOST_ROWS)] or [[]]
    for number, part in enumerate(parts):
        yield (
            entries.Proposal(
                rows_of=proposed.rows_of,
                method=proposed.method,
                subject=proposed.subject,
                part=number,
                parts=len(parts),
            ),
            part,
        )


def stands(state: State, body: Arrival) -> bool:
    """Tell whether exactly this arrival stands in the record (rule 1)."""
    return hashlib.sha256(body_bytes(body)).hexdigest() in state.files.get(body.file, ())


def new_files(
    state: State, files: Iterable[tuple[Received, bytes | Path]]
) -> Iterator[tuple[entries.DocumentReceived, tuple[bytes | Path, ...]]]:
    """Yield the bodies of files that do not stand yet, with the attachments that go before each (rule 1)."""
    entered = set[bytes]()
    for received, data in files:
        body = document_body(received)
        digest = hashlib.sha256(body_bytes(body)).digest()
        if digest not in entered and not stands(state, body):
            entered.add(digest)
            yield body, tuple(each for each in (data, received.text.encode("utf-8")) if each)


def corrections(state: State, arrivals: Iterable[Arrival]) -> list[entries.EntryCorrected]:
    """Return the corrections that make room for a folder as it is now (rules 2 and 4)."""
    now: Mapping[str, Arrival] = {body.file: body for body in arrivals}
    reasons = {
        name: "the file changed, or is read otherwise than before" if name in now else "no longer in the folder"
        for name in state.files
        if name not in now or not stands(state, now[name])
    }
    return [entries.EntryCorrected(item=FILE + name, reason=reason) for name, reason in sorted(reasons.items())]


def superseding(state: State, standing: Callable[[Subject], Sequence[bytes]], tables: Iterable[Table]) -> list[Changes]:
    """Return what tables change that stand in the record in another version (rule 3); `standing` reads the rows that stand."""
    found = []
    for table in tables:
        if table.mapping and table.file in state.files and not stands(state, table_body(table)):
            rows = standing(("report", table.file))
            found.append(
                compare(table.file, (msgspec.json.decode(row, type=IncidentReport) for row in rows), table.reports)
            )
    return found


class ReceivedFiles(Collection[Received]):
    """The files of a record with their texts, as they were received; texts are read one after another, by their SHA-256."""

    def __init__(self, state: State, text: Callable[[str], str]) -> None:
        self._text, self._files = text, dict[str, list[Document]]()
        for document in state.documents.values():
            self._files.setdefault(document.text_sha256, []).append(document)

    def __iter__(self) -> Iterator[Received]:
        return map(self._file, self._files)

    def __len__(self) -> int:
        return len(self._files)

    def __contains__(self, file: object) -> bool:
        return isinstance(file, Received) and file.text_sha256 in self._files

    def documents(self) -> Iterator[Document]:
        """Yield all documents, in the order in which `__iter__` has them."""
        return chain.from_iterable(self._files.values())

    def _file(self, text_sha256: str) -> Received:
        documents = tuple(self._files[text_sha256])
        return Received(
            file=documents[0].file,
            sha256=documents[0].sha256,
            text=self._text(text_sha256),
            text_sha256=text_sha256,
            documents=documents,
        )
