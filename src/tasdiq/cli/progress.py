"""Say what is going on, on stderr: stdout belongs to results.

On a terminal a line that renews itself, with a bar where the step has a length. Elsewhere, as in a log, a plain line now and then
of steps that have one, and none for what takes less than `FIRST_LINE` seconds. Nothing but notes where `quiet` is asked for.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console, RenderableType
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table

_STEP = TextColumn("{task.description}", markup=False)
UNMEASURED: tuple[ProgressColumn, ...] = (SpinnerColumn(), _STEP)
MEASURED: tuple[ProgressColumn, ...] = (_STEP, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
FIRST_LINE, NEXT_LINE = 10.0, 20.0
"""Seconds."""


@contextmanager
def progress(quiet: bool = False) -> Iterator[Callable[[str], None]]:
    """Yield a function that shows the step now under way; it has a `count` for steps of known length."""
    console = Console(stderr=True)
    if quiet:
        yield _Quiet()
    elif console.is_terminal:
        with _Bar(console) as bar:
            yield bar
    else:
        yield _Lines()


class _Bar(Progress):
    """One line on a terminal."""

    def __init__(self, console: Console) -> None:
        super().__init__(console=console, transient=True, refresh_per_second=5, speed_estimate_period=120)
        self._task: TaskID | None = None
        self._step = ""

    def get_renderables(self) -> Iterator[RenderableType]:
        """Yield the line: with a bar only where the step has a length."""
        for task in self.tasks:
            columns = MEASURED if task.total else UNMEASURED
            row = Table.grid(padding=(0, 1))
            row.add_row(*(column(task) for column in columns))
            yield row

    def __call__(self, step: str) -> None:
        self._show(step, None)

    def count(self, step: str, done: int, of: int) -> None:
        if step != self._step or self._task is None:
            self._show(step, of)
        assert self._task is not None
        self.update(self._task, completed=done, total=of)

    def note(self, text: str) -> None:
        self.console.print(text, markup=False, highlight=False)

    def _show(self, step: str, of: int | None) -> None:
        if self._task is not None:
            self.remove_task(self._task)
        self._step, self._task = step, self.add_task(step, total=of)


class _Quiet:
    """Nothing but what should stay to be read, on stderr."""

    def __call__(self, step: str) -> None:
        """Say nothing."""

    def count(self, step: str, done: int, of: int) -> None:
        """Say nothing."""

    def note(self, text: str) -> None:
        click.echo(text, err=True)


class _Lines(_Quiet):
    """A plain line on stderr now and then, of a step that has a length."""

    def __init__(self) -> None:
        self._next = time.monotonic() + FIRST_LINE

    def count(self, step: str, done: int, of: int) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + NEXT_LINE
            click.echo(f"{step}: {done:,} of {of:,}", err=True)
