"""What anybody sees: the state as the published site shows it (rule V1 of `web.seeing`).

`publication.redact` decides, part by part; a part is worked out anew only where something it follows from has changed. What the
site's pages leave out on top of that is left out of the state here, so that no page or call can show it by mistake.
"""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import msgspec

from tasdiq.model.case import Case
from tasdiq.model.document import Document
from tasdiq.model.incident import IncidentReport
from tasdiq.model.proposition import Position
from tasdiq.model.state import EntryLine, Provenance, State
from tasdiq.publication import redact
from tasdiq.publication.passages import Shown
from tasdiq.publication.persons import Mask, make_mask
from tasdiq.publication.sealed import drop_named
from tasdiq.publication.withheld import Withheld
from tasdiq.register import row_key
from tasdiq.verification.docket import items
from tasdiq.web.sight import lines
from tasdiq.web.sight.kept import Kept
from tasdiq.web.sight.lines import Ledger

BULK = (
    "documents", "actors", "statements", "told", "reports", "incidents", "origins", "propositions", "disagreements", "sessions",
    "crossings", "ceasefire",
)  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Anybody:
    """What anybody sees of a state; the words of its documents, and what was left out, when they are asked for."""

    state: State
    choose: Callable[[], Shown]
    withheld: Callable[[], Withheld]


