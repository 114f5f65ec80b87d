"""What each viewer is shown: the rules V1 to V11 of `web.seeing`, tried with a canary in each class of thing."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from doors.app.scene import CANARIES, PHOTOGRAPH, Scene
from doors.app.seats import Seats
from doors.app.viewers import VIEWERS
from tasdiq.mechanism import Mechanism
from tasdiq.publication import sitedata
from tasdiq.record.reader import Reader
from tasdiq.web import seeing
from tasdiq.web.viewer import Viewer

IN_BODIES_ALONE = {"canary-extension", "canary-file", "canary-named", "canary-witness"}
OF_TEXTS = "canary-text"
SITE = ("documents", "statements", "propositions", "origins", "copies", "disagreements", "actors", "incidents", "cases")


@pytest.fixture(scope="module")
def seats(scene: Scene, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seats]:
    """A table at a copy of it, for reading."""
    table = scene.table(tmp_path_factory.mktemp("looked-at"))
    yield table
    table.close()


def _told(state: object) -> str:
    found = {f.name: getattr(state, f.name) for f in dataclasses.fields(state)}  # type: ignore[arg-type]
    return repr(msgspec.to_builtins(found, enc_hook=dict))


@pytest.mark.parametrize("name", VIEWERS)
def test_v1_to_v7_canaries_sing_for_those_alone_who_may_hear_them(seats: Seats, name: str) -> None:
    """A viewer's state holds exactly the canaries that this viewer may see."""
    told = _told(seeing.seen(seats.room, VIEWERS[name]))
    expected = {word for word, seers in CANARIES.items() if name in seers} - IN_BODIES_ALONE
    assert {word for word in CANARIES if word in told} == expected


@pytest.mark.parametrize("name", VIEWERS)
def test_v9_entries_are_read_by_those_who_see_all_that_they_bring(seats: Seats, name: str) -> None:
    """No entry that a viewer may read holds a canary that it may not; each it may is in one of them, or in no entry."""
    heard = set()
    with Reader.open(seats.home.path) as reader:
        for stored in reader:
            words = {word for word in CANARIES if stored.body and word.encode() in stored.body}
            if stored.access == "public":
                continue
            if seeing.may_read_entry(seats.room, VIEWERS[name], stored.index):
                assert {word for word in words if name not in CANARIES[word]} == set(), stored.kind
                heard |= words
            else:
                assert not words or any(name not in CANARIES[word] for word in words), stored.kind
    assert heard <= {word for word, seers in CANARIES.items() if name in seers}


def test_v1_anybody_sees_what_the_site_shows(seats: Seats, tmp_path: Path) -> None:
    """The ids of every kind, the lines of all entries and the data of the site are those of a site published now."""
    with Mechanism.open(seats.home, seats.settings, clock=lambda: seats.at) as mechanism:
        mechanism.publish(tmp_path / "site")
    site = msgspec.json.decode((tmp_path / "site" / "data" / "site.json").read_bytes())
    state = seeing.seen(seats.room, VIEWERS["anybody"])
    for field in SITE:
        assert {item["id"] for item in site[field]} == set(getattr(state, field)), field
    assert _findings(site["cases"]) == {f.id for case in state.cases.values() for f in case.findings}
    assert {r["report_id"] for i in site["incidents"] for r in i["reports"]} <= set(state.reports)
    listed = [{key: e[key] for key in ("index", "id", "kind", "member", "access", "status")} for e in site["entries"]]
    assert listed == [{key: getattr(line, key) for key in listed[0]} for line in state.entries]
    built = msgspec.json.decode(msgspec.json.encode(sitedata.build(seeing.view(seats.room, VIEWERS["anybody"]))))
    for field in (*SITE, "entries", "conduct", "commitments", "agreements", "sessions", "counts"):
        assert _unproved(built.get(field)) == _unproved(site.get(field)), field


def _findings(cases: list[dict[str, Any]]) -> set[str]:
    return {finding["id"] for case in cases for finding in case["findings"]}


