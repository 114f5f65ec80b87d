"""The process that looks into one file, given as its standard input, and tells what it found as JSON; it trusts nothing.

    python -I -m tasdiq.web.examining look   what the file is and says; a small picture in `preview` of the working directory
    python -I -m tasdiq.web.examining copy   a copy without anything beside the picture, in `copy` of the working directory

It confines itself before it reads the first byte. What goes wrong is told in words under `failed`; a process that ends without
an answer is told by whoever started it.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any, BinaryIO

from tasdiq.web.examining import copying, papers, pictures
from tasdiq.web.examining.kinds import GIF, HEAD, JPEG, PDF, PNG, TEXT, TIFF, WEBP, Kind, kind_of
from tasdiq.web.examining.limits import confine
from tasdiq.web.examining.opening import UnreadableError
from tasdiq.web.examining.plain import lines
from tasdiq.web.examining.provenance import credentials

SHOWN = 4000
_COPIED = frozenset({JPEG, PNG, WEBP, TIFF, GIF})


def look(file: BinaryIO) -> dict[str, Any]:
    """Return what a file is and says, and write a preview of a picture."""
    kind = kind_of(file.read(HEAD))
    told: dict[str, Any] = {"media": kind.media, "facts": [], "text": "", "cut": False, "preview": False, "failed": ""}
    try:
        told["facts"] = _facts(file, kind)
        told["credentials"] = credentials(file, kind.media)
        if kind.is_picture:
            Path("preview").write_bytes(pictures.preview(file))
            told["preview"] = True
    except UnreadableError as error:
        told["failed"] = str(error)
    if kind == TEXT:
        told["text"], told["cut"] = _text(file)
    return told


def _facts(file: BinaryIO, kind: Kind) -> list[list[str]]:
    if kind.is_picture:
        return pictures.facts(file)
    return papers.facts(file) if kind == PDF else []


def _text(file: BinaryIO) -> tuple[str, bool]:
    file.seek(0)
    data = file.read(SHOWN * 4 + 4)
    coding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    text = data.decode(coding, "replace")
    return lines(text, SHOWN), len(text) > SHOWN or bool(file.read(1))


def copy(file: BinaryIO) -> dict[str, Any]:
    """Write a copy without anything beside the picture."""
    kind = kind_of(file.read(HEAD))
    if kind not in _COPIED:
        return {
            "failed": f"a copy that surely carries nothing hidden can be made of pictures only, and this is: {kind.words}"
        }
    try:
        return copying.copy(file, Path("copy"))
    except UnreadableError as error:
        return {"failed": str(error)}


def main() -> None:
    """Do what the first argument says with the file on standard input."""
    confine()
    with os.fdopen(os.dup(0), "rb") as file:
        told = {"look": look, "copy": copy}[sys.argv[1]](file)
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
