"""What happens at a made-up table, for the benchmarks: cases at every stage, calls, documents, event rows.

Of 100,000 entries about half are steps of cases (most of them sealed), a quarter calls over the contact line and their
confirmations (sealed), the rest documents with statements, confirmations, and 20,000 event rows in bulk entries.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tasdiq.clock import timestamp
from tasdiq.model import entries, steps
from tasdiq.model.call import CallConfirmed, CallLogged
from tasdiq.model.case import AccessRequest, FindingPart, Seat
from tasdiq.model.document import Document, Paragraph, Span
from tasdiq.model.evidence import Custody
from tasdiq.model.incident import Incident, IncidentReport
from tasdiq.model.proposition import Position, Proposition
from tasdiq.model.statement import Statement
from tasdiq.model.value import Value, to_plain
from tasdiq.record import canonical

PLACES = (
    "Sella",
    "Orvin",
    "Tarn Bridge",
    "Mill of Hask",
    "Upper Dree",
    "Dree",
    "Lommen",
    "Kavel Pass",
    "Narrow Ford",
    "Ystad",
)
WORDS = (
    "fire", "shells", "mortar", "patrol", "drone", "ridge", "orchard", "post", "road", "night", "bridge", "convoy", "gate", "well",
    "tower", "smoke", "siren", "field",
)  # fmt: skip
TYPES = ("ground/shelling", "ground/small-arms", "air/strike", "air/drone", "ground/mine", "protest")
FIRST_DAY = datetime(2030, 1, 1, 6, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Made:
    """A body as somebody enters it: its kind, the member, the day, who reads it, and rows if it is bulk."""

    kind: str
    member: str
    body: Value
    at: datetime
    access: str = "public"
    rows: tuple[bytes, ...] = ()


def reports(chance: random.Random, first: int, count: int) -> list[IncidentReport]:
    """Make up event rows, as many words in each as an event's text has."""
    found = []
    for number in range(first, first + count):
        at = FIRST_DAY + timedelta(minutes=chance.randrange(400 * 1440))
        place = chance.choice(PLACES)
        found.append(
            IncidentReport(
                report_id=f"E{number:06d}", source_id=f"post-{chance.randrange(40)}", source_kind="observer",
                reported_at=timestamp(at + timedelta(hours=2)), time=timestamp(at), time_precision_min=30,
                lat_e7=340_000_000 + chance.randrange(20_000_000), lon_e7=690_000_000 + chance.randrange(20_000_000),
                place_precision_m=500, admin1="Hask", admin2=place, place=place, type=chance.choice(TYPES), actor_a="kes/army",
                actor_b="vor/guard", killed_min=0, killed_max=chance.randrange(3),
                text=f"{place}: {' '.join(chance.choices(WORDS, k=24))}, number {number}.",
            )
        )  # fmt: skip
    return found


def lines(rows: list[Value]) -> tuple[bytes, ...]:
    """Return rows as they are entered."""
    return tuple(canonical.dumps(to_plain(row)) for row in rows)


def bulk(rows_of: str, kind: str, subject: str, rows: list[Value], at: datetime, access: str = "public") -> Made:
    """Return a bulk proposal."""
    return Made(
        kind, "ord", entries.Proposal(rows_of=rows_of, method="benchmark", subject=subject), at, access, lines(rows)
    )


def beginning(chance: random.Random) -> Iterator[Made]:
    """Yield what cases are opened on: propositions, incidents, and the event rows behind these."""
    framed = [
        Proposition(id=f"p{n}", wording=f"Post {n} was fired at", topic="fire", frame="fire", method="benchmark")
        for n in range(300)
    ]
    yield bulk("proposition", "PropositionFramed", "record", list(framed), FIRST_DAY)
    for part in range(2):
        rows = reports(chance, part * 10_000, 10_000)
        yield bulk("report", "ReportsProposed", f"events-{part}.csv", list(rows), FIRST_DAY, "joint")
    grouped = [Incident(id=f"E{n:06d}", reports=(f"E{n:06d}",)) for n in range(2000)]
    yield bulk("incident", "GroupingProposed", "record", list(grouped), FIRST_DAY, "joint")
    positions = [
        Position(
            proposition=f"p{n}",
            party=party,
            stance=stance,
            teller="own",
            told_by=None,
            label=stance,
            statements=(f"s{n}",),
        )
        for n in range(300)
        for party, stance in (("kes", "asserts"), ("vor", "denies" if n % 3 else "acknowledges"))
    ]
    yield bulk("position", "PositionProposed", "record", list(positions), FIRST_DAY)


