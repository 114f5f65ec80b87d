"""What the statements come to: propositions, positions, rows of the table, origins, disagreements between outlets."""

from __future__ import annotations

from tasdiq.model.proposition import (
    Difference,
    Disagreement,
    Holding,
    Origin,
    Position,
    Proposition,
    Row,
    Stance,
    Status,
)
from tasdiq.model.when import When

from . import speech as s
from .texts import EXPLAINER, HARBOUR, POST_A, SPOX, WIRE, passage

METHOD = "world/propositions 1"


def _prop(
    ident: str, wording: str, topic: str, *holdings: tuple[str, Stance], **more: tuple[tuple[str, str], ...]
) -> Proposition:
    held = tuple(
        Holding(statement=n, stance=stance, why="same frame, same persons and place") for n, stance in holdings
    )
    return Proposition(
        id=ident, wording=wording, topic=topic, frame=ident.split("-", 2)[-1], holdings=held, method=METHOD, **more
    )


_ALL = (
    _prop("p-persons-offer-refused", "Kestria refused an offer by Vorland to hand over wanted persons", "persons",
          (s.REFUSED_POST, "asserts"), (s.REFUSED_HARBOUR, "asserts"), (s.POSTED, "asserts"), (s.UNTRUE, "denies"),
          slots=(("by", "kes"), ("to", "vor")),
          objections=(("kes", "There was no offer to refuse; Kestria asked for a handover."),)),
    _prop("p-persons-nationals", "The wanted persons are nationals of Kestria", "persons",
          (s.NATIONALS_TOLD, "asserts"), (s.NATIONALS_TOLD_2, "asserts")),
    _prop("p-persons-handover", "Wanted persons are to be handed over at designated crossings", "persons",
          (s.HANDOVER_POST, "offers"), (s.HANDOVER_HARBOUR, "offers")),
    _prop("p-groups-present", "Fighters of the Northern Liberation Army are present in Vorland", "armed groups",
          (s.OFFICIALS, "asserts"), (s.PRESENT_TOLD, "acknowledges"), (s.DENIED_NARRATED, "denies")),
    _prop("p-groups-detain", "Vorland is to detain fighters of the Northern Liberation Army", "armed groups",
          (s.DEMANDED, "calls for"), (s.EVIDENCE, "conditions")),
    _prop("p-ceasefire-committed", "The truce of 9 March is to be kept", "ceasefire",
          (s.VOR_COMMITTED, "asserts"), (s.KES_COMMITTED, "asserts")),
    _prop("p-ceasefire-not-long", "The truce did not hold long", "ceasefire", (s.NOT_LONG, "asserts")),
    _prop("p-mechanism-agreed", "A joint monitoring mechanism has been agreed", "mechanism",
          (s.CALLED_FOR, "calls for"), (s.MECHANISM_AGREED, "asserts"), (s.NO_WRITTEN, "denies")),
    _prop("p-agreement-guarantees", "Vorland gave written guarantees", "agreement", (s.GUARANTEES, "denies")),
    _prop("p-violence-shelling", "Vorland shelled posts near Salova on 4 March", "violence",
          (s.SHELLED, "asserts"), (s.NO_SHELL, "denies")),
    _prop("p-violence-orm", "Kestria's aircraft struck Orm on 2 April", "violence",
          (s.AIRCRAFT, "asserts"), (s.NO_FLIGHT, "denies")),
)  # fmt: skip
PROPOSITIONS: dict[str, Proposition] = {p.id: p for p in _ALL}


def _pos(prop: str, party: str, stance: Stance, label: str, *statements: str, day: str = "", **more: str) -> Position:
    teller = more.get("teller", "own")
    return Position(
        proposition=prop, party=party, stance=stance, teller=teller, told_by=more.get("told_by"), label=label,  # type: ignore[arg-type]
        statements=statements, when=When(start=day, end=day, precision="day", text=day) if day else None,
        changed_from=more.get("changed_from"),
    )  # fmt: skip


