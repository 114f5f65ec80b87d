"""Each party's position on each proposition, and the table of positions.

Rules (DESIGN, section 2):

1. Only own voice fills a party's cell. What another party or a narrator tells of it stands beside the cell, marked with whose
   telling it is.
2. Somebody who speaks and stays open is no narrator: such words stand as told by the outlet, under a speaker not named. One
   position holds all statements of one party, stance and teller on one proposition; its date is the earliest.
3. A stance in own voice that differs from an earlier dated one of the same party names it (`changed_from`).
4. A row lists every party; one without a statement in own voice is silent, and silence is neither consent nor denial; nor is
   having been asked without giving a reply.
5. Common ground: every party asserts or acknowledges in own voice. Contested: parties have expressed opposite stances in own
   voice, at whatever time each last did so. One-sided: own voice without either. Unattributed: no own voice of any party.
6. The order of parties has no meaning; here it is the charter's, and publication rotates it.
7. What several parties say together is a position of each, marked with whom it was said together. A party's own telling of
   what both said is no position of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import get_args

from msgspec.structs import replace

from tasdiq.model.document import Document
from tasdiq.model.proposition import OPEN_SPEAKER, Holding, Position, Proposition, Row, Stance, Status
from tasdiq.model.state import State
from tasdiq.model.statement import Statement, Teller
from tasdiq.model.when import When

from .turns import turns

METHOD = "positions/teller rules 1"
NO_REPLY: Stance = "asked, no reply"
_PAST: dict[str, str] = {
    "asserts": "asserts", "denies": "denied", "acknowledges": "acknowledged", "conditions": "set conditions",
    "calls for": "called for", "offers": "offered", "refuses": "refused", NO_REPLY: NO_REPLY,
}  # fmt: skip
_OWN: dict[str, str] = {"conditions": "sets conditions"}
_PERFECT = {"denied", "acknowledged", "called for", "offered", "refused", "set conditions"}
_HABITS = ("traditionally", "repeatedly", "consistently", "long", "always", "previously", "publicly", "frequently")
_HEDGES = ("reportedly", "allegedly", "apparently")


@dataclass(frozen=True)
class Voice:
    """Whose stance in whose telling: what the statements of one position share."""

    holder: str
    stance: Stance
    teller: Teller
    told_by: str | None
    name: str
    manner: str
    narrated: bool


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
    rows = (_row(ident, by_proposition.get(ident, []), parties) for ident in state.propositions)
    return [replace(row, turns=turns(state, row.own)) if row.own else row for row in rows]


def _positions(state: State, proposition: Proposition) -> list[Position]:
    groups: dict[Voice, list[Statement]] = {}
    for holding in proposition.holdings:
        statement = state.statements.get(holding.statement)
        if statement is not None:
            for voice in _voices(state, holding, statement):
                groups.setdefault(voice, []).append(statement)
    found = [_position(state, proposition.id, voice, held) for voice, held in groups.items()]
    return _with_changes(sorted(found, key=_order))


def _order(position: Position) -> tuple[bool, str, str]:
    return (position.teller != "own", position.when.key if position.when else "9999", position.statements[0])


def _voices(state: State, holding: Holding, statement: Statement) -> Iterator[Voice]:
    """Yield whose positions a holding is: one, or one of each party that speaks (rule 7)."""
    for one in statement.parties or (statement.party,):
        party = _side(state, one) or one
        voice = _voice(state, holding, statement, party)
        if voice is not None and not (statement.parties and voice.told_by == party):
            yield voice


def _voice(state: State, holding: Holding, statement: Statement, party: str | None) -> Voice | None:
    """Rule 2: whose position it is; a narrator's or outsider's stands under their own actor id."""
    document = state.documents.get(statement.document)
    outlet = (document.outlet if document else None) or statement.document
    if not (statement.narrated or statement.speaker or statement.source):
        return None
    if statement.narrated or holding.narrator:
        return Voice(outlet, holding.stance, "third", outlet, "", "", narrated=True)
    told_by = None if statement.teller == "own" else statement.told_by or outlet
    return Voice(
        holder=party or statement.speaker or OPEN_SPEAKER,
        stance=holding.stance,
        teller=statement.teller,
        told_by=told_by,
        name=_name(state, statement),
        manner=_manner(statement),
        narrated=False,
    )


def _side(state: State, party: str | None) -> str | None:
    """Return the charter's id of a party given by id or country code."""
    return next((m.id for m in state.charter.parties if party and party in (m.id, m.country)), None)


