"""Which texts a name may stand in, found by one pass over all of them: what is asked of each name need not read everything.

Names are sought by their first run of letters and digits; whether and how they stand there is for who asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_RUN = re.compile(r"\w+")


class Where:
    """The texts, in their order, by the first word of the names that will be asked for."""

    def __init__(self, texts: Sequence[str], names: Iterable[str]) -> None:
        self._texts = texts
        self._found: dict[str, list[int]] = {word: [] for name in names if (word := _first(name))}
        if self._found:
            for number, text in enumerate(texts):
                for word in self._found.keys() & set(_RUN.findall(text)):
                    self._found[word].append(number)

    def of(self, *names: str) -> list[str]:
        """Return the texts that hold the first word of one of these names, in order; they were named from the start."""
        words = [_first(name) for name in names]
        if not all(words):
            return list(self._texts)
        return [self._texts[number] for number in sorted({n for word in words for n in self._found[word]})]


def _first(name: str) -> str:
    run = _RUN.search(name)
    return run[0] if run else ""
