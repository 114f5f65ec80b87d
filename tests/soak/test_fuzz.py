"""Every parser under a coverage-guided fuzzer, 30 minutes of processor time in all (TASDIQ_FUZZ_MINUTES)."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from soak.parsers import PARSERS

MINUTES = float(os.environ.get("TASDIQ_FUZZ_MINUTES", "30"))
CORPUS = Path(__file__).parents[2] / "build" / "fuzz"


@pytest.mark.soak
@pytest.mark.parametrize("name", PARSERS)
def test_nothing_but_our_own_errors_and_one_spelling(name: str) -> None:
    """The fuzzer finds no input that raises anything else, and none that is read and written back differently."""
    if importlib.util.find_spec("atheris") is None:
        pytest.skip("atheris is not installed: make soak installs it")
    folder = CORPUS / name.replace(" ", "-")
    seconds = max(1, round(MINUTES * 60 / len(PARSERS)))
    options = [f"-max_total_time={seconds}", f"-artifact_prefix={folder}.", "-rss_limit_mb=2048", "-timeout=20"]
    command = [sys.executable, Path(__file__).with_name("fuzz.py"), name, folder, *options, "-verbosity=0"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 300)
    assert done.returncode == 0, done.stderr[-4000:]
