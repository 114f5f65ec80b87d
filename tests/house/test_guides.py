"""The guides are literally right: their commands are run as they stand, and print what the guide shows (`doors.following`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from doors.folders import CROSSING, DENIAL, SHELLING, TABLE
from doors.following import GUIDES, Reader


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    """Somebody with a folder of made-up press reports, under the names the guides use."""
    for name in ("reports", "my-folder"):
        (tmp_path / "work" / name).mkdir(parents=True)
        for file, text in (("shelling.txt", SHELLING), ("denial.txt", DENIAL), ("crossing.txt", CROSSING)):
            (tmp_path / "work" / name / file).write_text(text, encoding="utf-8")
    return Reader(tmp_path / "work", tmp_path / "state")


def test_the_guide_of_the_joint_record_is_literally_right(reader: Reader) -> None:
    """From four keys to a published dissent and its audit, and every refusal with its paragraph."""
    assert reader.follow(GUIDES / "joint-record.md") >= 20
    page = (reader.folder / "site" / "cases.html").read_text(encoding="utf-8")
    for words in ("Nobody asked at the post itself.", "A second visit should be asked for.", "a military area"):
        assert words in page


def test_the_guide_of_cosigning_is_literally_right(reader: Reader) -> None:
    """Once there is a joint record: from a cosigner's key to an audit that says who cosigned."""
    reader.follow(GUIDES / "joint-record.md", most=5)
    assert (reader.folder / "record").is_dir()
    assert reader.follow(GUIDES / "cosigning.md") >= 12


def test_the_guides_of_folder_and_checking_are_literally_right(reader: Reader) -> None:
    """From a folder to a site, then every way of checking it."""
    assert reader.follow(GUIDES / "first-record.md") >= 2
    assert reader.follow(GUIDES / "checking.md") >= 4


def test_the_guide_of_keys_is_literally_right(reader: Reader) -> None:
    """Keys with successors, officers, letters, rotation, revocation, several machines."""
    assert reader.follow(GUIDES / "keys.md") >= 14


def test_the_guide_of_mirrors_and_its_drill_are_literally_right(reader: Reader) -> None:
    """A mirror, catching up, a backup, a disk that dies, a host that notices and catches up from its member."""
    for number, month in enumerate(("march", "april", "may", "june")):
        text = TABLE.replace("r1,", f"r{number}a,").replace("r2,", f"r{number}b,")
        (reader.folder / f"{month}.csv").write_text(text, encoding="utf-8")
    assert reader.follow(GUIDES / "mirrors.md") >= 24


def test_the_guide_of_operating_and_its_drill_are_literally_right(reader: Reader) -> None:
    """A backup, a disk that dies, a restore that says it must catch up, a host that goes on."""
    assert reader.follow(GUIDES / "operating.md") >= 18
