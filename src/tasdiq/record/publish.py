"""The `record/` folder of a published site: what anyone needs to check the record, and nothing that is not public.

    record/checkpoint            the newest checkpoint's note, with the cosignatures collected for it
    record/tile/…                hash tiles and entry bundles (tlog-tiles)
    record/body/<commit>         salt32 || body, of public entries only
    record/rows/<commit>         the rows of a public bulk entry, named by its body: [{"row", "salt"} | null, …]
    record/attachment/<sha256>   those the caller names: the record does not know which may be published

1. The folder is written against a checkpoint that covers the whole record: sign one first.
2. No body of an entry that is not public is written, whatever the store holds.
3. No disclosure is written: what was sealed stays sealed on a site. Who wants to show a sealed field hands out a bundle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from tasdiq.errors import MissingError, RecordError, SettingsError
from tasdiq.record import canonical, checkpoint, rows, tiles
from tasdiq.record.entry import Entry, parse_leaf
from tasdiq.record.manifest import walk
from tasdiq.record.places import PUBLISHED as FOLDER
from tasdiq.record.reader import Reader

__all__ = ["FOLDER", "publish", "tile_hashes"]


def publish(reader: Reader, site: str | Path, attachments: Iterable[str] = ()) -> checkpoint.Checkpoint:
    """Write `site/record/` afresh and return the checkpoint it stands under."""
    note = reader.checkpoint()
    if note is None:
        raise MissingError("this record has no checkpoint yet: sign one, then publish")
    signed, _ = checkpoint.parse(note)
    if signed.size != reader.size:
        raise RecordError(f"the checkpoint covers {signed.size} of {reader.size} entries: sign a new one, then publish")
    folder = Path(site) / FOLDER
    written = {"checkpoint"}
    _require_ours(folder)
    for path, data in _files(reader, signed.size, attachments):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
        written.add(path)
    # The checkpoint comes last: until then a reader of this folder finds all it needs for the old one.
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "checkpoint").write_bytes(note)
    for path in [path for path, _ in walk(folder) if path not in written]:
        (folder / path).unlink()
    return signed


def _require_ours(folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "checkpoint").is_file():
        raise SettingsError(f"{folder}: expected a folder written by tasdiq or none; move this one away")


def _files(reader: Reader, size: int, attachments: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    bundle: list[bytes] = []
    for index, leaf in enumerate(reader.leaves()):
        bundle.append(leaf)
        if len(bundle) == tiles.WIDTH or index == size - 1:
            yield tiles.tile_path(None, index // tiles.WIDTH, len(bundle)), tiles.pack_entries(bundle)
            bundle = []
        yield from _bodies(reader, index, parse_leaf(leaf))
    for level, number, width in tiles.tiles_of(size):
        yield tiles.tile_path(level, number, width), b"".join(tile_hashes(reader, level, number, width))
    for name in attachments:
        yield f"attachment/{name}", reader.attachment(name)


def tile_hashes(reader: Reader, level: int, number: int, width: int) -> list[bytes]:
    """Return the hashes that stand in one tile."""
    start = number * tiles.WIDTH
    return [reader.node(level * tiles.HEIGHT, index) for index in range(start, start + width)]


def _bodies(reader: Reader, index: int, entry: Entry) -> Iterator[tuple[str, bytes]]:
    if entry.header["access"] != "public":
        return
    committed, commit = reader.committed(index), entry.header["body_commit"]
    if committed:
        yield f"body/{commit}", committed[0] + committed[1]
        found = reader.rows(index)
        if found:
            yield f"rows/{commit}", canonical.dumps([rows.as_json(found[number]) for number in sorted(found)])
