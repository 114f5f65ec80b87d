"""The main job end to end: a folder of press reports and tables becomes a desk record and a published site.

Decides only the order in which the mechanism's steps are called for a folder. Rules:

1. The folder is only read. Record and keys lie beside the site, in `OUT.record/`.
2. Without a charter one is proposed from what the documents say, and marked so.
3. A rerun goes on in the same record: what is there already is not entered again; what the folder holds otherwise or no
   longer is corrected (`secretariat.arrival`).
4. A file or row that cannot be read is listed and kept; everything else goes on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from tasdiq.errors import InputError, SettingsError
from tasdiq.intake.article import receive_file, settle_dates
from tasdiq.intake.charter import charter_toml, read_charter
from tasdiq.intake.extract import METHOD, Extract, extract
from tasdiq.intake.folder import File, Folder, read_folder
from tasdiq.intake.pseudonyms import is_private
from tasdiq.intake.table import Changes, Table, read_table
from tasdiq.mechanism import Mechanism, timestamp, utc_now
from tasdiq.model.charter import Charter
from tasdiq.model.document import Received, Rejected
from tasdiq.secretariat.founding import Home, found_desk
from tasdiq.secretariat.publishing import Published, require_replaceable
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
    path: Path, out: Path, charter_path: Path | None, settings: Settings, progress: Callable[[str], None]
) -> Assessment:
    """Take the folder at `path` through the whole journey and publish to `out`."""
    home = _home_for(path, out)
    require_replaceable(out)
    progress("reading the folder")
    folder = read_folder(path)
    given = _given_charter(folder, charter_path)
    received = _receive(folder, progress)
    said = extract(given, [item for item, _ in received if item.documents], COMPILER, progress)
    tables = _tables(folder.files, None, said.charter)
    _require_some(path, received, tables)
    with _mechanism(home, said.charter, settings) as mechanism:
        before = mechanism.log.size if mechanism.log.size > 1 else 0
        progress("entering documents and tables into the record")
        mechanism.settle([item for item, _ in received], [table for table, _ in tables])
        _enter(mechanism, received, tables, said)
        mechanism.corroborate(progress)
        progress("publishing the site")
        published = mechanism.publish(out)
        home.write_trust(mechanism.log.chain.keys)
        _keep_charter(home, said.charter)
        return _assessment(mechanism, published, folder, out, home, mechanism.log.size - before)


def enter_files(
    mechanism: Mechanism,
    files: Sequence[File],
    mapping: str | None,
    progress: Callable[[str], None],
    changed: Callable[[Changes], None] = lambda _: None,
    *,
    later: bool = False,
) -> list[Rejected]:
    """Take more files into a record and read again, with them, what all its documents say; return what was rejected.

    `changed` is told, for each table that takes the place of an earlier one, what it changes. With `later`, what all of it
    comes to together is left for `tasdiq corroborate`.
    """
    arrived = _dated([(receive_file(file.name, file.data), file.data) for file in files if not file.is_table])
    tables = _tables(files, mapping, mechanism.charter)
    _require_some(None, arrived, tables)
    mechanism.receive(arrived)
    for changes in mechanism.supersede(table for table, _ in tables):
        changed(changes)
    rejected = _rejected(arrived, tables)
    unread = {table.file for table, _ in tables if not table.mapping and table.file in mechanism.state().files}
    tables = [(table, data) for table, data in tables if table.file not in unread]
    if later and not arrived:
        mechanism.receive_tables(tables)
    else:
        _enter(mechanism, [], tables, extract(mechanism.charter, mechanism.received(), COMPILER, progress))
    if not later:
        mechanism.corroborate(progress)
    return rejected


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


def _receive(folder: Folder, progress: Callable[[str], None]) -> list[tuple[Received, bytes]]:
    received: list[tuple[Received, bytes]] = []
    names: dict[bytes, str] = {}
    for file in (file for file in folder.files if not file.is_table):
        progress(f"reading {file.name}")
        first = names.setdefault(file.data, file.name)
        received.append((receive_file(file.name, file.data) if first == file.name else _again(file, first), file.data))
    unread = (Received(file=item.file, sha256="", rejected=(item,)) for item in folder.rejected)
    return _dated(received) + [(item, b"") for item in unread]


def _dated(received: list[tuple[Received, bytes]]) -> list[tuple[Received, bytes]]:
    """Return files that arrive together with their dates of release settled by one another."""
    settled = settle_dates([item for item, _ in received])
    return [(item, data) for item, (_, data) in zip(settled, received, strict=True)]


def _again(file: File, first: str) -> Received:
    digest = hashlib.sha256(file.data).hexdigest()
    reason = f"holds the same bytes as {first}, which is taken once; leave one of them out"
    return Received(file=file.name, sha256=digest, rejected=(Rejected(file=file.name, reason=reason),))


def _tables(files: Sequence[File], mapping: str | None, charter: Charter) -> list[tuple[Table, bytes]]:
    return [(read_table(file.name, file.data, mapping, charter=charter), file.data) for file in files if file.is_table]


def _rejected(received: Sequence[tuple[Received, bytes]], tables: Sequence[tuple[Table, bytes]]) -> list[Rejected]:
    documents = [item for arrived, _ in received for item in arrived.rejected]
    return documents + [item for table, _ in tables for item in table.rejected]


def _require_some(
    path: Path | None, received: Sequence[tuple[Received, bytes]], tables: Sequence[tuple[Table, bytes]]
) -> None:
    if not any(item.documents for item, _ in received) and not any(table.reports for table, _ in tables):
        raise NothingReadError(path, _rejected(received, tables))


def _mechanism(home: Home, charter: Charter, settings: Settings) -> Mechanism:
    if home.exists:
        home.tidy()
        mechanism = Mechanism.open(home, settings)
        mechanism.amend(charter, "the folder's charter, or what it is proposed from, changed")
        return mechanism
    with home.building() as building:
        Mechanism.found(building, found_desk(building, charter, timestamp(utc_now())), settings)
    return Mechanism.open(home, settings)


def _enter(
    mechanism: Mechanism, received: list[tuple[Received, bytes]], tables: list[tuple[Table, bytes]], said: Extract
) -> None:
    mechanism.receive(received)
    mechanism.receive_tables(tables)
    actors = sorted(said.actors.values(), key=lambda actor: actor.id)
    mechanism.propose("actor", "record", METHOD, [actor for actor in actors if not is_private(actor)])
    mechanism.propose(
        "actor", "private persons", METHOD, [actor for actor in actors if is_private(actor)], access="joint"
    )
    for document, statements in said.statements.items():
        mechanism.propose("statement", document, METHOD, statements)
        mechanism.propose("told", document, METHOD, said.told[document])


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
