"""Cases in which evidence may be handed in, and files to hand in: what tests of uploads and of evidence share."""

from __future__ import annotations

import hashlib
import io

from httpx import Response
from PIL import Image

from doors.app.clients import Client
from doors.app.seats import Seats
from tasdiq.clock import timestamp
from tasdiq.mechanism import Mechanism
from tasdiq.model import entries, steps
from tasdiq.model.case import Seat
from tasdiq.model.evidence import Custody
from tasdiq.model.incident import Incident, IncidentReport
from tasdiq.record.entry import message_of
from tasdiq.web import acting
from tasdiq.web.uploads import uploading
from tasdiq.web.viewer import Viewer

CASE = "case-1"


def open_case(seats: Seats, case: str = CASE) -> None:
    """Open a case of Kestria against Vorland, up to the assignment of its team."""
    at = timestamp(seats.at)
    _arrive(seats, at)
    proposed = entries.CaseOpened(
        case=case, subject="report-1", subject_kind="incident", allegation="Fire at the Sella bridge",
        alleged_by="kes", alleged_against="vor", commitment="no-fire", at=at,
    )  # fmt: skip
    seats.step("kes", proposed)
    seats.step(
        "ord",
        steps.CompetenceDecided(case=case, competent=True, commitment="no-fire", bearer="vor", text="It binds.", at=at),
    )
    seats.step("ord", steps.CaseAssessed(case=case, pursue=True, text="Two reports.", at=at))
    team = (Seat(member="ord", officer="ord-team"), Seat(member="riv", officer="riv-observer"))
    seats.step("ord", steps.TeamAssigned(case=case, team=team, at=at))


def _arrive(seats: Seats, at: str) -> None:
    """Let a report of fire arrive, and an incident be made of it."""
    report = IncidentReport(
        report_id="report-1", source_id="post-7", source_kind="observer", reported_at=at, time=at, type="ground/shelling",
        lat_e7=451_234_567, lon_e7=213_456_789, place_precision_m=100, place="Sella bridge", admin1="Sella",
    )  # fmt: skip
    incident = Incident(id="report-1", reports=("report-1",))
    with Mechanism.open(seats.home, seats.settings, key=seats.keys["ord"], clock=lambda: seats.at) as mechanism:
        mechanism.propose("report", "forms", "tests", [report], access="joint")
        mechanism.propose("incident", "by hand", "tests", [incident], access="joint")


def submission(
    seats: Seats, *sha256: str, evidence: str = "evidence-1", title: str = "Craters"
) -> steps.EvidenceSubmitted:
    """Return the body of an entry with which Kestria submits files."""
    link = Custody(holder="kes", at=timestamp(seats.at), how="photographed by its border guard")
    return steps.EvidenceSubmitted(
        case=CASE, evidence=evidence, title=title, sha256=sha256, custody=(link,), at=timestamp(seats.at)
    )


def photograph(words: bytes = b"canary") -> bytes:
    """Return a JPEG that says when, where and by whom it was taken, in words that are easy to find again."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x013B] = "Acme", "Snap 3", f"artist {words.decode()}"
    exif.get_ifd(0x8825).update({1: "N", 2: (45.0, 7.0, 24.4), 3: "E", 4: (21.0, 20.0, 44.4), 29: "2031:03:05"})
    exif.get_ifd(0x8769).update({0x9003: "2031:03:05 09:12:33", 0x9011: "+03:00"})
    made = io.BytesIO()
    picture = Image.linear_gradient("L").resize((800, 600)).convert("RGB")
    picture.save(made, "JPEG", exif=exif, comment=b"comment " + words, xmp=b"<x>" + words + b"</x>")
    return made.getvalue()


def ready(client: Client) -> Client:
    """Return the client after it has loaded a page, from which it has the token that forms bring."""
    if not client.token():
        client.get("/")
    return client


def announce(client: Client, data: bytes, name: str = "craters.jpg", **changes: object) -> Response:
    """Announce a file as the page of uploading does."""
    told = {"case": CASE, "name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest(), **changes}
    return ready(client).post("/api/v1/uploads", json=told)


def send(client: Client, data: bytes, ident: str, offset: int = 0) -> Response:
    """Send a part of a file."""
    return client.put(
        f"/api/v1/uploads/{ident}",
        params={"offset": offset},
        content=data,
        headers={"Content-Type": "application/octet-stream"},
    )


def hand_in(client: Client, data: bytes, name: str = "craters.jpg") -> str:
    """Hand in a whole file; return its SHA-256."""
    begun = announce(client, data, name)
    assert begun.status_code == 201, begun.text
    done = send(client, data, begun.json()["id"])
    assert done.json()["state"] == "whole", done.text
    return str(done.json()["sha256"])


def handed_over(seats: Seats, *files: bytes, title: str = "Craters") -> None:
    """Have Kestria's officer hand files in, and submit them as evidence in the case."""
    officer = seats.officer("kes")
    viewer = Viewer(seats.account("kes"), officer.name, "kes", "liaison", frozenset({"read", "act", "admin"}))
    named = [hashlib.sha256(data).hexdigest() for data in files]
    for sha256, data in zip(named, files, strict=True):
        begun = uploading.begin(seats.room, viewer, CASE, "a file", len(data), sha256)
        uploading.take(seats.room, viewer, begun.id, 0, data)
    made = acting.prepare(seats.room, viewer, submission(seats, *named, title=title))
    draft = acting.shown(seats.room, viewer, made.id)
    key = officer.keys[0]
    acting.sign(seats.room, viewer, made.id, key.key_id, key.sign(message_of(draft.unsigned)))
