"""The rules of the procedure: every one is cited by a test, and the documentation shows them as they are."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MADE = runpy.run_path(str(ROOT / "docs" / "from_rules.py"))
MODULES = (*MADE["MODULES"], *MADE["TALKS"])
RULES = [(module, name) for module in MODULES for name, _ in MADE["rules"](module)]
FOLDERS = tuple(ROOT / "tests" / name for name in ("verification", "compliance", "talks"))
TESTS = "\n".join(path.read_text(encoding="utf-8") for folder in FOLDERS for path in folder.glob("test_*.py"))


def test_a_rule_has_one_number_and_its_own() -> None:
    """No number stands in two modules; none of the series is left out."""
    names = [name for _, name in RULES]
    assert len(names) == len(set(names)) > 60
    for series in "PRTDECGQIML":
        numbers = sorted(int(name[1:]) for name in names if name[0] == series)
        assert numbers == list(range(1, len(numbers) + 1)), series


@pytest.mark.parametrize(("module", "name"), RULES, ids=lambda value: str(value))
def test_every_rule_is_tried(module: str, name: str) -> None:
    """A test is named for the rule, or for a range of rules it lies in."""
    number = int(name[1:])
    cited = re.findall(rf"def test_((?:{name[0].lower()}\d+_)+(?:to_{name[0].lower()}\d+_)?)", TESTS)
    cited += re.findall(rf"def test_(?:[a-z]\d+_)+?({name[0].lower()}\d+_)", TESTS)
    for found in cited:
        numbers = [int(digits) for digits in re.findall(r"\d+", found)]
        if number in numbers or ("to" in found and numbers[0] <= number <= numbers[-1]):
            return
    raise AssertionError(f"no test is named for {name} of {module}")


@pytest.mark.parametrize("name", MADE["PAGES"])
def test_the_documentation_shows_the_rules_of_today(name: str) -> None:
    """docs/design/procedure.md and talks.md are what the modules say."""
    assert (ROOT / "docs" / "design" / name).read_text(encoding="utf-8") == MADE["page"](name)
