"""Seconds since 1970, as the office keeps them, written as the pages' macros read moments."""

from __future__ import annotations

from datetime import UTC, datetime

from tasdiq.clock import timestamp


def iso(seconds: int | None) -> str:
    """Return a moment as steps write it; "" where there is none."""
    return "" if seconds is None else timestamp(datetime.fromtimestamp(seconds, UTC))
