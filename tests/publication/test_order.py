"""Order and names on the pages: topics by meaning, quoted titles, documents, crossings, sessions, wordings."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

import world
from tasdiq.model.state import State
from tasdiq.publication import answers, compare
from tasdiq.publication.names import short, shorten
from tasdiq.publication.panels import draw_panels
from tasdiq.publication.redact import make_public
from tasdiq.publication.rounds import whole
from tasdiq.publication.sitedata import build
from tasdiq.publication.view import View


def _data(state: State | None = None) -> dict[str, Any]:
    return build(View(make_public(state or world.state(), world.CLOCK)))


def test_topics_stand_by_meaning_with_the_mechanism_first() -> None:
    """The mechanism's own existence comes first; within a topic what is contested comes before what is not."""
    items = _data()["propositions"]
    assert list(dict.fromkeys(p["topic"] for p in items)) == [
        "mechanism", "ceasefire", "agreement", "persons", "armed groups", "violence",
    ]  # fmt: skip
    assert [p["standing"] for p in items if p["topic"] == "persons"] == ["contested", "one-sided", "unattributed"]


def test_a_point_without_wording_is_called_by_its_first_statement() -> None:
    """The row shows the quoted words with their teller, and stands in the last topic."""
    state = world.state()
    item = state.propositions["p-agreement-guarantees"]
    state.propositions[item.id] = msgspec.structs.replace(item, frame="", wording="Claim", topic="other statements")
    found = _data(state)["propositions"][-1]
    assert found["id"] == item.id
    assert found["quoted"]["teller"] == "Foreign Office of Kestria, through Meridian Wire"
    assert found["wording"].startswith("“Vorland refused to give written guarantees")


def test_documents_are_called_by_outlet_and_date_or_by_their_words() -> None:
    """A document without outlet goes by its title and file, never by a bare file name."""
    state = world.state()
    named = next(d for d in state.documents.values() if d.outlet == "outlet/meridian-wire")
    assert next(d["called"] for d in _data(state)["documents"] if d["id"] == named.id) == "Meridian Wire, 5 April 2031"
    state.documents[named.id] = msgspec.structs.replace(named, outlet=None, title="")
    called = next(d["called"] for d in _data(state)["documents"] if d["id"] == named.id)
    assert called == "“No written text after second round” (002-meridian-wire)"


@pytest.mark.parametrize(
    ("file", "name"),
    [("002_e37b719341fbba71.txt", "002"), ("e37b719341fbba71.txt", "e37b71…"), ("a/post.html", "post")],
)
def test_file_names_lose_what_only_machines_read(file: str, name: str) -> None:
    """A hash in a file's name is left out, or cut where there is nothing else."""
    assert short(file) == name


def test_words_are_shortened_at_a_word() -> None:
    """A long title ends at a word with a mark."""
    assert shorten("One long title that goes on and on for ever", 20) == "One long title that…"


def test_a_crossing_is_called_by_all_names_documents_use() -> None:
    """Two ends told by two documents are one name, and the first page says the latest dated state alone."""
    state = world.state()
    state.charter = msgspec.structs.replace(state.charter, crossings=())
    gates = {c["id"]: c for c in _data(state)["crossings"]}
    assert (gates["brenk"]["name"], gates["brenk"]["names_used"]) == ("Brenk / Salova", ["Brenk", "Brenk / Salova"])
    brenk = next(c for c in _data()["crossings"] if c["id"] == "brenk")
    assert answers.last(brenk, date(2031, 4, 7)) == ["closed to trade, since 4 March 2031"]


def test_a_closure_of_long_ago_is_not_said_as_the_state() -> None:
    """Where only an old state is told, the answer says since when nothing is told."""
    brenk = next(c for c in _data()["crossings"] if c["id"] == "brenk")
    old = {**brenk, "intervals": [i for i in brenk["intervals"] if i["id"] == "c-brenk-0"]}
    assert answers.last(old, date(2031, 4, 7)) == ["nothing told since 6 September 2019"]


def test_a_session_told_as_coming_and_as_held_shows_both() -> None:
    """Each telling keeps whether it looked ahead."""
    state = world.state()
    told = next(t for t in state.told.values() if getattr(t, "scheduled", False))
    held = msgspec.structs.replace(told, id=f"{told.id}0", scheduled=False)
    state.told[held.id] = held
    state.sessions["ses-3"] = msgspec.structs.replace(
        state.sessions["ses-3"], tellings=(told.id, held.id), scheduled=False
    )
    found = next(s for s in _data(state)["sessions"] if s["id"] == "ses-3")
    assert found["told_as_coming"] == found["told_as_held"] == ["Harbour Times"]


def test_outcomes_that_were_cut_say_so() -> None:
    """Quotation marks are closed; a long text without a stop is marked as cut."""
    assert whole("ended because of “no result") == "ended because of “no result”"
    assert whole("word " * 30).endswith("word […]")


def test_many_incidents_are_drawn_by_period() -> None:
    """Twelve incidents in two months make two small maps; few make none."""
    incident = next(i for i in _data()["incidents"] if i["lat_e7"] is not None)
    many = [{**incident, "id": str(n), "time": f"2031-0{1 + n % 2}-01T00:00:00Z"} for n in range(12)]
    drawn = str(draw_panels(many))
    assert "January 2031: 6" in drawn
    assert "February 2031: 6" in drawn
    assert draw_panels(many[:3]) is None


def test_measures_of_one_passage_and_wordings_of_one_statement_are_blocks() -> None:
    """Differences are laid by document, a column each."""
    data = _data()
    assert sum(len(b["items"]) for b in compare.measures(data)) == len(data["measures"])
    first = data["disagreements"][0]
    wording = {**first, "aspect": "wording", "subject": "Wording of: a post"}
    block = compare.wordings({"disagreements": [wording, {**wording, "id": "y"}]})[0]
    assert (block["subject"], len(block["documents"]), len(block["rows"])) == ("a post", 2, 2)
