"""Denials land on the claim they answer, and on nothing else."""

from __future__ import annotations

from corroboration.speeches import Said, record, told
from corroboration.stances import REFUSED, _held, stances
from tasdiq.corroboration.propositions import frame


def test_a_claim_and_its_denial_share_one_proposition() -> None:
    """An assertion that an offer was refused and a denial of refusing it bear on one neutral wording, on opposite sides."""
    state = record(
        [REFUSED], [Said("kes", "Kestria", "denied", "it had refused a proposal to hand over militants", "denies")]
    )
    (found,) = frame(state)
    assert found.wording == "Kestria refused an offer to hand over persons"
    assert _held(state, found) == [("vor", "own", "asserts"), ("kes", "own", "denies")]


def test_a_denial_of_everything_to_the_contrary_lands_on_the_claim_it_answers() -> None:
    """ "Any claim to the contrary is false" denies what the other side says of the denier on the same topic (denial rule 3)."""
    account = Said(
        "kes", "The ministry", "said", "Kestria proposed that they be handed over through designated crossings"
    )
    denial = Said("kes", "the ministry", "said", "any claim to the contrary is untrue")
    state = record([REFUSED, account, denial])
    (held,) = [p.holdings for p in frame(state) if p.frame == "offer-refused"]
    assert [h.stance for h in held] == ["asserts", "denies"]
    assert "Orlan Teves" in held[1].why


def test_a_general_denial_says_nothing_on_other_topics() -> None:
    """A denial that names no content leaves claims alone on which the denier gave no account (denial rule 3)."""
    base = Said("vor", "Teves", "said", "Kestria was creating conditions for a return of foreign troops to the base")
    denial = Said("kes", "the ministry", "said", "any claim to the contrary is untrue")
    assert stances(record([base, denial]))["foreign-military"] == [("vor", "own", "asserts")]


def test_a_charge_denied_in_its_own_sentence() -> None:
    """ "…, a charge Kestria denies" denies the claim told in that sentence (denial rule 2)."""
    denial = Said("kes", "Kestria", "denies", "a charge", "denies", sentence="{content} {source} {cue}.")
    said = Said(
        "vor",
        "Vorland",
        "says",
        "Kestria harbours fighters from its enemy, the NLA",
        sentence="{source} {cue} {content}, a charge Kestria denies.",
        beside=(denial,),
    )
    assert stances(record([said])) == {"harbours-enemy": [("vor", "own", "asserts"), ("kes", "own", "denies")]}


def test_what_is_presupposed_in_a_rejected_claim_is_not_denied() -> None:
    """Rejecting that a presence be called humanitarian denies the framing and not the presence (stance rule 2)."""
    said = Said(
        "kes",
        "The ministry",
        "rejected",
        "an attempt to frame the presence of NLA leaders in Vorland as a humanitarian issue",
        "rejects",
    )
    assert stances(record([said])) == {"humanitarian-issue": [("kes", "own", "denies")]}


def test_an_acknowledgement_and_a_habitual_denial_of_presence() -> None:
    """Presence is acknowledged as told by the other side and denied as told by the outlet, each as its own holding."""
    inner = told(
        "vor",
        "Tolsk's team",
        "acknowledged",
        "the presence of anti-Kestrian militants on its soil",
        "kes",
        "acknowledges",
    )
    officials = Said(
        "kes",
        "Officials",
        "said",
        "Tolsk's team had acknowledged the presence of anti-Kestrian militants on its soil",
        holds=(inner,),
    )
    usual = Said(
        "vor",
        "Vorland",
        "has traditionally denied",
        "Marenne's allegation of any militant presence",
        "denies",
        teller="third",
        manner=("traditionally",),
    )
    (found,) = frame(record([officials, usual]))
    assert found.wording == "Militants who act against Kestria are present on Vorlander soil"
    assert [h.stance for h in found.holdings] == ["acknowledges", "denies"]


def test_rejecting_a_demand_is_refusing_it_and_denies_nothing() -> None:
    """ "Kestria rejected the demand" refuses what was demanded before and denies no claim (denial rule 5)."""
    shelled = Said("vor", "Teves", "said", "Kestrian drones had flown over Tolsk and must stop")
    demand = Said("vor", "Teves", "said", "Kestria must withdraw its heavy weapons from the border")
    found = stances(record([shelled, demand, Said("kes", "Kestria", "rejected", "the demand", "rejects")]))
    assert found["withdrawal"] == [("vor", "own", "calls for"), ("kes", "own", "refuses")]
    assert all(stance != "denies" for held in found.values() for _, _, stance in held)


def test_an_act_within_its_own_denial_was_not_done() -> None:
    """The refusal inside "denied it refused" is no refusal of the party's own."""
    inner = Said("kes", "it", "refused", "an offer to deport militants", "refuses")
    said = Said("kes", "Kestria", "denied", "it refused an offer to deport militants", "denies", holds=(inner,))
    assert stances(record([said])) == {"offer-refused": [("kes", "own", "denies")]}


def test_a_claim_called_false_in_its_own_sentence_is_denied() -> None:
    """ "The allegations that our army opened fire are untrue" denies the fire, whoever raised it (stance rule 8)."""
    said = Said(
        "kes", "The ministry", "said", "the allegations of the other side that the Kestrian army opened fire are untrue"
    )
    assert stances(record([said]))["unprovoked-fire"] == [("kes", "own", "denies")]


def test_the_accusation_right_before_is_meant_even_if_unframed() -> None:
    """ "Denied the accusation" never lands on a claim older than an accusation that fits no frame (denial rule 3)."""
    state = record(
        [
            Said("vor", "Vorland", "said", "Kestria shelled a village"),
            Said("vor", "Vorland", "accused", "Kestria of stealing its apples", "accuses"),
            Said("kes", "Kestria", "denied", "the accusation", "denies"),
        ]
    )
    assert stances(state)["shelling"] == [("vor", "own", "asserts")]


def test_without_negates_only_up_to_its_comma() -> None:
    """What is done "without telling anybody, …" does not turn round what follows (match: negations)."""
    said = Said("kes", "Kestria", "said", "Vorland filled the dam without telling it, a step that breached the treaty")
    found = stances(record([said]))
    assert "denies" not in {stance for held in found.values() for _, _, stance in held}