_OTHER = {"teller": "other-party", "told_by": "kes"}
POSITIONS: list[Position] = [
    _pos("p-persons-offer-refused", "vor", "asserts", "asserts", s.REFUSED_POST, s.REFUSED_HARBOUR, s.POSTED, day="2031-04-01"),
    _pos("p-persons-offer-refused", "kes", "denies", "denies", s.UNTRUE, day="2031-04-02"),
    _pos("p-persons-nationals", "vor", "asserts", "asserts, as told by Kestria", s.NATIONALS_TOLD, s.NATIONALS_TOLD_2, **_OTHER),
    _pos("p-persons-handover", "kes", "offers", "offers", s.HANDOVER_POST, s.HANDOVER_HARBOUR),
    _pos("p-groups-present", "kes", "asserts", "asserts", s.OFFICIALS),
    _pos("p-groups-present", "vor", "acknowledges", "acknowledged, as told by Kestria", s.PRESENT_TOLD, **_OTHER),
    _pos("p-groups-present", "vor", "denies", "has traditionally denied, as told by the outlet", s.DENIED_NARRATED,
         teller="third", told_by="outlet/harbour-times"),
    _pos("p-groups-detain", "kes", "calls for", "calls for", s.DEMANDED),
    _pos("p-groups-detain", "vor", "conditions", "conditions", s.EVIDENCE),
    _pos("p-ceasefire-committed", "vor", "asserts", "asserts", s.VOR_COMMITTED),
    _pos("p-ceasefire-committed", "kes", "asserts", "asserts", s.KES_COMMITTED),
    _pos("p-ceasefire-not-long", "kes", "asserts", "asserts", s.NOT_LONG, day="2031-04-07", changed_from="acknowledges"),
    _pos("p-mechanism-agreed", "kes", "calls for", "called for, as told by the outlet", s.CALLED_FOR, teller="third",
         told_by="outlet/daily-post"),
    _pos("p-mechanism-agreed", "kes", "denies", "denies", s.NO_WRITTEN),
    _pos("p-agreement-guarantees", "kes", "denies", "denies", s.GUARANTEES),
    _pos("p-violence-shelling", "kes", "asserts", "asserts", s.SHELLED),
    _pos("p-violence-shelling", "vor", "denies", "denies", s.NO_SHELL),
    _pos("p-violence-orm", "vor", "asserts", "asserts", s.AIRCRAFT),
    _pos("p-violence-orm", "kes", "denies", "denies", s.NO_FLIGHT),
]  # fmt: skip

_STATUS: dict[str, Status] = {
    "p-persons-offer-refused": "contested", "p-persons-nationals": "unattributed", "p-persons-handover": "one-sided",
    "p-groups-present": "one-sided", "p-groups-detain": "one-sided", "p-ceasefire-committed": "common ground",
    "p-ceasefire-not-long": "one-sided", "p-mechanism-agreed": "one-sided", "p-agreement-guarantees": "one-sided",
    "p-violence-shelling": "contested", "p-violence-orm": "contested",
}  # fmt: skip


def _row(prop: str) -> Row:
    mine = [p for p in POSITIONS if p.proposition == prop]
    own = tuple(p for p in mine if p.teller == "own")
    heard = {p.party for p in own}
    return Row(
        proposition=prop, status=_STATUS[prop], own=own, beside=tuple(p for p in mine if p.teller != "own"),
        silent=tuple(party for party in ("kes", "vor") if party not in heard),
    )  # fmt: skip


ROWS: dict[str, Row] = {prop: _row(prop) for prop in PROPOSITIONS}

ORIGINS: dict[str, Origin] = {
    "o-ministry": Origin(
        id="o-ministry", label="Statement of the Ministry of Information of Kestria, 2 April 2031",
        statements=(s.HANDOVER_POST, s.HANDOVER_HARBOUR), documents=(POST_A.id, HARBOUR.id),
        speaker="kes/ministry-of-information", party="kes", channels=("a post",),
        when=When(start="2031-04-02", end="2031-04-02", precision="day", text="Wednesday"),
        differences=(
            Difference(passages=(passage(POST_A, "at once proposed"), passage(HARBOUR, "immediately suggested")),
                       words=("at once proposed", "immediately suggested")),
            Difference(passages=(passage(POST_A, "at designated crossings"), passage(HARBOUR, "through designated crossings")),
                       words=("at designated crossings", "through designated crossings")),
        ),
        lowest=1, highest=1, why=("same organ, same occasion", "reused wording: 21 of 24 words"), method="world/origins 1",
    ),
    "o-spokesman": Origin(
        id="o-spokesman", label="Orlan Teves on the refused offer, 1 April 2031",
        statements=(s.REFUSED_POST, s.REFUSED_HARBOUR, s.POSTED), documents=(POST_A.id, HARBOUR.id, SPOX.id),
        speaker="person/orlan-teves", party="vor", channels=("Radio Tolsk", "a private channel", "a post"),
        lowest=1, highest=3, why=("same speaker, same subject; whether one interview is unknown",), method="world/origins 1",
    ),
    "o-foreign-office": Origin(
        id="o-foreign-office", label="Statement of the Foreign Office of Kestria, 5 April 2031",
        statements=(s.KES_COMMITTED, s.NO_WRITTEN, s.GUARANTEES, s.VISAS), documents=(WIRE.id,),
        speaker="kes/foreign-office", party="kes", method="world/origins 1",
    ),
}  # fmt: skip

DISAGREEMENTS: dict[str, Disagreement] = {
    "x-channel": Disagreement(
        id="x-channel", subject="Where Orlan Teves spoke of the offer", aspect="channel",
        values=(("Radio Tolsk", (passage(POST_A, "Radio Tolsk"),)),
                ("a private channel", (passage(HARBOUR, "a private channel"),))),
        method="world/disagreements 1",
    ),
    "x-mediators": Disagreement(
        id="x-mediators", subject="Who mediated", aspect="mediators",
        values=(("Ilmar, Ordania", (passage(HARBOUR, "Ilmar and Ordania"),)),
                ("Ilmar, Ordania, Sarn", (passage(EXPLAINER, "Ilmar, Ordania and Sarn"),))),
        method="world/disagreements 1",
    ),
}  # fmt: skip
