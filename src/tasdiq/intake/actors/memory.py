"""What a reader of a document remembers: who spoke last, whose ministry it was, and whose statement the article is about.

Rules
1. "He", "she": the last person who spoke, by name or by office; nobody after one who stayed unknown. "It": the last organ or
   party that spoke. "They": officials or sources of the same paragraph or who spoke last (or both sides together), else the
   organ that spoke last in the same paragraph.
2. "The ministry": the last ministry (where several parties' spoke, only in this paragraph or the one before); "the spokesperson":
   the last spokesperson, else the last organ, but not "a spokesperson"; "the minister": the person who spoke last, if a minister;
   "the statement": what the last organ or party said. After an organ whose side nobody could settle these stay open too: they are
   never lent to who spoke before it.
3. An organ, office or official whose side is not said belongs to the party for which most speaks: the article's main voice (2), the
   dateline's capital (2), who spoke last in this (3) or the paragraph before (1); against it speaks that the statement is directed
   at that party (2). Four points are needed, and a lead of two over the next; else nobody: the main voice alone lends its party to
   nobody, nor does anybody where the dateline is another's. A named office or organ of state needs no more than the dateline, if no
   other party has more than who spoke in the paragraph before: papers leave out whose it is at home.
4. The main voice is decided by `main_voice`.
5. After the spokesperson of a ministry "the ministry" is that ministry; where nobody could settle whose it is, this stays open too.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from .phrase import Reading
from .resolution import LIKELY, Resolution
from .roles import organ_slug, role_slug

ENOUGH = 4
HOME = 2
LEAD = 2
NEAR = 2
"""Paragraphs over which "it" reaches back past a person who spoke in between."""


@dataclass(frozen=True)
class Hints:
    """What a statement's own words say of its speaker's side: see rule 3."""

    against: str | None = None
    itself: str | None = None
    place: str | None = None


@dataclass
class Memory:
    """The state of reading one document; `note` after every top-level statement."""

    main: str | None = None
    dateline: str | None = None
    person: Resolution | None = None
    organ: Resolution | None = None
    plural: Resolution | None = None
    spokesperson: Resolution | None = None
    issuer: Resolution | None = None
    by_slug: dict[str, Resolution] = field(default_factory=dict)
    slug_paragraph: dict[str, int] = field(default_factory=dict)
    contested: set[str] = field(default_factory=set)
    """Kinds of organ that more than one party has spoken through: "the army" then means the last only nearby."""
    last: Resolution | None = None
    last_paragraph: int = -9
    plural_paragraph: int = -9
    spoken_for: tuple[str | None, str] | None = None
    """Party and ministry of the spokesperson who spoke after any ministry did (rule 5)."""
    person_role: str = ""
    person_place: int = -1
    """Where the person stands whom "he" or "she" recalls."""

    def note(self, reading: Reading, found: Resolution, paragraph: int, role: str) -> None:
        """Remember who just spoke; `role` is the actor's office."""
        if reading.kind == "joint":
            self._note_joint(reading, found, paragraph)
        self._note_ministry(reading, found, role)
        if found.actor is None:
            self._note_open(reading, found, paragraph)
            return
        if reading.kind in ("officials", "bystanders"):
            self.plural, self.plural_paragraph = found, paragraph
        elif reading.kind in ("person", "office"):
            self.person, self.person_role = found, role or reading.slug
            if "spokes" in reading.slug or "spokes" in role.lower():
                self.spokesperson = found
        elif reading.kind in ("organ", "party"):
            self._note_organ(reading, found, paragraph)
        elif reading.kind in ("organisation", "name", "group"):
            self.organ = found
            if reading.kind == "name":  # if it may be a person's, that is whom "he" means
                self.person = found if found.actor.startswith("person/") else None
        self.last, self.last_paragraph = found, paragraph

    def _note_organ(self, reading: Reading, found: Resolution, paragraph: int) -> None:
        self.organ = found
        if reading.kind == "organ" or self.issuer is None or self.issuer.party != found.party:
            self.issuer = found
        for slug in (reading.slug, "ministry") if _is_ministry(reading.slug) else (reading.slug,):
            if slug in self.by_slug and self.by_slug[slug].party != found.party:
                self.contested.add(slug)
            self.by_slug[slug], self.slug_paragraph[slug] = found, paragraph

    def _note_ministry(self, reading: Reading, found: Resolution, role: str) -> None:
        """Rule 5."""
        if reading.kind == "organ" and _is_ministry(reading.slug):
            self.spoken_for = None
        elif reading.kind in ("person", "office"):
            organ = organ_slug(role) or organ_slug(reading.text)
            if organ and _is_ministry(organ[0]):
                self.spoken_for = found.party, organ[0]

    def _note_joint(self, reading: Reading, found: Resolution, paragraph: int) -> None:
        """Remember that several spoke together: "they" are they, and "it" is their paper."""
        self.plural, self.plural_paragraph, self.last, self.last_paragraph = found, paragraph, found, paragraph
        if reading.slug == "paper":
            self.organ = found

    def _note_open(self, reading: Reading, found: Resolution, paragraph: int) -> None:
        """Remember that an organ spoke whose side is open, so that "it" is not lent to who spoke before."""
        if reading.kind in ("person", "office"):
            self.person = None
        if reading.kind == "organ":
            self.organ = self.issuer = self.last = found
            self.last_paragraph = paragraph

    def recall(self, reading: Reading, paragraph: int) -> Resolution | None:
        """Return who a pronoun or a definite phrase refers back to (rules 1, 2)."""
        if reading.kind == "pronoun":
            return self._pronoun(reading.text, paragraph)
        if reading.kind == "paper":
            return self.issuer or self.last
        if reading.kind == "organ":
            far = paragraph - self.slug_paragraph.get(reading.slug, paragraph) > 1
            contested = far and reading.slug in self.contested
            return Resolution(rule="contested") if contested else self.by_slug.get(reading.slug)
        if reading.kind == "office":
            return self._office(reading)
        if reading.kind == "officials" and reading.text.lower().startswith(("the ", "these ", "those ")):
            return self.plural
        return None

    def _office(self, reading: Reading) -> Resolution | None:
        if re.match(r"(?i:an?|one|another) ", reading.text):
            return None
        if reading.slug.endswith("spokesperson"):
            return self.spokesperson or self.issuer
        held = role_slug(self.person_role)
        return self.person if self.person and held and held.endswith(reading.slug) else None

    def _pronoun(self, word: str, paragraph: int) -> Resolution | None:
        if word in ("he", "she", "him", "her", "his"):
            return self.person
        if word in ("they", "them", "their"):
            if paragraph == self.plural_paragraph or self.plural == self.last:
                return self.plural
            return self._organ_last() if paragraph == self.last_paragraph else None
        near = paragraph - self.last_paragraph <= NEAR
        return self._organ_last() or (self.organ if near and word in ("it", "its") else None)

    def _organ_last(self) -> Resolution | None:
        return self.organ if self.organ and self.organ == self.last else None

    def vote(self, paragraph: int, hints: Hints, *, near: bool = True, dateline: bool = False) -> Resolution | None:
        """Return the party an unowned organ or official most likely belongs to, or None (rule 3).

        Without `near`, who spoke last has no vote; with `dateline`, that alone may do.
        """
        votes: Counter[str] = Counter()
        for party, weight in (
            (self.main, 2),
            (self.dateline, 2),
            (self._near(paragraph) if near else None, 3 if paragraph == self.last_paragraph else 1),
            (hints.place, 2),
            (hints.against, -2),
        ):
            if party:
                votes[party] += weight
        ranked = votes.most_common(2)
        rest = ranked[1][1] if len(ranked) > 1 else 0
        home = dateline and bool(ranked) and ranked[0][0] == self.dateline and ranked[0][1] >= HOME and rest <= 1
        if home and hints.against != self.dateline:
            return Resolution(party=self.dateline, confidence_ppm=LIKELY, rule="dateline")
        if ranked and self.dateline not in (None, ranked[0][0]):
            return None
        if not ranked or ranked[0][1] < ENOUGH or (rest > 0 and ranked[0][1] - rest < LEAD):
            return None
        return Resolution(party=ranked[0][0], confidence_ppm=LIKELY, rule="vote")

    def speaks_now(self, speaker: Resolution, paragraph: int) -> bool:
        """Tell whether this speaker spoke last, in this paragraph."""
        return self.last == speaker and self.last_paragraph == paragraph

    def _near(self, paragraph: int) -> str | None:
        return self.last.party if self.last and paragraph - self.last_paragraph <= 1 else None


def _is_ministry(slug: str) -> bool:
    return slug.startswith("ministry") or slug == "foreign-office"
