"""What a proper name looks like in English press prose, and which paragraphs are prose.

Names are learnt from prose only: in titles every word has a capital, so a name has no visible end there. Every function keeps
offsets: `plain` changes characters one for one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from tasdiq.intake.gazetteer import name_key
from tasdiq.model.document import Document, Received

CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶŁŃŇŌŐŒŘŚŞŠȘŢŤȚŪŮŰŲŹŻŽ"
PARTICLE = r"(?:al|ul|ur|ud|bin|bint|ibn|van|von|de|der|del|el|da|dos|di|e|i|zai|la)"
NAME_WORD = rf"(?:(?:al|el|Al|El)-)?[{CAPITAL}](?:\.|[^\W\d_]+(?:[-'’](?!s\b)[^\W\d_]+)*)?"
NAME = rf"{NAME_WORD}(?:[ -](?:{PARTICLE}[ -])?{NAME_WORD}){{0,4}}"
CALENDAR = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december""".split()  # noqa: SIM905
)
NOT_NAMES = CALENDAR | frozenset(
    """the a an in on at and but or if it its he she they we i this that these those when while however meanwhile earlier later
    according as after before since amid amidst following under with both
    separately nevertheless despite during instead also there no not any all""".split()  # noqa: SIM905
)
PROSE = frozenset({"summary", "body", "bullet", "quote"})
READ = PROSE | {"title", "heading"}

_PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "\u2011": "-", "“": '"', "”": '"'})


def plain(text: str) -> str:
    """Return `text` with straight quotation marks and ordinary spaces; offsets stay."""
    return text.translate(_PLAIN)


def slug(name: str) -> str:
    """Return a name as lower-case words joined by hyphens, for an actor's id."""
    return re.sub(r"[^\w]+", "-", name_key(name)).strip("-") or "unnamed"


def words_of(name: str) -> list[str]:
    """Return the words of a name's key."""
    return name_key(name).split()


def trim_name(name: str) -> str:
    """Cut a possessive and everything from a day, month or sentence opener on."""
    kept: list[str] = []
    for word in name.split(" "):
        if word.lower().strip(".,") in NOT_NAMES:
            if kept:
                break
            continue
        kept.append(word)
    return re.sub(r"['’]s?$", "", " ".join(kept)).strip(" .-") if kept else ""


def prose(document: Document, text: str, kinds: frozenset[str] = PROSE) -> Iterator[tuple[int, str]]:
    """Yield (offset, plain text) of each paragraph of the given kinds."""
    for paragraph in document.paragraphs:
        if paragraph.kind in kinds:
            yield paragraph.start, plain(text[paragraph.start : paragraph.end])


def paragraphs(file: Received, kinds: frozenset[str] = PROSE) -> Iterator[tuple[str, str]]:
    """Yield (kind, plain text) of each paragraph of the given kinds in a file."""
    for document in file.documents:
        for each in document.paragraphs:
            if each.kind in kinds:
                yield each.kind, plain(file.text[each.start : each.end])


def all_prose(received: Iterable[Received], kinds: frozenset[str] = PROSE) -> list[tuple[Document, int, str]]:
    """Return (document, offset, plain text) of every prose paragraph of the folder."""
    return [
        (document, start, words)
        for file in received
        for document in file.documents
        for start, words in prose(document, file.text, kinds)
    ]


def without_marks(text: str) -> str:
    """Return letters without their diacritics, for comparing spellings."""
    return "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
