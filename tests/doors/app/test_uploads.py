"""Files handed in by parts: rules U1 to U6 of `web.uploads.uploading`, and what an entry may name (`keeping`)."""

from __future__ import annotations

import hashlib
import stat

import pytest

from doors.app import evidence
from doors.app.evidence import CASE, announce, hand_in, open_case, ready, send, submission
from doors.app.seats import Seats
from tasdiq.model.value import to_plain
from tasdiq.record.entry import message_of
from tasdiq.record.signing import SigningKey
from tasdiq.web import acting
from tasdiq.web.uploads import names, uploading
from tasdiq.web.viewer import Viewer

DATA = b"three craters beside the well\n" * 4000


@pytest.fixture
def opened(table: Seats) -> Seats:
    """The table, with a case in which evidence may be submitted."""
    open_case(table)
    return table


def viewer_of(seats: Seats, member: str = "kes") -> Viewer:
    """Return an officer of a member as the application knows it."""
    officer = seats.officer(member)
    return Viewer(
        seats.account(member),
        officer.name,
        member,
        officer.role,
        frozenset({"read", "act", "admin"}),  # type: ignore[arg-type]
    )


def entered(seats: Seats, *sha256: str) -> None:
    """Have Kestria's officer prepare, sign and enter evidence that names files."""
    key: SigningKey = seats.officer("kes").keys[0]
    viewer = viewer_of(seats)
    made = acting.prepare(seats.room, viewer, submission(seats, *sha256))
    draft = acting.shown(seats.room, viewer, made.id)
    assert acting.sign(seats.room, viewer, made.id, key.key_id, key.sign(message_of(draft.unsigned))).entered


def test_a_file_arrives_in_parts_and_is_held_against_its_hash(opened: Seats) -> None:
    """U2: parts come in order; after the last one the file is whole, and its kind is told by its content."""
    kes = opened.client("kes")
    begun = announce(kes, DATA, "craters.png").json()
    half = len(DATA) // 2
    assert send(kes, DATA[:half], begun["id"]).json()["received"] == half
    done = send(kes, DATA[half:], begun["id"], half).json()
    assert (done["state"], done["type"]) == ("whole", "text/plain")


def test_a_part_that_begins_elsewhere_is_refused_with_where_to_go_on(opened: Seats) -> None:
    """U2: whoever was interrupted asks how much has come and goes on from there."""
    kes = opened.client("kes")
    ident = announce(kes, DATA).json()["id"]
    send(kes, DATA[:100], ident)
    refused = send(kes, DATA[50:], ident, 50)
    assert refused.status_code == 409
    assert "byte 100" in refused.json()["detail"]
    assert kes.get(f"/api/v1/uploads/{ident}").json()["received"] == 100


def test_a_file_whose_hash_is_another_is_not_kept(opened: Seats) -> None:
    """U2: what arrived is not what was announced: nothing of it stays."""
    kes = opened.client("kes")
    ident = announce(kes, DATA, sha256="0" * 64).json()["id"]
    refused = send(kes, DATA, ident)
    assert refused.status_code == 422
    assert hashlib.sha256(DATA).hexdigest() in refused.json()["detail"]
    assert not list((opened.home.path / "uploads").iterdir())


def test_the_same_file_again_goes_on_where_it_was(opened: Seats) -> None:
    """U6: after a page was closed, announcing the file again finds what has come of it."""
    kes = opened.client("kes")
    first = announce(kes, DATA).json()
    send(kes, DATA[:500], first["id"])
    again = announce(kes, DATA).json()
    assert (again["id"], again["received"]) == (first["id"], 500)


def test_files_wait_in_a_private_folder_outside_the_attachments(opened: Seats) -> None:
    """What no entry names is not among the record's attachments, and nobody else on the machine reads it."""
    sha256 = hand_in(opened.client("kes"), DATA)
    folder = opened.home.path / "uploads"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()] == [0o600]
    assert not (opened.home.path / "attachment" / sha256).exists()


@pytest.mark.parametrize(("member", "status"), [("riv", 201), ("med", 403), ("", 403)])
def test_only_who_may_submit_evidence_hands_in_files(opened: Seats, member: str, status: int) -> None:
    """U1: members of the case do; the protection body and who did not sign in do not."""
    client = opened.client(member) if member else opened.anybody()
    assert announce(client, DATA).status_code == status


def test_a_case_that_is_not_there_takes_no_files(opened: Seats) -> None:
    """U1: whoever names a case that does not exist is told nothing more."""
    assert announce(opened.client("kes"), DATA, case="case-x").status_code == 404


def test_another_account_does_not_find_an_upload(opened: Seats) -> None:
    """U5: another's upload is answered like none: it is not read, gone on with, or cancelled."""
    ident = announce(opened.client("kes"), DATA).json()["id"]
    for client in (opened.client("vor"), opened.client("kes", "team")):
        assert ready(client).get(f"/api/v1/uploads/{ident}").status_code == 404
        assert send(client, DATA, ident).status_code == 404
        assert client.delete(f"/api/v1/uploads/{ident}").status_code == 404


