"""In whose telling a statement reaches the reader (DESIGN, section 2, "teller"): the party's own voice, another party's, a third's.

Rules, the first that applies decides
1. Nobody, or somebody of no party: third. Only a party has an own voice; several at once: see 9.
2. Inside the speech of another party: as told by that party. Inside the party's own speech: as that speech. Inside the speech of
   somebody of no party: third, told by that speaker. Inside the speech of an organ, official or pronoun that nobody could settle:
   third, since it may be the other party's. An outlet's report, and a source that is no speaker, hold nothing.
3. A sentence between two statements of one speaker in one paragraph goes on in that voice, if it only names parties or sides.
4. Hearsay and habit ("reportedly", "has long", "repeatedly", "traditionally"): third. So is a general answer in
   the same sentence (", which Kestria denies"). A participle shares the telling of the verb before it in its sentence.
5. An organ, office, delegation, official or person in office: own voice, through whatever outlet.
6. A noun that mentions a bare party's speech ("Kestria's offer") without a speech around it: third.
7. A bare party in a title, summary or bullet: own voice if quoted, if the document reports that party's statement as its main
   topic, or if the body has a statement of that party in its own voice about the same (two words in common); else third.
8. A bare party in the body: own voice on an occasion: quoted, dated, with a channel, in the first paragraph, in the simple past,
   or where the document reports that party's statement as its main topic. Deeds told as history ("agreed", "accepted",
   "refused") need one of the first four. Else third: a narrator's generalisation ("says", "has said").
9. Several parties at once: own voice of each where their joint paper speaks, is named in the sentence, or is the document itself;
   and where organs of both sides say something ("both delegations confirmed"). That "the two sides agreed", or refused, or
   welcomed something, is the narrator's telling of both. Inside their joint speech, each of them speaks as it does.
10. Who gave no reply has not spoken: third.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tasdiq.intake.actors import HABITS, Directory, Voice
from tasdiq.intake.actors.context import place_of
from tasdiq.intake.actors.resolution import Resolution
from tasdiq.intake.joint_voice import HEARSAY, outside, speak_together
from tasdiq.model.document import Document, Paragraph
from tasdiq.model.statement import Attribution, Teller

DEEDS = frozenset("accept agree refuse decline commit find consider approve resume expect believe want hope".split())  # noqa: SIM905
BARE = frozenset({"party"})
HEADS = frozenset({"title", "summary", "bullet", "heading"})
OPEN = frozenset({"organ", "office", "officials", "pronoun", "paper", "person"})
OCCASION = re.compile(
    r"(?i:\b(?:on (?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|earlier (?:today|in the day)|on \w+ \d{1,2}\b"
    r"|on \d{1,2} \w+|in an? (?:\w+ ){0,3}(?:statement|interview|post|letter|briefing|address|speech)|statement"
    r"|press conference|news conference|briefing|writing on|speaking (?:to|at)|at a (?:meeting|press|news)"
    r"|(?:during|at) (?:the )?[\w ]{0,30}(?:talks|negotiations|meeting|round))\b)"
)
_WORDS = re.compile(r"\b[a-z]{4,}\b")
STEM = 5
COMMON = 2
_STOP = frozenset("that this with from have been they them their which would were also into over about against".split())  # noqa: SIM905


@dataclass(frozen=True)
class Told:
    """The decision: teller, whose telling it is, the number of the rule, and the speech around it, if any."""

    teller: Teller
    told_by: str | None = None
    rule: int = 0
    around: int | None = None


def decide_tellers(
    document: Document,
    text: str,
    items: Sequence[Attribution],
    voices: Sequence[Voice],
    directory: Directory,
    main: str | None,
) -> list[Told]:
    """Return the telling of each attribution, in their order."""
    return _Court(document, text, items, voices, directory, main).decide()


class _Court:
    def __init__(
        self,
        document: Document,
        text: str,
        items: Sequence[Attribution],
        voices: Sequence[Voice],
        directory: Directory,
        main: str | None,
    ) -> None:
        self.document, self.text, self.items, self.voices = document, text, items, voices
        self.directory, self.main = directory, main
        self.outlet = directory.outlets.get(document.id)
        self.done: dict[int, Told] = {}

    def decide(self) -> list[Told]:
        order = sorted(range(len(self.items)), key=self._is_head)
        for number in order:
            self._told(number)
        return [self.done[number] for number in range(len(self.items))]

    def _told(self, number: int) -> Told:
        if number not in self.done:
            self.done[number] = Told("third", self.outlet, 1)  # what a circle of nesting would find
            self.done[number] = self._decide(number)
        return self.done[number]

    def _decide(self, number: int) -> Told:
        voice, item = self.voices[number], self.items[number]
        party = voice.resolution.party
        outer = self._speech_around(number)
        if outer is not None:
            return self._nested(voice.resolution, outer)
        if item.act == "gives-no-reply":
            return Told("third", self.outlet, 10)
        if voice.resolution.parties:
            return self._joint(number)
        if party is None:
            return Told("third", self.outlet, 1)
        if self._inside_open_speech(number):
            return Told("third", self.outlet, 2)
        if (carrier := self._carrier(number)) is not None:
            return self._nested(voice.resolution, carrier, rule=3)
        if set(item.manner) & (HABITS | HEARSAY) or self._answers_habit(number):
            return Told("third", self.outlet, 4)
        if (before := self._shared(number)) is not None:
            return self._told(before)
        if voice.reading.kind not in BARE and not self._is_bare(voice):
            return Told("own", None, 5)
        return self._bare(number)

    def _speech_around(self, number: int) -> int | None:
        """Return the nearest enclosing speech whose speaker is known."""
        seen = {number}
        outer = self.voices[number].outer
        while outer is not None and outer not in seen:
            seen.add(outer)
            voice = self.voices[outer]
            if self.items[outer].act == "gives-no-reply":
                outer = voice.outer
                continue
            narrated = voice.resolution.parties and self._told(outer).teller == "third"
            if voice.resolution.actor and not narrated and voice.reading.kind not in ("other", "outlet"):
                return outer
            outer = voice.outer
        return None

    def _inside_open_speech(self, number: int) -> bool:
        """Tell whether the speech around an attribution is that of a speaker nobody could settle."""
        outer = self.voices[number].outer
        if outer is None:
            return False
        voice = self.voices[outer]
        return voice.resolution.actor is None and voice.reading.kind in OPEN

    def _nested(self, resolution: Resolution, outer: int, rule: int = 2) -> Told:
        speaker, party = self.voices[outer].resolution, resolution.party
        if speaker.parties and set(resolution.parties or (party,)) <= set(speaker.parties):
            above = self._told(outer)
            return Told(above.teller, above.told_by, 9, outer)
        if speaker.party is None:
            return Told("third", speaker.actor, rule, outer)
        if party is None:
            return Told("third", speaker.party, rule, outer)
        if party != speaker.party:
            return Told("other-party", speaker.party, rule, outer)
        above = self._told(outer)
        return Told(above.teller, above.told_by, rule, outer)

    def _carrier(self, number: int) -> int | None:
        """Rule 3: the statement before, if the one after in the same paragraph has the same speaker, and this is bare."""
        voice = self.voices[number]
        if voice.reading.kind not in BARE or self.items[number].manner:
            return None
        here = self._paragraph(number)
        before = self._neighbour(number, -1, here)
        after = self._neighbour(number, 1, here)
        if before is None or after is None or here.kind in HEADS:
            return None
        one, other = self.voices[before].resolution, self.voices[after].resolution
        same = one.actor == other.actor and self.items[before].sentence != self.items[after].sentence
        return before if same and one.party else None

    def _neighbour(self, number: int, step: int, here: Paragraph) -> int | None:
        """Return the next top-level statement in this paragraph by an organ, office, official or person."""
        place = number + step
        while 0 <= place < len(self.items) and self._paragraph(place) == here:
            voice = self.voices[place]
            other_sentence = self.items[place].sentence != self.items[number].sentence
            if voice.outer is None and other_sentence and voice.resolution.actor and not voice.resolution.parties:
                if not self._is_bare(voice):
                    return place
                if voice.reading.kind not in BARE:
                    return None
            place += step
        return None

    def _answers_habit(self, number: int) -> bool:
        """Tell whether this is a general answer to a general charge ("has long accused …, which Kestria denies")."""
        item = self.items[number]
        return item.tense == "present" and any(
            other.sentence == item.sentence and set(other.manner) & HABITS for other in self.items
        )

    def _shared(self, number: int) -> int | None:
        """Rule 4: a participle shares the telling of the verb before it in its sentence."""
        item = self.items[number]
        if not item.cue or not self.text[item.cue[0].start : item.cue[-1].end].endswith("ing") or number == 0:
            return None
        for place in range(number - 1, -1, -1):
            other = self.items[place]
            if other.sentence != item.sentence:
                return None
            if (
                self.voices[place].resolution.actor == self.voices[number].resolution.actor
                and self.voices[place].outer is None
            ):
                return place
        return None

    def _joint(self, number: int) -> Told:
        """Rule 9."""
        own = speak_together(self.document, self.text, self.items[number], self.voices[number])
        return Told("own" if own else "third", None if own else self.outlet, 9)

    def _bare(self, number: int) -> Told:
        item, party = self.items[number], self.voices[number].resolution.party
        if not item.tense and item.cue and not self._is_head(number):
            return Told("third", self.outlet, 6)
        if self._is_head(number):
            own = item.quote != "indirect" or party == self.main or self._has_body(number)
            return Told("own" if own else "third", None if own else self.outlet, 7)
        own = item.quote != "indirect" or self._on_occasion(number) or self._is_lead(number)
        own = own or (item.cue_lemma not in DEEDS and (party == self.main or item.tense == "past"))
        return Told("own" if own else "third", None if own else self.outlet, 8)

    def _has_body(self, number: int) -> bool:
        """Tell whether the body has an own-voice statement of this party about the same (rule 7)."""
        party, words = self.voices[number].resolution.party, self._stems(number)
        for place, voice in enumerate(self.voices):
            if voice.resolution.party != party or self._is_head(place) or voice.outer is not None:
                continue
            if self._told(place).teller == "own" and len(words & self._stems(place)) >= COMMON:
                return True
        return False

    def _stems(self, number: int) -> set[str]:
        """Return the stems of a statement's words; names say nothing about the topic."""
        spans = (*self.voices[number].content, *self.items[number].cue)
        letters = list(" ".join(self.text[span.start : span.end] for span in spans))
        for mention in self.directory.mentions("".join(letters)):
            letters[mention.start : mention.end] = " " * (mention.end - mention.start)
        words = _WORDS.findall("".join(letters).lower() if self._is_head(number) else "".join(letters))
        return {word[:STEM] for word in words if word not in _STOP}

    def _on_occasion(self, number: int) -> bool:
        return bool(OCCASION.search(outside(self.items[number], self.voices[number].content, self.text)))

    def _is_lead(self, number: int) -> bool:
        body = [part for part in self.document.paragraphs if part.kind in ("body", "quote")]
        return bool(body) and self._paragraph(number) == body[0]

    def _is_head(self, number: int) -> bool:
        return self._paragraph(number).kind in HEADS

    def _paragraph(self, number: int) -> Paragraph:
        place = place_of(self.items[number])
        found = (part for part in self.document.paragraphs if part.start <= place < part.end)
        return next(found, Paragraph(start=place, end=place))

    def _is_bare(self, voice: Voice) -> bool:
        """Tell whether the speaker is the party as such, also behind a pronoun, or somebody who holds no office."""
        actor = self.directory.actors.get(voice.resolution.actor or "")
        return actor is not None and (
            actor.kind in ("party", "state") or (actor.kind == "person" and not actor.office_holder)
        )
