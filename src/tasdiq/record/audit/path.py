"""Audit: check a bundle, a site or a record offline, from nothing but its bytes.

What is checked stands in `bundle`, `site` and `store`, and what they share in `recount`; what comes
out, and the codes of problems, in `verdict`. Whatever the bytes are, every failure is a problem that names its file.

1. Without trusted keys the verdict says "unknown": it shows that the record agrees with itself, not whose it is.
2. With trusted keys, a record whose keys are others does not hold (`trust`).
3. What the reader kept from earlier, and receipts, are held against it (`against`, `receipts`).
4. A file that proves a split view is told apart by its first bytes (`split_view`).
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

from tasdiq.errors import InputError, MissingError, TasdiqError
from tasdiq.record import manifest
from tasdiq.record.audit.against import hold_against
from tasdiq.record.audit.bundle import BundleAudit
from tasdiq.record.audit.copy import Copy, Opener, read_copy
from tasdiq.record.audit.receipts import hold_receipt, read_receipt
from tasdiq.record.audit.site import SiteAudit
from tasdiq.record.audit.split_view import SplitViewAudit, is_split_view
from tasdiq.record.audit.sqlite_file import SqliteFile
from tasdiq.record.audit.store import RecordAudit
from tasdiq.record.audit.trust import TrustedKey, contradictions, read_trust
from tasdiq.record.audit.verdict import Problem, Verdict
from tasdiq.record.places import DATABASE, holds_record
from tasdiq.record.places import PUBLISHED as FOLDER

__all__ = ["Problem", "Verdict", "audit"]


def audit(
    path: str | Path,
    trust: str | Path | None = None,
    *,
    against: Iterable[str | Path] = (),
    receipts: Iterable[str | Path] = (),
    processes: int = 1,
    opener: Opener = SqliteFile.open,
    now: float | None = None,
) -> Verdict:
    """Check what lies at `path`, against the keys in the file `trust` if given, a record in as many processes as given.

    `against` are copies kept from earlier, `receipts` the log's; `opener` opens a record that is no SQLite file; `now` is
    in seconds since 1970. Raise MissingError if
    nothing lies there, InputError if a folder holds neither a site nor a record or one of the other files cannot be
    read; everything else is in the verdict.
    """
    trusted = read_trust(trust) if trust is not None else []
    kept = [read_copy(Path(each)) for each in against]
    promised = [(Path(each).name, read_receipt(Path(each))) for each in receipts]
    verdict = _audit_of(Path(path), processes, opener).run()
    if trust is not None:
        _hold_to_keys(trusted, verdict, Path(path).name)
    where = _where(verdict, Path(path).name)
    if (kept or promised) and (here := _copy_of(verdict, Path(path), where, opener)):
        for each in kept:
            hold_against(verdict, where, here, each)
        for name, promise in promised:
            hold_receipt(verdict, where, here, promise, name, time.time() if now is None else now)
    return verdict


def _copy_of(verdict: Verdict, path: Path, where: str, opener: Opener) -> Copy | None:
    """Read what was audited once more, to compare with; None, and a problem, if there is nothing to compare."""
    try:
        here = read_copy(path, opener)
        if (here.found.origin, here.found.size, here.found.root) == (verdict.origin, verdict.size, verdict.root):
            return here
        message = "it was changed while it was checked"
    except TasdiqError as error:
        message = str(error)
    verdict.add("not-comparable", where, f"nothing can be held against this: {message}")
    return None


def _audit_of(path: Path, processes: int, opener: Opener) -> BundleAudit | SplitViewAudit | SiteAudit | RecordAudit:
    try:
        if path.is_dir():
            return _audit_of_folder(path, processes, opener)
        if path.is_file():
            with path.open("rb") as file:
                return SplitViewAudit(path) if is_split_view(file.read(32)) else BundleAudit(path)
    except OSError as error:
        raise InputError(f"expected a file or folder that can be read: {error.strerror}", file=path) from error
    raise MissingError(f"{path}: nothing to audit here")


def _audit_of_folder(path: Path, processes: int, opener: Opener) -> SiteAudit | RecordAudit:
    if holds_record(path):
        if opener == SqliteFile.open and not (path / DATABASE).is_file():
            raise InputError("this record lies in a database server: check it with tasdiq audit", file=path)
        return RecordAudit(path, processes=processes, opener=opener)
    if (path / manifest.NAME).exists() or (path / FOLDER).is_dir():
        return SiteAudit(path)
    raise InputError(f"expected a published site ({manifest.NAME}) or a record ({DATABASE}) in this folder", file=path)


def _where(verdict: Verdict, name: str) -> str:
    """Return the file in which the checkpoint of what was audited lies."""
    return {"site": f"{FOLDER}/checkpoint", "record": DATABASE}.get(verdict.what, name)


def _hold_to_keys(trusted: list[TrustedKey], verdict: Verdict, name: str) -> None:
    if verdict.what == "split-view":
        # It holds the keys that signed it and no chain: those that served before or after are none of its business.
        trusted = [item for item in trusted if item.key_id in verdict.keys.keys]
    found = list(contradictions(verdict.keys, trusted))
    if not verdict.keys.keys:
        found.append("no key of this record could be checked")
    for message in found:
        verdict.add("unknown-keys", _where(verdict, name), message)
    verdict.trusted = not found
