"""`tasdiq proposition`: decisions about points from the shell, on a desk record and on a joint one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corroboration.speeches import Said, record
from doors.conftest import Door
from doors.joint import Seat, found
from tasdiq.cli.key_files import load_key
from tasdiq.corroboration import stages
from tasdiq.mechanism import Mechanism, timestamp, utc_now
from tasdiq.model.state import State
from tasdiq.secretariat.founding import Home, found_desk
from tasdiq.settings import Settings

SHELLED, VIOLATED = "p-use-of-force-shelling-vor", "p-ceasefire-ceasefire-violated-vor"
CLAIM = Said("kes", "Kestria", "said", "Vorland shelled villages near Brenk")
TRUCE = Said("kes", "Kestria", "said", "Vorland violated the ceasefire")
DENIED = Said("vor", "Vorland", "denied", "shelling villages", "denies")
LATER = Said("kes", "Marenne", "said", "Vorland had shelled two posts")


def enter(mechanism: Mechanism, state: State) -> int:
    """Propose what a state holds, as the intake would; return how many proposals of what it comes to were new."""
    mechanism.propose("actor", "record", "tests", list(state.actors.values()))
    for document in state.documents:
        mechanism.propose(
            "statement", document, "tests", [s for s in state.statements.values() if s.document == document]
        )
    return sum(
        mechanism.propose(rows_of, stages.SUBJECT, method, rows) for rows_of, method, rows in stages.proposals(state)
    )


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A desk record of two documents."""
    home, settings, state = Home(tmp_path / "desk"), Settings(tmp_path / "state"), record([CLAIM, TRUCE], [DENIED])
    with home.building() as place:
        Mechanism.found(place, found_desk(place, state.charter, timestamp(utc_now())), settings)
    with Mechanism.open(home, settings) as mechanism:
        enter(mechanism, state)
    return home.path


def listed(door: Door, place: Path) -> dict[str, Any]:
    """Return the points of a record by id."""
    return {item["id"]: item for item in json.loads(door("proposition", "list", place, "--json").out)}


def told(door: Door, place: Path, ident: str) -> dict[str, Any]:
    """Return one point with everything about it."""
    found: dict[str, Any] = json.loads(door("proposition", "show", place, ident, "--json").out)
    return found


def test_in_a_desk_record_its_compiler_decides_and_later_documents_follow(
    door: Door, desk: Path, tmp_path: Path
) -> None:
    """Merged, reworded, confirmed; a third document's claim goes where it was decided; taken back, all is as before."""
    before = listed(door, desk)
    assert {SHELLED, VIOLATED} <= before.keys() and before[SHELLED]["standing"] == "contested"
    merged = door("proposition", "merge", desk, VIOLATED, SHELLED, "--reason", "One claim, two words.")
    assert merged.code == 0, merged.err
    door("proposition", "reword", desk, VIOLATED, "--wording", "Vorland opened fire", "--reason", "No verdict.")
    assert door("proposition", "confirm", desk, VIOLATED).code == 0
    shown = listed(door, desk)
    assert (
        SHELLED not in shown and shown[VIOLATED]["status"] == "confirmed" and shown[VIOLATED]["standing"] == "contested"
    )
    with Mechanism.open(Home(desk), Settings(tmp_path / "state")) as mechanism:
        assert enter(mechanism, record([CLAIM, TRUCE], [DENIED])) == 0
        enter(mechanism, record([CLAIM, TRUCE], [DENIED], [LATER]))
    point = told(door, desk, VIOLATED)
    assert point["wording"] == "Vorland opened fire" and len(point["statements"]) == 4
    last = next(d for d in point["decisions"] if d["kind"] == "confirmed")
    assert last["later"] == 1 and "1 came later and is not covered" in last["says"]
    assert "One claim, two words" in door("proposition", "show", desk, VIOLATED).out
    entry = merged.out.split()[-1]
    assert door("proposition", "undo", desk, entry[:16], "--reason", "Two claims.").code == 0
    assert listed(door, desk).keys() == before.keys()
    again = door("proposition", "undo", desk, entry[:16], "--reason", "Again.")
    assert again.code == 1 and "F8" in again.err
    assert "F7" in door("proposition", "object", desk, SHELLED, "--text", "No.").err


