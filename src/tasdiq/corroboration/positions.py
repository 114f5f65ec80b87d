"""Each party's position on each proposition, and the table of positions.

Rules (DESIGN, section 2):

1. Only own voice fills a party's cell. What another party or a narrator tells of it stands beside the cell, marked with whose
   telling it is.
2. One position holds all statements of one party, stance and teller on one proposition; its date is the earliest.
3. A stance in own voice that differs from an earlier dated one of the same party names it (`changed_from`).
4. A row lists every party; one without a statement in own voice is silent, and silence is neither consent nor denial.
5. Common ground: every party asserts or acknowledges in own voice. Contested: parties have expressed opposite stances in own
   voice, at whatever time each last did so. One-sided: own voice without either. Unattributed: no own voice of any party.
6. The order of parties has no meaning; here it is the charter's, and publication rotates it.
"""

from __future__ import annotations

from collections.abc import Iterable

from tasdiq.model.document import Document
from tasdiq.model.proposition import Holding, Position, Proposition, Row, Stance, Status
from tasdiq.model.state import State
from tasdiq.model.statement import Statement, Teller
from tasdiq.model.when import When

METHOD = "positions/teller rules 1"
_PAST: dict[str, str] = {
    "asserts": "asserts", "denies": "denied", "acknowledges": "acknowledged", "conditions": "set conditions",
    "calls for": "called for", "offers": "offered", "refuses": "refused",
}  # fmt: skip
_OWN: dict[str, str] = {"conditions": "sets conditions"}
_PERFECT = {"denied", "acknowledged", "called for", "offered", "refused", "set conditions"}
_HABITS = ("traditionally", "repeatedly", "consistently", "long", "always", "previously", "publicly", "frequently")
_HEDGES = ("reportedly", "allegedly", "apparently")
_YES: frozenset[Stance] = frozenset(("asserts", "acknowledges", "offers"))
_NO: frozenset[Stance] = frozenset(("denies", "refuses"))

Key = tuple[str, str, Stance, Teller, str | None, str]


def propose(state: State) -> list[Position]:
    """Return every position the holdings of all propositions come to, own voice first within a proposition."""
    found: list[Position] = []
    for proposition in state.propositions.values():
        found.extend(_positions(state, proposition))
    return found


def tabulate(state: State) -> list[Row]:
    """Return one row for each proposition, every party in it."""
    by_proposition: dict[str, list[Position]] = {}
    for position in state.positions:
        by_proposition.setdefault(position.proposition, []).append(position)
    parties = tuple(member.id for member in state.charter.parties)
    return [_row(ident, by_proposition.get(ident, []), parties) for ident in state.propositions]


def _positions(state: State, proposition: Proposition) -> list[Position]:
    groups: dict[Key, list[Statement]] = {}
    for holding in proposition.holdings:
        statement = state.statements.get(holding.statement)
        if statement is not None and (key := _key(state, holding, statement)):
            groups.setdefault(key, []).append(statement)
    found = [_position(state, proposition.id, key, held) for key, held in groups.items()]
    return _with_changes(sorted(found, key=_order))


def _order(position: Position) -> tuple[bool, str, str]:
    return (position.teller != "own", position.when.key if position.when else "9999", position.statements[0])


def _key(state: State, holding: Holding, statement: Statement) -> Key | None:
    """Rule 2: whose position it is; a narrator's or outsider's stands under their own actor id."""
    holder = statement.party or statement.speaker
    if holder is None:
        return None
    told_by = None if statement.teller == "own" else _told_by(state, statement)
    return (
        holder,
        proposition_manner(statement),
        holding.stance,
        statement.teller,
        told_by,
        _name_of(state, statement),
    )


def proposition_manner(statement: Statement) -> str:
    """Return the word of habit or hedging that a label must keep, or an empty string."""
    words = [word.casefold() for word in (*statement.manner, *statement.distance)]
    return next((word for word in words if word in _HABITS or word in _HEDGES), "")


def _told_by(state: State, statement: Statement) -> str | None:
    return statement.told_by or state.documents[statement.document].outlet or statement.document


def _name_of(state: State, statement: Statement) -> str:
    """Return in whose telling a statement reaches us, in words."""
    if statement.teller == "own":
        return ""
    if statement.teller == "other-party" and statement.told_by:
        member = state.charter.member(statement.told_by)
        actor = state.actors.get(statement.told_by)
        return member.name if member else actor.name if actor else "another party"
    return "the outlet"


def _position(state: State, proposition: str, key: Key, held: list[Statement]) -> Position:
    holder, manner, stance, teller, told_by, name = key
    return Position(
        proposition=proposition, party=holder, stance=stance, teller=teller, told_by=told_by,
        label=_label(stance, manner, name, narrated=all(s.narrated for s in held)),
        statements=tuple(s.id for s in held), when=_earliest(state, held),
    )  # fmt: skip


def _label(stance: Stance, manner: str, name: str, *, narrated: bool) -> str:
    """Return what a cell says: the stance alone in own voice, else with whose telling it is."""
    past = _PAST[stance]
    if narrated:
        return f"{_OWN.get(stance, stance)}, in the outlet's own narration"
    if manner in _HABITS:
        told = f"has {manner} {past if past in _PERFECT else 'asserted'}"
    elif manner in _HEDGES:
        told = f"{manner} {past if past in _PERFECT else stance}"
    else:
        told = past if name else _OWN.get(stance, stance)
    return f"{told}, as told by {name}" if name else told


def _earliest(state: State, held: Iterable[Statement]) -> When | None:
    """Return the earliest date of the statements: each its own, else its document's."""
    dates = [date for statement in held if (date := _date(state.documents[statement.document], statement))]
    return min(dates, key=lambda date: date.key, default=None)


def _date(document: Document, statement: Statement) -> When | None:
    return statement.when or document.published


def _with_changes(positions: list[Position]) -> list[Position]:
    """Rule 3."""
    last: dict[str, Position] = {}
    found: list[Position] = []
    for position in positions:
        before = last.get(position.party) if position.teller == "own" and position.when else None
        if (
            before
            and before.stance != position.stance
            and before.when
            and position.when
            and before.when.key < position.when.key
        ):
            position = _changed(position, before.stance)
        if position.teller == "own":
            last[position.party] = position
        found.append(position)
    return found


def _changed(position: Position, stance: Stance) -> Position:
    return Position(
        proposition=position.proposition, party=position.party, stance=position.stance, teller=position.teller,
        told_by=position.told_by, label=position.label, statements=position.statements, when=position.when,
        changed_from=stance,
    )  # fmt: skip


def _row(proposition: str, positions: list[Position], parties: tuple[str, ...]) -> Row:
    """Rules 1 and 4."""
    own = tuple(p for p in positions if p.teller == "own" and p.party in parties)
    heard = {p.party for p in own}
    return Row(
        proposition=proposition, status=_status(own, parties), own=own, beside=tuple(p for p in positions if p not in own),
        silent=tuple(party for party in parties if party not in heard),
    )  # fmt: skip


def _status(own: tuple[Position, ...], parties: tuple[str, ...]) -> Status:
    """Rule 5."""
    yes = {p.party for p in own if p.stance in ("asserts", "acknowledges")}
    no = {p.party for p in own if p.stance in _NO}
    wanting = {p.party for p in own if p.stance in _YES or p.stance == "calls for"}
    if any(a != b for a in wanting for b in no):
        return "contested"
    if parties and not no and yes == set(parties):
        return "common ground"
    return "one-sided" if own else "unattributed"
