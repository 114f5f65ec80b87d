"""A charter proposed from a folder that has none: its parties, mediators and groups, with why. Nobody has confirmed it.

Rules
1. Mediators are those named as such: "mediated|brokered|facilitated by", "mediators", "mediation of", "Kestria-mediated".
2. The parties are the two others that sentences name together most: a sentence about talks, a ceasefire, clashes or a common
   border counts three, any other one; of equal pairs the one named first. Capitals do not count: they are places of talks too.
3. Countries can be parties, and armed groups that speak in the folder through persons or statements of their own.
4. Groups are the other armed groups of the directory with all their designations.
5. Order is that of first mention; it has no meaning. Nothing else is proposed.
6. A country goes by its usual name, or by the name the folder has for it where the usual one stands nowhere in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from msgspec.structs import replace

from tasdiq.intake.actors import Directory
from tasdiq.intake.actors.naming import all_prose
from tasdiq.intake.actors.table import Mention
from tasdiq.model.charter import Charter, Group, Member
from tasdiq.model.document import Received
from tasdiq.model.source import Actor, Designation

_RELATION = re.compile(
    r"(?i:\b(?:talks|negotiat\w+|ceasefire|cease-fire|truce|border|frontier|clash\w*|hostilities|dialogue|agreement|tensions|skirmish\w*"
    r"|armistice|peace|accord|delegations?|declaration)\b)"
)
RELATED, TOGETHER = 3, 1
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
_BY = re.compile(
    r"(?i:\b(?:mediated|mediation|brokered|facilitated|facilitation|hosted|co-hosted|sponsored|auspices"
    r"|good offices) (?:efforts )?(?:by|of)"
    r"|\bmediators?|\bmediating countries|\bmediation efforts (?:of|by)) (?P<rest>[^.;:!?]{2,90})"
)
_WHO_MEDIATED = re.compile(
    r"(?P<rest>[^.;:!?]{2,60}), (?:which|who) (?:is |was |are |were |has |have )?(?:mediat|broker|facilitat)"
)
_TIED = re.compile(r"(?P<rest>\w+(?:-? and \w+)?)-(?:mediated|brokered|facilitated|sponsored)")
_LISTED = re.compile(r"^(?:,| and| &|, and|-|–|the|both| |-and)*$")
_COUNTING = frozenset({"country", "demonym", "national", "authority", "group"})


@dataclass(frozen=True)
class _Pair:
    """Two candidates in order of first mention and the sentences that name both."""

    members: tuple[str, ...] = ()
    related: int = 0
    together: int = 0


def propose_charter(received: Iterable[Received], directory: Directory, compiler: str) -> Charter:
    """Return a desk charter marked as proposed; parties may be fewer than two where the texts show none."""
    sentences = [sentence for _, _, text in all_prose(received) for sentence in _SENTENCE.findall(text)]
    mediators = _mediators(sentences, directory)
    pair = _parties(sentences, directory, frozenset(mediators))
    members = [_member(directory, ident, "party") for ident in pair.members]
    return Charter(
        title=f"Talks between {members[0].name} and {members[1].name}" if members else "Proposed record",
        form="desk",
        compiler=compiler,
        parties=tuple(members),
        mediators=tuple(_member(directory, ident, "mediator") for ident in mediators),
        groups=tuple(_groups(directory, pair.members)),
        proposed=True,
        proposed_from=tuple(_notes(members, pair, mediators, directory)),
    )


def _parties(sentences: Iterable[str], directory: Directory, mediators: frozenset[str]) -> _Pair:
    """Return the two candidates of rules 2 and 3."""
    related: Counter[frozenset[str]] = Counter()
    together: Counter[frozenset[str]] = Counter()
    order: dict[str, int] = {}
    for sentence in sentences:
        named = [each for each in _candidates(sentence, directory) if each not in mediators]
        for ident in named:
            order.setdefault(ident, len(order))
        pairs = [frozenset(pair) for pair in combinations(dict.fromkeys(named), 2)]
        together.update(pairs)
        if _RELATION.search(sentence):
            related.update(pairs)
    if not together:
        return _Pair()
    best = max(
        together,
        key=lambda pair: (related[pair] * RELATED + together[pair] * TOGETHER, -sum(order[ident] for ident in pair)),
    )
    return _Pair(tuple(sorted(best, key=lambda ident: order[ident])), related[best], together[best])


def _candidates(sentence: str, directory: Directory) -> Iterator[str]:
    for mention in directory.mentions(sentence):
        if mention.sort not in _COUNTING:
            continue
        if mention.party in directory.polities:
            yield mention.party
        elif mention.sort == "group" and mention.known[0].actor in directory.speaking:
            yield mention.known[0].actor


def _mediators(sentences: Iterable[str], directory: Directory) -> list[str]:
    found: dict[str, None] = {}
    for sentence in sentences:
        for match in (*_BY.finditer(sentence), *_TIED.finditer(sentence)):
            for ident in _listed(match["rest"], directory):
                found.setdefault(ident)
        for match in _WHO_MEDIATED.finditer(sentence):
            named = [mention for mention in directory.mentions(match["rest"]) if _is_country(mention, directory)]
            if named and named[-1].end == len(match["rest"]):
                found.setdefault(named[-1].party or "")
    return list(found)


def _is_country(mention: Mention, directory: Directory) -> bool:
    return mention.sort == "country" and mention.party in directory.polities


def _listed(words: str, directory: Directory) -> Iterator[str]:
    """Yield the countries that open `words` as a list: "Ilmar, Ordania and Lenmark"."""
    place = 0
    for mention in directory.mentions(words.replace("-", " ")):
        if not _LISTED.match(words[place : mention.start]) or mention.party not in directory.polities:
            return
        if _is_country(mention, directory) and mention.party:
            yield mention.party
        place = mention.end


def _member(directory: Directory, ident: str, role: Literal["party", "mediator"]) -> Member:
    polity = directory.polities.get(ident)
    actor = directory.actors[polity.actor if polity else ident]
    return Member(
        id=polity.actor if polity else ident.rpartition("/")[2],
        name=_name_in_use(actor),
        role=role,
        country=polity.country if polity else None,
        designations=_designations(actor, directory),
    )


def _name_in_use(actor: Actor) -> str:
    """Return the actor's name, or what the texts call it where its name stands nowhere in them ("Ivory Coast")."""
    met = {each.text: len(each.passages) for each in actor.designations if each.passages}
    names = [text for text in met if not text.isupper()]
    return actor.name if actor.name in met or not names else max(names, key=lambda text: met[text])


