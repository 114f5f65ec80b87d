"""Incidents told in texts become reports and group with table rows (rules of `corroboration.reports.told`)."""

from __future__ import annotations

from tasdiq.corroboration.group import group
from tasdiq.corroboration.reports import from_told
from tasdiq.model.charter import Charter
from tasdiq.model.document import Document, Passage
from tasdiq.model.incident import IncidentReport
from tasdiq.model.state import State
from tasdiq.model.told import IncidentTold, Telling
from tasdiq.model.when import When

DAY = When(start="2031-05-04", end="2031-05-04", precision="day")
HAMLET = {"place_name": "Odrin", "lat_e7": 401_234_500, "lon_e7": 601_234_500, "place_precision_km": 5}


def told(number: int, document: str, speaker: str | None = None, **more: object) -> IncidentTold:
    """A clash told in one document, in somebody's speech or in narration."""
    telling = Telling(
        passage=Passage(document=document, start=number, end=number + 9), teller="own", speaker=speaker, outlet="North"
    )
    fields = {"id": f"{document}.t{number}", "telling": telling, "type": "ground/clash", "when": DAY} | HAMLET | more
    return IncidentTold(**fields)  # type: ignore[arg-type]


def state_of(*incidents: IncidentTold) -> State:
    """A state that holds these tellings and their documents."""
    state = State(charter=Charter(title="t", form="desk"))
    for one in incidents:
        ident = one.telling.passage.document
        published = When(start="2031-05-05", end="2031-05-05", precision="day")
        state.documents[ident] = Document(
            id=ident,
            file=ident,
            sha256="",
            text_sha256="",
            kind="article",
            start=0,
            end=99,
            paragraphs=(),
            published=published,
        )
        state.told[one.id] = one
    return state


def test_a_day_is_its_noon_with_half_a_day_of_precision() -> None:
    """Times become the middle of what the text allows, coordinates and figures stay, the passage stands for the words."""
    (report,) = from_told(state_of(told(1, "d0", killed_low=3, killed_high=5)))
    assert (report.time, report.time_precision_min) == ("2031-05-04T12:00:00Z", 720)
    assert (report.killed_min, report.killed_max, report.lat_e7, report.place_precision_m) == (3, 5, 401_234_500, 5000)
    assert report.reported_at == "2031-05-05T00:00:00Z" and report.passage is not None and report.text == ""


def test_two_sides_figures_in_one_article_are_two_reports() -> None:
    """Each speaker through a document is a source of its own; what one source tells twice is one report (rules 1 and 2)."""
    reports = from_told(
        state_of(
            told(1, "d0", "kes/army"),
            told(20, "d0", "kes/army", killed_low=4),
            told(40, "d0", "vor/army", killed_low=9),
        )
    )
    assert [(report.source_id, report.cites, report.killed_min) for report in reports] == [
        ("d0/kes/army", "kes/army", 4), ("d0/vor/army", "vor/army", 9),
    ]  # fmt: skip


def test_no_time_told_means_no_time_and_no_match() -> None:
    """An event without a date is kept, alone (rule 3)."""
    reports = from_told(state_of(told(1, "d0", when=None), told(1, "d1")))
    assert reports[0].time == "" and len(group(reports)) == 2


def test_documents_and_table_rows_group_together() -> None:
    """Two articles and a table row on one clash are one incident; one gazetteer point in both articles ties no origin."""
    row = IncidentReport(
        report_id="row", source_id="table", time="2031-05-04T12:00:00Z", time_precision_min=720, lat_e7=401_200_000,
        lon_e7=601_200_000, place_precision_m=5000, type="ground/clash", reported_at="2031-05-09T00:00:00Z",
    )  # fmt: skip
    (incident,) = group([*from_told(state_of(told(1, "d0"), told(1, "d1"))), row])
    assert set(incident.reports) == {"d0.t1", "d1.t1", "row"}
    assert len(incident.origins) == 3 and incident.origins_min <= 3 <= incident.origins_max


def test_tellings_by_one_speaker_in_two_documents_may_be_one_origin() -> None:
    """Both cite one speaker: the lower bound is one."""
    (incident,) = group(from_told(state_of(told(1, "d0", "kes/army"), told(1, "d1", "kes/army"))))
    assert (incident.origins_min, incident.origins_max >= 1) == (1, True)
