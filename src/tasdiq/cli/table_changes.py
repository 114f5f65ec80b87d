"""Say what a table that was imported again changed: how many, then some of them, one a line."""

from __future__ import annotations

import click

from tasdiq.errors import shown
from tasdiq.intake.table import Changes

MOST_LINES = 10
LONGEST = 40


def tell_changes(changes: Changes) -> None:
    """Print a short table of what was added, changed and gone."""
    click.echo(f"{shown(changes.file)}: takes the place of the earlier: {changes.summary}")
    lines = [("added", key, "") for key in changes.added[:MOST_LINES]]
    lines += [("changed", each.report_id, _words(each.fields)) for each in changes.changed[:MOST_LINES]]
    lines += [("gone", key, "") for key in changes.gone[:MOST_LINES]]
    width = max((len(shown(key)) for _, key, _ in lines), default=0)
    for what, key, words in lines:
        click.echo(f"  {what:<8} {shown(key):<{min(width, LONGEST)}}  {words}".rstrip())
    more = sum(max(0, len(each) - MOST_LINES) for each in (changes.added, changes.changed, changes.gone))
    if more:
        click.echo(f"  and {more} more: --json lists them all")


def _words(fields: tuple[tuple[str, object, object], ...]) -> str:
    return "; ".join(f"{name}: {_short(before)} → {_short(after)}" for name, before, after in fields)


def _short(value: object) -> str:
    text = "nothing" if value in (None, "") else shown(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
