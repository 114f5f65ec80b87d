"""Backups and the drill: a host that dies comes back, in either kind of database, and signs nothing before it has caught up."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from doors.app.seats import Seats
from doors.conftest import Done, Door
from postgres import Server
from tasdiq.errors import InputError, MissingError, RoleError, SettingsError
from tasdiq.mechanism import Mechanism
from tasdiq.record.reader import Reader
from tasdiq.secretariat.founding import Home
from tasdiq.settings import Settings
from tasdiq.web.accounts import office as accounts
from tasdiq.web.accounts.tables import ACCOUNT, SESSION
from tasdiq.web.backup import restoring
from tasdiq.web.backup.packing import back_up
from tasdiq.web.backup.restoring import From, restore
from tasdiq.web.office import keeping
from tasdiq.web.office.database import Office
from tasdiq.web.office.tables import METADATA

SECRET = b"march,daily-post"
SEED = "JBSWY3DPEHPK3PXP"
EVENTS = """report_id,source_id,reported_at,time,lat,lon,type,actor_a,actor_b,killed_min,killed_max,place
r1,daily-post,2025-03-04,2025-03-04,45.1,21.3,ground/shelling,vor,kes,2,2,Salova
"""


def at_work(table: Seats, door: Door) -> None:
    """Give the table sealed entries, an attachment, an officer who signs in by one-time codes, and a session."""
    table.keys["ord"].save(table.base / "ord.key")
    receive(table, door, "march")
    table.client("kes")
    accounts.make_account(table.room.office, "vor", "liaison", "officer 9", "a long pass phrase 9", totp=SEED)
    (table.home.path / "cosigners.txt").write_text("ordania-c http://127.0.0.1:7380\n", encoding="utf-8")


def receive(table: Seats, door: Door, name: str, code: int = 0) -> Done:
    """Take a table of events in, as the mediator."""
    path = table.base / f"{name}.csv"
    path.write_text(EVENTS.replace("r1,", f"{name},"), encoding="utf-8")
    return run(door, "receive", table.home.path, path, "--key", table.base / "ord.key", code=code)


def run(door: Door, *arguments: object, code: int = 0) -> Done:
    """Run a command that must end so."""
    done = door(*arguments)
    assert done.code == code, done.err
    return done


@pytest.mark.parametrize("into", ["sqlite", "postgres"])
def test_the_drill(either_table: Seats, into: str, door: Door, postgres: Server) -> None:
    """Back up, go on, lose the disk, restore, be told, catch up from a member's mirror, go on: from and into both databases."""
    table, base = either_table, either_table.base
    record, backup, keys = table.home.path, base / "backup.tar", base / "host-keys.json"
    at_work(table, door)
    told = run(door, "backup", record, "-o", backup, "--keys", keys)
    assert "how officers sign in" in told.err
    assert "can sign as this log" in told.err
    size = json.loads(run(door, "audit", record, "--json").out)["size"]

    receive(table, door, "april")
    run(door, "export", record, "-o", base / "for-the-member.tar")
    trust = shutil.copy(record / "keys.txt", base / "keys.txt")
    table.close()
    shutil.rmtree(record)

    place = ["--database", postgres.fresh()] if into == "postgres" else []
    restored = run(door, "restore", backup, "-o", record, "--keys", keys, "--trust", trust, *place)
    assert f"{size} entries; all of it was audited and holds" in restored.out
    assert "catch up first" in restored.err
    assert "it was set back" in receive(table, door, "may", code=1).err
    run(door, "import", record, base / "for-the-member.tar")
    receive(table, door, "may")
    assert json.loads(run(door, "audit", record, "--trust", trust, "--json").out)["ok"] is True

    again = Seats(table.founded, base)
    try:
        assert again.client("riv").get("/").status_code == 200
        with again.room.office.reading() as connection:
            found = connection.execute(select(ACCOUNT).where(ACCOUNT.c.sign_in == "vor/officer-9")).one()
            assert connection.execute(select(func.count()).select_from(SESSION)).scalar_one() == 1
        assert again.room.office.secret.open(found.id, found.totp) == SEED.encode()
        with Reader.open(record) as reader:
            assert any(SECRET in reader.attachment(name) for name in reader.attachments())
    finally:
        again.close()
    assert (record / "cosigners.txt").read_text(encoding="utf-8").startswith("ordania-c")


def test_a_backup_holds_no_key_of_the_host(table: Seats, door: Door) -> None:
    """Rule 3 of packing: who has the backup alone cannot sign as the log, nor read what the office sealed."""
    at_work(table, door)
    backup = table.base / "backup.tar"
    back_up(table.home, table.settings, backup, None, lambda _: None)
    data = backup.read_bytes()
    for path in (table.home.path / "keys").iterdir():
        secret = path.read_bytes().strip().splitlines()
        assert not any(line in data for line in secret if len(line) > 30 and not line.startswith(b"-----")), path.name
    assert SEED.encode() not in data
    assert (backup.stat().st_mode & 0o777, SECRET in data) == (0o600, True)


def test_a_backup_is_made_while_another_process_writes(table: Seats, door: Door) -> None:
    """Rule 2 of packing: it ends at the newest checkpoint, and says so."""
    at_work(table, door)
    said: list[str] = []
    with Mechanism.open(table.home, table.settings, key=table.keys["ord"]) as mechanism:
        mechanism.log.checkpoint()
        size = back_up(table.home, table.settings, table.base / "backup.tar", None, said.append)
    assert (size, "another process is writing" in said[0]) == (table.state().size, True)


