"""Bodies held against what their entries commit to, in whichever process.

1. A body that is shown is the one committed to, and so are its rows.
2. A public body that is not shown was redacted by a notice, and so was a public row; what a notice redacted is gone, also
   where only chosen rows are shown.
3. What is not public and not shown is counted as withheld.
4. What a body opens of earlier entries is noted, to be held against them when all of them are together (`recount`).
5. Disclosures that lie beside a body belong to digests in it, and go with it when it is redacted.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from tasdiq.errors import InputError
from tasdiq.record import body, openings, rows
from tasdiq.record.audit.seen import Seen
from tasdiq.record.audit.verdict import Problem
from tasdiq.record.entry import read_body
from tasdiq.record.rows import Row
from tasdiq.record.secrecy import disclosure

Emptied = Collection[tuple[str, int | None]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A body as it was found, and in which file; `rows` by number, None where only the `chosen` are shown, and checked."""

    salt: bytes
    plaintext: bytes
    rows: dict[int, Row | None] | None
    path: str
    chosen: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """What the body at `index`, found in `path`, says that the entry `id` commits to."""

    index: int
    path: str
    id: str
    commit: str


class Bodies:
    """What the bodies of consecutive entries came to; `emptied` is what the record's notices redacted."""

    def __init__(self, emptied: Emptied) -> None:
        self._emptied = emptied
        self.problems: list[Problem] = []
        self.opened: list[Opened] = []
        self.withheld = self.redacted = 0

    def check(self, seen: Seen, shown: Shown | None, path: str) -> None:
        """Check the body of one entry; `path` is where it would stand if it is not shown."""
        emptied = (seen.id, None) in self._emptied
        if shown is None:
            self._not_shown(seen, emptied, path)
        elif emptied:
            self.add("body-not-redacted", shown.path, "a notice redacted this body; it is here", seen.index)
        else:
            self._check(seen, shown)

    def check_disclosures(self, seen: Seen, shown: Shown | None, texts: list[str], path: str) -> None:
        """Check the disclosures that lie beside the body of one entry."""
        if (seen.id, None) in self._emptied:
            self.add("body-not-redacted", path, "a notice redacted this body; disclosures of it are here", seen.index)
        elif shown is not None:
            try:
                disclosure.reveal(body.inner(seen.access, shown.plaintext), texts)
            except InputError as error:
                self.add("disclosure-changed", path, error, seen.index)

    def extend(self, other: Bodies) -> None:
        """Take over what the bodies of the next entries came to."""
        self.problems += other.problems
        self.opened += other.opened
        self.withheld += other.withheld
        self.redacted += other.redacted

    def add(self, code: str, path: str, message: object, index: int) -> None:
        """Add a problem."""
        self.problems.append(Problem(code, path, index, str(message)))

    def _not_shown(self, seen: Seen, emptied: bool, path: str) -> None:
        if emptied:
            self.redacted += 1
        elif seen.public:
            self.add("body-missing", path, "expected this public body, or a notice of its redaction", seen.index)
        else:
            self.withheld += 1

    def _check(self, seen: Seen, shown: Shown) -> None:
        try:
            if body.commit(shown.salt, shown.plaintext).hex() != seen.commit:
                self.add("body-changed", shown.path, "not the body its entry commits to", seen.index)
                return
            value = read_body(seen.header, shown.plaintext)
            commits = rows.commits_in(value)
            self.opened += [Opened(seen.index, shown.path, *opening) for opening in openings.opened_in(value)]
        except InputError as error:
            self.add("body-malformed", shown.path, error, seen.index)
            return
        if shown.rows is not None:
            self._check_rows(seen, shown.rows, shown.path, commits)
        for number in shown.chosen:
            self._check_emptied(seen, number, shown.path)

    def _check_rows(self, seen: Seen, found: dict[int, Row | None], path: str, commits: list[bytes]) -> None:
        for number in sorted(found.keys() - set(range(len(commits)))):
            self.add("row-changed", path, f"row {number} is not among those committed to", seen.index)
        for number, commit in enumerate(commits):
            row = found.get(number)
            if row is None:
                self._row_not_shown(seen, number, path)
            elif row.commit != commit:
                self.add("row-changed", path, f"row {number} is not the one committed to", seen.index)
            else:
                self._check_emptied(seen, number, path)

    def _check_emptied(self, seen: Seen, number: int, path: str) -> None:
        if (seen.id, number) in self._emptied:
            self.add("body-not-redacted", path, f"a notice redacted row {number}; it is here", seen.index)

    def _row_not_shown(self, seen: Seen, number: int, path: str) -> None:
        if (seen.id, number) in self._emptied:
            self.redacted += 1
        elif seen.public:
            self.add("row-missing", path, f"expected row {number}, or a notice of its redaction", seen.index)