def _unproved(value: Any) -> Any:
    """Leave out where proofs lie: a site writes them beside itself."""
    if isinstance(value, dict):
        return {key: _unproved(item) for key, item in value.items() if key != "proof"}
    return [_unproved(item) for item in value] if isinstance(value, list) else value


def test_v2_members_read_whole_texts(seats: Seats) -> None:
    """Words of a document are shown whole to an officer, and not at all out of anybody's state."""
    member, anybody = (seeing.view(seats.room, VIEWERS[name]) for name in ("kes", "anybody"))
    document = next(item for item in member.state.documents.values() if item.file == "shelling.txt")
    whole = member.shown.text(document.id, document.start, document.end)
    assert "canary-text orchard" in whole
    assert anybody.state.texts == {}
    assert "canary-text" not in anybody.shown.text(document.id, document.start, document.end)[: document.end // 2]


def test_v3_what_is_for_named_recipients_is_a_sealed_line_for_all(seats: Seats) -> None:
    """Not even its recipient's officers see more here than index, id and day."""
    for viewer in VIEWERS.values():
        line = seeing.seen(seats.room, viewer).entries[-1]
        assert (line.access, line.kind, line.member, len(line.claimed_time)) == ("named", "sealed", "", 10)
        assert not seeing.may_read_entry(seats.room, viewer, line.index)


def test_v4_others_see_that_access_was_asked_for_and_answered(seats: Seats) -> None:
    """The request stands in the case of an officer who may not see its place, with the words that say why."""
    (asked,) = seeing.seen(seats.room, VIEWERS["med"]).cases["case-1"].access
    assert (asked.id, asked.asked_of, asked.place) == ("access-1", "vor", "withheld: known to those who have to act")


def test_v6_v7_what_is_not_seen_leaves_no_trace(seats: Seats) -> None:
    """For the protection body there is no evidence: no id, no step in the history, no line that names its kind."""
    state = seeing.seen(seats.room, VIEWERS["med"])
    assert "evidence-1" not in _told(state)
    assert not any("Evidence" in line.kind for line in state.entries)
    assert not any("Evidence" in step.kind for case in state.cases.values() for step in case.history)
    assert any("Evidence" in line.kind for line in seeing.seen(seats.room, VIEWERS["kes"]).entries)


@pytest.mark.parametrize(
    "viewer",
    [
        Viewer("a", "kes liaison", "kes", "liaison", frozenset({"act"})),
        Viewer("a", "kes liaison", "", "liaison"),
        Viewer("a", "kes liaison", "gone", "liaison"),
    ],
)
def test_v8_who_may_not_read_sees_what_anybody_sees(seats: Seats, viewer: Viewer) -> None:
    """A token that may only act, an account without a member, a member that is none."""
    assert seeing.seen(seats.room, viewer) is seeing.seen(seats.room, VIEWERS["anybody"])


@pytest.mark.parametrize("name", VIEWERS)
def test_v10_files_are_read_by_those_who_see_what_they_belong_to(scene: Scene, seats: Seats, name: str) -> None:
    """Evidence under V6, texts and originals of documents by officers; anybody reads no file."""
    viewer, room = VIEWERS[name], seats.room
    assert seeing.may_read_attachment(room, viewer, scene.photograph) == (name in CANARIES["canary-file"])
    document = next(iter(seats.state().documents.values()))
    for sha256 in (document.sha256, document.text_sha256):
        assert seeing.may_read_attachment(room, viewer, sha256) == (name != "anybody")
    assert not seeing.may_read_attachment(room, viewer, "0" * 64)
    assert PHOTOGRAPH


def test_a_sight_is_worked_out_once_a_minute(seats: Seats) -> None:
    """The same viewers share it until the minute or the record is another."""
    first = seeing.seen(seats.room, VIEWERS["kes"])
    assert seeing.seen(seats.room, dataclasses.replace(VIEWERS["kes"], officer="another", account="b")) is first
    assert seeing.seen(seats.room, VIEWERS["kes team"]) is not first
