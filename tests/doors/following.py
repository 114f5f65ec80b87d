"""Somebody who follows a guide: runs its commands as they stand, and compares what they print.

In a guide, `…` stands for anything. Ids such as `case-1f2e3d4c` stand for those the commands make; they are learnt from the
output the guide shows and used in the commands that follow.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from doors.folders import environment, tasdiq

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
                (self.folder / "charter.toml").write_text(KEY.sub(self.fingerprint, text), encoding="utf-8")
            if language == "console":
                for command, shown in steps(text):
                    if count == most:
                        return count
                    self.run(command, shown)
                    count += 1
        return count

    def fingerprint(self, match: re.Match[str]) -> str:
        """Return the fingerprint that stands for a key file's name."""
        shown = tasdiq(self.state, "key", "show", self.folder / match[1]).stdout
        return shown.split('"')[1]

    def run(self, command: str, shown: list[str]) -> str:
        """Run a command; it must print the lines shown. Return what it printed."""
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
        return printed

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
