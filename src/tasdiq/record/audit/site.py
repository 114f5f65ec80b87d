"""The audit of a published site, from its files alone.

1. `manifest.note` lists every file with its hash, and a publisher named by the record's key events signed it.
2. The entries under `record/tile/entries/` give, recounted, the root that `record/checkpoint` signs.
3. Every hash tile is the one these entries give; every body and attachment is what its name says. Rows stand beside a
   body that is here; an attachment is named by a body or a row that is here.
4. Nothing stands in `record/` that these rules do not cover.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tasdiq.errors import InputError
from tasdiq.record import body, checkpoint, manifest, merkle, note, rows, tiles
from tasdiq.record.audit.recount import Recount, Seen, Shown
from tasdiq.record.audit.verdict import Verdict, spelled
from tasdiq.record.places import PUBLISHED as FOLDER
from tasdiq.record.rows import Row

_CHECKPOINT = f"{FOLDER}/checkpoint"
_ATTACHMENT = "attachment/"
_SHA256 = re.compile(rb"[0-9a-f]{64}")


class SiteAudit:
    """One pass over a site; problems go into the verdict."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.verdict = Verdict("site")
        self._covered = {_CHECKPOINT}
        self._unnamed: set[str] = set()

    def run(self) -> Verdict:
        """Check everything and return the verdict."""
        signed = self._manifest()
        checkpoint_found = self._checkpoint()
        if checkpoint_found:
            found, parsed = checkpoint_found
            recount = self._entries(found)
            recount.close(found, parsed, _CHECKPOINT)
            self._unnamed = {
                path.removeprefix(_ATTACHMENT)
                for path, _ in manifest.walk(self.site / FOLDER)
                if path.startswith(_ATTACHMENT)
            }
            recount.bodies(self._shown, lambda seen: f"{FOLDER}/body/{seen.commit}")
            self._publisher(signed, recount)
            self._attachments()
            self._uncovered()
        return self.verdict

    def _checkpoint(self) -> tuple[checkpoint.Checkpoint, note.Note] | None:
        data = self._read(_CHECKPOINT)
        if data is None:
            self.verdict.add("checkpoint-missing", _CHECKPOINT, "expected the log's checkpoint here")
            return None
        found = None
        with self.verdict.noting("checkpoint-malformed", _CHECKPOINT):
            found = checkpoint.parse(data)
            self.verdict.origin, self.verdict.size, self.verdict.root = found[0].origin, found[0].size, found[0].root
        return found

    def _read(self, path: str) -> bytes | None:
        """Return a file's bytes; None, and a problem where it is not simply absent, if it cannot be read."""
        file = self.site / path
        try:
            if file.is_symlink() or not file.is_file():
                return None
            if file.stat().st_size > manifest.LARGEST_FILE:
                raise InputError(f"expected at most {manifest.LARGEST_FILE} bytes, found {file.stat().st_size}")
            return file.read_bytes()
        except (OSError, InputError) as error:
            self.verdict.add("changed-file", path, error)
            return None

    def _manifest(self) -> note.Note | None:
        data = self._read(manifest.NAME)
        if data is None:
            self.verdict.add("missing-file", manifest.NAME, "expected the publisher's signed list of files here")
            return None
        signed = None
        with self.verdict.noting("manifest-malformed", manifest.NAME):
            signed, listed = manifest.parse(data)
            manifest.check(self.site, listed, self.verdict)
        return signed

    def _publisher(self, signed: note.Note | None, recount: Recount) -> None:
        if signed is None:
            return
        keys = recount.chain.keys.in_role("publisher", max(recount.edge.size - 1, 0))
        with self.verdict.noting("manifest-signature", manifest.NAME):
            if not [key for key in keys if signed.signed_by(note.Verifier(key.name, key.public))]:
                raise InputError("expected the signature of a publisher whom the record names")

    def _entries(self, found: checkpoint.Checkpoint) -> Recount:
        recount = Recount(self.verdict, found.origin)
        hashes: list[bytes] = []
        for index, leaf, path in self._leaves(found.size):
            recount.leaf(index, leaf, path)
            hashes.append(merkle.leaf_hash(leaf))
        if len(hashes) == found.size:
            self._tiles(hashes)
        return recount

    def _leaves(self, size: int) -> Iterator[tuple[int, bytes, str]]:
        for start in range(0, size, tiles.WIDTH):
            width = min(tiles.WIDTH, size - start)
            path = f"{FOLDER}/{tiles.tile_path(None, start // tiles.WIDTH, width)}"
            self._covered.add(path)
            data = self._read(path)
            if data is None:
                self.verdict.add("missing-file", path, f"expected the entries from {start} on here")
                return
            try:
                bundle = tiles.unpack_entries(data, width)
            except InputError as error:
                self.verdict.add("tile-malformed", path, error, start)
                return
            yield from ((start + offset, leaf, path) for offset, leaf in enumerate(bundle))

    def _tiles(self, hashes: list[bytes]) -> None:
        """Compare every hash tile with the one recomputed; `hashes` are those of the leaves."""
        level = 0
        while hashes:
            for number in range(-(-len(hashes) // tiles.WIDTH)):
                part = hashes[number * tiles.WIDTH : (number + 1) * tiles.WIDTH]
                path = f"{FOLDER}/{tiles.tile_path(level, number, len(part))}"
                self._covered.add(path)
                if self._read(path) != b"".join(part):
                    self.verdict.add(
                        "tile-mismatch", path, "expected the hashes of the entries below, found others or none"
                    )
            full = len(hashes) // tiles.WIDTH
            hashes = [merkle.perfect_root(hashes[i * tiles.WIDTH : (i + 1) * tiles.WIDTH]) for i in range(full)]
            level += 1

    def _shown(self, seen: Seen) -> Shown | None:
        path, rows_path = f"{FOLDER}/body/{seen.commit}", f"{FOLDER}/rows/{seen.commit}"
        if not seen.public:
            return None
        self._covered.add(path)
        data = self._read(path)
        if data is None:
            return None
        self._covered.add(rows_path)
        found = self._rows(rows_path, seen.index)
        self._name(data[body.SALT_BYTES :], *(row.content for row in found.values() if row))
        return Shown(data[: body.SALT_BYTES], data[body.SALT_BYTES :], found, path)

    def _name(self, *texts: bytes) -> None:
        # A large record lists many commitments that look like names: they are looked at only where a file lies here.
        for text in texts if self._unnamed else ():
            self._unnamed -= {name.decode() for name in _SHA256.findall(text)}

    def _rows(self, path: str, index: int) -> dict[int, Row | None]:
        data = self._read(path)
        try:
            return {} if data is None else rows.listed(data)
        except InputError as error:
            self.verdict.add("row-changed", path, error, index)
            return {}

    def _attachments(self) -> None:
        for path, regular in manifest.walk(self.site / FOLDER):
            if not path.startswith(_ATTACHMENT) or not regular:
                continue
            if path.removeprefix(_ATTACHMENT) not in self._unnamed:
                self._covered.add(f"{FOLDER}/{path}")
            with self.verdict.noting("attachment-changed", f"{FOLDER}/{path}"):
                if manifest.digest(self.site / FOLDER / path)[0] != path.removeprefix(_ATTACHMENT):
                    self.verdict.add("attachment-changed", f"{FOLDER}/{path}", "the file's SHA-256 is not its name")

    def _uncovered(self) -> None:
        told = {problem.path for problem in self.verdict.problems}
        for path, _ in manifest.walk(self.site / FOLDER):
            if spelled(f"{FOLDER}/{path}") not in self._covered | told:
                self.verdict.add("extra-file", f"{FOLDER}/{path}", "nothing in the record vouches for this file")
