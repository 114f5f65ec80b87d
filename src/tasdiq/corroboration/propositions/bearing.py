"""A statement's bearing on one proposition, and the table of all bearings from which propositions are made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tasdiq.model.proposition import Stance
from tasdiq.model.statement import Statement

from .pattern import Frame
from .reading import Line

Key = tuple[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True)
class Bearing:
    """`statement` takes `stance` on the proposition `key` (frame id and filled slots)."""

    statement: Statement
    key: Key
    frame: Frame
    stance: Stance
    why: str
    narrator: bool = False
    at: tuple[int, int] | None = None
    """Where the first and the last word that fit the frame begin in the text."""
    answers: str = ""
    """Id of the statement that this one answers."""

    @property
    def about(self) -> str | None:
        """The party the proposition is about."""
        return dict(self.key[1]).get(self.frame.about)


@dataclass
class Bearings:
    """Every bearing, by statement; `lines` are the statements as read."""

    lines: dict[str, Line] = field(default_factory=dict)
    of: dict[str, list[Bearing]] = field(default_factory=dict)

    def add(self, bearing: Bearing) -> None:
        """Enter a bearing; the first of a statement on a proposition counts."""
        held = self.of.setdefault(bearing.statement.id, [])
        if all(other.key != bearing.key for other in held):
            held.append(bearing)

    def all(self) -> Iterator[Bearing]:
        """Yield every bearing in the order of statements."""
        for ident in self.lines:
            yield from self.of.get(ident, ())
