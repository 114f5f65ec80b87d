"""Sessions of the talks and their minutes, line by line: the values, and the bodies of the entries that bring them.

A line's text in the session's authentic language is what is agreed; `sha256` is that of its UTF-8 bytes, exactly as they
stand. A changed line is a new line. Which answer makes a line agreed is decided by `talks.minutes`.
"""

from __future__ import annotations

from typing import Literal

from .case import Assent
from .steps import Opening
from .value import Value

LineAnswerWord = Literal["agreed", "not agreed", "own wording"]


class Delegate(Value, frozen=True, kw_only=True):
    """One member of a delegation as it names them; only office holders are named in public."""

    name: str
    role: str = ""
    office_holder: bool = False


class Delegation(Value, frozen=True, kw_only=True):
    """Who came for a party, as that party names them."""

    party: str
    head: Delegate
    members: tuple[Delegate, ...] = ()
    at: str = ""
    entry: str = ""


class Translation(Value, frozen=True, kw_only=True):
    """A line in another language of the session, for convenience: only the authentic text is agreed."""

    language: str
    text: str


class LineAnswer(Value, frozen=True, kw_only=True):
    """One delegation's mark under a line: for exactly the text with this SHA-256; `text` is its own wording, or its reason."""

    party: str
    answer: LineAnswerWord
    sha256: str
    text: str = ""
    at: str = ""
    entry: str = ""


class MinuteLine(Value, frozen=True, kw_only=True):
    """One line of the minutes, with every answer to it in order; `replaced_by` names the line that stands in its place."""

    id: str
    number: int
    text: str
    sha256: str
    translations: tuple[Translation, ...] = ()
    recorded_by: str = ""
    at: str = ""
    entry: str = ""
    replaces: str = ""
    replaced_by: str = ""
    answers: tuple[LineAnswer, ...] = ()
    opened_at: str = ""
    """When the parties opened it to everybody, `""` while it stays with the members."""

    def answer_of(self, party: str) -> LineAnswer | None:
        """Return a party's latest answer, None while it has given none: silence is no answer."""
        return next((item for item in reversed(self.answers) if item.party == party), None)


class Meeting(Value, frozen=True, kw_only=True):
    """A session that was held: where, when, between whom, before which mediators, in which languages, with its minutes.

    `authentic` is the language, of `languages`, whose text counts. `opened_at` is when the parties first opened agreed
    lines of it to everybody.
    """

    id: str
    title: str
    place: str
    start: str
    end: str = ""
    round: int | None = None
    agenda: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    mediators: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("en",)
    authentic: str = "en"
    recorded_by: str = ""
    at: str = ""
    entry: str = ""
    delegations: tuple[Delegation, ...] = ()
    lines: tuple[MinuteLine, ...] = ()
    assents: tuple[Assent, ...] = ()
    opened_at: str = ""

    def line(self, ident: str) -> MinuteLine | None:
        """Return the line of that id, or None."""
        return next((item for item in self.lines if item.id == ident), None)

    def agreed(self, line: MinuteLine) -> bool:
        """Tell whether every delegation's latest word on a line is *agreed*, for the text that stands there."""
        given = [line.answer_of(party) for party in self.parties]
        return bool(given) and all(
            item is not None and item.answer == "agreed" and item.sha256 == line.sha256 for item in given
        )


class SessionHeld(Value, frozen=True, kw_only=True):
    """A session was held. `start` and `end` are times in UTC or days; `languages` are tags like `ur`, `ps`, `fa-AF`, `en`."""

    session: str
    title: str
    place: str
    start: str
    end: str = ""
    round: int | None = None
    agenda: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    mediators: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("en",)
    authentic: str = "en"
    at: str = ""


class DelegationNamed(Value, frozen=True, kw_only=True):
    """A party names its own delegation to a session; later names stand in place of the earlier ones."""

    session: str
    head: Delegate
    members: tuple[Delegate, ...] = ()
    at: str = ""


class MinuteLineRecorded(Value, frozen=True, kw_only=True):
    """The next line of a session's minutes, in the authentic language; `replaces` names the line it changes, if any."""

    session: str
    line: str
    text: str
    translations: tuple[Translation, ...] = ()
    replaces: str = ""
    at: str = ""


class MinuteLineAnswered(Value, frozen=True, kw_only=True):
    """A delegation marks a line: agreed, not agreed, or its own wording; `sha256` is that of the line's authentic text."""

    session: str
    line: str
    answer: LineAnswerWord
    sha256: str
    text: str = ""
    at: str = ""


class MinutesOpened(Value, frozen=True, kw_only=True):
    """A party agrees that a session's agreed lines become public; the last party's entry carries what opens them."""

    session: str
    openings: tuple[Opening, ...] = ()
    at: str = ""
