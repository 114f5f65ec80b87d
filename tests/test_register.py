"""The fold: the same entries always come to the same state. Tests are named for the rules of `register` and `standing`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
import pytest

from tasdiq import register
from tasdiq.errors import RecordError
from tasdiq.intake.article import receive_file
from tasdiq.model import entries
from tasdiq.model.charter import Charter, Member
from tasdiq.model.document import Rejected
from tasdiq.model.proposition import Proposition
from tasdiq.model.state import State
from tasdiq.model.value import Value
from tasdiq.record import canonical
from tasdiq.record.keys import Key

CHARTER = Charter(
    title="Kestria and Vorland",
    form="desk",
    parties=(Member(id="kes", name="Kestria"), Member(id="vor", name="Vorland")),
)
REPORT = receive_file(
    "report.txt", b"The ministry of Kestria said on Tuesday that Vorland had shelled three posts.\n" * 4
)


@dataclass(frozen=True)
class Entry:
    """An entry as the record's reader gives it."""

    index: int
    id: str
    kind: str
    body: bytes | None
    member: str = "analyst"
    claimed_time: str = "2031-03-04T12:00:00Z"
    access: str = "public"
    status: str = "present"

    @property
    def signers(self) -> tuple[Key, ...]:
        """Return the member's own key, whichever it is."""
        return (Key(bytes(32), "member", self.member, self.member, None, 0),)


def document(reading: Any = REPORT) -> entries.DocumentReceived:
    """Return the body that enters a received file."""
    return entries.DocumentReceived(
        file=reading.file, sha256=reading.sha256, text_sha256=reading.text_sha256, documents=reading.documents
    )


def proposal(*ids: str, subject: str = "record", part: int = 0, parts: int = 1) -> tuple[Value, list[bytes]]:
    """Return a proposal of propositions of these ids, with its rows."""
    rows = [
        canonical.dumps(msgspec.to_builtins(Proposition(id=i, topic="talks", wording=i, frame="test", method="test")))
        for i in ids
    ]
    return entries.Proposal(rows_of="proposition", method="test", subject=subject, part=part, parts=parts), rows


def fold(*steps: Value | tuple[Value, list[bytes]] | Entry, texts: dict[str, bytes] | None = None) -> State:
    """Fold the charter and these steps."""
    kinds = {kind: name for name, kind in reversed(entries.BODIES.items())}
    rows: dict[int, list[bytes | None]] = {}
    stored = []
    for index, step in enumerate([entries.CharterAdopted(charter=CHARTER), *steps]):
        body, own = step if isinstance(step, tuple) else (step, [])
        rows[index] = list(own)
        if isinstance(body, Entry):
            stored.append(body)
        else:
            stored.append(Entry(index, f"{index:064x}", kinds[type(body)], canonical.dumps(msgspec.to_builtins(body))))
    return register.fold(stored, rows.__getitem__, (texts or {}).get)


def test_rule_1_an_amended_charter_stands_from_its_index_on() -> None:
    """The last charter is the state's."""
    amended = msgspec.structs.replace(CHARTER, title="Another title")
    assert fold(entries.CharterAmended(charter=amended)).charter.title == "Another title"


def test_rule_1_entry_0_is_the_charter() -> None:
    """A record that begins with anything else is refused."""
    other = Entry(0, "0" * 64, "DocumentReceived", canonical.dumps(msgspec.to_builtins(document())))
    with pytest.raises(RecordError, match="entry 0"):
        register.fold([other], lambda _: [], lambda _: None)
    with pytest.raises(RecordError, match="empty"):
        register.fold([], lambda _: [], lambda _: None)


def test_rule_2_a_later_proposal_stands_in_place_of_the_earlier() -> None:
    """For the same kind of row and subject only; parts stand together, in their order."""
    assert set(fold(proposal("p-a", "p-b"), proposal("p-c")).propositions) == {"p-c"}
    assert set(fold(proposal("p-a"), proposal("p-b", subject="other")).propositions) == {"p-a", "p-b"}
    parts = fold(proposal("p-a", part=0, parts=2), proposal("p-b", part=1, parts=2))
    assert list(parts.propositions) == ["p-a", "p-b"]
    assert list(fold(proposal("p-a"), proposal()).propositions) == []


def test_rule_3_refused_is_left_out_and_confirmed_is_marked() -> None:
    """Both are listed with the entry that says so."""
    state = fold(
        proposal("p-a", "p-b"),
        entries.ProposalRefused(items=("p-a",), reason="no"),
        entries.ProposalConfirmed(items=("p-b",)),
    )
    assert set(state.propositions) == set(state.confirmed) == {"p-b"}
    assert set(state.refused) == {"p-a"}


def test_rule_4_unknown_kinds_and_withheld_bodies_fold_to_nothing() -> None:
    """They are counted and listed, and stop nothing."""
    state = fold(
        Entry(1, "1" * 64, "PigeonReleased", b"{}"), Entry(2, "2" * 64, "DocumentReceived", None, status="redacted")
    )
    assert state.unknown_kinds == {"PigeonReleased": 1}
    assert [line.status for line in state.entries] == ["present", "present", "redacted"]
    assert state.size == 3


def test_rule_4_a_redacted_row_is_left_out() -> None:
    """The other rows of its entry stand."""
    body, rows = proposal("p-a", "p-b")
    assert set(fold((body, [None, rows[1]])).propositions) == {"p-b"}  # type: ignore[list-item]


def test_rule_6_a_corrected_file_leaves_the_state_and_comes_back() -> None:
    """With its documents, rejections and everything read in it; received again it stands, once read again."""
    texts = {REPORT.text_sha256: REPORT.text.encode()}
    (ident,) = [item.id for item in REPORT.documents]
    read, gone = proposal("p-a", subject=ident), entries.EntryCorrected(item="file/report.txt", reason="gone")
    assert set(fold(document(), read, texts=texts).documents) == {ident}
    without = fold(document(), read, gone, texts=texts)
    assert (without.documents, without.propositions, without.files) == ({}, {}, {})
    assert "file/report.txt" in without.corrected
    again = fold(document(), read, gone, document(), texts=texts)
    assert (set(again.documents), again.propositions, again.corrected) == ({ident}, {}, {})
    assert set(fold(document(), read, gone, document(), read, texts=texts).propositions) == {"p-a"}


def test_rule_6_a_rejected_file_leaves_the_list_when_it_is_corrected() -> None:
    """A rejection stands as long as its file does."""
    rejected = entries.DocumentReceived(
        file="bad.txt", sha256="", text_sha256="", documents=(), rejected=(Rejected(file="bad.txt", reason="empty"),)
    )
    assert [item.file for item in fold(rejected).rejected] == ["bad.txt"]
    assert fold(rejected, entries.EntryCorrected(item="file/bad.txt", reason="mended")).rejected == []


def test_every_item_knows_its_entry() -> None:
    """Provenance names entry, index, row and kind."""
    state = fold(document(), proposal("p-a", "p-b"), texts={})
    where = state.provenance["p-b"]
    assert (where.index, where.row, where.entry) == (2, 1, f"{2:064x}")
    assert state.provenance[REPORT.documents[0].id].index == 1


def test_a_body_of_another_form_stops_the_fold() -> None:
    """A known kind with a body that is not its own is damage, named with its index."""
    with pytest.raises(RecordError, match="entry 1"):
        fold(Entry(1, "1" * 64, "DocumentReceived", b'{"file": 7}'))
