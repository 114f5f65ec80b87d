"""What a case of the tamper matrix is: an attack, how it is tried on good copies, and what an audit must say of the result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from record.forging import World
from tasdiq.errors import TasdiqError

Where = tuple[str, str, int | None]


@dataclass(frozen=True)
class Tried:
    """A tampered thing and what must be shown: exactly these problems, as (code, path, index).

    `trust`, `against` and `receipts` are what the reader has from elsewhere.
    """

    path: Path
    shows: frozenset[Where]
    trust: Path | None = None
    against: tuple[Path, ...] = ()
    receipts: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Refused:
    """An attack that the log itself refuses, on its host: what is tried, and what the refusal must say."""

    attempt: Callable[[], object]
    error: type[TasdiqError]
    says: str


@dataclass(frozen=True)
class Case:
    """One attack: its name in the threat model, the kind of attack, and how it is made from a good world in a folder.

    `reader` cases concern files a reader has, so that the audit page must say the same.
    """

    name: str
    attack: str
    make: Callable[[World, Path], Tried | Refused]
    reader: bool

    def __str__(self) -> str:
        return self.name


class Attacks(list[Case]):
    """Cases in the order they stand in a file."""

    def of(
        self, attack: str, *, reader: bool = True
    ) -> Callable[[Callable[[World, Path], Tried | Refused]], Callable[[World, Path], Tried | Refused]]:
        """Add a function as a case; its name, with spaces, is the case's."""

        def add(make: Callable[[World, Path], Tried | Refused]) -> Callable[[World, Path], Tried | Refused]:
            self.append(Case(make.__name__.replace("_", " "), attack, make, reader))
            return make

        return add


def tried(path: Path, *shows: Where, **known: Path | tuple[Path, ...] | None) -> Tried:
    """Return what was tried and what must be shown."""
    return Tried(path, frozenset(shows), **known)  # type: ignore[arg-type]
