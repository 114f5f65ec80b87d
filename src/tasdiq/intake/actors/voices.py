"""Who speaks each attribution of a document: the phrase, what the document adds to it, and which speech it stands in.

Rules
1. An attribution whose cue lies in another's content stands inside that speech; the smallest such speech counts.
2. A source that names somebody is that somebody; else memory recalls or votes (`memory`).
3. Inside a speech, "it", "they" and "its" mean the speaker (or the speaker's party) unless another party is named before them
   in that speech; in "M said that Kestria refused its offer" the offer is that of M's side; "he" means a person who speaks
   there. What is left open stays open.
4. A missing source is read from the words before the cue in its clause, less times and adverbs.
5. "Outlet quoted M": M speaks, the outlet is a hand; "attributed to M" likewise.
6. "Its spokesperson, M": M's party is that of whoever "its" recalls; a spokesperson is of the organ that spoke just before in
   the paragraph; another person in office without any party may be given one by vote.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tasdiq.model.document import Document, Span
from tasdiq.model.statement import Act, Attribution

from .directory import Directory, Turn
from .hints import read_hints
from .memory import ENOUGH_FOR_PERSON, Hints, Memory
from .naming import plain
from .nesting import enclosing
from .phrase import Reading
from .quoting import missing_source, read_quoting
from .resolution import DOUBTFUL, LIKELY, Resolution

_TITLES = frozenset({"title", "heading"})
JOINT_BEFORE = re.compile(
    r"(?i:\b(?:both|the two) (?:sides|countries|nations|neighbours|neighbors|parties|delegations)\b)"
)


@dataclass(frozen=True)
class Voice:
    """A resolved speaker. `outer` is the number of the speech this stands in; `source` and `content` may be corrected."""

    resolution: Resolution
    reading: Reading
    outer: int | None
    source: tuple[Span, ...]
    content: tuple[Span, ...]
    quoted_by: str | None = None
    act: Act = "asserts"


class _Reader:
    def __init__(
        self, document: Document, text: str, attributions: Sequence[Attribution], directory: Directory, memory: Memory
    ) -> None:
        self.document, self.text, self.attributions, self.directory = document, plain(text), attributions, directory
        self.memory = memory
        self.outer = enclosing(attributions)
        self.done: dict[int, Voice] = {}
        self.turns: list[Turn] = []

    def read(self) -> list[Voice]:
        for number in range(len(self.attributions)):
            self._voice(number, frozenset())
        return [self.done[number] for number in range(len(self.attributions))]

    def _voice(self, number: int, above: frozenset[int]) -> Voice:
        if number in self.done:
            return self.done[number]
        outer = self.outer[number]
        holder = self._voice(outer, above | {number}) if outer is not None and outer not in above else None
        item = self.attributions[number]
        quoting = read_quoting(item, self.text, self.directory)
        source = quoting.source or item.source or missing_source(item, self.text, self.directory)
        reading = self.directory.read(self._words(source)) if source else Reading("other")
        reading = self._joint_they(reading, item)
        paragraph = self._paragraph(item)
        found = self._resolve(reading, item, paragraph, holder)
        if holder is None and not self._in_title(paragraph):
            self.memory.note(reading, found, paragraph, self._role(found))
            self.turns.append(Turn(self._place(item), paragraph, reading, found, self._role(found)))
        voice = Voice(found, reading, outer, source, quoting.content or item.content, quoting.outlet, item.act)
        self.done[number] = voice
        return voice

    def _resolve(self, reading: Reading, item: Attribution, paragraph: int, holder: Voice | None) -> Resolution:
        found = self.directory.settle(reading)
        spokesperson = self.memory.spokesperson
        if (
            reading.kind == "office"
            and reading.slug == "spokesperson"
            and spokesperson
            and found.party == spokesperson.party
        ):
            return spokesperson
        if found.actor and (found.party or reading.kind not in ("person", "officials")):
            return found
        if holder is not None:
            return self._inside(reading, item, holder, found, paragraph)
        if reading.owned or reading.kind == "person":
            return self._owned(reading, found, paragraph, item)
        recalled = self.memory.recall(reading, paragraph)
        if recalled is not None and recalled.actor and not self._contradicts(reading, item, recalled):
            lower = min(recalled.confidence_ppm, LIKELY)
            return Resolution(recalled.actor, recalled.party, lower, rule=f"recalled {reading.kind}")
        return self._voted(reading, found, paragraph, item)

    def _joint_they(self, reading: Reading, item: Attribution) -> Reading:
        """ "They" after "delegations of the two countries" in one sentence are both."""
        if reading.text != "they" or item.sentence is None or not item.source:
            return reading
        before = self.text[item.sentence.start : item.source[0].start]
        return Reading("joint", text="they") if JOINT_BEFORE.search(before) else reading

    def _contradicts(self, reading: Reading, item: Attribution, recalled: Resolution) -> bool:
        """Tell whether an organ recalled by its name alone speaks against its own side, or for another."""
        if reading.kind not in ("organ", "office"):
            return False
        hints = self._hints(item)
        return hints.against == recalled.party or (hints.itself not in (None, recalled.party))

    def _owned(self, reading: Reading, found: Resolution, paragraph: int, item: Attribution) -> Resolution:
        """Rule 6, and "its delegation"."""
        words = reading.text
        if re.match(r"(?i:its|their) ", words) and (owner := self.memory.organ) and owner.party:
            if reading.kind == "person" and found.actor:
                return Resolution(found.actor, owner.party, LIKELY, rule="owned")
            return self.directory.settle(reading, owner.party, LIKELY)
        if reading.kind == "person" and found.actor:
            person = self.directory.actors.get(found.actor)
            organ = self.memory.issuer
            if (
                person
                and "spokes" in person.role
                and organ
                and organ.party
                and self.memory.speaks_now(organ, paragraph)
            ):
                return Resolution(found.actor, organ.party, LIKELY, rule="spokesperson of the organ before")
            voted = self.memory.vote(paragraph, self._hints(item), ENOUGH_FOR_PERSON)
            if person and person.office_holder and person.role and voted and person.role in reading.text:
                return Resolution(found.actor, voted.party, DOUBTFUL, rule="vote")
        return found if found.actor else self._ambiguous(reading)

    def _ambiguous(self, reading: Reading) -> Resolution:
        """Of several persons of one surname the one who spoke last in this document is meant."""
        last = self.memory.person
        return last if last and last.actor in reading.holders else Resolution(rule=reading.kind)

    def _voted(self, reading: Reading, found: Resolution, paragraph: int, item: Attribution) -> Resolution:
        if reading.kind not in ("organ", "office", "officials", "party") or reading.neutral:
            return found
        voted = self.memory.vote(paragraph, self._hints(item))
        return self.directory.settle(reading, voted.party, LIKELY) if voted else found

    def _inside(
        self, reading: Reading, item: Attribution, holder: Voice, found: Resolution, paragraph: int
    ) -> Resolution:
        """Rule 3."""
        inner = holder
        if reading.text in ("its", "their") and holder.outer is not None:
            holder = self.done.get(holder.outer, holder)
        outer = holder.resolution
        if reading.kind == "pronoun" and outer.actor:
            person = holder.reading.kind in ("person", "office") or self._is_person(outer)
            if reading.text in ("he", "she", "his", "her"):
                return outer if person else Resolution(rule="pronoun")
            if inner is not holder and inner.resolution.party not in (None, outer.party):
                return self.directory.settle(Reading("party", party=outer.party), None, DOUBTFUL)
            if self._names_other(item, holder):
                return Resolution(rule="pronoun")
            if not person:
                return outer
            return self.directory.settle(Reading("party", party=outer.party), None, DOUBTFUL) if outer.party else found
        if reading.kind in ("organ", "office", "party") and not reading.party:
            known = self.memory.recall(reading, paragraph)
            return known if known and known.actor else found
        return found

    def _names_other(self, item: Attribution, holder: Voice) -> bool:
        """Tell whether the speech names another party before the pronoun."""
        place = (item.source or item.cue or item.content)[0].start
        spans = [(span.start, min(span.end, place)) for span in holder.content if span.start < place]
        parties = {m.party for start, end in spans for m in self.directory.table.find(self.text, start, end) if m.party}
        return bool(parties - {holder.resolution.party})

    def _hints(self, item: Attribution) -> Hints:
        """Return what the statement's words say of its speaker's side: see `hints`."""
        return read_hints(item, self.text, self.directory)

    def _words(self, spans: Sequence[Span]) -> str:
        return " ".join(self.text[span.start : span.end] for span in spans)

    def _paragraph(self, item: Attribution) -> int:
        place = self._place(item)
        return next((n for n, each in enumerate(self.document.paragraphs) if each.start <= place < each.end), -1)

    def _place(self, item: Attribution) -> int:
        return (item.cue or item.content or item.source)[0].start

    def _in_title(self, paragraph: int) -> bool:
        return paragraph >= 0 and self.document.paragraphs[paragraph].kind in _TITLES

    def _role(self, found: Resolution) -> str:
        actor = self.directory.actors.get(found.actor or "")
        return actor.role if actor else ""

    def _is_person(self, found: Resolution) -> bool:
        actor = self.directory.actors.get(found.actor or "")
        return actor is not None and actor.kind == "person"


@dataclass(frozen=True)
class Heard:
    """What reading a document for its speakers gave: voices by attribution, the main voice, the turns in text order."""

    voices: list[Voice]
    main: str | None
    turns: list[Turn]


def read_voices(document: Document, text: str, attributions: Sequence[Attribution], directory: Directory) -> Heard:
    """Return who speaks each attribution, in their order, and the party that is the document's main voice."""
    dateline = directory.party_of(document.dateline) if document.dateline else None
    main = _main_voice(document, text, attributions, directory)
    reader = _Reader(document, text, attributions, directory, Memory(main=main, dateline=dateline))
    return Heard(reader.read(), main, reader.turns)


def _main_voice(document: Document, text: str, attributions: Sequence[Attribution], directory: Directory) -> str | None:
    """Rule 4 of `memory`: who is named as speaking in the lead and in half of all statements."""
    outer = enclosing(attributions)
    body = [part for part in document.paragraphs if part.kind in ("body", "quote")]
    lead_end = body[1].end if len(body) > 1 else document.end
    counts: Counter[str] = Counter()
    leading: set[str] = set()
    for item, holder in zip(attributions, outer, strict=True):
        source = item.source or missing_source(item, plain(text), directory)
        if holder is not None or not source or not item.cue or not body or item.cue[0].start < body[0].start:
            continue
        party = directory.resolve(" ".join(text[span.start : span.end] for span in source)).party
        if party:
            counts[party] += 1
            if item.cue[0].start < lead_end and not set(item.manner) & HABITS:
                leading.add(party)
    if not counts:
        return None
    party, most = counts.most_common(1)[0]
    return party if party in leading and most * 2 >= sum(counts.values()) else None


HABITS = frozenset(
    """traditionally repeatedly long always often frequently routinely regularly consistently historically usually persistently
    continually continuously""".split()  # noqa: SIM905
)
