"""Write `docs/reference/commands.md` from the commands' own `--help`, or check that it has not drifted (`--check`)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from tasdiq.cli.root import COMMANDS, root

PAGE = Path(__file__).parent / "reference" / "commands.md"
SETTINGS: dict[str, Any] = {**root.context_settings, "terminal_width": 100}
INTRODUCTION = """# Commands

Made from the commands' own help by `make docs`; a test fails when the two drift apart.

`--json` prints machine-readable output on stdout, everything else goes to stderr. Exit codes: 0 done, 1 failed or a check
does not hold, 2 unusable input or usage.
"""


def page() -> str:
    """Return the page: the help of the root and of every command and subcommand."""
    parts = [INTRODUCTION, _section("tasdiq", root, None)]
    with click.Context(root, info_name="tasdiq", **SETTINGS) as above:
        for name in COMMANDS:
            command = root.get_command(above, name)
            assert command is not None
            parts.append(_section(f"tasdiq {name}", command, above))
            if isinstance(command, click.Group):
                with click.Context(command, info_name=name, parent=above, **SETTINGS) as inner:
                    for each in command.list_commands(inner):
                        below = command.get_command(inner, each)
                        assert below is not None
                        parts.append(_section(f"tasdiq {name} {each}", below, inner))
    return "\n".join(parts)


def _section(title: str, command: click.Command, above: click.Context | None) -> str:
    context = click.Context(command, info_name=title.rsplit(" ", 1)[-1], parent=above, **SETTINGS)
    return f"## {title}\n\n```text\n{command.get_help(context)}\n```\n"


def main() -> int:
    """Write or check the page."""
    if "--check" in sys.argv:
        fresh = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page()
        print("the commands' page is up to date" if fresh else f"{PAGE} has drifted: run make docs", file=sys.stderr)
        return 0 if fresh else 1
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
