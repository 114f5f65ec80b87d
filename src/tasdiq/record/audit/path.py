"""Audit: check a bundle, a site or a record offline, from nothing but its bytes.

What is checked stands in `bundle`, `site` and `store`, and what they share in `recount`; what comes
out, and the codes of problems, in `verdict`. Whatever the bytes are, every failure is a problem that names its file.

1. Without trusted keys the verdict says "unknown": it shows that the record agrees with itself, not whose it is.
2. With trusted keys, a record whose keys are others does not hold (`trust`).
"""

from __future__ import annotations

from pathlib import Path

from tasdiq.errors import InputError, MissingError
from tasdiq.record import manifest
from tasdiq.record.audit.bundle import BundleAudit
from tasdiq.record.audit.site import SiteAudit
from tasdiq.record.audit.store import RecordAudit
from tasdiq.record.audit.trust import TrustedKey, contradictions, read_trust
from tasdiq.record.audit.verdict import Problem, Verdict
from tasdiq.record.places import DATABASE
from tasdiq.record.places import PUBLISHED as FOLDER

__all__ = ["Problem", "Verdict", "audit"]


def audit(path: str | Path, trust: str | Path | None = None, *, processes: int = 1) -> Verdict:
    """Check what lies at `path`, against the keys in the file `trust` if given, a record in as many processes as given.

    Raise MissingError if nothing lies there, InputError if a folder holds neither a site nor a record or the file of
    trusted keys cannot be read; everything else is in the verdict.
    """
    trusted = read_trust(trust) if trust is not None else []
    verdict = _audit_of(Path(path), processes).run()
    if trust is not None:
        _hold_against(trusted, verdict, Path(path).name)
    return verdict


def _audit_of(path: Path, processes: int) -> BundleAudit | SiteAudit | RecordAudit:
    try:
        if path.is_dir():
            return _audit_of_folder(path, processes)
        if path.is_file():
            return BundleAudit(path)
    except OSError as error:
        raise InputError(f"expected a file or folder that can be read: {error.strerror}", file=path) from error
    raise MissingError(f"{path}: nothing to audit here")


def _audit_of_folder(path: Path, processes: int) -> SiteAudit | RecordAudit:
    if (path / DATABASE).is_file():
        return RecordAudit(path, processes=processes)
    if (path / manifest.NAME).exists() or (path / FOLDER).is_dir():
        return SiteAudit(path)
    raise InputError(f"expected a published site ({manifest.NAME}) or a record ({DATABASE}) in this folder", file=path)


def _hold_against(trusted: list[TrustedKey], verdict: Verdict, name: str) -> None:
    where = {"bundle": name, "site": f"{FOLDER}/checkpoint", "record": DATABASE}[verdict.what]
    found = list(contradictions(verdict.keys, trusted))
    if not verdict.keys.keys:
        found.append("no key of this record could be checked")
    for message in found:
        verdict.add("unknown-keys", where, message)
    verdict.trusted = not found
