"""The documentation is whole: the pages of its contents exist, links lead somewhere, and every `--json` is described."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tasdiq.cli.root import COMMANDS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)")
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])


def test_every_page_of_the_contents_exists() -> None:
    """mkdocs.yml names files that are there."""
    nav = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("nav:")[2].partition("plugins:")[0]
    named = re.findall(r": (\S+\.md)$", nav, re.MULTILINE)
    assert named
    assert [name for name in named if not (DOCS / name).is_file()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    """A relative link is the path of a file in the repository."""
    broken = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if not (page.parent / link).exists()]
    assert broken == []


def test_every_json_output_is_described() -> None:
    """A command that takes --json says in its help, and so in the reference, what it prints."""
    reference = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")
    sections = re.split(r"^## ", reference, flags=re.MULTILINE)[1:]
    with_json = [section for section in sections if re.search(r"^  --json\s", section, re.MULTILINE)]
    assert {section.split("\n", 1)[0] for section in with_json} >= {"tasdiq assess", "tasdiq attribute", "tasdiq audit"}
    for section in with_json:
        assert "--json prints one" in section, section.split("\n", 1)[0]


def test_every_command_is_in_the_reference() -> None:
    """Each command has a section of its own."""
    reference = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"\n## tasdiq {name}\n" not in reference] == []
