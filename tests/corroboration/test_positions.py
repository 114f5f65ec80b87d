"""Positions and their table: only own voice fills a cell, what others tell stands beside it, silence stays silence."""

from __future__ import annotations

from corroboration.speeches import Said, narrated, record, told
from tasdiq.corroboration import positions, propositions
from tasdiq.model.proposition import OPEN_SPEAKER, Position, Row
from tasdiq.model.state import State

REFUSED = Said(
    "vor", "Teves", "said", "Kestria refused an offer to deport wanted persons", speaker="person/orlan-teves"
)
DENIED = Said("kes", "Kestria", "denied", "it refused an offer to deport wanted persons", "denies")


def table(state: State) -> tuple[list[Position], list[Row]]:
    """Frame, propose and tabulate."""
    state.propositions = {p.id: p for p in propositions.frame(state)}
    state.positions = positions.propose(state)
    return state.positions, positions.tabulate(state)


def test_opposite_stances_in_own_voice_are_contested() -> None:
    """An assertion and a denial in own voice contest the proposition, and nobody is silent (rule 5)."""
    found, (row,) = table(record([REFUSED], [DENIED]))
    assert sorted((p.party, p.label) for p in found) == [("kes", "denies"), ("vor", "asserts")]
    assert (row.status, row.silent) == ("contested", ())


def test_one_position_holds_all_statements_of_a_stance() -> None:
    """Three documents with one speaker's claim make one position with three statements (rule 2)."""
    (position,), (row,) = table(record([REFUSED], [REFUSED], [REFUSED]))
    assert len(position.statements) == 3
    assert (row.status, row.silent) == ("one-sided", ("kes",))


def test_only_own_voice_fills_a_cell() -> None:
    """What Kestria tells of Vorland stands beside the cell with its teller; Vorland stays silent (rules 1 and 4)."""
    inner = told("vor", "the Vorland side", "said", "they were Kestrian nationals", "kes")
    outer = Said("kes", "The ministry", "said", "the Vorland side said they were Kestrian nationals", holds=(inner,))
    _, (row,) = table(record([outer]))
    assert row.own == ()
    assert [(p.party, p.label) for p in row.beside] == [("vor", "asserts, as told by Kestria")]
    assert (row.status, row.silent) == ("unattributed", ("kes", "vor"))


def test_acknowledgements_and_habits_keep_their_words() -> None:
    """Labels say "acknowledged, as told by Kestria" and "has traditionally denied, as told by the outlet"."""
    inner = told("vor", "Tolsk's team", "acknowledged", "the presence of militants on its soil", "kes", "acknowledges")
    officials = Said(
        "kes",
        "Officials",
        "said",
        "Tolsk's team had acknowledged the presence of militants on its soil",
        holds=(inner,),
    )
    usual = Said(
        "vor", "Vorland", "has traditionally denied", "any militant presence", "denies", teller="third",
        manner=("traditionally",),
    )  # fmt: skip
    _, (row,) = table(record([officials, usual]))
    assert {p.label for p in row.beside} == {
        "acknowledged, as told by Kestria",
        "has traditionally denied, as told by the outlet",
    }


def test_agreement_of_all_parties_is_common_ground() -> None:
    """A proposition all parties assert in own voice is common ground; one party alone is not."""
    both = [
        Said(party, name, "said", "the ceasefire is holding")
        for party, name in (("kes", "Kestria"), ("vor", "Vorland"))
    ]
    assert table(record(both))[1][0].status == "common ground"
    assert table(record(both[:1]))[1][0].status == "one-sided"


def test_a_narrators_claim_stands_beside_and_fills_nothing() -> None:
    """An outlet's own sentence is shown as its narration and leaves every party silent."""
    _, (row,) = table(record([narrated("The two sides have agreed to a joint monitoring mechanism")]))
    assert (row.status, row.silent) == ("unattributed", ("kes", "vor"))
    assert [p.label for p in row.beside] == ["asserts, in the outlet's own narration"]


def test_a_changed_stance_names_the_earlier_one() -> None:
    """A later dated stance that differs says what it changed from (rule 3)."""
    holds = Said("kes", "Kestria", "said", "the ceasefire is holding")
    broke = Said("kes", "Kestria", "said", "the ceasefire did not hold")
    found, (row,) = table(record([holds], [broke], days=("2031-04-01", "2031-04-09")))
    assert [(p.stance, p.changed_from) for p in found] == [("asserts", None), ("denies", "asserts")]
    assert row.status == "one-sided"