def _words(chance: random.Random, count: int) -> str:
    return f"{chance.choice(PLACES)}: {' '.join(chance.choices(WORDS, k=count))}"


def case(chance: random.Random, number: int) -> Iterator[Made]:
    """Yield the steps of one case, up to some stage."""
    at = FIRST_DAY + timedelta(minutes=number * 150 + chance.randrange(100))
    ident, subject = f"case-{number}", f"p{number % 300}" if number % 4 else f"E{number % 2000:06d}"
    accuser, accused = ("kes", "vor") if number % 2 else ("vor", "kes")
    commitment = "no-fire" if accused == "vor" else "no-fire-kes"
    length = chance.choice((1, 3, 4, 8, 11, 11, 15, 24, 24, 24))
    made = _steps(chance, ident, subject, accuser, accused, commitment, at)
    for _, step in zip(range(length), made, strict=False):
        yield step


def _steps(
    chance: random.Random, ident: str, subject: str, accuser: str, accused: str, commitment: str, at: datetime
) -> Iterator[Made]:
    def made(member: str, body: Value, later: float, access: str = "joint") -> Made:
        return Made(type(body).__name__, member, body, at + timedelta(days=later), access)

    def day(later: float) -> str:
        return timestamp(at + timedelta(days=later))

    kind = "proposition" if subject.startswith("p") else "incident"
    opened = entries.CaseOpened(
        case=ident, subject=subject, subject_kind=kind, allegation=_words(chance, 8),
        alleged_by=accuser, alleged_against=accused, commitment=commitment, at=day(0),
    )  # fmt: skip
    yield made(accuser, opened, 0, "public")
    decided = steps.CompetenceDecided(
        case=ident, competent=True, commitment=commitment, bearer=accused, text="It concerns the truce.", at=day(1)
    )
    yield made("ord", decided, 1, "public")
    yield made("ord", steps.CaseAssessed(case=ident, pursue=True, text="Two reports say so.", at=day(2)), 2, "public")
    seats = (Seat(member="ord", officer="officer 4"), Seat(member="riv", officer="officer 9"))
    yield made("ord", steps.TeamAssigned(case=ident, team=seats, at=day(2)), 2)
    for n, answer in enumerate(("denied", "granted")):
        request = AccessRequest(
            id=f"{ident}-access-{n}", asked_of=accused, place=chance.choice(PLACES), asked_at=day(3 + n)
        )
        yield made("ord", entries.AccessRequested(case=ident, request=request), 3 + n)
        answered = entries.AccessAnswered(
            case=ident, request=request.id, answer=answer, reason="mines", at=day(3.5 + n)
        )
        yield made(accused, answered, 3.5 + n)
    evidence = f"{ident}-evidence"
    link = Custody(holder=accuser, at=day(0), how="found at the post")
    yield made(
        accuser,
        steps.EvidenceSubmitted(case=ident, evidence=evidence, title="From the post", custody=(link,), at=day(5)),
        5,
    )
    yield made(accused, steps.EvidenceAcknowledged(case=ident, evidence=evidence, at=day(5.5)), 5.5)
    answer = steps.EvidenceAnswered(case=ident, evidence=evidence, answer="disputed", text="Not ours.", at=day(6))
    yield made(accused, answer, 6)
    yield from _finding(ident, evidence, accused, made, day)


