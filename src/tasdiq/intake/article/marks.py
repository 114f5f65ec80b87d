"""What a line looks like by itself: the furniture of press sites, credits, signatures, dates.

The wording that sites repeat on every page lies in `furniture.toml` beside this module. A line that fits nothing is `text`.
A line longer than a screenful is always text, so that no pattern ever meets a line without end; one longer than any paragraph,
or with a word longer than any word, is `endless`: kept as furniture, so that no later stage meets it either.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Literal, get_args

from .stamps import read_stamps

Mark = Literal[
    "label", "reading", "link", "date", "updated", "follow", "byline", "credit", "caption", "bullet", "also", "tail",
    "over", "end", "endless", "signature", "separator", "imprint", "text",
]  # fmt: skip
LONGEST = 3000
LONGEST_PARAGRAPH = 100_000
LONGEST_WORD = re.compile(r"\S{1000}")
AGENCY = (
    r"(?:[A-Z][A-Z.]{1,7}|Reuters|Bloomberg|Xinhua|Anadolu(?: Agency)?|Getty(?: Images)?|Getty Images|Agence France-Presse"
    r"|Associated Press|Shutterstock|Press TV|[Ff]ile(?: [Pp]hoto)?|[Hh]andout|[Pp]hoto|[Ss]creengrab|[Cc]ourtesy)"
)
CREDIT_WORDS = (
    r"(?:[^()\[\]]{0,60}/\s?)?"
    + AGENCY
    + r"(?:\s?[/,|-]\s?[^()\[\]]{1,40}|\s(?:via|photo|file|images?)\s?[^()\[\]]{0,40})?"
)
SIGNATURE = re.compile(
    r"[—–―-]{1,3}\s*(?P<name>[^()@\n—–―]{1,80}?)\s*\(@(?P<handle>\w{1,40})\)\s*(?P<date>\S[^\n]{3,40})?$"
    r"|A post shared by (?P<name2>[^()@\n]{1,80}?)\s*\(@(?P<handle2>[\w.]{1,40})\)(?:\s*on)?\s*(?P<date2>\S[^\n]{3,60})?$"
)
SQUARE = r"\[(?P<square>(?:Photo|Image|File|[A-Z])[^\[\]]{1,70})\]"
ROUND = rf"\((?P<round>{CREDIT_WORDS}|[^()]{{2,50}}/[^()]{{2,40}}|(?:Photo|Image|Picture)[^()]{{0,60}})\)"
DASH = rf"[—–|-]{{1,2}}\s?(?P<dash>{CREDIT_WORDS})"
LABELLED = r"(?P<label>(?:Photo|Image|Picture|PHOTO|IMAGE)(?: credit| by| courtesy)?\s?:\s?[^.]{2,60}|©\s?[^.]{2,60})"
BARE = r"(?P<bare>[A-Z]{2,8}/[A-Z][\w.'-]*(?:\s[A-Z][\w.'-]*){0,3}(?:/[A-Z][\w ]{2,20})?)"
CREDIT = re.compile(rf"(?:{SQUARE}|(?<=[.!?”\"'’])\s*(?:{ROUND}|{DASH}|{LABELLED}|{BARE}))\.?$")
NOT_A_CREDIT = re.compile(
    r"\b(?:reporting|editing|writing|written|sic|translated|edited|updates?|adds?)\b", re.IGNORECASE
)

BULLET = re.compile(r"(?:[•●▪◦‣■]|[*·]\s|[-–]\s(?!-))\s*\S")
DESCRIBES = re.compile(
    r"\b(?:file (?:photo|picture|image)|handout (?:photo|picture|image)"
    r"|in this .{0,40}\b(?:photo|picture|image|frame|screengrab|screenshot|file)"
    r"|pictured|screengrab|representational image|(?:photo|picture|image) (?:taken|shows|released|provided))\b",
    re.IGNORECASE,
)


@cache
def _furniture() -> tuple[tuple[Mark, re.Pattern[str]], ...]:
    """Return the patterns of `furniture.toml` in its order."""
    lists = tomllib.loads((resources.files(__package__) / "furniture.toml").read_text("utf-8"))
    marks: dict[str, Mark] = {mark: mark for mark in get_args(Mark)}
    return tuple(
        (marks[name], re.compile("|".join(f"(?:{line})" for line in lines), re.IGNORECASE))
        for name, lines in lists.items()
    )


def is_endless(text: str) -> bool:
    """Tell whether a line is longer than any paragraph, or has a word longer than any."""
    return len(text) > LONGEST and (len(text) > LONGEST_PARAGRAPH or LONGEST_WORD.search(text) is not None)


def mark_of(text: str) -> Mark:
    """Return what one line looks like, knowing nothing of its neighbours."""
    if len(text) > LONGEST:
        return "endless" if is_endless(text) else "text"
    if SIGNATURE.search(text):
        return "signature"
    furniture = next((mark for mark, pattern in _furniture() if pattern.fullmatch(text)), None)
    if furniture:
        return furniture
    if stamps := read_stamps(text):
        return "date" if stamps.bare else "updated"
    if BULLET.match(text):
        return "bullet"
    return "caption" if credit_of(text) else "text"


def credit_of(text: str) -> re.Match[str] | None:
    """Return the picture credit a caption ends with: "[Name/AGENCY]", "(AP/File)" after a full stop, "— AFP/File"."""
    if len(text) > 700 or len(text) < 20:
        return None
    credit = CREDIT.search(text)
    if credit is None or NOT_A_CREDIT.search(credit[0]) or credit.start() < 15:
        return None
    return credit


def describes_picture(text: str) -> bool:
    """Tell whether a short line says of itself that it describes a picture."""
    return len(text) <= 400 and bool(DESCRIBES.search(text))
