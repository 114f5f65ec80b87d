"""Bad input at the doors: a clear message with file and line, the right exit code, never a traceback."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from doors.conftest import Door
from doors.folders import BROKEN_ROWS, SHELLING, TABLE, TWO_PARTIES, fingerprints, write_folder

BOMB = (
    '<!DOCTYPE lolz [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {b} "{("&" + a + ";") * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><html><body><p>&i;</p></body></html>"
)
NAMED_TWICE = TWO_PARTIES + '\n[[party]]\nid = "kes2"\nname = "Kestria"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small folder of press reports."""
    return write_folder(tmp_path / "folder", table="")


@pytest.mark.parametrize(
    ("name", "data", "where", "words"),
    [
        ("empty.txt", b"", "empty.txt", "the file is empty"),
        ("binary.txt", bytes(range(256)) * 300, "binary.txt:", "not UTF-8"),
        ("latin.txt", "Ситуация на мосту ".encode("koi8-r") * 20, "latin.txt:1", "not UTF-8"),
        ("broken.txt", b"one\ntwo\nthr\x81\x8dee\n", "broken.txt:3", "not UTF-8"),
        ("endless.txt", b"never ending " * 250_000, "endless.txt:1", "longer than any paragraph"),
        ("page.html", b"<html></html>", "page.html", "no text of an article"),
        ("words.docx", b"PK\x03\x04", "words.docx", "plain text"),
        ("future.csv", (TABLE + BROKEN_ROWS.splitlines()[0]).encode(), "future.csv:4 [", "in the future"),
        ("outside.csv", (TABLE + BROKEN_ROWS.splitlines()[1]).encode(), "outside.csv:4 [lat]", "-90 to 90"),
        ("short.csv", (TABLE + BROKEN_ROWS.splitlines()[2]).encode(), "short.csv:4", "expected 12 fields, found 5"),
        ("figure.csv", (TABLE + BROKEN_ROWS.splitlines()[3]).encode(), "figure.csv:4 [killed_min]", "whole number"),
        ("header.csv", b"a,b,c\n1,2,3\n", "header.csv:1", "no mapping fits the columns"),
        ("nothing.csv", b"", "nothing.csv", "empty"),
    ],
)
def test_assess_lists_what_it_cannot_read_and_goes_on(
    door: Door, folder: Path, tmp_path: Path, name: str, data: bytes, where: str, words: str
) -> None:
    """File and line on stderr, in the JSON and on the site; the other files are read; a rerun appends nothing."""
    (folder / name).write_bytes(data)
    done = door("assess", folder, "-o", tmp_path / "site", "--json")
    assert done.code == 0
    assert f"rejected: {where}" in done.err
    (rejected,) = [item for item in json.loads(done.out)["rejected"] if item["file"] == name]
    assert words in rejected["reason"]
    listed = (tmp_path / "site" / "data" / "rejected.csv").read_text(encoding="utf-8")
    assert name in listed
    assert name in (tmp_path / "site" / "documents.html").read_text(encoding="utf-8")
    assert json.loads(done.out)["counts"]["documents"] >= 3
    assert json.loads(door("assess", folder, "-o", tmp_path / "site", "--json").out)["appended"] == 0
    assert door("audit", tmp_path / "site", "--trust", tmp_path / "site.record" / "keys.txt").code == 0


def test_a_document_of_fifty_megabytes_is_refused_unread(door: Door, folder: Path, tmp_path: Path) -> None:
    """Its size is said; nothing of it is kept in memory or in the record."""
    with (folder / "big.txt").open("wb") as file:
        file.truncate(50_000_000)
    done = door("assess", folder, "-o", tmp_path / "site")
    assert done.code == 0
    assert "rejected: big.txt: 50,000,000 bytes; expected at most" in done.err
    assert sum(path.stat().st_size for path in (tmp_path / "site.record").rglob("*")) < 2_000_000


def test_an_entity_bomb_stays_small(door: Door, folder: Path, tmp_path: Path) -> None:
    """No entity of a page's own is expanded."""
    (folder / "bomb.html").write_text(BOMB, encoding="utf-8")
    assert door("assess", folder, "-o", tmp_path / "site").code == 0
    assert all(path.stat().st_size < 3_000_000 for path in (tmp_path / "site").rglob("*"))
    assert "lollol" not in (tmp_path / "site" / "documents.html").read_text(encoding="utf-8")


def test_swapped_columns_are_said_for_every_row(door: Door, folder: Path, tmp_path: Path) -> None:
    """Latitude under lon and longitude under lat, where that is impossible, is no row of the record."""
    swapped = TABLE.replace("lat,lon", "lon,lat").replace("45.1,21.3", "45.1,121.3")
    (folder / "swapped.csv").write_text(swapped, encoding="utf-8")
    done = door("assess", folder, "-o", tmp_path / "site", "--json")
    assert done.code == 0
    lines = [item["line"] for item in json.loads(done.out)["rejected"] if item["file"] == "swapped.csv"]
    assert lines == [2, 3]


