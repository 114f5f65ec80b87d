"""Kinds of proposition one by one: truces of one side, water, aid, prisoners, air space, armed groups; each with its denial."""

from __future__ import annotations

from corroboration.speeches import Said, narrated, record
from corroboration.test_propositions import stances
from tasdiq.corroboration.propositions import frame


def test_a_truce_of_one_side_is_no_agreement() -> None:
    """ "Kestria declared a truce" is its own declaration; the parties agreed on nothing."""
    declared = Said("kes", "Kestria", "declared", "a three-day truce")
    denied = Said("vor", "Vorland", "denied", "that Kestria had declared a truce", "denies")
    expected = [("kes", "own", "asserts"), ("vor", "own", "denies")]
    assert stances(record([declared, denied])) == {"ceasefire-declared": expected}


def against(party: str, cue: str, content: str, act: str = "asserts") -> Said:
    """A plain statement of a party."""
    return Said(party, {"kes": "Kestria", "vor": "Vorland"}[party], cue, content, act)


def test_water_and_dams() -> None:
    """Water let loose, water held back: each side's account, denials and negations on the opposite side."""
    found = stances(
        record(
            [
                against("kes", "accused", "Vorland of releasing water from the upper dam without warning", "accuses"),
                against("vor", "denied", "that it had released water from any dam", "denies"),
                against("kes", "said", "Vorland had closed the gates of the upper dam and cut the flow of the river"),
                against("vor", "said", "it had not cut the flow of the river"),
                against("vor", "accused", "Kestria of shelling the dam", "accuses"),
            ]
        )
    )
    assert found["water-released"] == [("kes", "own", "asserts"), ("vor", "own", "denies")]
    assert found["water-cut"] == [("kes", "own", "asserts"), ("vor", "own", "denies")]
    assert found["dam-attacked"] == [("vor", "own", "asserts")]
    assert "crossing-closed" not in found


def test_aid_hindered_and_delivered() -> None:
    """Aid held up is not aid delivered; who denies hindering it speaks of itself."""
    found = stances(
        record(
            [
                against("kes", "said", "Vorland was turning back relief convoys"),
                against("vor", "denied", "hindering humanitarian aid", "denies"),
                against("vor", "said", "it had delivered 20 trucks of humanitarian supplies"),
                against("kes", "denied", "that Vorland had delivered relief supplies", "denies"),
                against("kes", "accused", "Vorland of looting relief supplies", "accuses"),
            ]
        )
    )
    assert found["aid-blocked"] == [("kes", "own", "asserts"), ("vor", "own", "denies")]
    assert found["aid-delivered"] == [("vor", "own", "asserts"), ("kes", "own", "denies")]
    assert found["aid-attacked"] == [("kes", "own", "asserts")]


def test_prisoners_exchanged_and_mistreated() -> None:
    """An exchange that took place is a fact; one that is agreed or demanded stays an aim."""
    found = stances(
        record(
            [
                against("kes", "said", "the two sides had exchanged 40 prisoners"),
                against("vor", "denied", "that prisoners had been exchanged", "denies"),
                against("vor", "demanded", "that prisoners be exchanged", "demands"),
                against("kes", "accused", "Vorland of torturing detainees", "accuses"),
                against("vor", "denied", "mistreating prisoners", "denies"),
            ]
        )
    )
    assert found["prisoners-exchanged"] == [("kes", "own", "asserts"), ("vor", "own", "denies")]
    assert found["prisoners-mistreated"] == [("kes", "own", "asserts"), ("vor", "own", "denies")]
    assert found["prisoners-exchange"] == [("vor", "own", "calls for")]


def test_airspace() -> None:
    """Whoever's aircraft enter, one proposition names whose airspace it is."""
    (airspace,) = frame(
        record(
            [
                against("vor", "said", "Kestrian jets had violated Vorlander airspace"),
                against("vor", "accused", "Kestria of airspace violations", "accuses"),
                against("kes", "denied", "that its aircraft had entered Vorlander airspace", "denies"),
            ]
        )
    )
    assert airspace.wording == "Kestria violated the airspace of Vorland"
    assert [holding.stance for holding in airspace.holdings] == ["asserts", "asserts", "denies"]


def test_armed_groups_do_things_themselves() -> None:
    """A group's claim, its denial, a party's accusation and its denial bear on what the group did, named by the group."""
    spoken = {"speaker": "group/nla", "teller": "third"}
    (attacked,) = frame(
        record(
            [
                Said(None, "The NLA", "claimed responsibility for", "the raid", "claims-responsibility", **spoken),  # type: ignore[arg-type]
                Said(None, "The NLA", "denied", "that it had attacked the post", "denies", **spoken),  # type: ignore[arg-type]
                against("kes", "blamed", "the NLA for the bombing", "accuses"),
                against("vor", "said", "the NLA was not behind the attack"),
                narrated("NLA fighters attacked a police post"),
            ]
        )
    )
    assert (attacked.frame, attacked.slots) == ("group-attacked", (("g", "group/nla"),))
    assert attacked.wording == "Northern Liberation Army carried out attacks"
    assert [h.stance for h in attacked.holdings] == ["asserts", "denies", "asserts", "denies", "asserts"]


def test_fighters_of_a_group_are_nobodys_soldiers() -> None:
    """Who kills fighters of a group has killed none of the other party; sanctuary of a group is its presence."""
    found = stances(
        record(
            [
                against("kes", "said", "its troops had killed 12 NLA fighters"),
                against("vor", "denied", "that Kestria had attacked the NLA", "denies"),
                against("kes", "said", "the NLA had found sanctuary in Vorland"),
            ]
        )
    )
    assert found == {
        "group-fought": [("kes", "own", "asserts"), ("vor", "own", "denies")],
        "presence": [("kes", "own", "asserts")],
    }


def test_a_group_that_is_attacked_has_attacked_nobody() -> None:
    """Objects and passives are not the group's deeds: an attack repelled, an attack by the army, a group attacked."""
    found = stances(
        record(
            [
                Said(None, "The NLA", "said", "the NLA had repelled an attack", speaker="group/nla", teller="third"),
                narrated("The NLA was attacked near the river"),
                narrated("Kestria repelled an attack by the NLA"),
            ]
        )
    )
    assert "group-fought" not in found
    assert found.get("group-attacked") == [(None, "third", "asserts")]
