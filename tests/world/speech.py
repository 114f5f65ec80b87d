"""Every statement of the small ceasefire: own voice, as told by the other party, as told by a third, narrated, nested."""

from __future__ import annotations

from typing import Any

from tasdiq.model.document import Document, Span
from tasdiq.model.statement import Hand, Statement
from tasdiq.model.when import When

from .texts import EXPLAINER, HARBOUR, POST_A, SPOX, WIRE, passage, span

METHOD = "world/statements 1"
INTERVIEW = (
    Hand(who="Orlan Teves", how="interview", actor="person/orlan-teves"),
    Hand(who="Radio Tolsk", how="interview", actor="outlet/radio-tolsk", passage=passage(POST_A, "Radio Tolsk")),
    Hand(who="Daily Post", how="quoted by", actor="outlet/daily-post"),
)
PRIVATE = (
    Hand(who="Orlan Teves", how="told", actor="person/orlan-teves"),
    Hand(who="a private channel", how="told", passage=passage(HARBOUR, "a private channel")),
    Hand(who="Harbour Times", how="quoted by", actor="outlet/harbour-times"),
)


def _day(day: str) -> When:
    return When(start=day, end=day, precision="day", text=day)


def _content(document: Document, words: str, after: str) -> Span:
    """Find the content past `after`, or, where it stands before its cue, anywhere in the document."""
    try:
        return span(document, words, after)
    except ValueError:
        return span(document, words)


class _Speech:
    """Numbers statements per document in the order they are added."""

    def __init__(self) -> None:
        self.all: dict[str, Statement] = {}
        self._count: dict[tuple[str, str], int] = {}

    def add(
        self, document: Document, content: str, *, source: str = "", cue: str = "", after: str = "", **more: Any
    ) -> str:
        """Add a statement whose words are found in the document, and return its id."""
        letter = "n" if more.get("narrated") else "s"
        number = self._count[document.id, letter] = self._count.get((document.id, letter), 0) + 1
        ident = f"{document.id}.{letter}{number}"
        more = {"act": "asserts", "quote": "indirect", "method": METHOD, "confidence_ppm": 900_000, **more}
        self.all[ident] = Statement(
            id=ident, document=document.id,
            source=(span(document, source, after),) if source else (), cue=(span(document, cue, after),) if cue else (),
            content=(_content(document, content, after),), **more,
        )  # fmt: skip
        return ident


_s = _Speech()
_TEVES: dict[str, Any] = {"speaker": "person/orlan-teves", "party": "vor", "teller": "own"}
_MINISTRY: dict[str, Any] = {"speaker": "kes/ministry-of-information", "party": "kes", "teller": "own"}
_OFFICE: dict[str, Any] = {"speaker": "kes/foreign-office", "party": "kes", "teller": "own"}

