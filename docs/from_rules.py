"""Write docs/design/procedure.md from the rules in the modules of the procedure; `--check` says whether it has drifted."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

PAGE = Path(__file__).parent / "design" / "procedure.md"
MODULES = (
    "verification.procedure", "verification.roles", "verification.opening", "verification.team", "verification.access",
    "verification.custody", "verification.drafting", "verification.hearing", "verification.signing", "verification.decision",
    "verification.devices", "verification.review", "verification.release", "verification.clocks", "compliance.conduct",
)  # fmt: skip
RULE = re.compile(r"^([A-Z]\d+)\.\s+(.*)$")
HEAD = """# The procedure

Every rule of a case, as the code states it. A refusal names its rule, and each rule has a test that tries its refusal. Rules
in [square brackets] name the key of the [charter](../reference/charter.md) that sets them. The page is written from the modules'
own text (`python docs/from_rules.py`).

A case goes from the allegation to competence, a preliminary assessment, a team, access, evidence, a draft, the hearing of the
parties, and marks under three parts: occurrence, responsibility, breach. The charter's rule decides, or there is no common
finding, with each member's text. What the rules never allow: to count an allegation as a violation, silence as consent, an
armed group as a party, or to grade a party.
"""


def rules(module: str) -> Iterator[tuple[str, str]]:
    """Yield the rules of a module, in the order of its docstring."""
    text = importlib.import_module(f"tasdiq.{module}").__doc__ or ""
    name, said = "", list[str]()
    for line in text.splitlines():
        if match := RULE.match(line):
            if name:
                yield name, " ".join(said)
            name, said = match[1], [match[2]]
        elif name and line.startswith("    "):
            said.append(line.strip())
        elif name:
            yield name, " ".join(said)
            name = ""
    if name:
        yield name, " ".join(said)


def page() -> str:
    """Return the page: one section a module, its first sentence and its rules."""
    parts = [HEAD]
    for module in MODULES:
        title = (importlib.import_module(f"tasdiq.{module}").__doc__ or "").partition("\n")[0]
        lines = [f"- **{name}** {text}" for name, text in rules(module)]
        parts.append(f"## {title.rstrip('.')}\n\n`{module.replace('.', '/')}`\n\n" + "\n".join(lines) + "\n")
    return "\n".join(parts)


def main() -> int:
    """Write or check the page."""
    if "--check" in sys.argv:
        fresh = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page()
        print("the procedure's page is up to date" if fresh else f"{PAGE} has drifted: run make docs", file=sys.stderr)
        return 0 if fresh else 1
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
