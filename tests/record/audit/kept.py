"""What a reader kept, held against what is here: the codes and places of problems."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from record.records import LOG, ORIGIN
from tasdiq.record import note
from tasdiq.record.audit.path import audit

LOG_KEY = note.Verifier(ORIGIN, LOG.public)
LATER = datetime(2099, 1, 1, tzinfo=UTC).timestamp()


def promised(here: Path, kept: Path, now: float = LATER) -> list[tuple[str, int | None]]:
    """Return code and index of the problems a receipt shows."""
    return [(problem.code, problem.index) for problem in audit(here, receipts=[kept], now=now).problems]


def found(here: Path, kept: Path) -> list[str]:
    """Return the codes of holding one copy against another."""
    return sorted({problem.code for problem in audit(here, against=[kept]).problems})
