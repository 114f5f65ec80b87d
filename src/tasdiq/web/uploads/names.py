"""What a file is called: by whoever hands it in, made harmless; and by us, when it is handed out."""

from __future__ import annotations

import re
import unicodedata

MOST = 100
_TURNS = re.compile("[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def harmless(name: str) -> str:
    """Return a file's name without folders, controls, or what hides or turns letters; "file" where nothing is left.

    It is for showing: no path is ever made of it.
    """
    last = re.split(r"[/\\]", name[:1000])[-1]
    kept = "".join(letter for letter in _TURNS.sub("", last) if unicodedata.category(letter) not in ("Cc", "Cs", "Cn"))
    plain = " ".join(unicodedata.normalize("NFC", kept).split()).strip(". ")
    if len(plain) > MOST:
        stem, dot, ending = plain.rpartition(".")
        ending = ending if dot and len(ending) <= 8 else ""
        plain = f"{(stem or plain)[: MOST - len(ending) - 2]}….{ending}" if ending else f"{plain[: MOST - 1]}…"
    return plain or "file"


def given(evidence: str, number: int, sha256: str, ending: str) -> str:
    """Return the name a file is handed out under: letters, digits and hyphens of our own making."""
    safe = re.sub(r"[^A-Za-z0-9-]+", "-", evidence)[:60].strip("-") or "evidence"
    return f"{safe}-{number}-{sha256[:12]}.{ending}"
