"""The manifest lists every file of a site once, and no path leads out of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from record.records import PUBLISHER, key
from tasdiq.errors import InputError, SettingsError
from tasdiq.record import manifest, note
from tasdiq.record.audit.verdict import Verdict

HASH = "ab" * 32


def noted(*lines: str) -> bytes:
    """Return a signed manifest of these lines."""
    return note.sign("".join(f"{line}\n" for line in lines), note.Verifier("p", PUBLISHER.public), PUBLISHER.sign)


@pytest.mark.parametrize(
    "path",
    [
        "../outside",
        "/etc/passwd",
        "a/../b",
        "a//b",
        "./a",
        "a/.",
        "",
        "a\\b",
        "C:/a",
        "a\u2028b",
        "A\u030angstrom",
        "manifest.note",
        "a/",
        "nul\x7f",
    ],
)
def test_paths_that_escape_or_mislead_are_refused(path: str) -> None:
    """Rule 1: no path leaves the site or reads as another on another system."""
    with pytest.raises(InputError):
        manifest.parse(noted(f"{HASH} 1 {path}"))


@pytest.mark.parametrize(
    "lines",
    [
        [f"{HASH} 1 b", f"{HASH} 1 a"],
        [f"{HASH} 1 a", f"{HASH} 1 a"],
        [f"{HASH} 01 a"],
        [f"{HASH.upper()} 1 a"],
        [f"{HASH} a"],
        [f"{HASH}  1 a"],
        [""],
    ],
)
def test_lists_of_another_form_are_refused(lines: list[str]) -> None:
    """The lines are sorted, each path once, each number and hash in its one spelling."""
    with pytest.raises(InputError):
        manifest.parse(noted(*lines))


def test_a_second_signature_is_refused() -> None:
    """Rule 2: a manifest carries its publisher's signature and nothing else that nobody checks."""
    once = noted(f"{HASH} 1 a")
    other = note.Verifier("q", key("q").public)
    line = note.SignatureLine(other.name, other.key_hash, bytes(64))
    with pytest.raises(InputError, match="exactly one"):
        manifest.parse(once + str(line).encode())


def test_names_with_spaces_and_other_scripts_are_listed(tmp_path: Path) -> None:
    """A file's name may hold spaces and any script; it is found again."""
    for name in ("two words.html", "متن.html", "z/deep/file"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    manifest.write(tmp_path, "publisher", PUBLISHER)
    parsed, listed = manifest.parse((tmp_path / manifest.NAME).read_bytes())
    assert parsed.signed_by(note.Verifier("publisher", PUBLISHER.public))
    assert {item.path for item in listed} == {"two words.html", "متن.html", "z/deep/file"}
    verdict = Verdict("site")
    manifest.check(tmp_path, listed, verdict)
    assert verdict.ok


def test_links_and_devices_are_neither_listed_nor_followed(tmp_path: Path) -> None:
    """Rule 3: a link is refused when writing and a problem when checking; a pipe does not block the audit."""
    (tmp_path / "a").write_text("a", encoding="utf-8")
    manifest.write(tmp_path, "publisher", PUBLISHER)
    _, listed = manifest.parse((tmp_path / manifest.NAME).read_bytes())
    (tmp_path / "link").symlink_to(tmp_path / "a")
    os.mkfifo(tmp_path / "pipe")
    verdict = Verdict("site")
    manifest.check(tmp_path, listed, verdict)
    assert {(problem.code, problem.path) for problem in verdict.problems} == {
        ("not-a-file", "link"),
        ("not-a-file", "pipe"),
    }
    with pytest.raises(SettingsError, match="plain file"):
        manifest.write(tmp_path, "publisher", PUBLISHER)
