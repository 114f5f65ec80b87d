"""Read documents, in one process or several: files that arrive, what their statements are cut from, what they say together.

Rules
1. What stands in the record is not read again; attributions that are kept are not cut again.
2. Files are handed on in their order. One whose date of release is open between two days waits until all are read, for others may
   settle it; files of the same arrival that stand already are heard on it, too.
3. What a document says is kept under a digest of all it depends on, until it stands in the record: who stopped goes on from there.
4. A file at which worker processes end, again and again, is told and not entered (`lost`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType

import msgspec

from tasdiq.errors import InputError
from tasdiq.intake import extract
from tasdiq.intake.actors.hearing import Item
from tasdiq.intake.article import Evidence, has_open_date, receive_file, receive_path
from tasdiq.intake.extract import Understanding
from tasdiq.intake.folder import File
from tasdiq.intake.many import Kept, Lost, Progress, Workers, count
from tasdiq.intake.many.kept import FILE, packed, version
from tasdiq.intake.pseudonyms import Pseudonyms, is_private, make_pseudonyms
from tasdiq.model.charter import Charter
from tasdiq.model.document import Document, Received, Rejected
from tasdiq.secretariat.founding import Home
from tasdiq.secretariat.grouping import Proposed

COMMIT_EVERY = 50
Packed = dict[str, bytes]
"""Attributions by document id, as they are kept."""


class Reading:
    """A room for reading documents, beside the record at `home` (None: of one that is yet to be made). Use it in a `with` block."""

    def __init__(self, home: Home | None, workers: int, progress: Progress) -> None:
        self.workers, self.progress = Workers(workers, progress), progress
        self.kept = Kept(home.path / FILE if home else None)
        self.lost: list[Rejected] = []

    def __enter__(self) -> Reading:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.workers.close()
        self.kept.close()

    def lie_at(self, home: Home) -> None:
        """Keep what was read beside a record that was made meanwhile."""
        self.kept.lie_at(home.path / FILE)

    def arriving(
        self, files: Sequence[File], standing: Iterable[Received] = ()
    ) -> Iterator[tuple[Received, bytes | Path]]:
        """Yield files as they are received, with their bytes or where an archive lies (1, 2, 4); `standing` are those not new."""
        evidence, waiting = Evidence(), list[File]()
        answers = self.workers.whatever(_receive, None, files)
        for number, (file, answer) in enumerate(zip(files, answers, strict=True), 1):
            count(self.progress, "reading", number, len(files))
            if isinstance(answer, Lost):
                self.lost.append(Rejected(file=file.name, reason=answer.reason))
                continue
            received, data, attributions = answer
            self._keep(number, attributions)
            evidence.add(received)
            if has_open_date(received):
                self.kept.hold(received)
                waiting.append(file)
            else:
                yield received, data
        for received in standing if waiting else ():
            evidence.add(received)
        yield from ((evidence.settle(self.kept.held(file.name)), file.original()) for file in waiting)

    def understand(self, charter: Charter | None, received: Collection[Received], compiler: str) -> Understanding:
        """Learn who is who from all files; what is missing of their attributions is cut first."""
        missing = self.kept.missing(document.id for file in received for document in file.documents)
        uncut = (file for file in received if any(document.id in missing for document in file.documents))
        for number, attributions in enumerate(self.workers.each(_cut, None, uncut if missing else ()), 1):
            self._keep(number, attributions)
            count(self.progress, "finding statements", min(number, len(missing)), len(missing))
        self.kept.commit()
        self.progress("learning who is who")
        return extract.understand(charter, received, self.kept, compiler, self.workers.each)

    def read(self, known: Understanding, received: Collection[Received]) -> Pseudonyms:
        """Read what every document says, keep it, and return the pseudonyms of private persons in the order of their speech."""
        under = _digest(known)
        done = self.kept.was_read(under)
        documents = [document for file in received for document in file.documents]
        items = (
            (document, file.text, self.kept.get(document.id, ()))
            for file in received
            for document in file.documents
            if document.id not in done
        )
        for number, (document, said) in enumerate(self.workers.each(_read, known, items), len(done) + 1):
            self.kept.put_read(document, under, said)
            count(self.progress, "resolving speakers", number, len(documents))
            if number % COMMIT_EVERY == 0:
                self.kept.commit()
        self.kept.commit()
        spoken = (self.kept.read(document.id).statements for document in documents)
        return make_pseudonyms(known.directory.actors, spoken)

    def proposals(
        self, known: Understanding, pseudonyms: Pseudonyms, documents: Sequence[Document]
    ) -> Iterator[Proposed]:
        """Yield what was read as proposals: the actors, private persons for members only, then each document's."""
        actors = sorted(extract.entered(known.directory, pseudonyms).values(), key=lambda actor: actor.id)
        public = [actor for actor in actors if not is_private(actor)]
        yield Proposed("actor", "record", extract.METHOD, public)
        private = [actor for actor in actors if is_private(actor)]
        yield Proposed("actor", "private persons", extract.METHOD, private, "joint")
        for number, document in enumerate(documents, 1):
            count(self.progress, "entering statements", number, len(documents))
            read = self.kept.read(document.id)
            statements = [pseudonyms.statement(each) for each in read.statements]
            yield Proposed("statement", document.id, extract.METHOD, statements)
            yield Proposed("told", document.id, extract.METHOD, [pseudonyms.told(each) for each in read.told])

    def done(self, documents: Iterable[Document]) -> None:
        """Let go of what stands in the record now, and of what belongs to documents that it does not have."""
        self.kept.only({document.id for document in documents})
        self.kept.forget_reads()

    def _keep(self, number: int, attributions: Packed) -> None:
        self.kept.keep(attributions)
        if number % COMMIT_EVERY == 0:
            self.kept.commit()


def _receive(_: None, file: File) -> tuple[Received, bytes | Path, Packed]:
    if file.in_place is not None:
        received = receive_path(file.name, file.in_place)
        if received.sha256 != file.sha256:
            raise InputError("changed while it was read: run again", file=file.in_place)
        return received, file.in_place, _cut(None, received)
    data = file.read()
    received = receive_file(file.name, data)
    return received, data, _cut(None, received)


def _cut(_: None, received: Received) -> Packed:
    return {document: packed(found) for document, found in extract.cut(received).items()}


def _read(known: Understanding, item: Item) -> tuple[str, bytes]:
    return item[0].id, packed(extract.read(known, item))


def _digest(known: Understanding) -> str:
    """Return a digest of what reading a document depends on besides itself (rule 3)."""
    directory = known.directory
    parts = (
        version(),
        known.charter,
        known.near,
        sorted(known.places.items()),
        list(directory.actors.items()),
        sorted(directory.speaking),
        sorted(directory.outlets.items()),
        list(directory.polities.values()),
        directory.table.names(),
    )
    return hashlib.sha256(msgspec.json.encode(parts, order="deterministic")).hexdigest()
