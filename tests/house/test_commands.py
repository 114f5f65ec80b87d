"""The command line as a whole: every command has help that teaches, and the documentation shows exactly that help."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from click.testing import CliRunner

from tasdiq.cli.root import COMMANDS, root

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    """`--help` of each command exits 0 and says more than its usage line."""
    result = CliRunner().invoke(root, [name, "--help"])
    assert result.exit_code == 0, result.output
    assert len(result.output.splitlines()) >= 5


def test_the_documentation_shows_the_help_of_today() -> None:
    """docs/reference/commands.md is what the commands themselves say."""
    made = runpy.run_path(str(ROOT / "docs" / "from_commands.py"))["page"]()
    assert (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8") == made
