"""What takes the keys of two devices (R6): waiting, the second signature, by page, file and fold."""

from __future__ import annotations

from doors.app import finding
from doors.app.seats import Seats
from doors.app.signing import at, prepared, sign
from tasdiq.clock import timestamp
from tasdiq.mechanism import Mechanism
from tasdiq.model.value import to_plain
from tasdiq.record import canonical
from tasdiq.record.entry import Draft, countersign
from tasdiq.record.submission import from_bytes, to_bytes
from tasdiq.secretariat import custody
from tasdiq.web.acting.preparing import chain_of


def test_r6_a_mark_waits_for_a_second_device(table: Seats) -> None:
    """Signed once it is not entered, and stands on the list of every officer of the member; another device enters it."""
    finding.take_up(table)
    finding.hear(table)
    first, other = table.officer("kes").keys[0], table.officer("kes", "team").keys[0]
    with at(table, "kes") as client, at(table, "kes", "team") as colleague, at(table, "vor") as stranger:
        draft = prepared(client, "FindingSigned", to_plain(finding.mark(table)))
        assert draft["needs"] == 2
        answer = sign(client, draft, first)
        assert (answer.status_code, answer.json()["waiting"]) == (202, ["kes"])
        assert sign(client, draft, first).status_code == 202
        lines = colleague.get("/api/v1/drafts").json()["drafts"]
        assert [(line["id"], line["signed_by"], line["own"]) for line in lines] == [
            (draft["id"], ["kes-liaison"], False)
        ]
        assert stranger.get("/api/v1/drafts").json()["drafts"] == []
        assert stranger.get(f"/api/v1/drafts/{draft['id']}").status_code == 404
        answer = sign(colleague, colleague.get(f"/api/v1/drafts/{draft['id']}").json(), other)
    assert answer.status_code == 201, answer.text
    marks = table.state().cases["case-1"].findings[0].signatures
    assert [(mark.member, mark.mark) for mark in marks] == [("kes", "dissents")]


def test_r6_two_devices_of_one_officer_or_the_members_own_key_suffice(table: Seats) -> None:
    """Two certified devices of the same officer enter a mark; so does the member's key alone, signed offline."""
    finding.take_up(table)
    finding.hear(table)
    with at(table, "kes") as client:
        draft = prepared(client, "FindingSigned", to_plain(finding.mark(table)))
        statuses = [sign(client, draft, key).status_code for key in table.officer("kes").keys]
        again = prepared(client, "FindingSigned", to_plain(finding.mark(table, "breach")))
        assert sign(client, again, table.keys["kes"]).status_code == 201
    assert statuses == [202, 201]


def test_r6_a_file_that_waits_is_signed_offline_and_handed_in(table: Seats) -> None:
    """What carries one signature is handed out, countersigned by a second key, and entered whole, with its receipt."""
    finding.take_up(table)
    finding.hear(table)
    with at(table, "kes") as client:
        draft = prepared(client, "FindingSigned", to_plain(finding.mark(table)))
        assert client.get(f"/api/v1/drafts/{draft['id']}/submission").status_code == 404
        sign(client, draft, table.officer("kes").keys[0])
        data = client.get(f"/api/v1/drafts/{draft['id']}/submission").content
        alone = client.post("/api/v1/entries", content=data)
        assert (alone.status_code, "R6" in alone.json()["detail"]) == (403, True)
        twice = to_bytes(countersign(from_bytes(data), table.officer("kes", "team").keys[0]))
        answers = [client.post("/api/v1/entries", content=twice) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json()["entered"][0]["index"] == answers[1].json()["entered"][0]["index"]


def test_r6_a_mark_that_came_past_the_host_changes_nothing(table: Seats) -> None:
    """Entered by the log with one officer's key, it is listed as refused by the fold, and is no mark."""
    finding.take_up(table)
    finding.hear(table)
    chain = chain_of(table.room)
    body = canonical.dumps(to_plain(finding.mark(table)))
    draft = Draft("FindingSigned", "kes", timestamp(table.at), body, access="joint")
    signed = custody.sign_for(chain, draft, [table.officer("kes").keys[0]])
    with Mechanism.open(table.home, table.settings, clock=lambda: table.at) as mechanism:
        mechanism.log.append([signed])
    state = table.state()
    assert "R6" in state.refused_steps[signed.id]
    assert state.cases["case-1"].findings[0].signatures == ()


def test_the_charter_is_amended_by_two_devices_of_every_member(table: Seats) -> None:
    """One draft goes round: it stands on every member's list until each has signed as R6 asks."""
    amended = to_plain(table.state().charter) | {"title": "Joint mechanism, second wording"}
    members = chain_of(table.room).keys.members
    with at(table, "kes") as client:
        draft = prepared(client, "CharterAmended", {"charter": amended, "reason": "a clearer title"})
        answers = [sign(client, draft, key) for key in table.officer("kes").keys]
    for member in members[1:]:
        with at(table, member) as other:
            answers += [sign(other, draft, key) for key in table.officer(member).keys]
    assert [answer.status_code for answer in answers] == [202] * (2 * len(members) - 1) + [201]
    assert sorted(set(answers[1].json()["waiting"])) == sorted(members[1:])
    assert table.state().charter.title == "Joint mechanism, second wording"
