"""What anybody sees: the state as the published site shows it (rule V1 of `web.seeing`).

`publication.redact` decides, part by part; a part is worked out anew only where something it follows from has changed. What the
site's pages leave out on top of that is left out of the state here, so that no page or call can show it by mistake.
"""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
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
from tasdiq.web.sight import lines, places
from tasdiq.web.sight.kept import Kept
from tasdiq.web.sight.lines import Ledger

BULK = (
    "documents", "actors", "statements", "told", "reports", "incidents", "origins", "copies", "propositions", "disagreements",
    "sessions", "crossings", "ceasefire",
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
        self._cases_as: tuple[dict[str, Case], dict[str, Case]] = {}, {}

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
        whole, (cases, shown) = Withheld(), self._cases_as
        for name, case in shown.items():
            hidden = sum(one is not other for one, other in zip(case.access, cases[name].access, strict=True))
            whole.add("R2", "places that access was asked to", hidden)
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
        """Return the cases without the places that access was asked to; how many that are is counted when it is asked."""
        found = self._kept.mapped("public cases", state.cases, (), lambda case: redact.public_case(case, Withheld()))
        self._cases_as = (state.cases, found)
        return found

    def _documents(self, state: State) -> dict[str, Document]:
        counts = self._fresh("documents")
        counts.add("R4", "bylines", sum(bool(document.author) for document in state.documents.values()))
        return self._kept.mapped(
            "public documents", state.documents, (), lambda document: redact.public_document(document, Withheld())
        )

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
            entries=kept.grown("entries", state.entries, rules, lambda line: _public_line(line, mask)),
            provenance=self._provenance(state, mask, changed.get("positions", state.positions)),
            **changed,
        )

    def _provenance(self, state: State, mask: Mask, positions: list[Position]) -> Mapping[str, Provenance]:
        """Say where the items stand that are in the state, and no others."""
        bulk, talks = tuple(getattr(state, field) for field in BULK), state.talks
        talked = (talks.agreements, talks.commitments, talks.measures, talks.meetings, talks.calls, talks.where)
        stands = self._kept.get("positions at", (positions,), lambda: dict.fromkeys(map(row_key, positions)))
        inside = self._kept.gathered("inside", state.cases, items)
        own_name = self._kept.get("own names", (mask,), lambda: {new: name for name, new in mask.ids.items()})

        def is_shown(name: str) -> bool:
            if name not in mask.ids and any(own_name.get(name, name) in part for part in bulk):
                return True
            subject = places.subject_of(name)
            return name in stands or subject in state.cases or subject in inside or any(name in part for part in talked)

        def names() -> Iterator[str]:
            yield from (mask.ids.get(name, name) for part in bulk for name in part)
            yield from stands
            for item in (item for case in state.cases.values() for item in (case.id, *items(case))):
                yield item
                yield from (f"{item}/{word}" for word in places.DECIDED)
            yield from (name for part in talked for name in part)

        return places.Shown(state.provenance, self._ledger.closed, is_shown, names, own_name)

    def _bare(self, state: State) -> State:
        """Leave out of a public state what leads to things that are not in it."""
        closed = self._ledger.closed
        return dataclasses.replace(
            state,
            case_of=self._kept.gathered("public inside", state.cases, items),
            rejected=[msgspec.structs.replace(item, content="") for item in state.rejected],
            files={},
            confirmed=self._leading("confirmed", state.confirmed, state),
            corrected=self._leading("corrected", state.corrected, state),
            refused={},
            redacted={item: entry for item, entry in state.redacted.items() if entry not in closed},
            unknown_kinds={},
            refused_steps={},
        )

    def _leading(self, name: str, items: dict[str, str], state: State) -> dict[str, str]:
        """Return the items that are in the state, each with an entry that anybody may read."""
        closed, bulk = self._ledger.closed, tuple(getattr(state, field) for field in BULK)

        def shown(items: dict[str, str]) -> dict[str, str]:
            return {item: entry for item, entry in items.items() if item in state.provenance and entry not in closed}

        def parted() -> tuple[dict[str, str], dict[str, str]]:
            own = {item: entry for item, entry in items.items() if any(item in part for part in bulk)}
            return shown(own), {item: entry for item, entry in items.items() if item not in own}

        found, others = self._kept.get(name, (items, *bulk), parted)
        return found | shown(others) if others else found

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
