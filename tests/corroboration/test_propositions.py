"""Statements grouped under neutral propositions: what fits a frame, which stance, and where denials land."""

from __future__ import annotations

import time

from corroboration.speeches import Said, narrated, record, told
from corroboration.stances import REFUSED, stances
from tasdiq.corroboration.propositions import frame
from tasdiq.corroboration.propositions.pattern import table


def test_not_accepting_is_refusing() -> None:
    """Negated opposites say the same: "did not accept" asserts the refusal, "accepted" denies it (match rule 2)."""
    state = record(
        [Said("vor", "Tolsk", "said", "Kestria did not accept its proposal to expel individuals")],
        [Said("kes", "Marenne", "said", "Kestria accepted the offer to extradite the suspects")],
    )
    assert stances(state) == {"offer-refused": [("vor", "own", "asserts"), ("kes", "own", "denies")]}


def test_what_another_side_said_is_not_the_speakers_claim() -> None:
    """A nationality told inside the ministry's statement is the other side's, as told by the ministry (stance rule 3)."""
    inner = told("vor", "the Vorland side", "said", "they were Kestrian nationals", "kes")
    outer = Said(
        "kes",
        "The ministry",
        "said",
        "when the Vorland side said they were Kestrian nationals, Kestria proposed that they "
        "be handed over through designated crossings",
        holds=(inner,),
    )
    found = stances(record([outer]))
    assert found["nationals"] == [("vor", "other-party", "asserts")]
    assert found["handover"] == [("kes", "own", "offers")]


def test_anothers_speech_is_never_the_speakers_even_where_no_inner_statement_was_found() -> None:
    """Words after "X said" in a statement are not asserted by its speaker, though nobody cut them out."""
    said = Said("kes", "The ministry", "said", "the Vorland side had claimed those persons were Kestrian nationals")
    assert stances(record([said])) == {}


def test_a_demand_asserts_only_what_it_takes_for_granted() -> None:
    """Who demands the arrest of militants based there calls for arrest and takes their presence for granted (stance rule 5)."""
    said = Said("kes", "Kestria", "demanded", "that militants based in Vorland be controlled or arrested", "demands")
    assert stances(record([said])) == {"detain": [("kes", "own", "calls for")], "presence": [("kes", "own", "asserts")]}


def test_what_must_not_happen_is_not_said_to_happen() -> None:
    """A demand that territory not be used neither asserts nor denies that it is (stance rule 5)."""
    said = Said("kes", "Kestria", "said", "Vorland must ensure its territory is not used for attacks against Kestria")
    assert stances(record([said])) == {"territory-not-to-be-used": [("kes", "own", "calls for")]}


def test_the_mechanism_is_called_for_agreed_and_absent_in_separate_propositions() -> None:
    """A mechanism somebody wants, one said to be agreed, and its absence are three propositions of one topic."""
    state = record(
        [
            Said(
                "kes",
                "Marenne",
                "called for",
                "a joint monitoring and verification mechanism",
                "demands",
                teller="third",
            )
        ],
        [narrated("The two countries have agreed to a ceasefire with a monitoring and verification mechanism")],
        [narrated("The talks ended without any enforcement framework")],
    )
    found = {p.frame: p.topic for p in frame(state)}
    assert {k for k, topic in found.items() if topic == "mechanism"} == {
        "mechanism-wanted",
        "mechanism-agreed",
        "mechanism-absent",
    }


def test_refusing_guarantees_is_the_act_itself() -> None:
    """A cue that is the act takes the act's stance, as told by whoever tells it (stance rule 1)."""
    said = Said(
        "vor",
        "The Vorland delegation",
        "refused",
        "to provide written guarantees that its soil would not be used for attacks",
        "refuses",
        teller="third",
    )
    assert stances(record([said])) == {"guarantees-refused": [("vor", "third", "refuses")]}


def test_a_conditional_commitment_is_a_condition() -> None:
    """ "Would act if given evidence" sets a condition."""
    said = Said("vor", "Teves", "said", "Vorland would act if Kestria provided credible evidence of any threat")
    assert stances(record([said])) == {"evidence-act": [("vor", "own", "conditions")]}


def test_recurring_words_without_a_frame_are_grouped_without_inventing_words() -> None:
    """Like statements of one party in two documents form a proposition that names the speaker and quotes nothing."""
    words = "the orchards along the eastern valley road belong to families from both villages"
    said = [Said("kes", "The ministry", "said", words + tail, speaker="kes/ministry") for tail in ("", " again")]
    (found,) = frame(record([said[0]], [said[1]]))
    assert "Ministry of Information" in found.wording
    assert "orchards" not in found.wording


