"""Origins of statements on a made-up dispute between Kestria and Vorland (rules of `corroboration.independence`)."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from msgspec.structs import replace

from corroboration.spoken import KES, MAY_3, MAY_4, POST, VOR, said, world
from tasdiq.corroboration.independence import trace
from tasdiq.model.document import Span
from tasdiq.model.proposition import Origin
from tasdiq.model.source import Actor
from tasdiq.model.state import State
from tasdiq.model.statement import Hand, Statement
from tasdiq.model.when import When

DEMAND = "Kestria demanded that smugglers sheltering in Vorland and endangering travellers be watched or detained"
DEMAND_TOO = (
    "Kestria had demanded that smugglers sheltering in Vorland and endangering travellers be either checked or arrested"
)
HANDOVER = (
    "when the other side said these people were citizens, it proposed a handover through marked gates at the river"
)
HANDOVER_TOO = "once told that the people were its citizens, it suggested a handover via marked posts at the river"
OFFER = "Vorland had offered to deport anybody the neighbours regard as dangerous, and Kestria declined the offer"
OFFER_TOO = "his side offered to deport people regarded as dangerous by the neighbours, which Kestria declined"
BREAD = "the price of bread in the capital rose a third time because millers asked more for flour"
FILL = "The weather stayed mild. "


def shared_statement() -> State:
    """Three documents on one ministry statement; two of them on a spokesperson's claim through different channels."""
    offer = said("person/dorn", Hand(who="North News", how="interview", actor="outlet/north"))
    again = said("person/dorn", Hand(who="a private channel", how="told"))
    third = said("person/dorn", Hand(who="Ariel TV", how="report", actor="outlet/ariel"))
    trade = said("kes/trade", POST, when=MAY_4)
    return world(
        (f"In an interview she said {{s1:{OFFER}}}.\nThe ministry wrote that {{s2:{DEMAND}}}.\nIt added: {{s3:{HANDOVER}}}.",
         {"s1": offer, "s2": trade, "s3": said("kes/trade")}),
        (f"In a statement the ministry said {{s1:{DEMAND_TOO}}}.\n{FILL}\nShe told a channel that {{s2:{OFFER_TOO}}}.",
         {"s1": said("kes/trade", Hand(who="", how="statement issued on X"), when=MAY_4), "s2": again}),
        (f"{{s1:{OFFER}}}, Ariel TV quoted her.\n{FILL}\n“{{s2:{DEMAND}}}”, it posted. {{s3:{HANDOVER_TOO}}}.",
         {"s1": third, "s2": trade, "s3": said("kes/trade")}),
    )  # fmt: skip


def by_speaker(origins: Iterable[Origin]) -> dict[str | None, list[Origin]]:
    """Origins by speaker."""
    found: dict[str | None, list[Origin]] = {}
    for origin in origins:
        found.setdefault(origin.speaker, []).append(origin)
    return found


def test_one_statement_in_three_documents_is_one_origin_with_its_differences() -> None:
    """The ministry's statement is collapsed to one origin, bounds 1 to 1, and the wording differences are kept."""
    (ministry,) = by_speaker(trace(shared_statement()))["kes/trade"]
    assert ministry.documents == ("d0", "d1", "d2")
    assert (ministry.lowest, ministry.highest) == (1, 1)
    words = {word for difference in ministry.differences for text in difference.words for word in text.split()}
    assert {"watched", "checked"} <= words
    assert ministry.label.startswith("Ministry of Trade of Kestria") and ministry.label.endswith("4 May 2031")
    assert "X" in ministry.label and ministry.why


def test_a_claim_through_three_channels_is_one_origin_of_one_to_three() -> None:
    """Whether it was one interview is unknown: the bounds say 1-3 and the channels are listed."""
    (claim,) = by_speaker(trace(shared_statement()))["person/dorn"]
    assert (claim.lowest, claim.highest) == (1, 3)
    assert set(claim.channels) == {"North News", "a private channel", "Ariel TV"}


def test_every_spoken_statement_has_exactly_one_origin() -> None:
    """Singletons too; narration has none."""
    state = shared_statement()
    state.statements["d0.n1"] = Statement(
        id="d0.n1",
        document="d0",
        source=(),
        cue=(),
        content=(Span(start=0, end=4),),
        act="asserts",
        quote="indirect",
        narrated=True,
    )
    counted = sorted(ident for origin in trace(state) for ident in origin.statements)
    assert counted == sorted(set(state.statements) - {"d0.n1"})


