"""What all documents together tell of sessions, crossings and the ceasefire, each point with every telling behind it."""

from __future__ import annotations

from typing import Literal

from .value import Value
from .when import When


class Session(Value, frozen=True, kw_only=True):
    """A round of talks, held or scheduled, as each outlet and side tells it."""

    id: str
    place: str
    place_name: str
    when: When | None = None
    round: int | None = None
    scheduled: bool = False
    mediators: tuple[tuple[str, tuple[str, ...]], ...] = ()
    outcomes: tuple[tuple[str, str], ...] = ()
    tellings: tuple[str, ...] = ()
    method: str = ""


class CrossingInterval(Value, frozen=True, kw_only=True):
    """A state of one crossing over a time, by kind of traffic, announced or observed; `mediators` in sessions has its like.

    `when.start` absent means "since before the first telling"; `open_ended` means no end is told.
    """

    id: str
    crossing: str
    name: str
    state: Literal["closed", "open", "suspended", "partly open"]
    when: When | None = None
    open_ended: bool = True
    traffic: tuple[str, ...] = ()
    basis: Literal["announced", "observed"] = "observed"
    until: str = ""
    tellings: tuple[str, ...] = ()
    method: str = ""


class CeasefirePoint(Value, frozen=True, kw_only=True):
    """One turn in the life of the ceasefire, with who says so; `by` is who announced one alone."""

    id: str
    event: str
    by: str | None = None
    when: When | None = None
    tellings: tuple[str, ...] = ()
    tellers: tuple[str, ...] = ()
    method: str = ""
