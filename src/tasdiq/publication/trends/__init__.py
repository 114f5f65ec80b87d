"""Did it grow quieter? Rates before and after a ceasefire takes effect, who reported, and what that cannot say.

`occurrences` lays the public state out as rows, `intervals` has the statistics, `rates` compares before with after, `coverage`
watches the reporters, `grid` counts weeks and districts, `words` says what cannot be concluded, `drawing` draws. All of it is
pure, and sees only what `redact` let through: delayed, coarsened, without rows that may not be passed on.
"""

from __future__ import annotations

from .story import trends

__all__ = ["trends"]
