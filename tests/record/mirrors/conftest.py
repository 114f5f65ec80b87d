"""A record to be copied."""

from __future__ import annotations

from pathlib import Path

import pytest

from record.sites import write_record


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A record with plain, sealed, bulk and redacted entries and an attachment."""
    return write_record(tmp_path / "r")
