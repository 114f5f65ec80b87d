"""Build the directory of a folder: learn names in the order in which they depend on each other, then see who uses which.

Order: the charter and the countries; groups by their definitions; names of authorities (which groups' declarations overrule);
persons; outlets; then every speaker of every document, twice, so that what one document says of a person serves the others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from tasdiq.intake.gazetteer import load_world, name_key
from tasdiq.model.charter import Charter, Group
from tasdiq.model.document import Document, Received
from tasdiq.model.source import Actor, Designation
from tasdiq.model.statement import Attribution

from .authorities import learn_authorities
from .directory import METHOD, Directory
from .groups import Alias, declared_names, learn_groups, organ_acronyms
from .naming import READ, all_prose, slug
from .outlets import learn_outlets
from .persons import Person, learn_persons, merge_person
from .polities import Polity, enter_polities, list_polities
from .table import Known
from .unlisted import learn_unlisted
from .usage import with_usage
from .voices import Voice, read_voices

KINDS = {
    "armed-group": "group",
    "organisation": "organisation",
    "person": "person",
    "organ": "organ",
    "outlet": "outlet",
}
Attributions = Mapping[str, Sequence[Attribution]]


def build_directory(charter: Charter | None, received: Sequence[Received], attributions: Attributions) -> Directory:
    """Return all actors of the folder with every designation in use and who uses it.

    `attributions` are by document id. Without a charter every country and unlisted polity is treated alike.
    """
    texts = [words for _, _, words in all_prose(received)]
    directory = Directory()
    _enter_polities(directory, charter, received)
    groups = learn_groups(texts, directory.table)
    _enter_charter_groups(directory, charter, groups)
    _enter_groups(directory, groups)
    for short, organ in organ_acronyms(texts).items():
        directory.table.add(short, Known(organ, None, "organ", exact=short))
    _enter_authorities(directory, texts, groups)
    outlets = learn_outlets(received, texts, directory.table)
    _enter_outlets(directory, outlets, received)
    _enter_persons(directory, [*learn_persons(texts, directory.table)], received)
    voices = _enter_speakers(directory, received, attributions)
    return with_usage(directory, received, voices)


def _enter_polities(directory: Directory, charter: Charter | None, received: Sequence[Received]) -> None:
    everything = [words for _, _, words in all_prose(received, READ)]
    polities = list_polities(charter, everything, learn_unlisted(charter, received))
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
            method=METHOD,
        )


def _once(names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _enter_charter_groups(directory: Directory, charter: Charter | None, groups: list[Alias]) -> None:
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


def _enter_groups(directory: Directory, groups: Sequence[Alias]) -> None:
    for alias in groups:
        kind = "group" if alias.armed else "organisation"
        ident = (
            f"{kind}/{slug(min(alias.names, key=lambda name: (' ' in name or '-' in name, alias.names.index(name))))}"
        )
        actor = Actor(id=ident, name=alias.name, kind="armed-group" if alias.armed else "organisation", method=METHOD)
        _add(directory, actor, alias.names, "group" if alias.armed else "organisation")


def _add(directory: Directory, actor: Actor, names: Sequence[str], sort: str) -> None:
    from_names = tuple(Designation(text=name) for name in names)
    directory.actors.setdefault(actor.id, replace(actor, designations=from_names))
    for name in names:
        exact = name if " " not in name and any(letter.isupper() for letter in name[1:]) else ""
        directory.table.add(name, Known(actor.id, actor.party, sort, exact=exact))  # type: ignore[arg-type]


def _enter_authorities(directory: Directory, texts: Sequence[str], groups: Sequence[Alias]) -> None:
    polities = list(directory.polities.values())
    found = learn_authorities(texts, polities, directory.table, declared_names(groups))
    for name, party in found.items():
        polity = directory.polities[party]
        adjectives = polity.named("demonym")
        for text in (name, *(f"{adjective} {name}" for adjective in adjectives)):
            if not directory.table.look(text):
                directory.table.add(text, Known(polity.actor, party, "authority"))
        actor = directory.actors[polity.actor]
        directory.actors[polity.actor] = replace(actor, designations=(*actor.designations, Designation(text=name)))
        polity.words.append((name, "authority"))
    _enter_namesakes(directory, found)
    _enter_formal_names(directory, polities)


def _enter_namesakes(directory: Directory, authorities: Mapping[str, str]) -> None:
    """Another country's adjective before the name of one party's authorities makes another, armed, actor."""
    for name, party in authorities.items():
        for polity in directory.polities.values():
            for adjective in polity.named("demonym") if polity.id != party else ():
                text = f"{adjective} {name}"
                if not directory.table.look(text):
                    directory.table.add(text, Known(f"group/{slug(text)}", None, "group"))


def _enter_formal_names(directory: Directory, polities: Sequence[Polity]) -> None:
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


def _enter_outlets(directory: Directory, names: Sequence[str], received: Sequence[Received]) -> None:
    for name in names:
        _add(directory, Actor(id=f"outlet/{slug(name)}", name=name, kind="outlet", method=METHOD), [name], "outlet")
    for file in received:
        for document in file.documents:
            if document.outlet:
                directory.outlets[document.id] = f"outlet/{slug(document.outlet)}"


def _enter_persons(directory: Directory, people: list[Person], received: Sequence[Received]) -> None:
    for file in received:
        for document in file.documents:
            name = (document.author or "").split(" (@")[0]
            if document.kind == "post" and " " in name:
                merge_person(people, Person([name]))
    for person in people:
        if " " in person.name or person.role:
            _enter_person(directory, person)


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
        member_of=f"{polity.actor}/{person.organ}" if polity and person.organ else None,
        office_holder=person.in_office,
        method=METHOD,
    )
    last = person.name.split()[-1]
    _add(directory, actor, _once([*person.names, last]), "person")


def _enter_speakers(
    directory: Directory, received: Sequence[Received], attributions: Attributions
) -> dict[str, list[Voice]]:
    """Read all voices twice: first to learn the parties of persons, then to enter everybody who speaks."""
    learnt: dict[str, Counter[str]] = defaultdict(Counter)
    for voices in _all_voices(directory, received, attributions).values():
        for voice in voices:
            actor = directory.actors.get(voice.resolution.actor or "")
            if actor and actor.kind == "person" and actor.party is None and voice.resolution.party:
                learnt[actor.id][voice.resolution.party] += 1
    for ident, parties in learnt.items():
        if len(parties) == 1:
            directory.actors[ident] = replace(directory.actors[ident], party=next(iter(parties)))
    voices_by_document = _all_voices(directory, received, attributions)
    for voices in voices_by_document.values():
        for voice in voices:
            made = directory.actor_for(voice.reading, voice.resolution.party)
            if made is not None and voice.resolution.actor == made.id:
                directory.actors.setdefault(made.id, made)
    return voices_by_document


def _all_voices(
    directory: Directory, received: Sequence[Received], attributions: Attributions
) -> dict[str, list[Voice]]:
    found: dict[str, list[Voice]] = {}
    for file in received:
        for document in file.documents:
            found[document.id] = _voices(document, file.text, attributions.get(document.id, ()), directory)
    return found


def _voices(document: Document, text: str, items: Sequence[Attribution], directory: Directory) -> list[Voice]:
    return read_voices(document, text, items, directory)[0]
