"""The recount: everything an audit recomputes from leaves and bodies, whatever carried them.

1. Each leaf is checked (`leaves`) and its hash goes into the tree, also that of a leaf that fails; its id must be new.
2. The root must be the checkpoint's, signed by a log key that was valid then, under the log's origin.
3. A notice must be allowed to redact what it names; then each body is held against its entry (`bodies`).
4. What a body opens of an entry before it is what that entry commits to. A bundle need not hold the entry.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from tasdiq.errors import InputError
from tasdiq.record import checkpoint, cosignature, merkle, redaction
from tasdiq.record.audit.bodies import Bodies, Emptied, Shown
from tasdiq.record.audit.leaves import Leaves
from tasdiq.record.audit.seen import Seen
from tasdiq.record.audit.verdict import Verdict
from tasdiq.record.chain import Chain
from tasdiq.record.entry import Entry, read_body
from tasdiq.record.note import Note, Verifier

__all__ = ["Find", "Recount", "Seen", "Shown"]

Find = Callable[[Seen], Shown | None]
Where = Callable[[Seen], str]


class Recount:
    """The state of an audit while it goes through the entries in order."""

    def __init__(self, verdict: Verdict, origin: str, *, chosen_only: bool = False) -> None:
        self.verdict, self._chosen_only = verdict, chosen_only
        self.leaves = Leaves(Chain(origin))
        self.edge = merkle.RightEdge()
        self._told = 0

    @property
    def chain(self) -> Chain:
        """Return what the next entry must fit."""
        return self.leaves.chain

    @chain.setter
    def chain(self, chain: Chain) -> None:
        self.leaves.chain = chain

    def leaf(self, index: int, leaf: bytes, path: str) -> None:
        """Check the leaf at `index` and count it."""
        self.edge.push(merkle.leaf_hash(leaf))
        self.leaves.leaf(index, leaf, path)

    def remember(self, entry: Entry, index: int, chain: Chain) -> None:
        """Keep what the checks of bodies need of an entry that was checked elsewhere."""
        self.leaves.remember(entry, index, chain)

    def close(self, found: checkpoint.Checkpoint, parsed: Note, path: str) -> None:
        """Check a checkpoint's root against the leaves counted, then its signatures."""
        self.tell(path)
        if (found.size, found.root) != (self.edge.size, self.edge.root()):
            self.verdict.add(
                "root-mismatch", path, f"expected the root of the {self.edge.size} entries here, found another"
            )
        self.signatures(found, parsed, path)

    def tell(self, path: str) -> None:
        """Bring the problems of the leaves counted so far into the verdict, entries repeated among them."""
        problems = self.leaves.problems
        self.verdict.problems += problems[self._told :]
        self._told = len(problems)
        for index, first in self.leaves.seen.set_repeated_aside():
            self.verdict.add("entry-repeated", path, f"the same entry stands at {first} too", index)

    def signatures(self, found: checkpoint.Checkpoint, parsed: Note, path: str) -> None:
        """Check who signed and cosigned a checkpoint, with the keys known by now."""
        verdict, keys = self.verdict, self.chain.keys
        verdict.keys = keys
        verdict.disputed = self.leaves.disputed(keys)
        logs = [Verifier(found.origin, key.public) for key in keys.in_role("log", max(found.size - 1, 0))]
        with verdict.noting("checkpoint-signature", path):
            checkpoint.require_signed(found, parsed, logs)
        for cosigner in keys.cosigners:
            with verdict.noting("cosignature", path):
                verdict.cosigned += cosignature.held_by(parsed, [cosigner])
        for name in parsed.strangers([*logs, *keys.cosigners]):
            verdict.add("unknown-signature", path, f"the line signed {name!r} is by no key of this record")

    def bodies(self, find: Find, where: Where) -> None:
        """Check every body that `find` shows, and that those it does not show may be missing."""
        checked = Bodies(self.emptied(find, where))
        for seen in self.leaves.seen:
            checked.check(seen, find(seen), where(seen))
        self.count_bodies(checked)

    def count_bodies(self, checked: Bodies) -> None:
        """Take over what the check of bodies came to."""
        self.verdict.problems += checked.problems
        self.verdict.withheld += checked.withheld
        self.verdict.redacted += checked.redacted
        known = self.leaves.seen.find({opened.id for opened in checked.opened})
        for opened in checked.opened:
            found = known.get(opened.id)
            if found is None and self._chosen_only:
                continue
            if found is None or found.index >= opened.index or found.commit != opened.commit:
                message = f"what this body opens of {opened.id[:16]}… is not what that entry commits to"
                self.verdict.add("opening-changed", opened.path, message, opened.index)

    def emptied(self, find: Find, where: Where) -> Emptied:
        """Return what the notices redacted, as (entry id, row number or None), after checking that each was allowed."""
        standing = self.leaves.seen.find(notice.id for _, notice, _ in self.leaves.notices)
        asked = [
            (standing[notice.id], notice, chain, _named(notice, find(standing[notice.id])))
            for index, notice, chain in self.leaves.notices
            if standing[notice.id].index == index
        ]
        known = self.leaves.seen.find(
            entry_id for *_, named in asked if not isinstance(named, InputError) for entry_id, _ in named
        )
        emptied: set[tuple[str, int | None]] = set()
        for seen, notice, chain, named in asked:
            with self.verdict.noting("redaction-refused", where(seen), seen.index):
                if isinstance(named, InputError):
                    raise named
                # A bundle holds a notice for what else stands in it, and not all that the notice names.
                ids = [entry_id for entry_id, _ in named if not self._chosen_only or entry_id in known]
                redaction.require_allowed(notice, chain.keys, ids, partial(_before, known, seen.index))
                emptied.update(named)
        return emptied


def _named(notice: Entry, shown: Shown | None) -> list[tuple[str, int | None]] | InputError:
    try:
        return redaction.targets(notice.header, read_body(notice.header, shown.plaintext) if shown else {})
    except InputError as error:
        return error


def _before(known: dict[str, Seen], index: int, entry_id: str) -> dict[str, Any] | None:
    found = known.get(entry_id)
    return found.header if found and found.index < index else None
