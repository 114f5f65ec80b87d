"""Group statements under neutral propositions.

Rules:

1. A statement bears on the proposition of every frame its words fit; frames are general knowledge of such quarrels (`frames/`).
2. Slots are filled by parties, or armed groups, named in the words; an empty one takes the frame's default (the speaker, the other
   of two parties).
   A proposition with an empty slot joins the only fuller one of its frame, if there is exactly one.
3. A rejection that names no content lands on the claim it answers (`denial`).
4. Statements that fit no frame are grouped only where the same speaker's words recur in several documents or where a rejection
   answers them; such a proposition is named after its speaker and passage, never in words of our own (`recurring`).
5. What several parties say together of themselves ("both sides are committed to …") each of them says of itself and of the other;
   what they accuse each other of is nobody's joint claim.
6. A question without an answer holds nothing; what it was about is marked "asked, no reply" (`unanswered`).
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from tasdiq.model.document import Span
from tasdiq.model.proposition import Holding, Proposition
from tasdiq.model.state import State
from tasdiq.model.statement import Statement

from . import occasion, unanswered
from .bearing import Bearing, Bearings, Key
from .denial import land
from .match import Match, find, overruled
from .mentions import GROUP, Names, names_of
from .pattern import Frame, table
from .reading import Line, Reader
from .recurring import answered, recurring
from .stance import DENYING, stance
from .unanswered import is_unanswered
from .wording import identify, word

METHOD = "propositions/frames 2"
_BLAMED = 4
"""Words into an accusation within which it names whom it accuses."""
_WORD = re.compile(r"[\w'’]+")
Inside = dict[str, list[Statement]]
Said = dict[str, occasion.Named]
"""What each statement names, places and days."""


def frame(state: State) -> list[Proposition]:
    """Return the propositions that statements and narrations bear on, each with every statement's stance and why."""
    names = names_of(state)
    bearings = _read(state, names)
    unframed = land(state, names, bearings)
    unanswered.land(
        bearings, {ident: _named(line, names) for ident, line in bearings.lines.items() if is_unanswered(line)}
    )
    said = occasion.named(state)
    occasion.part(bearings, said)
    framed = _propose(state, names, bearings, said)
    return [*framed, *answered(state, unframed), *recurring(state, names, bearings)]


def _read(state: State, names: Names) -> Bearings:
    """Read every statement and find what it bears on."""
    reader, bearings, inside = Reader(state, names), Bearings(), _inside(state.statements.values())
    for statement in state.statements.values():
        line = reader.read(statement, inside.get(statement.id, ()))
        bearings.lines[statement.id] = line
        if not (_denied_inside(state, statement) or is_unanswered(line)):
            for bearing in (*_bearings(line, names), *_of_each(reader, line, names, inside)):
                bearings.add(bearing)
    return bearings


def _of_each(reader: Reader, line: Line, names: Names, inside: Inside) -> Iterator[Bearing]:
    """Rule 5: yield what a joint statement says of its speakers, read as each one's."""
    statement = line.statement
    if line.act == "accuses" or "each" in line.said:
        return
    for party in statement.parties:
        alone = reader.read(replace(statement, party=party, parties=()), inside.get(statement.id, ()))
        for bearing in _bearings(alone, names):
            if "speaker" in bearing.frame.defaults.values():
                yield dataclasses.replace(bearing, statement=statement)


def _inside(statements: Iterable[Statement]) -> Inside:
    found: Inside = {}
    for statement in statements:
        if statement.inside is not None:
            found.setdefault(statement.inside, []).append(statement)
    return found


def _denied_inside(state: State, statement: Statement) -> bool:
    """Whether a statement stands inside its own party's denial ("denied it had refused"): then it was not made."""
    outer = state.statements.get(statement.inside or "")
    while outer is not None:
        if outer.act in DENYING and outer.party == statement.party:
            return True
        outer = state.statements.get(outer.inside or "")
    return False


def _bearings(line: Line, names: Names) -> Iterable[Bearing]:
    matches = find(line, table())
    inner = [m for m in matches if m.start >= line.content]
    first = min((m.start for m in inner), default=-1)
    held = [(m, key, found) for m in matches if (key := _key(m, names)) and (found := stance(m, m.start == first))]
    for match, key, (what, why) in held:
        if not overruled(match, (other for other, _, _ in held)):
            reason = "added by the narrator" if match.added else why
            yield Bearing(
                line.statement, key, match.frame, stance=what, why=reason, narrator=match.added, at=_place(match)
            )