def test_bad_rows_are_kept_with_their_content(door: Door, folder: Path, tmp_path: Path) -> None:
    """Four broken rows are listed with line, column and content; the two good ones are in the record."""
    (folder / "events.csv").write_text(TABLE + BROKEN_ROWS, encoding="utf-8")
    done = door("assess", folder, "-o", tmp_path / "site", "--json")
    rejected = json.loads(done.out)["rejected"]
    assert [item["line"] for item in rejected] == [4, 5, 6, 7]
    assert all(item["content"] for item in rejected)
    assert json.loads(done.out)["counts"]["incidents"] >= 1


def test_file_names_of_every_kind_are_read(door: Door, folder: Path, tmp_path: Path) -> None:
    """Spaces, quotes, line ends, right-to-left overrides and bytes that are no UTF-8; messages stay on one line."""
    names = [b'a b "q".txt', b"line\nend.txt", "\u202egpj.txt".encode(), b"caf\xe9.txt", "e\u0301t\u00e9.txt".encode()]
    for number, name in enumerate(names):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(
            f"{SHELLING}\nNote {number}.\n", encoding="utf-8"
        )
    (folder / "bad\nname.txt").write_bytes(b"")
    done = door("assess", folder, "-o", tmp_path / "site", "--json")
    assert done.code == 0
    assert json.loads(done.out)["counts"]["documents"] == 8
    assert "rejected: bad\\nname.txt: the file is empty" in done.err
    assert door("audit", tmp_path / "site").code == 0


def test_links_and_pipes_are_listed_and_not_followed(door: Door, folder: Path, tmp_path: Path) -> None:
    """Loops, links to folders, dangling links and pipes are rejected; a link to a file is read."""
    (tmp_path / "elsewhere.txt").write_text(SHELLING.replace("Salova", "Brenk"), encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "elsewhere.txt")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "dangling.txt").symlink_to("nowhere.txt")
    (folder / "around").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    done = door("assess", folder, "-o", tmp_path / "site", "--json")
    assert done.code == 0
    assert {item["file"] for item in json.loads(done.out)["rejected"]} == {
        "loop.txt",
        "dangling.txt",
        "around",
        "pipe.txt",
    }
    assert json.loads(done.out)["counts"]["documents"] == 4


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_listed(door: Door, folder: Path, tmp_path: Path) -> None:
    """Permission denied is a rejection like any other."""
    (folder / "secret.txt").write_text(SHELLING, encoding="utf-8")
    (folder / "secret.txt").chmod(0)
    done = door("assess", folder, "-o", tmp_path / "site")
    assert done.code == 0
    assert "rejected: secret.txt: cannot be read: Permission denied" in done.err


def test_a_party_named_twice_is_refused_with_its_line(door: Door, folder: Path, tmp_path: Path) -> None:
    """Exit 2; file, line and what to do; nothing is created."""
    (folder / "charter.toml").write_text(NAMED_TWICE, encoding="utf-8")
    done = door("assess", folder, "-o", tmp_path / "site")
    assert done.code == 2
    assert "charter.toml:11" in done.err
    assert "named twice" in done.err
    assert not (tmp_path / "site").exists() and not (tmp_path / "site.record").exists()
    assert door("init", tmp_path / "record", "--charter", folder / "charter.toml").code == 2
    assert not (tmp_path / "record").exists()
    assert door("attribute", folder / "denial.txt", "--charter", folder / "charter.toml").code == 2


def test_a_folder_of_nothing_readable_is_refused(door: Door, tmp_path: Path) -> None:
    """Exit 2 with the reasons, and no record is made."""
    (tmp_path / "folder").mkdir()
    assert door("assess", tmp_path / "folder", "-o", tmp_path / "site").code == 2
    (tmp_path / "folder" / "empty.txt").write_bytes(b"")
    done = door("assess", tmp_path / "folder", "-o", tmp_path / "site")
    assert done.code == 2
    assert "rejected: empty.txt" in done.err and "nothing here could be read" in done.err
    assert not (tmp_path / "site.record").exists()


