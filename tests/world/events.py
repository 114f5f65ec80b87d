"""What happened in the small ceasefire: tellings, incident reports and incidents, sessions, crossings, the truce."""

from __future__ import annotations

from tasdiq.model.chronicle import CeasefirePoint, CrossingInterval, Session
from tasdiq.model.document import Document
from tasdiq.model.incident import Incident, IncidentReport
from tasdiq.model.told import (
    AgreementTold,
    AnyTold,
    CeasefireTold,
    CrossingTold,
    FigureTold,
    IncidentTold,
    MeasureTold,
    SessionTold,
    Telling,
)
from tasdiq.model.when import When

from . import speech as s
from .texts import CAPTION, EXPLAINER, HARBOUR, POST_A, WIRE, passage

METHOD = "world/events 1"


def _when(day: str, end: str = "") -> When:
    return When(start=day, end=end or day, precision="day", text=day)


def _telling(document: Document, words: str, statement: str | None = None) -> Telling:
    said = s.STATEMENTS.get(statement or "")
    return Telling(
        passage=passage(document, words), teller=said.teller if said else "third", statement=statement,
        speaker=said.speaker if said else None, party=said.party if said else None, outlet=document.outlet or "",
    )  # fmt: skip


FIGURE_14 = FigureTold(
    id=f"{POST_A.id}.t1", telling=_telling(POST_A, "14 soldiers were killed", s.SHELLED), subject="soldiers of Kestria",
    measure="killed", side="kes", low=14, high=14, words="14 soldiers", place="salova", caused_by="vor",
    when=_when("2031-03-04"), method=METHOD,
)  # fmt: skip
FIGURE_30 = FigureTold(
    id=f"{HARBOUR.id}.t1", telling=_telling(HARBOUR, "More than 30 Vorland fighters", s.DEATHS), subject="fighters of Vorland",
    measure="killed", side="vor", low=31, words="more than 30", method=METHOD,
)  # fmt: skip
SHELLING = IncidentTold(
    id=f"{POST_A.id}.t2", telling=_telling(POST_A, "shelled three posts near Salova", s.SHELLED), type="ground/shelling",
    place="salova", place_name="Salova", admin1="Lower Kest", lat_e7=451_200_000, lon_e7=213_400_000,
    place_precision_km=10, actor_a="vor", killed_low=14, killed_high=14, when=_when("2031-03-04"), method=METHOD,
)  # fmt: skip
CLOSED = CrossingTold(
    id=f"{HARBOUR.id}.t2", telling=_telling(HARBOUR, "The Brenk crossing has been closed to trade"), crossing="brenk",
    name="Brenk", state="closed", traffic=("trade",), when=When(start="2031-03-04", precision="day", text="since 4 March"),
    method=METHOD,
)  # fmt: skip
OPENED = CrossingTold(
    id=f"{HARBOUR.id}.t3", telling=_telling(HARBOUR, "let through at the High Pass"), crossing="high-pass", name="High Pass",
    state="partly open", traffic=("people on foot",), when=_when("2031-03-20"), method=METHOD,
)  # fmt: skip
OLD_CAPTION = CrossingTold(
    id=f"{CAPTION.id}.t1", telling=_telling(CAPTION, "closed gates of the Brenk crossing"), crossing="brenk", name="Brenk",
    state="closed", when=_when("2019-09-06"), method=METHOD,
)  # fmt: skip
HOLDING = CeasefireTold(
    id=f"{HARBOUR.id}.t4", telling=_telling(HARBOUR, "is holding"), event="holding", when=_when("2031-04-03"), method=METHOD,
)  # fmt: skip
EXTENDED = CeasefireTold(
    id=f"{HARBOUR.id}.t5", telling=_telling(HARBOUR, "extended on 28 March"), event="extended", when=_when("2031-03-28"),
    method=METHOD,
)  # fmt: skip
ENDED = CeasefireTold(
    id=f"{EXPLAINER.id}.t1", telling=_telling(EXPLAINER, "the truce did not hold long", s.NOT_LONG), event="ended",
    method=METHOD,
)  # fmt: skip
FIRST_ROUND = SessionTold(
    id=f"{EXPLAINER.id}.t2", telling=_telling(EXPLAINER, "to Port Ilmar on 14 March"), place="port-ilmar", round=1,
    mediators=("Ilmar", "Ordania", "Sarn"), when=_when("2031-03-14"), method=METHOD,
)  # fmt: skip
NEXT_ROUND = SessionTold(
    id=f"{HARBOUR.id}.t6", telling=_telling(HARBOUR, "The next round is set for 12 April in Lenmark"), place="lenmark",
    scheduled=True, mediators=("Ilmar", "Ordania"), when=_when("2031-04-12"), method=METHOD,
)  # fmt: skip
VISAS = MeasureTold(
    id=f"{WIRE.id}.t1", telling=_telling(WIRE, "eased visas", s.VISAS), kind="visas", by="kes",
    when=When(start="2028", precision="year", text="since 2028"), method=METHOD,
)  # fmt: skip
DUTIES = MeasureTold(
    id=f"{WIRE.id}.t2", telling=_telling(WIRE, "lowered duties on Vorland's goods", s.VISAS), kind="trade", by="kes",
    when=When(start="2028", precision="year", text="since 2028"), method=METHOD,
)  # fmt: skip
NOT_WRITTEN = AgreementTold(
    id=f"{WIRE.id}.t3", telling=_telling(WIRE, "no written agreement was reached in Lenmark", s.NO_WRITTEN),
    subject="agreement of the second round", form="none", parties=("kes", "vor"), method=METHOD,
)  # fmt: skip
AGREED = AgreementTold(
    id=f"{HARBOUR.id}.t7", telling=_telling(HARBOUR, "have agreed to a joint monitoring mechanism"),
    subject="joint monitoring mechanism", form="claimed", parties=("kes", "vor"), method=METHOD,
)  # fmt: skip

