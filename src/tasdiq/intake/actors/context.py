"""What a document adds to a phrase: who a pronoun, an unowned organ or a person without a side is here.

Rules (numbered as in `voices`)
2. A phrase that names somebody is that somebody; else memory recalls, the text before is looked at, or votes are counted.
3. Inside a speech, "it", "they" and "its" mean the speaker (or the speaker's party) unless another party is named before them
   in that speech; in "M said that Kestria refused its offer" the offer is that of M's side; "he" means a person who speaks
   there; "I" and "we" are the speaker. What is left open stays open.
6. "Its spokesperson, M": M's party is that of whoever "its" recalls, or whom its sentence opens with before it; a spokesperson is
   of the organ that spoke just before in the paragraph; another person in office without any party may be given one by vote.
   A ministry's spokesperson is of the capital that a weekly briefing is held in.
7. "An official", "sources" do not belong to whoever spoke before them: only the article's main voice, its dateline and the words
   themselves have a vote, and that only over official sources. A diplomat belongs to no side that is not said.
8. Where somebody else opened a sentence since "he" spoke last, "he" is that person.
9. A local official belongs to the country of the place (`territory`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tasdiq.model.document import Span
from tasdiq.model.statement import Attribution

from .directory import Directory
from .hints import read_hints
from .joint import read_joint
from .lookback import NAMED_SINCE, look_back, named_since, opening_before
from .memory import Memory
from .phrase import FIRST_PERSON, Reading
from .resolution import DOUBTFUL, LIKELY, Resolution
from .roles import NEUTRAL, organ_slug
from .territory import party_of_territory
from .unowned import ISSUED_BY, OWNED, REGULAR, SPEAKS_FOR, heads_others, is_anybody, may_belong


@dataclass(frozen=True)
class Speech:
    """The speech a phrase stands in: its speaker, how the speaker was read, its content, and the speaker around it."""

    speaker: Resolution
    reading: Reading
    content: tuple[Span, ...]
    above: Resolution | None = None


@dataclass(frozen=True)
class Context:
    """A document being read: its plain text, where it begins, and what is remembered of it so far."""

    text: str
    begin: int
    directory: Directory
    memory: Memory

    def joined(self, reading: Reading, item: Attribution) -> Reading:
        """Return a joint reading with the parties that it means at this place."""
        return read_joint(reading, self.text, place_of(item, "source"), self.begin, self.directory)

    def resolve(
        self, reading: Reading, item: Attribution, paragraph: int, speech: Speech | None, *, votes: bool = True
    ) -> Resolution:
        """Return who a phrase means at this place (rules 2, 3, 6); whom an outlet quotes is not voted on."""
        found = self._resolve(reading, item, paragraph, speech, votes=votes)
        if speech is None and (reading.kind in ("person", "office") or reading.text in ("he", "she")):
            self.memory.person_place = place_of(item, "source")
            if found.rule == NAMED_SINCE:
                self.memory.person = found
        return found

    def _resolve(
        self, reading: Reading, item: Attribution, paragraph: int, speech: Speech | None, *, votes: bool
    ) -> Resolution:
        found = self._in_territory(reading, self.directory.settle(reading))
        if found.parties:
            return found
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
        if speech is not None:
            return self._inside(reading, item, speech, found, paragraph)
        if reading.owned or reading.kind == "person":
            return self._owned(reading, found, paragraph, item)
        recalled = self._recalled(reading, item, paragraph)
        return recalled or (self._voted(reading, found, paragraph, item) if votes else found)

    def _in_territory(self, reading: Reading, found: Resolution) -> Resolution:
        """Rule 9."""
        if found.party or reading.kind not in ("office", "officials", "person", "organ"):
            return found
        party = party_of_territory(reading.text, self.directory)
        if party is None:
            return found
        if reading.kind == "person":
            return Resolution(found.actor, party, LIKELY, rule="territory") if found.actor else found
        return self.directory.settle(replace(reading, party=party, neutral=False), party, LIKELY)

    def _recalled(self, reading: Reading, item: Attribution, paragraph: int) -> Resolution | None:
        if reading.kind == "organ" and reading.neutral:
            return Resolution(rule="organ")
        if reading.text in ("he", "she"):
            newer = named_since(self.text, self.memory.person_place, place_of(item, "source"), self.directory)
            if newer and (self.memory.person is None or self.memory.person.actor != newer.actor):
                return newer
        spoken_for = self.memory.spoken_for
        if reading.kind == "organ" and spoken_for and reading.slug in ("ministry", spoken_for[1]):
            return self._ministry_of(reading, item, *spoken_for)
        if reading.kind == "paper" and not reading.party and (issuer := ISSUED_BY.search(reading.text)):
            return self._issuer(issuer[1], item, paragraph)
        recalled = self.memory.recall(reading, paragraph)
        if reading.kind == "paper" and reading.party and (recalled is None or recalled.party != reading.party):
            return self.directory.settle(Reading("party", party=reading.party))
        if recalled is None:
            return look_back(reading, self.text, place_of(item), self.begin, self.directory)
        if recalled.joint:
            return replace(recalled, rule="recalled joint")
        if recalled.actor is None or self._contradicts(reading, item, recalled):
            return None
        sure = min(recalled.confidence_ppm, LIKELY)
        return Resolution(recalled.actor, recalled.party, sure, rule=f"recalled {reading.kind}")

    def _issuer(self, words: str, item: Attribution, paragraph: int) -> Resolution | None:
        """Return the organ a paper names as its issuer ("a readout issued by the ministry")."""
        reading = self.directory.read(words)
        found = self.directory.settle(reading)
        return found if found.actor or reading.kind != "organ" else self._recalled(reading, item, paragraph)

    def _ministry_of(self, reading: Reading, item: Attribution, party: str | None, slug: str) -> Resolution:
        """Return the ministry whose spokesperson spoke last, or nobody (memory rule 5)."""
        found = self.directory.settle(replace(reading, slug=slug), party, LIKELY) if party else None
        return found if found and not self._contradicts(reading, item, found) else Resolution(rule="organ")

    def _contradicts(self, reading: Reading, item: Attribution, recalled: Resolution) -> bool:
        """Tell whether an organ recalled by its name alone would speak against its own side, or for another."""
        if reading.kind not in ("organ", "office"):
            return False
        hints = read_hints(item, self.text, self.directory)
        return hints.against == recalled.party or hints.itself not in (None, recalled.party)

    def _owned(self, reading: Reading, found: Resolution, paragraph: int, item: Attribution) -> Resolution:
        """Rule 6, and "its delegation"."""
        owner = self._owner(reading, paragraph, item)
        if owner and owner.party:
            if reading.kind == "person" and found.actor:
                return Resolution(found.actor, owner.party, LIKELY, rule="owned")
            return self.directory.settle(reading, owner.party, LIKELY)
        if OWNED.match(reading.text):  # somebody's, and whose they are is open or nobody's party
            return found if found.actor else Resolution(rule=reading.kind)
        if reading.kind == "person" and found.actor:
            return self._sided(reading, found, paragraph, item)
        return found if found.actor else self._ambiguous(reading)

    def _owner(self, reading: Reading, paragraph: int, item: Attribution) -> Resolution | None:
        """Return whom "its", "his" before a head means: whom the sentence before opens with, else who spoke last."""
        match = OWNED.match(reading.text)
        if match is None:
            return None
        if match[0].lower() in ("his ", "her "):
            return self._named_before(item) or self.memory.person
        if item.quote == "indirect" and (own := self._opening(item)):
            return own
        if self.memory.last_paragraph != paragraph:
            opened = opening_before(self.text, place_of(item, "source"), self.begin, self.directory)
            return opened or self.memory.organ
        return self.memory.organ

    def _opening(self, item: Attribution) -> Resolution | None:
        """Return the party that a sentence opens with before its source ("Kestria will send aid, its spokesman said")."""
        if item.sentence is None or not item.source or not item.content or item.content[0].start > item.source[0].start:
            return None
        begin = item.sentence.start
        first = next(self.directory.table.find(self.text, begin, item.source[0].start), None)
        if first is None or not first.party or self.text[begin : first.start].strip().lower() not in ("", "the"):
            return None
        return Resolution(first.known[0].actor, first.party, LIKELY, rule="opens its sentence")

    def _named_before(self, item: Attribution) -> Resolution | None:
        """Return the person the sentence names first before its source ("Brel told reporters so, her office said")."""
        if item.sentence is None or not item.source:
            return None
        named = self.directory.table.find(self.text, item.sentence.start, item.source[0].start)
        first = next((mention.known[0] for mention in named if mention.sort == "person"), None)
        return Resolution(first.actor, first.party, LIKELY, rule="named before") if first else None

    def _sided(self, reading: Reading, found: Resolution, paragraph: int, item: Attribution) -> Resolution:
        """Return a person in office with the party of the organ before, or by vote; a bare name is not voted on."""
        person, organ = self.directory.actors[found.actor or ""], self.memory.issuer
        if (
            not person.office_holder
            or not person.role
            or person.role not in reading.text
            or heads_others(reading.text)
            or NEUTRAL.search(reading.text)
        ):
            return found
        place = read_hints(item, self.text, self.directory).place
        if "spokes" in person.role and place and item.sentence and REGULAR.search(self.text, *_ends(item.sentence)):
            return Resolution(found.actor, place, LIKELY, rule="weekly briefing")
        owned = SPEAKS_FOR.search(reading.text)
        if "spokes" in person.role and not owned and organ and organ.party and self.memory.speaks_now(organ, paragraph):
            own = organ_slug(person.role)
            if own is None or (organ.actor or "").rpartition("/")[2] in (own[0], self._party(organ).actor):
                return Resolution(found.actor, organ.party, LIKELY, rule="spokesperson of the organ before")
        voted = self._vote(paragraph, item)
        return Resolution(found.actor, voted.party, DOUBTFUL, rule="vote") if voted else found

    def _vote(
        self, paragraph: int, item: Attribution, *, near: bool = True, dateline: bool = True
    ) -> Resolution | None:
        """Return the party voted for; where parties are known, no other state wins an organ or person by vote."""
        hints = read_hints(item, self.text, self.directory)
        voted = self.memory.vote(paragraph, hints, near=near, dateline=dateline)
        if voted and (opening := self._opening(item)) and opening.party != voted.party:
            return None
        parties = {each.id for each in self.directory.polities.values() if each.role == "party"}
        return voted if voted and (not parties or voted.party in parties) else None

    def _ambiguous(self, reading: Reading) -> Resolution:
        """Of several persons of one surname the one who spoke last in this document is meant."""
        last = self.memory.person
        return last if last and last.actor in reading.holders else Resolution(rule=reading.kind)

    def _voted(self, reading: Reading, found: Resolution, paragraph: int, item: Attribution) -> Resolution:
        if not may_belong(reading):
            return found
        named = reading.kind in ("organ", "office")
        voted = self._vote(paragraph, item, near=not is_anybody(reading), dateline=named)
        return self.directory.settle(reading, voted.party, LIKELY) if voted else found

    def _inside(
        self, reading: Reading, item: Attribution, speech: Speech, found: Resolution, paragraph: int
    ) -> Resolution:
        """Rule 3."""
        if reading.kind == "pronoun":
            return self._pronoun(reading, item, speech)
        if reading.kind in ("organ", "office", "party") and not reading.party:
            known = self.memory.recall(reading, paragraph)
            return known if known and known.actor else found
        return found

    def _pronoun(self, reading: Reading, item: Attribution, speech: Speech) -> Resolution:
        speaker = speech.speaker
        if reading.text in FIRST_PERSON:
            return speaker if speaker.actor else Resolution(rule="pronoun")
        if reading.text in ("its", "their") and speech.above is not None and speech.above.party:
            other = speaker.party not in (None, speech.above.party)
            return self._party(speech.above) if other else Resolution(rule="pronoun")
        person = speech.reading.kind in ("person", "office") or self._is_person(speaker)
        if speaker.actor is None or ((reading.text in ("he", "she", "his", "her")) != person and not speaker.party):
            return Resolution(rule="pronoun")
        if reading.text in ("he", "she", "his", "her"):
            return speaker if person else Resolution(rule="pronoun")
        if self._names_other(item, speech):
            return Resolution(rule="pronoun")
        return self._party(speaker) if person else speaker

    def _party(self, speaker: Resolution) -> Resolution:
        return self.directory.settle(Reading("party", party=speaker.party), None, DOUBTFUL)

    def _names_other(self, item: Attribution, speech: Speech) -> bool:
        """Tell whether the speech names another party before the pronoun."""
        place = place_of(item, "source")
        spans = [(span.start, min(span.end, place)) for span in speech.content if span.start < place]
        parties = {m.party for start, end in spans for m in self.directory.table.find(self.text, start, end) if m.party}
        return bool(parties - {speech.speaker.party})

    def _is_person(self, found: Resolution) -> bool:
        actor = self.directory.actors.get(found.actor or "")
        return actor is not None and actor.kind == "person"


def place_of(item: Attribution, first: str = "cue") -> int:
    """Return where an attribution stands: its cue, or what `first` names, else what there is."""
    spans: Sequence[Span] = getattr(item, first) or item.cue or item.content or item.source
    return spans[0].start if spans else 0


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end