def _place(match: Match) -> tuple[int, int] | None:
    """Return where the first and the last word of a match begin in the text, None where all of them were put in."""
    found = [at for at in match.line.offsets[match.start : match.end] if at >= 0]
    return (min(found), max(found)) if found else None


def _named(line: Line, names: Names) -> list[tuple[Key, Frame]]:
    """Return the propositions that a question's own words name, whatever they say of them."""
    found = (match for match in find(line, table()) if match.start >= line.content)
    return [(key, match.frame) for match in found if (key := _key(match, names))]


def _key(match: Match, names: Names) -> Key | None:
    """Rule 2: the frame and its slots, or None where a slot that must be filled is empty or names no party."""
    slots = {name: value for name, value in match.slots.items() if name in match.frame.slots}
    slots |= {name: f"group/{slots[name]}" for name in match.frame.groups & slots.keys()}
    for name in match.frame.slots:
        if name in match.frame.groups and slots.get(name) in names.groups:
            continue
        value = slots.get(name) or _default(match.frame.defaults.get(name, ""), slots, match, names)
        if value in names.parties:
            slots[name] = value
        elif name not in match.frame.optional:
            return None
    if len(slots) > 1 and len(set(slots.values())) < len(slots):
        return None
    return match.frame.id, tuple(sorted(slots.items()))


def _default(rule: str, slots: dict[str, str], match: Match, names: Names) -> str:
    if rule == "speaker":
        return match.line.party or ""
    if rule == "accused":
        return _accused(match, names)
    if rule == "other":
        return names.other(match.line.party or "") or ""
    if rule.startswith("other:"):
        return names.other(slots.get(rule[6:], "")) or ""
    return ""


def _accused(match: Match, names: Names) -> str:
    """Return whom words without a name are about: who denies or acknowledges speaks of itself, who accuses of the other.

    Who blames an armed group does not accuse the other party.
    """
    line = match.line
    if line.act in (*DENYING, "acknowledges"):
        return line.party or ""
    blames_group = any(word[0] == GROUP for word in line.said[:_BLAMED])
    return (names.other(line.party or "") or "") if line.act == "accuses" and not blames_group else ""


def _propose(state: State, names: Names, bearings: Bearings, said: Said) -> list[Proposition]:
    groups: dict[Key, list[Bearing]] = {}
    for bearing in bearings.all():
        groups.setdefault(bearing.key, []).append(bearing)
    place = {ident: number for number, ident in enumerate(bearings.lines)}
    return [_proposition(state, names, key, held, place, said) for key, held in sorted(_join(groups).items())]


def _join(groups: dict[Key, list[Bearing]]) -> dict[Key, list[Bearing]]:
    """Rule 2: let an underspecified proposition join the only fuller one."""
    joined: dict[Key, list[Bearing]] = {key: list(held) for key, held in groups.items()}
    for key in list(joined):
        fuller = [k for k in joined if k[0] == key[0] and set(k[1]) > set(key[1])]
        if len(fuller) == 1:
            joined[fuller[0]].extend(joined.pop(key))
    return joined


def _proposition(
    state: State, names: Names, key: Key, held: list[Bearing], place: dict[str, int], said: Said
) -> Proposition:
    kind: Frame = held[0].frame
    holdings = {b.statement.id: _holding(state, b, said) for b in reversed(held)}
    return Proposition(
        id=identify(kind, key),
        wording=word(kind, key, names),
        topic=kind.topic,
        frame=kind.id,
        slots=key[1],
        holdings=tuple(holdings[ident] for ident in sorted(holdings, key=place.__getitem__)),
        method=METHOD,
    )


def _holding(state: State, bearing: Bearing, said: Said) -> Holding:
    ident = bearing.statement.id
    return Holding(
        statement=ident, stance=bearing.stance, why=bearing.why, narrator=bearing.narrator, words=_words(state, bearing),
        answers=bearing.answers, names=tuple(":".join(item) for item in said.get(ident, ())),
    )  # fmt: skip


def _words(state: State, bearing: Bearing) -> tuple[Span, ...]:
    """Return the words that fit the frame, to the end of the last one."""
    if bearing.at is None:
        return ()
    first, last = bearing.at
    hit = _WORD.match(state.text(bearing.statement.document) or "", last)
    return (Span(start=first, end=hit.end()),) if hit else ()
