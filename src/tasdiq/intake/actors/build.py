"""Build the directory of a folder: learn names in the order in which they depend on each other, then see who uses which.

Order: the charter and the countries; groups by their definitions; names of authorities (which groups' declarations overrule);
outlets; persons; then every speaker of every document, twice, so that what one document says of a person or of a party's name
for itself serves the others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec.structs import replace

from tasdiq.intake.gazetteer import load_world, name_key
from tasdiq.model.charter import Charter
from tasdiq.model.document import Received
from tasdiq.model.source import Actor
from tasdiq.model.statement import Attribution

from .authorities import learn_authorities
from .directory import Directory
from .entering import (
    add_authorities,
    add_charter_groups,
    add_formal_names,
    add_groups,
    add_namesakes,
    add_outlets,
    add_persons,
    add_polities,
)
from .groups import declared_names, learn_groups, numbered_groups, organ_acronyms, party_aliases, undefined_groups
from .hearing import Each, Heard, called, hear, hear_first, here, items_of
from .naming import PROSE, READ, paragraphs
from .outlets import learn_outlets
from .persons import learn_persons
from .polities import list_polities
from .table import Known
from .unlisted import learn_unlisted
from .usage import Uses, add_uses, with_usage

Attributions = Mapping[str, Sequence[Attribution]]


def build_directory(
    charter: Charter | None, received: Collection[Received], attributions: Attributions, each: Each = here
) -> Directory:
    """Return all actors of the folder with every designation in use and who uses it.

    `attributions` are by document id. Without a charter every country and unlisted polity is treated alike. `each` hears the
    documents: in this process, or in several.
    """
    prose = [(kind, words) for file in received for kind, words in paragraphs(file, READ)]
    texts, everything = [words for kind, words in prose if kind in PROSE], [words for _, words in prose]
    directory = Directory()
    add_polities(directory, list_polities(charter, everything, learn_unlisted(charter, received)))
    _learn_groups(directory, charter, texts)
    add_outlets(directory, learn_outlets(received, texts, directory.table), received)
    add_persons(directory, learn_persons(texts, directory.table), received)
    return with_usage(directory, _learn_speakers(directory, received, attributions, each))


def _learn_groups(directory: Directory, charter: Charter | None, texts: Sequence[str]) -> None:
    groups = [*numbered_groups(texts, directory.table), *learn_groups(texts, directory.table)]
    add_charter_groups(directory, charter, groups)
    add_groups(directory, groups)
    for short, organ in organ_acronyms(texts).items():
        directory.table.add(short, Known(organ, None, "organ", exact=short))
    add_authorities(directory, party_aliases(texts, directory.table))
    polities = list(directory.polities.values())
    found = learn_authorities(texts, polities, directory.table, declared_names(groups))
    add_authorities(directory, found)
    add_namesakes(directory, _charter_names(directory) | found)
    add_groups(directory, undefined_groups(texts, directory.table))


def _charter_names(directory: Directory) -> dict[str, str]:
    """Return the names a charter gives its members beyond those of their countries: they can have namesakes too."""
    world = load_world()
    names: dict[str, str] = {}
    for polity in directory.polities.values():
        country = world.country(polity.country) if polity.country else None
        usual = {name_key(each.text) for each in country.names} | {name_key(country.name)} if country else set()
        for name in polity.named("country") if country else ():
            if name_key(name) not in usual and not any(country == world.by_name(word) for word in name.split()):
                names[name] = polity.id
    return names


def _learn_speakers(
    directory: Directory, received: Iterable[Received], attributions: Attributions, each: Each
) -> dict[str, dict[str, Uses]]:
    """Hear all documents twice: first for what they say of persons and names, then for everybody who speaks; return the uses."""
    learnt: dict[str, Counter[str]] = defaultdict(Counter)
    names: dict[str, str] = {}
    for first in each(hear_first, directory, items_of(received, attributions)):
        for person, party in first.parties:
            learnt[person][party] += 1
        names = {**first.names, **names} if not first.names.keys() <= names.keys() else names
    _settle_parties(directory, learnt)
    add_authorities(directory, names)
    add_formal_names(directory, list(directory.polities.values()))
    return _enter_speakers(directory, each(hear, directory, items_of(received, attributions)))


def _settle_parties(directory: Directory, learnt: Mapping[str, Counter[str]]) -> None:
    """Give a person the party that documents agree on where the person's own mentions name none."""
    for ident, parties in learnt.items():
        if len(parties) == 1:
            directory.actors[ident] = replace(directory.actors[ident], party=next(iter(parties)))
    directory.offices_changed()


def _enter_speakers(directory: Directory, all_heard: Iterable[Heard]) -> dict[str, dict[str, Uses]]:
    """Enter everybody who speaks once all were heard, for hearing depends on who is entered; return who uses which name."""
    speaking: set[str] = set()
    entered: dict[str, Actor] = {}
    used: dict[str, dict[str, Uses]] = {}
    for heard in all_heard:
        for each in heard.speakers:
            known = entered.get(each.speaks or "") or directory.actors.get(each.speaks or "")
            if known is not None:
                speaking |= {known.id, known.member_of or known.id}
            if each.actor is not None:
                ident = each.actor.id
                actor = entered.get(ident) or directory.actors.get(ident) or each.actor
                entered[ident] = called(actor, each.words, each.passage) if each.passage else actor
        add_uses(used, heard.used)
    directory.speaking |= speaking
    directory.actors.update(entered)
    return used
