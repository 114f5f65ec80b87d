"""The main job end to end: a folder of press reports and tables becomes a desk record and a published site.

Decides only the order in which the mechanism's steps are called for a folder. Rules:

1. The folder is only read. Record and keys lie beside the site, in `OUT.record/`.
2. Without a charter one is proposed from what the documents say, and marked so.
3. A rerun goes on in the same record: what is there already is not entered again.
4. A file or row that cannot be read is listed and kept; everything else goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from tasdiq.errors import InputError
from tasdiq.founding import Home, found_desk
from tasdiq.intake.article import receive_file
from tasdiq.intake.charter import charter_toml, read_charter
from tasdiq.intake.extract import METHOD, Extract, extract
from tasdiq.intake.folder import File, Folder, read_folder
from tasdiq.intake.pseudonyms import is_private
from tasdiq.intake.table import Table, read_table
from tasdiq.mechanism import Mechanism, timestamp, utc_now
from tasdiq.model.charter import Charter
from tasdiq.model.document import Received, Rejected
from tasdiq.publishing import Published, require_replaceable
from tasdiq.settings import Settings

COMPILER = "the analyst"


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
    require_replaceable(out)
    progress("reading the folder")
    folder = read_folder(path)
    given = _given_charter(folder, charter_path)
    received, tables = _read(folder, given, progress)
    said = extract(given, [item for item, _ in received if item.documents], COMPILER, progress)
    home = Home(out.with_name(out.name + ".record"))
    with _mechanism(home, said.charter, settings) as mechanism:
        before = mechanism.log.size if mechanism.log.size > 1 else 0
        progress("entering documents and tables into the record")
        _enter(mechanism, received, tables, said)
        mechanism.corroborate(progress)
        progress("publishing the site")
        published = mechanism.publish(out)
        home.write_trust(mechanism.log.chain.keys)
        _keep_charter(home, said.charter)
        return _assessment(mechanism, published, folder, out, home, mechanism.log.size - before)


def enter_files(
    mechanism: Mechanism, files: Sequence[File], mapping: str | None, progress: Callable[[str], None]
) -> None:
    """Take more files into an existing record and read again, with them, what all its documents say."""
    arrived = [(receive_file(file.name, file.data), file.data) for file in files if not file.is_table]
    tables = [(read_table(file.name, file.data, mapping), file.data) for file in files if file.is_table]
    mechanism.receive(arrived)
    received = mechanism.received()
    _enter(mechanism, [], tables, extract(mechanism.charter, received, COMPILER, progress))
    mechanism.corroborate(progress)


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


def _read(
    folder: Folder, charter: Charter | None, progress: Callable[[str], None]
) -> tuple[list[tuple[Received, bytes]], list[tuple[Table, bytes]]]:
    received, tables = [], []
    for file in folder.files:
        progress(f"reading {file.name}")
        if file.is_table:
            tables.append((read_table(file.name, file.data, charter=charter), file.data))
        else:
            received.append((receive_file(file.name, file.data), file.data))
    unread = (Received(file=item.file, sha256="", rejected=(item,)) for item in folder.rejected)
    received.extend((item, b"") for item in unread)
    return received, tables


def _mechanism(home: Home, charter: Charter, settings: Settings) -> Mechanism:
    if home.exists:
        mechanism = Mechanism.open(home, settings)
        mechanism.amend(charter, "the folder's charter, or what it is proposed from, changed")
        return mechanism
    home.make()
    return Mechanism.found(home, found_desk(home, charter, timestamp(utc_now())), settings)


def _enter(
    mechanism: Mechanism, received: list[tuple[Received, bytes]], tables: list[tuple[Table, bytes]], said: Extract
) -> None:
    mechanism.receive(received)
    for table, data in tables:
        mechanism.receive_table(table, data)
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
