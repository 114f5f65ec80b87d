"""`tasdiq agreement`, `minutes`, `call` and `measure`: every step from the shell, and what each shows."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from doors.conftest import Door
from doors.joint import CHARTER, TRUCE, Seat, found
from tasdiq.mechanism import timestamp

LANGUAGES = CHARTER.replace('name = "Kestria"', 'name = "Kestria"\nlanguages = ["ur"]')
LANGUAGES = LANGUAGES.replace('name = "Vorland"', 'name = "Vorland"\nlanguages = ["ps", "fa-AF"]')


def ago(**time: int) -> str:
    """Return a time in the past, as commands take it."""
    return timestamp(datetime.now(UTC) - timedelta(**time))


class Shell:
    """A joint record, one command a step."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat

    def do(self, member: str, words: str, *arguments: object) -> str:
        """Take a step as a member; return the id that was printed."""
        done = self.seat.run(*words.split(), self.seat.record, *arguments, "--key", self.seat.key(member))
        return done.out.split(":")[0]

    def see(self, words: str, *arguments: object) -> str:
        """Run a command that shows something."""
        return self.seat.run(*words.split(), self.seat.record, *arguments).out


@pytest.fixture
def shell(door: Door, tmp_path: Path) -> Shell:
    """A joint record with a truce in its charter."""
    return Shell(found(door, tmp_path, LANGUAGES + TRUCE))


def test_an_agreement_is_told_acknowledged_read_and_counted(shell: Shell) -> None:
    """Everything a command says of it is what stands in the register."""
    told = ("--title", "Trucks", "--form", "verbal", "--party", "kes", "--party", "vor")
    agreement = shell.do("kes", "agreement record", *told)
    assert "claimed" in shell.see("agreement show", agreement)
    shell.do("vor", "agreement acknowledge", agreement)
    assert f"{agreement}  verbal  Trucks" in shell.see("agreement list")
    first = ago(days=3)[:10]
    number = ("--quantity", 10, "--unit", "trucks", "--kind", "programme", "--from", first)
    ident = shell.do(
        "kes", "agreement commit", "--agreement", agreement, "--bearer", "vor", "--text", "Let them cross", *number
    )
    shell.do("vor", "agreement read", ident, "--text", "In the end.", "--counting", "average")
    shell.do("vor", "agreement deny", ident, "--text", "Not every day.")
    shell.do("kes", "agreement figure", ident, "--value", 30, "--from", first)
    shell.do("kes", "agreement rate", ident, "--level", 1, "--text", "One day of three.")
    seen = shell.see("agreement show", ident)
    for words in (
        "as average: met",
        "as each: not known",
        "2 days without a figure",
        "1, minimum implementation",
        "denies",
    ):
        assert words in seen, seen
    shown = json.loads(shell.see("agreement show", ident, "--json"))
    assert (shown["progress"]["disputed"], shown["conduct"]["status"]) == (True, "disputed")
    assert "vor: declare a reading of the commitment (no-fire)" in shell.see("agreement due", "--member", "vor")
    shell.seat.refused("G8", "agreement", "rate", shell.seat.record, "no-fire", "--level", 1, "--text", "x",
                       "--key", shell.seat.key("kes"))  # fmt: skip


