"""What decisions make of propositions, and that later documents follow. Tests are named for the rules F9 to F14."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from corroboration.speeches import PARTIES, Said, record
from tasdiq.corroboration import stages
from tasdiq.corroboration.decided import BY_HAND, confirmations, decide, standing, successor
from tasdiq.model.charter import Charter
from tasdiq.model.framing import (
    Framing,
    PropositionConfirmed,
    PropositionReworded,
    PropositionsMerged,
    PropositionSplit,
    WordingObjected,
)
from tasdiq.model.proposition import Holding, Origin, Proposition, Stance
from tasdiq.model.state import State

AT = "2031-04-10T12:00:00Z"
DESK = Charter(title="desk", form="desk", parties=PARTIES)


def point(ident: str, *held: str | tuple[str, Stance] | Holding) -> Proposition:
    """Return a proposition with these statements under it; asserted unless told otherwise."""
    holdings = [
        item if isinstance(item, Holding) else Holding(statement=item, stance="asserts") if isinstance(item, str)
        else Holding(statement=item[0], stance=item[1])
        for item in held
    ]  # fmt: skip
    return Proposition(id=ident, wording=f"wording of {ident}", topic="talks", frame="f", holdings=tuple(holdings))


def decided(
    points: list[Proposition], *bodies: Any, origins: tuple[tuple[str, ...], ...] = (), by: str = "ord"
) -> dict[str, Proposition]:
    """Return what decisions make of propositions."""
    framings = [Framing(f"e{number}", by, AT, body) for number, body in enumerate(bodies)]
    traced = {f"o{n}": Origin(id=f"o{n}", label="", statements=names, documents=()) for n, names in enumerate(origins)}
    return decide({item.id: item for item in points}, framings, traced)


def told(item: Proposition) -> list[tuple[str, str]]:
    """Return statements and stances."""
    return [(holding.statement, holding.stance) for holding in item.holdings]


def merge(into: str, *merged: str, opposite: tuple[str, ...] = ()) -> PropositionsMerged:
    """Return a merger."""
    return PropositionsMerged(into=into, merged=merged, opposite=opposite, reason="r")


def split(
    proposition: str, *statements: str, left: tuple[str, ...] = (), names: tuple[str, ...] = ()
) -> PropositionSplit:
    """Return a split into `point-1`."""
    return PropositionSplit(
        proposition=proposition, part="point-1", wording="w", statements=statements, left=left, names=names, reason="r"
    )


def test_f9_what_nobody_decided_about_stays_the_very_same() -> None:
    """So does everything where a decision is about what is not there."""
    points = [point("a", "s1"), point("b", "s2")]
    found = decided(
        points,
        merge("a", "gone"),
        merge("gone", "a"),
        split("gone", "s1"),
        PropositionReworded(proposition="gone", wording="w", reason="r"),
    )
    assert [found["a"] is points[0], found["b"] is points[1], len(found)] == [True, True, 2]


def test_f10_what_is_merged_keeps_where_it_stood() -> None:
    """Also through two mergers; a later rewording of the one that was merged away is the other's."""
    points = [point("a", "s1"), point("b", "s2"), point("c", "s3")]
    found = decided(
        points, merge("b", "c"), merge("a", "b"), PropositionReworded(proposition="c", wording="new", reason="r")
    )
    assert list(found) == ["a"] and told(found["a"]) == [("s1", "asserts"), ("s2", "asserts"), ("s3", "asserts")]
    assert [h.moved_from for h in found["a"].holdings] == ["", "b", "c"]
    assert found["a"].wording == "new" and [d.kind for d in found["a"].decisions] == ["merged", "reworded"]


def test_f10_a_point_that_was_merged_away_is_found_under_the_other() -> None:
    """Through any number of mergers that stand; another keeps its id."""
    framings = [Framing(f"e{n}", "ord", AT, body) for n, body in enumerate((merge("b", "c"), merge("a", "b")))]
    assert [successor(framings, DESK, ident) for ident in ("c", "b", "a", "d")] == ["a", "a", "a", "d"]
    undone = [Framing("e0", "ord", AT, merge("b", "c"), undone="e9"), framings[1]]
    assert successor(undone, DESK, "c") == "c"


def test_f10_the_opposite_is_turned_round_and_demands_stay() -> None:
    """Who asserts the opposite denies it; what was called for of the opposite stays where it was."""
    opposite = point("b", "s2", ("s3", "denies"), ("s4", "acknowledges"), ("s5", "calls for"))
    found = decided([point("a", "s1"), opposite], merge("a", "b", opposite=("b",)))
    assert told(found["a"]) == [("s1", "asserts"), ("s2", "denies"), ("s3", "asserts"), ("s4", "denies")]
    assert told(found["b"]) == [("s5", "calls for")]


def test_f11_a_split_takes_what_it_names_and_later_ones_that_repeat_it() -> None:
    """A later copy of one that was left stays, and so does what repeats nothing."""
    points = [point("a", "s1", "s2", "s3", "s4", "s5")]
    found = decided(points, split("a", "s1", left=("s2",)), origins=(("s1", "s3"), ("s2", "s4")))
    assert list(found) == ["a", "point-1"]
    assert [told(found["point-1"]), told(found["a"])] == [
        [("s1", "asserts"), ("s3", "asserts")],
        [("s2", "asserts"), ("s4", "asserts"), ("s5", "asserts")],
    ]


