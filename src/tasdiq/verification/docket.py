"""The docket: the cases of a mechanism under its charter, and one step of a member that concerns one of them.

It finds and keeps; what may be done is for the rules of the other modules. `Docket` is filled by a fold over the record.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass

import msgspec

from tasdiq.errors import MissingError
from tasdiq.model.case import Case, Finding
from tasdiq.model.charter import Charter
from tasdiq.model.state import State
from tasdiq.model.value import Value


@dataclass(frozen=True)
class Step:
    """A step as it stands in the record, or as a member is about to take it: by whom, when, in which entry, for whom."""

    member: str
    body: Value
    at: str
    entry: str = ""
    access: str = "public"


class Docket:
    """The cases of a record by their ids, and in which of them each finding, request, notice and piece of evidence is."""

    def __init__(self, charter: Charter, cases: Iterable[Case] = ()) -> None:
        self.charter = charter
        self.cases: MutableMapping[str, Case] = {}
        self.where: MutableMapping[str, str] = {}
        for case in cases:
            self.put(case)

    @classmethod
    def over(cls, state: State) -> Docket:
        """Return the docket of a state; what is put into it changes the docket alone, and costs nothing before."""
        if state.cases and not state.case_of:
            return cls(state.charter, state.cases.values())
        docket = cls(state.charter)
        docket.cases, docket.where = ChainMap({}, state.cases), ChainMap({}, state.case_of)
        return docket

    @property
    def full(self) -> bool:
        """Tell whether the charter asks for every step, from competence to the hearing of the parties."""
        return self.charter.procedure.steps == "full"

    def put(self, case: Case) -> None:
        """Keep a case in its new form."""
        self.cases[case.id] = case
        for ident in items(case):
            self.where[ident] = case.id

    def case(self, ident: str) -> Case:
        """Return the case of that id; raise `MissingError` if the record has none."""
        if ident not in self.cases:
            raise MissingError(f"no case {ident} in this record; list them with: tasdiq case list RECORD")
        return self.cases[ident]

    def finding(self, ident: str) -> tuple[Case, Finding]:
        """Return a finding and its case; raise `MissingError` if the record has none of that id."""
        case = self.cases.get(self.where.get(ident, ""))
        found = next((item for item in case.findings if item.id == ident), None) if case else None
        if case is None or found is None:
            raise MissingError(f"no finding {ident} in this record; list them with: tasdiq case list RECORD")
        return case, found

    def knows(self, ident: str) -> bool:
        """Tell whether an id is in use for a case or for anything in one."""
        return ident in self.cases or ident in self.where


def items(case: Case) -> list[str]:
    """Return the ids of what a case holds: requests, evidence, findings, notices."""
    found = [request.id for request in case.access] + [evidence.id for evidence in case.evidence]
    for finding in case.findings:
        found += [finding.id, *(notice.id for notice in finding.notices)]
    return found


def with_finding(case: Case, finding: Finding) -> Case:
    """Return the case with a finding in its new form."""
    findings = tuple(finding if item.id == finding.id else item for item in case.findings)
    return msgspec.structs.replace(case, findings=findings)
