"""The command line as its users meet it, in this process: arguments in; exit code, stdout and stderr out. And the audit page."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import world as ceasefire
from record.forging import World, make_world
from tasdiq.cli.root import main
from tasdiq.publication.site import publish


class Done(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


Door = Callable[..., Done]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """What honest parties have, from which every case of the audit page is made."""
    return make_world(tmp_path_factory.mktemp("matrix"))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The audit page, of another site than those it checks."""
    out = tmp_path_factory.mktemp("checker")
    publish(ceasefire.state(), out, published_at=ceasefire.CLOCK)
    return (out / "audit.html").as_uri()


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