def _manner(statement: Statement) -> str:
    """Return the word of habit or hedging that a label must keep, or an empty string."""
    words = [word.casefold() for word in (*statement.manner, *statement.distance)]
    return next((word for word in words if word in _HABITS or word in _HEDGES), "")


def _name(state: State, statement: Statement) -> str:
    """Return in whose telling a statement reaches us, in words; an empty string in own voice."""
    if statement.teller == "own":
        return ""
    party = _side(state, statement.told_by)
    member = state.charter.member(party) if party else None
    actor = state.actors.get(statement.told_by or "")
    if member is not None:
        return member.name
    return actor.name if actor and actor.kind != "outlet" else "the outlet"


def _position(state: State, proposition: str, voice: Voice, held: list[Statement]) -> Position:
    return Position(
        proposition=proposition,
        party=voice.holder,
        stance=voice.stance,
        teller=voice.teller,
        told_by=voice.told_by,
        label=_label(voice) + _together(state, voice, held),
        statements=tuple(statement.id for statement in held),
        when=_earliest(state, held),
    )


def _label(voice: Voice) -> str:
    """Return what a cell says: the stance alone in own voice, else with whose telling it is."""
    past, present = _PAST[voice.stance], _OWN.get(voice.stance, voice.stance)
    if voice.narrated:
        return f"{present}, in the outlet's own narration"
    if voice.manner in _HABITS:
        told = f"has {voice.manner} {past if past in _PERFECT else 'asserted'}"
    elif voice.manner in _HEDGES:
        told = f"{voice.manner} {past}"
    else:
        told = past if voice.name else present
    return f"{told}, as told by {voice.name}" if voice.name else told


def _together(state: State, voice: Voice, held: list[Statement]) -> str:
    """Rule 7: return with whom an own voice spoke, where it never spoke alone."""
    with_others = [statement.parties for statement in held]
    if voice.teller != "own" or not all(with_others):
        return ""
    others = dict.fromkeys(_side(state, party) or party for parties in with_others for party in parties)
    names = [_party_name(state, party) for party in others if party != voice.holder]
    return f", jointly with {' and '.join(names)}"


def _party_name(state: State, party: str) -> str:
    member, actor = state.charter.member(party), state.actors.get(party.lower())
    return member.name if member else actor.name if actor else party


def _earliest(state: State, held: Iterable[Statement]) -> When | None:
    """Return the earliest date of the statements: each its own, else its document's."""
    dates = [date for statement in held if (date := _date(state.documents.get(statement.document), statement))]
    return min(dates, key=lambda date: date.key, default=None)


def _date(document: Document | None, statement: Statement) -> When | None:
    return statement.when or (document.published if document else None)


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
            position = replace(position, changed_from=before.stance)
        if position.teller == "own":
            last[position.party] = position
        found.append(position)
    return found


def _row(proposition: str, positions: list[Position], parties: tuple[str, ...]) -> Row:
    """Rules 1 and 4."""
    own = tuple(p for p in positions if p.teller == "own" and p.party in parties)
    heard = {p.party for p in own}
    asked = {p.party for p in positions if p.stance == NO_REPLY}
    return Row(
        proposition=proposition, status=_status(own, parties), own=own, beside=tuple(p for p in positions if p not in own),
        silent=tuple(party for party in parties if party not in heard),
        asked=tuple(party for party in parties if party in asked - heard),
    )  # fmt: skip


def _status(own: tuple[Position, ...], parties: tuple[str, ...]) -> Status:
    """Rule 5."""
    held = {stance: {p.party for p in own if p.stance == stance} for stance in get_args(Stance)}
    yes = held["asserts"] | held["acknowledges"]
    if _opposed(yes, held["denies"]) or _opposed(held["calls for"] | held["offers"], held["refuses"] | held["denies"]):
        return "contested"
    if parties and not held["denies"] and yes == set(parties):
        return "common ground"
    return "one-sided" if own else "unattributed"


def _opposed(some: set[str], others: set[str]) -> bool:
    return any(a != b for a in some for b in others)
