"""Origins of statements: repetitions collapsed, with bounds on how many independent origins there may be.

The rules stand where they are applied: tellings of one document (`tellings`, `continuing`, `passages`), ties between tellings
(`ties`, `quotations`), channels (`channels`), voices (`voices`), dates (`days`). Here, the bounds:

1. What is tied is one origin, so `lowest` is 1: nothing in the documents shows that a speaker said it twice.
2. `highest` counts the channels that may each have heard it (outlets it was told to; own publication once), the documents that
   each may have asked an unnamed source, and every tie that leaves two statements possible.
"""

from __future__ import annotations

from .trace import METHOD, Traced, trace, trace_all

__all__ = ["METHOD", "Traced", "trace", "trace_all"]
