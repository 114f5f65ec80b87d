"""The errors tasdiq raises, in families by who must act.

Every error is a `TasdiqError` whose text tells a person what was expected, what was found, where, and what to do.
Expected outcomes (an unreadable row, a refused proposal) are values, not errors.
One table here maps errors to exit codes; the web application has its own table for HTTP.
"""

from __future__ import annotations

from pathlib import Path


def shown(text: object) -> str:
    """Return text for one line of a terminal: what does not print (line ends, overrides of direction) is escaped."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in str(text))


class TasdiqError(Exception):
    """The root of everything tasdiq raises on purpose."""


class InputError(TasdiqError):
    """The person who supplied a file must mend it. `line` counts from 1; `field` is a column or key."""

    def __init__(
        self, message: str, *, file: str | Path | None = None, line: int | None = None, field: str | None = None
    ) -> None:
        self.message, self.file, self.line, self.field = message, file, line, field
        super().__init__(self._text())

    def _text(self) -> str:
        where = shown(self.file) if self.file is not None else ""
        if self.line is not None:
            where += f":{self.line}"
        if self.field:
            where += f" [{self.field}]" if where else f"[{self.field}]"
        return f"{where}: {self.message}" if where else self.message


class ProcedureError(TasdiqError):
    """The step is not open now; `paragraph` cites the charter."""

    def __init__(self, message: str, *, paragraph: str = "") -> None:
        self.paragraph = paragraph
        super().__init__(f"{message} (charter, {paragraph})" if paragraph else message)


class RoleError(TasdiqError):
    """The signer or user may not do this; somebody else must."""


class MissingError(TasdiqError):
    """What was asked for is not in this record."""


class SettingsError(TasdiqError):
    """The operator must change a setting, an option or a path."""


class RecordError(TasdiqError):
    """The record itself is damaged or refuses: appending stops."""


EXIT_DONE, EXIT_FAILED, EXIT_UNUSABLE = 0, 1, 2


def exit_code(error: TasdiqError) -> int:
    """Return the exit code a command ends with: 2 for unusable input or usage, 1 for everything else."""
    return EXIT_UNUSABLE if isinstance(error, InputError | SettingsError | MissingError) else EXIT_FAILED
