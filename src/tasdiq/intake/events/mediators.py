"""Who mediates, as a text lists them.

Rules:

1. Mediators are those a text calls so ("mediated by", "brokered by", "under the facilitation of", "A- and B-mediated",
   "mediators A and B", "mediation efforts of") or who hosted talks or a round; who merely attends or offers is none.
2. A party of the record that hosts is a party, not a mediator.
3. A state stands as its actor id (lower-case ISO code), whatever name or demonym is used; an organisation or a state that
   nobody knows as the slug of its name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from tasdiq.intake.actors.table import OF_A_PARTY
from tasdiq.intake.events import who
from tasdiq.intake.events.scene import Scene
from tasdiq.intake.gazetteer import load_world

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠȘŢŤȚŪŮŰŲŹŻŽ"
_NAME = rf"[{_UPPER}][\w’'.-]*\w(?: (?:of |the |and the )?[{_UPPER}][\w’'-]*\w)*"
_LIST = rf"(?:both )?(?:the )?{_NAME}(?:(?:, and |, as well as | as well as |, | and |/)(?:the )?{_NAME})*"
_DONE = r"(?:co-?)?(?:mediated|brokered|facilitated|hosted|sponsored|convened|overseen|moderated|chaired)"
_DOING = r"(?:mediation|facilitation|good offices|auspices|mediatory role|brokerage|mediating role|sponsorship)"
_TALKS = (
    r"(?:talks|negotiations|dialogue|rounds?|meetings?|conference|summit"
    r"|consultations|process|framework|ceasefire|truce|deal)"
)
_MEDIATED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_DONE}(?: jointly)? by (?:mediators |fellow |neighbouring )?({_LIST})",
        rf"\b{_DOING}(?: efforts| work| offered| provided)? (?:of|by|from) ({_LIST})",
        rf"\b(?:mediators|facilitators|mediating (?:countries|states|nations)|guarantors),? (?:from )?({_LIST})",
        rf"\b({_NAME})- and ({_NAME})[- ](?:mediated|brokered|facilitated|hosted|led|sponsored)\b",
        rf"\b({_LIST})-(?:mediated|brokered|facilitated|sponsored|hosted)\b(?= \w+)",
        rf"\b({_LIST}),? (?:has |have |had |then |later |also |again |jointly |who |which )*{_DONE}"
        rf" (?:the |a |an |this |these |that |both |several |earlier )?(?:[\w-]+ ){{0,3}}{_TALKS}\b",
        rf"\b({_LIST}),? (?:which |who )?(?:has |have |had |are |is |were |was "
        rf"|been )*(?:mediating|brokering|facilitating|hosting)\b",
        rf"\b({_LIST}) (?:acting|serving|acted|served) as (?:\w+ )?(?:mediators?|facilitators?|hosts?)\b",
        rf"\b({_LIST}) (?:\w+ )?mediat(?:ion|ors)\b",
        rf"\bwith ({_LIST}) as (?:\w+ )?(?:mediators?|facilitators?|hosts?)\b",
    )
)
_AND = re.compile(r", and |, as well as | as well as |, | and |/|(?<=\w)-(?=[A-Z])")
_THE = re.compile(r"^(?:both )?(?:the )?", re.IGNORECASE)
_TALK_WORDS = re.compile(
    r"(?i)(?:peace |the )?(?:talks?|negotiations?|dialogue|rounds?|meetings?|delegations?|efforts|officials)$"
)
_OPENING = re.compile(r"(?:When|While|After|Although|Later|Then|Earlier|Both|The|In|On|At|As|Last|Meanwhile|Also)")


def mediators_in(scene: Scene) -> tuple[str, ...]:
    """Return the mediators a sentence names, in the order of the alphabet, each once."""
    found: set[str] = set()
    parties = who.members(scene)
    for pattern in _MEDIATED:
        for match in pattern.finditer(scene.words):
            for listed in match.groups():
                found.update(ident for ident in _members(scene, listed) if ident not in parties)
    return tuple(sorted(found))


def _members(scene: Scene, listed: str) -> Iterator[str]:
    for part in _AND.split(_THE.sub("", listed.strip())):
        words = _THE.sub("", part.strip()).removesuffix("’s").removesuffix("'s").split()
        while words and _OPENING.fullmatch(words[0]):
            words = words[1:]
        name = " ".join(words)
        if name and not _TALK_WORDS.match(name) and (ident := _identity(scene, name)):
            yield ident


def _identity(scene: Scene, name: str) -> str:
    """Return the id of one mediator (rule 3); "Kestrian President A. B." stands for the state."""
    known = list(scene.directory.table.look(name))
    party = next((one.party for one in known if one.party and one.sort in OF_A_PARTY), None)
    first = name.split(" ")[0]
    country = load_world().by_name(name) or load_world().demonym(first)
    party = party or (None if country else scene.directory.party_of(name) or scene.directory.party_of(first))
    if party:
        polity = scene.directory.polities.get(party)
        return party if polity and polity.role == "party" else polity.actor if polity else party.lower()
    if country:
        return country.id.lower()
    return known[0].actor if known else _slug(name)


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain or name.lower()).strip("-")
