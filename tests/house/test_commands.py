"""The command line as a whole: every command has help that teaches, and the documentation shows exactly that help."""

from __future__ import annotations

import re
import runpy
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tasdiq.cli.root import COMMANDS, root

ROOT = Path(__file__).parents[2]


def commands() -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield every command and subcommand with the words that call it."""
    for name in COMMANDS:
        command = root.get_command(click.Context(root), name)
        assert command is not None
        yield (name,), command
        if isinstance(command, click.Group):
            context = click.Context(command)
            for each in command.list_commands(context):
                inner = command.get_command(context, each)
                assert inner is not None
                yield (name, each), inner


EVERY = dict(commands())


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_every_command_explains_itself(words: tuple[str, ...]) -> None:
    """`--help` of each command exits 0, shows an example, and says what each option is for."""
    result = CliRunner().invoke(root, [*words, "--help"])
    assert result.exit_code == 0, result.output
    assert f"tasdiq {' '.join(words)}" in result.output.partition("Options:")[0].partition("\n")[2], "no example"
    for parameter in EVERY[words].params:
        if isinstance(parameter, click.Option):
            choices = isinstance(parameter.type, click.Choice)
            assert parameter.help or choices, parameter.name


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_the_examples_of_a_command_can_be_called(words: tuple[str, ...]) -> None:
    """Every option in an example is one the command has, and what it requires is given."""
    text = re.sub(r"\\\n\s*", "", CliRunner().invoke(root, [*words, "--help"]).output)
    for line in re.findall(r"^ {4,}(tasdiq .*)$", text, re.MULTILINE):
        called = shlex.split(re.split(r" [|>] |\s{3,}", line)[0])[1:]
        length = 2 if tuple(called[:2]) in EVERY else 1
        command = EVERY[tuple(called[:length])]
        if not isinstance(command, click.Group):
            command.make_context(" ".join(called[:length]), called[length:], **root.context_settings)


def test_the_root_lists_every_command() -> None:
    """`tasdiq --help` shows each command with one sentence, and the exit codes."""
    output = CliRunner().invoke(root, ["--help"]).output
    assert all(re.search(rf"^  {name}\s+\w", output, re.MULTILINE) for name in COMMANDS)
    assert "Exit codes: 0 done" in output


def test_the_documentation_shows_the_help_of_today() -> None:
    """docs/reference/commands.md is what the commands themselves say."""
    made = runpy.run_path(str(ROOT / "docs" / "from_commands.py"))["page"]()
    assert (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8") == made
