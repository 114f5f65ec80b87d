"""The statements of one document as they come in, paragraph by paragraph, with quotations nobody introduced.

Rules
1. A quotation with no cue of its own goes on with the nearest statement before it in the paragraph that can be spoken words,
   if no other words stand between them.
2. At the start of a paragraph it goes on with the last direct statement, if that ends the paragraph before.
3. A quotation that begins a paragraph belongs to the verb before the colon that ended the one before.
4. Any other is left alone: words without a speaker are not given to somebody.
"""

from __future__ import annotations

from msgspec.structs import replace

from tasdiq.model.document import Span
from tasdiq.model.statement import Attribution

from .lexicon import LEAST_WEIGHT, verbs
from .stretch import Stretch

SPOKEN = frozenset({"direct", "mixed"})


class Gathering:
    """Collects the attributions of a document; `found` holds them as they came."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.found: list[Attribution] = []
        self._announced: Attribution | None = None
        self._speech: int | None = None
        self._paragraph = -1

    def add(self, new: list[Attribution], left: list[Span], stretch: Stretch) -> None:
        """Add the attributions of one stretch and the quotations left over in it."""
        start = len(self.found)
        self.found.extend(each for each in new if each.content)
        if stretch.within is not None:
            return
        left = self._take_announced(left)
        self._announced = next((each for each in new if not each.content), None)
        for quotation in left:
            place = self._before(quotation, start)
            if place is None and self._goes_on(quotation, stretch.paragraph):
                place = self._speech
            if place is not None:
                self._continue(place, quotation)
        self._remember(start, stretch.paragraph)

    def _take_announced(self, left: list[Span]) -> list[Span]:
        """Give the first quotation to the statement the paragraph before announced (rule 3)."""
        announced = self._announced
        if announced is None or not left or not self._adjoins(announced, left[0]):
            return left
        self.found.append(replace(announced, content=(left[0],), quote="direct"))
        return left[1:]

    def _goes_on(self, quotation: Span, paragraph: int) -> bool:
        near = self._speech is not None and paragraph - self._paragraph <= 1
        return near and self._adjoins(self.found[self._speech or 0], quotation)

    def _before(self, quotation: Span, start: int) -> int | None:
        spoken = [
            (self.found[place].cue[0].start, place)
            for place in range(start, len(self.found))
            if self.found[place].cue[0].start < quotation.start and _can_be_spoken(self.found[place])
        ]
        place = max(spoken)[1] if spoken else None
        return place if place is not None and self._adjoins(self.found[place], quotation) else None

    def _adjoins(self, each: Attribution, quotation: Span) -> bool:
        """Tell whether no words of somebody else stand between a statement and a quotation."""
        ends = [(each.content or each.cue)[-1].end, *([each.sentence.end] if each.sentence else [])]
        gap = self._text[max(ends) : quotation.start]
        return not any(letter.isalnum() for letter in gap)

    def _continue(self, place: int, quotation: Span) -> None:
        each = self.found[place]
        content = tuple(sorted((*each.content, quotation), key=lambda span: span.start))
        quote = each.quote if each.quote in SPOKEN else "mixed"
        self.found[place] = replace(each, content=content, quote=quote)
        self._speech = place

    def _remember(self, start: int, paragraph: int) -> None:
        spoken = [
            (self.found[place].content[-1].end, place)
            for place in range(start, len(self.found))
            if self.found[place].quote == "direct" and _can_be_spoken(self.found[place])
        ]
        if spoken:
            self._speech, self._paragraph = max(spoken)[1], paragraph
        elif self._speech is not None and self._speech < start and len(self.found) > start:
            self._speech = None
        elif self._speech is not None:
            self._paragraph = paragraph


def _can_be_spoken(each: Attribution) -> bool:
    cue = verbs().get(each.cue_lemma)
    return each.cue_lemma == "according to" or (cue is not None and cue.weight("bare") >= LEAST_WEIGHT)