_TOLD: tuple[AnyTold, ...] = (
    FIGURE_14, FIGURE_30, SHELLING, CLOSED, OPENED, OLD_CAPTION, HOLDING, EXTENDED, ENDED, FIRST_ROUND, NEXT_ROUND, VISAS,
    DUTIES, NOT_WRITTEN, AGREED,
)  # fmt: skip
TOLD: dict[str, AnyTold] = {t.id: t for t in _TOLD}

REPORTS: dict[str, IncidentReport] = {
    r.report_id: r
    for r in (
        IncidentReport(
            report_id=SHELLING.id, source_id="outlet/daily-post", source_kind="press", reported_at="2031-04-02T00:00:00Z",
            time="2031-03-04T00:00:00Z", time_precision_min=720, lat_e7=451_200_000, lon_e7=213_400_000,
            place_precision_m=10_000, admin1="Lower Kest", admin2="Salova", place="Salova", type="ground/shelling",
            actor_a="vor", actor_b="kes/army", killed_min=14, killed_max=14,
            passage=passage(POST_A, "shelled three posts near Salova"),
        ),
        IncidentReport(
            report_id="t-001", source_id="conflict-table", source_kind="table", reported_at="2031-03-06T00:00:00Z",
            time="2031-03-04T03:00:00Z", time_precision_min=180, lat_e7=451_431_234, lon_e7=213_512_345,
            place_precision_m=2_000, admin1="Lower Kest", admin2="Salova", place="Salova ridge", type="ground/shelling",
            actor_b="kes/army", killed_min=9, killed_max=16, licence="CC BY 4.0", credit="Open Conflict Table 2031",
        ),
        IncidentReport(
            report_id="t-002", source_id="closed-table", source_kind="table", reported_at="2031-03-07T00:00:00Z",
            time="2031-03-04T02:30:00Z", time_precision_min=60, lat_e7=451_400_000, lon_e7=213_500_000,
            place_precision_m=1_000, admin1="Lower Kest", admin2="Salova", place="Salova", type="ground",
            killed_min=2, killed_max=2, text="=HYPERLINK(\"http://x\")", licence="All rights reserved", redistribute=False,
        ),
        IncidentReport(
            report_id="t-003", source_id="conflict-table", source_kind="table", reported_at="2031-04-04T00:00:00Z",
            time="2031-04-02T06:00:00Z", time_precision_min=720, lat_e7=446_000_000, lon_e7=219_000_000,
            place_precision_m=25_000, admin1="Upper Vor", admin2="Orm", place="Orm", type="air/strike", actor_a="kes",
            killed_min=2, killed_max=2, text="@two shepherds", licence="CC BY 4.0", credit="Open Conflict Table 2031",
        ),
        IncidentReport(
            report_id="t-004", source_id="conflict-table", source_kind="table", reported_at="2031-04-09T12:00:00Z",
            time="2031-04-09T10:00:00Z", time_precision_min=60, lat_e7=447_700_000, lon_e7=209_100_000,
            place_precision_m=1_000, admin1="Lower Kest", admin2="High Pass", place="High Pass", type="ground/clash",
            licence="CC BY 4.0", credit="Open Conflict Table 2031",
        ),
        IncidentReport(
            report_id="t-005", source_id="conflict-table", source_kind="table", reported_at="2031-03-30T00:00:00Z",
            time="2031-03-29T00:00:00Z", time_precision_min=1440, type="ground", admin1="Upper Vor",
            licence="CC BY 4.0", credit="Open Conflict Table 2031",
        ),
    )
}  # fmt: skip

