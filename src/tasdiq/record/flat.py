"""Canonical JSON of the plainest kind, told at a glance: what the thousands of rows of one bulk entry have in common.

A flat object's spelling is a regular language as soon as its keys are known: in their order, each at most once, values
without an object or list in them. So one expression says for a text that it is what `canonical.loads` takes.

1. What matches is canonical JSON. What does not match may be so all the same: then `canonical.loads` decides.
2. Keys are learnt from what `canonical.loads` took, up to `MOST_KEYS`; they are names of lower-case letters, digits and _.
3. Texts hold no escape but the short ones, integers at most fifteen digits: wherever spellings could differ nothing matches.
"""

from __future__ import annotations

import re
from typing import Any

from tasdiq.record import canonical

MOST_KEYS = 64
_KEY = re.compile(r"[a-z0-9_]{1,64}", re.ASCII)
_UNESCAPED = r'[^"\\\x00-\x1f]*+'
_VALUE = rf'(?:"{_UNESCAPED}(?:\\["\\bfnrt]{_UNESCAPED})*+"|-?[1-9][0-9]{{0,14}}+|0|true|false|null)'


class Flat:
    """Checks one text after the other, quickly where it is like those before; for one list of texts."""

    def __init__(self) -> None:
        self._keys = frozenset[str]()
        self._known = re.compile(r"(?!)")

    def require(self, data: bytes) -> None:
        """Raise InputError unless `data` is canonical JSON."""
        try:
            if self._known.fullmatch(data.decode("utf-8")):
                return
        except UnicodeDecodeError:
            pass
        self._learn(canonical.loads(data))

    def _learn(self, value: Any) -> None:
        keys = self._keys.union(value) if isinstance(value, dict) else self._keys
        if keys != self._keys and len(keys) <= MOST_KEYS and all(map(_KEY.fullmatch, keys)):
            # After a value comes a comma and another key, or the end: so no comma is left over.
            pairs = (rf'(?:"{key}":{_VALUE}(?:,(?=")|(?=\}})))?+' for key in sorted(keys))
            self._keys, self._known = keys, re.compile(rf"\{{{''.join(pairs)}\}}", re.ASCII)