def test_places_that_cannot_be_are_refused(door: Door, folder: Path, tmp_path: Path) -> None:
    """A missing folder; a site in the folder, around it, or on something that is not ours; each exits 2 and writes nothing."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "precious.txt").write_text("keep", encoding="utf-8")
    (tmp_path / "file").write_text("keep", encoding="utf-8")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "inside").symlink_to(folder)
    before = fingerprints(tmp_path)
    for source, out, words in (
        (tmp_path / "nowhere", tmp_path / "site", "no such folder"),
        (tmp_path / "file", tmp_path / "site", "no such folder"),
        (folder, folder / "site", "cannot lie in the folder"),
        (folder, folder, "cannot lie in the folder"),
        (folder, tmp_path, "cannot lie in the folder"),
        (folder, tmp_path / "inside" / "site", "cannot lie in the folder"),
        (folder, tmp_path / "mine", "not a site of tasdiq"),
        (folder, tmp_path / "file", "a file stands here"),
        (folder, tmp_path / "loop", "leads back to itself"),
        (folder, "/", "name"),
    ):
        done = door("assess", source, "-o", out)
        assert (done.code, words in done.err) == (2, True), (source, out, done.err)
    assert fingerprints(tmp_path) == before


def test_a_record_never_lies_in_the_folder(door: Door, tmp_path: Path) -> None:
    """A folder that has the name of the record beside the site is not taken for it."""
    write_folder(tmp_path / "site.record")
    done = door("assess", tmp_path / "site.record", "-o", tmp_path / "site")
    assert done.code == 2
    assert "site.record: cannot lie in the folder" in done.err


def test_attribute_lists_what_it_cannot_read(door: Door, folder: Path, tmp_path: Path) -> None:
    """Some files bad: listed, the others printed, exit 0. All bad, missing or a folder: exit 2."""
    (folder / "empty.txt").write_bytes(b"")
    done = door("attribute", folder / "empty.txt", folder / "shelling.txt", "--json")
    assert done.code == 0
    assert "rejected: empty.txt: the file is empty" in done.err
    assert {json.loads(line)["document"] for line in done.out.splitlines()} == {"shelling.txt"}
    assert door("attribute", folder / "empty.txt").code == 2
    assert "there is no such file" in door("attribute", folder / "missing.txt").err
    assert "Is a directory" in door("attribute", folder).err
    assert door("attribute", folder / "missing.txt").code == door("attribute", folder).code == 2


def test_receive_lists_what_it_cannot_read(door: Door, folder: Path, tmp_path: Path) -> None:
    """Into a record only what can be read enters; nothing at all exits 2 and appends nothing."""
    assert door("init", tmp_path / "record", "--charter", folder / "charter.toml").code == 0
    (folder / "empty.txt").write_bytes(b"")
    (folder / "events.csv").write_text(TABLE + BROKEN_ROWS, encoding="utf-8")
    done = door("receive", tmp_path / "record", folder / "empty.txt", folder / "events.csv", folder / "denial.txt")
    assert done.code == 0
    assert "rejected: empty.txt" in done.err and "rejected: events.csv:5 [lat]" in done.err
    assert "0 entries appended" in door("receive", tmp_path / "record", folder / "denial.txt").out
    assert door("receive", tmp_path / "record", folder / "empty.txt").code == 2
    assert door("receive", tmp_path / "record", folder / "missing.txt").code == 2
    assert door("receive", tmp_path / "nowhere", folder / "denial.txt").code == 2
    done = door("receive", tmp_path / "record", folder / "events.csv", "--mapping", "nonsense")
    assert done.code == 2 and "nonsense" in done.err


def test_init_refuses_what_cannot_be(door: Door, folder: Path, tmp_path: Path) -> None:
    """A missing charter, a key that is none, one that others can read, a place that is taken: exit 2 with what to do."""
    charter, record = folder / "charter.toml", tmp_path / "record"
    assert door("key", "new", tmp_path / "kes.key").code == 0
    assert "never overwritten" in door("key", "new", tmp_path / "kes.key").err
    joint = tmp_path / "joint.toml"
    joint.write_text('form = "joint"\n' + TWO_PARTIES, encoding="utf-8")
    for arguments, words in (
        (("--charter", tmp_path / "none.toml"), "none.toml"),
        (("--charter", charter, "--key", "kes=x.key"), "no key file"),
        (("--charter", charter, "--key", f"kes={tmp_path / 'kes.key'}"), "a desk record has no members' keys"),
        (("--charter", joint, "--key", "kes"), "expected MEMBER=FILE"),
        (("--charter", joint, "--key", f"kes={tmp_path / 'kes.key'}"), "missing the key of: vor"),
        (("--charter", joint, "--key", f"kes={charter}"), "others can read this key"),
    ):
        done = door("init", record, *arguments)
        assert (done.code, words in done.err) == (2, True), (arguments, done.err)
        assert not record.exists()
    assert door("init", record, "--charter", charter).code == 0
    assert "there is a record here already" in door("init", record, "--charter", charter).err
    assert "not empty and no record" in door("init", folder, "--charter", charter).err


def test_usage_and_settings_exit_2(door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unknown commands, missing arguments and unknown settings say what there is."""
    assert door("assses").code == 2
    assert door("assess").code == 2
    monkeypatch.setenv("TASDIQ_SATTE", "x")
    write_folder(tmp_path / "folder")
    done = door("assess", tmp_path / "folder", "-o", tmp_path / "site")
    assert done.code == 2 and "TASDIQ_SATTE is not a setting" in done.err
