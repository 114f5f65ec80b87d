"""Publish a record: the site's pages and data, its checkable `record/` folder, bundles, and the publisher's signature.

Rules:

1. A site is built beside its place and put there whole; an earlier site of ours is replaced, anything else is left alone.
2. No database, key, original or full text is ever part of a site.
3. Everything but `manifest.note` is listed in it, and the publisher signs it last.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tasdiq.errors import MissingError, SettingsError
from tasdiq.founding import Home
from tasdiq.model.state import Provenance, State
from tasdiq.publication.card import publish_card
from tasdiq.publication.site import publish as write_pages
from tasdiq.record import bundle, manifest
from tasdiq.record.publish import publish as write_record
from tasdiq.record.reader import Reader

PUBLISHER = "publisher"


@dataclass(frozen=True)
class Published:
    """What was published: how many files, under a checkpoint of which size and root."""

    files: int
    size: int
    root: str


def require_replaceable(out: Path) -> None:
    """Raise `SettingsError` unless `out` is free, empty, or a site of ours."""
    if out.exists() and not out.is_dir():
        raise SettingsError(f"{out}: a file stands here; choose another place for the site")
    if out.is_dir() and any(out.iterdir()) and not (out / manifest.NAME).is_file():
        raise SettingsError(f"{out}: not empty and not a site of tasdiq (no {manifest.NAME}); choose another place")


def publish(home: Home, state: State, out: Path, at: datetime) -> Published:
    """Write the site of `state` to `out` and sign it; the record must have a checkpoint over all its entries."""
    require_replaceable(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.") as scratch:
        site = Path(scratch) / "site"
        site.mkdir(mode=0o755)
        with Reader.open(home.path) as reader:
            checkpoint = write_record(reader, site)
            _write_bundles(reader, state, site / "bundle")
        write_pages(state, site, published_at=at)
        manifest.write(site, PUBLISHER, home.key(PUBLISHER))
        _swap(site, out, Path(scratch) / "old")
    files = sum(1 for path in out.rglob("*") if path.is_file())
    return Published(files, checkpoint.size, checkpoint.root.hex())


def publish_proposition(home: Home, state: State, proposition: str, out: Path, at: datetime) -> list[Path]:
    """Write one proposition's card and the bundle that `tasdiq audit` checks; return their paths."""
    if proposition not in state.propositions:
        raise MissingError(f"no proposition {proposition} in this record; the site's positions page lists them")
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"{proposition}.tasdiq.json"
    with Reader.open(home.path) as reader:
        path.write_bytes(_bundle(reader, state, proposition))
    return [publish_card(state, proposition, out, published_at=at), path]


def _write_bundles(reader: Reader, state: State, folder: Path) -> None:
    folder.mkdir()
    for ident in (*state.propositions, *(finding.id for case in state.cases.values() for finding in case.findings)):
        (folder / f"{ident}.tasdiq.json").write_bytes(_bundle(reader, state, ident))


def _bundle(reader: Reader, state: State, ident: str) -> bytes:
    """Pack what stands behind a proposition or finding: its row, positions, statements, documents, case steps."""
    behind = _behind(state, ident)
    own = state.provenance.get(ident)
    card = reader.row(f"{own.entry}/{own.row}") if own and own.row is not None else None
    return bundle.make_bundle(
        reader,
        sorted({found.entry for found in behind}),
        row_ids=sorted({f"{found.entry}/{found.row}" for found in behind if found.row is not None}),
        card=card,
    )


def _behind(state: State, ident: str) -> list[Provenance]:
    items = [ident]
    if ident in state.propositions:
        statements = [holding.statement for holding in state.propositions[ident].holdings]
        items += statements
        items += [state.statements[item].document for item in statements if item in state.statements]
        items += [key for key in state.provenance if key.startswith(f"{ident}/")]
    for case in state.cases.values():
        if any(finding.id == ident for finding in case.findings):
            items += [case.id, *(request.id for request in case.access)]
    found = [state.provenance[item] for item in items if item in state.provenance]
    return found + _marks(state, ident)


def _marks(state: State, finding: str) -> list[Provenance]:
    index = {line.id: line.index for line in state.entries}
    marks = [
        mark.entry
        for case in state.cases.values()
        for item in case.findings
        if item.id == finding
        for mark in item.signatures
    ]
    return [Provenance(entry, index[entry], None, "FindingSigned") for entry in marks]


def _swap(site: Path, out: Path, old: Path) -> None:
    """Put the new site in place; a crash between the two renames leaves the old one in the scratch folder."""
    if out.exists():
        out.rename(old)
    shutil.move(site, out)
