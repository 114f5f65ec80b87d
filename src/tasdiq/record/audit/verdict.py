"""What an audit comes to: the JSON other programs read, and the text a person reads.

The check shows that nothing was altered since it was signed, and by whom it was signed. It does not show that it is
true, and every text says so. Codes of problems (DESIGN, section 5 has the JSON):

    missing-file changed-file extra-file not-a-file   against the manifest or the folder
    manifest-malformed manifest-signature             the publisher's list
    checkpoint-missing checkpoint-malformed checkpoint-signature unknown-signature cosignature root-mismatch
    tile-malformed tile-mismatch                      the tree
    entry-malformed entry-refused entry-repeated proof-invalid key-chain
    body-missing body-changed body-malformed body-not-redacted redaction-refused row-missing row-changed
    disclosure-changed opening-changed attachment-changed card-unproved bundle-malformed store-damaged
    unknown-keys                                      the trusted keys and the record's differ
    rolled-back split-view other-log not-comparable   against what the reader kept (`against`), or in a split-view file
    split-view-malformed receipt-broken
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from tasdiq.errors import TasdiqError, shown
from tasdiq.record import cosignature
from tasdiq.record.canonical import b64
from tasdiq.record.keys import KeyState

SHOWN_PROBLEMS = 50


def spelled(name: str) -> str:
    """Return a file's name as text that can be written: bytes of it that are no UTF-8 are escaped."""
    return name.encode("utf-8", "backslashreplace").decode()


@dataclass(frozen=True)
class Problem:
    """One check that does not hold: which, in which file, at which entry, and what to know about it."""

    code: str
    path: str
    index: int | None
    message: str


@dataclass(frozen=True)
class Disclosed:
    """A field that was sealed when its entry was signed, and is shown now: where in the body, and its value as JSON."""

    index: int
    pointer: str
    value: str


@dataclass
class Verdict:
    """The outcome of an audit; problems are listed in the order they were found."""

    what: str
    origin: str | None = None
    size: int | None = None
    root: bytes | None = None
    keys: KeyState = field(default_factory=KeyState)
    cosigned: list[tuple[str, int]] = field(default_factory=list)
    trusted: bool = False
    withheld: int = 0
    redacted: int = 0
    disputed: int = 0
    unsigned: int = 0
    held: list[str] = field(default_factory=list)
    disclosed: list[Disclosed] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Tell whether every check holds."""
        return not self.problems

    @property
    def label(self) -> str:
        """Return the sentence that must stand with a desk record, "" for a joint one."""
        if self.keys.form != "desk":
            return ""
        return f"compiled by {self.keys.compiler}; no party has signed; proposed by machine unless confirmed"

    def add(self, code: str, path: str, message: object, index: int | None = None) -> None:
        """Add a problem."""
        self.problems.append(Problem(code, spelled(path), index, spelled(str(message))))

    @contextmanager
    def noting(self, code: str, path: str, index: int | None = None) -> Iterator[None]:
        """Turn an error of ours, or of the file system, into a problem."""
        try:
            yield
        except (TasdiqError, OSError) as error:
            self.add(code, path, error, index)

    def as_json(self) -> dict[str, Any]:
        """Return exactly the object of `tasdiq audit --json`; `disclosed` stands there only where something was proved."""
        disclosed = {"disclosed": [asdict(item) for item in self.disclosed]} if self.disclosed and self.ok else {}
        return disclosed | {
            "ok": self.ok,
            "what": self.what,
            "origin": self.origin,
            "size": self.size,
            "root": None if self.root is None else b64(self.root),
            "cosigned": {
                "k": len(self.cosigned),
                "n": len(self.keys.cosigners),
                "quorum": self.keys.quorum,
                "by": [name for name, _ in self.cosigned],
                "at": [cosignature.moment(seconds) for _, seconds in self.cosigned],
            },
            "keys": "trusted" if self.trusted else "unknown",
            "withheld": self.withheld,
            "redacted": self.redacted,
            "problems": [asdict(problem) for problem in self.problems],
        }

    def as_text(self) -> str:
        """Return the report for a person, who signed and what the check cannot show among it."""
        if self.what == "split-view":
            lines = [*self._split_view(), *self._key_lines(), *self._problem_lines()]
        else:
            lines = [*self._headline(), *self._signers(), *self._limits(), *self._problem_lines()]
        # A file's name may hold line feeds and commands to a terminal: it must not write lines of its own.
        return "".join(f"{shown(line)}\n" for line in lines)

    def _split_view(self) -> Iterator[str]:
        proved = any(problem.code == "split-view" for problem in self.problems)
        yield f"{'PROVES' if proved else 'DOES NOT PROVE'} a split view of {self.origin or 'an unknown log'}"

    def _headline(self) -> Iterator[str]:
        yield f"{'Holds' if self.ok else 'DOES NOT HOLD'}: {self.what} of {self.origin or 'an unknown log'}"
        if self.size is not None and self.root is not None:
            yield f"  {self.size} entries, root {b64(self.root)}"
        if self.label:
            yield f"  {self.label}"
        yield f"  bodies withheld {self.withheld}, redacted {self.redacted}; entries disputed {self.disputed}"
        if self.unsigned:
            newer = "1 newer entry is" if self.unsigned == 1 else f"{self.unsigned} newer entries are"
            yield f"  {newer} not under a checkpoint yet"
        for item in self.disclosed if self.ok else ():
            yield f"  entry {item.index} held from the start, sealed: {item.pointer} = {shown(item.value)}"

    def _signers(self) -> Iterator[str]:
        yield f"  {self.cosigned_words()}"
        yield from self._key_lines()

    def _key_lines(self) -> Iterator[str]:
        yield f"  keys {'trusted' if self.trusted else 'unknown: compare them with what their holders tell you'}"
        for key in self.keys.keys.values():
            yield f"    {key.role} {key.name} {key.key_id}{'' if key.until is None else f' (until entry {key.until})'}"

    def cosigned_words(self) -> str:
        """Say how many of the cosigners saw this checkpoint, who and when, and whether that makes it evidentiary."""
        k, n, quorum = len(self.cosigned), len(self.keys.cosigners), self.keys.quorum
        by = ", ".join(f"{name} at {cosignature.moment(seconds)}" for name, seconds in self.cosigned)
        standing = ""
        if quorum:
            missing = quorum - k
            standing = f"; evidentiary from quorum on: {f'{missing} missing' if missing > 0 else 'the quorum is met'}"
        return f"cosigned {k} of {n} (quorum {quorum}){f': {by}' if by else ''}{standing}"

    def _limits(self) -> Iterator[str]:
        yield f"  keys as of size {self.size or 0}; later revocations unknown"
        yield from (f"  {line}" for line in self.held)
        if self.ok:
            yield "This shows that nothing was altered since it was signed, and by whom. It does not show that it is true."

    def _problem_lines(self) -> Iterator[str]:
        for problem in self.problems[:SHOWN_PROBLEMS]:
            at = "" if problem.index is None else f", entry {problem.index}"
            yield f"  {problem.code}: {problem.path}{at}: {problem.message}"
        if len(self.problems) > SHOWN_PROBLEMS:
            yield f"  and {len(self.problems) - SHOWN_PROBLEMS} more problems"