def test_statements_of_two_speakers_in_the_same_words_stay_two() -> None:
    """Two named persons of one party are never one voice (ties, rule 4)."""
    state = world(
        (f"He said {{s1:{DEMAND}}}.", {"s1": said("person/berg")}),
        (f"She said {{s1:{DEMAND}}}.", {"s1": said("person/lund")}),
    )
    assert len(trace(state)) == 2


def test_a_party_between_two_persons_does_not_join_them() -> None:
    """ "Kestria said" in the same words as two ministers joins one of them at most."""
    state = world(
        (f"He said {{s1:{DEMAND}}}.", {"s1": said("person/berg")}),
        (f"Kestria said {{s1:{DEMAND}}}.", {"s1": said("kes")}),
        (f"She said {{s1:{DEMAND}}}.", {"s1": said("person/lund")}),
    )
    assert {origin.speaker for origin in trace(state)} == {"person/berg", "person/lund"}


def test_the_same_words_on_another_date_are_another_statement() -> None:
    """A statement repeated weeks later is a statement of its own."""
    later = When(start="2031-06-20", end="2031-06-20", precision="day")
    state = world(
        (f"It said {{s1:{DEMAND}}}.", {"s1": said("kes/trade", when=MAY_4)}),
        (f"It said {{s1:{DEMAND}}}.", {"s1": said("kes/trade", when=later)}),
    )
    assert len(trace(state)) == 2


def test_unrelated_statements_of_one_organ_in_two_documents_stay_apart() -> None:
    """Without reuse, occasion or channel in common nothing ties them."""
    state = world(
        (f"It said {{s1:{DEMAND}}}.", {"s1": said("kes/trade")}),
        (f"It said {{s1:{BREAD}}}.", {"s1": said("kes/trade")}),
    )
    assert len(trace(state)) == 2


def test_the_same_day_and_own_publication_tie_with_two_possible() -> None:
    """Two posts of one organ on one day without words in common: one origin of 1-2."""
    state = world(
        (f"It posted {{s1:{DEMAND}}}.", {"s1": said("kes/trade", POST, when=MAY_4)}),
        (f"It posted {{s1:{BREAD}}}.", {"s1": said("kes/trade", POST, when=MAY_3)}),
    )
    (origin,) = trace(state)
    assert (origin.lowest, origin.highest) == (1, 2)


def test_two_reports_of_one_unnamed_source_are_not_two() -> None:
    """The lower bound is one; each document may have asked somebody else."""
    state = world(
        (f"Officials said {{s1:{DEMAND}}}.", {"s1": said("unnamed/kes/officials")}),
        (f"Officials said {{s1:{DEMAND_TOO}}}.", {"s1": said("unnamed/kes/officials")}),
    )
    (origin,) = trace(state)
    assert (origin.lowest, origin.highest) == (1, 2)


def test_a_partys_voice_beside_its_organs_continues_it() -> None:
    """ "Kestria said" in the next paragraph belongs to the organ's statement; far away it stands alone (tellings, rule 3)."""
    state = world(
        (f"The ministry said {{s1:{DEMAND}}}.\nKestria said {{s2:{BREAD}}}.\n{FILL * 2}\n{FILL}\n{FILL}\nShe said {{s3:nothing}}.",
         {"s1": said("kes/trade"), "s2": said("kes"), "s3": said("kes")}),
    )  # fmt: skip
    groups = sorted(origin.statements for origin in trace(state))
    assert groups == [("d0.s1", "d0.s2"), ("d0.s3",)]


def test_speech_reported_inside_speech_shares_its_origin() -> None:
    """What the other side said, as told by the ministry, reached us through the ministry's statement (tellings, rule 2)."""
    inner = {"speaker": "vor", "teller": "other-party", "inside": "s1"}
    state = world(
        (f"The ministry said {{s1:{HANDOVER}}} {{s2:that they were citizens}}.", {"s1": said("kes/trade"), "s2": inner})
    )
    (origin,) = trace(state)
    assert origin.statements == ("d0.s1", "d0.s2") and origin.speaker == "kes/trade"


def test_an_organ_and_its_spokesperson_are_tied_by_reused_words() -> None:
    """The ministry's statement and its spokesperson's words are one origin where the words are reused."""
    state = world(
        (f"The ministry said {{s1:{DEMAND}}}.", {"s1": said("kes/foreign", when=MAY_4)}),
        (f"Its spokesperson said {{s1:{DEMAND_TOO}}}.", {"s1": said("person/lund", when=MAY_4)}),
    )
    (origin,) = trace(state)
    assert "spokesperson" in " ".join(origin.why)


