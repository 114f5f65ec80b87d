"""What a PDF's file says beside its pages, in words. Runs confined (`limits`). Under ISO 32000-2 as pypdf reads it."""

from __future__ import annotations

from typing import Any, BinaryIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from tasdiq.web.examining.opening import UnreadableError
from tasdiq.web.examining.plain import plain

_NAMED = (
    ("Title", "/Title"), ("Author", "/Author"), ("Subject", "/Subject"), ("Made with", "/Creator"),
    ("Written by the program", "/Producer"), ("Made on, by a clock of its own", "/CreationDate"),
    ("Last changed, by a clock of its own", "/ModDate"),
)  # fmt: skip


def facts(file: BinaryIO) -> list[list[str]]:
    """Return what the file says, as pairs of a name and words; raise `UnreadableError`."""
    file.seek(0)
    try:
        reader = PdfReader(file)
        if reader.is_encrypted:
            return [["Locked", "it is encrypted, and opens with a password only"]]
        told: dict[str, Any] = dict(reader.metadata or {})
        lines = [[name, plain(told.get(key))] for name, key in _NAMED]
        inside = [
            words
            for words, found in (
                ("files attached to it", bool(reader.attachments)),
                ("a form to fill in", "/AcroForm" in reader.root_object),
                ("XMP data", "/Metadata" in reader.root_object),
                (
                    "something that acts when it is opened",
                    "/OpenAction" in reader.root_object or "/AA" in reader.root_object,
                ),
            )
            if found
        ]
        return [
            ["Pages", str(len(reader.pages))],
            *(line for line in lines if line[1]),
            *([["Also in the file", ", ".join(inside)]] if inside else []),
        ]
    except (
        PyPdfError,
        OSError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        AssertionError,
    ) as error:
        raise UnreadableError("it is damaged, or no PDF after all") from error
