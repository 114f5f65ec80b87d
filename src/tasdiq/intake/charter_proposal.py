"""A charter proposed from a folder that has none: its parties, mediators and groups, with why. Nobody has confirmed it.

Rules
1. The parties are the two polities that sentences about talks, a ceasefire, clashes or a common border name together most often;
   of equal pairs the one named first. A sentence counts a pair once.
2. Mediators are those named as such: "mediated|brokered|facilitated by", "mediators", "mediation of", "Kestria-mediated".
3. Groups are the armed groups of the directory with all their designations.
4. Order is that of first mention; it has no meaning. Nothing else is proposed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from msgspec.structs import replace

from tasdiq.intake.actors import Directory
from tasdiq.intake.actors.naming import all_prose
from tasdiq.intake.actors.polities import Polity
from tasdiq.model.charter import Charter, Group, Member
from tasdiq.model.document import Received
from tasdiq.model.source import Designation

_RELATION = re.compile(
    r"(?i:\b(?:talks|negotiat\w+|ceasefire|cease-fire|truce|border|frontier|clash\w*|hostilities|dialogue|agreement|tensions|skirmish\w*"
    r"|armistice|peace|accord|delegations?)\b)"
)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
_BY = re.compile(
    r"(?i:\b(?:mediated|mediation|brokered|facilitated|facilitation|hosted|co-hosted|sponsored|auspices"
    r"|good offices) (?:efforts )?(?:by|of)"
    r"|\bmediators?|\bmediating countries|\bmediation efforts (?:of|by)) (?P<rest>[^.;:!?]{2,90})"
)
_TIED = re.compile(r"(?P<rest>\w+(?:-? and \w+)?)-(?:mediated|brokered|facilitated|sponsored)")
_LISTED = re.compile(r"^(?:,| and| &|, and|-|–|the|both| |-and)*$")


def propose_charter(received: Sequence[Received], directory: Directory, compiler: str) -> Charter:
    """Return a desk charter marked as proposed; parties may be fewer than two where the texts show none."""
    sentences = [sentence for _, _, text in all_prose(received) for sentence in _SENTENCE.findall(text)]
    pair, weight = _parties(sentences, directory)
    mediators = _mediators(sentences, directory, set(pair))
    members = [_member(directory, ident, "party") for ident in pair]
    names = " and ".join(member.name for member in members) or "parties unknown"
    return Charter(
        title=f"Talks between {names}" if members else "Proposed record",
        form="desk",
        compiler=compiler,
        parties=tuple(members),
        mediators=tuple(_member(directory, ident, "mediator") for ident in mediators),
        groups=tuple(_groups(directory)),
        proposed=True,
        proposed_from=tuple(_notes(members, weight, mediators, directory)),
    )


def _parties(sentences: Iterable[str], directory: Directory) -> tuple[list[str], int]:
    """Return the two polity ids of rule 1 in order of first mention, and their number of sentences."""
    pairs: Counter[frozenset[str]] = Counter()
    order: dict[str, int] = {}
    for sentence in sentences:
        named = list(dict.fromkeys(m.party for m in directory.mentions(sentence) if m.party in directory.polities))
        for ident in named:
            order.setdefault(ident or "", len(order))
        if _RELATION.search(sentence):
            pairs.update(frozenset(pair) for pair in combinations([each for each in named if each], 2))
    if not pairs:
        return [], 0
    best = max(pairs, key=lambda pair: (pairs[pair], -sum(order[ident] for ident in pair)))
    return sorted(best, key=lambda ident: order[ident]), pairs[best]


def _mediators(sentences: Iterable[str], directory: Directory, parties: set[str]) -> list[str]:
    found: dict[str, None] = {}
    for sentence in sentences:
        for match in (*_BY.finditer(sentence), *_TIED.finditer(sentence)):
            for ident in _listed(match["rest"], directory):
                if ident not in parties:
                    found.setdefault(ident)
    return list(found)


def _listed(words: str, directory: Directory) -> Iterator[str]:
    """Yield the polities that open `words` as a list: "Ilmar, Ordania and Lenmark"."""
    place = 0
    for mention in directory.mentions(words.replace("-", " ")):
        if not _LISTED.match(words[place : mention.start]) or mention.party not in directory.polities:
            return
        if mention.sort == "country" and mention.party:
            yield mention.party
        place = mention.end


def _member(directory: Directory, ident: str, role: str) -> Member:
    polity = directory.polities[ident]
    known = directory.actors[polity.actor].designations
    return Member(
        id=polity.actor,
        name=polity.name,
        role=role,  # type: ignore[arg-type]  # one of the two words above
        country=polity.country,
        designations=_designations(known, polity, directory),
    )


def _designations(known: Iterable[Designation], polity: Polity, directory: Directory) -> tuple[Designation, ...]:
    """Return the names met in the texts, their users by charter id, without passages: a charter is public."""
    return tuple(
        replace(each, used_by=tuple(_user(user, directory) for user in each.used_by), passages=())
        for each in known
        if each.passages and each.text != polity.name
    )


def _user(user: str, directory: Directory) -> str:
    polity = directory.polities.get(user)
    return polity.actor if polity else user


def _groups(directory: Directory) -> Iterator[Group]:
    for actor in directory.actors.values():
        if actor.kind == "armed-group":
            names = tuple(
                replace(each, used_by=tuple(_user(user, directory) for user in each.used_by), passages=())
                for each in actor.designations
            )
            yield Group(id=actor.id.removeprefix("group/"), name=actor.name, designations=names)


def _notes(members: Sequence[Member], weight: int, mediators: Sequence[str], directory: Directory) -> Iterator[str]:
    if len(members) == 2:
        yield (
            f"{members[0].name} and {members[1].name} stand together in {weight} sentences about talks, a ceasefire, clashes or a"
            " border, more than any other two"
        )
    else:
        yield "no two countries stand together in a sentence about talks, a ceasefire, clashes or a border"
    for ident in mediators:
        yield f"{directory.polities[ident].name} is named as mediating"
