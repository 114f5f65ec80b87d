"""Build the directory of a folder: learn names in the order in which they depend on each other, then see who uses which.

Order: the charter and the countries; groups by their definitions; names of authorities (which groups' declarations overrule);
outlets; persons; then every speaker of every document, twice, so that what one document says of a person or of a party's name
for itself serves the others.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from tasdiq.intake.gazetteer import load_world, name_key
from tasdiq.model.charter import Charter
from tasdiq.model.document import Passage, Received
from tasdiq.model.source import Actor, Designation
from tasdiq.model.statement import Attribution

from .authorities import learn_authorities, own_names
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
from .naming import READ, all_prose
from .outlets import learn_outlets
from .persons import learn_persons
from .polities import list_polities
from .table import Known
from .unlisted import learn_unlisted
from .usage import with_usage
from .voices import Voice, read_voices

Attributions = Mapping[str, Sequence[Attribution]]
Voices = dict[str, list[Voice]]


def build_directory(charter: Charter | None, received: Sequence[Received], attributions: Attributions) -> Directory:
    """Return all actors of the folder with every designation in use and who uses it.

    `attributions` are by document id. Without a charter every country and unlisted polity is treated alike.
    """
    texts = [words for _, _, words in all_prose(received)]
    directory = Directory()
    everything = [words for _, _, words in all_prose(received, READ)]
    add_polities(directory, list_polities(charter, everything, learn_unlisted(charter, received)))
    _learn_groups(directory, charter, texts)
    add_outlets(directory, learn_outlets(received, texts, directory.table), received)
    add_persons(directory, learn_persons(texts, directory.table), received)
    voices = _learn_speakers(directory, received, attributions)
    return with_usage(directory, received, voices)


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


def _learn_speakers(directory: Directory, received: Sequence[Received], attributions: Attributions) -> Voices:
    """Read all voices twice: first to learn what they say of persons and names, then to enter everybody who speaks."""
    voices = _all_voices(directory, received, attributions)
    _settle_parties(directory, voices)
    texts = {document.id: file.text for file in received for document in file.documents}
    add_authorities(directory, own_names(texts, voices, directory))
    add_formal_names(directory, list(directory.polities.values()))
    voices = _all_voices(directory, received, attributions)
    for ident, by_document in voices.items():
        for voice in by_document:
            _enter_speaker(directory, ident, voice, texts[ident])
    return voices


def _settle_parties(directory: Directory, voices: Voices) -> None:
    """Give a person the party that documents agree on where the person's own mentions name none."""
    learnt: dict[str, Counter[str]] = defaultdict(Counter)
    for voice in (each for by_document in voices.values() for each in by_document):
        actor = directory.actors.get(voice.resolution.actor or "")
        if actor and actor.kind == "person" and actor.party is None and voice.resolution.party:
            learnt[actor.id][voice.resolution.party] += 1
    for ident, parties in learnt.items():
        if len(parties) == 1:
            directory.actors[ident] = replace(directory.actors[ident], party=next(iter(parties)))


def _enter_speaker(directory: Directory, document: str, voice: Voice, text: str) -> None:
    """Enter an organ, office or unnamed source that speaks, under the words it is called by."""
    known = directory.actors.get(voice.resolution.actor or "")
    if known is not None and voice.outer is None and voice.act not in ("claims-responsibility", "gives-no-reply"):
        directory.speaking |= {known.id, known.member_of or known.id}
    made = directory.actor_for(voice.reading, voice.resolution.party)
    if made is None or voice.resolution.actor != made.id or made.kind in ("person", "party", "state"):
        return
    actor = directory.actors.setdefault(made.id, made)
    if voice.source and not voice.resolution.parties and actor.kind in ("organ", "armed-forces", "unnamed"):
        directory.actors[actor.id] = _called(actor, document, voice, text)


def _called(actor: Actor, document: str, voice: Voice, text: str) -> Actor:
    span = voice.source[0]
    words = re.split(r", | who\b", re.sub(r"^(?:[Tt]he|[Aa]n?) ", "", text[span.start : span.end]))[0]
    start = text.index(words, span.start)
    passage = Passage(document=document, start=start, end=start + len(words))
    known = next((each for each in actor.designations if each.text.lower() == words.lower()), None)
    if known is None:
        return replace(actor, designations=(*actor.designations, Designation(text=words, passages=(passage,))))
    more = replace(known, passages=(*known.passages, passage))
    return replace(actor, designations=tuple(more if each is known else each for each in actor.designations))


def _all_voices(directory: Directory, received: Sequence[Received], attributions: Attributions) -> Voices:
    found: Voices = {}
    for file in received:
        for document in file.documents:
            heard = read_voices(document, file.text, attributions.get(document.id, ()), directory)
            found[document.id], directory.turns[document.id] = heard.voices, heard.turns
    return found
