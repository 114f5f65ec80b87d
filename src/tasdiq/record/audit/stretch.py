"""One stretch of a record: what any process can check of it alone, given the keys at its start.

1. Leaves are checked by `leaves`; what the file repeats beside a leaf (its id, whether it brings keys) is right.
2. Every full tile of hashes in the stretch is the one these leaves give.
3. Bodies are held against their entries by `bodies`; what cannot be read is told and counts as not shown.
4. Of what a notice emptied no byte is left, also none that cannot be read here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tasdiq.errors import RecordError, TasdiqError
from tasdiq.record import merkle, tiles
from tasdiq.record.audit.bodies import Bodies, Emptied, Shown
from tasdiq.record.audit.leaves import Leaves
from tasdiq.record.audit.seen import Seen, SeenTable
from tasdiq.record.audit.verdict import Problem
from tasdiq.record.chain import Chain
from tasdiq.record.holding import Held, Holding
from tasdiq.record.rows import Row

WIDTH = 16 * tiles.WIDTH
_NONE: tuple[int, Held | TasdiqError] = (2**63, Held())


@dataclass
class Counted:
    """What the leaves of a stretch came to; `roots` are of its full tiles, `rest` the leaf hashes after them."""

    leaves: Leaves
    start: int
    roots: list[bytes] = field(default_factory=list)
    rest: list[bytes] = field(default_factory=list)
    tiles: list[Problem] = field(default_factory=list)
    failed: str = ""


def count(holding: Holding, chain: Chain, start: int, end: int, path: str) -> Counted:
    """Check the leaves with index in [start, end), the first of which must fit `chain`; tiles where `start` begins one."""
    made = Counted(Leaves(chain), start)
    try:
        for index, noted, mark, leaf in holding.entries(start, end):
            entry = made.leaves.leaf(index, leaf, path)
            if entry and (entry.id, "keys" in entry.header) != (noted.hex(), bool(mark)):
                made.leaves.add("store-damaged", path, "the id or kind noted beside the entry is not its own", index)
            made.rest.append(merkle.leaf_hash(leaf))
    except TasdiqError as error:
        made.failed = str(error)
    full = 0 if start % tiles.WIDTH else len(made.rest) // tiles.WIDTH
    for number in range(full):
        part = made.rest[number * tiles.WIDTH : (number + 1) * tiles.WIDTH]
        made.tiles += tile_problems(holding, 0, start // tiles.WIDTH + number, part, path)
        made.roots.append(merkle.perfect_root(part))
    made.rest = made.rest[full * tiles.WIDTH :]
    return made


def tile_problems(holding: Holding, level: int, number: int, hashes: list[bytes], path: str) -> list[Problem]:
    """Compare the tile as it is held with the one recomputed."""
    try:
        if holding.tile(level, number) == b"".join(hashes):
            return []
        raise RecordError(f"tile {tiles.tile_path(level, number)} is not that of the entries below it")
    except TasdiqError as error:
        return [Problem("tile-mismatch", path, None, str(error))]


def check(holding: Holding, seen: SeenTable, emptied: Emptied, path: str) -> Bodies:
    """Hold the bodies of these entries against what was committed to."""
    made = Bodies(emptied)
    for entry, shown, disclosures in _shown(holding, list(seen), made, path):
        made.check(entry, shown, path)
        if disclosures:
            made.check_disclosures(entry, shown, disclosures, path)
    _check_emptied(holding, {entry.id: entry for entry in seen}, made, emptied, path)
    return made


def _check_emptied(holding: Holding, seen: dict[str, Seen], made: Bodies, emptied: Emptied, path: str) -> None:
    told = {problem.index for problem in made.problems if problem.code == "body-not-redacted"}
    for entry_id, number in sorted(emptied, key=lambda item: (item[0], -1 if item[1] is None else item[1])):
        entry = seen.get(entry_id)
        if entry and entry.index not in told and holding.is_left(entry.index, number):
            told.add(entry.index)
            made.add("body-not-redacted", path, "a notice redacted this; bytes of it are still here", entry.index)


def shown(holding: Holding, seen: Seen, path: str) -> Shown | None:
    """Return the body of one entry as it is held; TasdiqError if it cannot be read."""
    return _as_shown(holding.body(seen.index), holding.rows(seen.index), path)


def _shown(
    holding: Holding, entries: list[Seen], made: Bodies, path: str
) -> Iterator[tuple[Seen, Shown | None, list[str]]]:
    start, end = (entries[0].index, entries[-1].index + 1) if entries else (0, 0)
    try:
        divided = holding.divided(start, end)
    except TasdiqError:
        divided = set(range(start, end))
    bodies = _bodies(holding, start, end)
    index, held = next(bodies, _NONE)
    for seen in entries:
        while index < seen.index:
            index, held = next(bodies, _NONE)
        try:
            here = held if index == seen.index else Held()
            if isinstance(here, TasdiqError):
                raise here
            rows = holding.rows(seen.index) if seen.index in divided else {}
            disclosures = holding.disclosures(seen.index) if seen.index in divided else []
        except TasdiqError as error:
            made.add("body-malformed", path, error, seen.index)
            here, rows, disclosures = Held(), {}, []
        yield seen, _as_shown(here, rows, path), [text for text in disclosures if text is not None]


def _as_shown(held: Held, rows: dict[int, Row | None], path: str) -> Shown | None:
    if held.salt is None or held.plaintext is None:
        return None
    return Shown(held.salt, held.plaintext, rows, path)


def _bodies(holding: Holding, start: int, end: int) -> Iterator[tuple[int, Held | TasdiqError]]:
    """Yield the bodies held; where the database breaks off in the middle, each of the others by itself."""
    try:
        for index, held in holding.bodies(start, end):
            start = index + 1
            yield index, held
    except TasdiqError:
        yield from ((index, _alone(holding, index)) for index in range(start, end))


def _alone(holding: Holding, index: int) -> Held | TasdiqError:
    try:
        return holding.body(index)
    except TasdiqError as error:
        return error
