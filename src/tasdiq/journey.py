"""The main job end to end: a folder of press reports and tables becomes a desk record and a published site.

Decides only the order in which the mechanism's steps are called for a folder. Rules:

1. The folder is only read. Record and keys lie beside the site, in `OUT.record/`.
2. Without a charter one is proposed from what the documents say, and marked so.
3. A rerun goes on in the same record: what is there already is not entered again; what the folder holds otherwise or no
   longer is corrected (`secretariat.arrival`).
4. A file or row that cannot be read is listed and kept; everything else goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from tasdiq.errors import InputError, SettingsError
from tasdiq.intake.charter import charter_toml, read_charter
from tasdiq.intake.extract import Understanding
from tasdiq.intake.folder import File, Folder, read_folder
from tasdiq.intake.table import Changes, Table, read_table
from tasdiq.mechanism import Mechanism, timestamp, utc_now
from tasdiq.model.charter import Charter
from tasdiq.model.document import Received, Rejected
from tasdiq.secretariat.founding import Home, found_desk
from tasdiq.secretariat.publishing import Published, require_replaceable
from tasdiq.secretariat.reading import Reading
from tasdiq.settings import Settings

COMPILER = "the analyst"


class NothingReadError(InputError):
    """No file of a folder could be read; `rejected` says why, file by file."""

    def __init__(self, path: Path | None, rejected: Sequence[Rejected]) -> None:
        self.rejected = tuple(rejected)
        super().__init__(
            "nothing here could be read; expected documents (.txt, .html, .pdf, .eml, …) or event tables", file=path
        )


@dataclass(frozen=True)
class Assessment:
    """What `tasdiq assess` did."""

    site: Path
    record: Path
    charter_file: Path
    proposed: bool
    appended: int
    size: int
    counts: dict[str, int]
    rejected: tuple[Rejected, ...]

    def plain(self) -> dict[str, object]:
        """Return this as JSON-ready values."""
        return {
            "site": str(self.site),
            "record": str(self.record),
            "charter": "proposed" if self.proposed else "given",
            "appended": self.appended,
            "size": self.size,
            "counts": self.counts,
            "rejected": [msgspec.to_builtins(item) for item in self.rejected],
        }


def assess_folder(
    path: Path,
    out: Path,
    charter_path: Path | None,
    settings: Settings,
    progress: Callable[[str], None],
    workers: int = 1,
) -> Assessment:
    """Take the folder at `path` through the whole journey and publish to `out`; documents are read by `workers` processes."""
    home = _home_for(path, out)
    require_replaceable(out)
    progress("reading the folder")
    folder = read_folder(path)
    given = _given_charter(folder, charter_path)
    with Reading(home if home.exists else None, workers, progress) as reading:
        received = _receive(folder, reading)
        known = reading.understand(given, [item for item, _ in received if item.documents], COMPILER)
        tables = _tables(folder.files, None, known.charter)
        _require_some(path, [item for item, _ in received], tables)
        with _mechanism(home, known.charter, settings) as mechanism:
            before = mechanism.log.size if mechanism.log.size > 1 else 0
            progress("entering documents and tables into the record")
            reading.lie_at(home)
            mechanism.settle([item for item, _ in received], [table for table, _ in tables])
            mechanism.receive((item, file.original() if file else b"") for item, file in received)
            mechanism.receive_tables(tables)
            _enter_read(mechanism, reading, known, [item for item, _ in received if item.documents])
            mechanism.corroborate(progress)
            progress("publishing the site")
            published = mechanism.publish(out)
            home.write_trust(mechanism.log.chain.keys)
            _keep_charter(home, known.charter)
            return _assessment(mechanism, published, folder, out, home, mechanism.log.size - before)


def enter_files(
    mechanism: Mechanism,
    files: Sequence[File],
    mapping: str | None,
    progress: Callable[[str], None],
    changed: Callable[[Changes], None] = lambda _: None,
    *,
    later: bool = False,
    workers: int = 1,
) -> list[Rejected]:
    """Take more files into a record and read again, with them, what all its documents say; return what was rejected.

    `changed` is told, for each table that takes the place of an earlier one, what it changes. With `later`, what all of it
    comes to together is left for `tasdiq corroborate`. Documents are read by `workers` processes.
    """
    tables = _tables(files, mapping, mechanism.charter)
    with Reading(mechanism.home, workers, progress) as reading:
        rejected = _enter_documents(mechanism, reading, files, tables)
        for changes in mechanism.supersede(table for table, _ in tables):
            changed(changes)
        stand = mechanism.state().files
        mechanism.receive_tables(each for each in tables if each[0].mapping or each[0].file not in stand)
        if not later or any(not file.is_table for file in files):
            received = mechanism.received()
            known = reading.understand(mechanism.charter, received, COMPILER)
            _enter_read(mechanism, reading, known, received)
    if not later:
        mechanism.corroborate(progress)
    return rejected


def _enter_documents(
    mechanism: Mechanism, reading: Reading, files: Sequence[File], tables: Sequence[tuple[Table, bytes]]
) -> list[Rejected]:
    """Enter the documents that do not stand yet, as they are read; return what was rejected, of tables too."""
    standing = {(document.file, document.sha256) for document in mechanism.state().documents.values()}
    fresh = [file for file in files if not file.is_table and (file.name, file.digest) not in standing]
    again = {file.name for file in files if not file.is_table} - {file.name for file in fresh}
    rejected = [item for item in mechanism.state().rejected if item.file in again]
    rejected += (item for table, _ in tables for item in table.rejected)
    readable = bool(again) or any(table.reports for table, _ in tables)
    others = (received for received in mechanism.received() if received.file in again)
    mechanism.receive(_once_readable(reading.arriving(fresh, others), rejected, reading.lost, readable=readable))
    return rejected


def _once_readable(
    arriving: Iterator[tuple[Received, bytes | Path]],
    rejected: list[Rejected],
    lost: Sequence[Rejected],
    *,
    readable: bool,
) -> Iterator[tuple[Received, bytes | Path]]:
    """Yield what arrives once anything could be read, and note what could not; raise `NothingReadError` if nothing can be."""
    held: list[tuple[Received, bytes | Path]] = []
    for received, data in arriving:
        rejected += received.rejected
        held.append((received, data))
        readable = readable or bool(received.documents)
        if readable:
            yield from held
            held.clear()
    rejected += lost
    if not readable:
        raise NothingReadError(None, rejected)


def _enter_read(mechanism: Mechanism, reading: Reading, known: Understanding, received: Collection[Received]) -> None:
    """Enter what all documents say, so far as it does not stand."""
    pseudonyms = reading.read(known, received)
    documents = [document for file in received for document in file.documents]
    mechanism.propose_all(reading.proposals(known, pseudonyms, documents))
    reading.done(documents)


def _home_for(folder: Path, out: Path) -> Home:
    """Return the record's place beside the site; refuse a site or record in the folder, or around it (rule 1)."""
    site, inside = _real(out), _real(folder)
    if not site.name:
        raise SettingsError(f"{out}: the site needs a folder of its own; give a name, such as -o my-site")
    place = out if out.name not in ("", "..") else site
    home = Home(place.with_name(place.name + ".record"))
    for target in (site, _real(home.path)):
        if target == inside or inside in target.parents or target in inside.parents:
            raise SettingsError(f"{target}: cannot lie in the folder it is made from, or around it: choose another -o")
    return home


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError) as error:
        raise SettingsError(f"{path}: this link leads back to itself; choose another place") from error


