"""A fold that goes on comes to what a fold of everything at once does (rule 7 of `register`), and never changes what it gave."""

from __future__ import annotations

import copy
import dataclasses
import hashlib
from dataclasses import dataclass
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from tasdiq import register
from tasdiq.model import entries, framing, steps
from tasdiq.model.charter import Charter, Member
from tasdiq.model.document import Document, Rejected
from tasdiq.model.incident import IncidentReport
from tasdiq.model.proposition import Holding, Position, Proposition
from tasdiq.model.state import State
from tasdiq.model.value import Value
from tasdiq.record import canonical
from tasdiq.record.keys import Key

CHARTER = Charter(
    title="Kestria and Vorland",
    form="joint",
    parties=(Member(id="kes", name="Kestria"), Member(id="vor", name="Vorland")),
    mediators=(Member(id="ord", name="Ordania", role="mediator"),),
)
KINDS = {kind: name for name, kind in reversed(entries.BODIES.items())}
AT = "2031-03-04T12:00:00Z"


@dataclass(frozen=True)
class Entry:
    """An entry as the record's reader gives it."""

    index: int
    id: str
    kind: str
    body: bytes | None
    refs: tuple[str, ...] = ()
    member: str = "ord"
    claimed_time: str = AT
    access: str = "public"
    status: str = "present"

    @property
    def signers(self) -> tuple[Key, ...]:
        """Return the member's own key, whichever it is."""
        return (Key(bytes(32), "member", self.member, self.member, None, 0),)


@dataclass(frozen=True)
class Step:
    """Something that happens: a body, its rows, and for a notice which entry (and row of it) it empties."""

    body: Value
    rows: tuple[Value, ...] = ()
    member: str = "ord"
    empties: tuple[int, int | None] | None = None


def _document(name: str, number: int) -> Step:
    digest = hashlib.sha256(f"{name}{number}".encode()).hexdigest()
    held = Document(
        id=f"d{number}", file=name, sha256=digest, text_sha256=digest, kind="article", start=0, end=9, paragraphs=()
    )
    rejected = (Rejected(file=name, reason="no words"),) if number % 2 else ()
    body = entries.DocumentReceived(file=name, sha256=digest, text_sha256=digest, documents=(held,), rejected=rejected)
    return Step(body)


def _proposal(rows_of: str, subject: str, part: int, rows: tuple[Value, ...]) -> Step:
    return Step(entries.Proposal(rows_of=rows_of, method="test", subject=subject, part=part), rows)


def _reports(subject: str, part: int, numbers: list[int]) -> Step:
    rows = tuple(IncidentReport(report_id=f"x{n}", source_id="s", text=subject) for n in numbers)
    return _proposal("report", subject, part, rows)


def _points(subject: str, part: int, numbers: list[int]) -> Step:
    rows = tuple(
        Proposition(
            id=f"x{n}", topic="t", wording=subject, frame="f", method="m",
            holdings=tuple(Holding(statement=f"x{m}", stance="asserts") for m in {n, part}),
        )
        for n in numbers
    )  # fmt: skip
    return _proposal("proposition", subject, part, rows)


def _positions(subject: str, part: int, numbers: list[int]) -> Step:
    rows = tuple(
        Position(
            proposition=f"x{n}", party="kes", stance="denies", teller="own", told_by=None, label="denies", statements=()
        )
        for n in numbers
    )
    return _proposal("position", subject, part, rows)


def _opened(case: int, subject: int) -> Step:
    body = entries.CaseOpened(
        case=f"x{case}", subject=f"x{subject}", subject_kind="proposition", allegation="Fire", alleged_by="kes",
        alleged_against="vor", at=AT,
    )  # fmt: skip
    return Step(body, member="kes")


def _decision(kind: int, one: int, other: int) -> Step:
    """Return a decision about propositions: a merger, a split, a rewording, a confirmation."""
    into, more, why = f"x{one}", f"x{other}", "why"
    bodies: tuple[Value, ...] = (
        framing.PropositionsMerged(into=into, merged=(more,), reason=why, at=AT),
        framing.PropositionSplit(
            proposition=into, part=f"point-{other}", wording=why, statements=(more,), reason=why, at=AT
        ),
        framing.PropositionReworded(proposition=into, wording=f"{more} reworded", reason=why, at=AT),
        framing.PropositionConfirmed(proposition=into, wording="record", at=AT),
    )
    return Step(bodies[kind])


