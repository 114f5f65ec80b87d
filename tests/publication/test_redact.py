"""What may be published: embargo, coarsening, licences, private persons, and the count of what was left out (R1 to R7)."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import msgspec

import world
from tasdiq.model.charter import PublicationRules
from tasdiq.model.state import State
from tasdiq.publication.redact import make_public
from tasdiq.publication.sitedata import build
from tasdiq.publication.view import View


def _with_rules(**rules: object) -> State:
    state = world.state()
    wanted = PublicationRules(**{**msgspec.structs.asdict(state.charter.publication), **rules})
    return dataclasses.replace(state, charter=msgspec.structs.replace(state.charter, publication=wanted))


def test_reports_inside_the_embargo_are_left_out_and_counted() -> None:
    """A report from 26 hours ago is not published under 72 hours of embargo (R1), and the list says so."""
    public = make_public(world.state(), world.CLOCK)
    assert "t-004" not in public.state.reports
    assert "t-004" not in public.state.incidents
    assert public.withheld.counts["R1", "incident reports still under embargo"] == 1


def test_the_embargo_ends() -> None:
    """The same report is published once the embargo is over."""
    assert "t-004" in make_public(world.state(), world.CLOCK + timedelta(hours=72)).state.reports


def test_coordinates_are_coarsened_to_the_district() -> None:
    """No published coordinate is the reported one; precision says how coarse it is (R2)."""
    reported, published = world.state().reports["t-001"], make_public(world.state(), world.CLOCK).state.reports["t-001"]
    assert (published.lat_e7, published.lon_e7) == (451_000_000, 213_000_000)
    assert published.lat_e7 != reported.lat_e7
    assert published.place_precision_m == 15_000
    assert published.place == "Salova"


def test_coarsening_to_the_province_drops_the_district() -> None:
    """At province level neither district nor place is published (R2)."""
    report = make_public(_with_rules(coarsen="province"), world.CLOCK).state.reports["t-001"]
    assert (report.place, report.admin2) == ("Lower Kest", "")


def test_a_charter_may_ask_for_no_coarsening() -> None:
    """With `none`, reports are published as they came."""
    assert (
        make_public(_with_rules(coarsen="none"), world.CLOCK).state.reports["t-001"] == world.state().reports["t-001"]
    )


def test_places_that_access_was_asked_to_are_withheld() -> None:
    """Whatever was answered (R2): who is asked and every answer stand, and no place or person."""
    public = make_public(world.state(), world.CLOCK)
    asked = [request for case in public.state.cases.values() for request in case.access]
    assert {request.place for request in asked} == {"withheld: known to those who have to act"}
    assert {request.answer for request in asked} >= {"denied"}
    assert public.withheld.counts["R2", "places that access was asked to"] == len(asked)


def test_rows_whose_licence_forbids_it_are_left_out() -> None:
    """A closed row leaves its incident, which keeps the others (R5)."""
    public = make_public(world.state(), world.CLOCK)
    assert "t-002" not in public.state.reports
    assert public.state.incidents["t-001"].reports == ("t-001", world.SHELLING)
    assert public.withheld.counts["R5", "incident reports whose licence forbids passing them on"] == 1


def test_private_persons_appear_nowhere_by_name() -> None:
    """Neither the name nor an id made from it stands anywhere in the site's data (R4); office holders keep theirs."""
    data = build(View(make_public(world.state(), world.CLOCK)))
    text = str(data)
    assert "haldon" not in text.casefold()
    assert "[Person 1], a farmer from Salova" in text
    assert "Orlan Teves" in text


def test_bylines_are_left_out() -> None:
    """The author of a report is not published (R4)."""
    assert all(d.author is None for d in make_public(world.state(), world.CLOCK).state.documents.values())


def test_small_counts_of_submissions_become_ranges() -> None:
    """A form's count below three is given as "0 to 2"; a count its source has published is kept (R6)."""
    state = world.state()
    form = msgspec.structs.replace(state.reports["t-003"], source_kind="form")
    state.reports["t-003"] = form
    public = make_public(state, world.CLOCK)
    assert (public.state.reports["t-003"].killed_min, public.state.reports["t-003"].killed_max) == (0, 2)
    assert make_public(world.state(), world.CLOCK).state.reports["t-003"].killed_max == 2


def test_no_text_of_a_document_is_left_in_the_public_state() -> None:
    """After redaction words come from `Shown` alone."""
    assert make_public(world.state(), world.CLOCK).state.texts == {}


def test_withheld_texts_leave_their_statements_without_words() -> None:
    """A document whose text is withheld keeps its statements, shown as gaps."""
    state = world.state()
    state.texts = {}
    data = build(View(make_public(state, world.CLOCK)))
    assert {s["passage"]["text"] for s in data["statements"]} == {"[…]"}


def _sealed(access: str, kind: str) -> State:
    """Build the joint record with all entries of a kind under another access."""
    state = world.state()
    state.entries = [dataclasses.replace(e, access=access) if e.kind == kind else e for e in state.entries]
    return state


def test_what_is_for_named_recipients_is_dropped() -> None:
    """Cases held for named members are not published, and the list says how many (R8)."""
    public = make_public(_sealed("named", "CaseOpened"), world.CLOCK)
    assert public.state.cases == {}
    assert public.withheld.counts["R8", "items for named recipients"] == 2


def test_statements_of_a_document_for_named_recipients_go_with_it() -> None:
    """Nothing said in a named document is left, and the site still builds (R8)."""
    data = build(View(make_public(_sealed("named", "DocumentReceived"), world.CLOCK)))
    assert data["documents"] == data["statements"] == data["figures"] == []


def test_sealed_entries_show_no_kind_and_no_hour() -> None:
    """Of an entry that is not public, the list shows what its header shows anyone (R8)."""
    data = build(View(make_public(_sealed("joint", "ReportsProposed"), world.CLOCK)))
    lines = [e for e in data["entries"] if e["access"] == "joint"]
    assert {(e["kind"], e["member"], e["summary"], len(e["claimed_time"])) for e in lines} == {("sealed", "", "", 10)}
    assert {i["provenance"]["kind"] for i in data["figures"]} == {"sealed"}
