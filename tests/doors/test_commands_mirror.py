"""`tasdiq export`, `import`, `init --from`: a member's mirror, and a host that was set back, through the commands."""

from __future__ import annotations

import json
import shutil
import stat
from pathlib import Path

import pytest

from doors.conftest import Door
from doors.folders import TABLE
from doors.joint import Seat, found, receive
from tasdiq.mechanism import Mechanism
from tasdiq.secretariat.founding import Home
from tasdiq.settings import Settings

MORE = TABLE.replace("r1,", "r7,").replace("r2,", "r8,")


@pytest.fixture
def seat(door: Door, tmp_path: Path) -> Seat:
    """A joint record with a table."""
    made = found(door, tmp_path)
    receive(made)
    return made


def test_a_member_keeps_a_mirror_that_audits_and_bundles_and_signs_nothing(seat: Seat, tmp_path: Path) -> None:
    """Exported whole, checked against trusted keys, as large as the record; what would sign is refused clearly."""
    mirror, parcel = tmp_path / "mirror", tmp_path / "parcel.tar"
    assert "members only" in seat.run("export", seat.record, "-o", parcel).err
    assert stat.S_IMODE(parcel.stat().st_mode) == 0o600
    made = seat.run("init", mirror, "--from", parcel, "--trust", seat.record / "keys.txt")
    assert "a mirror of a joint record" in made.out
    there = json.loads(seat.run("audit", mirror, "--trust", seat.record / "keys.txt", "--json").out)
    here = json.loads(seat.run("audit", seat.record, "--trust", seat.record / "keys.txt", "--json").out)
    assert there == here
    assert seat.run("key", "list", mirror).out == seat.run("key", "list", seat.record).out
    again = seat.run("export", mirror, "-o", tmp_path / "again.tar")
    assert (tmp_path / "again.tar").read_bytes() == parcel.read_bytes(), again.err
    for command in (
        ("receive", mirror, tmp_path / "events.csv", "--key", seat.key("ord")),
        ("publish", mirror, "-o", tmp_path / "site"),
        ("key", "encryption", mirror, tmp_path / "l.key", "--key", seat.key("kes")),
    ):
        if command[1] == "encryption":
            seat.run("key", "new", tmp_path / "l.key", "--for-encryption")
        seat.refused("is a mirror", *command)


def test_a_mirror_catches_up_by_file(seat: Seat, tmp_path: Path) -> None:
    """Parcels that overlap are taken; a gap is refused with the entries that are missing and the command for them."""
    mirror = tmp_path / "mirror"
    seat.run("export", seat.record, "-o", tmp_path / "whole.tar")
    seat.run("init", mirror, "--from", tmp_path / "whole.tar")
    held = seat.size(mirror)
    receive(seat, "more.csv", MORE)
    seat.run("export", seat.record, "-o", tmp_path / "since.tar", "--since", held)
    seat.run("export", seat.record, "-o", tmp_path / "late.tar", "--since", held + 1)
    gap = f"entries {held} to {held} are missing"
    seat.refused(gap, "import", mirror, tmp_path / "late.tar", code=2)
    taken = seat.run("import", mirror, tmp_path / "late.tar", tmp_path / "since.tar", tmp_path / "whole.tar")
    new = seat.size(seat.record) - held
    counted = [line.split(": ")[1].split(" entries")[0] for line in taken.out.splitlines()]
    assert (counted, new > 1) == (["0", str(new), "0"], True)
    seat.run("audit", mirror)


def test_keys_that_are_not_the_trusted_ones_make_no_mirror(seat: Seat, tmp_path: Path) -> None:
    """Nothing is left where the mirror would have been; without --trust it is said that keys are to be compared."""
    seat.run("export", seat.record, "-o", tmp_path / "p.tar", "--public")
    (tmp_path / "trust.txt").write_text(f"member kes {'0' * 64}\n", encoding="utf-8")
    seat.refused("not the record whose keys you trust", "init", tmp_path / "m", "--from", tmp_path / "p.tar", "--trust",
                 tmp_path / "trust.txt")  # fmt: skip
    assert not (tmp_path / "m").exists()
    assert "compare" in seat.run("init", tmp_path / "m", "--from", tmp_path / "p.tar").err
    seat.refused("expected either --charter", "init", tmp_path / "n", code=2)