def _designations(actor: Actor, directory: Directory) -> tuple[Designation, ...]:
    """Return the names met in the texts, their users by charter id, without passages: a charter is public."""
    return tuple(
        replace(each, used_by=tuple(_user(user, directory) for user in each.used_by), passages=())
        for each in actor.designations
        if each.passages and each.text != _name_in_use(actor)
    )


def _user(user: str, directory: Directory) -> str:
    polity = directory.polities.get(user)
    return polity.actor if polity else user


def _groups(directory: Directory, parties: Sequence[str]) -> Iterator[Group]:
    for actor in directory.actors.values():
        if actor.kind == "armed-group" and actor.id not in parties:
            names = (Designation(text=actor.name), *_designations(actor, directory))
            yield Group(id=actor.id.removeprefix("group/"), name=actor.name, designations=names)


def _notes(members: Sequence[Member], pair: _Pair, mediators: Sequence[str], directory: Directory) -> Iterator[str]:
    if members:
        yield (
            f"{members[0].name} and {members[1].name} are named together in {pair.together} sentences, {pair.related} of them about"
            " talks, a ceasefire, clashes or a border: more than any other two"
        )
    else:
        yield "no sentence names two countries or speaking groups together"
    for ident in mediators:
        yield f"{directory.polities[ident].name} is named as mediating"
