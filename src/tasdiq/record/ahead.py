"""A second hand for the signatures of a group: a thread that begins at its end while the caller begins at its start.

OpenSSL checks a signature without Python's lock, so that on a second core the group is done in little more than half the
time. What is decided stays with the caller: it asks `verify` for one signature after the other, in order, and gets the
same answers, whoever computed them. Where there is no second core, the caller computes nearly all of them itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Thread
from types import TracebackType

from tasdiq.record import ed25519
from tasdiq.record.entry import Entry
from tasdiq.record.keys import KeyState

Verify = Callable[[bytes, bytes, bytes], bool]
WORTH_IT = 50


class Ahead:
    """The signatures of these entries, by the keys known before them; use it in a `with` block."""

    def __init__(self, entries: Sequence[Entry], keys: KeyState) -> None:
        self._entries, self._keys = entries, keys
        self._found: dict[tuple[bytes, bytes, bytes], bool] = {}
        self._asked = 0
        self._hand = Thread(target=self._work_backwards, daemon=True) if len(entries) >= WORTH_IT else None

    def __enter__(self) -> Verify:
        if self._hand:
            self._hand.start()
        return self._verify

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._asked = len(self._entries)
        if self._hand:
            self._hand.join()

    def _verify(self, public: bytes, signature: bytes, message: bytes) -> bool:
        self._asked += 1
        found = self._found.get((public, signature, message))
        return ed25519.verify(public, signature, message) if found is None else found

    def _work_backwards(self) -> None:
        for place in range(len(self._entries) - 1, -1, -1):
            # An entry has one signature or more: the caller is here at the latest after as many questions.
            if place <= self._asked:
                return
            entry = self._entries[place]
            message = entry.message
            for key_id, signature in entry.sigs:
                if known := self._keys.keys.get(key_id):
                    found = ed25519.verify(known.public, signature, message)
                    self._found[known.public, signature, message] = found
