"""A scene: one sentence of a document with its places, its times, who is named, and in whose telling it stands.

Rules:

1. Words inside an attributed speech act stand in the speaker's telling; the innermost speech act counts.
2. Any other words are the outlet's narration: as told by a third.
3. What a speaker denies, rejects, refuses, demands, asks, offers, warns of or was asked about is not told as having happened.
4. A time that says when somebody spoke ("said on Friday", "in a statement on Sunday") is no time of what is told.
5. A time belongs to its clause; a sentence's only time belongs to all its clauses.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tasdiq.intake.actors import Directory
from tasdiq.intake.actors.table import Mention
from tasdiq.intake.gazetteer import Gazetteer
from tasdiq.intake.when import TimeMention
from tasdiq.model.document import Document, Passage
from tasdiq.model.place import Place, PlaceMention
from tasdiq.model.statement import Act, Statement
from tasdiq.model.told import Telling
from tasdiq.model.when import When

NOT_ASSERTED: frozenset[Act] = frozenset(
    {"denies", "rejects", "refuses", "demands", "asks", "offers", "warns", "gives-no-reply"}
)
_CLAUSE = re.compile(
    r"[;:] |, (?:while|whereas|but|although|though|however|where|yet)\b|; | (?:while"
    r"|whereas|although)\b|\bhowever\b| — | – ",
    re.IGNORECASE,
)
_SAYING_BEFORE = re.compile(
    r"\b(?:said|says|told|announced|stated|reported|claimed|added|warned|confirmed"
    r"|according|wrote|tweeted|posted|statements?"
    r"|interview|briefing|press conference|news conference|remarks|issued|released"
    r"|speaking|spoke|quoted)\b[^,.;“”\"]{0,40}$",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"\b(?:that|regarding|about|concerning|over|after|for the|clos\w+|open\w*"
    r"|reopen\w*|held|kill\w*|attack\w*|struck|began|launched|carried|clash\w*)\b",
    re.IGNORECASE,
)
_SAYING_AFTER = re.compile(r"[^,.;]{0,30}\b(?:said|told|announced|stated|rejected|denied|accused|dismissed|warned)\b")


def _only_ends(when: When) -> bool:
    return bool(when.end and not when.start)


@dataclass(frozen=True)
class Scene:
    """A sentence and what stands in it; places and times carry offsets into the file's text, like `start` and `end`."""

    document: Document
    text: str
    start: int
    end: int
    places: tuple[PlaceMention, ...]
    times: tuple[TimeMention, ...]
    statements: tuple[Statement, ...]
    directory: Directory
    gazetteer: Gazetteer
    earlier: Sequence[Scene] = ()
    """The few scenes before this one, nearest first."""
    known: Mapping[str, Place] = field(default_factory=dict)

    @cached_property
    def words(self) -> str:
        """Return the sentence."""
        return self.text[self.start : self.end]

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Return the names of actors in the sentence, with offsets into the sentence."""
        return tuple(self.directory.mentions(self.words))

    @cached_property
    def clauses(self) -> tuple[tuple[int, int], ...]:
        """Return the ranges of the sentence's clauses, cut where one thing is set against another."""
        edges = [0, *(match.start() for match in _CLAUSE.finditer(self.words) if match.start() > 0), len(self.words)]
        return tuple(itertools.pairwise(edges))

    def clause(self, position: int) -> tuple[int, int]:
        """Return the range of the clause around an offset of the sentence."""
        return next((span for span in self.clauses if span[0] <= position < span[1]), (0, len(self.words)))

    def statement_at(self, start: int, end: int) -> Statement | None:
        """Return the innermost speech act whose content holds the words at `start`–`end` of the sentence (rule 1)."""
        first, last = self.start + start, self.start + end
        inside = [s for s in self.statements if any(p.start <= first and last <= p.end for p in s.content)]
        inside = inside or [s for s in self.statements if any(p.start <= first < p.end for p in s.content)]
        return min(inside, key=lambda s: (-self._depth(s), sum(p.end - p.start for p in s.content)), default=None)

    def _depth(self, statement: Statement) -> int:
        by_id = {one.id: one for one in self.statements}
        depth, outer = 0, statement.inside
        while outer in by_id and depth < len(by_id):
            depth, outer = depth + 1, by_id[outer].inside
        return depth

    def telling(self, start: int, end: int) -> Telling:
        """Say in whose telling the words at `start`–`end` of the sentence stand (rules 1 and 2)."""
        passage = Passage(document=self.document.id, start=self.start, end=self.end)
        outlet = self.document.outlet or self.document.file
        statement = self.statement_at(start, end)
        if statement is None:
            return Telling(passage=passage, teller="third", outlet=outlet)
        return Telling(
            passage=passage,
            teller=statement.teller,
            statement=statement.id,
            speaker=statement.speaker,
            party=statement.party,
            parties=statement.parties,
            outlet=outlet,
        )

    def is_told(self, start: int, end: int) -> bool:
        """Tell whether the words are told as having happened, not denied, demanded or offered (rule 3)."""
        statement = self.statement_at(start, end)
        return statement is None or (statement.act not in NOT_ASSERTED and not statement.negated)

    def offset(self, mention: TimeMention | PlaceMention) -> int:
        """Return the offset of a time or place in the sentence."""
        return mention.start - self.start

    def is_polity(self, start: int, end: int) -> bool:
        """Tell whether a name is a country's or a people's, as those of countries that no list holds can be."""
        sorts = ("country", "demonym", "national", "authority")
        return any(one.start < end and start < one.end and one.sort in sorts for one in self.mentions)

    @cached_property
    def happening_times(self) -> tuple[TimeMention, ...]:
        """Return the times of what is told, those of speaking left out (rule 4)."""
        return tuple(mention for mention in self.times if not self._is_saying(mention) and not _only_ends(mention.when))

    def _is_saying(self, mention: TimeMention) -> bool:
        before = self.words[: self.offset(mention)]
        found = _SAYING_BEFORE.search(before)
        if found and not _HAPPENED.search(found[0]):
            return True
        spoken = mention.when.precision == "day" and not re.search(r"\d", mention.when.text)
        return spoken and bool(_SAYING_AFTER.match(self.words, mention.end - self.start))

    def time_near(self, position: int) -> When | None:
        """Return the time of what stands at an offset of the sentence, None if there is none (rules 4 and 5)."""
        start, end = self.clause(position)
        own = [m for m in self.happening_times if start <= self.offset(m) < end]
        found = own or (list(self.happening_times) if len(self.happening_times) == 1 else [])
        return min(found, key=lambda m: abs(self.offset(m) - position)).when if found else None
