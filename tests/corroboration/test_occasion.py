"""What an armed group did is one proposition for each place and day. Tests are named for the rules of `occasion`."""

from __future__ import annotations

from corroboration.speeches import Said, record
from tasdiq.corroboration.propositions import frame
from tasdiq.model.document import Passage
from tasdiq.model.state import State
from tasdiq.model.told import IncidentTold, Telling
from tasdiq.model.when import When

ORM = Said("kes", "Kestria", "said", "the NLA attacked a post at Orm")
BRENK = Said("kes", "Kestria", "said", "the NLA attacked a post at Brenk")
NOT_BRENK = Said("vor", "Vorland", "said", "the NLA had not attacked any post at Brenk")
SOMEWHERE = Said("vor", "Vorland", "said", "the NLA attacked nobody")
BARE = Said("kes", "Kestria", "said", "the NLA attacked a post")


def points(state: State, days: dict[str, str] | None = None, km: int = 5) -> dict[str, list[tuple[str | None, str]]]:
    """Return wordings of attacks by the group -> who holds which stance; places are told as the texts name them."""
    state.told = {}
    for number, said in enumerate(state.statements.values()):
        words = state.words(Passage(document=said.document, start=said.content[0].start, end=said.content[0].end))
        place = next((name for name in ("Orm", "Brenk") if name in words), "")
        day = (days or {}).get(str(number), "")
        passage = Passage(document=said.document, start=said.content[0].start, end=said.content[0].end)
        if place or day:
            ident = f"{said.document}.t{number}"
            state.told[ident] = IncidentTold(
                id=ident, telling=Telling(passage=passage, teller="own"), type="ground/attack", place_name=place,
                place_precision_km=km, when=When(start=day, end=day, precision="day") if day else None,
            )  # fmt: skip
    found = [p for p in frame(state) if p.frame == "group-attacked"]
    return {p.wording: [(state.statements[h.statement].party, h.stance) for h in p.holdings] for p in found}


GROUP = "Northern Liberation Army carried out attacks"


def test_rule_1_a_claim_of_one_attack_and_a_denial_of_another_stand_apart() -> None:
    """By the places that their own words name, known closely enough; else they stay together."""
    found = points(record([ORM], [NOT_BRENK]))
    assert found == {f"{GROUP} at Orm": [("kes", "asserts")], f"{GROUP} at Brenk": [("vor", "denies")]}
    assert points(record([ORM], [NOT_BRENK]), km=80) == {GROUP: [("kes", "asserts"), ("vor", "denies")]}
    together = points(record([BRENK], [NOT_BRENK]))
    assert together == {f"{GROUP} at Brenk": [("kes", "asserts"), ("vor", "denies")]}


def test_rule_1_days_that_follow_on_each_other_are_one_occasion() -> None:
    """A night is told by two dates; a week apart are two attacks."""
    near = points(record([BARE], [SOMEWHERE]), {"0": "2031-04-03", "1": "2031-04-04"})
    assert near == {f"{GROUP} on 3 April 2031": [("kes", "asserts"), ("vor", "denies")]}
    far = points(record([BARE], [SOMEWHERE]), {"0": "2031-04-03", "1": "2031-04-10"})
    assert list(far.values()) == [[("kes", "asserts")], [("vor", "denies")]]


def test_rule_2_a_denial_that_answers_a_claim_goes_with_it() -> None:
    """Whatever else the document tells of."""
    answer = Said("vor", "Vorland", "denied", "the claim", "denies")
    claim = Said("kes", "Kestria", "said", "the NLA attacked a post at Brenk", beside=(answer,),
                 sentence="{source} {cue} {content}, and Vorland denied the claim.")  # fmt: skip
    found = points(record([ORM, claim]))
    assert found[f"{GROUP} at Orm"] == [("kes", "asserts")]
    assert ("vor", "denies") in found[f"{GROUP} at Brenk"]


def test_rule_3_what_names_nothing_is_about_the_one_its_document_names() -> None:
    """Where it names two, it stays with what is said of all attacks."""
    assert points(record([BRENK, SOMEWHERE], [ORM]))[f"{GROUP} at Brenk"] == [("kes", "asserts"), ("vor", "denies")]
    assert points(record([BRENK, ORM, SOMEWHERE]))[GROUP] == [("vor", "denies")]


def test_rule_4_the_general_joins_the_only_one_there_is() -> None:
    """As everywhere: an empty slot joins the only fuller proposition of its frame."""
    assert points(record([BRENK], [SOMEWHERE])) == {f"{GROUP} at Brenk": [("kes", "asserts"), ("vor", "denies")]}


def test_statements_carry_the_places_and_days_they_name() -> None:
    """For whoever splits a point: later ones can follow by them."""
    state = record([ORM])
    points(state, {"0": "2031-04-03"})
    (item,) = [p for p in frame(state) if p.frame == "group-attacked"]
    assert item.holdings[0].names == ("day:2031-04-03", "place:Orm")