NAMES, NUMBERS, PARTS = st.sampled_from(["a.txt", "b.txt", "record"]), st.integers(0, 5), st.integers(0, 2)
SOME = st.lists(NUMBERS, max_size=4)
MEMBERS = st.sampled_from(["kes", "vor", "ord"])
BY_ANYBODY = st.one_of(
    st.builds(_document, NAMES, NUMBERS),
    st.builds(_reports, NAMES, PARTS, SOME),
    st.builds(_points, NAMES, PARTS, SOME),
    st.builds(_positions, NAMES, PARTS, SOME),
    st.builds(_opened, NUMBERS, NUMBERS),
    st.builds(lambda n: Step(steps.CompetenceDecided(case=f"x{n}", competent=False, text="no", at=AT)), NUMBERS),
    st.builds(lambda n: Step(entries.ProposalConfirmed(items=(f"x{n}",))), NUMBERS),
    st.builds(lambda n: Step(entries.ProposalRefused(items=(f"x{n}",))), NUMBERS),
    st.builds(lambda name: Step(entries.EntryCorrected(item=f"file/{name}", reason="changed")), NAMES),
    st.builds(_decision, st.integers(0, 3), NUMBERS, NUMBERS),
    st.builds(lambda at: Step(entries.EntryCorrected(item=f"{at:064x}", reason="taken back")), st.integers(1, 12)),
    st.builds(lambda: Step(entries.CharterAmended(charter=msgspec.structs.replace(CHARTER, title="Anew")))),
    st.builds(
        lambda at, row: Step(entries.BodyRedacted(reason="r"), empties=(at, row)),
        st.integers(1, 12),
        st.one_of(st.none(), PARTS),
    ),
)
STEPS = st.builds(lambda step, member: dataclasses.replace(step, member=member), BY_ANYBODY, MEMBERS)


class Record:
    """A record in memory, as its reader would give it at any size: what later notices empty is gone from then on."""

    def __init__(self, made: list[Step]) -> None:
        self.made = [Step(entries.CharterAdopted(charter=CHARTER)), *made]
        self.size = 0
        self.texts = {
            body.text_sha256: b"words" for body in (s.body for s in made) if isinstance(body, entries.DocumentReceived)
        }

    def _emptied(self) -> set[tuple[int, int | None]]:
        found = (
            step.empties for at, step in enumerate(self.made[: self.size]) if step.empties and step.empties[0] < at
        )
        return {target for target in found if self.made[target[0]].empties is None}

    def entries(self, start: int) -> list[Entry]:
        gone = self._emptied()
        return [self._entry(at, (at, None) in gone) for at in range(start, self.size)]

    def _entry(self, at: int, gone: bool) -> Entry:
        step, refs = self.made[at], ()
        plain: dict[str, Any] = msgspec.to_builtins(step.body)
        if step.empties and step.empties[0] < at and self.made[step.empties[0]].empties is None:
            target, row = step.empties
            refs = (f"{target:064x}",) if row is None else ()
            plain |= {} if row is None else {"redacted_rows": [f"{target:064x}/{row}"]}
        body = None if gone else canonical.dumps(plain)
        return Entry(
            at, f"{at:064x}", KINDS[type(step.body)], body, refs, step.member, status="redacted" if gone else "present"
        )

    def rows(self, index: int) -> list[bytes | None]:
        gone = self._emptied()
        return [
            None if {(index, None), (index, n)} & gone else canonical.dumps(msgspec.to_builtins(row))
            for n, row in enumerate(self.made[index].rows)
        ]


def in_order(state: State) -> dict[str, Any]:
    """Return all of a state, with the order of what is listed."""
    found: dict[str, Any] = {field.name: getattr(state, field.name) for field in dataclasses.fields(state)}
    unordered = ("provenance", "unknown_kinds", "refused", "confirmed", "corrected")
    return {
        name: list(value.items()) if isinstance(value, dict) and name not in unordered else value
        for name, value in found.items()
    }


@settings(max_examples=400, deadline=None)
@given(st.lists(STEPS, max_size=14), st.sets(st.integers(1, 15)))
def test_rule_7_a_fold_in_parts_comes_to_what_a_fold_at_once_does(made: list[Step], stops: set[int]) -> None:
    """Wherever it pauses to give a state; a spent one is begun anew, as its owner does. What it gave stays as it was."""
    record = Record(made)
    folding = register.Folding(record.rows, record.texts.get)
    given_out: list[tuple[State, dict[str, Any]]] = []
    for stop in sorted({*stops, len(record.made)}):
        record.size = min(stop, len(record.made))
        for entry in record.entries(folding.size):
            folding.take(entry)
        if folding.spent:
            folding = register.Folding(record.rows, record.texts.get)
            for entry in record.entries(0):
                folding.take(entry)
        state = folding.state()
        assert in_order(state) == in_order(register.fold(record.entries(0), record.rows, record.texts.get))
        given_out.append((state, copy.deepcopy(in_order(state))))
    assert all(in_order(state) == before for state, before in given_out)