def test_asked_without_a_reply_is_neither_consent_nor_denial() -> None:
    """ "Could not be reached" after a claim leaves the cell silent, marked as asked; it denies nothing (rule 4)."""
    claim = Said("kes", "Kestria", "said", "Vorland harbours militants")
    asked = Said("vor", "Its officials", "could not be reached", "for comment", "gives-no-reply", teller="third")
    _, (row,) = table(record([claim, asked]))
    assert (row.status, row.silent, row.asked) == ("one-sided", ("vor",), ("vor",))
    assert [(p.party, p.label) for p in row.beside] == [("vor", "asked, no reply, as told by the outlet")]
    answered = Said("vor", "Vorland", "denied", "that it harbours militants", "denies")
    _, (row,) = table(record([claim, asked], [answered]))
    assert (row.status, row.asked) == ("contested", ())


def test_a_question_lands_on_what_it_names() -> None:
    """What the request itself names is meant, not what was claimed before; an unanswered accusation was no question."""
    claim = Said("kes", "Kestria", "said", "Vorland harbours militants")
    content = "to a request for comment on claims that Vorland violated the ceasefire"
    asked = Said("vor", "Its army", "did not respond", content, "gives-no-reply", teller="third")
    rows = {row.proposition: row.asked for row in table(record([claim, asked]))[1]}
    assert sorted(rows.values()) == [(), ("vor",)]
    assert next(ident for ident, parties in rows.items() if parties).startswith("p-ceasefire")
    ignored = Said("vor", "Vorland", "has not responded", "to the accusations", "gives-no-reply", teller="third")
    assert [row.asked for row in table(record([claim, ignored]))[1]] == [()]


def test_a_question_lands_on_the_nearest_claim_only() -> None:
    """Not on older claims, nor on what the party itself said with the other, in the same document."""
    both = together("Both delegations", "confirmed", "that Vorland was committed to the ceasefire")
    older = Said("kes", "Kestria", "said", "Vorland harbours militants")
    nearest = Said("kes", "Its army", "said", "Vorland violated the ceasefire")
    asked = Said("vor", "Its army", "could not be reached", "for comment", "gives-no-reply", teller="third")
    rows = table(record([both, older, nearest, asked]))[1]
    assert [row.proposition for row in rows if row.asked] == ["p-ceasefire-ceasefire-violated-vor"]


def test_a_speaker_left_open_is_no_narrator() -> None:
    """Spoken words whose speaker nobody could settle stand under a speaker not named, not as the outlet's narration (rule 2)."""
    spoken = Said(None, "He", "said", "Vorland harbours militants", teller="third")
    (position,), _ = table(record([spoken]))
    (plain,), _ = table(record([narrated("Vorland harbours militants")]))
    assert position.party == OPEN_SPEAKER
    assert position.label == "asserts, as told by the outlet"
    assert plain.label == "asserts, in the outlet's own narration"


def together(source: str, cue: str, content: str, **more: object) -> Said:
    """A statement of both parties together."""
    return Said(None, source, cue, content, speaker="joint/kes+vor", parties=("kes", "vor"), **more)  # type: ignore[arg-type]


def test_a_joint_statement_makes_common_ground() -> None:
    """What both say together in own voice is each one's position, marked so, and common ground (rules 5 and 7)."""
    _, (row,) = table(record([together("Both delegations", "confirmed", "that the ceasefire was holding")]))
    assert {(p.party, p.label) for p in row.own} == {
        ("kes", "asserts, jointly with Vorland"),
        ("vor", "asserts, jointly with Kestria"),
    }
    assert (row.status, row.silent) == ("common ground", ())


def test_what_a_narrator_tells_of_both_stands_beside_both_cells() -> None:
    """ "The two sides agreed" is as told by the outlet of each, and no common ground (rule 1)."""
    agreed = together("The two sides", "agreed", "to extend the ceasefire", act="commits", teller="third")
    _, (row,) = table(record([agreed]))
    assert [(p.party, p.label) for p in row.beside] == [
        ("kes", "asserts, as told by the outlet"),
        ("vor", "asserts, as told by the outlet"),
    ]
    assert (row.own, row.status) == ((), "unattributed")


def test_a_partys_telling_of_both_is_not_its_own_position_twice() -> None:
    """That both agreed, as Kestria tells it, stands beside Vorland's cell only (rule 7)."""
    inner = together("both sides", "agreed", "to extend the ceasefire", act="commits", teller="third", told_by="kes")
    outer = Said("kes", "Kestria", "said", "both sides agreed to extend the ceasefire", holds=(inner,))
    _, (row,) = table(record([outer]))
    assert [(p.party, p.label) for p in row.own] == [("kes", "asserts")]
    assert [(p.party, p.label) for p in row.beside] == [("vor", "asserts, as told by Kestria")]


def test_each_says_of_itself_what_both_say_together() -> None:
    """ "Both reaffirm their commitment" is about each of them; what they accuse each other of is nobody's joint claim."""
    _, rows = table(record([together("Both sides", "reaffirmed", "their commitment to the ceasefire")]))
    assert [row.status for row in rows] == ["common ground", "common ground"]
    quarrel = together("They", "accused", "each other of violating the ceasefire", act="accuses")
    assert table(record([quarrel]))[1] == []
