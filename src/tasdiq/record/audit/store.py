"""The audit of a record directory: the SQLite file and the attachments beside it.

1. The file has exactly our tables and triggers, and what it repeats (ids, which entries bring keys) is right.
2. The entries under the newest checkpoint give its root; later ones are checked like them and counted as unsigned.
3. Every full tile is the one these entries give; bodies, rows and attachments are what was committed to.
"""

from __future__ import annotations

import re
from pathlib import Path

from tasdiq.errors import RecordError, TasdiqError
from tasdiq.record import checkpoint, manifest, merkle, tiles
from tasdiq.record.audit.recount import Recount, Seen, Shown
from tasdiq.record.audit.sqlite_file import SqliteFile
from tasdiq.record.audit.verdict import Verdict
from tasdiq.record.holding import Holding
from tasdiq.record.places import ATTACHMENTS, DATABASE


class RecordAudit:
    """One pass over a record directory; problems go into the verdict."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.verdict = Verdict("record")

    def run(self) -> Verdict:
        """Check everything and return the verdict."""
        with self.verdict.noting("store-damaged", DATABASE):
            store = SqliteFile.open(self.directory)
            try:
                self._store(store)
            finally:
                store.close()
        self._attachments()
        return self.verdict

    def _store(self, store: Holding) -> None:
        for message in store.irregularities():
            self.verdict.add("store-damaged", DATABASE, message)
        note = store.checkpoint()
        if note is None:
            self.verdict.add(
                "checkpoint-missing", DATABASE, "this record has no checkpoint: nothing was signed over it"
            )
            return
        with self.verdict.noting("checkpoint-malformed", DATABASE):
            found, parsed = checkpoint.parse(note)
            self.verdict.origin, self.verdict.size, self.verdict.root = found.origin, found.size, found.root
            recount = Recount(self.verdict, found.origin)
            self._entries(store, recount, found.size)
            recount.close(found, parsed, DATABASE)
            self._tail(store, recount, found.size)
            recount.bodies(lambda seen: self._shown(store, seen), lambda seen: DATABASE)

    def _entries(self, store: Holding, recount: Recount, size: int) -> None:
        if store.origin() != recount.chain.origin:
            self.verdict.add("store-damaged", DATABASE, "the file and its checkpoint name different logs")
        self._count(store, recount, 0, min(size, store.size()))

    def _count(self, store: Holding, recount: Recount, start: int, end: int) -> None:
        level: list[bytes] = []
        for index, entry_id, has_keys, leaf in store.entries(start, end):
            entry = recount.leaf(index, leaf, DATABASE)
            if entry and (entry.id, "keys" in entry.header) != (entry_id.hex(), bool(has_keys)):
                self.verdict.add(
                    "store-damaged", DATABASE, "the id or kind noted beside the entry is not its own", index
                )
            level.append(merkle.leaf_hash(leaf))
        if start == 0:
            self._tiles(store, level)

    def _tail(self, store: Holding, recount: Recount, size: int) -> None:
        total = store.size()
        if total > size:
            self.verdict.unsigned = total - size
            self._count(store, recount, size, total)
            self.verdict.keys = recount.chain.keys

    def _tiles(self, store: Holding, hashes: list[bytes]) -> None:
        level = 0
        while len(hashes) >= tiles.WIDTH:
            above = []
            for number in range(len(hashes) // tiles.WIDTH):
                part = hashes[number * tiles.WIDTH : (number + 1) * tiles.WIDTH]
                with self.verdict.noting("tile-mismatch", DATABASE):
                    if store.tile(level, number) != b"".join(part):
                        raise RecordError(f"tile {tiles.tile_path(level, number)} is not that of the entries below it")
                above.append(merkle.perfect_root(part))
            hashes, level = above, level + 1

    def _shown(self, store: Holding, seen: Seen) -> Shown | None:
        shown = None
        with self.verdict.noting("body-malformed", DATABASE, seen.index):
            held = store.body(seen.index)
            if held.salt is not None and held.plaintext is not None:
                shown = Shown(held.salt, held.plaintext, store.rows(seen.index), DATABASE)
        return shown

    def _attachments(self) -> None:
        folder = self.directory / ATTACHMENTS
        for path, regular in manifest.walk(folder) if folder.is_dir() else ():
            shown = f"{ATTACHMENTS}/{path}"
            if re.fullmatch(r"[0-9a-f]{64}\.[0-9]+\.unfinished", path):
                continue
            try:
                altered = not regular or manifest.digest(folder / path)[0] != path
            except (OSError, TasdiqError) as error:
                self.verdict.add("attachment-changed", shown, error)
                continue
            if altered:
                self.verdict.add("attachment-changed", shown, "the file's SHA-256 is not its name")
