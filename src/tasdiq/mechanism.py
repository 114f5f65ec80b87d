"""The mechanism: the journey of a report, one method a step, and the only caller of `log.append`.

    receive      a file or table enters as it came, with what could not be read
    propose      what the intake reads in it: statements, tellings, reports
    corroborate  origins, propositions, positions, incidents, crossings, sessions
    step         one step of the procedure, from the opening of a case to a published finding
    submit       an entry that a member signed elsewhere (`secretariat.outbox`): a step, a key event, a notice of redaction
    state        the fold of all of it, conduct included
    publish      the site, its data and bundles, signed by the publisher
    mirror       a member's whole copy, and how it and a host that was set back catch up (`secretariat.copies`)

Each step reads the record, calls one pure stage and appends signed entries. What a program proposes is marked so, with its
method; a proposal equal to the one that stands is not entered again, so that a rerun on unchanged input appends nothing.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from tasdiq import register, rules
from tasdiq.clock import Clock, timestamp, utc_now
from tasdiq.corroboration import stages
from tasdiq.errors import InputError, MissingError, RoleError
from tasdiq.intake.table import Changes, Table
from tasdiq.model import entries, sealing
from tasdiq.model.charter import Charter
from tasdiq.model.document import Received
from tasdiq.model.state import State
from tasdiq.model.steps import EvidenceSubmitted
from tasdiq.model.value import Value
from tasdiq.record import canonical
from tasdiq.record.entry import Draft, Submission
from tasdiq.record.keys import SigningKey
from tasdiq.record.log import Log, Receipt
from tasdiq.record.reader import Reader
from tasdiq.record.store import attachments
from tasdiq.secretariat import arrival, publishing, reviewing
from tasdiq.secretariat.current import Current, read_openings
from tasdiq.secretariat.custody import member_of, sign_for
from tasdiq.secretariat.founding import ANALYST, Founding, Home
from tasdiq.secretariat.grouping import Group, Proposed
from tasdiq.secretariat.outbox import Outbox
from tasdiq.settings import Settings
from tasdiq.standing import FILE
from tasdiq.verification import devices

__all__ = ["Clock", "Mechanism", "timestamp", "utc_now"]


class Mechanism:
    """A record at work: the log it appends to, and the member and key it signs with. Use it in a `with` block."""

    def __init__(
        self, home: Home, log: Log | Outbox, key: SigningKey | None, clock: Clock, current: Current | None = None
    ) -> None:
        self.home, self.log, self.key, self.clock = home, log, key, clock
        self.member = member_of(log.chain, [key]) if key else ""
        self._first, self._current = log.size, current or Current(home)
        self.charter: Charter = self.state().charter

    @classmethod
    def found(cls, home: Home, founding: Founding, settings: Settings, database: str | None = None) -> None:
        """Create the record and append its charter as entry 0, under a checkpoint; `database` as in `Store.create`."""
        newest = settings.state_directory
        with Log.create(
            home.path, log_key=founding.log_key, origin=founding.origin, newest=newest, database=database
        ) as log:
            log.append([founding.entry])
            log.checkpoint()
            home.write_trust(log.chain.keys)

    @classmethod
    def open(
        cls, home: Home, settings: Settings, *, key: SigningKey | None = None, clock: Clock = utc_now,
        current: Current | None = None,
    ) -> Mechanism:  # fmt: skip
        """Open a record; entries are signed with `key` or, in a desk record, with the analyst's; `current` is its state if kept."""
        home.require_host()
        with Reader.open(home.path) as reader:
            home.settle_keys(reader.chain.keys)
        log = Log.open(home.path, log_key=home.key("log"), newest=settings.state_directory)
        try:
            if key is None and log.chain.keys.form == "desk":
                key = home.key(ANALYST)
            return cls(home, log, key, clock, current)
        except BaseException:
            log.close()
            raise

    @classmethod
    def apart(cls, home: Home, outbox: Outbox, *, key: SigningKey, clock: Clock = utc_now) -> Mechanism:
        """Open a mirror, or another copy, for a member who signs there: what it enters goes into `outbox`."""
        return cls(home, outbox, key, clock)

    def __enter__(self) -> Mechanism:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the record, and let another writer in."""
        self._current.close()
        self.log.close()

    # receive

    def settle(self, files: Iterable[Received], tables: Iterable[Table]) -> int:
        """Correct the files of the record that a folder holds no longer, or otherwise; return how many."""
        found = arrival.corrections(
            self.state(), [*map(arrival.document_body, files), *map(arrival.table_body, tables)]
        )
        for correction in found:
            self._append("EntryCorrected", correction)
        return len(found)

    def receive(self, files: Iterable[tuple[Received, bytes | Path]]) -> int:
        """Enter files that do not stand yet, originals and text as private attachments; return how many."""
        before = self.log.size
        with Group(self._enter) as group:
            for body, attachments in arrival.new_files(self.state(), files):
                for attachment in attachments:
                    self.log.add_attachment(attachment)
                group.add(self._signed("DocumentReceived", body))
        return self.log.size - before

    def received(self) -> arrival.ReceivedFiles:
        """Return the files of the record with their texts, as they were received."""
        return arrival.ReceivedFiles(self.state(), self._current.text)

    def supersede(self, tables: Iterable[Table]) -> list[Changes]:
        """Correct the tables that stand otherwise, so that these take their places; return what changes, by key."""
        found = arrival.superseding(self.state(), self._current.lines, tables)
        for changes in found:
            correction = entries.EntryCorrected(item=FILE + changes.file, reason=f"imported again: {changes.summary}")
            self._append("EntryCorrected", correction)
        return found

    def receive_tables(self, tables: Iterable[tuple[Table, bytes]]) -> int:
        """Enter event tables that do not stand yet, and the reports their rows make; return how many.

        Rows whose licence forbids passing them on stay with the members: a public body would be passed on.
        """
        standing, count = self.state(), 0
        for table, data in tables:
            body = arrival.table_body(table)
            if not arrival.stands(standing, body):
                self.log.add_attachment(data)
                self._append("TableReceived", body)
                count += 1
            access = None if table.redistribute else "joint"
            self.propose("report", table.file, table.mapping, table.reports, access=access)
        return count

    def amend(self, charter: Charter, reason: str) -> bool:
        """Enter a changed charter; return False if it is the one that stands."""
        if self.charter == charter:
            return False
        self._append("CharterAmended", entries.CharterAmended(charter=charter, reason=reason))
        self.charter = charter
        return True

    # propose

    def propose(
        self, rows_of: str, subject: str, method: str, rows: Sequence[Value], *, access: str | None = None
    ) -> bool:
        """Enter what a program proposes about `subject`, unless exactly that stands already; return whether it was new."""
        return self.propose_all([Proposed(rows_of, subject, method, rows, access)]) > 0

    def propose_all(self, proposals: Iterable[Proposed]) -> int:
        """Enter what a program proposes about many subjects, as `propose` each, in durable groups; return how many were new."""
        count = 0
        with Group(self._enter) as group:
            for each in proposals:
                lines = [*map(arrival.row_bytes, each.rows)]
                if self._current.lines((each.rows_of, each.subject), self.member) == lines:
                    continue
                count += 1
                kind, access = register.KIND_OF_ROWS[each.rows_of], arrival.access_of(each, self.charter)
                for body, part in arrival.parts_of(each, lines):
                    group.add(self._signed(kind, body, rows=part, access=access), len(part))
        return count

    def confirm(self, items: Sequence[str], note: str = "") -> None:
        """Confirm proposals: a person has looked."""
        self._require_items(items)
        self._append("ProposalConfirmed", entries.ProposalConfirmed(items=tuple(items), note=note))

    def refuse(self, items: Sequence[str], reason: str) -> None:
        """Refuse proposals; they leave the state and stay in the record."""
        self._require_items(items)
        self._append("ProposalRefused", entries.ProposalRefused(items=tuple(items), reason=reason))

    # corroborate

    def corroborate(self, progress: Callable[[str], None] = lambda _: None) -> int:
        """Propose what all documents and tables together come to; return how many proposals were new."""
        state = copy.copy(self._current.whole())
        state.refused = register.refused_by(state, self.member)
        found = stages.proposals(state, progress)
        return self.propose_all(Proposed(of, stages.SUBJECT, method, rows) for of, method, rows in found)

    # verify

    def step(self, kind: str, body: Value, refs: Sequence[str] = ()) -> Receipt:
        """Take one step of the procedure, if the rules allow this member to take it now.

        Who may read it follows from the rules too (P27). A step that opens sealed entries, those behind a finding or the
        agreed lines of minutes, carries what opens them, so that anyone can check them from then on.
        """
        state, now = self.state(), timestamp(self.clock())
        rules.check(state, self.member, body, now)
        access = rules.access_of(state, self.member, body, now)
        if isinstance(body, rules.OPENING):
            sealed = rules.to_open(state, self.member, body, now)
            body = msgspec.structs.replace(body, openings=read_openings(self.home, sealed))
        return self._append(kind, body, refs=refs, access=access)

    def hand_over(self, body: EvidenceSubmitted, files: Sequence[bytes | Path]) -> Receipt:
        """Submit evidence with its files, which are kept as they are, beside the record, by SHA-256; none if it is refused."""
        named = msgspec.structs.replace(body, sha256=tuple(map(attachments.name_of, files)))
        rules.check(self.state(), self.member, named, timestamp(self.clock()))
        if [attachments.keep(self.home.path, file) for file in files] != [*named.sha256]:
            raise InputError("a file changed while it was handed over: nothing was submitted, try again")
        return self.step("EvidenceSubmitted", named)

    # enter what was signed elsewhere

    def submit(self, submission: Submission) -> Receipt:
        """Enter an entry that came signed, if the record and the procedure allow it now."""
        return self.enter([submission])[0]

    def enter(self, submissions: Sequence[Submission]) -> list[Receipt]:
        """Enter entries that came signed as one durable group, all or none; each is held against what those before leave."""
        reviewing.review_all(
            submissions,
            self.state,
            self.log.chain.keys,
            timestamp(self.clock()),
            lambda ident: read_openings(self.home, [ident])[0],
        )
        return self._enter(submissions)

    def receipt(self) -> bytes | None:
        """Return the log's signed promise for all that was appended since the record was opened, None if nothing was."""
        return self.log.receipt(self._first) if self.log.size > self._first else None

    # read and publish

    def state(self) -> State:
        """Return the current state of the record; it is for reading."""
        return self._current.state(at_least=self.log.size)

    def publish(self, out: Path) -> publishing.Published:
        """Write the public site of the record to `out`, replacing an earlier one."""
        self.log.checkpoint()
        self.home.write_trust(self.log.chain.keys)
        return publishing.publish(self.home, self.state(), out, self.clock())

    def _append(self, kind: str, body: Value, **more: Any) -> Receipt:
        return self._enter([self._signed(kind, body, **more)])[0]

    def _signed(
        self, kind: str, body: Value, *, rows: Sequence[bytes] = (), access: str = "public", refs: Sequence[str] = ()
    ) -> Submission:
        if self.key is None:
            raise RoleError("entries of a joint record are signed by a member: give its key with --key")
        if isinstance(self.log, Log):  # what lies in an outbox a second device still signs
            devices.check(kind, self.member, [self.log.chain.keys.keys[self.key.key_id]])
        plain, concealed = sealing.plain(body)
        draft = Draft(
            kind=kind,
            member=self.member,
            claimed_time=timestamp(self.clock()),
            body=canonical.dumps(plain),
            access=access,
            refs=tuple(refs),
            rows=tuple(rows),
            concealed=concealed,
        )
        return sign_for(self.log.chain, draft, [self.key])

    def _enter(self, submissions: Sequence[Submission]) -> list[Receipt]:
        keys_at = self.log.keys_at
        receipts = self.log.append(submissions)
        if keys_at != self.log.keys_at:
            self.home.write_trust(self.log.chain.keys)
            self.home.settle_keys(self.log.chain.keys)
        return receipts

    def _require_items(self, items: Sequence[str]) -> None:
        known = self.state().provenance
        if missing := [item for item in items if item not in known]:
            raise MissingError(f"not in this record: {', '.join(missing[:5])}")