@pytest.mark.parametrize("size", [0, -1, uploading.LARGEST + 1])
def test_a_file_has_at_most_200_mib(opened: Seats, size: int) -> None:
    """U3: empty files and larger ones are refused when they are announced."""
    assert announce(opened.client("kes"), DATA, size=size).status_code == 422


def test_a_part_larger_than_announced_is_refused(opened: Seats) -> None:
    """U3: nobody sends more than was announced, or more than a part at once."""
    kes = opened.client("kes")
    ident = announce(kes, DATA[:10]).json()["id"]
    assert send(kes, DATA[:11], ident).status_code == 422
    assert send(kes, b"x" * (10 * 2**20), ident).status_code == 413


def test_a_member_has_a_quota_a_day(opened: Seats) -> None:
    """U3: the eleventh of the largest files is refused in words that say so, and taken a day later."""
    kes = opened.client("kes")
    for number in range(10):
        begun = announce(kes, DATA, size=uploading.LARGEST, sha256=f"{number:064x}")
        assert begun.status_code == 201
        assert kes.delete(f"/api/v1/uploads/{begun.json()['id']}").status_code == 204
    refused = announce(kes, DATA, size=uploading.LARGEST)
    assert refused.status_code == 422
    assert "a day" in refused.json()["detail"]
    opened.later(hours=25)
    assert announce(opened.client("kes"), DATA, size=uploading.LARGEST).status_code == 201


def test_unfinished_files_are_few(opened: Seats) -> None:
    """U3: the ninth unfinished file is refused."""
    kes = opened.client("kes")
    answers = [announce(kes, DATA, sha256=f"{number:064x}").status_code for number in range(9)]
    assert answers == [201] * 8 + [422]


def test_what_no_entry_names_goes_in_a_day(opened: Seats) -> None:
    """U4: the next announcement clears what is a day old."""
    hand_in(opened.client("kes"), DATA)
    opened.later(hours=25)
    announce(opened.client("kes"), b"another")
    assert not list((opened.home.path / "uploads").iterdir())


def test_an_entered_file_lies_among_the_attachments_byte_for_byte(opened: Seats) -> None:
    """Keeping, rule 2: it is there once the entry stands, unchanged, and no longer staged."""
    sha256 = hand_in(opened.client("kes"), DATA)
    entered(opened, sha256)
    kept = opened.home.path / "attachment" / sha256
    assert kept.read_bytes() == DATA
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert not list((opened.home.path / "uploads").iterdir())
    assert opened.state().cases[CASE].evidence[0].sha256 == (sha256,)


def test_a_file_that_was_not_handed_in_cannot_be_named(opened: Seats) -> None:
    """Keeping, rule 1: a hash alone is no file; a draft that names it is refused beside its field."""
    answer = ready(opened.client("kes")).post(
        "/api/v1/drafts", json={"kind": "EvidenceSubmitted", "body": to_plain(submission(opened, "a" * 64))}
    )
    assert (answer.status_code, answer.json()["field"]) == (422, "sha256")


def test_whoever_knows_the_hash_of_anothers_file_does_not_get_it(opened: Seats) -> None:
    """Keeping, rule 1: Vorland's file, staged or kept, cannot be named by an observer who was told its hash."""
    sha256 = hand_in(opened.client("vor"), DATA)
    body = to_plain(submission(opened, sha256))
    asked = {
        "kind": "EvidenceSubmitted",
        "body": {**body, "custody": [{"holder": "riv", "at": body["at"], "how": "told"}]},
    }
    assert ready(opened.client("riv")).post("/api/v1/drafts", json=asked).status_code == 422


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\o\\craters.jpg", "craters.jpg"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("line\nbreak\x00.txt", "linebreak.txt"),
        ("..", "file"),
        ("", "file"),
        ("x" * 300 + ".jpeg", "x" * 94 + "….jpeg"),
    ],
)
def test_names_are_made_harmless(name: str, shown: str) -> None:
    """No folders, no controls, nothing that turns letters, never long."""
    assert names.harmless(name) == shown
    assert len(names.harmless(name)) <= names.MOST


def test_archives_are_never_unpacked(opened: Seats) -> None:
    """A ZIP that would unpack to its parent folders is a file like any other."""
    kes = opened.client("kes")
    data = b"PK\x03\x04" + b"\0" * 26 + b"../../../escaped"
    ident = announce(kes, data, "a.zip").json()["id"]
    assert send(kes, data, ident).json()["type"] == "application/zip"
    assert [path.name for path in (opened.home.path / "uploads").iterdir()] == [ident]


def test_the_sample_photograph_is_told_by_its_content(opened: Seats) -> None:
    """A picture with the name of a program is a picture."""
    kes = opened.client("kes")
    data = evidence.photograph()
    ident = announce(kes, data, "run.exe").json()["id"]
    assert send(kes, data, ident).json()["type"] == "image/jpeg"
