"""What persons' decisions make of the propositions that programs proposed.

Rules (those of who decides are F1 to F8, `framing`):

F9.  Decisions are put to what programs proposed, in the record's order, whenever either changes. One about a proposition that
     is not there changes nothing until it is. So a later document's statement goes where the decision says.
F10. What is merged stands under `into`, each statement with why it stood where it did and by which decision it moved. Who asserts
     or acknowledges the opposite of a proposition denies it, and who denies the opposite asserts it; what else was said of the
     opposite (called for, offered, refused) stays where it is, for its contrary says something else.
F11. A split takes the statements it names. Of those that it did not see, one goes with them that repeats one of them (they share
     an origin and it shares none with what was left), or that names one of the split's places or days and no other of that kind.
F12. A statement that comes to a proposition by two ways is held there once, as it was first.
F13. A new wording keeps the one before it beside it. A wording stands where it was given last; an objection, or a party's own
     wording, stands beside whatever wording there is, with the one it was to.
F14. *Confirmed* is a wording with the statements that were under it. A later wording is not covered; of later statements it is
     said how many there are.
F15. A point that a person framed from statements (`BY_HAND`, proposed like any other) holds these, and with the same stance what
     repeats one of them: statements of the same origin that stand under no other point.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from msgspec.structs import replace

from tasdiq.model.charter import Charter
from tasdiq.model.framing import (
    Framing,
    PropositionConfirmed,
    PropositionReworded,
    PropositionsMerged,
    PropositionSplit,
    WordingObjected,
    same,
)
from tasdiq.model.proposition import Decision, DecisionKind, Holding, Origin, Proposition, Stance

METHOD = "by persons"
BY_HAND = "by hand"
REPEATS = "repeats a statement that a person put here"
TURNED: dict[str, Stance] = {"asserts": "denies", "acknowledges": "denies", "denies": "asserts"}


@dataclass
class _Point:
    """A proposition while decisions are put to it."""

    proposition: Proposition
    holdings: dict[str, Holding]
    wording: str
    decisions: list[Decision] = field(default_factory=list)
    grown: bool = False

    def made(self) -> Proposition:
        """Return it as it stands; the very object it was where nobody decided about it."""
        if not self.decisions and not self.grown:
            return self.proposition
        objections = self.proposition.objections + tuple(
            (d.member, d.text) for d in self.decisions if d.kind == "objected"
        )
        return replace(
            self.proposition, wording=self.wording, holdings=tuple(self.holdings.values()), objections=objections,
            decisions=tuple(map(self._counted, self.decisions)),
        )  # fmt: skip

    def _counted(self, decision: Decision) -> Decision:
        later = len(self.holdings.keys() - set(decision.statements)) if decision.kind == "confirmed" else 0
        return replace(decision, later=later)


def standing(framings: Iterable[Framing], charter: Charter) -> list[Framing]:
    """Return the decisions that stand: what was taken back is out, and what every party must enter waits for the last (F1)."""
    found: list[Framing] = []
    kept = [item for item in framings if not item.undone]
    for number, item in enumerate(kept):
        if isinstance(item.body, PropositionConfirmed | WordingObjected) or not _waits(charter):
            found.append(item)
            continue
        alike = [other for other in kept[: number + 1] if same(other.body, item.body)]
        missing = {party.id for party in charter.parties} - {other.member for other in alike}
        before = {party.id for party in charter.parties} - {other.member for other in alike[:-1]}
        if not missing and before:
            found.append(item)
    return found


def _waits(charter: Charter) -> bool:
    return charter.form == "joint" and not charter.mediators


def decide(
    proposed: Mapping[str, Proposition], framings: Iterable[Framing], origins: Mapping[str, Origin]
) -> dict[str, Proposition]:
    """Return the propositions as persons decided, in the order of those that were proposed; parts stand after theirs (F9)."""
    board = _Board(proposed, origins)
    board.repeat()
    for item in framings:
        board.put(item)
    return {ident: point.made() for ident, point in board.points.items()}


def successor(framings: Iterable[Framing], charter: Charter, ident: str) -> str:
    """Return the id under which a proposition that was merged away is found; the id itself where it was not."""
    for item in standing(framings, charter):
        if isinstance(item.body, PropositionsMerged) and ident in item.body.merged:
            ident = item.body.into
    return ident


def confirmations(propositions: Iterable[Proposition], charter: Charter) -> Iterator[tuple[str, str]]:
    """Yield (proposition, entry) of what counts as confirmed in the wording that stands (F6, F14)."""
    for item in propositions:
        said = [d for d in item.decisions if d.kind == "confirmed" and d.wording == item.wording]
        by = {d.member for d in said}
        parties = {party.id for party in charter.parties}
        deciding = by if charter.form == "desk" else by & {mediator.id for mediator in charter.mediators}
        if deciding or (_waits(charter) and parties and parties <= by):
            yield item.id, said[-1].entry


class _Board:
    """The propositions, and what became of those that were merged away."""

    def __init__(self, proposed: Mapping[str, Proposition], origins: Mapping[str, Origin]) -> None:
        self.points = {
            ident: _Point(item, {held.statement: held for held in item.holdings}, item.wording)
            for ident, item in proposed.items()
        }
        self._became: dict[str, str] = {}
        self._origins = origins
        self._origin_of: dict[str, str] | None = None

    def repeat(self) -> None:
        """F15."""
        framed = [point for point in self.points.values() if point.proposition.method == BY_HAND]
        if not framed:
            return
        held = {name for point in self.points.values() for name in point.holdings}
        for point in framed:
            for name, own in list(point.holdings.items()):
                origin = self._origins.get(self._origins_of_statements().get(name, ""))
                for copy in origin.statements if origin else ():
                    if copy not in held:
                        held.add(copy)
                        point.holdings[copy] = Holding(statement=copy, stance=own.stance, why=REPEATS, answers="")
                        point.grown = True

    def put(self, framing: Framing) -> None:
        """Put one decision to the propositions."""
        match framing.body:
            case PropositionsMerged() as body:
                self._merge(framing, body)
            case PropositionSplit() as body:
                self._split(framing, body)
            case PropositionReworded() as body:
                if point := self._at(body.proposition):
                    point.decisions.append(
                        _said(framing, "reworded", body.reason, wording=body.wording, before=point.wording)
                    )
                    point.wording = body.wording
            case PropositionConfirmed() as body:
                if point := self._at(body.proposition):
                    point.decisions.append(
                        _said(framing, "confirmed", body.note, wording=body.wording, statements=body.statements)
                    )
            case WordingObjected() as body:
                if point := self._at(body.proposition):
                    point.decisions = [d for d in point.decisions if d.kind != "objected" or d.member != framing.member]
                    point.decisions.append(_said(framing, "objected", body.text, wording=body.own, before=body.wording))

    def _at(self, ident: str) -> _Point | None:
        return self.points.get(self._now(ident))

    def _now(self, ident: str) -> str:
        while ident in self._became:
            ident = self._became[ident]
        return ident

    def _merge(self, framing: Framing, body: PropositionsMerged) -> None:
        """F10."""
        into = self._at(body.into)
        for ident in body.merged:
            point = self._at(ident)
            if into is None or point is None or point is into:
                continue
            turned = ident in body.opposite
            moved = {name: _moved(held, point, framing, turned) for name, held in point.holdings.items()}
            stay = {name: held for name, held in point.holdings.items() if moved[name] is None}
            into.holdings |= {n: h for n, h in moved.items() if h is not None and n not in into.holdings}
            into.decisions.append(
                _said(framing, "merged", body.reason, before=point.wording, others=(point.proposition.id,))
            )
            into.decisions += [d for d in point.decisions if d.kind == "objected"]
            if stay:
                point.holdings = stay
                point.decisions.append(
                    _said(framing, "merged", body.reason, before=into.wording, others=(into.proposition.id,))
                )
            else:
                del self.points[point.proposition.id]
                self._became[point.proposition.id] = into.proposition.id

    def _split(self, framing: Framing, body: PropositionSplit) -> None:
        """F11."""
        point = self._at(body.proposition)
        if point is None:
            return
        going = {name: held for name, held in point.holdings.items() if self._goes(held, body)}
        if not going or body.part in self.points:
            return
        whole, ident = point.proposition, point.proposition.id
        point.holdings = {name: held for name, held in point.holdings.items() if name not in going}
        point.decisions.append(
            _said(framing, "split", body.reason, wording=body.wording, others=(body.part,), statements=tuple(going))
        )
        moved = {name: _moved(held, point, framing, turned=False) or held for name, held in going.items()}
        part = replace(whole, id=body.part, wording=body.wording, holdings=(), method=METHOD)
        off = _said(framing, "split off", body.reason, wording=body.wording, before=point.wording, others=(ident,))
        self._after(ident, _Point(part, moved, body.wording, [off]))
        if not point.holdings:
            del self.points[ident]

    def _after(self, ident: str, part: _Point) -> None:
        """Put a part after what it was split from."""
        order = dict[str, _Point]()
        for name, point in self.points.items():
            order[name] = point
            if name == ident:
                order[part.proposition.id] = part
        self.points = order

    def _goes(self, held: Holding, body: PropositionSplit) -> bool:
        if held.statement in body.statements or held.statement in body.left:
            return held.statement in body.statements
        origins = self._origins_of_statements()
        if (own := origins.get(held.statement)) is not None:
            if own in {origins.get(name) for name in body.left}:
                return False
            if own in {origins.get(name) for name in body.statements}:
                return True
        return any(name in body.names for name in held.names) and not _names_another(held.names, body.names)

    def _origins_of_statements(self) -> dict[str, str]:
        if self._origin_of is None:
            self._origin_of = {name: item.id for item in self._origins.values() for name in item.statements}
        return self._origin_of


def _names_another(named: Iterable[str], wanted: Iterable[str]) -> bool:
    """Tell whether a place (or day) is named that is not wanted, where one of that kind is."""
    kinds = {name.partition(":")[0] for name in wanted}
    return any(name.partition(":")[0] in kinds and name not in wanted for name in named)


def _moved(held: Holding, point: _Point, framing: Framing, turned: bool) -> Holding | None:
    """Return a holding as it stands where a decision put it; None where its stance cannot be turned round (F10)."""
    if turned and held.stance not in TURNED:
        return None
    stance = TURNED[held.stance] if turned else held.stance
    return replace(held, stance=stance, moved_from=held.moved_from or point.proposition.id, moved_by=framing.entry)


def _said(
    framing: Framing,
    kind: DecisionKind,
    text: str,
    *,
    wording: str = "",
    before: str = "",
    others: tuple[str, ...] = (),
    statements: tuple[str, ...] = (),
) -> Decision:
    return Decision(
        kind=kind, member=framing.member, at=framing.at, entry=framing.entry, text=text, wording=wording, before=before,
        others=others, statements=statements,
    )  # fmt: skip
