"""A joint record made through the commands, for the tests of keys, mirrors and redaction."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from doors.conftest import Done, Door
from doors.folders import TABLE

CHARTER = """title = "Joint mechanism of Kestria and Vorland"
form = "joint"
[[party]]
id = "kes"
name = "Kestria"
[[party]]
id = "vor"
name = "Vorland"
[[mediator]]
id = "ord"
name = "Ordania"
"""
TRUCE = """[[agreement]]
id = "truce"
title = "Truce of Sella"
form = "signed"
[[commitment]]
id = "no-fire"
agreement = "truce"
bearer = "vor"
text = "No fire across the line of contact"
acknowledged_by = ["vor"]
"""
MEMBERS = ("kes", "vor", "ord")


@dataclass
class Seat:
    """A folder with a record and its members' keys, and the command line there."""

    door: Door
    base: Path

    @property
    def record(self) -> Path:
        """Return the host's record."""
        return self.base / "record"

    def key(self, member: str) -> Path:
        """Return a member's key file."""
        return self.base / f"{member}.key"

    def run(self, *arguments: object) -> Done:
        """Run a command that must succeed."""
        done = self.door(*arguments)
        assert done.code == 0, done.err
        return done

    def refused(self, words: str, *arguments: object, code: int = 1) -> Done:
        """Run a command that must be refused in these words."""
        done = self.door(*arguments)
        assert (done.code, words in done.err) == (code, True), (done.code, done.err)
        return done

    def size(self, record: Path) -> int:
        """Return the number of entries under a record's checkpoint."""
        return int(json.loads(self.run("audit", record, "--json").out)["size"])

    def public(self, member: str) -> str:
        """Return a member's public key as it tells it to others."""
        return self.run("key", "show", self.key(member)).out.split("public key: ")[1].strip()

    def fingerprint(self, member: str) -> str:
        """Return the fingerprint of a member's key."""
        return self.run("key", "show", self.key(member)).out.split('key = "')[1][:64]


def found(door: Door, base: Path, charter: str = CHARTER, options: tuple[str, ...] = ()) -> Seat:
    """Make three keys and a record; `options` go to `tasdiq init`."""
    seat = Seat(door, base)
    for member in MEMBERS:
        seat.run("key", "new", seat.key(member))
    (base / "charter.toml").write_text(charter, encoding="utf-8")
    keys = [part for member in MEMBERS for part in ("--key", f"{member}={seat.key(member)}")]
    seat.run("init", seat.record, "--charter", base / "charter.toml", *keys, *options)
    return seat


def receive(seat: Seat, name: str = "events.csv", text: str = TABLE) -> Done:
    """Take a table in, as the mediator."""
    (seat.base / name).write_text(text, encoding="utf-8")
    return seat.run("receive", seat.record, seat.base / name, "--key", seat.key("ord"))
