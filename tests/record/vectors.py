"""Where the public test vectors lie: in the repository, or beside it where their licence is not stated."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parents[1] / "vectors"
BESIDE = Path(__file__).parents[3] / "shared" / "vectors"


def load(name: str) -> Any:
    """Return a vector file of the repository."""
    return json.loads((HERE / name).read_text(encoding="utf-8"))


def load_beside(name: str) -> Any:
    """Return a vector file that lies beside the repository; skip the test where it is absent."""
    if not (BESIDE / name).is_file():
        pytest.skip(f"../shared/vectors/{name} is not here; its licence does not let it into the repository")
    return json.loads((BESIDE / name).read_text(encoding="utf-8"))
