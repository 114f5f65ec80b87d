"""Mirrors: a member's whole copy of a record, and a host that was set back, grow by what parcels bring.

A mirror signs nothing. It takes entries as the log signed them, and holds the log to its one history:

1. A parcel is of this record, and begins no later than where this copy ends. What is here already must be the same.
2. All of it is one transaction, which ends only when everything was checked: every entry's form, place and signatures,
   every content against its commitment, the root against the checkpoint, and the checkpoint against the log's keys.
3. A public body, or a row beside a body, may be missing only where a notice of redaction in this history names it. What is
   not public may be withheld.
4. What a notice names is emptied here too; content that was redacted here never comes back.
5. If the log signed another history, both checkpoints are kept as proof and nothing else of the parcel is.
6. Taking a parcel again changes nothing. Cosignatures that this copy lacks are kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from tasdiq.errors import InputError, MissingError, RecordError
from tasdiq.record import checkpoint, cosignature, merkle
from tasdiq.record.entry import Submission
from tasdiq.record.growth import Group, Growth
from tasdiq.record.mirrors.parcel import Attached, Carried, Content, Parcel, opened
from tasdiq.record.note import Note, Verifier
from tasdiq.record.secrecy import forgetting
from tasdiq.record.store import Writing

_GROUP = 256
_GROUP_BYTES = 16 * 2**20


@dataclass
class Taken:
    """What a parcel came to: entries that were new, the checkpoint's size, files that were new."""

    added: int = 0
    size: int = 0
    attachments: int = 0


class AnotherHistoryError(RecordError):
    """The log has signed two histories, or this copy has left the one that it signed."""


def create(directory: Path, path: Path, database: str | None = None) -> Growth:
    """Make a mirror in `directory` from a whole parcel and leave it open; the caller removes it if it is not to stay."""
    with opened(path) as parcel:
        if parcel.head.since:
            raise InputError(
                f"expected a whole parcel (since 0) to begin a mirror with, found one since {parcel.head.since}"
            )
        growth = Growth.create(directory, parcel.head.origin, database)
    try:
        take(growth, path)
    except BaseException:
        growth.close()
        raise
    return growth


def take(growth: Growth, path: Path) -> Taken:
    """Take the parcel at `path` into an open copy; on any error nothing of it was kept but proof of two histories."""
    with opened(path) as parcel:
        _require_joins(growth, parcel)
        try:
            return _Taking(growth, parcel).run()
        except _Diverged as error:
            where = error.index
    with opened(path) as parcel:
        _explain(growth, parcel, where)
    raise AssertionError("a parcel that diverges is always explained")


def _require_joins(growth: Growth, parcel: Parcel) -> None:
    head = parcel.head
    if head.origin != growth.origin:
        raise InputError(f"expected a parcel of {growth.origin}, found one of {head.origin}")
    if head.since > growth.size:
        raise MissingError(
            f"this copy holds {growth.size} entries and the parcel begins at {head.since}: entries {growth.size} to "
            f"{head.since - 1} are missing; ask for one made with: tasdiq export RECORD --since {growth.size} -o FILE"
        )


class _Diverged(Exception):  # noqa: N818 - a signal inside this module, never seen outside
    def __init__(self, index: int) -> None:
        self.index = index


