"""Copies of a record: what leaves it in a parcel, how a mirror comes into being, and how copies catch up.

1. A host signs a checkpoint before it exports, so that everything goes along; where it cannot (another process is writing, or
   it was set back), what the newest checkpoint covers goes, and it is said why.
2. A mirror is built beside its place and put there whole. Where trusted keys are given and they are others than the parcel's,
   there is no mirror.
3. A mirror has no log key. It is read, audited, bundled and exported like its record, and catches up; it signs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from tasdiq.errors import RecordError, RoleError
from tasdiq.record.audit.trust import contradictions, read_trust
from tasdiq.record.checkpoint import Checkpoint
from tasdiq.record.growth import Growth
from tasdiq.record.keys import KeyState
from tasdiq.record.log import Log
from tasdiq.record.mirrors import mirror, parcel
from tasdiq.record.mirrors.mirror import Taken
from tasdiq.record.mirrors.packing import pack
from tasdiq.record.reader import Reader
from tasdiq.secretariat.founding import Home
from tasdiq.settings import Settings

Say = Callable[[str], None]


def export(home: Home, out: Path, settings: Settings, *, since: int, public: bool, say: Say) -> Checkpoint:
    """Write a parcel of the record or mirror at `home` to the new file `out`; return the checkpoint it stands under."""
    home.require()
    sign_checkpoint(home, settings, say)
    with Reader.open(home.path) as reader:
        return pack(reader, out, since=since, public=public)


def sign_checkpoint(home: Home, settings: Settings, say: Say) -> None:
    """Let a host sign a checkpoint over all its entries, or say why it cannot; a mirror goes by the one it has."""
    if not home.hosts:
        return
    try:
        with Log.open(home.path, log_key=home.key("log"), newest=settings.state_directory) as log:
            log.checkpoint()
    except (RecordError, RoleError) as error:
        say(f"no new checkpoint was signed, so only what the newest one covers can be proved: {error}")


def make_mirror(home: Home, path: Path, trust: Path | None, database: str | None = None) -> KeyState:
    """Make a mirror at `home` from a whole parcel; return the keys of its record."""
    trusted = read_trust(trust) if trust else []
    with home.building() as place:
        growth = mirror.create(place.path, path, database)
        growth.close()
        keys = growth.chain.keys
        if found := list(contradictions(keys, trusted)) if trust else []:
            raise RoleError(f"{path}: this is not the record whose keys you trust: {'; '.join(found)}")
        place.write_trust(keys)
    return keys


def catch_up(home: Home, paths: Sequence[Path]) -> list[Taken]:
    """Take parcels into a mirror or a host that was set back, those that begin earliest first."""
    home.require()
    ordered = sorted(paths, key=_since)
    growth = Growth.open(home.path)
    try:
        taken = [mirror.take(growth, path) for path in ordered]
    finally:
        growth.close()
    home.write_trust(growth.chain.keys)
    return taken


def _since(path: Path) -> int:
    with parcel.opened(path) as found:
        return found.head.since
