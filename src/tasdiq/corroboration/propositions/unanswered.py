"""What somebody was asked about and did not answer: "X did not respond to a request for comment on …".

Nobody who gave no reply holds anything: the stance is "asked, no reply", in the telling of whoever asked. Rules

1. It counts if a question is named ("a request for comment", "calls") or nothing is ("could not be reached"); that somebody has
   not answered an accusation says nothing of their having been asked.
2. It lands on what its own words name; else on what others claim of that party in the nearest sentence before it that claims
   anything of it; never on what the party itself has spoken to.
3. It never denies, and never lands where nothing was claimed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from .bearing import Bearing, Bearings, Key
from .pattern import Frame, word_class
from .reading import Line

BACK = 6
"""Lines before the question in which the claim it is about is looked for."""
NAMED = "was asked about it and gave no reply"
BEFORE = "was asked for comment right after it was claimed, and gave no reply"
About = tuple[Key, Frame]


def is_unanswered(line: Line) -> bool:
    """Tell whether a line says that somebody gave no reply."""
    return line.act == "gives-no-reply"


def land(bearings: Bearings, named: Mapping[str, Iterable[About]]) -> None:
    """Add a bearing for each question without an answer; `named` are the propositions its own words name, by statement."""
    lines = list(bearings.lines.values())
    for number, line in enumerate(lines):
        if not is_unanswered(line) or line.party is None or not _asked(line):
            continue
        about = list(named.get(line.statement.id, ()))
        why = NAMED if about else BEFORE
        for key, frame in about or _claimed(bearings, line, lines[max(0, number - BACK) : number]):
            bearings.add(Bearing(line.statement, key, frame, "asked, no reply", why))


def _asked(line: Line) -> bool:
    """Rule 1."""
    return not line.said or any(word in word_class("QUESTION") for word in line.said)


def _claimed(bearings: Bearings, line: Line, before: Sequence[Line]) -> Iterator[About]:
    """Rule 2: yield what others claim of the party in the same document."""
    here = [other for other in before if other.statement.document == line.statement.document]
    spoken = {
        held.key for other in here if _is_of(other, line.party) for held in bearings.of.get(other.statement.id, [])
    }
    sentence = None
    for other in reversed(here):
        if _is_of(other, line.party) or (sentence and other.statement.sentence != sentence):
            continue
        for held in bearings.of.get(other.statement.id, []):
            if held.about == line.party and held.stance in ("asserts", "acknowledges") and held.key not in spoken:
                sentence = other.statement.sentence
                yield held.key, held.frame


def _is_of(line: Line, party: str | None) -> bool:
    """Tell whether a line is the party's own, alone or together with others."""
    return party is not None and (line.party == party or party in line.statement.parties)
