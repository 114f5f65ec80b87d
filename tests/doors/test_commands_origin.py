"""`tasdiq origin`: copies between documents, seen, confirmed and refused from the shell; later runs follow."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from corroboration.test_independence import shared_statement
from doors.conftest import Door
from tasdiq.mechanism import Mechanism, timestamp, utc_now
from tasdiq.model.document import Document, Received
from tasdiq.secretariat.founding import Home, found_desk
from tasdiq.settings import Settings


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A desk record of three documents with one ministry's statement and one claim."""
    home, settings, state = Home(tmp_path / "desk"), Settings(tmp_path / "state"), shared_statement()
    with home.building() as place:
        Mechanism.found(place, found_desk(place, state.charter, timestamp(utc_now())), settings)
    with Mechanism.open(home, settings) as mechanism:
        for ident, document in state.documents.items():
            text, name = state.texts[ident], f"{ident}.txt"
            received = Received(
                file=name, sha256=ident, text=text, text_sha256=_hash(text), documents=(_with(document, text),)
            )
            mechanism.receive([(received, text.encode())])
            spoken = [s for s in state.statements.values() if s.document == ident]
            mechanism.propose("statement", ident, "tests", spoken)
        mechanism.propose("actor", "record", "tests", list(state.actors.values()))
        mechanism.corroborate()
    return home.path


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _with(document: Document, text: str) -> Document:
    return replace(document, text_sha256=_hash(text))


def listed(door: Door, place: Path) -> dict[str, Any]:
    """The origins of a record that several documents bring, by id."""
    return {item["id"]: item for item in json.loads(door("origin", "list", place, "--json").out)}


def test_a_refused_copy_stays_apart_and_a_confirmed_one_together(door: Door, desk: Path) -> None:
    """Refused: the documents are two origins, now and after every later run; confirmed is marked so."""
    before = listed(door, desk)
    ministry = before["o-d0.s2"]
    assert ministry["documents"] == ["d0.txt", "d1.txt", "d2.txt"]
    between = {tuple(copy["documents"]): copy["id"] for copy in ministry["copies"]}
    kept = door("origin", "confirm", desk, between["d0.txt", "d2.txt"], "--note", "Read in full.")
    assert kept.code == 0, kept.err
    for pair in (("d0.txt", "d1.txt"), ("d1.txt", "d2.txt")):
        assert door("origin", "refuse", desk, between[pair], "--reason", "Said to somebody else.", "--later").code == 0
    assert door("corroborate", desk).code == 0
    after = listed(door, desk)["o-d0.s2"]
    assert after["documents"] == ["d0.txt", "d2.txt"]
    assert [copy["status"] for copy in after["copies"]] == ["confirmed"]
    again = door("corroborate", desk)
    assert again.code == 0 and listed(door, desk)["o-d0.s2"] == after


def test_a_refused_origin_leaves_its_first_statement_alone(door: Door, desk: Path) -> None:
    """What the first document gives stays alone at once; the others keep what they share."""
    told = door("origin", "refuse", desk, "o-d0.s2", "--reason", "The first paper speaks of another statement.")
    assert told.code == 0, told.err
    found = listed(door, desk)
    assert "o-d0.s2" not in found
    assert found["o-d1.s1"]["documents"] == ["d1.txt", "d2.txt"]


def test_what_is_not_there_cannot_be_refused(door: Door, desk: Path) -> None:
    """An unknown id is answered with a sentence."""
    answer = door("origin", "refuse", desk, "c-nothing~here", "--reason", "None.")
    assert answer.code != 0 and "not in this record" in answer.err
