"""Talks on a real record: an agreement read in two ways, minutes with one line refused, a call confirmed and one corrected.

What stays with the members is on no page and in no bundle; what the parties opened is checked offline by anyone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from journey.members import CHARTER, Table
from tasdiq.errors import InputError, ProcedureError, RoleError
from tasdiq.intake.charter import parse_charter
from tasdiq.mechanism import Mechanism
from tasdiq.model import talks as told
from tasdiq.model.agreement import Commitment, Quantity
from tasdiq.model.call import CallConfirmed, CallLogged
from tasdiq.model.meeting import (
    Delegate,
    DelegationNamed,
    MinuteLineAnswered,
    MinuteLineRecorded,
    MinutesOpened,
    SessionHeld,
    Translation,
)
from tasdiq.model.value import to_plain
from tasdiq.record import canonical
from tasdiq.record.audit.path import audit
from tasdiq.record.entry import Draft
from tasdiq.record.keys import SigningKey
from tasdiq.secretariat import minuting
from tasdiq.secretariat.current import read_state
from tasdiq.secretariat.custody import sign_for
from tasdiq.secretariat.founding import Home, found_joint
from tasdiq.settings import Settings
from tasdiq.talks.minutes import text_sha256
from tasdiq.verification import clocks

LINES = {"line-1": "The bridge at Brenk opens on 14 March.", "line-2": "Both sides withdraw guns by ten kilometres."}
SECRETS = (b"withdraw guns", b"Orlan Teves", b"the hidden ford", b"Only light guns")


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    """A founded joint record with nothing but its charter."""
    base = tmp_path_factory.mktemp("talks")
    keys = {name: SigningKey.generate() for name in ("kes", "vor", "ord", "riv")}
    found = Table(Home(base / "record"), Settings(base / "state"), keys)
    with found.home.building() as place:
        Mechanism.found(place, found_joint(place, parse_charter(CHARTER), found.now, keys), found.settings)
    yield found


def part_1_a_commitment_is_read_in_two_ways_and_counted_in_both(table: Table, tmp_path: Path) -> None:
    """Twenty trucks one day and none the next: met on average, missed on a day; the site shows both and picks none."""
    quantity = Quantity(value=10, unit="trucks")
    trucks = Commitment(
        id="trucks", agreement="truce", bearer="vor", text="Let trucks cross at Brenk", kind="programme",
        start="2031-03-10", until="2031-04-09", quantity=quantity,
    )  # fmt: skip
    table.step("ord", told.CommitmentRecorded(commitment=trucks, at=table.now))
    table.step("vor", told.AgreementAnswered(item="trucks", answer="acknowledges", at=table.now))
    for party, counting in (("kes", "each"), ("vor", "average")):
        body = told.ReadingDeclared(commitment="trucks", text=f"As {counting}.", counting=counting, at=table.now)  # type: ignore[arg-type]
        table.step(party, body)
    for day, value in (("2031-03-10", 20), ("2031-03-11", 0)):
        table.step("riv", told.QuantityReported(commitment="trucks", value=value, start=day, at=table.now))
    data = table.publish(tmp_path / "site")
    (shown,) = [item for item in data["commitments"] if item["id"] == "trucks"]
    assert [(c["counting"], c["result"], c["read_so_by"]) for c in shown["counts"]] == [
        ("average", "met", ["vor"]),
        ("each", "not met", ["kes"]),
    ]
    assert shown["disputed"] and shown["conduct"] == "not yet verified"
    page = (tmp_path / "site" / "agreed.html").read_text(encoding="utf-8")
    assert "The parties count differently" in page and "no result is picked" in page
    assert any(item["item"] == "trucks" for item in data["upcoming"])


def part_2_minutes_with_one_line_refused(table: Table) -> None:
    """One line is agreed by both; of the other one party gives its own wording."""
    languages = {"languages": ("en", "ur"), "authentic": "en"}
    session = SessionHeld(
        session="round-1", title="First round", place="Port Ilmar", start=table.now, mediators=("ord",), at=table.now, **languages  # type: ignore[arg-type]
    )  # fmt: skip
    table.step("ord", session)
    head = Delegate(name="Orlan Teves", role="Spokesman")
    table.step("vor", DelegationNamed(session="round-1", head=head, at=table.now))
    for ident, text in LINES.items():
        urdu = (Translation(language="ur", text="پل کھلے گا۔"),)
        table.step("ord", MinuteLineRecorded(session="round-1", line=ident, text=text, translations=urdu, at=table.now))
    mark(table, "kes", "line-1", "agreed")
    mark(table, "kes", "line-2", "agreed")
    mark(table, "vor", "line-1", "agreed")
    mark(table, "vor", "line-2", "own wording", "Only light guns are withdrawn.")
    meeting = table.state().talks.meetings["round-1"]
    assert [meeting.agreed(line) for line in meeting.lines] == [True, False]


def mark(table: Table, party: str, line: str, answer: str, text: str = "") -> str:
    """Mark a line for a delegation."""
    return table.step(
        party,
        MinuteLineAnswered(
            session="round-1", line=line, answer=answer, sha256=text_sha256(LINES[line]), text=text, at=table.now  # type: ignore[arg-type]
        ),
    )  # fmt: skip


def part_2_a_mediators_mark_is_refused_however_it_comes(table: Table) -> None:
    """At the table, as a submission, and in the record itself, where it folds to nothing."""
    body = MinuteLineAnswered(
        session="round-1", line="line-2", answer="agreed", sha256=text_sha256(LINES["line-2"]), at=table.now
    )
    with pytest.raises(RoleError, match="M4"):
        table.step("ord", body)
    draft = Draft(
        kind="MinuteLineAnswered",
        member="ord",
        claimed_time=table.now,
        body=canonical.dumps(to_plain(body)),
        access="joint",
    )
    with table.open("ord") as mechanism:
        submission = sign_for(mechanism.log.chain, draft, [table.keys["ord"]])
        with pytest.raises(RoleError, match="M4"):
            mechanism.submit(submission)
        mechanism.log.append([submission])  # type: ignore[union-attr]
    state = table.state()
    assert "M4" in next(iter(state.refused_steps.values()))
    assert not state.talks.meetings["round-1"].agreed(state.talks.meetings["round-1"].lines[1])


def part_3_the_signed_minutes_are_the_same_bytes_each_time_and_pass_the_audit(table: Table, tmp_path: Path) -> None:
    """The members' bundle shows the sealed entries; nothing is public yet."""
    with table.open("ord") as mechanism:
        mechanism.log.checkpoint()  # type: ignore[union-attr]
    state = read_state(table.home)
    one, two = (minuting.export(table.home, state, "round-1") for _ in range(2))
    assert one == two and one.pdf.startswith(b"%PDF")
    path = tmp_path / "round-1.tasdiq.json"
    path.write_bytes(one.bundle)
    report = audit(path, table.home.trust_file)
    assert report.ok, report
    assert LINES["line-2"] in one.bundle.decode()
    path.write_bytes(one.bundle.replace(b"ten kilometres", b"two kilometres"))
    assert not audit(path, table.home.trust_file).ok
    with pytest.raises(Exception, match="none of its lines was opened"):
        minuting.export(table.home, state, "round-1", public=True)


