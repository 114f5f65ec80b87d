"""What an officer of a member sees: everything public and joint, but for what only those who must act may see (V2 to V7)."""

from __future__ import annotations

import dataclasses
import sys
from dataclasses import dataclass

from tasdiq.model.state import EntryLine, Provenance, State
from tasdiq.publication.sealed import drop_named
from tasdiq.publication.withheld import Withheld
from tasdiq.verification.docket import items
from tasdiq.web.sight import lines
from tasdiq.web.sight.cases import CONFIDED, CaseSeen, Officer, case_for
from tasdiq.web.sight.kept import Kept
from tasdiq.web.sight.lines import Ledger


@dataclass(frozen=True)
class Seen:
    """The state as an officer sees it, and the ids of the entries whose words are closed to it."""

    state: State
    closed: frozenset[str]


class Members:
    """Works out what officers see, and remembers what it can use again."""

    def __init__(self, ledger: Ledger) -> None:
        self._kept, self._ledger = Kept(), ledger

    def look(self, state: State, officer: Officer) -> Seen:
        """Return what an officer sees of a state that `timing.as_of` gave."""
        whole = drop_named(state, Withheld()) if self._ledger.named else state
        charter = whole.charter
        cases = self._kept.mapped(
            f"cases of {officer}", whole.cases, (charter,), lambda case: case_for(charter, case, officer)
        )
        refused = {ident for ident in whole.refused_steps if self._confided(whole, ident, officer)}
        unlisted = refused.union(*(found.unlisted for found in cases.values()))
        seen = dataclasses.replace(
            whole,
            cases={ident: found.case for ident, found in cases.items()},
            case_of={item: found.case.id for found in cases.values() for item in items(found.case)},
            entries=self._entries(whole, unlisted),
            provenance=self._provenance(whole, cases, officer),
            refused_steps={entry: why for entry, why in whole.refused_steps.items() if entry not in unlisted},
        )
        return Seen(seen, frozenset(unlisted.union(*(found.unread for found in cases.values()))))

    def _confided(self, state: State, ident: str, officer: Officer) -> bool:
        """Tell whether a step that the procedure refused is still nobody's business but its author's."""
        line = state.entries[self._ledger.index[ident]]
        return line.kind in CONFIDED and line.access != "public" and line.member != officer.member

    def _entries(self, state: State, unlisted: set[str]) -> list[EntryLine]:
        listed = self._kept.listed("entries", state.entries, (), lines.member_line)
        if not unlisted:
            return listed
        found = list(listed)
        for index in self._ledger.places(unlisted):
            found[index] = lines.sealed(found[index])
        return found

    def _provenance(self, state: State, cases: dict[str, CaseSeen], officer: Officer) -> dict[str, Provenance]:
        """Leave out where things stand that the officer does not see in their cases."""
        gone = {
            item
            for ident, found in cases.items()
            for item in {*items(state.cases[ident])} - {*items(found.case)}
            if item in state.provenance
        }
        if not gone:
            return state.provenance
        rules = (state.provenance, sys.intern(" ".join(sorted(gone))))
        return self._kept.get(f"provenance for {officer}", rules, lambda: _without(state.provenance, gone))


def _without(items: dict[str, Provenance], gone: set[str]) -> dict[str, Provenance]:
    found = dict(items)
    for item in gone:
        del found[item]
    return found
