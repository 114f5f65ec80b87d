"""Forgetting: a file that only emptied content named goes with it.

Attachments lie beside the database, so no transaction takes them along. Therefore what may have to go is noted before the
notice is committed, and settled after it:

1. Before the commit the names in what is to be emptied are written down, durably. A crash before the commit leaves a note
   about content that is still there; settling it removes nothing.
2. After the commit every noted file goes that no content which is still here names, and then the note. A crash in between
   leaves the note to whoever opens the record next.
3. What cannot be read here (named recipients, a missing key at rest) names nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tasdiq.record.durable import guarded, sync_directory, write_durably
from tasdiq.record.store import Store

NOTE = "attachments-to-forget.txt"
_SHA256 = re.compile(rb"[0-9a-f]{64}")
_STRETCH = 256


def named_in(store: Store, targets: Iterable[tuple[int, int | None]]) -> set[str]:
    """Return the attachments that lie here and are named by content that is about to be emptied."""
    found: set[str] = set()
    for index, number in targets:
        found |= names_at(store, index, number)
    return found & store.attachments()


def names_at(store: Store, index: int, number: int | None = None) -> set[str]:
    """Return every SHA-256 that the body at `index` or its rows name as they are here now, or that one row alone does."""
    texts = [row.content for n, row in store.rows(index).items() if row and number in (None, n)]
    if number is None:
        texts.append(store.body(index).plaintext or b"")
    return _names(texts)


def note(store: Store, names: set[str]) -> None:
    """Write down what may have to go, before the notice is committed (rule 1)."""
    if names:
        listed = sorted(names | _noted(store.directory))
        write_durably(store.directory / NOTE, "".join(f"{name}\n" for name in listed).encode())


def is_noted(store: Store) -> bool:
    """Tell whether there is something to settle."""
    return (store.directory / NOTE).is_file()


def settle(store: Store) -> None:
    """Remove every noted file that nothing names any more, then the note (rule 2)."""
    left = _noted(store.directory)
    for texts in _contents(store):
        if not left:
            break
        left -= _names(texts)
    for name in left:
        store.forget_attachment(name)
    with guarded(store.directory):
        (store.directory / NOTE).unlink(missing_ok=True)
        sync_directory(store.directory)


def _noted(directory: Path) -> set[str]:
    path = directory / NOTE
    with guarded(directory):
        return set(path.read_text(encoding="ascii").split()) if path.is_file() else set()


def _contents(store: Store) -> Iterator[list[bytes]]:
    size = store.size()
    for start in range(0, size, _STRETCH):
        end = min(start + _STRETCH, size)
        yield [held.plaintext for _, held in store.bodies(start, end) if held.plaintext]
        for index in store.divided(start, end):
            yield [row.content for row in store.rows(index).values() if row]


def _names(texts: Iterable[bytes]) -> set[str]:
    return {name.decode() for text in texts for name in _SHA256.findall(text)}
