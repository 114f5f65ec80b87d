"""Who acts and whom it meets, as the words beside a verb name them: a party's id, or the actor id of a group.

Rules:

1. Who acts is the name before the verb that no preposition governs; a private person of a party ("a Kestrian national") is
   not the party. Whom it meets is the name after the verb, or after "by" where the verb is passive.
2. A name that only says where ("in Kestria", "from Kestrian soil") is neither.
3. Unknown stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasdiq.intake.actors.table import OF_A_PARTY, Mention
from tasdiq.intake.events.scene import Scene

_GOVERNED = re.compile(
    r"\b(?:of|on|against|to|in|inside|into|from|with|near|across|along|towards?|at|for|over|within|between|amid)"
    r" (?:the |its |their |both |all |parts of |posts of )?(?:[a-z]+ )?$|anti-$|pro-$",
    re.IGNORECASE,
)
_FORCES_OF = re.compile(
    r"\b(?:forces|troops|army|military|fighters|soldiers|militants|jets|government) of (?:the )?$", re.IGNORECASE
)
_PRIVATE = re.compile(
    r" (?:nationals?|citizens?|civilians?|refugees?|men|man|women|woman|children"
    r"|journalists?|migrants?|villagers?|soil|territory"
    r"|border(?! (?:forces?|guards?|police|posts?|troops|security|personnel))"
    r"|side of the border|airspace|province|district|media|news|officials? said"
    r"|talks|national)\b"
)
_WHERE = re.compile(
    r"\b(?:in|inside|into|from|near|across|along|at|within|through|around|throughout|over) (?:the )?(?:[a-z]+ )?$",
    re.IGNORECASE,
)
_PLACE_SORTS = frozenset({"capital", "seat"})


def name_of(mention: Mention) -> str | None:
    """Return the party a mention stands for, or the actor id of the one group it names."""
    if mention.party:
        return mention.party
    groups = {known.actor for known in mention.known if known.sort in ("group", "authority")}
    parties = {known.party for known in mention.known if known.sort == "authority"} - {None}
    if len(parties) == 1:
        return next(iter(parties))
    return next(iter(groups)) if len(groups) == 1 else None


def acting(scene: Scene, start: int, end: int) -> str | None:
    """Return who acts in the words `start`–`end` before a verb (rule 1): the last name, else the first governed by "forces of"."""
    words = scene.words
    found = [
        name
        for mention in _within(scene.mentions, start, end)
        if not _PRIVATE.match(words, mention.end)
        and (not _GOVERNED.search(words, start, mention.start) or _FORCES_OF.search(words, start, mention.start))
        and (name := name_of(mention))
    ]
    return found[-1] if found else None


def met(scene: Scene, start: int, end: int, other_than: str | None = None) -> str | None:
    """Return whom an act meets in the words `start`–`end` after a verb (rules 1 and 2)."""
    words = scene.words
    for mention in _within(scene.mentions, start, end):
        private = _PRIVATE.match(words, mention.end)
        if _WHERE.search(words, start, mention.start) or (private and not _is_people(private[0])):
            continue
        name = name_of(mention)
        if name and name != other_than:
            return name
    return None


def _is_people(words: str) -> bool:
    return not re.search(r"soil|territory|border|airspace|province|district|media|news|officials|talks", words)


def sides(scene: Scene, start: int, end: int) -> tuple[str, ...]:
    """Return the parties that the words `start`–`end` name, each once, capitals that only say where left out."""
    found: dict[str, None] = {}
    for mention in _within(scene.mentions, start, end):
        where = mention.sort in _PLACE_SORTS and _WHERE.search(scene.words, 0, mention.start)
        if mention.party and not where and any(known.sort in OF_A_PARTY for known in mention.known):
            found.setdefault(mention.party)
    return tuple(found)


def both(scene: Scene, start: int, end: int) -> tuple[str, ...]:
    """Return the sides that the words behind "between" name, each once, in order."""
    names = (name_of(mention) for mention in _within(scene.mentions, start, end))
    return tuple(dict.fromkeys(name for name in names if name))[:2]


def parties(scene: Scene, start: int, end: int) -> tuple[str, ...]:
    """Return the record's own parties that the words `start`–`end` name."""
    own = members(scene)
    return tuple(side for side in sides(scene, start, end) if side in own or not own)


def members(scene: Scene) -> frozenset[str]:
    """Return the ids of the record's own parties."""
    return frozenset(ident for ident, polity in scene.directory.polities.items() if polity.role == "party")


def _within(mentions: Sequence[Mention], start: int, end: int) -> list[Mention]:
    return [mention for mention in mentions if start <= mention.start and mention.end <= end]
