"""Private persons enter a record under pseudonyms. Tests cite the rules of `intake.pseudonyms`."""

from __future__ import annotations

from tasdiq.intake.pseudonyms import is_private, make_pseudonyms
from tasdiq.model.document import Span
from tasdiq.model.source import Actor, Designation
from tasdiq.model.statement import Hand, Statement

RESIDENT = Actor(id="person/ilva-dorn", name="Ilva Dorn", kind="person", designations=(Designation(text="Dorn"),))
MINISTER = Actor(id="person/tam-rell", name="Tam Rell", kind="person", office_holder=True, role="Minister")
SAID = Statement(
    id="d1.s1",
    document="d1",
    source=(Span(start=0, end=4),),
    cue=(),
    content=(Span(start=5, end=9),),
    act="asserts",
    quote="indirect",
    speaker=RESIDENT.id,
    chain=(Hand(who="Ilva Dorn", how="told", actor=RESIDENT.id), Hand(who="Ketta Post", how="quoted by")),
)


def test_rule_1_only_persons_without_an_office_are_private() -> None:
    """A resident is private, a minister speaking as minister is not."""
    assert is_private(RESIDENT)
    assert not is_private(MINISTER)


def test_rule_2_the_pseudonym_stands_in_every_place() -> None:
    """Speaker and hands of the chain lose the name; other hands keep theirs."""
    made = make_pseudonyms({a.id: a for a in (RESIDENT, MINISTER)}, [[SAID]])
    statement = made.statement(SAID)
    assert statement.speaker == "person/private-1"
    assert [hand.who for hand in statement.chain] == ["Private person 1", "Ketta Post"]
    assert "Dorn" not in repr(statement)


def test_rule_3_the_name_stays_a_designation_for_members() -> None:
    """The actor under the pseudonym keeps the name as a designation, so that shown passages can be masked."""
    made = make_pseudonyms({RESIDENT.id: RESIDENT}, [[SAID]])
    actor = made.by_id[RESIDENT.id]
    assert actor.name == "Private person 1"
    assert {d.text for d in actor.designations} == {"Dorn", "Ilva Dorn"}
