"""What is wrong with a charter, collected while it is read, so that its writer sees everything at once."""

from __future__ import annotations

from dataclasses import dataclass, field

from tasdiq.errors import InputError
from tasdiq.model.document import Rejected

from .positions import Path, line_of


class CharterError(InputError):
    """The charter cannot be used as it stands; `problems` lists why, in the order of the file."""

    def __init__(self, file: str, problems: tuple[Rejected, ...]) -> None:
        self.problems = problems
        first, *others = problems
        text = first.reason
        for problem in others:
            text += f"\n{file}:{problem.line} [{problem.field}]: {problem.reason}"
        super().__init__(text, file=file, line=first.line, field=first.field)


@dataclass
class Problems:
    """The problems found so far, with the lines of the file's keys."""

    file: str
    lines: dict[Path, int]
    found: list[Rejected] = field(default_factory=list)

    def add(self, path: Path, reason: str) -> None:
        """Note a problem at a key."""
        problem = Rejected(file=self.file, line=line_of(self.lines, path), field=spell(path), reason=reason)
        if problem not in self.found:
            self.found.append(problem)

    def line(self, path: Path) -> int:
        """Return the line of a key, for messages that point to another place."""
        return line_of(self.lines, path)

    def refuse(self) -> None:
        """Raise `CharterError` if anything was found."""
        if self.found:
            raise CharterError(self.file, tuple(sorted(self.found, key=lambda problem: problem.line)))


def spell(path: Path) -> str:
    """Return a path as a person would say it, elements counted from 1: `party 2 name`."""
    return " ".join(str(part + 1) if isinstance(part, int) else part for part in path)
