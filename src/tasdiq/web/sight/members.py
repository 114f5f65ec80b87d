"""What an officer of a member sees: everything public and joint, but for what only those who must act may see (V2 to V7)."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from tasdiq import timing
from tasdiq.model.state import EntryLine, State
from tasdiq.publication.sealed import drop_named
from tasdiq.publication.withheld import Withheld
from tasdiq.verification.docket import items
from tasdiq.web.sight import lines
from tasdiq.web.sight.cases import CONFIDED, CaseSeen, Officer, case_for


@dataclass(frozen=True)
class Seen:
    """The state as an officer sees it, and the ids of the entries whose words are closed to it."""

    state: State
    closed: frozenset[str]


def officers(state: State, now: str, officer: Officer) -> Seen:
    """Return what an officer sees of a state at a time, `YYYY-MM-DDTHH:MM:SSZ`."""
    whole = drop_named(timing.as_of(state, now), Withheld())
    cases = {case.id: case_for(whole.charter, case, officer) for case in whole.cases.values()}
    refused = {line.id for line in whole.entries if line.id in whole.refused_steps and _confided(line, officer)}
    unlisted = refused.union(*(seen.unlisted for seen in cases.values()))
    gone = _gone(whole, cases)
    seen = dataclasses.replace(
        whole,
        cases={ident: found.case for ident, found in cases.items()},
        entries=[lines.officer_line(line, unlisted) for line in whole.entries],
        provenance={item: where for item, where in whole.provenance.items() if item not in gone},
        refused_steps={entry: why for entry, why in whole.refused_steps.items() if entry not in unlisted},
    )
    return Seen(seen, frozenset(unlisted.union(*(found.unread for found in cases.values()))))


def _confided(line: EntryLine, officer: Officer) -> bool:
    """Tell whether a step that the procedure refused is still nobody's business but its author's."""
    return line.kind in CONFIDED and line.access != "public" and line.member != officer.member


def _gone(state: State, cases: dict[str, CaseSeen]) -> set[str]:
    """Return the ids of what stands in a case and is not seen by the officer."""
    found = set[str]()
    for ident, seen in cases.items():
        found |= {*items(state.cases[ident])} - {*items(seen.case)}
    return found
