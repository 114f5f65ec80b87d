"""What an officer of a member sees: everything public and joint, but for what only those who must act may see (V2 to V7)."""

from __future__ import annotations

import dataclasses
from collections import OrderedDict
from collections.abc import Container, Mapping
from dataclasses import dataclass

from tasdiq.model.state import EntryLine, State
from tasdiq.publication.sealed import drop_named
from tasdiq.publication.withheld import Withheld
from tasdiq.verification.docket import items
from tasdiq.web.sight import lines
from tasdiq.web.sight.cases import CONFIDED, Officer, case_for
from tasdiq.web.sight.kept import Kept
from tasdiq.web.sight.lines import Ledger
from tasdiq.web.sight.places import Lacking

MOST = 32


@dataclass(frozen=True)
class Seen:
    """The state as an officer sees it, and the ids of the entries whose words are closed to it."""

    state: State
    closed: Container[str]


class Either(Container[str]):
    """What is in any of some parts."""

    def __init__(self, *parts: Container[str]) -> None:
        self._parts = parts

    def __contains__(self, name: object) -> bool:
        """Tell whether one of the parts has it."""
        return any(name in part for part in self._parts)


class _Own:
    """What is kept for one officer: results, and its list of entries with what it was made from."""

    def __init__(self) -> None:
        self.kept = Kept()
        self.listed: tuple[list[EntryLine], Mapping[str, str], list[EntryLine]] = [], {}, []


class Members:
    """Works out what officers see, and remembers what it can use again, for the `MOST` who looked last."""

    def __init__(self, ledger: Ledger) -> None:
        self._kept, self._ledger = Kept(), ledger
        self._own: OrderedDict[Officer, _Own] = OrderedDict()

    def look(self, state: State, officer: Officer) -> Seen:
        """Return what an officer sees of a state that `timing.as_of` gave."""
        whole, own = drop_named(state, Withheld()) if self._ledger.named else state, self._of(officer)
        charter, kept = whole.charter, own.kept
        found = kept.mapped("seen", whole.cases, (charter,), lambda case: case_for(charter, case, officer))
        cases = kept.mapped("cases", found, (), lambda item: item.case)
        inside = kept.gathered("inside", cases, items)
        refused = {ident: "" for ident in whole.refused_steps if self._confided(whole, ident, officer)}
        unlisted = kept.gathered("unlisted", found, lambda item: item.unlisted)
        unlisted = unlisted | refused if refused else unlisted
        unread = kept.gathered("unread", found, lambda item: item.unread)
        seen = dataclasses.replace(
            whole,
            cases=cases,
            case_of=inside,
            entries=self._entries(whole, unlisted, own),
            provenance=Lacking(whole.provenance, self._kept.gathered("inside", whole.cases, items), inside),
            refused_steps={entry: why for entry, why in whole.refused_steps.items() if entry not in unlisted},
        )
        return Seen(seen, Either(unlisted, unread))

    def _of(self, officer: Officer) -> _Own:
        own = self._own.setdefault(officer, _Own())
        self._own.move_to_end(officer)
        while len(self._own) > MOST:
            self._own.popitem(last=False)
        return own

    def _confided(self, state: State, ident: str, officer: Officer) -> bool:
        """Tell whether a step that the procedure refused is still nobody's business but its author's."""
        line = state.entries[self._ledger.index[ident]]
        return line.kind in CONFIDED and line.access != "public" and line.member != officer.member

    def _entries(self, state: State, unlisted: Mapping[str, str], own: _Own) -> list[EntryLine]:
        """Return the list of entries, the unlisted ones sealed; of the list before, what changed is made anew."""
        listed = self._kept.grown("entries", state.entries, (), lines.member_line)
        before, were, found = own.listed
        if before and len(before) <= len(listed) and before[-1] is listed[len(before) - 1]:
            changed, found = were.keys() ^ unlisted.keys(), [*found, *listed[len(before) :]]
        else:
            changed, found = set(unlisted), list(listed)
        for index in self._ledger.places(changed):
            found[index] = lines.sealed(listed[index]) if listed[index].id in unlisted else listed[index]
        own.listed = listed, unlisted, found
        return found
