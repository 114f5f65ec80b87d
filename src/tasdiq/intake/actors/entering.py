"""Enter what was learnt into the directory: each name in the table of names, each actor with its designations.

Entering is all this module does; what is learnt is decided where it is learnt. The order of entering matters and is `build`'s.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from tasdiq.intake.gazetteer import load_world, name_key
from tasdiq.model.charter import Charter, Group
from tasdiq.model.document import Received
from tasdiq.model.source import Actor, Designation

from .directory import METHOD, Directory
from .groups import Alias
from .naming import slug
from .persons import People, Person
from .polities import Polity, enter_polities
from .table import Known, Sort

SHORTEST_FIRST_NAME = 4
"""Letters a first name needs to stand for its bearer alone."""
KINDS = {
    "armed-group": "group",
    "organisation": "organisation",
    "person": "person",
    "organ": "organ",
    "outlet": "outlet",
}


def add_polities(directory: Directory, polities: Sequence[Polity]) -> None:
    """Enter the polities with all their words."""
    enter_polities(directory.table, polities)
    for polity in polities:
        directory.polities[polity.id] = polity
        directory.actors[polity.actor] = Actor(
            id=polity.actor,
            name=polity.name,
            kind="party" if polity.role == "party" else "state",
            party=polity.id,
            country=polity.country,
            designations=tuple(Designation(text=text) for text in _once(polity.named("country"))),
            words=tuple(_once(polity.named("demonym", "national", "capital", "seat"))),
            method=METHOD,
        )


def _once(names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(names))


def add_charter_groups(directory: Directory, charter: Charter | None, groups: list[Alias]) -> None:
    """Enter the charter's groups; what the texts learnt of the same name is joined to them."""
    for group in charter.groups if charter else ():
        names = [group.name, *(each.text for each in group.designations)]
        keys = {name_key(name) for name in names}
        for alias in [each for each in groups if keys & {name_key(name) for name in each.names}]:
            names.extend(alias.names)
            groups.remove(alias)
        _add(directory, _charter_actor(group), _once(names), "person" if group.kind == "person" else "group")


def _charter_actor(group: Group) -> Actor:
    return Actor(
        id=f"{KINDS[group.kind]}/{group.id}",
        name=group.name,
        kind=group.kind,
        party=group.party,
        office_holder=group.kind == "person" and bool(group.party),
        method="charter",
    )


def add_groups(directory: Directory, groups: Sequence[Alias]) -> None:
    """Enter groups and organisations under all their names."""
    for alias in groups:
        kind = "group" if alias.armed else "organisation"
        ident = f"{kind}/{slug(alias.short)}"
        actor = Actor(id=ident, name=alias.name, kind="armed-group" if alias.armed else "organisation", method=METHOD)
        _add(directory, actor, alias.names, "group" if alias.armed else "organisation")


def _add(directory: Directory, actor: Actor, names: Sequence[str], sort: Sort) -> None:
    from_names = tuple(Designation(text=name) for name in names)
    directory.actors.setdefault(actor.id, replace(actor, designations=from_names))
    for name in names:
        exact = name if " " not in name and any(letter.isupper() for letter in name[1:]) else ""
        directory.table.add(name, Known(actor.id, actor.party, sort, exact=exact))


def add_authorities(directory: Directory, found: Mapping[str, str]) -> None:
    """Enter the names of authorities (name -> party id), alone and after the party's adjectives."""
    for name, party in found.items():
        polity = directory.polities[party]
        for text in (name, *(f"{adjective} {name}" for adjective in polity.named("demonym"))):
            if not directory.table.look(text):
                directory.table.add(text, Known(polity.actor, party, "authority"))
        actor = directory.actors[polity.actor]
        directory.actors[polity.actor] = replace(actor, designations=(*actor.designations, Designation(text=name)))
        polity.words.append((name, "authority"))


def add_namesakes(directory: Directory, authorities: Mapping[str, str]) -> None:
    """Another country's adjective before the name of one party's authorities makes another, armed, actor."""
    for name, party in authorities.items():
        for polity in directory.polities.values():
            for adjective in polity.named("demonym") if polity.id != party else ():
                text = f"{adjective} {name}"
                if not directory.table.look(text):
                    directory.table.add(text, Known(f"group/{slug(text)}", None, "group"))


def add_formal_names(directory: Directory, polities: Sequence[Polity]) -> None:
    """A formal name without its country ("the Islamic Emirate") stands for the country if no other touched one has it."""
    owners: dict[str, set[str]] = defaultdict(set)
    world = load_world()
    for polity in polities:
        country = world.country(polity.country) if polity.country else None
        for known in country.names if country else ():
            short = known.text.removesuffix(f" of {country.name if country else ''}")
            if short != known.text and " " in short:
                owners[short].add(polity.id)
    for short, ids in owners.items():
        if len(ids) == 1 and not directory.table.look(short):
            polity = directory.polities[next(iter(ids))]
            directory.table.add(short, Known(polity.actor, polity.id, "authority"))


def add_outlets(directory: Directory, names: Sequence[str], received: Iterable[Received]) -> None:
    """Enter outlets, and which document is whose."""
    for name in names:
        _add(directory, Actor(id=f"outlet/{slug(name)}", name=name, kind="outlet", method=METHOD), [name], "outlet")
    for file in received:
        for document in file.documents:
            if document.outlet:
                directory.outlets[document.id] = f"outlet/{slug(document.outlet)}"


def add_persons(directory: Directory, people: People, received: Iterable[Received]) -> None:
    """Enter persons under their names and their surname; authors of posts are persons too."""
    for file in received:
        for document in file.documents:
            name = (document.author or "").split(" (@")[0]
            if document.kind == "post" and " " in name:
                people.merge(Person([name]))
    for person in people:
        if " " in person.name or person.role:
            _enter_person(directory, person)
    directory.offices_changed()


def _enter_person(directory: Directory, person: Person) -> None:
    ident = f"person/{slug(person.name)}"
    polity = directory.polities.get(person.party or "")
    actor = Actor(
        id=ident,
        name=person.name,
        kind="person",
        party=person.party,
        country=polity.country if polity else None,
        role=person.role,
        member_of=f"{polity.actor}/{person.organ}" if polity and person.organ else person.group,
        office_holder=person.in_office,
        method=METHOD,
    )
    words = person.name.split()
    bare = re.sub(r"^(?:al|el|ul)-", "", words[-1], flags=re.IGNORECASE)
    _add(directory, actor, _once([*person.names, words[-1], bare]), "person")
    if len(words[0]) >= SHORTEST_FIRST_NAME and not directory.table.look(words[0]):
        directory.table.add(words[0], Known(actor.id, actor.party, "person"))
