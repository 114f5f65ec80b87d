"""The guides are literally right: their commands are run as they stand, and print what the guide shows.

In a guide, `…` stands for anything. Ids such as `case-1f2e3d4c` stand for those the commands make; they are learnt from the
output the guide shows and used in the commands that follow.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from doors.folders import CROSSING, DENIAL, SHELLING, TABLE, environment, tasdiq

GUIDES = Path(__file__).parents[2] / "docs" / "guides"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ID = re.compile(r"\b(?:(?:case|access|finding|evidence)-[0-9a-f]{8}|p-[a-z][a-z0-9-]+)\b")
KEY = re.compile(r"<fingerprint of (\S+)>")


@dataclass
class Reader:
    """Somebody who follows a guide in a folder, with what they have learnt so far."""

    folder: Path
    state: Path
    known: dict[str, str] = field(default_factory=dict)

    def follow(self, guide: Path, most: int = 1000) -> int:
        """Run every command of the guide, or the first `most`; return how many there were."""
        count = 0
        for language, text in BLOCK.findall(guide.read_text(encoding="utf-8")):
            if language == "toml" and "form" in text:
                (self.folder / "charter.toml").write_text(KEY.sub(self._fingerprint, text), encoding="utf-8")
            if language == "console":
                for command, shown in steps(text):
                    if count == most:
                        return count
                    self._run(command, shown)
                    count += 1
        return count

    def _fingerprint(self, match: re.Match[str]) -> str:
        shown = tasdiq(self.state, "key", "show", self.folder / match[1]).stdout
        return shown.split('"')[1]

    def _run(self, command: str, shown: list[str]) -> None:
        real = ID.sub(lambda match: self.known.get(match[0], match[0]), command)
        done = subprocess.run(
            ["bash", "-c", real],
            cwd=self.folder,
            env=environment(self.state),
            capture_output=True,
            text=True,
            timeout=240,
        )
        printed = done.stdout + done.stderr
        assert done.returncode == (1 if shown and shown[0].startswith("tasdiq: ") else 0), (real, printed)
        rest = iter(printed.splitlines())
        for line in shown:
            if line != "…":
                pattern, ids = self._pattern(line)
                match = next(filter(None, (pattern.fullmatch(each) for each in rest)), None)
                assert match, (real, line, printed)
                self.known |= {name: match[number] for number, name in enumerate(ids, 1)}

    def _pattern(self, line: str) -> tuple[re.Pattern[str], list[str]]:
        """Return a line of the guide as a pattern, with the ids it teaches."""
        pattern, taught, at = "", [], 0
        for match in ID.finditer(line):
            pattern += _wild(line[at : match.start()])
            if match[0] in self.known:
                pattern += re.escape(self.known[match[0]])
            else:
                pattern += r"(\S+)"
                taught.append(match[0])
            at = match.end()
        return re.compile(pattern + _wild(line[at:])), taught


def _wild(text: str) -> str:
    return ".*".join(map(re.escape, text.split("…")))


def steps(block: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each command of a console block with the lines shown under it."""
    command, shown = "", list[str]()
    for line in block.splitlines():
        if line.startswith("$ "):
            if command:
                yield command, shown
            command, shown = line.removeprefix("$ ").split("   #")[0].rstrip(), []
        else:
            shown.append(line)
    if command:
        yield command, shown


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