def test_minutes_are_kept_marked_opened_and_exported(shell: Shell, tmp_path: Path) -> None:
    """The export is two files; the bundle passes the audit, before and after the lines are opened."""
    held = (
        "--title",
        "First round",
        "--place",
        "Sella",
        "--start",
        ago(minutes=5),
        "--mediator",
        "ord",
        "--language",
        "ur",
    )
    session = shell.do("ord", "minutes hold", *held, "--agenda", "The bridge")
    shell.do("kes", "minutes delegation", session, "--head", "Ana Brel|Minister", "--office-holder", "Ana Brel")
    first = shell.do("ord", "minutes line", session, "--text", "پل کھلے گا۔")
    second = shell.do("ord", "minutes line", session, "--text", "پل کل کھلے گا۔", "--replaces", first)
    for party in ("kes", "vor"):
        shell.do(party, "minutes mark", session, second, "--answer", "agreed")
    seen = shell.see("minutes show", session)
    assert f"{first}  replaced by {second}" in seen and f"{second}  agreed" in seen
    assert "1 of 2 lines agreed" in shell.see("minutes list")
    paths = shell.see("minutes export", session, "-o", tmp_path / "members").splitlines()
    assert [Path(path).suffix for path in paths] == [".pdf", ".json"]
    shell.seat.run("audit", paths[1])
    shell.seat.refused("none of its lines was opened", "minutes", "export", shell.seat.record, session, "--public",
                       "-o", tmp_path / "early", code=2)  # fmt: skip
    for party in ("kes", "vor"):
        shell.do(party, "minutes open", session)
    opened = shell.see("minutes export", session, "--public", "-o", tmp_path / "public").splitlines()
    shell.seat.run("audit", opened[1])
    shell.seat.refused("there is a file here already", "minutes", "export", shell.seat.record, session, "-o", tmp_path / "public",
                       code=2)  # fmt: skip


def test_a_mark_for_another_text_is_refused(shell: Shell) -> None:
    """Whoever agreed to other words elsewhere signs nothing by mistake."""
    session = shell.do("ord", "minutes hold", "--title", "R", "--place", "S", "--start", ago(minutes=5))
    line = shell.do("ord", "minutes line", session, "--text", "The bridge opens.")
    mark = ("minutes", "mark", shell.seat.record, session, line, "--answer", "agreed", "--key", shell.seat.key("kes"))
    done = shell.seat.refused("M5", *mark, "--sha256", "ab" * 32)
    assert "line 1: The bridge opens." in done.err


def test_calls_are_logged_confirmed_corrected_and_returned(shell: Shell, tmp_path: Path) -> None:
    """A sheet in the parties' languages carries the number it is entered by."""
    sheet = shell.see("call sheet", "-o", tmp_path / "sheet.pdf")
    number = sheet.split(":")[0]
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    ends = (
        "--caller",
        "kes",
        "--called",
        "vor",
        "--tried",
        ago(days=2),
        "--reached",
        ago(days=2),
        "--asked",
        "Hold fire",
    )
    back = ("--call-back-by", ago(days=1), "--call-back-from", "vor")
    call = shell.do("kes", "call log", *ends, *back, "--sheet", number)
    seen = shell.see("call list")
    for words in ("not confirmed by vor", "call-back of vor overdue", f"sheet {number}", "entered late"):
        assert words in seen, seen
    shell.do("vor", "call correct", call, "--text", "At the bridge.")
    shell.do("vor", "call confirm", call)
    shell.do("vor", "call return", call, "--tried", ago(minutes=2), "--reached", ago(minutes=1))
    seen = shell.see("call list")
    assert "confirmed by vor" in seen and "returned late" in seen
    (held,) = json.loads(shell.see("call list", "--json"))
    assert [item["answer"] for item in held["confirmations"]] == ["corrects", "confirms"]
    shell.seat.refused("expected two of", "call", "sheet", shell.seat.record, "-o", tmp_path / "x.pdf", "--language", "xx",
                       "--language", "ur", code=2)  # fmt: skip


def test_measures_are_claimed_and_answered_side_by_side(shell: Shell) -> None:
    """By kind and date, with each party's own word or its silence."""
    one = shell.do(
        "kes", "measure claim", "--kind", "visas", "--by", "kes", "--text", "12,000 medical visas", "--from", "2020"
    )
    shell.do(
        "kes", "measure claim", "--kind", "attacks", "--by", "group/nla", "--text", "Forty attacks", "--from", "2021"
    )
    shell.do("vor", "measure deny", one, "--text", "Far fewer.")
    seen = shell.see("measure list")
    assert "vor: denies Far fewer." in seen and "vor: no word of its own in this record" in seen
    shell.do("vor", "measure acknowledge", one)
    assert [m["kind"] for m in json.loads(shell.see("measure list", "--json"))] == ["visas", "attacks"]
