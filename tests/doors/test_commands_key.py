"""`tasdiq key`: a member's key file, plain or under a passphrase, and its use in other commands."""

from __future__ import annotations

import stat
from pathlib import Path

from click.testing import CliRunner

from doors.conftest import Door
from tasdiq.cli.root import root
from tasdiq.errors import InputError


def test_a_key_is_private_and_never_overwritten(door: Door, tmp_path: Path) -> None:
    """Mode 0600; the same file twice is refused; show prints the fingerprint that new printed."""
    made = door("key", "new", tmp_path / "kes.key")
    assert stat.S_IMODE((tmp_path / "kes.key").stat().st_mode) == 0o600
    assert door("key", "new", tmp_path / "kes.key").code == 2
    assert door("key", "show", tmp_path / "kes.key").out == made.out
    assert 'key = "' in made.out


def test_an_encrypted_key_asks_for_its_passphrase(tmp_path: Path) -> None:
    """Nothing says so on the command line: the file does. A wrong passphrase is refused."""
    run = CliRunner().invoke
    made = run(root, ["key", "new", str(tmp_path / "kes.key"), "--encrypt"], input="three words here\n" * 2)
    assert made.exit_code == 0
    assert b"ENCRYPTED" in (tmp_path / "kes.key").read_bytes()
    shown = run(root, ["key", "show", str(tmp_path / "kes.key")], input="three words here\n")
    assert shown.exit_code == 0
    assert shown.stdout.splitlines()[-3:] == made.stdout.splitlines()[-3:]
    wrong = run(root, ["key", "show", str(tmp_path / "kes.key")], input="other words\n")
    assert isinstance(wrong.exception, InputError)


def test_what_is_no_key_is_said(door: Door, tmp_path: Path) -> None:
    """A missing file, a folder, another file, a file that others can read: exit 2 with what to do."""
    (tmp_path / "text.key").write_text("nonsense", encoding="utf-8")
    (tmp_path / "text.key").chmod(0o600)
    (tmp_path / "open.key").write_text("nonsense", encoding="utf-8")
    (tmp_path / "open.key").chmod(0o644)
    for name, words in (
        ("none.key", "no key file here"),
        ("text.key", "expected a PEM file"),
        ("open.key", "chmod 600"),
    ):
        done = door("key", "show", tmp_path / name)
        assert (done.code, words in done.err) == (2, True), done.err
