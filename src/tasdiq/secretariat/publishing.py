"""Publish a record: the site's pages and data, its checkable `record/` folder, bundles, and the publisher's signature.

Rules:

1. A site is built beside its place and put there whole; an earlier site of ours is replaced, anything else is left alone.
   Whatever interrupts it, the earlier site is there, or is put back by the next run.
2. No database, key, original or full text is ever part of a site.
3. Everything but `manifest.note` is listed in it, and the publisher signs it last.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tasdiq import timing
from tasdiq.errors import MissingError, SettingsError
from tasdiq.model.state import State
from tasdiq.publication.card import publish_card
from tasdiq.publication.cosigned import cosigned_words
from tasdiq.publication.site import publish as write_pages
from tasdiq.record import cosignature, manifest, note
from tasdiq.record.publish import publish as write_record
from tasdiq.record.reader import Reader
from tasdiq.secretariat.bundles import bundle_of
from tasdiq.secretariat.founding import Home

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
    """Write the site of `state` to `out` and sign it; the record must have a checkpoint over all its entries.

    Call it with the record open for writing: its lock keeps a second publication of this record away.
    """
    out = out.resolve()
    _require_apart(home, out)
    state = timing.in_public(state, _moment(at))
    with _building(out, state.origin) as site:
        require_replaceable(out)
        with Reader.open(home.path) as reader:
            checkpoint = write_record(reader, site)
            _write_bundles(reader, state, site / "bundle")
            proofs = {"cosigned": _cosigned(reader, state)}
        if home.trust_file.is_file():
            proofs["fingerprints"] = home.trust_file.read_text(encoding="utf-8")
        write_pages(state, site, published_at=at, proofs=proofs)
        manifest.write(site, PUBLISHER, home.key(PUBLISHER))
        files = sum(1 for path in site.rglob("*") if path.is_file())
    return Published(files, checkpoint.size, checkpoint.root.hex())


def publish_proposition(home: Home, state: State, proposition: str, out: Path, at: datetime) -> list[Path]:
    """Write one proposition's card and the bundle that `tasdiq audit` checks; return their paths."""
    if proposition not in state.propositions:
        raise MissingError(f"no proposition {proposition} in this record; the site's positions page lists them")
    _require_apart(home, out.resolve())
    state = timing.in_public(state, _moment(at))
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"{proposition}.tasdiq.json"
    with Reader.open(home.path) as reader:
        path.write_bytes(bundle_of(reader, state, proposition))
        proofs = {"cosigned": _cosigned(reader, state)}
    return [publish_card(state, proposition, out, published_at=at, proofs=proofs), path]


def _cosigned(reader: Reader, state: State) -> str:
    """Say who has cosigned the checkpoint that is published, by the keys as of it."""
    signed, keys = reader.checkpoint(), reader.chain.keys
    held = cosignature.held_by(note.parse(signed), keys.cosigners) if signed else []
    return cosigned_words(held, len(keys.cosigners), keys.quorum, state.charter.time_zones)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _write_bundles(reader: Reader, state: State, folder: Path) -> None:
    folder.mkdir()
    findings = (finding.id for case in state.cases.values() for finding in case.findings)
    for ident in (*state.propositions, *findings, *state.talks.meetings):
        (folder / f"{ident}.tasdiq.json").write_bytes(bundle_of(reader, state, ident))


def _require_apart(home: Home, out: Path) -> None:
    record = home.path.resolve()
    if out == record or record in out.parents or out in record.parents:
        raise SettingsError(
            f"{out}: what is published cannot lie in its private record, or around it: choose another -o"
        )


def scratch_for(out: Path, origin: str) -> Path:
    """Return where the record of that origin builds its site for `out`: beside it, always in the same place."""
    return out.with_name(f".{out.name}.unfinished-{hashlib.sha256(origin.encode()).hexdigest()[:8]}")


@contextmanager
def _building(out: Path, origin: str) -> Iterator[Path]:
    """Yield a folder to build a site in and put it in place when the block ends; after an error nothing has changed."""
    scratch = scratch_for(out, origin)
    site, old = scratch / "site", scratch / "old"
    try:
        if old.exists() and not out.exists():  # an earlier run was killed between the two renames below
            old.rename(out)
        shutil.rmtree(scratch, ignore_errors=True)
        site.mkdir(parents=True)
        yield site
        _swap(site, out, old)
    except OSError as error:
        raise SettingsError(
            f"{out}: the site cannot be written: {error.strerror or error}; nothing was replaced"
        ) from error
    finally:
        if out.exists() or not old.exists():
            shutil.rmtree(scratch, ignore_errors=True)


def _swap(site: Path, out: Path, old: Path) -> None:
    if out.exists():
        out.rename(old)
    try:
        site.rename(out)
    except OSError:
        if old.exists():
            old.rename(out)
        raise
