"""What a member might try against another, with its own key and an officer's token: time, silence, and the other's own things."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from httpx import Response

from doors.app import evidence, finding
from doors.app.onlookers import with_token
from doors.app.seats import START, Seats
from tasdiq.clock import timestamp
from tasdiq.mechanism import Mechanism
from tasdiq.model import entries, steps
from tasdiq.model.document import Document
from tasdiq.model.evidence import Custody
from tasdiq.model.incident import IncidentReport
from tasdiq.model.value import Value, to_plain
from tasdiq.record import canonical
from tasdiq.record.entry import Draft
from tasdiq.record.submission import to_bytes
from tasdiq.secretariat.arrival import row_bytes
from tasdiq.secretariat.custody import sign_for
from tasdiq.web.accounts.office import make_account
from tasdiq.web.acting.preparing import chain_of

MEDIA = {"Content-Type": "application/vnd.tasdiq.submission+json"}


def signed(table: Seats, member: str, body: Value, claimed: str, access: str = "joint", **fields: Any) -> bytes:
    """Sign an entry on a machine of one's own, with whatever time it claims; return the file."""
    kind = fields.pop("kind", type(body).__name__)
    draft = Draft(kind, member, claimed, body=canonical.dumps(to_plain(body)), access=access, **fields)
    return to_bytes(sign_for(chain_of(table.room), draft, [table.keys[member]]))


def hand_in(table: Seats, member: str, body: Value, claimed: str, path: str = "entries", **fields: Any) -> Response:
    """Sign an entry and hand it in by program."""
    data = signed(table, member, body, claimed, **fields)
    answer: Response = with_token(table, "read act", member, "").post(f"/api/v1/{path}", content=data, headers=MEDIA)
    return answer


def told(table: Seats) -> None:
    """Take a case to where the parties were told of a draft."""
    finding.take_up(table)
    at = timestamp(table.at)
    table.step("ord", finding.drafting(table))
    for party in ("kes", "vor"):
        table.step("ord", steps.PartyNotified(finding="finding-1", notice=f"notice-{party}", party=party, at=at))


def reply(at: str = "") -> steps.PartyResponded:
    """Return Vorland's reply to the draft."""
    return steps.PartyResponded(finding="finding-1", notice="notice-vor", text="We take note.", at=at)


@pytest.mark.parametrize("off", [timedelta(days=-30), timedelta(hours=-2), timedelta(hours=2), timedelta(days=3000)])
def test_a_step_that_says_no_time_is_dated_by_its_entry_and_held_to_the_hour(table: Seats, off: timedelta) -> None:
    """T1: leaving the time out and claiming another backdates no reply into its deadline, and locks nobody out of the case."""
    told(table)
    table.later(days=30)
    answer = hand_in(table, "vor", reply(), timestamp(table.at + off))
    assert answer.status_code == 409, answer.text
    assert answer.json()["paragraph"] == "T1"
    case = table.state().cases["case-1"]
    assert not case.findings[0].notices[1].replies


@pytest.mark.parametrize("ahead", [{"minutes": 1}, {"minutes": 59}])
def test_no_step_is_dated_ahead(table: Seats, ahead: dict[str, int]) -> None:
    """T1: a step dated ahead would keep everyone else's out (T2), and end a period before its time (T6, D8)."""
    told(table)
    answer = hand_in(table, "kes", reply_of_kes(timestamp(table.at + timedelta(**ahead))), timestamp(table.at))
    assert (answer.status_code, answer.json().get("paragraph")) == (409, "T1"), answer.text
    assert hand_in(table, "vor", reply(timestamp(table.at)), timestamp(table.at)).status_code == 201


def reply_of_kes(at: str) -> steps.PartyResponded:
    """Return Kestria's reply to the draft."""
    return steps.PartyResponded(finding="finding-1", notice="notice-kes", text="We take note.", at=at)


def naming(sha256: str) -> list[tuple[Value, dict[str, Any]]]:
    """Return every entry with which Vorland could name a file that Ordania's team alone holds."""
    link = Custody(holder="riv", at=timestamp(START), how="held")
    held = Document(id="d1", file="f", sha256=sha256, text_sha256=sha256, kind="article", start=0, end=9, paragraphs=())
    return [
        (steps.EvidenceSubmitted(case="case-1", evidence="mine", title="Mine", sha256=(sha256,), custody=(link,), at=link.at), {}),
        (entries.DocumentReceived(file="f", sha256=sha256, text_sha256=sha256, documents=(held,)), {"access": "public"}),
    ]  # fmt: skip


