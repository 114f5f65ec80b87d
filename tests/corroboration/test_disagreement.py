"""What documents disagree on: channels, mediators, figures, dates, outcomes, names, wording."""

from __future__ import annotations

from corroboration.speeches import Said, record
from tasdiq.corroboration import disagreement, propositions
from tasdiq.model.chronicle import Session
from tasdiq.model.document import Passage
from tasdiq.model.proposition import Difference, Origin
from tasdiq.model.source import Actor, Designation
from tasdiq.model.state import State
from tasdiq.model.told import FigureTold, SessionTold, Telling
from tasdiq.model.when import When

CLAIM = "Kestria refused an offer to deport wanted persons"


def claims(*channels: str) -> State:
    """Build one document for each channel through which one spokesman makes one claim."""
    said = [Said("vor", "Teves", "said", CLAIM, speaker="person/orlan-teves", channel=channel) for channel in channels]
    state = record(*([one] for one in said))
    state.propositions = {p.id: p for p in propositions.frame(state)}
    return state


def telling(state: State, number: int, start: int = 0) -> Telling:
    """A passage of the document of that number."""
    return Telling(passage=Passage(document=list(state.documents)[number], start=start, end=start + 5), teller="third")


def test_one_claim_through_several_channels() -> None:
    """A spokesman's claim told with different channels is a disagreement with a passage behind each (rule 1)."""
    (found,) = disagreement.find(claims("Radio Tolsk", "a private channel", "Radio Tolsk"))
    assert found.aspect == "channel"
    assert [(value, len(passages)) for value, passages in found.values] == [
        ("Radio Tolsk", 2),
        ("a private channel", 1),
    ]


def test_one_channel_is_no_disagreement() -> None:
    """The same channel in every document disagrees about nothing."""
    assert disagreement.find(claims("Radio Tolsk", "Radio Tolsk")) == []


def test_lists_of_mediators_differ() -> None:
    """Documents that list different mediators of the talks are shown side by side (rule 2)."""
    state = claims("a", "a")
    for number, mediators in enumerate((("ilm", "ord"), ("ilm", "ord", "sar"))):
        told = SessionTold(id=f"t{number}", telling=telling(state, number), mediators=mediators)
        state.told[told.id] = told
    found = disagreement.find(state)
    assert {item.aspect for item in found} == {"mediators"}
    assert len(found[0].values) == 2


def test_a_document_does_not_disagree_with_itself() -> None:
    """Two lists in one document are no disagreement between outlets (rule 8)."""
    state = claims("a", "a")
    for number, mediators in enumerate((("ilm",), ("ilm", "sar"))):
        state.told[f"t{number}"] = SessionTold(id=f"t{number}", telling=telling(state, 0, number), mediators=mediators)
    assert disagreement.find(state) == []


def test_figures_with_different_bounds() -> None:
    """Two counts of the same losses are both kept (rule 3)."""
    state = claims("a", "a")
    for number, low in enumerate((14, 23)):
        state.told[f"t{number}"] = FigureTold(
            id=f"t{number}", telling=telling(state, number), subject="soldiers", measure="killed", side="kes", low=low,
            high=low, words=f"{low} soldiers",
        )  # fmt: skip
    (found,) = disagreement.find(state)
    assert (found.aspect, [value for value, _ in found.values]) == ("figure", ["14 soldiers", "23 soldiers"])


def test_dates_and_outcomes_of_one_session() -> None:
    """A session dated apart and ended differently by two documents disagrees on both (rules 4 and 5)."""
    state = claims("a", "a")
    for number, (day, outcome) in enumerate((("2031-04-01", "no progress"), ("2031-04-03", "agreement"))):
        state.told[f"t{number}"] = SessionTold(
            id=f"t{number}", telling=telling(state, number), place="ilmar", outcome=outcome,
            when=When(start=day, end=day, precision="day", text=day),
        )  # fmt: skip
    state.sessions["s"] = Session(id="s", place="ilmar", place_name="Ilmar", tellings=("t0", "t1"))
    assert [item.aspect for item in disagreement.find(state)] == ["date", "outcome"]


def test_overlapping_dates_agree() -> None:
    """A day within a month told elsewhere is not apart from it (rule 4)."""
    state = claims("a", "a")
    spans = (("2031-04-01", "2031-04-30"), ("2031-04-03", "2031-04-03"))
    for number, (start, end) in enumerate(spans):
        state.told[f"t{number}"] = SessionTold(
            id=f"t{number}", telling=telling(state, number), when=When(start=start, end=end)
        )
    state.sessions["s"] = Session(id="s", place="ilmar", place_name="Ilmar", tellings=("t0", "t1"))
    assert disagreement.find(state) == []


def test_spellings_and_wordings() -> None:
    """A group's names and a copied statement's differing words are listed with their passages (rules 6 and 7)."""
    state = claims("a", "a")
    first, second = telling(state, 0).passage, telling(state, 1).passage
    state.actors["group/nla"] = Actor(
        id="group/nla", name="Northern Liberation Army", kind="armed-group",
        designations=(Designation(text="Hill Bandits", passages=(first,)), Designation(text="NLA", passages=(second,))),
    )  # fmt: skip
    state.origins["o"] = Origin(
        id="o", label="Statement of the ministry", statements=(), documents=(),
        differences=(Difference(passages=(first, second), words=("at once proposed", "immediately suggested")),),
    )  # fmt: skip
    assert [item.aspect for item in disagreement.find(state)] == ["name", "wording"]