def test_silence_makes_no_holding() -> None:
    """A party that says nothing on a claim holds nothing about it."""
    assert stances(record([REFUSED])) == {"offer-refused": [("vor", "own", "asserts")]}


def test_exchanging_the_parties_mirrors_every_proposition() -> None:
    """Kestria's words in Vorland's mouth, and the reverse, give the mirrored propositions and stances."""
    here = record([REFUSED, Said("kes", "Kestria", "denied", "it refused a proposal to deport militants", "denies")])
    there = record(
        [
            Said("kes", "Mira Olt", "said", "that Vorland refused an offer to deport wanted persons"),
            Said("vor", "Vorland", "denied", "it refused a proposal to deport militants", "denies"),
        ]
    )
    (one,), (two,) = frame(here), frame(there)
    assert two.wording == one.wording.replace("Kestria", "Vorland")
    assert [h.stance for h in one.holdings] == [h.stance for h in two.holdings]


def test_such_claims_are_those_just_made() -> None:
    """ "Such assertions are unfounded" goes on about the claim before it, not about all claims (denial rule 3)."""
    state = record(
        [
            REFUSED,
            Said("kes", "Kestria", "proposed", "that they be handed over through designated crossings", "offers"),
            Said(
                "kes",
                "Officials",
                "dismissed",
                "the suggestion that Kestria sought foreign military involvement",
                "rejects",
            ),
            Said("kes", "They", "termed", "such assertions entirely unfounded"),
        ]
    )
    found = stances(state)
    assert found["foreign-military"] == [("kes", "own", "denies"), ("kes", "own", "denies")]
    assert found["offer-refused"] == [("vor", "own", "asserts")]


def test_a_consequence_after_reported_speech_is_the_narrators() -> None:
    """A clause ", leaving …" after what was said is marked as the narrator's addition (match rule 7)."""
    said = Said(
        "vor",
        "The Vorland side",
        "insisted",
        "that only verbal understandings apply, leaving talks with no enforcement framework",
    )
    held = {p.frame: p.holdings[0].narrator for p in frame(record([said]))}
    assert held == {"verbal-only": False, "mechanism-absent": True}


def test_a_proposal_goes_on_with_what_became_of_it() -> None:
    """Words that go on after "a proposal" without a stop belong to the clause that names it (reading rule 5)."""
    said = Said(
        "vor",
        "Teves",
        "said",
        "Vorland had offered to deport wanted persons, a proposal",
        sentence="{source} {cue} {content} Kestria rejected, at the talks.",
    )
    assert stances(record([said]))["offer-refused"] == [("vor", "own", "asserts")]


def test_frames_are_general_knowledge_and_all_usable() -> None:
    """Every frame has a topic, a known kind, a wording whose slots its patterns or defaults can fill."""
    for kind in table().frames.values():
        assert kind.topic
        assert kind.kind in ("fact", "act", "aim")
        named = {slot for pattern in kind.patterns for slot in pattern.regex.groupindex}
        occasion = {"place", "day"} if kind.each else set()
        assert set(kind.slots) <= named | set(kind.defaults) | occasion, kind.id
        assert set(kind.over) <= set(table().frames), kind.id


def test_cost_follows_the_number_of_statements() -> None:
    """Two thousand statements are framed in a few seconds at most, and no statement is held twice on one proposition."""
    state = record(
        *([REFUSED, Said("kes", "Kestria", "said", f"the orchard number {n} is in bloom")] for n in range(1000))
    )
    started = time.perf_counter()
    (refused,) = [p for p in frame(state) if p.frame == "offer-refused"]
    assert time.perf_counter() - started < 10
    assert len({h.statement for h in refused.holdings}) == len(refused.holdings) == 1000


def test_a_further_object_belongs_to_the_demand() -> None:
    """What ", as well as …" adds after the content cut out is demanded too (reading rule 5)."""
    said = Said(
        "kes",
        "Kestria",
        "demanded",
        "verifiable action against militants",
        "demands",
        sentence="{source} {cue} {content}, as well as the creation of a joint mechanism for monitoring.",
    )
    assert stances(record([said]))["mechanism-wanted"] == [("kes", "own", "calls for")]


def test_what_would_be_agreed_on_a_condition_is_not_agreed() -> None:
    """ "Would agree to a ceasefire only if …" tells of no ceasefire (stance rule 5)."""
    said = Said("kes", "Kestria", "would agree to", "a ceasefire only if Vorland withdrew", "commits")
    assert "ceasefire-agreed" not in stances(record([said]))