def test_f11_later_statements_go_by_the_places_and_days_they_name() -> None:
    """Only where they name no other; one that was seen stays whatever it names."""

    def naming(ident: str, *names: str) -> Holding:
        return Holding(statement=ident, stance="asserts", names=names)

    points = [
        point(
            "a",
            "s1",
            naming("s2", "place:Brenk"),
            naming("s3", "place:Brenk"),
            naming("s4", "place:Orm"),
            naming("s5", "place:Brenk", "place:Orm"),
        )
    ]
    found = decided(points, split("a", "s1", left=("s2",), names=("place:Brenk",)))
    assert [item for item, _ in told(found["point-1"])] == ["s1", "s3"]


def test_f11_a_point_that_is_split_off_whole_leaves_nothing_behind() -> None:
    """And a decision about the part holds."""
    found = decided(
        [point("a", "s1")], split("a", "s1"), PropositionReworded(proposition="point-1", wording="v", reason="r")
    )
    assert list(found) == ["point-1"] and found["point-1"].wording == "v"


def test_f12_a_statement_is_held_once() -> None:
    """As it was first."""
    found = decided([point("a", ("s1", "denies")), point("b", "s1", "s2")], merge("a", "b"))
    assert told(found["a"]) == [("s1", "denies"), ("s2", "asserts")]


def test_f13_wordings_and_objections_stand_side_by_side() -> None:
    """An objection stays through a rewording, with the wording it was to; a party's later one takes its place."""
    first, later = (
        WordingObjected(proposition="a", wording="wording of a", text=text, own=own)
        for text, own in (("No.", ""), ("No!", "ours"))
    )
    reworded = PropositionReworded(proposition="a", wording="new", reason="r")
    found = decided([point("a", "s1")], first, reworded, later, by="kes")["a"]
    assert found.objections == (("kes", "No!"),) and found.wording == "new"
    told_so = [(d.kind, d.before, d.wording) for d in found.decisions]
    assert told_so == [("reworded", "wording of a", "new"), ("objected", "wording of a", "ours")]


def test_f14_a_confirmation_is_of_a_wording_and_its_statements() -> None:
    """A later statement is counted as not covered; another wording is not confirmed."""
    confirmed = PropositionConfirmed(proposition="a", wording="wording of a", statements=("s1",))
    found = decided([point("a", "s1", "s2")], confirmed)
    assert found["a"].decisions[0].later == 1 and list(confirmations(found.values(), DESK)) == [("a", "e0")]
    other = decided([point("a", "s1")], confirmed, PropositionReworded(proposition="a", wording="new", reason="r"))
    assert list(confirmations(other.values(), DESK)) == []


def test_f15_what_repeats_a_statement_put_under_a_point_joins_it() -> None:
    """With the same stance, unless it stands under another point; a point of a program grows by its own rules alone."""
    framed = replace(point("point-1", ("s1", "denies")), method=BY_HAND)
    found = decided([framed, point("b", "s3", "s4")], origins=(("s1", "s2", "s3"), ("s4", "s5")))
    assert told(found["point-1"]) == [("s1", "denies"), ("s2", "denies")]
    assert told(found["b"]) == [("s3", "asserts"), ("s4", "asserts")]


CLAIM = Said("kes", "Kestria", "said", "Vorland shelled villages near Brenk")
REPLY = Said("vor", "Vorland", "denied", "shelling villages", "denies")
TRUCE = Said("kes", "Kestria", "said", "Vorland violated the ceasefire")
LATER = Said("kes", "Marenne", "said", "Vorland had shelled two posts")


def corroborated(state: State) -> dict[str, Proposition]:
    """Return the propositions as they stand after a run over all documents."""
    rows = {kind: rows for kind, _, rows in stages.proposals(state)}
    proposed = {item.id: item for item in rows["proposition"] if isinstance(item, Proposition)}
    origins = {item.id: item for item in rows["origin"] if isinstance(item, Origin)}
    return decide(proposed, standing(state.framings.values(), state.charter), origins)


def test_later_documents_follow_what_a_person_decided() -> None:
    """A third document's claim stands where the two that were merged stand, and a program proposes as before."""
    before = record([CLAIM, TRUCE], [REPLY])
    shelled, violated = "p-use-of-force-shelling-vor", "p-ceasefire-ceasefire-violated-vor"
    assert {shelled, violated} <= set(corroborated(before))
    after = record([CLAIM, TRUCE], [REPLY], [LATER])
    after.framings = {"e1": Framing("e1", "analyst", AT, merge(violated, shelled))}
    proposed = {
        item.id
        for kind, _, rows in stages.proposals(record([CLAIM, TRUCE], [REPLY], [LATER]))
        for item in rows
        if kind == "proposition"
    }
    assert {shelled, violated} <= proposed
    found = corroborated(after)
    assert shelled not in found and len(found[violated].holdings) == 4