@dataclass
class _Taking:
    """One parcel on its way into a copy, inside one transaction."""

    growth: Growth
    parcel: Parcel
    taken: Taken = field(default_factory=Taken)
    _waiting: list[Submission] = field(default_factory=list)
    _bytes: int = 0
    _unexplained: set[tuple[int, int | None]] = field(default_factory=set)
    _attached: list[tuple[int, Attached]] = field(default_factory=list)

    def run(self) -> Taken:
        """Read, check and write everything (rule 2)."""
        growth, start = self.growth, self.parcel.head.start
        held = growth.size
        if start and merkle.edge_from(start, growth.tree.node).root() != self.parcel.before.root():
            raise _Diverged(start - 1)
        leaves, at = growth.store.leaves(start, held), start
        with growth.transaction() as write:
            for item in self.parcel:
                if isinstance(item, Attached):
                    self._attached.append((at, item))
                    continue
                at = item.index
                if item.index >= held:
                    self._add(write, item)
                elif next(leaves) != item.leaf:
                    raise _Diverged(item.index)
            self._flush(write)
            self._require_explained()
            self._checkpoint(write)
            self._keep_attachments()
        self.taken.added, self.taken.size = growth.size - held, self.parcel.head.size
        return self.taken

    def _add(self, write: Writing, item: Carried) -> None:
        submission = _submission(item.leaf, item.content or Content())
        self._waiting.append(submission)
        self._bytes += (
            len(item.leaf) + len(submission.plaintext) + sum(len(row.content) for row in submission.rows if row)
        )
        if len(self._waiting) == _GROUP or self._bytes > _GROUP_BYTES:
            self._flush(write)

    def _flush(self, write: Writing) -> None:
        group = self.growth.admit(self._waiting, may_withhold=True)
        self._note_missing(group)
        self.growth.add(write, group)
        self._waiting, self._bytes = [], 0

    def _note_missing(self, group: Group) -> None:
        for index, item in enumerate(group.entries, group.first):
            if not item.submission.salt and item.entry.header["access"] == "public":
                self._unexplained.add((index, None))
            self._unexplained |= {(index, number) for number, row in enumerate(item.submission.rows) if row is None}
            for place, number in item.empties:
                self._explain(place, number)

    def _explain(self, place: int, number: int | None) -> None:
        if number is None:
            self._unexplained = {missing for missing in self._unexplained if missing[0] != place}
        else:
            self._unexplained.discard((place, number))

    def _require_explained(self) -> None:
        for index, number in sorted(self._unexplained, key=lambda item: (item[0], item[1] or 0)):
            what = "the public body" if number is None else f"row {number}"
            raise InputError(
                f"{what} of entry {index} is not in the parcel, and no notice redacted it: ask for another"
            )

    def _checkpoint(self, write: Writing) -> None:
        """Keep the log's note where it is newer than what is here, and the cosignatures on it."""
        store, signed, parsed = self.growth.store, self.parcel.signed, self.parcel.signatures
        ours = [line for log in self._logs() for line in parsed.by(log)]
        checkpoint.require_signed(signed, parsed, self._logs())
        newest = store.checkpoint()
        if newest is None or checkpoint.parse(newest)[0].size < signed.size:
            write.checkpoint(signed.size, f"{parsed.text}\n{''.join(map(str, ours))}".encode())
        kept = set(store.cosignatures(signed.size))
        for cosigner in self.growth.chain.keys.cosigners:
            for line in parsed.by(cosigner):
                if str(line) not in kept and cosignature.cosigned_at(Note(parsed.text, (line,)), cosigner):
                    write.cosignature(signed.size, line.name, str(line))

    def _logs(self) -> list[Verifier]:
        last = max(self.parcel.head.size - 1, 0)
        return [Verifier(self.growth.origin, key.public) for key in self.growth.chain.keys.in_role("log", last)]

    def _keep_attachments(self) -> None:
        # Last of all, so that a parcel that is refused leaves no file; whoever is killed here takes the parcel again.
        for index, attached in self._attached:
            # What was redacted here names nothing any more: its files do not come back either (rule 4).
            if attached.sha256 in forgetting.names_at(self.growth.store, index):
                self.growth.store.add_attachment(self.parcel.read(attached))


def _submission(leaf: bytes, content: Content) -> Submission:
    salt, plaintext = content.committed or (b"", b"")
    listed = tuple(content.rows[number] for number in sorted(content.rows))
    return Submission(leaf, salt, plaintext, listed, content.disclosures, content.envelope)


def _explain(growth: Growth, parcel: Parcel, index: int) -> None:
    """Say what it means that a parcel is another than this copy at `index`; keep the proof where there is one."""
    for _ in parcel:
        pass  # to the end: only then is it known that the entries are those under the parcel's checkpoint
    logs = [Verifier(growth.origin, key.public) for key in growth.chain.keys.in_role("log")]
    checkpoint.require_signed(parcel.signed, parcel.signatures, logs)
    ours = growth.store.checkpoint()
    if ours is None or checkpoint.parse(ours)[0].size <= index:
        raise AnotherHistoryError(
            f"entry {index} here is not the one under the log's checkpoint over {parcel.signed.size}: this copy went on by "
            "itself after it was set back. Keep it, and make a new mirror from the parcel: tasdiq init MIRROR --from FILE"
        )
    growth.store.keep_contradiction(ours, parcel.note)
    raise AnotherHistoryError(
        f"the log has signed two histories: entry {index} here, under its checkpoint over "
        f"{checkpoint.parse(ours)[0].size}, is another than in the parcel, under its checkpoint over {parcel.signed.size}. "
        "Nothing was taken. Both checkpoints are kept; keep the parcel too, and make a proof that anyone can check: "
        "tasdiq cosign contradictions RECORD --against FILE -o PROOF"
    )
