"""How a commitment goes, as members' own figures and ratings have it: derived by `compliance`, shown side by side.

No figure of one teller is added to another's, and no result is picked where parties read a quantity differently.
"""

from __future__ import annotations

from typing import Literal

from .agreement import Counting, Rating
from .value import Value

CountingUsed = Literal["average", "each", "total"]
Result = Literal["met", "not met", "not known"]


class Count(Value, frozen=True, kw_only=True):
    """One teller's figures under one way of counting. `total` is their sum over `days` days, of which `known` have a figure.

    `asked` is what the quantity comes to over the window; `misses` are the first days of the periods that missed it.
    """

    teller: str
    counting: CountingUsed
    result: Result
    why: str
    total: int = 0
    asked: int = 0
    periods: int = 0
    days: int = 0
    known: int = 0
    misses: tuple[str, ...] = ()


class Progress(Value, frozen=True, kw_only=True):
    """A commitment's counts by teller and way of counting, how each party reads it, and the members' latest ratings.

    `start` and `end` are the window that was counted (days, both included); `""` where nothing can be counted yet.
    `reading` says in words whether the parties count alike.
    """

    commitment: str
    start: str = ""
    end: str = ""
    counts: tuple[Count, ...] = ()
    readings: tuple[tuple[str, Counting], ...] = ()
    reading: str = ""
    ratings: tuple[Rating, ...] = ()
    disputed: bool = False
