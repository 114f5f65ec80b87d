"""Who uses which name: every designation with its passages and with the parties or outlets in whose telling it stands.

A name inside an attributed speech is used by that speaker's party (or by the speaker, if of no party); elsewhere by the outlet,
or, where no outlet is printed, by the document. Parties and outlets are listed whole; of documents, of speakers of no party and of
passages not all, for a name that stands in many: what is known of an actor is one row of the record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from tasdiq.intake.gazetteer import name_key
from tasdiq.model.document import Document, Passage
from tasdiq.model.source import Designation

from .directory import Directory
from .naming import READ, prose
from .resolution import Resolution
from .voices import Voice

MOST_PASSAGES = 40
"""Passages kept for one designation, and small users; a long folder would otherwise fill the directory."""
MOST_OF_ACTOR = 200
"""The same for all designations of an actor together, each of which has an equal share."""


@dataclass
class Uses:
    """Who uses one name, in order, and where it stands; `small` are the users that are no party and no outlet."""

    users: dict[str, None] = field(default_factory=dict)
    passages: list[Passage] = field(default_factory=list)
    small: set[str] = field(default_factory=set)


Used = Mapping[str, Mapping[str, Sequence[tuple[str, bool, Passage]]]]
"""Of one document: by actor and name as met, the user, whether that is neither party nor outlet, and where."""


def uses_in(directory: Directory, document: Document, text: str, voices: Sequence[Voice]) -> Used:
    """Return who uses which name in a document."""
    used: dict[str, dict[str, list[tuple[str, bool, Passage]]]] = defaultdict(lambda: defaultdict(list))
    outlet = directory.outlets.get(document.id, document.outlet)
    for offset, words in prose(document, text, READ):
        for mention in directory.table.find(words):
            known = mention.known[0]
            if known.sort in ("demonym", "national", "capital", "seat"):
                continue
            start, end = offset + mention.start, offset + mention.end
            speaker = _user(start, voices)
            user = (speaker.party or speaker.actor) if speaker else outlet
            small = user is None or (speaker is not None and speaker.party is None)
            passage = Passage(document=document.id, start=start, end=end)
            used[known.actor][text[start:end]].append((user or document.file, small, passage))
    return {ident: dict(names) for ident, names in used.items()}


def add_uses(used: dict[str, dict[str, Uses]], more: Used) -> None:
    """Add what one document uses to what those before it use."""
    for ident, names in more.items():
        for name, found in names.items():
            uses = used.setdefault(ident, {}).setdefault(name, Uses())
            for user, is_small, passage in found:
                if user not in uses.users and (not is_small or len(uses.small) < MOST_PASSAGES):
                    uses.users[user] = None
                    uses.small |= {user} if is_small else set()
                if len(uses.passages) < MOST_PASSAGES:
                    uses.passages.append(passage)


def with_usage(directory: Directory, used: Mapping[str, Mapping[str, Uses]]) -> Directory:
    """Fill in `used_by` and `passages` of every designation met in the texts; return the directory."""
    for ident, by_name in used.items():
        actor = directory.actors.get(ident)
        if actor is not None:
            directory.actors[ident] = replace(actor, designations=_designations(actor.designations, by_name))
    return directory


def _user(place: int, voices: Sequence[Voice]) -> Resolution | None:
    """Return who speaks the smallest speech around a place, of those known."""
    around = sorted(
        (span.end - span.start, number)
        for number, voice in enumerate(voices)
        for span in voice.content
        if span.start <= place < span.end and voice.resolution.actor and voice.reading.kind not in ("group", "other")
    )
    return voices[around[0][1]].resolution if around else None


def _designations(known: Sequence[Designation], met: Mapping[str, Uses]) -> tuple[Designation, ...]:
    """Return the known names in their order, then spellings met in the texts; a name's user is listed once."""
    by_key: dict[str, Designation] = {each.text: each for each in known}
    spellings = {name_key(each.text): each.text for each in reversed(known)}
    share = max(1, min(MOST_PASSAGES, MOST_OF_ACTOR // max(len(met), 1)))
    for text, uses in met.items():
        name = text if text in by_key else spellings.get(name_key(text), text)
        name = text if name_key(name) == name_key(text) and name.lower() != text.lower() else name
        before = by_key.get(name, Designation(text=name))
        small = [user for user in uses.users if user in uses.small][share:]
        users = tuple(dict.fromkeys([*before.used_by, *(user for user in uses.users if user not in small)]))
        passages = (*before.passages, *uses.passages)[:share]
        by_key[name] = replace(before, used_by=users, passages=passages)
    return tuple(by_key.values())
