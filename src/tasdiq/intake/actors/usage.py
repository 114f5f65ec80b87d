"""Who uses which name: every designation with its passages and with the parties or outlets in whose telling it stands.

A name inside an attributed speech is used by that speaker's party (or by the speaker, if of no party); elsewhere by the outlet,
or, where no outlet is printed, by the document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from tasdiq.intake.gazetteer import name_key
from tasdiq.model.document import Document, Passage, Received
from tasdiq.model.source import Designation

from .directory import Directory
from .naming import READ, prose
from .voices import Voice

MOST_PASSAGES = 40
"""Passages kept for one designation; a long folder would otherwise fill the directory with them."""
Used = dict[str, dict[str, list[tuple[str, Passage]]]]


def with_usage(directory: Directory, received: Sequence[Received], voices: Mapping[str, Sequence[Voice]]) -> Directory:
    """Fill in `used_by` and `passages` of every designation met in the texts; return the directory."""
    used: Used = defaultdict(lambda: defaultdict(list))
    for file in received:
        for document in file.documents:
            _collect(used, directory, document, file.text, voices.get(document.id, ()))
    for ident, by_name in used.items():
        actor = directory.actors.get(ident)
        if actor is not None:
            directory.actors[ident] = replace(actor, designations=_designations(actor.designations, by_name))
    return directory


def _collect(used: Used, directory: Directory, document: Document, text: str, voices: Sequence[Voice]) -> None:
    outlet = directory.outlets.get(document.id, document.outlet or document.file)
    for offset, words in prose(document, text, READ):
        for mention in directory.table.find(words):
            known = mention.known[0]
            if known.sort in ("demonym", "national", "capital", "seat"):
                continue
            start, end = offset + mention.start, offset + mention.end
            user = _user(start, voices) or outlet
            passage = Passage(document=document.id, start=start, end=end)
            used[known.actor][text[start:end]].append((user, passage))


def _user(place: int, voices: Sequence[Voice]) -> str | None:
    """Return the party or speaker of the smallest speech around a place."""
    around = sorted(
        (span.end - span.start, number)
        for number, voice in enumerate(voices)
        for span in voice.content
        if span.start <= place < span.end and voice.resolution.actor and voice.reading.kind not in ("group", "other")
    )
    users = [voices[number].resolution for _, number in around]
    return next((each.party or each.actor for each in users), None)


def _designations(
    known: Sequence[Designation], met: Mapping[str, Sequence[tuple[str, Passage]]]
) -> tuple[Designation, ...]:
    """Return the known names in their order, then spellings met in the texts; a name's user is listed once."""
    by_key: dict[str, Designation] = {each.text: each for each in known}
    spellings = {name_key(each.text): each.text for each in reversed(known)}
    for text, uses in met.items():
        name = text if text in by_key else spellings.get(name_key(text), text)
        name = text if name_key(name) == name_key(text) and name.lower() != text.lower() else name
        before = by_key.get(name, Designation(text=name))
        users = tuple(dict.fromkeys([*before.used_by, *(user for user, _ in uses)]))
        passages = (*before.passages, *(passage for _, passage in uses))[:MOST_PASSAGES]
        by_key[name] = replace(before, used_by=users, passages=passages)
    return tuple(by_key.values())
