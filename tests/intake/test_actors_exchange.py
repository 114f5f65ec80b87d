"""Nothing depends on whose names they are: the collected press reports with names exchanged and replaced.

The attributions of the reports as they are serve all copies, moved to the places their words have there: what is compared is
who-is-who alone, not how the parser likes other names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from msgspec.structs import replace

from tasdiq.intake.actors import build_directory
from tasdiq.intake.article import receive_file
from tasdiq.intake.attribute import attribute
from tasdiq.intake.charter_proposal import propose_charter
from tasdiq.intake.speakers import resolve
from tasdiq.model.charter import Charter, Member
from tasdiq.model.document import Document, Received, Span
from tasdiq.model.statement import Attribution
from variants import MIRROR, REPLACEMENT, dispatch_files

pytestmark = [
    pytest.mark.dispatches,
    pytest.mark.skipif(not dispatch_files(), reason="the press reports (../shared/dispatches) are not on this machine"),
]
Row = tuple[object, ...]


@dataclass
class Copy:
    """A text with names replaced, and where each place of the old text is in it."""

    text: str
    shifts: list[tuple[int, int, int]]

    def place(self, old: int) -> int:
        """Return the new offset of an old one; inside a replaced name the nearer edge."""
        moved = old
        for start, end, by in self.shifts:
            if old >= end:
                moved += by
            elif old > start:
                return self.place(start) + min(old - start, end - start + by)
        return moved

    def span(self, span: Span) -> Span:
        """Return a span moved."""
        return Span(start=self.place(span.start), end=self.place(span.end))


def renamed(text: str, names: Mapping[str, str]) -> Copy:
    """Replace whole words, longest first, all at once, upper case kept."""
    if not names:
        return Copy(text, [])
    choices = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    lower = {name.lower(): given for name, given in names.items()}
    shifts: list[tuple[int, int, int]] = []

    def swap(match: re.Match[str]) -> str:
        found = match[0]
        given = names.get(found, found)
        if found not in names and found.isupper() and len(found) > 3:
            given = lower[found.lower()].upper()
        shifts.append((match.start(), match.end(), len(given) - len(found)))
        return given

    return Copy(re.sub(rf"(?<!\w)(?:{choices})(?!\w)", swap, text, flags=re.IGNORECASE), shifts)


def moved(
    received: Received, found: Mapping[str, list[Attribution]], names: Mapping[str, str]
) -> tuple[Received, dict[str, list[Attribution]]]:
    """Return a file and its attributions with every name replaced."""
    copy = renamed(received.text, names)
    documents = tuple(_document(each, copy, names) for each in received.documents)
    attributions = {
        name: [
            replace(
                item,
                source=tuple(map(copy.span, item.source)),
                cue=tuple(map(copy.span, item.cue)),
                content=tuple(map(copy.span, item.content)),
                sentence=copy.span(item.sentence) if item.sentence else None,
            )
            for item in items
        ]
        for name, items in found.items()
    }
    return replace(received, text=copy.text, documents=documents), attributions


def _document(document: Document, copy: Copy, names: Mapping[str, str]) -> Document:
    paragraphs = tuple(
        replace(part, start=copy.place(part.start), end=copy.place(part.end)) for part in document.paragraphs
    )
    return replace(
        document, start=copy.place(document.start), end=copy.place(document.end), paragraphs=paragraphs,
        title=renamed(document.title, names).text, dateline=renamed(document.dateline, names).text,
        author=renamed(document.author, names).text if document.author else None,
    )  # fmt: skip


@pytest.fixture(scope="module")
def reports() -> list[tuple[Received, dict[str, list[Attribution]]]]:
    """Receive and attribute the reports as they are."""
    files = [receive_file(path.name, path.read_bytes()) for path in dispatch_files()]
    return [(file, attribute(file.text, file.documents)) for file in files]


def rows(
    reports: list[tuple[Received, dict[str, list[Attribution]]]], names: Mapping[str, str], first: str, second: str
) -> list[Row]:
    """Return (statement, party, teller, told by, channel's outlet, hands, addressee, speaker known) under a charter of two."""
    pairs = [moved(file, found, names) for file, found in reports]
    received = [file for file, _ in pairs]
    attributions = {name: items for _, found in pairs for name, items in found.items()}
    charter = Charter(title="", form="desk", parties=(Member(id="first", name=first), Member(id="second", name=second)))
    directory = build_directory(charter, received, attributions)
    found: list[Row] = []
    for file in received:
        for document in file.documents:
            for each in resolve(document, file.text, attributions[document.id], directory):
                party = each.party if each.party in ("first", "second", None) else "other"
                told_by = each.told_by if each.told_by in ("first", "second") else bool(each.told_by)
                found.append(
                    (
                        each.id,
                        party,
                        each.teller,
                        told_by,
                        bool(each.channel),
                        len(each.chain),
                        each.addressee,
                        bool(each.speaker),
                    )
                )
    return found


def test_exchanged_names_give_the_mirrored_result(reports: list[tuple[Received, dict[str, list[Attribution]]]]) -> None:
    """With the parties' names, demonyms and capitals exchanged every statement is the other party's, told alike."""
    plain = rows(reports, {}, "Pakistan", "Afghanistan")
    assert rows(reports, MIRROR, "Afghanistan", "Pakistan") == plain


def test_replaced_names_give_the_same_result(reports: list[tuple[Received, dict[str, list[Attribution]]]]) -> None:
    """Other countries, invented groups, persons, outlets: the same results item for item."""
    plain = rows(reports, {}, "Pakistan", "Afghanistan")
    assert rows(reports, REPLACEMENT, "Thailand", "Cambodia") == plain


def test_proposed_charter_follows_the_names(reports: list[tuple[Received, dict[str, list[Attribution]]]]) -> None:
    """Without a charter the parties, mediators and groups are those of the names in use."""

    def proposed(names: Mapping[str, str]) -> tuple[list[str | None], list[str | None], int]:
        pairs = [moved(file, found, names) for file, found in reports]
        received = [file for file, _ in pairs]
        attributions = {name: items for _, found in pairs for name, items in found.items()}
        charter = propose_charter(received, build_directory(None, received, attributions), "")
        return [m.country for m in charter.parties], [m.country for m in charter.mediators], len(charter.groups)

    assert proposed({})[:2] == (["PAK", "AFG"], ["TUR", "QAT", "SAU"])
    assert proposed(MIRROR) == (["AFG", "PAK"], *proposed({})[1:])
    assert proposed(REPLACEMENT) == (["THA", "KHM"], ["NOR", "OMN", "KWT"], proposed({})[2])
