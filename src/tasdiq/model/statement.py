"""Attributed speech acts, as first cut from the text (`Attribution`) and as resolved (`Statement`).

The teller rules (DESIGN, section 2): *own voice* is a spokesperson or organ of the party through whatever outlet; *as told by
the other party* is a speech act reported inside another party's speech; *as told by a third* is a narrator's summary with no
speech behind it. Only own voice fills a party's cell.
"""

from __future__ import annotations

from typing import Literal

from .document import Passage, Span
from .value import Value
from .when import When

Act = Literal[
    "asserts", "denies", "rejects", "accuses", "demands", "offers", "commits", "refuses", "acknowledges", "warns",
    "regrets", "asks", "welcomes", "claims-responsibility", "gives-no-reply",
]  # fmt: skip
Quote = Literal["direct", "indirect", "mixed"]
Teller = Literal["own", "other-party", "third"]
TELLER_WORDS = {"own": "own voice", "other-party": "as told by the other party", "third": "as told by a third"}


class Attribution(Value, frozen=True, kw_only=True):
    """A speech act as it stands in the text, before anybody is resolved.

    `inside` is the number (position in the list) of the attribution whose content holds this one. `manner` keeps the words
    that say how often or how surely ("traditionally", "reportedly", "allegedly"); `tense` is past, present, perfect or future.
    """

    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()
    cue_lemma: str = ""
    act: Act = "asserts"
    quote: Quote = "indirect"
    negated: bool = False
    passive: bool = False
    tense: str = ""
    manner: tuple[str, ...] = ()
    inside: int | None = None
    sentence: Span | None = None
    confidence_ppm: int = 500_000
    method: str = ""


class Hand(Value, frozen=True, kw_only=True):
    """One hand a statement passed through: who, and how ("interview", "post", "statement", "quoted by", "told")."""

    who: str
    how: str
    actor: str | None = None
    passage: Passage | None = None


class Statement(Value, frozen=True, kw_only=True):
    """An attributed speech act with its speaker resolved. `speaker` is an actor id; `told_by` is whose telling it is.

    Where several parties speak together, `parties` are they, in an order without meaning, and `party` is null. `distance` are the
    teller's reservations, `hedges` the speaker's (`intake.attitude`).
    """

    id: str
    document: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    act: Act
    quote: Quote
    speaker: str | None = None
    party: str | None = None
    parties: tuple[str, ...] = ()
    teller: Teller = "third"
    told_by: str | None = None
    channel: str | None = None
    chain: tuple[Hand, ...] = ()
    addressee: str | None = None
    when: When | None = None
    inside: str | None = None
    negated: bool = False
    manner: tuple[str, ...] = ()
    distance: tuple[str, ...] = ()
    hedges: tuple[str, ...] = ()
    modality: Literal["", "necessity", "possibility", "intention"] = ""
    basis: Literal["witnessed", "told", "inferred", "unknown"] = "unknown"
    narrated: bool = False
    sentence: Span | None = None
    confidence_ppm: int = 500_000
    method: str = ""
