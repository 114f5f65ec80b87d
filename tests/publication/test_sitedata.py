"""The site's data: what each item opens, whose voice fills a cell, silences, bounds, figures; neutrality."""

from __future__ import annotations

import json
from typing import Any

import pytest

import world
from tasdiq.publication.names import rotate, slug
from tasdiq.publication.pages import cells
from tasdiq.publication.redact import make_public
from tasdiq.publication.sitedata import build
from tasdiq.publication.view import View


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    """The data of the joint record."""
    return build(
        View(make_public(world.state(), world.CLOCK), {"p-persons-nationals": "bundle/p-persons-nationals.tasdiq.json"})
    )


def _find(data: dict[str, Any], group: str, ident: str) -> dict[str, Any]:
    return next(item for item in data[group] if item["id"] == ident)


def test_data_is_json_and_the_same_each_time(data: dict[str, Any]) -> None:
    """Two builds of one state at one time are equal and are plain JSON without floats."""
    again = build(
        View(make_public(world.state(), world.CLOCK), {"p-persons-nationals": "bundle/p-persons-nationals.tasdiq.json"})
    )
    assert json.dumps(again, sort_keys=True) == json.dumps(data, sort_keys=True)
    json.loads(json.dumps(data), parse_float=lambda text: pytest.fail(f"a float: {text}"))


def test_every_statement_opens_its_passage_and_entry(data: dict[str, Any]) -> None:
    """Each statement names file, offsets, page and the row it came from."""
    for statement in data["statements"]:
        assert statement["passage"]["start"] < statement["passage"]["end"]
        assert statement["passage"]["page"].startswith("d/")
        assert statement["provenance"]["id"].count("/") == 1


def test_shown_words_are_the_document_s_own(data: dict[str, Any]) -> None:
    """A complete passage equals the text at its offsets, code point for code point."""
    state = world.state()
    complete = [span for s in data["statements"] for span in s["content"] if span["complete"]]
    assert complete
    for statement in data["statements"]:
        text = state.texts[state.documents[statement["document"]].text_sha256]
        for span in statement["content"]:
            if span["complete"]:
                assert text[span["start"] : span["end"]] == span["text"]


def test_hearsay_never_fills_a_cell(data: dict[str, Any]) -> None:
    """Vorland's cell on nationality is empty; what Kestria tells of it stands beside."""
    item = _find(data, "propositions", "p-persons-nationals")
    assert item["positions"]["own"] == []
    assert item["positions"]["silent"] == ["kes", "vor"]
    assert item["positions"]["beside"][0]["label"] == "asserts, as told by Kestria"


def test_origins_carry_bounds_channels_and_differences(data: dict[str, Any]) -> None:
    """One ministry statement in two papers is one origin with its word differences; the spokesman's is one to three."""
    ministry, spokesman = _find(data, "origins", "o-ministry"), _find(data, "origins", "o-spokesman")
    assert (ministry["lowest"], ministry["highest"], len(ministry["documents"])) == (1, 1, 2)
    assert ministry["differences"][0]["words"] == ["at once proposed", "immediately suggested"]
    assert (spokesman["lowest"], spokesman["highest"]) == (1, 3)
    assert spokesman["channels"] == ["Radio Tolsk", "a private channel", "a post"]


def test_a_point_counts_each_party_s_own_origin(data: dict[str, Any]) -> None:
    """The refused offer rests on the spokesman's one to three origins and on the ministry's denial."""
    bounds = _find(data, "propositions", "p-persons-offer-refused")["origins"]
    assert (bounds["lowest"], bounds["highest"]) == (2, 4)


def test_figures_say_who_gives_none(data: dict[str, Any]) -> None:
    """Each figure has its teller and names the parties without a figure of their own."""
    figure = data["figures"][0]
    assert figure["telling"]["teller_words"] == "own voice of Kestria (Ana Brel)"
    assert figure["no_figure_words"] == ["no Vorland figure in this record"]
    assert data["figures"][1]["range"] == "31 or more"


def test_an_incident_keeps_every_figure_and_stays_alleged(data: dict[str, Any]) -> None:
    """The range runs over what each report tells; without a signed finding it is an allegation."""
    incident = _find(data, "incidents", "t-001")
    assert incident["killed"]["words"] == "9–16"
    assert incident["allegation"] is True
    assert [r["killed"]["words"] for r in incident["reports"]] == ["9–16", "14"]


def test_proofs_are_linked_where_there_are_any(data: dict[str, Any]) -> None:
    """An item with a bundle names its path; others name none."""
    assert _find(data, "propositions", "p-persons-nationals")["proof"] == "bundle/p-persons-nationals.tasdiq.json"
    assert _find(data, "propositions", "p-violence-orm")["proof"] is None


def test_a_dissent_stands_with_its_finding(data: dict[str, Any]) -> None:
    """The dissenting member's text and the members who did not mark are in the data."""
    parts = {p["name"]: p for p in _find(data, "cases", "case-1")["findings"][0]["parts"]}
    assert any(
        m["mark"] == "dissents" and "angle of the craters" in m["text"] for m in parts["responsibility"]["marks"]
    )
    assert parts["breach"]["missing"] == ["Kestria", "Vorland"]


def test_desk_records_say_that_nobody_signed() -> None:
    """The standing line of a desk record names the compiler and that no party has signed."""
    line = build(View(make_public(world.desk(), world.CLOCK)))["record"]["standing"]
    assert line == "Compiled by The Editors; no party has signed; proposed by machine unless confirmed."


def test_the_order_of_parties_rotates(data: dict[str, Any]) -> None:
    """Each party comes first in some table, and the order depends on no name."""
    firsts = {rotate(["kes", "vor"], "positions", n)[0] for n in range(4)}
    assert firsts == {"kes", "vor"}
    mirrored = [rotate(["vor", "kes"], "positions", n) for n in range(4)]
    assert [[{"kes": "vor", "vor": "kes"}[p] for p in order] for order in mirrored] == [
        rotate(["kes", "vor"], "positions", n) for n in range(4)
    ]
    assert [c["party"] for c in cells(data, ["vor", "kes"], data["propositions"][0])] == ["vor", "kes"]


def test_file_names_are_safe_and_distinct() -> None:
    """An id with a path in it becomes a plain name, and two such ids stay apart."""
    assert slug("p-a-b") == "p-a-b"
    assert "/" not in slug("../../etc/passwd")
    assert slug("a/b") != slug("a-b")
    assert slug("a/b") != slug("a:b")
