"""`tasdiq mapping propose` as its users meet it."""

from __future__ import annotations

from pathlib import Path

from doors.conftest import Door
from doors.folders import TABLE

LOG = "Nr,Date,Village,Lat,Lon,Dead\n" + "".join(f"{n},2025-03-{n:02d},Salova,45.{n},21.3,{n}\n" for n in range(1, 15))


def test_a_proposed_mapping_is_written_shown_and_used(door: Door, tmp_path: Path) -> None:
    """The file proposed is the file that `receive` takes; ten rows are shown, what is open is said."""
    (tmp_path / "log.csv").write_text(LOG)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "events.csv").write_text(TABLE)
    done = door("mapping", "propose", tmp_path / "log.csv", "-o", tmp_path / "log.toml")
    assert (done.code, done.out) == (0, "")
    assert "14 rows looked at: 14 read, 0 rejected" in done.err and done.err.count("Salova") == 10
    assert "licence            open: " in done.err
    door("assess", tmp_path / "folder", "-o", tmp_path / "site")
    done = door("receive", tmp_path / "site.record", tmp_path / "log.csv", "--mapping", tmp_path / "log.toml")
    assert done.code == 0, done.err


def test_what_is_needed_and_open_is_said(door: Door, tmp_path: Path) -> None:
    """Without a time the mapping stands on stdout with the open line, and the exit code is 1."""
    (tmp_path / "log.csv").write_text("id,place\n1,Salova\n")
    done = door("mapping", "propose", tmp_path / "log.csv")
    assert done.code == 1 and "open (needed)" in done.out and "not usable yet" in done.err


def test_a_known_table_needs_no_mapping_and_nothing_is_written_over(door: Door, tmp_path: Path) -> None:
    """Shipped columns are recognised; a file that is there, or one that is no table, is refused."""
    (tmp_path / "events.csv").write_text(TABLE)
    assert "needs no mapping" in door("mapping", "propose", tmp_path / "events.csv").err
    assert door("mapping", "propose", tmp_path / "events.csv", "-o", tmp_path / "events.csv").code == 2
    (tmp_path / "empty.csv").write_bytes(b"")
    assert door("mapping", "propose", tmp_path / "empty.csv").code == 2
    assert door("mapping", "propose", tmp_path / "none.csv").code == 2
