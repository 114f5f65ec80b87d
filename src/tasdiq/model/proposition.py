"""What statements are about, what each party holds about it, and how many independent origins stand behind it."""

from __future__ import annotations

from typing import Literal

from .document import Passage, Span
from .statement import Teller
from .value import Value
from .when import When

Stance = Literal["asserts", "denies", "acknowledges", "conditions", "calls for", "offers", "refuses", "asked, no reply"]
OPEN_SPEAKER = "unnamed/speaker-not-named"
"""Holder of a position whose speaker nobody could settle: never an outlet, and no actor of the directory."""
Status = Literal["common ground", "contested", "one-sided", "unattributed"]


class Holding(Value, frozen=True, kw_only=True):
    """One statement's bearing on a proposition: the stance it takes, and why it was put here.

    `narrator` marks words that the narrator adds in the statement's sentence ("…, leaving the talks without a result").
    `words` are the words that fit the kind of proposition, `names` the places and days they tell of, `answers` the statement that
    this one answers. Where a person's decision (an entry, `moved_by`) put it here, `moved_from` is where the program had put it.
    """

    statement: str
    stance: Stance
    why: str = ""
    narrator: bool = False
    words: tuple[Span, ...] = ()
    names: tuple[str, ...] = ()
    answers: str = ""
    moved_from: str = ""
    moved_by: str = ""


DecisionKind = Literal["merged", "split", "split off", "reworded", "confirmed", "objected"]


class Decision(Value, frozen=True, kw_only=True):
    """What a person decided about a proposition: by which member, when, in which entry, why, and what it came to.

    `wording` is the wording that was given, confirmed, or entered beside the other; `before` the one in whose place it stands or
    that is objected to; `others` the propositions it concerns besides; `later` how many statements came after it was confirmed.
    """

    kind: DecisionKind
    member: str
    at: str
    entry: str
    text: str = ""
    wording: str = ""
    before: str = ""
    others: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    later: int = 0


class Proposition(Value, frozen=True, kw_only=True):
    """A neutral wording and the statements grouped under it. `frame` and `slots` say how it was recognised.

    `decisions` are what persons decided about it, in their order; no program proposes any.
    """

    id: str
    wording: str
    topic: str
    frame: str
    slots: tuple[tuple[str, str], ...] = ()
    holdings: tuple[Holding, ...] = ()
    objections: tuple[tuple[str, str], ...] = ()
    method: str = ""
    decisions: tuple[Decision, ...] = ()


class Turn(Value, frozen=True, kw_only=True):
    """What a party held in own voice at a time: a stance from the first statement that takes it to the last before another."""

    party: str
    stance: Stance
    first: When | None
    last: When | None
    statements: tuple[str, ...]


class Position(Value, frozen=True, kw_only=True):
    """A party's stance on a proposition in one teller's telling; several may stand side by side in one cell.

    `label` is what the cell says: "asserts", "asserts, as told by Kestria", "has traditionally denied, as told by the outlet".
    """

    proposition: str
    party: str
    stance: Stance
    teller: Teller
    told_by: str | None
    label: str
    statements: tuple[str, ...]
    when: When | None = None
    changed_from: str | None = None


class Row(Value, frozen=True, kw_only=True):
    """A line of the positions table: the proposition, every party's cells and what follows from own voices alone.

    `asked` are those of the `silent` of whom somebody tells that they were asked and gave no reply. `turns` are what the parties
    held in own voice over time, the earliest first; those without a date stand last.
    """

    proposition: str
    status: Status
    own: tuple[Position, ...] = ()
    beside: tuple[Position, ...] = ()
    silent: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = ()


class Difference(Value, frozen=True, kw_only=True):
    """Where copies of one statement differ: the words of each document."""

    passages: tuple[Passage, ...]
    words: tuple[str, ...]


class Origin(Value, frozen=True, kw_only=True):
    """A first source with every repetition collapsed under it.

    `kind` says what tied the copies: reused wording, same organ and occasion, citation. `lowest` and `highest` bound how many
    independent origins the group may hold.
    """

    id: str
    label: str
    statements: tuple[str, ...]
    documents: tuple[str, ...]
    speaker: str | None = None
    party: str | None = None
    when: When | None = None
    channels: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    lowest: int = 1
    highest: int = 1
    why: tuple[str, ...] = ()
    method: str = ""


class Disagreement(Value, frozen=True, kw_only=True):
    """A point on which documents give different values: dates, figures, channels, lists of mediators, titles."""

    id: str
    subject: str
    aspect: Literal["date", "figure", "channel", "mediators", "name", "wording", "outcome"]
    values: tuple[tuple[str, tuple[Passage, ...]], ...]
    method: str = ""
