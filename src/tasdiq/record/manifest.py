"""The manifest of a published site: which files it consists of, signed by its publisher.

`manifest.note` is a signed note whose text has one line a file, `<SHA-256> <size> <path>`, sorted by path. It lists
every file but itself. Whether the publisher is one the record names is left to `audit`.

1. A path is relative, in NFC, printable, with / between its parts, and never leads out of the site.
2. The note carries exactly one signature.
3. Only regular files count: a link or a device in the site is a problem, never followed.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tasdiq.errors import InputError, SettingsError
from tasdiq.record import canonical, note
from tasdiq.record.audit.verdict import Verdict
from tasdiq.record.signing import SigningKey

NAME = "manifest.note"
LARGEST_FILE = 512 * 2**20
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Listed:
    """One file of a site."""

    sha256: str
    size: int
    path: str

    def __str__(self) -> str:
        return f"{self.sha256} {self.size} {self.path}\n"


def write(site: Path, publisher: str, key: SigningKey) -> None:
    """List and sign every file under `site`; refuse names that another system could read differently."""
    listed = []
    for path, regular in walk(site):
        if not regular:
            raise SettingsError(f"{site / path}: expected a plain file; links and devices are not published")
        if not is_safe(path):
            raise SettingsError(f"{site / path}: rename this file; its name cannot be listed in a manifest")
        if path != NAME:
            sha256, size = digest(site / path)
            listed.append(Listed(sha256, size, path))
    text = "".join(str(item) for item in sorted(listed, key=lambda item: item.path.encode()))
    if not text:
        raise SettingsError(f"{site}: nothing to publish here")
    (site / NAME).write_bytes(note.sign(text, note.Verifier(publisher, key.public), key.sign))


def parse(data: bytes) -> tuple[note.Note, list[Listed]]:
    """Read a manifest's lines; its signature is not checked here."""
    parsed = note.parse(data)
    if len(parsed.lines) != 1:
        raise InputError(f"expected exactly one signature on the manifest, found {len(parsed.lines)}")
    listed = [_line(line) for line in parsed.text[:-1].split("\n")]
    paths = [item.path.encode() for item in listed]
    if paths != sorted(set(paths)):
        raise InputError("expected the manifest sorted by path, each path once")
    return parsed, listed


def _line(line: str) -> Listed:
    parts = line.split(" ", 2)
    if len(parts) != 3 or not is_safe(parts[2]) or parts[2] == NAME:
        raise InputError(f"expected '<sha256> <size> <path inside the site>', found {line[:100]!r}")
    canonical.hex_bytes(parts[0], 32, "a SHA-256")
    return Listed(parts[0], canonical.decimal(parts[1], "a size"), parts[2])


def is_safe(path: str) -> bool:
    """Tell whether a path stays inside the site on every system (rule 1)."""
    parts = path.split("/")
    return (
        canonical.is_printable(path)
        and canonical.is_nfc(path)
        and not set(path) & set('\\:*?"<>|')
        and all(part not in ("", ".", "..") for part in parts)
    )


def check(site: Path, listed: list[Listed], verdict: Verdict) -> None:
    """Note every file that is changed, missing, extra or no plain file."""
    expected = {item.path: item for item in listed}
    for path, regular in walk(site):
        if path == NAME and regular:
            continue
        item = expected.pop(path, None)
        if not regular:
            verdict.add("not-a-file", path, "expected a plain file, found a link, a device or an unreadable folder")
        elif item is None:
            verdict.add("extra-file", path, "this file is not in the manifest: the publisher did not publish it")
        else:
            _check_file(site, item, verdict)
    for path in expected:
        verdict.add("missing-file", path, "this file is in the manifest and not here")


def _check_file(site: Path, item: Listed, verdict: Verdict) -> None:
    with verdict.noting("changed-file", item.path):
        sha256, size = digest(site / item.path)
        if (sha256, size) != (item.sha256, item.size):
            verdict.add(
                "changed-file",
                item.path,
                f"expected SHA-256 {item.sha256} ({item.size} bytes), found {sha256} ({size})",
            )


def walk(site: Path) -> Iterator[tuple[str, bool]]:
    """Yield (path, is it a plain file) of everything under a folder that is not a folder, in order."""
    stack = [""]
    while stack:
        folder = stack.pop()
        try:
            found = sorted(os.scandir(site / folder), key=lambda item: item.name)
        except OSError:
            yield folder, False
            continue
        for item in found:
            path = f"{folder}/{item.name}" if folder else item.name
            if item.is_dir(follow_symlinks=False):
                stack.append(path)
            else:
                yield path, item.is_file(follow_symlinks=False)


def digest(path: Path) -> tuple[str, int]:
    """Return the hex SHA-256 and the size of a file, read in pieces."""
    hashed, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            hashed.update(piece)
            size += len(piece)
    return hashed.hexdigest(), size
