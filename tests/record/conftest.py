"""A published record, written once, and copies of it to be tampered with."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from record.sites import write_site


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a record `r`, its site and its keys."""
    base = tmp_path_factory.mktemp("audit")
    write_site(base)
    return base


@pytest.fixture
def site(world: Path, tmp_path: Path) -> Path:
    """A copy of the site, to be tampered with."""
    return Path(shutil.copytree(world / "site", tmp_path / "site"))
