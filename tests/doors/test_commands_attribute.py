"""`tasdiq attribute`: exactly the format of DESIGN, section 5, and offsets that give the text back, code point by code point."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from doors.conftest import Door
from doors.folders import DENIAL, SHELLING, TWO_PARTIES
from tasdiq.intake.article import receive_file
from variants import dispatch_files

FIELDS = ["document", "source", "cue", "content", "text", "speaker", "party", "teller", "act", "quote", "confidence"]
TELLERS = {"own voice", "as told by the other party", "as told by a third"}
ROLES = ("source", "cue", "content")
ACCENTS = (
    "KETTA – The ministry of Kestria 🕊️🇦🇫 said on Tuesday that the cafe\u0301 at Bre\u0301nk – “La Rive” – was hit. "
    "“Nous sommes dé\u0327sole\u0301s 😔👩‍👩‍👧,” the spokesman, José Türkoğlu, said. وزارت نے کہا\u200f. "
    "Officials of Vorland denied on Friday that 𝕏𝕐𝕫 shells had been fired.\n"
)


def rows(out: str) -> list[dict[str, Any]]:
    """Return the printed lines as objects."""
    return [json.loads(line) for line in out.splitlines()]


def require_format(row: dict[str, Any], text: str) -> None:
    """Every field is there with its type, and every offset gives the text back."""
    assert [name for name in row if name != "text_sha256"] == FIELDS
    assert set(row["text"]) == set(ROLES)
    assert row["content"]
    for role in ROLES:
        spans = row[role]
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert spans == sorted(spans)
        assert row["text"][role] == " … ".join(text[start:end] for start, end in spans)
    assert row["speaker"] is None or isinstance(row["speaker"], str)
    assert row["party"] is None or isinstance(row["party"], str)
    assert row["teller"] in TELLERS
    assert isinstance(row["act"], str)
    assert row["quote"] in ("direct", "indirect", "mixed")
    assert 0 <= row["confidence"] <= 1


@pytest.mark.parametrize(
    "data",
    [
        SHELLING.encode(),
        SHELLING.replace("\n", "\r\n").encode(),
        SHELLING.replace("\n", "\r").encode(),
        b"\xef\xbb\xbf" + DENIAL.encode(),
        b"\xef\xbb\xbf" + DENIAL.replace("\n", "\r\n").encode(),
        ACCENTS.encode(),
        (ACCENTS + "\r\n" + SHELLING + "\u2028" + DENIAL + "\x0b\x85" + ACCENTS).encode(),
    ],
    ids=["plain", "crlf", "cr", "bom", "bom and crlf", "combining and emoji", "mixed"],
)
def test_offsets_count_code_points_of_the_file(door: Door, tmp_path: Path, data: bytes) -> None:
    """Byte order mark, CR LF, combining characters, emoji and other planes: text[s:e] of the decoded file is the text."""
    path = tmp_path / "report.txt"
    path.write_bytes(data)
    done = door("attribute", path, "--json")
    assert done.code == 0
    found = rows(done.out)
    assert len(found) >= 2
    for row in found:
        assert "text_sha256" not in row
        require_format(row, data.decode("utf-8"))


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_other_encodings_name_the_text_they_count(door: Door, tmp_path: Path, encoding: str) -> None:
    """A file that is no UTF-8: offsets count the decoded text, whose SHA-256 (as UTF-8) is given."""
    text = SHELLING * 2
    (tmp_path / "report.txt").write_bytes(text.encode(encoding))
    decoded = receive_file("report.txt", text.encode(encoding)).text
    for row in rows(door("attribute", tmp_path / "report.txt", "--json").out):
        assert row["text_sha256"] == hashlib.sha256(decoded.encode()).hexdigest()
        require_format(row, decoded)


def test_html_names_the_extracted_text(door: Door, tmp_path: Path) -> None:
    """Offsets count the extracted text; its SHA-256 is in every row."""
    paragraphs = "".join(f"<p>{line}</p>" for line in SHELLING.split("\n\n"))
    page = f"<html><body><nav>Menu</nav><article>{paragraphs}</article></body></html>".encode()
    (tmp_path / "report.html").write_bytes(page)
    extracted = receive_file("report.html", page)
    found = rows(door("attribute", tmp_path / "report.html", "--json").out)
    assert found
    for row in found:
        assert row["text_sha256"] == extracted.text_sha256 == hashlib.sha256(extracted.text.encode()).hexdigest()
        require_format(row, extracted.text)


def test_parties_are_the_charters(door: Door, tmp_path: Path) -> None:
    """With a charter the ids are its own; every file's rows stand together, in the order given."""
    for name, text in (("b.txt", SHELLING), ("a.txt", DENIAL)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "charter.toml").write_text(TWO_PARTIES, encoding="utf-8")
    done = door("attribute", tmp_path / "b.txt", tmp_path / "a.txt", "--charter", tmp_path / "charter.toml", "--json")
    found = rows(done.out)
    assert list(dict.fromkeys(row["document"] for row in found)) == ["b.txt", "a.txt"]
    assert {row["party"] for row in found if row["party"]} == {"kes", "vor"}
    assert not (tmp_path / "state").exists()


def test_without_json_a_line_is_for_people(door: Door, tmp_path: Path) -> None:
    """Speaker, act, teller and content on one line each."""
    (tmp_path / "a.txt").write_text(SHELLING, encoding="utf-8")
    done = door("attribute", tmp_path / "a.txt", "--charter", _charter(tmp_path))
    assert done.code == 0
    assert any("denies" in line and "[own voice]" in line for line in done.out.splitlines())
    assert all(line.startswith("a.txt:") for line in done.out.splitlines())


def _charter(folder: Path) -> Path:
    (folder / "charter.toml").write_text(TWO_PARTIES, encoding="utf-8")
    return folder / "charter.toml"


@pytest.mark.dispatches
@pytest.mark.skipif(not dispatch_files(), reason="the press reports (../shared/dispatches) are not on this machine")
def test_the_collected_reports_come_in_the_design_s_format(door: Door) -> None:
    """All files at once: every file has statements, every offset gives its text back, states are ISO alpha-3."""
    files = dispatch_files()
    done = door("attribute", *files, "--json")
    assert done.code == 0
    texts = {path.name: path.read_bytes().decode("utf-8") for path in files}
    found = rows(done.out)
    assert {row["document"] for row in found} == set(texts)
    for row in found:
        require_format(row, texts[row["document"]])
        assert row["party"] is None or (row["party"].isupper() and len(row["party"]) == 3)
