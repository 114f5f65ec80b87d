"""`tasdiq case draft --witness` and `tasdiq disclose`: a name stands sealed in a finding, and is proved to one reader later."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from doors.conftest import Door
from doors.joint import CHARTER, TRUCE, Seat, found, receive

WITNESSES = ("Amra Made-Up", "Bero Invented")
RULES = CHARTER + TRUCE + "[publication]\nembargo_hours = 0\n"


def drafted(door: Door, base: Path) -> tuple[Seat, str]:
    """Take a case up to a draft that names two witnesses; return the record and the draft's entry."""
    seat = found(door, base, RULES)
    receive(seat)
    subject = seat.run("case", "subjects", seat.record).out.split()[0]
    mediator = ("--key", seat.key("ord"))
    opened = seat.run(
        "case", "open", seat.record, "--key", seat.key("kes"), "--subject", subject,
        "--by", "kes", "--against", "vor", "--commitment", "no-fire", "--allegation", "Fire at Brenk",
    )  # fmt: skip
    case = opened.out.split(":")[0]
    seat.run("case", "competence", seat.record, case, *mediator, "--commitment", "no-fire", "--bearer", "vor")
    seat.run("case", "assess", seat.record, case, *mediator, "--text", "Two reports.")
    seat.run("case", "team", seat.record, case, *mediator, "--seat", "ord", "officer 4")
    named = [part for name in WITNESSES for part in ("--witness", name)]
    made = seat.run("case", "draft", seat.record, case, *mediator, "--occurrence", "inconclusive", *named)
    return seat, made.out.strip().rsplit(" ", 1)[1]


@pytest.fixture
def draft(door: Door, tmp_path: Path) -> tuple[Seat, str]:
    """A joint record with a draft finding."""
    return drafted(door, tmp_path)


def test_a_witness_is_proved_and_the_other_stays_sealed(draft: tuple[Seat, str], tmp_path: Path) -> None:
    """The file proves one name to whoever has it; the audit says what it shows, and from which entry on."""
    seat, entry = draft
    out = tmp_path / "witness.tasdiq.json"
    said = seat.run("disclose", seat.record, entry, "/witnesses/0", "-o", out)
    assert "hand it on with care" in said.out
    assert out.stat().st_mode & 0o777 == 0o600
    verdict = json.loads(seat.run("audit", out, "--trust", seat.record / "keys.txt", "--json").out)
    assert (verdict["ok"], verdict["keys"]) == (True, "trusted")
    assert [item["value"] for item in verdict["disclosed"]] == ['["Amra Made-Up"]', '"Amra Made-Up"']
    assert "Bero" not in out.read_text(encoding="utf-8")
    assert "held from the start, sealed: /witnesses/0" in seat.run("audit", out).out
    seat.refused("already", "disclose", seat.record, entry, "/witnesses", "-o", out, code=2)


def test_names_are_in_no_file_but_the_encrypted_one(draft: tuple[Seat, str], tmp_path: Path) -> None:
    """No name stands in the record's files, in the published site, or in what lists cases."""
    seat, _ = draft
    seat.run("publish", seat.record, "-o", tmp_path / "site")
    listed = seat.run("case", "list", seat.record, "--json").out
    files = [path for base in (seat.record, tmp_path / "site") for path in base.rglob("*") if path.is_file()]
    for name in WITNESSES:
        assert name not in listed
        assert [path for path in files if name.encode() in path.read_bytes()] == []


def test_what_is_not_sealed_is_not_disclosed(draft: tuple[Seat, str], tmp_path: Path) -> None:
    """A field that stands in the open, an entry that is not there, an index beyond the last."""
    seat, entry = draft
    out = tmp_path / "x.json"
    for named, pointer, words in (
        (entry, "/parts", "nothing is sealed there"),
        (entry, "witnesses", "JSON pointer"),
        ("1", "/witnesses", "no disclosure"),
        ("ab" * 32, "/witnesses", "no entry"),
        ("99999", "/witnesses", "no entry 99999"),
    ):
        seat.refused(words, "disclose", seat.record, named, pointer, "-o", out, code=2)
    assert not out.exists()
