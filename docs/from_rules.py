"""Write the pages of rules in docs/design from the modules' own text; `--check` says whether they drifted."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

DESIGN = Path(__file__).parent / "design"
MODULES = (
    "verification.procedure", "verification.roles", "verification.opening", "verification.team", "verification.access",
    "verification.custody", "verification.drafting", "verification.hearing", "verification.signing", "verification.decision",
    "verification.devices", "verification.review", "verification.release", "verification.clocks", "compliance.conduct",
)  # fmt: skip
TALKS = (
    "talks.agreements", "talks.reports", "compliance.quantities", "compliance.progress", "talks.minutes", "talks.calls",
)  # fmt: skip
WAITING = ("waiting.item", "waiting.cases", "waiting.talks", "waiting.points", "waiting.desk", "web.notices.notice")
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
TALKS_HEAD = """# The talks

Every rule of agreements and their readings, of figures and measures, of minutes and of the contact line, as the code states it. A
refusal names its rule, and each rule has a test that tries its refusal. The page is written from the modules' own text
(`python docs/from_rules.py`). The rules of roles and clocks that [cases](procedure.md) have (R1, T1, T2, P9, P30) hold here too.

What the rules never allow: one party's word for the other's, silence as consent, a mark under a text that was changed afterwards,
or one party's figure added to the other's.
"""
WAITING_HEAD = """# What waits, and notices of it

Every rule of what stands on a member's desk and of what its officers are told, as the code states it. The page is written from the
modules' own text (`python docs/from_rules.py`).
"""
POINTS = ("framing", "corroboration.decided")
POINTS_HEAD = """# Points and their wording

Every rule of what persons decide about the propositions that a program puts statements under, as the code states it. A refusal
names its rule, and each rule has a test that tries it. The page is written from the modules' own text
(`python docs/from_rules.py`).

A program groups statements by kinds of proposition that are general to the field, and says of each statement why it stands where it
stands: which of its words fit, what it answers, which places and days it names. Likeness of words never decides whether two
statements agree. A person merges, splits, rewords and confirms (`tasdiq proposition`, or the forms of a joint record); a party
objects to a wording and may enter its own, which is shown beside it. What was proposed stays in the record as it was proposed.
"""
PAGES = {"procedure.md": (HEAD, MODULES), "talks.md": (TALKS_HEAD, TALKS), "waiting.md": (WAITING_HEAD, WAITING),
         "points.md": (POINTS_HEAD, POINTS)}  # fmt: skip


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


def page(name: str = "procedure.md") -> str:
    """Return a page: one section a module, its first sentence and its rules."""
    head, modules = PAGES[name]
    parts = [head]
    for module in modules:
        title = (importlib.import_module(f"tasdiq.{module}").__doc__ or "").partition("\n")[0]
        lines = [f"- **{name}** {text}" for name, text in rules(module)]
        parts.append(f"## {title.rstrip('.')}\n\n`{module.replace('.', '/')}`\n\n" + "\n".join(lines) + "\n")
    return "\n".join(parts)


def main() -> int:
    """Write or check the pages."""
    drifted = [name for name in PAGES if not _is_fresh(name)]
    if "--check" in sys.argv:
        print(f"drifted: {', '.join(drifted) or 'none'}" + (": run make docs" if drifted else ""), file=sys.stderr)
        return 1 if drifted else 0
    for name in drifted:
        (DESIGN / name).write_text(page(name), encoding="utf-8")
    return 0


def _is_fresh(name: str) -> bool:
    path = DESIGN / name
    return path.is_file() and path.read_text(encoding="utf-8") == page(name)


if __name__ == "__main__":
    sys.exit(main())