def test_a_split_sorts_statements_and_says_why(door: Door, desk: Path) -> None:
    """What is named goes to a point of its own, with its reason; the rest stays, and the table follows."""
    point = told(door, desk, SHELLED)
    assert "one kind of point" in point["together"]
    going = next(item["id"] for item in point["statements"] if item["stance"] == "denies")
    done = door(
        "proposition", "split", desk, SHELLED, "--statement", going, "--wording", "Vorland fired on villages",
        "--reason", "Another day.",
    )  # fmt: skip
    part = done.out.split(":")[0]
    found = listed(door, desk)
    assert [found[SHELLED]["standing"], found[part]["standing"], found[part]["status"]] == [
        "one-sided",
        "one-sided",
        "recorded",
    ]
    (statement,) = told(door, desk, part)["statements"]
    assert any("Another day" in sentence for sentence in statement["because"])


def test_a_person_frames_a_point_from_statements(door: Door, desk: Path) -> None:
    """It stands in the table like any other, as recorded by a person, and is taken back by its id."""
    one, other = (item["id"] for item in told(door, desk, SHELLED)["statements"])
    words = ("--wording", "Brenk was under fire", "--holds", f"{one}=asserts")
    ident = door("proposition", "frame", desk, *words, "--holds", f"{other}=denies").out.split(":")[0]
    found = listed(door, desk)[ident]
    assert (found["standing"], found["status"], found["statements"]) == ("contested", "recorded", 2)
    assert "A person put these statements together" in door("proposition", "show", desk, ident).out
    assert door("proposition", "confirm", desk, ident).code == 0
    assert "F5" in door("proposition", "frame", desk, *words).err
    assert door("proposition", "frame", desk, "--wording", "Else", "--holds", f"{one}=thinks").code == 2
    assert "no statement" in door("proposition", "frame", desk, "--wording", "Else", "--holds", "d1.s9=denies").err
    assert door("proposition", "undo", desk, ident, "--reason", "It says nothing more.").code == 0
    assert ident not in listed(door, desk)


def test_in_a_joint_record_mediators_frame_and_parties_object(door: Door, tmp_path: Path) -> None:
    """Each with its own key; both wordings stand in the list; everything folds from the entries alone."""
    seat: Seat = found(door, tmp_path)
    with Mechanism.open(Home(seat.record), Settings(tmp_path / "state"), key=load_key(seat.key("ord"))) as mechanism:
        enter(mechanism, record([CLAIM, TRUCE], [DENIED]))
    key = {member: ("--key", seat.key(member)) for member in ("kes", "vor", "ord")}
    words = ("--wording", "Fire was opened at villages", "--reason", "No side is named.")
    seat.refused("F1", "proposition", "reword", seat.record, SHELLED, *words, *key["kes"])
    seat.refused("give its key", "proposition", "reword", seat.record, SHELLED, *words)
    seat.refused("F1", "proposition", "frame", seat.record, "--wording", "Else", "--holds", "d1.s9=denies", *key["kes"])
    seat.run("proposition", "reword", seat.record, SHELLED, *words, *key["ord"])
    own = ("--text", "No village was hit.", "--own", "Vorland returned fire")
    seat.refused("F7", "proposition", "object", seat.record, SHELLED, *own, *key["ord"])
    seat.run("proposition", "object", seat.record, SHELLED, *own, *key["vor"])
    item = listed(door, seat.record)[SHELLED]
    assert item["wording"] == "Fire was opened at villages"
    assert item["objections"] == [{"member": "vor", "text": "No village was hit.", "wording": "Vorland returned fire"}]
    seat.run("proposition", "confirm", seat.record, SHELLED, *key["kes"])
    assert listed(door, seat.record)[SHELLED]["status"] == "proposed by machine"
    seat.run("proposition", "confirm", seat.record, SHELLED, *key["ord"])
    assert listed(door, seat.record)[SHELLED]["status"] == "confirmed"
    assert "Its own wording: “Vorland returned fire”" in door("proposition", "list", seat.record).out
