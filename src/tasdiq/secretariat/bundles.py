"""What is packed into a bundle that `tasdiq audit` checks by itself: the entries behind a proposition, a finding, or minutes."""

from __future__ import annotations

from tasdiq.model.meeting import Meeting
from tasdiq.model.state import Provenance, State
from tasdiq.record import bundle, canonical
from tasdiq.record.reader import Reader


def bundle_of(reader: Reader, state: State, ident: str) -> bytes:
    """Return the bundle of what stands behind a proposition, a finding or a session's minutes, as far as `state` shows it.

    A proposition's holds its row, positions, statements, documents and what persons decided; a finding's the steps of its case;
    that of minutes the session, its lines and the marks under them.
    """
    behind = _behind(state, ident)
    own = state.provenance.get(ident)
    card = reader.row(f"{own.entry}/{own.row}") if own and own.row is not None else None
    made = bundle.make_bundle(
        reader,
        sorted({found.entry for found in behind}),
        row_ids=sorted({f"{found.entry}/{found.row}" for found in behind if found.row is not None}),
        card=card,
    )
    return _opened(reader, state, ident, made)


def _opened(reader: Reader, state: State, ident: str, made: bytes) -> bytes:
    """Show the sealed entries that the state shows of a finding or of minutes: the audit then checks them too."""
    joint = {line.id for line in state.entries if line.access == "joint"}
    sealed = {where.index for where in _steps(state, ident) if where.entry in joint}
    if not sealed:
        return made
    value = canonical.loads(made)
    for entry in value["entries"]:
        committed = reader.committed(entry["index"]) if entry["index"] in sealed and not entry["body"] else None
        if committed:
            entry["body"] = {"salt": committed[0].hex(), "content": committed[1].decode()}
    return canonical.dumps(value)


def _behind(state: State, ident: str) -> list[Provenance]:
    items = [ident]
    if ident in state.propositions:
        statements = [holding.statement for holding in state.propositions[ident].holdings]
        items += statements
        items += [state.statements[item].document for item in statements if item in state.statements]
    for case in state.cases.values():
        if any(finding.id == ident for finding in case.findings):
            items += [case.id, *(request.id for request in case.access)]
    if ident in state.talks.meetings:
        opened = state.provenance.get(f"{ident}/opened")
        return [*([opened] if opened else []), *_steps(state, ident)]
    # Positions stand as `<proposition>/…`, answers as `<request>/…`.
    items += [key for key in state.provenance if "/" in key and key.partition("/")[0] in items]
    found = [state.provenance[item] for item in items if item in state.provenance]
    return found + _steps(state, ident)


def _steps(state: State, ident: str) -> list[Provenance]:
    """Return the entries behind a finding (its draft, marks, appeals, what came of them), minutes, or decisions about a point."""
    lines = {line.id: line for line in state.entries}
    findings = (item for case in state.cases.values() for item in case.findings if item.id == ident)
    entries = [entry for item in findings for entry in item.entries]
    if ident in state.propositions:
        entries += [decision.entry for decision in state.propositions[ident].decisions]
    if ident in state.talks.meetings:
        entries += _of_minutes(state.talks.meetings[ident])
    return [Provenance(entry, lines[entry].index, None, lines[entry].kind) for entry in entries if entry in lines]


def _of_minutes(meeting: Meeting) -> list[str]:
    named = [delegation.entry for delegation in meeting.delegations]
    lines = [entry for line in meeting.lines for entry in (line.entry, *(answer.entry for answer in line.answers))]
    return [meeting.entry, *named, *lines]
