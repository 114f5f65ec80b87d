"""Readings, ratings, and what is due next of commitments: rules I1 to I3."""

from __future__ import annotations

from talks.table import Talk
from tasdiq.compliance.due import asked, due_next


def test_i1_ratings_stand_beside_each_other_and_are_not_averaged() -> None:
    """Four members, four ratings."""
    talk = Talk().agreed()
    for by, level in (("kes", 0), ("vor", 3), ("med", 1), ("obs", 2)):
        talk.rate(by, level)
    assert [rating.level for rating in talk.now.progress["trucks"].ratings] == [0, 3, 1, 2]


def test_i2_a_commitment_that_is_counted_differently_is_disputed() -> None:
    """Both results stand, with who reads it so; none is picked."""
    talk = Talk().agreed()
    talk.word("vor", item="trucks")
    talk.read("kes", "each")
    assert not talk.now.progress["trucks"].disputed
    talk.read("vor", "average")
    found = talk.now.progress["trucks"]
    assert found.disputed
    assert found.readings == (("kes", "each"), ("vor", "average"))
    assert found.reading == "The parties count differently: Kestria for each day; Vorland as an average."


def test_i2_it_is_disputed_where_its_bearer_never_acknowledged_it_or_a_party_denies_it() -> None:
    """A denial after an acknowledgement disputes it too."""
    talk = Talk().agreed()
    assert talk.now.progress["trucks"].disputed
    talk.word("vor", item="trucks")
    assert not talk.now.progress["trucks"].disputed
    talk.word("kes", "denies", item="trucks", text="Ours was another number.")
    assert talk.now.progress["trucks"].disputed


def test_i3_a_reading_that_does_not_say_how_it_counts_counts_neither_way() -> None:
    """It is said that it does not say."""
    talk = Talk().agreed()
    assert talk.now.progress["trucks"].reading == "No party's reading says how it counts this."
    talk.read("kes", "each")
    talk.read("vor")
    assert talk.now.progress["trucks"].reading == "How it is counted: Kestria for each day; Vorland does not say."


def test_due_what_begins_ends_and_is_to_be_carried_out() -> None:
    """The earliest first; a programme is overdue until both parties rate it full, each for itself."""
    talk = Talk()
    talk.agree()
    talk.commit(until="2031-03-10", quantity=None)
    talk.commit(ident="later", start="2031-03-08", until="2031-03-09", kind="prohibition", quantity=None)
    found = [(item.due, item.what, item.item) for item in due_next(talk.state, talk.at)]
    assert found == [
        ("2031-03-08", "the commitment begins", "later"),
        ("2031-03-09", "the commitment ends", "later"),
        ("2031-03-10", "carry out the programme", "trucks"),
        ("2031-03-20", "session in Port Ilmar", "round-2"),
        ("2031-03-20", "session in Port Ilmar", "round-2"),
    ]
    talk.later(days=10)
    (overdue,) = [item for item in due_next(talk.state, talk.at) if item.overdue]
    assert (overdue.item, overdue.owed_by) == ("trucks", "vor")
    talk.rate("vor", 3)
    talk.rate("med", 3)
    assert any(item.overdue for item in due_next(talk.state, talk.at)), "one party's rating does not end it"
    talk.rate("kes", 3)
    assert not any(item.overdue for item in due_next(talk.state, talk.at))


def test_due_every_party_is_asked_for_its_own_word() -> None:
    """To what is told, and for its reading; nobody's silence is taken for it."""
    talk = Talk().agreed()
    talk.later(days=1000)
    mine = {item.what for item in asked(talk.state) if item.owed_by == "vor"}
    assert {"acknowledge or deny the agreement", "acknowledge or deny the commitment"} <= mine
    assert "declare a reading of the commitment" in mine
    assert not any(item.overdue or item.due for item in asked(talk.state))