def test_nothing_is_written_over(table: Seats) -> None:
    """Rule 4 of packing, and of a record: neither a backup nor a record is replaced."""
    backup = table.base / "backup.tar"
    back_up(table.home, table.settings, backup, None, lambda _: None)
    with pytest.raises(SettingsError, match="there is a file here already"):
        back_up(table.home, table.settings, backup, None, lambda _: None)
    with pytest.raises(SettingsError, match="there is a record here already"):
        restore(From(backup), table.home, table.settings)


def test_without_its_keys_it_is_a_mirror(table: Seats, door: Door) -> None:
    """Rule 3 of restoring: it is read and audited, and enters nothing until the keys lie in their folder."""
    backup, again = table.base / "backup.tar", table.base / "again"
    run(door, "backup", table.home.path, "-o", backup)
    told = run(door, "restore", backup, "-o", again)
    assert "it is a mirror until the host's keys lie in" in told.err
    run(door, "audit", again)
    assert "is a mirror" in run(door, "serve", again, code=1).err


def test_nobody_else_reads_what_lies_around_while_it_is_restored(
    table: Seats, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The parcel beside the place, whole with its joint bodies, and the office in it: each for this user alone."""
    back_up(table.home, table.settings, tmp_path / "b.tar", None, print)
    modes, extract = dict[str, int](), restoring._extract

    def seen(file: Any, archive: Any, name: str, to: Path) -> Path:
        found = extract(file, archive, name, to)
        modes[name] = found.stat().st_mode & 0o777
        return found

    monkeypatch.setattr(restoring, "_extract", seen)
    restore(From(tmp_path / "b.tar"), Home(tmp_path / "again"), Settings(tmp_path / "other"))
    assert len(modes) == 2 and set(modes.values()) == {0o600}


def test_a_machine_that_knows_nothing_newer_says_so(table: Seats) -> None:
    """Rule 4 of restoring: on another machine, members alone know what was signed after the backup."""
    backup = table.base / "backup.tar"
    back_up(table.home, table.settings, backup, None, lambda _: None)
    restored = restore(From(backup), Home(table.base / "again"), Settings(table.base / "another-state"))
    assert (restored.behind, restored.knows_newest) == ("", False)


@pytest.mark.parametrize("place", [600, 5000, 20_000, -3000])
def test_a_damaged_backup_leaves_nothing(table: Seats, place: int) -> None:
    """Rule 1 of restoring: whatever is wrong with the file is said, and no record is there afterwards."""
    backup, again = table.base / "backup.tar", table.base / "again"
    back_up(table.home, table.settings, backup, None, lambda _: None)
    data = bytearray(backup.read_bytes())
    data[place] ^= 1
    backup.write_bytes(data)
    with pytest.raises(Exception) as refused:
        restore(From(backup), Home(again), table.settings)
    assert type(refused.value).__module__.startswith("tasdiq"), repr(refused.value)
    assert [path.name for path in table.base.iterdir() if "again" in path.name] == []


def test_other_files_are_refused_in_words(table: Seats) -> None:
    """A parcel, a backup of keys of another record, no file at all."""
    backup, keys, again = table.base / "backup.tar", table.base / "keys.json", Home(table.base / "again")
    back_up(table.home, table.settings, backup, keys, lambda _: None)
    with pytest.raises(MissingError, match="tasdiq backup RECORD"):
        restore(From(table.base / "none"), again, table.settings)
    with pytest.raises(InputError):
        restore(From(keys), again, table.settings)
    value = json.loads(keys.read_text())
    keys.write_text(
        json.dumps({**value, "origin": "tasdiq.invalid/joint/other-00000000"}, sort_keys=True, separators=(",", ":"))
    )
    with pytest.raises(InputError, match="expected the keys of"):
        restore(From(backup, keys), again, table.settings)
    keys.write_text(json.dumps({**value, "files": {"../escape": "AAAA"}}, sort_keys=True, separators=(",", ":")))
    with pytest.raises(InputError, match="expected the name of a key file"):
        restore(From(backup, keys), again, table.settings)
    assert not (table.base / "escape").exists()
    (table.base / "trust").write_text(f"member kes {'0' * 64}\n", encoding="utf-8")
    with pytest.raises((RoleError, InputError)):
        restore(From(backup, trust=table.base / "trust"), again, table.settings)
    assert not again.path.exists()


def test_every_table_of_the_office_is_kept_or_left_out_on_purpose() -> None:
    """Rules 1 and 2 of keeping: a new table is kept unless somebody says otherwise."""
    names = {table.name for table in METADATA.sorted_tables}
    assert {table.name for table in keeping.kept()} == names - keeping.LEFT_OUT
    assert {"account", "passkey", "device", "token", "trace"} <= {table.name for table in keeping.kept()}


@pytest.mark.parametrize(
    "line",
    [b"no json\n", b"{}\n", b'{"table":"session","row":{}}\n', b'{"table":"account","row":{"hash":1}}\n', b"[]\n"],
)
def test_an_office_that_cannot_be_read_is_refused_whole(table: Seats, tmp_path: Path, line: bytes) -> None:
    """A line of another kind, or of a table that is left out: nothing of it goes in."""
    office = Office.open(table.home)
    try:
        with pytest.raises(InputError):
            keeping.load(office, [line])
    finally:
        office.close()
