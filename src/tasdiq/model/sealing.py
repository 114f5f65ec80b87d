"""Which fields of a body are sealed: provable later one by one, and read by no fold, page or table until then.

1. The names of a finding's witnesses are sealed, each by itself and the list around them.
2. The list is there and sealed where nobody is named, too: that a finding has witnesses is not to be seen either.
"""

from __future__ import annotations

from typing import Any

from .entries import FindingDrafted
from .value import Value, to_plain

SEALED: dict[type[Value], tuple[str, ...]] = {FindingDrafted: ("witnesses",)}


def plain(body: Value) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return a body as JSON-ready builtins, and JSON pointers to the parts of it that are to be sealed."""
    written: dict[str, Any] = to_plain(body)
    pointers: list[str] = []
    for name in SEALED.get(type(body), ()):
        items = written.setdefault(name, [])
        pointers += [f"/{name}", *(f"/{name}/{number}" for number in range(len(items)))]
    return written, tuple(pointers)