def _finding(ident: str, evidence: str, accused: str, made, day) -> Iterator[Made]:  # type: ignore[no-untyped-def]
    finding = f"{ident}-finding"
    parts = (
        FindingPart(name="occurrence", outcome="established", text="Craters were seen."),
        FindingPart(name="responsibility", outcome="its forces", actor=accused),
        FindingPart(name="breach", outcome="breach"),
    )
    drafted = entries.FindingDrafted(
        case=ident, finding=finding, standard="reasonable grounds", parts=parts, evidence=(evidence,), at=day(14)
    )
    yield made("ord", drafted, 14)
    for party in ("kes", "vor"):
        yield made(
            "ord", steps.PartyNotified(finding=finding, notice=f"{finding}-{party}", party=party, at=day(14)), 14
        )
    yield made(
        accused,
        steps.PartyResponded(finding=finding, notice=f"{finding}-{accused}", text="It was thunder.", at=day(15)),
        15,
    )
    for member, mark in (("kes", "concurs"), ("vor", "dissents"), ("ord", "concurs")):
        for part in ("occurrence", "responsibility", "breach"):
            signed = entries.FindingSigned(finding=finding, part=part, mark=mark, text="as before", at=day(23))
            yield made(member, signed, 23)


def call(chance: random.Random, number: int) -> Iterator[Made]:
    """Yield a call and, mostly, its confirmation."""
    at = FIRST_DAY + timedelta(minutes=number * 40)
    caller, called = ("kes", "vor") if number % 2 else ("vor", "kes")
    logged = CallLogged(
        call=f"call-{number}", caller=caller, called=called, tried_at=timestamp(at),
        reached_at=timestamp(at + timedelta(minutes=2)), subject=chance.choice(PLACES), asked=_words(chance, 12),
        read_back="as asked", at=timestamp(at + timedelta(minutes=9)),
    )  # fmt: skip
    yield Made("CallLogged", caller, logged, at + timedelta(minutes=9), "joint")
    if number % 6:
        said = CallConfirmed(call=f"call-{number}", answer="confirms", at=timestamp(at + timedelta(minutes=20)))
        yield Made("CallConfirmed", called, said, at + timedelta(minutes=20), "joint")


def document(chance: random.Random, number: int) -> Iterator[Made]:
    """Yield a document, what was read in it, and what a person confirmed of that; its text is withheld."""
    at = FIRST_DAY + timedelta(minutes=number * 90)
    ident, digest = f"d{number:012x}", hashlib.sha256(str(number).encode()).hexdigest()
    held = Document(
        id=ident, file=f"report-{number}.txt", sha256=digest, text_sha256="", kind="article", start=0, end=900,
        paragraphs=tuple(Paragraph(start=n * 100, end=n * 100 + 99) for n in range(9)), outlet="The Daily Post",
        title=f"{chance.choice(PLACES)}: {' '.join(chance.choices(WORDS, k=6))}",
    )  # fmt: skip
    yield Made(
        "DocumentReceived",
        "ord",
        entries.DocumentReceived(file=held.file, sha256=digest, text_sha256="", documents=(held,)),
        at,
    )
    spans = [Span(start=n, end=n + 90) for n in range(0, 600, 100)]
    said = [
        Statement(
            id=f"{ident}/s{n}",
            document=ident,
            source=(span,),
            cue=(span,),
            content=(span,),
            act="asserts",
            quote="indirect",
        )
        for n, span in enumerate(spans)
    ]
    yield bulk("statement", "StatementsProposed", ident, list(said), at)
    yield Made("ProposalConfirmed", "ord", entries.ProposalConfirmed(items=(f"{ident}/s0",), note="read"), at)


def stream(entries_wanted: int) -> Iterator[Made]:
    """Yield so many bodies: for each seven cases twelve calls and four documents, until there are enough."""
    chance, made, number = random.Random(7), 0, 0
    for each in beginning(chance):
        made += 1
        yield each
    while made < entries_wanted:
        some = [*case(chance, number), *call(chance, 2 * number), *call(chance, 2 * number + 1)]
        some += document(chance, number) if number % 2 else ()
        for each in some[: entries_wanted - made]:
            yield each
        made, number = made + len(some), number + 1
