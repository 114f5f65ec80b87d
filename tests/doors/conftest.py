"""The command line as its users meet it, in this process: arguments in; exit code, stdout and stderr out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tasdiq.cli.root import main


class Done(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


Door = Callable[..., Done]


@pytest.fixture
def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Door:
    """Run a command; an exception that `main` lets through fails the test, as a traceback would."""
    monkeypatch.setenv("TASDIQ_STATE", str(tmp_path / "state"))

    def run(*arguments: object) -> Done:
        monkeypatch.setattr(sys, "argv", ["tasdiq", *map(str, arguments)])
        capfd.readouterr()
        try:
            main()
            code = 0
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        printed = capfd.readouterr()
        assert "Traceback" not in printed.err
        return Done(code, printed.out, printed.err)

    return run
