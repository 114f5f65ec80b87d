"""Say in words what a comparison shows and what cannot be concluded from it.

1. A sentence follows a figure by rule; none is written for a case. Fewer or more are always "told of", never "happened".
2. What no count can tell is said every time: who began, whose fault, whether a commitment was kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .coverage import Reporters
from .rates import LEAST_WEEKS, Window

CHANGED_MUCH = 0.5
ALWAYS = (
    "These are allegations. None of them is a violation before a finding says so, and naming a side says nothing of blame.",
    "Fewer told of can mean fewer incidents, fewer reporters, or less that reaches them: no report is not quiet.",
    "What came after a ceasefire did not for that reason come from it: seasons, weather and other events change rates too.",
    "Nothing here says who began, or whether a commitment was kept: that is for cases and findings.",
)


def cannot(
    weeks: Window | None, who: Reporters | None, lines: list[Mapping[str, Any]], kept: list[Mapping[str, Any]]
) -> list[str]:
    """Return what cannot be concluded, the particular before the general."""
    found: list[str] = []
    if weeks is None:
        found.append("No document tells on which day a ceasefire took effect: before and after cannot be compared.")
    elif not weeks.comparable:
        found.append(
            f"A comparison needs {LEAST_WEEKS} whole weeks on each side; there are {len(weeks.before)} before and"
            f" {len(weeks.after)} after: no rate is compared."
        )
    if who and who.kept < CHANGED_MUCH:
        found.append(
            f"The reporters changed: {who.before} sources before, {who.after} after, {len(who.throughout)} on both sides."
            " A difference may be theirs."
        )
    if lines and lines[0]["tells"].startswith("no change"):
        found.append("The interval of the ratio holds 1: from these counts neither fewer nor more can be concluded.")
    if lines and kept and lines[0]["tells"] != kept[0]["tells"]:
        found.append(
            "Sources present on both sides do not show the same as all sources together: who reports decides it."
        )
    return [*found, *ALWAYS]


def answer(count: int, turn: str, lines: list[Mapping[str, Any]]) -> str:
    """Answer the page's question in a sentence."""
    if not count:
        return "No alleged incident with a time is public yet."
    if not lines:
        return f"{count:,} alleged incidents are told of over time; no comparison can be made."
    tells = {"fewer told": "Fewer were told of after", "more told": "More were told of after"}.get(
        lines[0]["tells"], "Neither fewer nor more can be told from chance after"
    )
    return f"{tells} {turn} than before, a week; that is not yet to say that fewer or more happened."
