"""What documents tell of the world besides speech: sessions, crossings, the ceasefire, figures, measures, agreements.

Each is one passage's telling, never a fact. `Telling` says where it stands and in whose telling: a `statement` if the passage
lies inside an attributed speech act, else the outlet's narration.
"""

from __future__ import annotations

from typing import Literal

from .document import Passage
from .statement import Teller
from .value import Value
from .when import When


class Telling(Value, frozen=True, kw_only=True):
    """Where a claim stands and who tells it; `outlet` is the document's outlet or file, `speaker` an actor id.

    `parties` are those who tell it together, if several do.
    """

    passage: Passage
    teller: Teller
    statement: str | None = None
    speaker: str | None = None
    party: str | None = None
    parties: tuple[str, ...] = ()
    outlet: str = ""


class Told(Value, frozen=True, kw_only=True, tag_field="told"):
    """One claim of a document; `id` is `<document id>.t<n>`."""

    id: str
    telling: Telling
    when: When | None = None
    method: str = ""


class SessionTold(Told, frozen=True, kw_only=True, tag="session"):
    """A round of talks held or scheduled: ordinal if given, place id or name, mediators as listed, outcome in brief."""

    place: str = ""
    round: int | None = None
    scheduled: bool = False
    mediators: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    outcome: str = ""


class CrossingTold(Told, frozen=True, kw_only=True, tag="crossing"):
    """A crossing's state: announced (somebody decided or declared it) or observed (somebody saw or reports it)."""

    crossing: str
    name: str
    state: Literal["closed", "open", "suspended", "partly open"]
    traffic: tuple[str, ...] = ()
    until: str = ""
    basis: Literal["announced", "observed"] = "observed"


class CeasefireTold(Told, frozen=True, kw_only=True, tag="ceasefire"):
    """A turn in the life of a ceasefire; `by` is who announced one alone: a party's id, or the actor id of a group."""

    event: Literal["requested", "announced", "agreed", "began", "extended", "holding", "violated", "ended", "fragile"]
    by: str | None = None
    words: str = ""


class FigureTold(Told, frozen=True, kw_only=True, tag="figure"):
    """A number of people or things, with its bounds ("over 200" is 201 or more, no upper bound)."""

    subject: str
    measure: Literal["killed", "injured", "killed or injured", "displaced", "captured", "attacks", "other"]
    side: str | None = None
    low: int | None = None
    high: int | None = None
    words: str = ""
    place: str = ""
    caused_by: str | None = None


class MeasureTold(Told, frozen=True, kw_only=True, tag="measure"):
    """A measure of engagement claimed by or about a party: trade, visas, aid, attacks, restraint."""

    kind: Literal["trade", "visas", "aid", "attacks", "restraint", "diplomacy", "refugees", "other"]
    by: str | None = None
    words: str = ""


class AgreementTold(Told, frozen=True, kw_only=True, tag="agreement"):
    """What is said to have been agreed, or not: subject and form."""

    subject: str
    form: Literal["signed", "written", "unsigned", "verbal", "claimed", "none"]
    parties: tuple[str, ...] = ()
    words: str = ""


class IncidentTold(Told, frozen=True, kw_only=True, tag="incident"):
    """An armed or hostile event: `type` is a path of the incident taxonomy, actors and place are ids."""

    type: str
    place: str = ""
    place_name: str = ""
    admin1: str = ""
    lat_e7: int | None = None
    lon_e7: int | None = None
    place_precision_km: int | None = None
    actor_a: str | None = None
    actor_b: str | None = None
    killed_low: int | None = None
    killed_high: int | None = None
    injured_low: int | None = None
    injured_high: int | None = None
    words: str = ""


AnyTold = SessionTold | CrossingTold | CeasefireTold | FigureTold | MeasureTold | AgreementTold | IncidentTold
