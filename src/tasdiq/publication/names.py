"""Names, words and order: how things are called on every page and in every file.

1. A party's own name as the charter gives it; every other designation stands on the page of actors with who uses it.
2. The order of parties rotates: a table or page begins with another party than the one before. It depends on the page's fixed
   name and on a running number, never on the parties' names, so that exchanging the parties mirrors the order.
3. Statuses are words.
4. A document is called by its outlet and date; where no outlet is known, by its title or first shown words and its file's name
   without digits that only a machine reads.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from tasdiq.model.charter import Charter, Member
from tasdiq.model.document import Document
from tasdiq.model.state import State

from . import times

TELLERS = {"own": "own voice", "other-party": "as told by the other party", "third": "as told by a third"}
STATUS = {
    "common ground": "Common ground",
    "contested": "Contested",
    "one-sided": "One-sided",
    "unattributed": "No own voice",
}
STATUS_MEANS = {
    "common ground": "all parties assert or acknowledge it in their own voice",
    "contested": "one party asserts it and another denies it, each in its own voice",
    "one-sided": "a party speaks to it in its own voice, and no other confirms or denies it in its own",
    "unattributed": "no party speaks to it in its own voice in this record",
}


class Names:
    """Display names for the ids of one state; `openings` are the first shown words of documents, by id."""

    def __init__(self, state: State, openings: Mapping[str, str] | None = None) -> None:
        self._state, self._openings = state, openings or {}
        self._members = {member.id: member for member in state.charter.members}
        self._groups = {group.id: group.name for group in state.charter.groups}
        named = [(a.country, a.name) for a in state.actors.values() if a.kind in ("state", "party")]
        self._states = {country: name for country, name in named if country}
        ordered = sorted(state.documents.values(), key=lambda d: (d.kind != "article", d.start), reverse=True)
        self._files = {document.file: document.id for document in ordered}

    def actor(self, ident: str | None) -> str:
        """Return the name of an actor, member or outlet; an id nobody named comes back as readable text."""
        if not ident:
            return ""
        if ident in self._members:
            return self._members[ident].name
        if ident in self._state.actors:
            return self._state.actors[ident].name
        if ident in self._state.documents:
            return self.outlet(ident)
        if ident in self._states:
            return self._states[ident]
        return self._groups.get(ident) or (self.outlet(self._files[ident]) if ident in self._files else readable(ident))

    def known(self, word: str) -> str:
        """Return the name of an id, and any other word as it is."""
        known = word in self._members or word in self._state.actors or word in self._groups
        return self.actor(word) if known else word

    def party(self, ident: str | None) -> str:
        """Return the name of a party, or "no party"."""
        return self.actor(ident) if ident else "no party"

    def outlet(self, document: str) -> str:
        """Return whose document it is: its outlet, else its title or first shown words with its file."""
        found = self._state.documents.get(document)
        return "" if found is None else self.actor(found.outlet) or self._untold(found)

    def document(self, document: str) -> str:
        """Return what a document is called: outlet and date, or as `outlet` where no outlet is known (rule 4)."""
        found = self._state.documents.get(document)
        if found is None or not found.outlet:
            return self.outlet(document)
        date = f", {times.span(found.published)}" if found.published and found.published.key != "9999" else ""
        return self.actor(found.outlet) + date

    def _untold(self, document: Document) -> str:
        words = shorten(document.title or self._openings.get(document.id, ""))
        kind = "" if document.kind == "article" else f"{document.kind}, "
        return f"“{words}” ({kind}{short(document.file)})" if words else f"{document.kind} in {short(document.file)}"


def parties(charter: Charter) -> list[str]:
    """Return the ids of the parties in the charter's order, which has no meaning."""
    return [party.id for party in charter.parties]


def rotate(items: Sequence[str], page: str, number: int = 0) -> list[str]:
    """Return items in the order of a page's `number`-th table (rule 2)."""
    if not items:
        return []
    shift = (hashlib.sha256(page.encode()).digest()[0] + number) % len(items)
    return [*items[shift:], *items[:shift]]


def readable(ident: str) -> str:
    """Return an id as text: the last part of its path, hyphens as spaces."""
    return ident.rsplit("/", 1)[-1].replace("-", " ").replace("_", " ").strip()


def short(file: str) -> str:
    """Return a file's name without its ending and without digits that only a machine reads: "002_e37b719341fb.txt" is "002"."""
    stem = file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    told = [part for part in re.split(r"[-_ ]", stem) if not _HASH.fullmatch(part)]
    kept = "-".join(told) or f"{stem[:6]}…"
    return kept if len(kept) <= 28 else f"{kept[:24]}…"


_HASH = re.compile(r"(?=.*\d)(?=.*[a-f])[0-9a-f]{8,}|[0-9a-f]{12,}")


def shorten(text: str, most: int = 36) -> str:
    """Return the first words of a text, at most `most` letters, with "…" where it was cut."""
    text = " ".join(text.split()).strip('“”"‘’ […]')
    if len(text) <= most:
        return text
    return f"{text[: max(text.rfind(' ', 0, most), 12)].rstrip(' ,;:–—-')}…"


def title(text: str) -> str:
    """Return text with its first letter large."""
    return text[:1].upper() + text[1:]


def slug(ident: str) -> str:
    """Return a file name for an id; one that had to be changed carries a hash, so that two never meet."""
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", ident).strip("-.")[:80]
    return safe if safe == ident else f"{safe or 'x'}-{hashlib.sha256(ident.encode()).hexdigest()[:8]}"


ENTRIES_A_PAGE = 500


def entry_page(index: int) -> str:
    """Return the page that lists an entry, relative to the site: the first 500 stand with the record, the rest on pages of 500."""
    number = index // ENTRIES_A_PAGE
    return "record.html" if number == 0 else f"e/{number + 1}.html"


def no_figure(member: Member, form: str) -> str:
    """Say that a party gave no figure of its own: "no Vorland figure in this folder"."""
    where = "folder" if form == "desk" else "record"
    return f"no {_adjectives().get(member.country or '') or _adjectives().get(member.name) or member.name} figure in this {where}"


@cache
def _adjectives() -> dict[str, str]:
    """Read the adjectives of the world's countries, by ISO code and by name, from the gazetteer's plain data."""
    path = files("tasdiq").joinpath("intake", "gazetteer", "world.csv")
    if not path.is_file():
        return {}
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    found: dict[str, str] = {}
    for row in rows:
        word = (row.get("adjectives") or "").split("|")[0]
        found |= {row["iso3"]: word, row["name"]: word}
    return found
