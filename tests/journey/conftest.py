"""A desk with a folder to be assessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from journey.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk whose folder was assessed once."""
    made = Desk(tmp_path)
    made.assess()
    return made