def test_a_restored_host_notices_and_catches_up_from_a_member(seat: Seat, tmp_path: Path) -> None:
    """The drill: a backup, two days of work, a disk that dies, the backup back in place, a member's mirror, work again."""
    mirror, backup = tmp_path / "mirror", tmp_path / "backup.tar"
    seat.run("export", seat.record, "-o", backup)
    receive(seat, "more.csv", MORE)
    seat.run("export", seat.record, "-o", tmp_path / "for-the-member.tar")
    seat.run("init", mirror, "--from", tmp_path / "for-the-member.tar")
    shutil.copytree(seat.record / "keys", tmp_path / "keys")
    shutil.rmtree(seat.record)

    seat.run("init", seat.record, "--from", backup)
    for file in (tmp_path / "keys").iterdir():
        if not (seat.record / "keys" / file.name).exists():
            shutil.copy(file, seat.record / "keys" / file.name)
    last = ("receive", seat.record, tmp_path / "last.csv", "--key", seat.key("ord"))
    (tmp_path / "last.csv").write_text(TABLE.replace("r1,", "r9,"), encoding="utf-8")
    seat.refused("it was set back", *last)
    held = seat.size(seat.record)
    seat.run("export", mirror, "--since", held, "-o", tmp_path / "from-the-member.tar")
    lost = seat.size(mirror) - held
    assert f"{lost} entries new" in seat.run("import", seat.record, tmp_path / "from-the-member.tar").out
    assert lost > 0
    seat.run(*last)
    seat.run("publish", seat.record, "-o", tmp_path / "site")
    seat.run("audit", tmp_path / "site", "--trust", seat.record / "keys.txt")


def test_two_histories_exit_1_and_are_kept(seat: Seat, tmp_path: Path) -> None:
    """A host that shows two members two histories is caught by the first parcel that crosses over."""
    other, mirror = tmp_path / "other", tmp_path / "mirror"
    shutil.copytree(seat.record, other)
    receive(seat, "more.csv", TABLE.replace("r1,", "r7,"))
    seat.run("export", seat.record, "-o", tmp_path / "a.tar")
    seat.run("init", mirror, "--from", tmp_path / "a.tar")
    shutil.rmtree(tmp_path / "state")
    (tmp_path / "x.csv").write_text(TABLE.replace("r2,", "r8,"), encoding="utf-8")
    seat.run("receive", other, tmp_path / "x.csv", "--key", seat.key("ord"))
    seat.run("export", other, "-o", tmp_path / "b.tar")
    seat.refused("the log has signed two histories", "import", mirror, tmp_path / "b.tar")
    seat.run("audit", mirror)
    proof = ("cosign", "contradictions", mirror, "--against", tmp_path / "b.tar", "-o", tmp_path / "proof")
    seat.refused("", *proof)
    proved = seat.door("audit", tmp_path / "proof" / "split-view-1.json", "--trust", seat.record / "keys.txt", "--json")
    assert "split-view" in [problem["code"] for problem in json.loads(proved.out)["problems"]]


def test_what_is_no_parcel_is_said(seat: Seat, tmp_path: Path) -> None:
    """Another file, a missing one, one that is there already: exit 2 and what to do."""
    seat.refused("the file ends before it is whole", "import", seat.record, tmp_path / "charter.toml", code=2)
    seat.refused("no parcel here", "import", seat.record, tmp_path / "none.tar", code=2)
    seat.refused("a file here already", "export", seat.record, "-o", tmp_path / "charter.toml", code=2)
    seat.refused("expected --since from 0", "export", seat.record, "-o", tmp_path / "p.tar", "--since", 99, code=2)


def test_a_record_that_is_being_written_to_is_exported_up_to_its_checkpoint(seat: Seat, tmp_path: Path) -> None:
    """The writer goes on; what it entered since the checkpoint stays behind, and it is said why."""
    seat.run("export", seat.record, "-o", tmp_path / "a.tar")
    size = seat.size(seat.record)
    receive(seat, "more.csv", MORE)
    with Mechanism.open(Home(seat.record), Settings(tmp_path / "state")):
        done = seat.run("export", seat.record, "-o", tmp_path / "b.tar")
        assert "another process is writing" in done.err and f"entries 0 to {size}" in done.out
        seat.refused("another process is writing", "import", seat.record, tmp_path / "b.tar")
    seat.run("export", seat.record, "-o", tmp_path / "c.tar")
    assert seat.size(seat.record) > size
    assert (tmp_path / "a.tar").read_bytes() == (tmp_path / "b.tar").read_bytes() != (tmp_path / "c.tar").read_bytes()
