"""Whom a passage mentions: parties, other states, armed groups, by every name in use.

Rules:

1. A name is a run of words; the longest run wins ("Kestrian Front" before "Kestrian").
2. A name that belongs to actors of two different sides says nothing and is dropped; so is one without a capital letter.
3. Every actor of a party (organ, office holder, spokesperson, capital) stands for the party. Outlets stand for nobody.
4. A country's adjective is the first of its words, the one most in use. Where the directory has none for a party, a capitalised
   word on the stem of its name with an adjective's ending is one.
5. A name tied by a hyphen to "anti", "pro" and the like does not mention anybody as acting.
6. A party's bare name as a source ("Tolsk said") teaches that the word stands for it: so capitals serve that no list holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tasdiq.model.source import Actor
from tasdiq.model.state import State

from .words import Word, split

PARTY, FOREIGN, GROUP = "@", "%", "#"
_AGAINST = frozenset(("anti", "pro", "ex", "non"))
_PLACE_ENDING = re.compile(r"(?:i?stan|land|ia|ea|a|e|o|y|an|on|os|us|um|as)$")
_ADJECTIVE = re.compile(r"(?:n|i|ese|ish|er|ic|iot|ar|ch|ek|ns|is|ers|ots)$")
_PRONOUNS = frozenset(
    ("It", "He", "She", "They", "This", "That", "Both", "Some", "Which", "Who", "Officials", "Sources", "We", "I")
)
_SIDES = frozenset(("party", "state", "government", "organ", "armed-forces", "person", "unnamed"))


@dataclass
class Names:
    """Every name in use: first word -> runs of words and the mark they get, longest first; each party's and armed group's name."""

    runs: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)
    stems: dict[str, str] = field(default_factory=dict)
    parties: dict[str, str] = field(default_factory=dict)
    adjectives: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    wholes: set[str] = field(default_factory=set)
    groups: dict[str, str] = field(default_factory=dict)

    def side(self, party: str | None) -> str | None:
        """Return the charter's id of a party given by its id or its country's code, or None if it is no party."""
        return party if party in self.parties else self.codes.get(party or "")

    def other(self, party: str) -> str | None:
        """Return the other party where there are exactly two, else None."""
        rest = [p for p in self.parties if p != party]
        return rest[0] if len(self.parties) == 2 and len(rest) == 1 else None


def names_of(state: State) -> Names:
    """Collect every name in use from the charter and the directory of actors."""
    names = Names(parties={member.id: member.name for member in state.charter.parties})
    names.codes = {member.country: member.id for member in state.charter.parties if member.country}
    names.groups = {a.id: a.name for a in state.actors.values() if a.kind == "armed-group"}
    names.groups |= {f"group/{g.id}": g.name for g in state.charter.groups if g.kind == "armed-group"}
    marks: dict[tuple[str, ...], set[str]] = {}
    for text, mark in (*_named(state, names), *_learnt(state, names)):
        if run := _run(text):
            marks.setdefault(run, set()).add(mark)
    for run, found in marks.items():
        if len(found) == 1:
            names.runs.setdefault(run[0].casefold(), []).append((run, next(iter(found))))
    for runs in names.runs.values():
        runs.sort(key=lambda item: -len(item[0]))
    for party, name in names.parties.items():
        _learn_adjectives(names, party, name)
    for actor in state.actors.values():
        if actor.kind == "party" and (side := names.side(actor.party)):
            _take_adjective(names, side, actor)
    return names


def _take_adjective(names: Names, party: str, actor: Actor) -> None:
    """Rule 4: a listed country's first word is its adjective; a made-up one's may be."""
    if actor.country and actor.words:
        names.adjectives[party] = actor.words[0]
    elif actor.words and _ADJECTIVE.search(actor.words[0]):
        names.adjectives.setdefault(party, actor.words[0])


def mark(names: Names, words: list[Word]) -> list[tuple[int, int, str]]:
    """Return mentions as (first word, past the last word, mark) in text order; marks are `@party`, `%state`, `#group`."""
    found: list[tuple[int, int, str]] = []
    at = 0
    while at < len(words):
        if (words[at].raw[0].isupper() or words[at].raw.isdigit()) and (hit := _longest(names, words, at)):
            length, kind = hit
            against = words[at].joined and at > 0 and words[at - 1].stem in _AGAINST
            found.append((at, at + length, "anti" + kind if against else kind))
            at += length
        else:
            at += 1
    return found


def _longest(names: Names, words: list[Word], at: int) -> tuple[int, str] | None:
    first = words[at].raw
    for run, kind in names.runs.get(first.casefold(), ()):
        if len(run) <= len(words) - at and all(_same(a, w.raw) for a, w in zip(run, words[at:], strict=False)):
            return len(run), kind
    return _adjective(names, first)


def _same(name: str, raw: str) -> bool:
    """Compare one word of a name: acronyms as written, the rest without regard to case."""
    return name == raw if name.isupper() and len(name) <= 4 else name.casefold() == raw.casefold()


def _adjective(names: Names, raw: str) -> tuple[int, str] | None:
    low = raw.casefold()
    for head, party in names.stems.items():
        if low.startswith(head) and len(low) <= len(head) + 5 and _ADJECTIVE.search(low) and low not in names.wholes:
            if not low.endswith("s"):
                _prefer(names, party, raw)
            return 1, PARTY + party
    return None


def _prefer(names: Names, party: str, adjective: str) -> None:
    """Keep the shortest adjective seen, whatever the order of texts."""
    word = adjective.capitalize()
    known = names.adjectives.get(party)
    if known is None or (len(word), word) < (len(known), known):
        names.adjectives[party] = word


def _named(state: State, names: Names) -> Iterator[tuple[str, str]]:
    """Yield (name, mark) of everybody in the charter and the directory."""
    for member in state.charter.members:
        mark = PARTY + member.id if member.id in names.parties else FOREIGN + (member.country or member.id)
        yield member.name, mark
        yield from ((d.text, mark) for d in member.designations)
    for group in state.charter.groups:
        if group.kind == "armed-group":
            yield group.name, GROUP + group.id
            yield from ((d.text, GROUP + group.id) for d in group.designations)
    for actor in state.actors.values():
        if own := _mark_of(actor, names):
            yield actor.name, own
            yield from ((d.text, own) for d in actor.designations)
            yield from ((text, own) for text in actor.words)


def _learnt(state: State, names: Names) -> Iterator[tuple[str, str]]:
    """Rule 6: yield the capitalised words under which a party itself is the source of a statement ("Tolsk said …")."""
    for statement in state.statements.values():
        actor = state.actors.get(statement.speaker or "")
        side = names.side(statement.party)
        if side and actor and actor.kind == "party" and len(statement.source) == 1:
            span, text = statement.source[0], state.text(statement.document) or ""
            words = text[span.start : span.end].removeprefix("The ").removeprefix("the ")
            if all(word[:1].isupper() for word in words.split()) and words not in _PRONOUNS:
                yield words, PARTY + side


def _mark_of(actor: Actor, names: Names) -> str | None:
    if actor.kind == "armed-group":
        return GROUP + actor.id.removeprefix("group/")
    if actor.kind not in _SIDES:
        return None
    party = actor.party or (actor.id if actor.kind in ("party", "state") else None)
    side = names.side(party)
    return PARTY + side if side else FOREIGN + party if party else None


def _run(text: str) -> tuple[str, ...] | None:
    words = [w.raw for w in split(text, 0, len(text)) if w.raw[0].isalnum()]
    while words and words[0].casefold() in ("the", "a", "an"):
        words = words[1:]
    named = words and (words[0][0].isupper() or (words[0].isdigit() and len(words) > 1))
    return tuple(words) if named else None


def _learn_adjectives(names: Names, party: str, name: str) -> None:
    """Rule 4: remember the stems an adjective of a party's name can stand on, and the shortest in use so far."""
    last = name.split()[-1].casefold()
    names.wholes.add(last)
    for head in {last.rstrip("aeoy"), _PLACE_ENDING.sub("", last)}:
        if len(head) >= 4:
            names.stems[head] = party
    known = [run[0] for runs in names.runs.values() for run, kind in runs if kind == PARTY + party and len(run) == 1]
    for word in known:
        if word != name and not word.endswith("s") and _adjective(names, word):
            _prefer(names, party, word)
