"""The neutral words and the id of a proposition, from its frame and slots.

Names stand as the charter has them. `{x:adj}` is the party's adjective where one is in use ("Kestrian soil"), else its name with
an s ("Kestria's soil"). A part of the wording in square brackets is left out where a slot in it is empty.
"""

from __future__ import annotations

import re
from datetime import date

from .bearing import Key
from .mentions import Names
from .pattern import Frame

_SLOT = re.compile(r"\{(\w+)(:adj)?\}")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_OPTIONAL = re.compile(r"\[([^\]]*)\]")


def word(frame: Frame, key: Key, names: Names) -> str:
    """Return the wording of a proposition."""
    slots = dict(key[1])
    text = _OPTIONAL.sub(lambda part: part[1] if _filled(part[1], slots) else "", frame.wording)
    text = _SLOT.sub(
        lambda hit: _day(slots["day"]) if hit[1] == "day" else _name(slots[hit[1]], bool(hit[2]), names), text
    )
    return text[0].upper() + text[1:]


def identify(frame: Frame, key: Key) -> str:
    """Return the id of a proposition: topic, frame, slots; the same on every run."""
    parts = ["p", frame.topic, frame.id, *(value for _, value in key[1])]
    return re.sub(r"[^a-z0-9]+", "-", "-".join(parts).casefold()).strip("-")


def _day(iso: str) -> str:
    """Write a day as "9 March 2031"."""
    day = date.fromisoformat(iso)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _filled(text: str, slots: dict[str, str]) -> bool:
    return all(hit[1] in slots for hit in _SLOT.finditer(text))


def _name(party: str, adjective: bool, names: Names) -> str:
    name = names.parties.get(party) or names.groups.get(party, party)
    return names.adjectives.get(party, name + "'s") if adjective else name
