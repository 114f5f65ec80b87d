"""The audit of a record directory: the SQLite file and the attachments beside it.

1. The file has exactly our tables and triggers, and what it repeats (ids, which entries bring keys) is right.
2. The entries under the newest checkpoint give its root; later ones are checked like them and counted as unsigned.
3. Every full tile is the one these entries give; bodies, rows and attachments are what was committed to.
4. The verdict is the same, problem for problem, whatever the number of processes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from tasdiq.errors import TasdiqError
from tasdiq.record import checkpoint, manifest, merkle, tiles
from tasdiq.record.audit.bodies import Bodies
from tasdiq.record.audit.crew import Crew
from tasdiq.record.audit.recount import Recount
from tasdiq.record.audit.sqlite_file import SqliteFile
from tasdiq.record.audit.stretch import shown, tile_problems
from tasdiq.record.audit.verdict import Verdict
from tasdiq.record.holding import Holding
from tasdiq.record.places import ATTACHMENTS, DATABASE


class RecordAudit:
    """One pass over a record directory, in `processes`; problems go into the verdict."""

    def __init__(
        self, directory: Path, *, processes: int = 1, opener: Callable[[Path], Holding] = SqliteFile.open
    ) -> None:
        self.directory, self._processes, self._opener = directory, processes, opener
        self.verdict = Verdict("record")

    def run(self) -> Verdict:
        """Check everything and return the verdict."""
        with self.verdict.noting("store-damaged", DATABASE):
            store = self._opener(self.directory)
            try:
                self._store(store)
            finally:
                store.close()
        self._attachments()
        return self.verdict

    def _store(self, store: Holding) -> None:
        for message in store.irregularities():
            self.verdict.add("store-damaged", DATABASE, message)
        if kept := len(store.contradictions()):
            self.verdict.held.append(f"keeps {kept} contradictions of the log: tasdiq cosign contradictions RECORD")
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
            with Crew(self._opener, self.directory, store, self._processes) as crew:
                self._entries(store, recount, crew, found.size)
                recount.close(found, parsed, DATABASE)
                self._tail(store, recount, crew, found.size)
                emptied = recount.emptied(lambda seen: shown(store, seen, DATABASE), lambda seen: DATABASE)
                checked = Bodies(emptied)
                for part in crew.check(recount.leaves.seen, emptied):
                    checked.extend(part)
                recount.count_bodies(checked)

    def _entries(self, store: Holding, recount: Recount, crew: Crew, size: int) -> None:
        if store.origin() != recount.chain.origin:
            self.verdict.add("store-damaged", DATABASE, "the file and its checkpoint name different logs")
        roots: list[bytes] = []
        problems = []
        for counted in crew.count(recount, 0, min(size, store.size())):
            # After a gap nothing fits any more, and the root will say so.
            if recount.edge.size == counted.start:
                for root in counted.roots:
                    recount.edge.push(root, tiles.HEIGHT)
                for hashed in counted.rest:
                    recount.edge.push(hashed)
            roots += counted.roots
            problems += counted.tiles
        recount.tell(DATABASE)
        self.verdict.problems += problems
        self._tiles(store, roots)

    def _tail(self, store: Holding, recount: Recount, crew: Crew, size: int) -> None:
        total = store.size()
        if total > size:
            self.verdict.unsigned = total - size
            tiles_below = [problem for counted in crew.count(recount, size, total) for problem in counted.tiles]
            recount.tell(DATABASE)
            self.verdict.problems += tiles_below
            self.verdict.keys = recount.chain.keys

    def _tiles(self, store: Holding, roots: list[bytes]) -> None:
        level = 1
        while len(roots) >= tiles.WIDTH:
            above = []
            for number in range(len(roots) // tiles.WIDTH):
                part = roots[number * tiles.WIDTH : (number + 1) * tiles.WIDTH]
                self.verdict.problems += tile_problems(store, level, number, part, DATABASE)
                above.append(merkle.perfect_root(part))
            roots, level = above, level + 1

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