@pytest.mark.parametrize("path", ["entries", "tables"])
def test_no_way_in_lets_a_hash_alone_open_a_file(table: Seats, path: str) -> None:
    """V6, V11: what names a file that its member neither handed in nor may read is refused, whichever address takes the entry."""
    evidence.open_case(table)
    secret = table.room.writer.keep(b"the words of a witness, in a file of words")
    for body, fields in naming(secret):
        answer = hand_in(table, "riv", body, timestamp(table.at), path, **fields)
        assert (answer.status_code, answer.json().get("field")) == (422, "sha256"), answer.text
    assert table.state().size == table.room.live.state().size
    assert secret not in table.state().texts and not table.state().cases["case-1"].evidence


def test_a_table_that_was_entered_makes_no_file_ones_own(table: Seats) -> None:
    """V6: to have named a hash in a list of what arrived opens nothing either."""
    evidence.open_case(table)
    secret = table.room.writer.keep(b"the words of a witness, in a file of words")
    table_body = entries.TableReceived(file="t.csv", sha256=secret, mapping="own", accepted=0, rejected=())
    assert hand_in(table, "riv", table_body, timestamp(table.at), access="public").status_code == 201
    body, fields = naming(secret)[0]
    assert hand_in(table, "riv", body, timestamp(table.at), **fields).status_code == 422


def test_what_is_not_seen_is_not_there_at_any_address_that_takes_entries(table: Seats) -> None:
    """V11: the address for tables answers like the one for entries, to an observer's officer who sits on no team."""
    evidence.open_case(table)
    table.step("kes", evidence.submission(table, evidence="hidden"))
    second = make_account(table.room.office, "riv", "observer", "Second")
    client, now = evidence.ready(table.client_of(second)), timestamp(table.at)
    answers = [
        client.post(f"/api/v1/{path}", content=signed(table, "riv", body, now), headers=MEDIA)
        for path in ("entries", "tables")
        for name in ("hidden", "never-was")
        for body in (steps.EvidenceAcknowledged(case="case-1", evidence=name, at=now),)
    ]
    assert [answer.status_code for answer in answers] == [404] * 4, [answer.text for answer in answers]
    assert len({answer.text for answer in answers}) == 1


def _table(reports: list[IncidentReport], member: str, table: Seats) -> None:
    """Have a member propose reports, as those of a table of its own."""
    with Mechanism.open(table.home, table.settings, key=table.keys[member], clock=lambda: table.at) as mechanism:
        mechanism.propose("report", "kestria.csv", "own", reports, access="joint")


def _report(words: str) -> IncidentReport:
    return IncidentReport(report_id="k-1", source_id="post-7", reported_at="2031-03-01T05:00:00Z", text=words)


ATTACKS: dict[str, tuple[Value, dict[str, Any]]] = {
    "a correction of the file": (entries.EntryCorrected(item="file/kestria.csv", reason="x"), {}),
    "a correction of the report": (entries.EntryCorrected(item="k-1", reason="x"), {}),
    "a refusal": (entries.ProposalRefused(items=("k-1",), reason="x"), {}),
    "nothing in its place": (
        entries.Proposal(rows_of="report", method="own", subject="kestria.csv"), {"kind": "ReportsProposed"},
    ),
    "another of the same id": (
        entries.Proposal(rows_of="report", method="own", subject="vorland.csv"),
        {"kind": "ReportsProposed", "rows": (row_bytes(_report("nothing happened")),)},
    ),
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_nobody_takes_out_what_another_member_brought(table: Seats, attack: str) -> None:
    """Register, rule 3: whatever Vorland enters, Kestria's report stands as Kestria told it, and unmarked; its own word counts."""
    _table([_report("fire at the bridge")], "kes", table)
    body, fields = ATTACKS[attack]
    assert hand_in(table, "vor", body, timestamp(table.at), access="joint", **fields).status_code == 201
    state = table.state()
    assert state.reports["k-1"].text == "fire at the bridge"
    assert "k-1" not in state.corrected and state.entries[state.provenance["k-1"].index].member == "kes"
    if "of the same id" not in attack:
        assert hand_in(table, "kes", body, timestamp(table.at), access="joint", **fields).status_code == 201
        assert "k-1" not in table.state().reports or "k-1" in table.state().corrected