def _given_charter(folder: Folder, charter_path: Path | None) -> Charter | None:
    path = charter_path or folder.charter
    if path is None:
        return None
    charter = read_charter(path)
    if charter.form != "desk":
        raise InputError(
            'assess makes desk records: expected form = "desk"; for a joint record use tasdiq init', file=path
        )
    return charter


def _receive(folder: Folder, reading: Reading) -> list[tuple[Received, File | None]]:
    """Read the documents of a folder, each content once; return them with their files, and with what could not be read."""
    documents = [file for file in folder.files if not file.is_table]
    first: dict[str, str] = {}
    fresh = [file for file in documents if first.setdefault(file.digest, file.name) == file.name]
    arrived = {received.file: received for received, _ in reading.arriving(fresh)}
    unread = {item.file: item for item in reading.lost}
    found: list[tuple[Received, File | None]] = []
    for file in documents:
        if file.name in unread:
            found.append((_unread(unread[file.name]), None))
        else:
            found.append((arrived.get(file.name) or _again(file, first[file.digest]), file))
    return found + [(_unread(item), None) for item in folder.rejected]


def _unread(item: Rejected) -> Received:
    return Received(file=item.file, sha256="", rejected=(item,))


def _again(file: File, first: str) -> Received:
    reason = f"holds the same bytes as {first}, which is taken once; leave one of them out"
    return Received(file=file.name, sha256=file.digest, rejected=(Rejected(file=file.name, reason=reason),))


def _tables(files: Sequence[File], mapping: str | None, charter: Charter) -> list[tuple[Table, bytes]]:
    return [(read_table(file.name, file.data, mapping, charter=charter), file.data) for file in files if file.is_table]


def _require_some(path: Path, received: Sequence[Received], tables: Sequence[tuple[Table, bytes]]) -> None:
    if not any(item.documents for item in received) and not any(table.reports for table, _ in tables):
        documents = [rejected for item in received for rejected in item.rejected]
        raise NothingReadError(path, documents + [item for table, _ in tables for item in table.rejected])


def _mechanism(home: Home, charter: Charter, settings: Settings) -> Mechanism:
    if home.exists:
        home.tidy()
        mechanism = Mechanism.open(home, settings)
        mechanism.amend(charter, "the folder's charter, or what it is proposed from, changed")
        return mechanism
    with home.building() as building:
        Mechanism.found(building, found_desk(building, charter, timestamp(utc_now())), settings)
    return Mechanism.open(home, settings)


def _keep_charter(home: Home, charter: Charter) -> None:
    (home.path / "charter.toml").write_text(charter_toml(charter), encoding="utf-8")


def _assessment(
    mechanism: Mechanism, published: Published, folder: Folder, out: Path, home: Home, appended: int
) -> Assessment:
    state = mechanism.state()
    spoken = [statement for statement in state.statements.values() if not statement.narrated]
    return Assessment(
        site=out,
        record=home.path,
        charter_file=home.path / "charter.toml",
        proposed=state.charter.proposed,
        appended=appended,
        size=mechanism.log.size,
        counts={
            "documents": len(state.documents),
            "statements": len(spoken),
            "origins": len(state.origins),
            "propositions": len(state.propositions),
            "incidents": len(state.incidents),
            "actors": len(state.actors),
            "rejected": len(state.rejected),
            "files": published.files,
        },
        rejected=tuple(state.rejected),
    )
