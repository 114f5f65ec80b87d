"""How far a long step is, for whoever shows it: as a count where it can be shown as one, else in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable

Progress = Callable[[str], None]


@runtime_checkable
class Counting(Protocol):
    """A progress that can show a count, and a note that stays."""

    def __call__(self, step: str) -> None: ...  # noqa: D102

    def count(self, step: str, done: int, of: int) -> None: ...  # noqa: D102

    def note(self, text: str) -> None: ...  # noqa: D102


def count(progress: Progress, step: str, done: int, of: int) -> None:
    """Say that `done` items `of` so many of a step are done."""
    if isinstance(progress, Counting):
        progress.count(step, done, of)
    else:
        progress(f"{step}: {done:,} of {of:,}")


def note(progress: Progress, text: str) -> None:
    """Say what should stay to be read."""
    if isinstance(progress, Counting):
        progress.note(text)
    else:
        progress(text)


def silent(_: str) -> None:
    """Say nothing."""
