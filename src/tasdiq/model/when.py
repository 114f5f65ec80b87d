"""A date or time that knows how exact it is.

`start` and `end` are ISO 8601 (`YYYY-MM-DD` or `YYYY-MM-DDTHH:MM:SSZ`, both inclusive) and may be absent where the text
leaves them open ("until further notice", "since 2021"). `text` is the wording the value was read from.
"""

from __future__ import annotations

from typing import Literal

from .value import Value

Precision = Literal["minute", "hour", "day", "week", "month", "season", "year", "unknown"]


class When(Value, frozen=True, kw_only=True):
    """A point or span of time as a document gives it."""

    start: str | None = None
    end: str | None = None
    precision: Precision = "unknown"
    text: str = ""
    approximate: bool = False

    @property
    def key(self) -> str:
        """Sort key: start, else end, else last."""
        return self.start or self.end or "9999"


UNKNOWN_TIME = When()
