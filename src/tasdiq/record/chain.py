"""The rules every entry meets at its index: asked by the log before it appends and by an audit afterwards.

Decides (DESIGN, section 4), for the entry at an index, given the key events before it:

1. It names this log's origin, and this log's charter (the id of entry 0); entry 0 names none and brings key events.
2. Its `keys_at` is the index of the newest key event; entry 0 says 0.
3. Every signature on it holds, by a key that may sign at this index.
4. One of the signing keys belongs to the member it names.
5. Its key events obey `keys`.

That no id comes twice is left to the callers, who hold the ids.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from tasdiq.errors import InputError, RoleError
from tasdiq.record import ed25519
from tasdiq.record.entry import Entry
from tasdiq.record.keys import KeyState, introduced


@dataclass(frozen=True)
class Chain:
    """What the next entry must fit: the log's origin and charter, and the keys."""

    origin: str
    charter: str | None = None
    keys: KeyState = field(default_factory=KeyState)

    def accept(self, entry: Entry, index: int, verify: Callable[[bytes, bytes, bytes], bool] = ed25519.verify) -> Chain:
        """Return the chain after `entry` at `index`; raise InputError or RoleError if it does not fit.

        `verify` answers as `ed25519.verify` does, which it is unless signatures were checked `ahead`.
        """
        self._require_place(entry, index)
        events = entry.header.get("keys", [])
        signers = self._verified(entry, introduced(events), verify)
        keys = self.keys.apply(index, events, signers, self.origin) if events else self.keys
        self._require_signers(entry, index, signers, keys)
        if not events:
            return self
        return replace(self, charter=entry.id if index == 0 else self.charter, keys=keys)

    def _require_place(self, entry: Entry, index: int) -> None:
        header = entry.header
        if header["origin"] != self.origin:
            raise InputError(f"expected an entry for the log {self.origin}, found one for {header['origin']}")
        if header.get("charter") != self.charter:
            raise InputError("expected the id of this log's entry 0 as charter, found another", field="charter")
        if index == 0 and "keys" not in header:
            raise InputError("expected entry 0 to constitute the record with key events", field="keys")
        if header["keys_at"] != self.keys.keys_at:
            raise InputError(
                f"expected keys_at {self.keys.keys_at}, the newest key event, found {header['keys_at']}: sign it again",
                field="keys_at",
            )

    def _verified(
        self, entry: Entry, brought: dict[str, bytes], verify: Callable[[bytes, bytes, bytes], bool]
    ) -> set[str]:
        for key_id, signature in entry.sigs:
            known = self.keys.keys.get(key_id)
            public = known.public if known else brought.get(key_id)
            if public is None:
                raise RoleError(f"the key {key_id[:16]}… that signed the entry is not known to this record")
            if not verify(public, signature, entry.message):
                raise InputError(f"the signature of the key {key_id[:16]}… does not hold: the entry was altered")
        return {key_id for key_id, _ in entry.sigs}

    @staticmethod
    def _require_signers(entry: Entry, index: int, signers: set[str], keys: KeyState) -> None:
        for key_id in signers:
            if not keys.keys[key_id].valid_at(index):
                raise RoleError(
                    f"the key {key_id[:16]}… of {keys.keys[key_id].name} may not sign at index {index}: it was replaced or revoked"
                )
        if entry.header["member"] not in {keys.keys[key_id].member for key_id in signers}:
            raise RoleError(f"no key of the member {entry.header['member']} signed the entry")
