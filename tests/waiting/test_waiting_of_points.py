"""What decisions about points ask of members: rules W17 and W18."""

from __future__ import annotations

import msgspec

import world
from tasdiq.model.charter import Member
from tasdiq.model.framing import Framing, PropositionReworded, WordingObjected
from tasdiq.model.state import State
from tasdiq.waiting.points import waiting

ORM, AT = "p-violence-orm", "2031-04-10T12:00:00Z"
OBJECTED = WordingObjected(proposition=ORM, wording="w", text="No.")
REWORDED = PropositionReworded(proposition=ORM, wording="Something fell on Orm", reason="r")


def record(*said: tuple[str, object], mediators: tuple[str, ...] = ("ord",)) -> State:
    """Return a joint record in which members decided so, in this order."""
    state = world.state()
    seats = tuple(Member(id=name, name=name, role="mediator") for name in mediators)
    state.charter = msgspec.structs.replace(state.charter, mediators=seats)
    state.framings = {f"e{n}": Framing(f"e{n}", member, AT, body) for n, (member, body) in enumerate(said)}  # type: ignore[arg-type]
    return state


def test_w17_an_objection_waits_until_a_mediator_has_looked() -> None:
    """It is owed to nobody; the party's later objection is a new one; one on a point that is gone waits for nobody."""
    (item,) = waiting(record(("kes", OBJECTED)))
    assert (item.of, item.by, item.about, item.free, item.standing) == ("ord", "kes", ORM, True, "open")
    assert [*waiting(record(("kes", OBJECTED), ("ord", REWORDED)))] == []
    assert len([*waiting(record(("kes", OBJECTED), ("ord", REWORDED), ("kes", OBJECTED), ("vor", OBJECTED)))]) == 2
    gone = msgspec.structs.replace(OBJECTED, proposition="p-none")
    assert [*waiting(record(("kes", gone)))] == []


def test_w18_without_a_mediator_a_decision_waits_for_the_other_parties() -> None:
    """Until each has entered the same, whatever its reason; an objection waits for nobody."""
    (item,) = waiting(record(("kes", REWORDED), ("kes", OBJECTED), mediators=()))
    assert (item.of, item.by, item.kind) == ("vor", "kes", "PropositionReworded")
    agreed = msgspec.structs.replace(REWORDED, reason="So be it.")
    assert [*waiting(record(("kes", REWORDED), ("vor", agreed), mediators=()))] == []
