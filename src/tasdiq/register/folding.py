"""A fold that goes on: entries are taken in their order, and a state can be had at any time (rule 7 of `register`).

Entries that only add something (a step, a document, a proposal about something new) are put to what stands. Others take
something out, or stand in place of something: then the state is put together again from what was decoded before. Only a
notice that empties a whole entry which was folded already changes the past: such a fold is `spent`, and begun anew by its
owner.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection

from tasdiq import framing, rules
from tasdiq.compliance.conduct import assess_conduct
from tasdiq.errors import MissingError, ProcedureError, RecordError, RoleError
from tasdiq.model import entries
from tasdiq.model.state import Provenance, State
from tasdiq.model.value import Value
from tasdiq.register.framed import TABULATED, Framed
from tasdiq.register.rows import ROWS, Keyed, Rows
from tasdiq.register.sharing import Shared
from tasdiq.register.stored import StoredEntry, charter_of, line_of, read_body
from tasdiq.standing import FILE, RowReader, Standing
from tasdiq.talks import steps as talks
from tasdiq.verification import devices
from tasdiq.verification.docket import Docket

AttachmentReader = Callable[[str], bytes | None]
_FIELDS = tuple(field for _, field in ROWS.values())


class Folding:
    """A fold under way; `only` names the types of rows it decodes, all unless given."""

    def __init__(self, rows: RowReader, attachment: AttachmentReader, only: Collection[str] | None = None) -> None:
        self.rows, self.attachment, self._only = Rows(rows), attachment, only
        self.standing = Standing()
        self.spent = False
        self._shared: Shared | None = None
        self._bulk: dict[int, tuple[str, str]] = {}
        self._received: dict[str, list[tuple[StoredEntry, entries.DocumentReceived]]] = {}
        self._new: list[tuple[StoredEntry, entries.DocumentReceived]] = []
        self._introduced: dict[str, Provenance] = {}
        self._read: dict[str, str] = {}
        self._unknown: Counter[str] = Counter()
        self._files: dict[str, list[tuple[str, str]]] = {}
        self._refusals: dict[str, set[str]] = {}
        self._corrections: list[tuple[str, str, str]] = []
        self._brought: dict[str, dict[str, str]] = {}
        self._framed = Framed()
        self._anew, self._rows_due, self._conduct_due = False, True, True

    @property
    def size(self) -> int:
        """Return how many entries were taken."""
        return self._shared.state.size if self._shared else 0

    def take(self, entry: StoredEntry) -> None:
        """Fold one entry, the next in order; raise `RecordError` if entry 0 is no charter or a body is misshapen."""
        body = read_body(entry)
        if self._shared is None:
            self._shared = Shared(State(charter=charter_of(body)))
            self._docket = Docket(self._shared.state.charter)
        shared = self._shared
        self._anew |= self.standing.take(entry.index, body, entry.member)
        shared.own("entries").append(line_of(entry, body))
        shared.state.size = entry.index + 1
        if body is not None:
            self._apply(shared, entry, body)
        elif entry.kind not in entries.BODIES:
            self._unknown[entry.kind] += 1
            shared.own("unknown_kinds")[entry.kind] = shared.state.unknown_kinds.get(entry.kind, 0) + 1

    def _apply(self, shared: Shared, entry: StoredEntry, body: Value) -> None:
        match body:
            case entries.CharterAmended() if not self._bound(shared, entry):
                pass
            case entries.CharterAmended():
                shared.state.charter = body.charter
                shared.own("talks").adopt(body.charter)
                self._rows_due = self._conduct_due = True
            case entries.DocumentReceived():
                self._arrive(shared, entry, body)
                self._anew |= body.file in self._received
                self._received.setdefault(body.file, []).append((entry, body))
                self._new.append((entry, body))
            case entries.TableReceived():
                self._arrive(shared, entry, body)
            case entries.Proposal():
                self._bulk[entry.index] = (entry.id, entry.kind)
            case entries.ProposalConfirmed() | entries.ProposalRefused():
                self._judge(shared, entry, body)
            case entries.BodyRedacted():
                self._redact(shared, entry, body)
            case entries.EntryCorrected() if body.item.startswith(FILE):
                self._take_out(shared, body.item.removeprefix(FILE), entry)
            case entries.EntryCorrected() if not framing.concerns(shared.state, body):
                self._corrections.append((body.item, entry.id, entry.member))
            case _:
                self._step(shared, entry, body)

    def _judge(
        self, shared: Shared, entry: StoredEntry, body: entries.ProposalConfirmed | entries.ProposalRefused
    ) -> None:
        """Note what a person confirmed or refused (rule 3)."""
        if isinstance(body, entries.ProposalConfirmed):
            shared.own("confirmed").update(dict.fromkeys(body.items, entry.id))
            return
        shared.own("refused").update(dict.fromkeys(body.items, entry.id))
        for item in body.items:
            self._refusals.setdefault(item, set()).add(entry.member)
        self._anew = True

    def _bound(self, shared: Shared, entry: StoredEntry) -> bool:
        """Tell whether as many devices signed an entry as its kind takes (R6); it is listed where they did not."""
        try:
            devices.check(entry.kind, entry.member, entry.signers)
        except RoleError as error:
            shared.own("refused_steps")[entry.id] = str(error)
            return False
        return True

    def _step(self, shared: Shared, entry: StoredEntry, body: Value) -> None:
        """Take a step of the procedure (rule 5), or a decision about propositions (rule 8)."""
        if not self._bound(shared, entry):
            return
        state, docket = shared.state, self._docket
        docket.charter = state.charter
        if type(body) in talks.STEPS:
            shared.own("talks")
        elif type(body) in framing.STEPS:
            shared.own("framings")
            self._rows_due = True
        else:
            docket.cases, docket.where = shared.own("cases"), shared.own("case_of")
        try:
            introduced = rules.take(state, docket, entry.member, entry.claimed_time, entry.id, entry.access, body)
        except (ProcedureError, RoleError, MissingError) as error:
            shared.own("refused_steps")[entry.id] = str(error)
            return
        self._conduct_due = True
        for ident in introduced:
            self._introduce(shared, ident, Provenance(entry.id, entry.index, None, entry.kind))

    def _introduce(self, shared: Shared, ident: str, where: Provenance) -> None:
        """Note where a step brought an id from; a document or a row of that id goes before, whenever it came."""
        self._introduced[ident] = where
        known = shared.state.provenance.get(ident)
        if known is None or (known.row is None and ident not in shared.state.documents):
            shared.own("provenance")[ident] = where

    def _redact(self, shared: Shared, entry: StoredEntry, body: entries.BodyRedacted) -> None:
        shared.own("redacted").update(dict.fromkeys((*entry.refs, *body.redacted_rows), entry.id))
        emptied, parted = set(entry.refs), {row.partition("/")[0] for row in body.redacted_rows}
        for line in shared.state.entries if emptied or parted else ():
            # What was emptied before it was read here has left nothing behind.
            self.spent |= line.id in emptied and line.status == "present"
            if line.id in parted:
                self.rows.forget(line.index)
                self._anew = True

    def _arrive(
        self, shared: Shared, entry: StoredEntry, body: entries.DocumentReceived | entries.TableReceived
    ) -> None:
        shared.own("rejected").extend(body.rejected)
        shared.own("corrected").pop(FILE + body.file, None)
        held = self._files.setdefault(body.file, [])
        held.append((entry.member, hashlib.sha256(entry.body or b"").hexdigest()))
        shared.own("files")[body.file] = [digest for _, digest in held]

    def _take_out(self, shared: Shared, name: str, correction: StoredEntry) -> None:
        """Take a corrected file out of the state (rule 6), so far as whoever corrects it has received it (rule 3)."""
        held = [arrival for arrival in self._files.pop(name, []) if arrival[0] != correction.member]
        read = [arrival for arrival in self._received.pop(name, []) if arrival[0].member != correction.member]
        self._anew = True
        if read:
            self._received[name] = read
        if held:
            self._files[name] = held
            shared.own("files")[name] = [digest for _, digest in held]
            return
        shared.own("corrected")[FILE + name] = correction.id
        shared.own("files").pop(name, None)
        shared.state.rejected = [rejected for rejected in shared.state.rejected if rejected.file != name]

    def state(self) -> State:
        """Return the state that the entries taken so far come to; it stays as it is while others are taken."""
        if self._shared is None:
            raise RecordError("the record is empty: entry 0 must be its charter")
        if self._anew:
            self._begin_anew(self._shared)
        self._add(self._shared)
        self._mark_corrected(self._shared)
        self._derive(self._shared)
        return self._shared.snapshot()

    def _mark_corrected(self, shared: Shared) -> None:
        """Mark what was corrected by whoever brought it, or is not known here (rule 3)."""
        state = shared.state
        for item, entry, member in self._corrections:
            where = state.provenance.get(item)
            if where is None or state.entries[where.index].member == member:
                shared.own("corrected")[item] = entry
            elif state.corrected.get(item) == entry:
                del shared.own("corrected")[item]

    def _begin_anew(self, shared: Shared) -> None:
        """Empty what documents and rows filled, so that all that stands is put in again, in its order."""
        for name in (*_FIELDS, "documents"):
            shared.renew(name)
        self._framed.begin_anew()
        self._brought.clear()
        shared.renew("unknown_kinds").update(self._unknown)
        shared.renew("provenance").update(self._introduced)
        self._new = [item for arrived in self._received.values() for item in arrived]
        self._read, _ = shared.state.texts, shared.renew("texts")
        self.standing.all_anew()
        self.rows.keep([index for index, _ in self.standing.fresh])
        self._anew, self._rows_due = False, True

    def _add(self, shared: Shared) -> None:
        """Put in the documents and the rows of the proposals that came to stand."""
        arrived, self._new = self._new, []
        for entry, document in arrived:
            self._document(shared, entry, document)
        self._read = {}
        for index, body in self.standing.taken():
            self._fill(shared, index, body)

    def _document(self, shared: Shared, entry: StoredEntry, body: entries.DocumentReceived) -> None:
        """Fill documents and text; the same bytes under two names are one document, of the name that came first."""
        sha256 = body.text_sha256
        if sha256 and sha256 not in shared.state.texts and (text := self._text(sha256)) is not None:
            shared.own("texts")[sha256] = text
        documents, provenance = shared.own("documents"), shared.own("provenance")
        self._rows_due |= bool(shared.state.framings)
        for document in body.documents:
            if document.id not in documents:
                documents[document.id] = document
                known = provenance.get(document.id)
                if known is None or known.row is None:
                    provenance[document.id] = Provenance(entry.id, entry.index, None, entry.kind)

    def _text(self, sha256: str) -> str | None:
        if (known := self._read.get(sha256)) is not None:
            return known
        data = self.attachment(sha256)
        return None if data is None else data.decode("utf-8")

    def _fill(self, shared: Shared, index: int, body: entries.Proposal) -> None:
        if body.rows_of not in ROWS:
            shared.own("unknown_kinds")[body.rows_of] = shared.state.unknown_kinds.get(body.rows_of, 0) + 1
            return
        if self._only is not None and body.rows_of not in self._only:
            return
        entry_id, kind = self._bulk[index]
        name, rows = ROWS[body.rows_of][1], self._own_rows(shared.state, index, body)
        self.rows.fill(self._framed.proposed(name) if name in TABULATED else shared.own(name), rows)
        shared.own("provenance").update((keyed.key, Provenance(entry_id, index, keyed.number, kind)) for keyed in rows)
        self._rows_due |= name in TABULATED or bool(shared.state.framings)

    def _own_rows(self, state: State, index: int, body: entries.Proposal) -> list[Keyed]:
        """Return the rows of a proposal without those its member refused, or whose ids are another member's (rule 3)."""
        member, brought = state.entries[index].member, self._brought.setdefault(body.rows_of, {})
        rows = self.rows.of(index, self._bulk[index][1], body.rows_of)
        if self._refusals:
            rows = [keyed for keyed in rows if member not in self._refusals.get(keyed.key, ())]
        if isinstance(getattr(state, ROWS[body.rows_of][1]), list):
            return rows
        return [keyed for keyed in rows if brought.setdefault(keyed.key, member) == member]

    def _derive(self, shared: Shared) -> None:
        state = shared.state
        if self._rows_due:
            self._framed.put_into(shared, self._refusals)
        if self._conduct_due:
            state.conduct = {item.commitment: item for item in assess_conduct(state)}
        self._rows_due = self._conduct_due = False
