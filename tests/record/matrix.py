"""The tamper matrix: every attack that is tried, in one list, for the command and for the audit page.

The table of `docs/design/threat-model.md` has a line for each case; a test holds the two together.
"""

from __future__ import annotations

from record.attacks import entries, files, histories
from record.attacks.case import Case

ATTACKS = (
    "flip",
    "drop",
    "insert",
    "reorder",
    "truncate",
    "roll back",
    "replay",
    "swap bodies",
    "swap keys",
    "forge cosignature",
    "split view",
    "stolen log key",
    "backdate",
    "two writers",
    "restored backup",
    "removed public body",
    "stale key chain",
)
"""What the matrix must cover, each by one case at least."""

CASES: list[Case] = sorted(
    [*files.ATTACKS, *entries.ATTACKS, *histories.ATTACKS], key=lambda case: ATTACKS.index(case.attack)
)