INCIDENTS: dict[str, Incident] = {
    i.id: i
    for i in (
        Incident(id="t-001", reports=("t-001", "t-002", SHELLING.id), origins=(("t-001", "t-002"), (SHELLING.id,)),
                 origins_min=1, origins_max=2, score_ppm=870_000, why=("same day, places overlap",), method=METHOD),
        Incident(id="t-003", reports=("t-003",), origins=(("t-003",),), method=METHOD),
        Incident(id="t-004", reports=("t-004",), origins=(("t-004",),), method=METHOD),
        Incident(id="t-005", reports=("t-005",), origins=(("t-005",),), method=METHOD),
    )
}  # fmt: skip

SESSIONS: dict[str, Session] = {
    x.id: x
    for x in (
        Session(id="ses-1", place="port-ilmar", place_name="Port Ilmar", round=1, when=_when("2031-03-14", "2031-03-15"),
                mediators=(("outlet/harbour-times", ("Ilmar", "Ordania")), ("outlet/meridian-wire", ("Ilmar", "Ordania", "Sarn"))),
                outcomes=(("kes", "An offer of Vorland was not refused."), ("vor", "An offer was made and turned down.")),
                tellings=(FIRST_ROUND.id,), method=METHOD),
        Session(id="ses-2", place="lenmark", place_name="Lenmark", round=2, when=_when("2031-03-28"),
                outcomes=(("kes", "No written agreement was reached."),), tellings=(NOT_WRITTEN.id,), method=METHOD),
        Session(id="ses-3", place="lenmark", place_name="Lenmark", round=3, scheduled=True, when=_when("2031-04-12"),
                mediators=(("outlet/harbour-times", ("Ilmar", "Ordania")),), tellings=(NEXT_ROUND.id,), method=METHOD),
    )
}  # fmt: skip

CROSSINGS: dict[str, CrossingInterval] = {
    x.id: x
    for x in (
        CrossingInterval(id="c-brenk-1", crossing="brenk", name="Brenk / Salova", state="closed", traffic=("trade",),
                         when=When(start="2031-03-04", precision="day", text="since 4 March"),
                         tellings=(CLOSED.id,), method=METHOD),
        CrossingInterval(id="c-brenk-2", crossing="brenk", name="Brenk / Salova", state="suspended", traffic=("people on foot",),
                         when=_when("2031-03-06", "2031-03-24"), open_ended=False, basis="announced", until="further notice",
                         tellings=(CLOSED.id,), method=METHOD),
        CrossingInterval(id="c-high-1", crossing="high-pass", name="High Pass", state="partly open", traffic=("people on foot",),
                         when=_when("2031-03-20"), open_ended=False, tellings=(OPENED.id,), method=METHOD),
        CrossingInterval(id="c-high-2", crossing="high-pass", name="High Pass", state="closed", traffic=("trade",),
                         open_ended=True, tellings=(), method=METHOD),
        CrossingInterval(id="c-brenk-0", crossing="brenk", name="Brenk / Salova", state="closed", when=_when("2019-09-06"),
                         open_ended=False, tellings=(OLD_CAPTION.id,), method=METHOD),
    )
}  # fmt: skip

CEASEFIRE: dict[str, CeasefirePoint] = {
    x.id: x
    for x in (
        CeasefirePoint(id="f-1", event="agreed", when=_when("2031-03-09"), tellers=("kes", "vor"),
                       tellings=(HOLDING.id,), method=METHOD),
        CeasefirePoint(id="f-2", event="extended", when=_when("2031-03-28"), tellers=("outlet/harbour-times",),
                       tellings=(EXTENDED.id,), method=METHOD),
        CeasefirePoint(id="f-3", event="holding", when=_when("2031-04-03"), tellers=("outlet/harbour-times",),
                       tellings=(HOLDING.id,), method=METHOD),
        CeasefirePoint(id="f-4", event="ended", when=None, tellers=("kes",), tellings=(ENDED.id,), method=METHOD),
    )
}  # fmt: skip
