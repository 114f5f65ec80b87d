"""Imports run one way through the house, and the doors start with only what they need."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OPENS_A_STORE = {
    *("admission", "bundle", "edges", "growth", "log", "publish", "reader", "store"),
    *("mirrors.mirror", "mirrors.packing", "secrecy.forgetting", "secrecy.opening"),
}
MIXED = ("mirrors", "secrecy")


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


def test_every_module_of_the_record_is_known_to_open_a_store_or_not() -> None:
    """A new module is named in the contract that keeps databases out, or here among those that may open one."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (without,) = (each["source_modules"] for each in contracts if "sqlalchemy" in each.get("forbidden_modules", ()))
    named = {name.removeprefix("tasdiq.record.") for name in without if name.startswith("tasdiq.record.")}
    record = ROOT / "src" / "tasdiq" / "record"
    found = {path.stem for path in record.iterdir() if path.stem not in MIXED}
    found |= {f"{folder}.{path.stem}" for folder in MIXED for path in (record / folder).iterdir()}
    assert {name for name in found if "__init__" not in name and "__pycache__" not in name} == named | OPENS_A_STORE
