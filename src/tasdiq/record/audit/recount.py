"""The recount: everything an audit recomputes from leaves and bodies, whatever carried them.

1. Each leaf is parsed, its place, signatures and key events checked (`chain`), its id must be new, its hash goes into
   the tree; a leaf that fails is noted, counted into the root all the same, and the recount goes on.
2. The root must be the checkpoint's, signed by a log key that was valid then, under the log's origin.
3. Each body that is shown must be the one committed to; a public one that is not shown must have been redacted by a
   notice that was allowed; so must a row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from tasdiq.errors import InputError, RoleError
from tasdiq.record import body, checkpoint, cosignature, merkle, redaction, rows
from tasdiq.record.audit.verdict import Verdict
from tasdiq.record.chain import Chain
from tasdiq.record.entry import Entry, parse_leaf, read_body
from tasdiq.record.note import Note, Verifier
from tasdiq.record.rows import Row


@dataclass(frozen=True, slots=True)
class Seen:
    """What is kept of an entry until its body is checked."""

    index: int
    id: str
    commit: str
    access: str
    member: str
    kind: str

    @property
    def public(self) -> bool:
        """Tell whether everyone may see the body."""
        return self.access == "public"

    @property
    def header(self) -> dict[str, Any]:
        """Return the part of the header that the checks of bodies and notices read."""
        return {"access": self.access, "member": self.member, "kind": self.kind}


@dataclass(frozen=True, slots=True)
class Shown:
    """A body as it was found, and in which file; `rows` by number, None where only chosen ones are shown and checked."""

    salt: bytes
    plaintext: bytes
    rows: dict[int, Row | None] | None
    path: str


class Recount:
    """The state of an audit while it goes through the entries in order."""

    def __init__(self, verdict: Verdict, origin: str, *, chosen_only: bool = False) -> None:
        self.verdict, self._chosen_only = verdict, chosen_only
        self.chain = Chain(origin)
        self.edge = merkle.RightEdge()
        self.seen: dict[str, Seen] = {}
        self._signers: list[tuple[int, set[str]]] = []
        self._notices: list[tuple[Entry, Chain]] = []

    def leaf(self, index: int, leaf: bytes, path: str) -> Entry | None:
        """Check the leaf at `index` and count it; return it if its form is right."""
        self.edge.push(merkle.leaf_hash(leaf))
        try:
            entry = parse_leaf(leaf)
        except InputError as error:
            self.verdict.add("entry-malformed", path, error, index)
            return None
        if index == 0 or self.chain.charter is not None:
            self.accept(entry, index, path)
        return entry

    def accept(self, entry: Entry, index: int, path: str) -> None:
        """Check an entry's place, signatures and key events, and that its id is new."""
        try:
            self.chain = self.chain.accept(entry, index)
        except (InputError, RoleError) as error:
            self.verdict.add("entry-refused", path, error, index)
            if index == 0:
                self.verdict.add("key-chain", path, "entry 0 does not hold, so no later signature can be checked", 0)
        self.remember(entry, index, path, self.chain)

    def remember(self, entry: Entry, index: int, path: str, chain: Chain) -> None:
        """Keep what the checks of bodies need of an entry."""
        header = entry.header
        found = Seen(index, entry.id, header["body_commit"], header["access"], header["member"], header["kind"])
        if found.id in self.seen:
            self.verdict.add("entry-repeated", path, f"the same entry stands at {self.seen[found.id].index} too", index)
            return
        self.seen[found.id] = found
        self._signers.append((index, {key for key, _ in entry.sigs}))
        if redaction.is_notice(header):
            self._notices.append((entry, chain))

    def close(self, found: checkpoint.Checkpoint, parsed: Note, path: str) -> None:
        """Check a checkpoint's root against the leaves counted, then its signatures."""
        if (found.size, found.root) != (self.edge.size, self.edge.root()):
            self.verdict.add(
                "root-mismatch", path, f"expected the root of the {self.edge.size} entries here, found another"
            )
        self.signatures(found, parsed, path)

    def signatures(self, found: checkpoint.Checkpoint, parsed: Note, path: str) -> None:
        """Check who signed and cosigned a checkpoint, with the keys known by now."""
        verdict, keys = self.verdict, self.chain.keys
        verdict.keys = keys
        verdict.disputed = sum(keys.disputed(signers, index) for index, signers in self._signers)
        logs = [Verifier(found.origin, key.public) for key in keys.in_role("log", max(found.size - 1, 0))]
        with verdict.noting("checkpoint-signature", path):
            checkpoint.require_signed(found, parsed, logs)
        for cosigner in keys.cosigners:
            with verdict.noting("cosignature", path):
                verdict.cosigned += cosignature.held_by(parsed, [cosigner])
        for name in parsed.strangers([*logs, *keys.cosigners]):
            verdict.add("unknown-signature", path, f"the line signed {name!r} is by no key of this record")

    def bodies(self, find: Callable[[Seen], Shown | None], where: Callable[[Seen], str]) -> None:
        """Check every body that `find` shows, and that those it does not show may be missing."""
        emptied = self._emptied(find, where)
        for seen in self.seen.values():
            shown = find(seen)
            if shown is None:
                self._not_shown(seen, (seen.id, None) in emptied, where(seen))
            elif (seen.id, None) in emptied:
                self.verdict.add("body-not-redacted", shown.path, "a notice redacted this body; it is here", seen.index)
            else:
                self._check(seen, shown, emptied)

    def _emptied(
        self, find: Callable[[Seen], Shown | None], where: Callable[[Seen], str]
    ) -> set[tuple[str, int | None]]:
        emptied: set[tuple[str, int | None]] = set()
        for notice, chain in self._notices:
            seen = self.seen[notice.id]
            with self.verdict.noting("redaction-refused", where(seen), seen.index):
                shown = find(seen)
                named = redaction.targets(notice.header, read_body(notice.header, shown.plaintext) if shown else {})
                # A bundle holds a notice for what else stands in it, and not all that the notice names.
                asked = [entry_id for entry_id, _ in named if not self._chosen_only or entry_id in self.seen]
                redaction.require_allowed(notice, chain.keys, asked, partial(self._before, seen.index))
                emptied.update(named)
        return emptied

    def _before(self, index: int, entry_id: str) -> dict[str, Any] | None:
        found = self.seen.get(entry_id)
        return found.header if found and found.index < index else None

    def _not_shown(self, seen: Seen, emptied: bool, path: str) -> None:
        if emptied:
            self.verdict.redacted += 1
        elif seen.public:
            self.verdict.add(
                "body-missing", path, "expected this public body, or a notice of its redaction", seen.index
            )
        else:
            self.verdict.withheld += 1

    def _check(self, seen: Seen, shown: Shown, emptied: set[tuple[str, int | None]]) -> None:
        try:
            if body.commit(shown.salt, shown.plaintext).hex() != seen.commit:
                self.verdict.add("body-changed", shown.path, "not the body its entry commits to", seen.index)
                return
            commits = rows.commits_in(read_body(seen.header, shown.plaintext))
        except InputError as error:
            self.verdict.add("body-malformed", shown.path, error, seen.index)
            return
        if shown.rows is not None:
            self._check_rows(seen, shown.rows, shown.path, commits, emptied)

    def _check_rows(
        self,
        seen: Seen,
        found: dict[int, Row | None],
        path: str,
        commits: list[bytes],
        emptied: set[tuple[str, int | None]],
    ) -> None:
        for number in found.keys() - set(range(len(commits))):
            self.verdict.add("row-changed", path, f"row {number} is not among those committed to", seen.index)
        for number, commit in enumerate(commits):
            row = found.get(number)
            if row is None:
                self._row_not_shown(seen, number, (seen.id, number) in emptied, path)
            elif row.commit != commit:
                self.verdict.add("row-changed", path, f"row {number} is not the one committed to", seen.index)
            elif (seen.id, number) in emptied:
                self.verdict.add("body-not-redacted", path, f"a notice redacted row {number}; it is here", seen.index)

    def _row_not_shown(self, seen: Seen, number: int, emptied: bool, path: str) -> None:
        if emptied:
            self.verdict.redacted += 1
        elif seen.public:
            self.verdict.add("row-missing", path, f"expected row {number}, or a notice of its redaction", seen.index)
