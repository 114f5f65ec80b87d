"""Rule 1: one speaker's claims on one topic told with channels that are not one by name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tasdiq.model.document import Passage
from tasdiq.model.proposition import Disagreement
from tasdiq.model.state import State
from tasdiq.model.statement import Statement

from .values import build, kept, name_of

OCCASION_DAYS = 7
_POSTED = frozenset(("statement", "tweet", "message", "thread"))
_SMALL = frozenset(("on", "with", "by", "a", "an", "the", "in", "to", "of", "unnamed"))


def channels(state: State) -> Iterator[Disagreement]:
    """Rule 1: by speaker and topic, since one interview holds several claims; far occasions are kept apart."""
    spoken: dict[tuple[str, str], dict[str, Statement]] = {}
    wordings: dict[tuple[str, str], list[str]] = {}
    for proposition in state.propositions.values():
        for holding in proposition.holdings:
            said = state.statements.get(holding.statement)
            if said and said.speaker and said.channel and said.teller == "own":
                key = (said.speaker, proposition.topic)
                spoken.setdefault(key, {})[said.id] = said
                wordings.setdefault(key, []).append(proposition.wording)
    for key, statements in spoken.items():
        for number, occasion in enumerate(_occasions(state, list(statements.values()))):
            told = [_channel(state, said) for said in occasion]
            if any(_apart_channels(a, b) for a in set(told) for b in set(told)):
                wording = max(wordings[key], key=lambda w: (wordings[key].count(w), w))
                subject = f"Through which channel {name_of(state, key[0])} spoke of: {wording}"
                values = zip(told, map(_passage, occasion), strict=True)
                yield from kept([build("channel", "/".join((*key, str(number))), subject, values)])


def _occasions(state: State, statements: list[Statement]) -> list[list[Statement]]:
    """Cut statements into runs whose neighbours in time are at most `OCCASION_DAYS` apart; undated ones join the first."""
    days = {said.id: _day_number(state, said) for said in statements}
    first = min((day for day in days.values() if day), default=0)
    runs: list[list[Statement]] = []
    last = 0
    for said in sorted(statements, key=lambda said: days[said.id] or first):
        day = days[said.id] or first
        if not runs or day - last > OCCASION_DAYS:
            runs.append([])
        runs[-1].append(said)
        last = day
    return runs


def _day_number(state: State, said: Statement) -> int:
    when = said.when or state.documents[said.document].published
    return date.fromisoformat(when.start[:10]).toordinal() if when and when.start else 0


def _apart_channels(a: str, b: str) -> bool:
    """Whether two channels are not one by name: they share neither a proper name nor, where one has none, a noun."""
    names, others = _proper(a), _proper(b)
    if names and others:
        return not (names <= others or others <= names)
    return a != b and not _nouns(a) & _nouns(b)


def _proper(channel: str) -> set[str]:
    return {word for word in channel.split() if word[:1].isupper()}


def _nouns(channel: str) -> set[str]:
    """Return a channel's nouns; a statement may be posted, so the two are not apart."""
    words = {word.strip("()") for word in channel.split() if word.strip("()").islower()}
    return {"post" if word in _POSTED else word for word in words} - _SMALL


def _channel(state: State, said: Statement) -> str:
    actor = state.actors.get(said.channel or "")
    return actor.name if actor else said.channel or ""


def _passage(said: Statement) -> Passage:
    spans = said.sentence or said.content[0]
    return Passage(document=said.document, start=spans.start, end=spans.end)