def part_4_a_call_confirmed_and_one_corrected(table: Table) -> None:
    """Both stay with the members; an overdue call-back is due from its side."""
    for number, answer in ((1, "confirms"), (2, "corrects")):
        call = CallLogged(
            call=f"call-{number}", caller="kes", called="vor", tried_at=table.now, reached_at=table.now,
            asked="Hold fire at the hidden ford", call_back_by=clocks.after(table.now, hours=1), call_back_from="vor", at=table.now,
        )  # fmt: skip
        table.step("kes", call)
        text = "At the bridge." if answer == "corrects" else ""
        table.step("vor", CallConfirmed(call=f"call-{number}", answer=answer, text=text, at=table.now))  # type: ignore[arg-type]
    table.later(days=1)
    due = [item for item in table.state().upcoming if item.what == "call back"]
    assert [(item.owed_by, item.overdue) for item in due] == [("vor", True)] * 2


def part_5_nothing_sealed_is_in_what_is_published(table: Table, tmp_path: Path) -> None:
    """Neither minutes nor calls, in pages, data, record or bundles."""
    data = table.publish(tmp_path / "site")
    assert data["minutes"] == []
    assert holding(tmp_path / "site", *SECRETS, b"bridge at Brenk") == []


def holding(site: Path, *secrets: bytes) -> list[str]:
    """Return which files of a site hold one of these."""
    return [str(path) for path in site.rglob("*") if path.is_file() and any(s in path.read_bytes() for s in secrets)]


def part_6_the_agreed_line_is_opened_by_both_and_checked_by_anyone(table: Table, tmp_path: Path) -> None:
    """It is on the page with its bundle; the refused line, the delegations and the calls are not."""
    table.step("kes", MinutesOpened(session="round-1", at=table.now))
    assert table.publish(tmp_path / "early")["minutes"] == []
    table.step("vor", MinutesOpened(session="round-1", at=table.now))
    data = table.publish(tmp_path / "site")
    ((line,),) = [item["lines"] for item in data["minutes"]]
    assert (line["text"], line["number"]) == (LINES["line-1"], 1)
    assert LINES["line-1"] in (tmp_path / "site" / "agreed.html").read_text(encoding="utf-8")
    path = tmp_path / "site" / "bundle" / "round-1.tasdiq.json"
    assert audit(path, table.home.trust_file).ok
    assert audit(tmp_path / "site", table.home.trust_file).ok
    assert LINES["line-1"] in path.read_text(encoding="utf-8")
    assert holding(tmp_path / "site", *SECRETS) == []
    made = minuting.export(table.home, read_state(table.home), "round-1", public=True)
    assert made.bundle == path.read_bytes()
    kinds = {json.loads(e["leaf"])["header"]["kind"] for e in json.loads(made.bundle)["entries"]}
    assert kinds == {"sealed", "MinutesOpened"}


def part_7_an_opening_that_shows_too_much_is_refused(table: Table) -> None:
    """Signed elsewhere, with no more to open; the message says what was expected."""
    with pytest.raises(ProcedureError, match="M8"):
        table.step("kes", MinutesOpened(session="round-1", at=table.now))
    with table.open("ord") as mechanism, pytest.raises((ProcedureError, InputError, RoleError)):
        mechanism.step("MinutesOpened", MinutesOpened(session="round-1", at=table.now))


def test_the_talks(table: Table, tmp_path: Path) -> None:
    """Part by part: each goes on where the one before ended."""
    part_1_a_commitment_is_read_in_two_ways_and_counted_in_both(table, _folder(tmp_path, "1"))
    part_2_minutes_with_one_line_refused(table)
    part_2_a_mediators_mark_is_refused_however_it_comes(table)
    part_3_the_signed_minutes_are_the_same_bytes_each_time_and_pass_the_audit(table, _folder(tmp_path, "3"))
    part_4_a_call_confirmed_and_one_corrected(table)
    part_5_nothing_sealed_is_in_what_is_published(table, _folder(tmp_path, "5"))
    part_6_the_agreed_line_is_opened_by_both_and_checked_by_anyone(table, _folder(tmp_path, "6"))
    part_7_an_opening_that_shows_too_much_is_refused(table)


def _folder(base: Path, name: str) -> Path:
    (base / name).mkdir()
    return base / name