class Public:
    """Works out what anybody sees, and remembers what it can use again."""

    def __init__(self, ledger: Ledger) -> None:
        self._kept, self._ledger = Kept(), ledger
        self._counts: dict[str, Withheld] = {}

    def look(self, state: State, now: str) -> Anybody:
        """Return what anybody sees of a state that `timing.in_public` gave for `now`."""
        if self._ledger.named:
            state = drop_named(state, self._fresh("named"))
        open_to_all = self._redacted(state, datetime.fromisoformat(now))
        mask = self._kept.get("mask", (state.actors, state.statements), lambda: make_mask(state))
        self._fresh("persons").add("R4", "private persons under a pseudonym", len(mask.ids))
        found = self._bare(self._masked(open_to_all, mask))
        return Anybody(found, lambda: self._words(open_to_all, mask), self._withheld)

    def _fresh(self, name: str) -> Withheld:
        """Begin to count anew what one rule or part leaves out."""
        self._counts[name] = Withheld()
        return self._counts[name]

    def _withheld(self) -> Withheld:
        whole = Withheld()
        for counted in self._counts.values():
            for (rule, what), number in counted.counts.items():
                whole.add(rule, what, number)
        return whole

    def _redacted(self, state: State, at: datetime) -> State:
        """Apply the rules of redaction, but for names and words; each part counts what it leaves out."""
        kept, counts = self._kept, self._fresh
        reports = kept.get(
            "reports",
            (state.reports, state.charter, self._embargo(state, at)),
            lambda: redact.public_reports(state, at, counts("reports")),
        )
        incidents = kept.get(
            "incidents",
            (state.incidents, reports),
            lambda: redact.public_incidents(state.incidents.values(), reports, counts("incidents")),
        )
        statements = kept.get(
            "statements",
            (state.statements, state.propositions, state.positions, state.origins, state.told),
            lambda: redact.public_statements(state, counts("statements")),
        )
        return dataclasses.replace(
            state,
            reports=reports,
            incidents=incidents,
            statements=statements,
            cases=self._cases(state),
            documents=kept.get("documents", (state.documents,), lambda: self._documents(state)),
        )

    def _embargo(self, state: State, at: datetime) -> str:
        """Return the time of the last report that came out of the embargo: it is another when the next one does."""
        until = (at - timedelta(hours=state.charter.publication.embargo_hours)).strftime("%Y-%m-%dT%H:%M:%SZ")
        times = self._kept.get("times", (state.reports,), lambda: sorted(map(_happened, state.reports.values())))
        place = bisect_right(times, until)
        return times[place - 1] if place else ""

    def _cases(self, state: State) -> dict[str, Case]:
        counts = self._fresh("cases")
        return {name: redact.public_case(case, counts) for name, case in state.cases.items()}

    def _documents(self, state: State) -> dict[str, Document]:
        counts = self._fresh("documents")
        return {name: redact.public_document(document, counts) for name, document in state.documents.items()}

    def _masked(self, state: State, mask: Mask) -> State:
        """Replace the names and ids of private persons, item by item, and list where each thing stands."""
        kept, rules, changed = self._kept, (mask,), dict[str, Any]()
        if mask.pattern is not None or mask.ids:
            for field in (*BULK, "rows", "cases", "conduct"):
                found = kept.mapped(field, getattr(state, field), rules, lambda item: redact.masked(item, mask))
                changed[field] = _renamed(found, mask)
            for field in ("positions", "rejected"):
                changed[field] = kept.listed(
                    field, getattr(state, field), rules, lambda item: redact.masked(item, mask)
                )
        return dataclasses.replace(
            state,
            texts={},
            entries=kept.listed("entries", state.entries, rules, lambda line: _public_line(line, mask)),
            provenance=self._provenance(state, mask, changed.get("positions", state.positions)),
            **changed,
        )

    def _provenance(self, state: State, mask: Mask, positions: list[Position]) -> dict[str, Provenance]:
        """Say where the items stand that are in the state, and no others."""
        own, closed = state.provenance, self._ledger.closed
        bulk = tuple(getattr(state, field) for field in BULK)

        def whence() -> dict[str, Provenance]:
            names = (name for part in bulk for name in part if name in own)
            return {mask.ids.get(name, name): lines.whence(own[name], closed) for name in names}

        found = dict(self._kept.get("bulk", (*bulk, mask), whence))
        for name in (*map(row_key, positions), *_stated(state)):
            if name in own:
                found[name] = lines.whence(own[name], closed)
        return found

    def _bare(self, state: State) -> State:
        """Leave out of a public state what leads to things that are not in it."""
        shown, closed = state.provenance, self._ledger.closed
        return dataclasses.replace(
            state,
            case_of={item: case.id for case in state.cases.values() for item in items(case)},
            rejected=[msgspec.structs.replace(item, content="") for item in state.rejected],
            files={},
            confirmed={item: entry for item, entry in state.confirmed.items() if item in shown and entry not in closed},
            corrected={item: entry for item, entry in state.corrected.items() if item in shown and entry not in closed},
            refused={},
            redacted={item: entry for item, entry in state.redacted.items() if entry not in closed},
            unknown_kinds={},
            refused_steps={},
        )

    def _words(self, state: State, mask: Mask) -> Shown:
        parts = (state.texts, *(getattr(state, field) for field in BULK), state.charter, mask)
        return self._kept.get("words", parts, lambda: redact.choose_words(state, mask, self._fresh("words")))


def _happened(report: IncidentReport) -> str:
    return report.time or report.reported_at


def _renamed(found: dict[str, Any], mask: Mask) -> dict[str, Any]:
    if mask.ids.keys().isdisjoint(found):
        return found
    return {mask.ids.get(name, name): item for name, item in found.items()}


def _public_line(line: EntryLine, mask: Mask) -> EntryLine:
    shown = lines.public_line(line)
    summary = mask.text(shown.summary)
    return shown if summary == shown.summary else dataclasses.replace(shown, summary=summary)


_DECIDED = ("competence", "assessment", "reopened", "lifted", "granted", "conditional", "delayed", "denied")


def _stated(state: State) -> Iterator[str]:
    """Yield the ids of what was entered step by step: cases, what is in them and was decided of them, and talks."""
    talks = state.talks
    for case in state.cases.values():
        for item in (case.id, *items(case)):
            yield item
            yield from (f"{item}/{word}" for word in _DECIDED)
    for part in (talks.agreements, talks.commitments, talks.measures, talks.meetings, talks.calls, talks.where):
        yield from part
