"""Imports run one way through the house, and the doors start with only what they need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_import_contracts_hold() -> None:
    """import-linter keeps every contract of pyproject.toml."""
    linter = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("command", ["audit", "cosign"])
def test_audit_and_cosigners_load_the_record_only(command: str) -> None:
    """Loading the commands audit and cosign loads neither spaCy, numpy, pyarrow, a database nor the domain."""
    heavy = ("spacy", "numpy", "pyarrow", "msgspec", "sqlalchemy", "tasdiq.model")
    program = f"import sys, tasdiq.cli.{command}; print([m for m in {heavy} if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert result.stdout.strip() == "[]", result.stderr