REFUSED_POST = _s.add(
    POST_A, "Kestria had refused an offer to hand over wanted persons", source="Teves", cue="said", after="Radio Tolsk, ",
    channel="Radio Tolsk", chain=INTERVIEW, when=_day("2031-04-01"), **_TEVES,
)  # fmt: skip
DEMANDED = _s.add(
    POST_A, "Kestria had demanded that fighters of the Northern Liberation Army be detained", act="demands",
    source="The Kestrian Ministry of Information", cue="said", after="where they were.\n\n",
    chain=(Hand(who="Ministry of Information of Kestria", how="statement", actor="kes/ministry-of-information"),), **_MINISTRY,
)  # fmt: skip
HANDOVER_POST = _s.add(
    POST_A, "When the Vorland side said those persons were Kestrian nationals, Kestria at once proposed that they be "
    "handed over at designated crossings", source="the ministry", cue="said", after="detained. ", quote="direct",
    act="offers", when=_day("2031-04-02"), **_MINISTRY,
)  # fmt: skip
NATIONALS_TOLD = _s.add(
    POST_A, "those persons were Kestrian nationals", source="the Vorland side", cue="said", party="vor", speaker="vor",
    teller="other-party", told_by="kes", inside=HANDOVER_POST,
)  # fmt: skip
UNTRUE = _s.add(
    POST_A, "Any other account, it said, is untrue", source="it", cue="said", after="Any other account, ", act="denies",
    **_MINISTRY,
)  # fmt: skip
SHELLED = _s.add(
    POST_A, "Vorland's artillery shelled three posts near Salova on 4 March and that 14 soldiers were killed",
    source="Defence Minister Ana Brel", cue="said", after="it said, is untrue.", act="accuses", addressee="vor",
    speaker="person/ana-brel", party="kes", teller="own",
)  # fmt: skip
BLASTS = _s.add(
    POST_A, "she had counted nine blasts before dawn", source="Mira Haldon, a farmer from Salova,", cue="said",
    after="were killed.", speaker="person/mira-haldon", teller="third", basis="witnessed",
)  # fmt: skip
CALLED_FOR = _s.add(
    POST_A, "Kestria had called for a joint monitoring mechanism at the talks", narrated=True,
    speaker="outlet/daily-post", teller="third",
)  # fmt: skip
HANDOVER_HARBOUR = _s.add(
    HARBOUR, "when the Vorland side said that they were Kestrian nationals, Kestria immediately suggested that they be "
    "handed over through designated crossings", source="Kestria's Ministry of Information", cue="said", quote="direct",
    act="offers", channel="a post", when=_day("2031-04-02"), **_MINISTRY,
)  # fmt: skip
NATIONALS_TOLD_2 = _s.add(
    HARBOUR, "that they were Kestrian nationals", source="the Vorland side", cue="said", party="vor", speaker="vor",
    teller="other-party", told_by="kes", inside=HANDOVER_HARBOUR,
)  # fmt: skip
REFUSED_HARBOUR = _s.add(
    HARBOUR, "Kestria rejected an offer to hand over wanted persons", source="Orlan Teves, the Vorland spokesman,",
    cue="told", channel="a private channel", chain=PRIVATE, **_TEVES,
)  # fmt: skip
EVIDENCE = _s.add(
    HARBOUR, "Vorland would act if Kestria provided evidence", source="He", cue="said", after="wanted persons. ",
    act="commits", **_TEVES,
)  # fmt: skip
NO_SHELL = _s.add(
    HARBOUR, "No shell was fired by our side on 4 March", source="Teves", cue="said", after="evidence.\n\n",
    quote="direct", act="denies", **_TEVES,
)  # fmt: skip
OFFICIALS = _s.add(
    HARBOUR, "the Vorland delegation had acknowledged that fighters of the Northern Liberation Army were on its soil",
    source="Kestrian officials", cue="said", after="Teves said.", speaker="unnamed/kes/officials", party="kes", teller="own",
)  # fmt: skip
PRESENT_TOLD = _s.add(
    HARBOUR, "fighters of the Northern Liberation Army were on its soil", source="the Vorland delegation",
    cue="acknowledged", speaker="vor", party="vor", teller="other-party", told_by="kes", act="acknowledges", inside=OFFICIALS,
)  # fmt: skip
DENIED_NARRATED = _s.add(
    HARBOUR, "their presence", source="Vorland", cue="has traditionally denied", after="its soil. ", speaker="vor", party="vor",
    teller="third", told_by="outlet/harbour-times", act="denies", manner=("traditionally",),
)  # fmt: skip
MECHANISM_AGREED = _s.add(
    HARBOUR, "The two sides have agreed to a joint monitoring mechanism", narrated=True, speaker="outlet/harbour-times",
    teller="third",
)  # fmt: skip
DEATHS = _s.add(
    HARBOUR, "More than 30 Vorland fighters and 14 Kestrian soldiers were killed in the clashes", source="the Kestrian army",
    cue="said", after="in the clashes, ", speaker="kes/army", party="kes", teller="own",
)  # fmt: skip
VOR_COMMITTED = _s.add(
    WIRE, "Vorland is committed to the truce of 9 March", source="its spokesman Orlan Teves", cue="said", act="commits", **_TEVES,
)  # fmt: skip
KES_COMMITTED = _s.add(
    WIRE, "Kestria remains committed to the truce", source="Kestria's Foreign Office", cue="said", act="commits",
    after="Saturday.", **_OFFICE,
)  # fmt: skip
NO_WRITTEN = _s.add(
    WIRE, "no written agreement was reached in Lenmark", source="Kestria's Foreign Office", cue="said", after="Saturday.",
    act="denies", **_OFFICE,
)  # fmt: skip
GUARANTEES = _s.add(
    WIRE, "Vorland refused to give written guarantees", source="it", cue="said", after="guarantees, ", act="accuses", **_OFFICE,
)  # fmt: skip
VISAS = _s.add(
    WIRE, "Kestria had eased visas and lowered duties on Vorland's goods since 2028", source="The Foreign Office",
    cue="said", after="it said. ", **_OFFICE,
)  # fmt: skip
NOT_LONG = _s.add(
    EXPLAINER, "the truce did not hold long", source="Kestria", cue="says", speaker="kes", party="kes", teller="own",
)  # fmt: skip
AIRCRAFT = _s.add(
    EXPLAINER, "it was Kestria's aircraft that broke it at Orm on 2 April, and that two shepherds died", source="Vorland",
    cue="says", after="long. ", act="accuses", speaker="vor", party="vor", teller="own",
)  # fmt: skip
NO_FLIGHT = _s.add(
    EXPLAINER, "it flew that day", source="Kestria", cue="denies", after="died. ", act="denies", speaker="kes", party="kes",
    teller="own",
)  # fmt: skip
POSTED = _s.add(
    SPOX, "An offer was made. It was turned down.", quote="direct", when=_day("2031-04-01"), channel="a post",
    chain=(Hand(who="Vorland Spokesman", how="post", actor="person/orlan-teves"),), **_TEVES,
)  # fmt: skip

STATEMENTS: dict[str, Statement] = _s.all