def test_a_title_announces_what_the_organ_says_in_the_body() -> None:
    """A title in the party's name is not another origin beside its ministry's statement (continuing, rule 2)."""
    state = world(
        (f"{{s1:smugglers must be detained}}, says Kestria\n{FILL}\n{FILL}\nThe ministry said {{s2:{DEMAND}}}.",
         {"s1": said("kes"), "s2": said("kes/trade")}),
    )  # fmt: skip
    (origin,) = trace(state)
    assert origin.speaker == "kes/trade" and any("title" in why for why in origin.why)


def test_summaries_on_the_same_points_are_one_statement() -> None:
    """Two outlets sum one long statement up in their own words: several points in common tie them (ties, rule 1)."""
    first = ("river gates at Odrin stay locked until inspectors return", "the marshal blamed Vorlandic fishermen for torn nets",
             "talks resume in Belmar after the harvest")  # fmt: skip
    second = ("locked gates at Odrin were blamed on missing inspectors by the ministry in a long winter dispute with a neighbour",
              "torn nets, it argued at length, are the doing of fishermen from across the water and nobody else at all",
              "it looks forward to Belmar, where talks on every open matter are to be held once harvest is over")  # fmt: skip
    state = world(
        *(
            (
                ". ".join(f"It said {{s{n}:{text}}}" for n, text in enumerate(texts)),
                {f"s{n}": said("kes/trade") for n in range(3)},
            )
            for texts in (first, second)
        ),
        (f"It said {{s1:{BREAD}}}", {"s1": said("kes/trade")}),
    )
    assert sorted(len(origin.documents) for origin in trace(state)) == [1, 2]


def test_one_quotation_in_two_documents_ties_party_and_organ() -> None:
    """The party's "false and hollow" in one document is the ministry's in the other (ties, rule 2)."""
    state = world(
        ("Kestria called it {s1:“false and hollow”}.", {"s1": said("kes")}),
        (
            "The ministry said {s1:any other account was “false and hollow”, and that was all}.",
            {"s1": said("kes/trade")},
        ),
        *((f"It said {{s1:{text}}}.", {"s1": said("vor")}) for text in (BREAD, FILL)),
    )
    assert [origin.documents for origin in trace(state) if origin.party == KES] == [("d0", "d1")]


def test_whoever_quotes_an_interview_adds_no_channel() -> None:
    """A according to B in an interview with C: the channel is where the speaker spoke (channels, rule 4)."""
    chain = (
        Hand(who="Ariel TV", how="interview", actor="outlet/ariel"),
        Hand(who="North News", how="quoted by", actor="outlet/north"),
    )
    (origin,) = trace(world((f"She said {{s1:{OFFER}}}.", {"s1": said("person/dorn", *chain)})))
    assert origin.channels == ("Ariel TV",) and origin.highest == 1


def test_nothing_is_said_after_its_document_appeared() -> None:
    """An undated statement in an earlier document is no copy of one made weeks later (days, rule 3)."""
    later = When(start="2031-06-20", end="2031-06-20", precision="day")
    state = world((f"It said {{s1:{DEMAND}}}.", {"s1": said("kes/trade")}),
                  (f"It said {{s1:{DEMAND}}}.", {"s1": said("kes/trade", when=later)}))  # fmt: skip
    state.documents["d0"] = replace(state.documents["d0"], published=MAY_4)
    assert len(trace(state)) == 2


@pytest.mark.parametrize("hidden", ["d0", "d2"])
def test_withheld_text_does_not_stop_the_rest(hidden: str) -> None:
    """A document whose text is withheld keeps its statements in origins; nothing raises."""
    state = shared_statement()
    state.texts.pop(hidden)
    assert {ident for origin in trace(state) for ident in origin.statements} == set(state.statements)


def test_exchanging_the_parties_mirrors_the_origins() -> None:
    """With the parties' names exchanged throughout, groups, bounds and order come out the same."""
    state, mirrored = shared_statement(), shared_statement()
    swap = {KES: VOR, VOR: KES}
    mirrored.actors = {
        ident: Actor(
            id=ident, name=_swapped(one.name), kind=one.kind, party=swap.get(one.party or ""), member_of=one.member_of
        )
        for ident, one in state.actors.items()
    }
    mirrored.texts = {ident: _swapped(text) for ident, text in state.texts.items()}
    one, other = trace(state), trace(mirrored)
    assert [(o.statements, o.lowest, o.highest) for o in one] == [(o.statements, o.lowest, o.highest) for o in other]


def _swapped(text: str) -> str:
    return text.replace("Kestria", "§").replace("Vorland", "Kestria").replace("§", "Vorland")
